"""Forms that are no tables for people: what csv, tsv and md hold."""

from __future__ import annotations

from stdgraph.cli.render import as_markdown
from stdgraph.model.results import table


def test_a_bar_in_a_cell_does_not_break_markdown() -> None:
    assert as_markdown(table(("a",), [{"a": "x|y"}])).splitlines()[2] == "| x\\|y |"
