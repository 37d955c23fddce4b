"""Widths of texts are those of a terminal, and lines break where words end."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from stdgraph.cli.layout import CLOSING, OPENING, columns, flow, pieces, widest, widths, wrap

SIGNS = [
    *"ab-,/ ",
    *"国标（）《》，。“”",
    "é",
    "e\u0301",
    "👩‍🔬",
    "🇨🇳",
    "🙂",
    "👍🏽",
    "❤️",
    "한",
    "각",
    "กำ",
    "\u200b",
    "ﷺ",
]
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)
WIDTHS = st.integers(2, 40)


@given(TEXTS)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str) -> None:
    assert columns(text) == wcswidth(text)


@given(TEXTS)
def test_pieces_lose_nothing(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(TEXTS, WIDTHS)
def test_wrapped_lines_lose_nothing_and_fit_where_words_do(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width or sum(columns(piece) > 0 for piece in pieces(line)) == 1 for line in lines)
    assert max(map(columns, lines)) <= max(width, widest(text))


@given(TEXTS, WIDTHS)
@example("\u200b a", 2)
def test_flowing_text_breaks_as_wrapped_text_does(text: str, width: int) -> None:
    told = ["".join(part for _, part in line).rstrip() for line in flow([("", pieces(text))], width, 0)]
    assert [line for line in told if line] == [line for line in wrap(text, width) if line]


@given(st.text("abc国标（）。 ", max_size=40), WIDTHS)
def test_no_latin_word_is_cut(text: str, width: int) -> None:
    assert re.findall("[a-c]+", "\n".join(wrap(text, width))) == re.findall("[a-c]+", text)


@given(st.text("ab国标（《）。", max_size=40), WIDTHS)
def test_no_line_ends_with_an_opening_mark_or_begins_with_a_closing_one(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert not [line for line in lines[:-1] if line.endswith(tuple(OPENING))]
    assert not [line for line in lines[1:] if line.startswith(tuple(CLOSING))]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一带一路（BRI）倡议。", 8, ["一带一路", "（BRI）", "倡议。"]),
        ("中文English混排", 7, ["中文", "English", "混排"]),
        ("standardization", 5, ["standardization"]),
        ("a standardization b", 5, ["a", "standardization", "b"]),
        ("2019-06-12/2019-06-16", 10, ["2019-06-12/2019-06-16"]),
        ("", 10, [""]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


CELLS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6)


@given(CELLS, st.integers(10, 120))
def test_columns_have_room_for_their_words_or_there_is_no_table(grid: list[tuple[str, str, str]], width: int) -> None:
    found = widths(grid, width)
    longest = [max(widest(row[at]) for row in grid) for at in range(3)]
    if found is None:
        assert sum(max(word, 8) for word in longest) + 4 > width
        return
    assert sum(found) + 4 <= width
    assert all(have >= word for have, word in zip(found, longest, strict=True))
    needed = [max(columns(row[at]) for row in grid) for at in range(3)]
    assert found == needed or sum(found) + 4 == width


def test_room_goes_where_it_saves_lines() -> None:
    rows = [("a long name of a thing " * 3, "x", "2019")] * 9 + [("name", "a note that is rare and long", "2019")]
    found = widths(rows, 60)
    assert found is not None
    assert found[0] > 2 * found[1]
