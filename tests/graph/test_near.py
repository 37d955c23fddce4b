"""What an answer without rows tells: what was searched, and what near it has rows; nothing where there are any."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

import stdgraph
from stdgraph.graph.near import Option, Size, in_python
from stdgraph.locale import Phrase, translated
from stdgraph.services.ask import ask

Run = Callable[..., Result]


def hints(graph: stdgraph.Graph, name: str, **arguments: str) -> tuple[str, ...]:
    return graph.ask(name, **arguments).hints


def test_an_answer_with_rows_tells_nothing(repository: stdgraph.Graph) -> None:
    assert hints(repository, "agreements", actor="China", year="2019") == ()


def test_an_empty_answer_tells_what_was_searched_and_what_to_leave_out(repository: stdgraph.Graph) -> None:
    found = repository.ask("agreements", actor="China", year="1950")
    whole = repository.ask("agreements", actor="China")
    assert found.hints == (
        "nothing found for actor: China, year: 1950",
        f"without year: {len(whole)} rows, from 2004 to 2023",
    )
    assert [translated(hint, "zh") for hint in found.hints][1] == f"去掉 year：{len(whole)} 行，2004年至2023年"


def test_what_no_single_argument_empties_is_tried_without_all(repository: stdgraph.Graph) -> None:
    found = hints(repository, "events", actor="BSI", year="1990", text="xyzzy")
    assert found[1] == f"without actor, year, text: {len(repository.ask('events'))} rows, from 2015 to 2023"


def test_the_bodies_of_an_actor_are_near(repository: stdgraph.Graph) -> None:
    found = hints(repository, "agreements", actor="China", level="own", with_="BSI")
    rows = len(repository.ask("agreements", actor="China", with_="BSI"))
    assert rows
    assert any(hint.startswith(f'with level="all": {rows} row') for hint in found)


def test_another_code_of_the_same_name_is_near(repository: stdgraph.Graph) -> None:
    found = hints(repository, "post-holder", body="ISO", role="主席", on="2023-03-01")
    assert found[0].startswith("nothing found for body: International Organization for Standardization, role: chair")
    assert found[1] == 'with role="president": 1 row, of 2023'


def test_the_day_is_told_and_left_out(repository: stdgraph.Graph) -> None:
    found = repository.ask("agreements", actor="BSI", as_of="1990").hints
    assert found[0].endswith("as of: 1990-12-31")
    assert found[1].startswith("without as_of: 3 rows")


def test_where_nothing_is_near_the_thing_can_be_shown(repository: stdgraph.Graph) -> None:
    assert hints(repository, "officers", body="ISO/TC 268")[1] == (
        "`stdgraph show committee/iso-tc-268` tells what the graph says of it"
    )


def test_a_service_speaks_of_options(repository: stdgraph.Graph) -> None:
    found = ask(repository.reads, "agreements", {"actor": "China", "year": "1950"}).hints
    assert found[1].startswith("without --year: ")


def test_the_command_line_tells_it_on_standard_error(run: Run) -> None:
    call = ("ask", "agreements", "--actor", "China", "--year", "1950", "-f", "json")
    told = run(*call)
    assert "without --year: " in told.stderr
    assert set(json.loads(told.stdout)) == {"question", "title", "parameters", "as_of", "columns", "rows"}
    assert "去掉 --year：" in run("--lang", "zh", *call).stderr
    assert run("-q", *call).stderr == ""


def test_a_time_that_empties_an_answer_is_told(run: Run) -> None:
    told = run("ask", "agreements", "--actor", "BSI", "--from", "1900", "--to", "1901").stderr
    assert "without --from, --to: 3 rows, from 2004 to 2017" in told


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (Size(1), "1 row"),
        (Size(2, ("2016-05", "2016~")), "2 rows, of 2016"),
        (Size(3, ("2019", "2004/2017")), "3 rows, from 2004 to 2019"),
    ],
)
def test_a_size_is_told_with_its_years(size: Size, words: str) -> None:
    assert size.told() == words


def test_a_hint_in_python_speaks_of_arguments() -> None:
    hint = in_python(Phrase("without {option}: {size}", option=Option("--as-of, --year"), size="1 row"))
    assert hint == "without as_of, year: 1 row"
    assert in_python("as it is") == "as it is"
