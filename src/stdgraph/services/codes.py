"""The codes of lists as a table: what options and parameters take, by all their names."""

from __future__ import annotations

from stdgraph.graph import codes as reads
from stdgraph.graph.questions import list_iri
from stdgraph.graph.reads import Graph
from stdgraph.model.results import Cell, Table, table

CLASSES = "classes"
"""The list of the classes of which there may be anything, beside those that `graph.codes` knows."""


def codes(graph: Graph, *lists: str) -> Table:
    """Return a row for each code of some lists: its name, the labels in both languages, and other words for it.

    Args:
        graph: an opened store or endpoint.
        lists: as the front matter of questions names them: `role`, `stdg:cooperatesWith`; or `classes`.
    """
    found = reads.classes(graph) if CLASSES in lists else []
    schemes = [list_iri(name) for name in lists if name != CLASSES]
    found += reads.codes(graph, *schemes) if schemes else []
    return table(("code", "en", "zh", "also"), [_row(code) for code in found])


def one_code(graph: Graph, name: str, given: str, *, lang: str = "en") -> str:
    """Return the local name of the one code of a list that a name means; raises ParameterError and AmbiguousNameError."""
    if name == CLASSES:
        return reads.class_named(graph, given, lang)
    return reads.code_named(graph, given, [list_iri(name)], parameter="code", lang=lang).name


def _row(code: reads.Code) -> dict[str, Cell]:
    also = tuple(text for text in code.texts if text not in (code.en, code.zh))
    return {"code": code.name, "en": code.en or None, "zh": code.zh or None, "also": also}
