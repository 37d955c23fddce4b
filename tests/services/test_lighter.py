"""A page without a register's standards: what is kept, and which questions and views it says may lack some."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from stdgraph.graph.questions import question_names
from stdgraph.model.vocabulary import GRAPH, STDG
from stdgraph.networks.views import views
from stdgraph.services.site.lighter import NOTHING, TYPE, is_of, left_out

STANDARD, COMMITTEE = "https://w3id.org/stdgraph/id/std/x-1", "https://w3id.org/stdgraph/id/committee/x"
VIEWS = {name: view.query for name, view in views().items()}
REGISTER, OWN = f"{GRAPH}pack/x/2020-01-01/standards", f"{GRAPH}own/standards"


def quad(subject: str, name: str, value: str, graph: str) -> ox.Quad:
    return ox.Quad(*(ox.NamedNode(iri) for iri in (subject, name, value, graph)))


QUADS = [
    quad(STANDARD, TYPE, STDG + "StandardEdition", REGISTER),
    quad(STANDARD, STDG + "developedBy", COMMITTEE, REGISTER),
    quad(STANDARD, STDG + "ics", STDG + "any", REGISTER),
    quad(COMMITTEE, TYPE, STDG + "TechnicalCommittee", REGISTER),
    quad(COMMITTEE, STDG + "ics", STDG + "any", REGISTER),
]


class Names:
    """An index in which one thing is named by a register alone."""

    bulk = 5

    def __init__(self, *iris: str) -> None:
        self.found = [(iri,) for iri in iris]

    def rows(self, _sql: str, _values: Any) -> list[tuple[str]]:
        return self.found


class Store:
    """A store with these names and no axioms."""

    def __init__(self, *iris: str) -> None:
        self.names = Names(*iris)

    def select(self, _query: str) -> list[Any]:
        return []


def test_nothing_is_left_out_where_no_register_names_standards() -> None:
    assert left_out(Store(), lambda: QUADS, VIEWS) is NOTHING  # type: ignore[arg-type]


def test_questions_of_standards_may_lack_some_and_others_do_not() -> None:
    found = left_out(Store(STANDARD), lambda: QUADS, VIEWS)  # type: ignore[arg-type]
    assert found.things == {STANDARD}
    assert {"standard-history", "standards-used-abroad"} & set(found.questions)
    assert not {"secretariats", "agreements", "committee-members"} & set(found.questions)
    assert "standards" in found.views
    assert set(found.questions) < set(question_names())


@pytest.mark.parametrize(
    ("subject", "graph", "gone"), [(STANDARD, REGISTER, True), (STANDARD, OWN, False), (COMMITTEE, REGISTER, False)]
)
def test_only_what_a_register_says_of_its_standards_is_left_out(subject: str, graph: str, gone: bool) -> None:
    assert is_of(quad(subject, STDG + "ics", STDG + "any", graph), frozenset([STANDARD])) is gone
