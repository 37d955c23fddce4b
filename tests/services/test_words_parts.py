"""Questions of more than one part, or about more than one thing: what the first answer leaves out is answered beside it."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.services.words.listed import others
from stdgraph.services.words.splitting import clauses, leading
from stdgraph.services.words.wording import worded


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Who is President of CENELEC and who is Director-General of ETSI?",
            [("officers", {"body": "org/cenelec"}), ("officers", {"body": "org/etsi"})],
        ),
        (
            "What was signed and what project was launched at the seminar in London in July 2016?",
            [("events", {"within": "city/gb-london", "year": "2016"}), ("event", {"event": "event/2016-07-cn-gb-smart-city-1"})],
        ),
        (
            "天府新区公园城市标准体系涵盖多少项标准？何时获批国家试点？",
            [("figures", {}), ("projects", {})],
        ),
        ("Which upcoming events are announced for 2023?", [("events", {"planned": "True", "year": "2023"})]),
    ],
)  # fmt: skip
def test_each_part_has_its_answer(
    repository: stdgraph.Graph, text: str, asked: list[tuple[str, dict[str, str]]]
) -> None:
    said = []
    for answer, _ in repository.ask_each(text):
        given = {name: value for name, value in answer.parameters.items() if value is not None}
        said.append((answer.question, {n: getattr(v, "iri", str(v)).rsplit("/id/")[-1] for n, v in given.items()}))
    assert said == asked


def test_when_and_where_of_one_thing_are_one_question(repository: stdgraph.Graph) -> None:
    names = repository.reads.names
    assert not clauses(worded(names, "Where and when did the China-UK graphene working group meet?"))
    assert len(clauses(worded(names, "Where and when did it meet, and which official spoke?"))) == 2


def test_what_a_later_part_names_does_not_narrow_the_first(repository: stdgraph.Graph) -> None:
    wording = worded(
        repository.reads.names, "Where did the graphene working group of China meet, and who spoke in Chongqing?"
    )
    named = {s.said for s in leading(wording).spotted if s.is_thing}
    assert "chongqing" in {s.said for s in wording.spotted}
    assert named
    assert "chongqing" not in named


def test_a_first_part_that_names_nothing_is_told_what_the_later_one_names(repository: stdgraph.Graph) -> None:
    wording = worded(repository.reads.names, "Who spoke, and which bodies met in Chongqing?")
    assert leading(wording) == wording


def test_only_what_stands_in_a_list_is_asked_of_too(repository: stdgraph.Graph) -> None:
    names = repository.reads.names
    answer = repository.ask("officers", body="CENELEC")
    assert others(worded(names, "Who heads CENELEC and ETSI?"), answer)
    assert not others(worded(names, "Who from ETSI heads CENELEC?"), answer)
    assert not others(worded(names, "Who heads CENELEC and who came to Brussels?"), answer)


@pytest.mark.parametrize("text", ["Who chairs ISO/TC 321?", "谁是ISO/TC 321的主席？"])
def test_an_answer_is_about_something_that_is_named(repository: stdgraph.Graph, text: str) -> None:
    answer = repository.ask_words(text)[0]
    cells = [*answer.parameters.values(), *(cell for row in answer for cell in row.cells.values())]
    assert any(getattr(cell, "iri", "").endswith("/committee/iso-tc-321") for cell in cells)


def test_a_register_with_standards_is_indexed_without_them(tiny: stdgraph.Graph) -> None:
    import pyoxigraph as ox

    from stdgraph.services.words.small import PACKS, STANDARDS, small
    from stdgraph.storage.store import Store

    def quad(graph: str) -> ox.Quad:
        thing = ox.NamedNode("https://w3id.org/stdgraph/id/std/x-1")
        return ox.Quad(thing, thing, thing, ox.NamedNode(graph))

    kept = {quad(f"{PACKS}x/2020-01-01"), quad(f"https://w3id.org/stdgraph/graph/own{STANDARDS}")}
    whole = ox.Store()
    whole.extend(kept)
    graph = Store(whole, tiny.reads.names)
    assert small(graph) is graph
    whole.add(quad(f"{PACKS}x/2020-01-01{STANDARDS}"))
    assert set(small(graph).store) == kept  # type: ignore[attr-defined]
    assert small(graph).names is graph.names
