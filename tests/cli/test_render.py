from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stdgraph.cli.render import as_markdown, as_text, columns, wrap
from stdgraph.model.results import table

TEXTS = st.text(alphabet="ab 国标-,", max_size=60)


@given(TEXTS, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(40, 120))
def test_a_table_fits_the_screen(rows: list[list[str]], width: int) -> None:
    found = table(("a", "b", "c"), [dict(zip("abc", row, strict=True)) for row in rows])
    assert all(columns(line) <= width for line in as_text(found, width=width).splitlines())


def test_a_bar_in_a_cell_does_not_break_markdown() -> None:
    assert as_markdown(table(("a",), [{"a": "x|y"}])).splitlines()[2] == "| x\\|y |"
