"""Why two actors are linked: every record behind their cooperation links."""

from __future__ import annotations

from datetime import date

from stdgraph.graph.evidence import described
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.time import certainty
from stdgraph.model.results import Cell, Entity, Row, Table

COLUMNS = ("kind", "record", "type", "date")


def why(
    graph: Graph, first: str, second: str, *, lang: str = "en", as_of: date | None = None, proofs: bool = False
) -> Table:
    """Return every record that links two actors, each with its sources; for two countries also those of their bodies.

    Args:
        graph: an opened store or endpoint.
        first: IRI of one actor.
        second: IRI of the other.
        lang: language of labels.
        as_of: only what held then, with a column `certainty`.
        proofs: whether rows bring their record, to be proved.
    """
    found = select(graph, "records-between", a=[first], b=[second])
    pairs = [(row["kind"].value, row["record"].value) for row in found]
    told = described(graph, {r for _, r in pairs}, lang)
    held = certainty(graph, told, as_of) if as_of else None
    kinds = labels(graph, {k for k, _ in pairs}, lang)
    rows = []
    for kind, iri in sorted(pairs, key=lambda p: (p[0], told[p[1]].date or "9", p[1])):
        if held is not None and iri not in held:
            continue
        record = told[iri]
        cells: dict[str, Cell] = {
            "kind": kinds[kind],
            "record": Entity(iri, record.label),
            "type": record.kind,
            "date": record.date,
        }
        certain: dict[str, Cell] = {"certainty": held[iri]} if held is not None else {}
        rows.append(Row(cells | certain, record.sources, (record,) if proofs else ()))
    return Table(COLUMNS + (("certainty",) if held is not None else ()), tuple(rows), lang=lang)
