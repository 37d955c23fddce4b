"""Levels, numbers of parties and kinds of ties are options of every face."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from conftest import TINY

Run = Callable[..., Result]


def test_level_and_bilateral_are_options_of_every_face(run_tiny: Run) -> None:
    for words in (
        ("ask", "who-cooperates-with", "--actor", "Aland", "--level", "own", "--bilateral"),
        ("why", "Aland", "Beland", "--level", "own", "--bilateral"),
        ("path", "ASA", "BeSI", "--bilateral"),
        ("path", "ASA", "WSO", "--kind", "认可"),
        ("network", "metrics", "--bilateral"),
        ("ask", "agreements", "--actor", "Aland", "--level", "own"),
    ):
        result = run_tiny(*words)
        assert (result.exit_code, result.stderr) == (0, ""), words
        assert "(none)" not in result.stdout, words


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "who-cooperates-with", "--actor", "Aland", "--level", "every"),
        ("ask", "posts", "--person", "Ann Ash", "--level", "own"),
        ("ask", "agreements", "--level", "every"),
        ("why", "Aland", "Beland", "--level", "every"),
        ("path", "ASA", "BeSI", "--kind", "hasParty"),
        ("network", "metrics", "--view", "membership", "--bilateral"),
    ],
    ids=" ".join,
)
def test_levels_kinds_and_views_that_do_not_exist_are_wrong_use(run_tiny: Run, words: tuple[str, ...]) -> None:
    assert run_tiny(*words).exit_code == 2


def test_show_query_holds_the_bodies_of_a_country(run_tiny: Run) -> None:
    shown = [
        run_tiny("ask", "who-cooperates-with", "--actor", "Aland", *more, "--show-query").stdout
        for more in ((), ("--level", "own"))
    ]
    assert ["org/aa-nsb" in text for text in shown] == [True, False]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("why ASA BeSI --as-of 1900", "without --as-of: "),
        ("path ASA BeSI --as-of 1900", "without --as-of: "),
        ("path ASA BeSI --kind adopts", "without --kind: "),
        ("why Kazakhstan France", "`stdgraph path country/KZ country/FR` finds a chain of cooperation, steps: 2"),
        ("path Kazakhstan Peru", "Peru cooperates with nobody in the graph; `stdgraph profile country/PE`"),
        ("path Kazakhstan Peru", "`stdgraph ask who-cooperates-with --actor country/KZ`"),
        ("find Kazakhstan --kind person", "without --kind: "),
        ("find qqqqqq", "no name is like 'qqqqqq'"),
    ],
)
def test_nothing_found_tells_what_is_near(run: Run, words: str, told: str) -> None:
    result = run(*words.split(), *(["--data", TINY] if "ASA" in words else []))
    assert (result.exit_code, result.stdout) == (0, "(none)\n"), words
    assert told in result.stderr
