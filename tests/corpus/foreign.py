"""The same faults through rdflib and pySHACL: found or not, for neither knows lines.

pySHACL takes half a minute for the graph, so many faults are planted at once, each in things of its own; a result is that
of a fault if it is about a thing of which the fault changes a statement, and is not there without the fault.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import rdflib
from rdflib.namespace import SH

from corpus.judging import graph
from corpus.planting import Fault
from stdgraph.model.vocabulary import BASE
from stdgraph.services.validate.checking import _shapes
from stdgraph.services.validate.shacl import plain_report
from stdgraph.storage.bridge import to_rdflib

LOT = 150
Statements = set[tuple[Any, Any, Any]]


def found(faults: Sequence[Fault]) -> set[str]:
    """Return the names of the faults that rdflib refuses to read, or of which pySHACL tells."""
    whole, read = [], {fault.name for fault in faults}
    for fault in faults:
        now, was = _read(fault.data), _read(fault.clean)
        if now is not None and was is not None:
            whole.append((fault, now, was))
            read.discard(fault.name)
    data = to_rdflib(quad for file in graph().files for quad in file.quads())
    return read.union(*(_told(data, lot) for lot in _lots(whole)))


def _read(data: bytes) -> Statements | None:
    try:
        return set(rdflib.Graph().parse(data=data, format="turtle", publicID=BASE))
    except Exception:  # whatever its parser ends with
        return None


def _lots(faults: Iterable[tuple[Fault, Statements, Statements]]) -> Iterable[list[Any]]:
    """Yield lots of faults that speak of different things."""
    left = list(faults)
    while left:
        lot: list[Any] = []
        taken: set[Any] = set()
        for one in left:
            things = _things(one[1] ^ one[2]) | {rdflib.URIRef(BASE + name) for name in one[0].subjects}
            if len(lot) < LOT and not things & taken:
                lot.append(one)
                taken |= things
        yield lot
        left = [one for one in left if one not in lot]


def _things(statements: Statements) -> set[Any]:
    return {s for s, _, _ in statements}


def _told(data: rdflib.Graph, lot: Sequence[tuple[Fault, Statements, Statements]]) -> set[str]:
    spoilt, clean = _results(data, lot, 1), _results(data, lot, 2)
    names = set()
    for fault, now, was in lot:
        about = _things(now ^ was)
        if any(spoilt[thing] - clean[thing] for thing in about):
            names.add(fault.name)
    return names


def _results(data: rdflib.Graph, lot: Sequence[Any], which: int) -> dict[Any, set[tuple[str, ...]]]:
    """Return what pySHACL tells of each thing, with the faults of a lot or without them."""
    gone = {t for one in lot if not one[0].new for t in one[2]}
    here = {t for one in lot for t in one[which]}
    added, removed = here - set(data), {t for t in gone - here if t in data}
    for t in removed:
        data.remove(t)
    for t in added:
        data.add(t)
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    report = plain_report(data, _shapes())
    for t in added:
        data.remove(t)
    for t in removed:
        data.add(t)
    told: dict[Any, set[tuple[str, ...]]] = defaultdict(set)
    for node in report.objects(None, SH.result):
        said = tuple(str(report.value(node, p)) for p in (SH.sourceShape, SH.value, SH.sourceConstraintComponent))
        for thing in (report.value(node, SH.focusNode), report.value(node, SH.value)):
            told[thing].add(said)
    return told
