"""What is read of a graph elsewhere is read once, as long as its engine says that it says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest

import engines
import stdgraph
from stdgraph.model.vocabulary import SKOS
from stdgraph.storage import sums
from stdgraph.storage.endpoint import Endpoint
from stdgraph.storage.engine import Engine
from stdgraph.storage.sparql import run

ME = "http://127.0.0.1/query"
BODY = ox.NamedNode("https://w3id.org/stdgraph/id/org/aa-tea")
NAME, NOTE = (ox.NamedNode(SKOS + word) for word in ("prefLabel", "note"))


def summed(*triples: ox.Triple, of: tuple[str, ...] = ()) -> str:
    store = ox.Store()
    store.extend(ox.Quad(*triple, ox.NamedNode("x:g")) for triple in triples)
    return sums.name(ME, run(store, sums.query(of)))


def named(text: str, language: str = "en", predicate: ox.NamedNode = NAME) -> ox.Triple:
    return ox.Triple(BODY, predicate, ox.Literal(text, language=language))


def test_a_sum_is_that_of_what_is_said_in_any_order() -> None:
    one, two = named("Tea body"), named("茶", "zh")
    assert summed(one, two) == summed(two, one) != ""


@pytest.mark.parametrize(
    "other", [named("Tea boby"), named("Tea body", "fr"), named("Tea body", predicate=NOTE)], ids=str
)
def test_another_letter_language_or_property_is_another_sum(other: ox.Triple) -> None:
    assert summed(named("Tea body")) != summed(other)


def test_unnamed_nodes_and_values_without_language_are_summed() -> None:
    bare = ox.Triple(ox.BlankNode("b"), NOTE, ox.Literal(3))
    assert summed(named("Tea body"), bare) not in ("", summed(named("Tea body")))


def test_names_are_summed_alone() -> None:
    note = named("old", predicate=NOTE)
    assert summed(named("Tea"), of=sums.OF_NAMES) == summed(named("Tea"), note, of=sums.OF_NAMES) != ""


def test_nothing_has_no_sum() -> None:
    assert summed() == ""


@pytest.fixture(params=engines.ENGINES)
def url(
    request: pytest.FixtureRequest, tiny: stdgraph.Graph, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Engine]]:
    """An engine that has got the tiny graph, and a cache that holds nothing."""
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path))
    try:
        with engines.holding(request.param, tiny) as (held, _):
            yield held.query, Engine(held.query, store=held.store, update=held.update)
    except engines.AbsentError as error:
        pytest.skip(str(error))


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that were sent."""
    sent: list[str] = []
    fetch: Callable[..., tuple[bytes, str, str]] = Endpoint._fetch

    def counted(self: Endpoint, text: str) -> tuple[bytes, str, str]:
        sent.append(text)
        return fetch(self, text)

    monkeypatch.setattr(Endpoint, "_fetch", counted)
    return sent


def test_names_are_read_once_and_again_when_one_has_changed(url: tuple[str, Engine], requests: list[str]) -> None:
    address, engine = url
    assert stdgraph.open(endpoint=address).iri("BeSI").endswith("bb-nsb")
    first = len(requests)
    requests.clear()
    assert stdgraph.open(endpoint=address).iri("BeSI").endswith("bb-nsb")
    assert ["SUM(" in text for text in requests] == [True]
    assert first > len(requests)
    iri, graph = "https://w3id.org/stdgraph/id/org/bb-nsb", next(iter(engine.counts()))
    engine.update(f'INSERT DATA {{ GRAPH <{graph}> {{ <{iri}> <{SKOS}altLabel> "Sandy house"@en }} }}')
    assert stdgraph.open(endpoint=address).iri("Sandy house") == iri


def test_questions_in_words_are_answered_as_by_the_embedded_store(
    url: tuple[str, Engine], tiny: stdgraph.Graph, requests: list[str]
) -> None:
    words = "who are the officers of BeSI"
    here, there = tiny.ask_words(words), stdgraph.open(endpoint=url[0]).ask_words(words)
    assert (there[0].to_json(), there[1]) == (here[0].to_json(), here[1])
    asked = len(requests)
    requests.clear()
    stdgraph.open(endpoint=url[0]).ask_words(words)
    assert len(requests) < asked / 2
