"""A question and its arguments as one query: terms in its VALUES rows, and what stands for an actor or a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.bodies import Reach
from stdgraph.graph.bodies import reach as reach_of
from stdgraph.graph.groups import members
from stdgraph.graph.questions import Question
from stdgraph.graph.reads import Graph
from stdgraph.model.dates import each_year
from stdgraph.model.results import Stood
from stdgraph.model.vocabulary import XSD
from stdgraph.storage.queries import bound

ON = "on"
"""The parameter of a question that has a day of its own."""

Term = ox.NamedNode | ox.Literal


def bind(asked: Question, values: Mapping[str, Term], bodies: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the query with each parameter's VALUES rows holding its term, `UNDEF` for one that is left out.

    A row `VALUES ?any_NAME` holds also what stands for the actor: `bodies` of its IRI, as `reach` finds them; so does the
    row of a parameter that takes a group of countries, of which it holds the countries.
    Terms are serialized by the engine's own library, so nothing that a user types is pasted into SPARQL.
    """
    terms: dict[str, list[Any]] = {}
    for parameter in asked.parameters:
        terms |= rows_for(asked, parameter.name, values.get(parameter.name), bodies or {})
    return bound(asked.query, **terms)


def rows_for(
    asked: Question, parameter: str, value: Term | None, bodies: Mapping[str, Sequence[str]]
) -> dict[str, list[Any]]:
    """Return the terms of the VALUES rows that a parameter's term fills, by their variables."""
    around = [value] if value is None or value.value not in bodies else list(bodies[value.value])
    rows = {parameter: around if parameter in asked.groups else _years(value)}
    return rows | ({f"any_{parameter}": around} if parameter in asked.actors else {})


def _years(term: Term | None) -> list[Term | None]:
    """Return a term alone, or each year of a span of years."""
    if not isinstance(term, ox.Literal) or term.datatype.value != XSD + "gYear":
        return [term]
    return [ox.Literal(year, datatype=term.datatype) for year in each_year(term.value)]


def reach(
    graph: Graph, asked: Question, values: Mapping[str, Term], level: str | None = None, day: date | None = None
) -> Reach:
    """Return what stands for each actor that was given: itself, and at level `all` its bodies too; see `graph.bodies`.

    Countries are in a group on the day asked for, which may be the question's own.
    """
    actors = [values[name].value for name in asked.actors if name in values]
    own = values.get(ON)
    day = date.fromisoformat(own.value) if own else day
    found = reach_of(graph, actors, level, day)
    groups = {values[name].value for name in asked.groups if name in values} - set(actors)
    apart = members(graph, groups, day)
    bodies = {iri: [iri, *of.countries] for iri, of in apart.items()}
    return Reach(found.bodies | bodies, found.groups | apart, found.alone)


def stood(asked: Question, values: Mapping[str, Term], reached: Reach) -> dict[str, Stood]:
    """Return for how many countries each parameter stood that was given a group, or an organization that has one."""
    found = {}
    for name in (*asked.actors, *asked.groups):
        given = values[name].value if name in values else ""
        if of := reached.groups.get(given):
            found[name] = Stood(len(of.countries), of.listed)
        elif of := reached.alone.get(given):
            found[name] = Stood(0, of.listed, is_alone=True)
    return found
