"""Twins of a whole graph are the same whether it was judged before or not: what is kept is only where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from conftest import TINY
from stdgraph.services.validate import parts, twins
from stdgraph.storage import quick
from stdgraph.storage.files import given_files, ontology_files
from stdgraph.storage.turtle import parse_turtle

HEAD = """@base <https://w3id.org/stdgraph/id/> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
EDITS = {
    "a record again": "<office/again> a stdg:OfficeHolding ; stdg:member <person/ann> ; stdg:inBody <org/aa-nsb> ; stdg:role stdgc:role-chair ."
    "<office/again-2> a stdg:OfficeHolding ; stdg:member <person/ann> ; stdg:inBody <org/aa-nsb> ; stdg:role stdgc:role-chair .",
    "a body again": '<org/aa-one> a stdg:Company ; skos:prefLabel "Quillonbury Vexforth Works"@en ; stdg:ofCountry <country/AA> .'
    '<org/aa-two> a stdg:Company ; skos:prefLabel "Quillonbury Vexforth Works"@en ; stdg:ofCountry <country/AA> .',
    "nothing": "<event/alone> a stdg:Meeting ; skos:prefLabel 'Alone'@en .",
    "a name alone": '<org/cc-tea> skos:altLabel "Tea board"@en .',
}


@pytest.fixture(scope="module")
def tiny() -> list[ox.Quad]:
    return [quad for file in [*ontology_files(), *given_files([TINY])] for quad in file.quads()]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    parts._place().unlink(missing_ok=True)
    yield
    parts._place().unlink(missing_ok=True)


def told(quads: list[ox.Quad]) -> list[tuple[str, str]]:
    return [(str(r.focus), r.finding.message) for r in twins.results((), quads)]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_judged_as_if_nothing_had_been_kept(name: str, tiny: list[ox.Quad]) -> None:
    edited = [*tiny, *(ox.Quad(*triple) for triple in parse_turtle(HEAD + EDITS[name])[0])]
    anew = told(edited)
    assert bool(anew) == name.endswith("again")
    parts._place().unlink(missing_ok=True)
    told(tiny)
    assert [told(edited), told(edited), told(tiny)] == [anew, anew, told(tiny)]


def test_what_is_clean_is_not_compared_again(tiny: list[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tiny) == []
    assert len(quick.recall(parts._place())) > 3
    monkeypatch.setattr(twins, "weighed", None)
    assert told(tiny) == []


def test_what_is_kept_of_another_program_is_not_used(tiny: list[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    told(tiny)
    before = quick.recall(parts._place())
    monkeypatch.setattr(parts, "program", lambda: "another")
    told(tiny)
    assert before.keys() == quick.recall(parts._place()).keys()
    assert set(before.values()).isdisjoint(quick.recall(parts._place()).values())
