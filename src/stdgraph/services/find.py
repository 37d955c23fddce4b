"""Things by name, of any class or of one."""

from __future__ import annotations

import difflib

from stdgraph.errors import ParameterError
from stdgraph.graph.labels import kinds
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import local
from stdgraph.storage.names import YEAR, Named


def find(graph: Graph, text: str, *, kind: str | None = None, limit: int = 20) -> list[Named]:
    """Return things by name, best first.

    Args:
        graph: an opened store or endpoint.
        text: a name or part of one.
        kind: local name of a class: only things of that class.
        limit: at most so many.

    Raises:
        ParameterError: there is no such class; the message names the nearest.
    """
    found = graph.names.find(text, (kind,) if kind else (), limit)
    if kind and not found:
        _known(graph, kind)
    return found


def _known(graph: Graph, kind: str) -> None:
    classes = sorted({local(row["c"].value) for row in select(graph, "classes-to-find")} | {YEAR})
    if kind in classes:
        return
    folded = {name.lower(): name for name in classes}
    nearest = difflib.get_close_matches(kind.lower(), folded, n=4, cutoff=0.5)
    detail = Phrase("there is no class '{kind}'", kind=kind)
    if nearest:
        names = ", ".join(folded[n] for n in nearest)
        detail = Phrase("there is no class '{kind}'; nearest: {names}", kind=kind, names=names)
    raise ParameterError(parameter="kind", detail=detail)


__all__ = ["find", "kinds"]
