"""Countries: which one a thing belongs to, or is."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.model.results import Countries, Entity


def countries(graph: Graph, lang: str) -> Countries:
    """Return what tells the countries of things, by which `Table.group("country")` counts; it asks when it is called."""

    def told(iris: Iterable[str]) -> dict[str, Entity]:
        found = {row["x"].value: row["country"].value for row in select(graph, "country-of", iris)}
        known = labels(graph, set(found.values()), lang)
        return {iri: Entity(country, known[country]) for iri, country in found.items()}

    return told
