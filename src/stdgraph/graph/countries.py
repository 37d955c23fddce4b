"""Countries: which one a thing belongs to, or is; their continents, regions and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, of_each, select
from stdgraph.model.light import dataclass
from stdgraph.model.results import Countries, Entity


@dataclass(frozen=True)
class _Told:
    """The countries of a graph; it asks when it is called."""

    graph: Graph
    lang: str

    def __call__(self, iris: Iterable[str]) -> dict[str, Entity]:
        found = dict(of_each(self.graph, "country-of", iris, "country"))
        known = labels(self.graph, set(found.values()), self.lang)
        return {iri: Entity(country, known[country]) for iri, country in found.items()}

    def wider(self, by: str, countries: Iterable[str]) -> dict[str, list[Entity]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in select(self.graph, "wider", countries):
            if row["by"].value == by:
                found[row["x"].value].append(row["in"].value)
        known = labels(self.graph, {iri for wide in found.values() for iri in wide}, self.lang)
        return {country: [Entity(iri, known[iri]) for iri in wide] for country, wide in found.items()}


def countries(graph: Graph, lang: str) -> Countries:
    """Return what tells the countries of things, by which `Table.group("country")` counts, and their regions."""
    return _Told(graph, lang)
