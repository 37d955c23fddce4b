"""Empty forms with their code lists."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.graph.codes import classes, codes
from stdgraph.graph.reads import Graph
from stdgraph.model.blanks import Blank, BlankColumn, Choices
from stdgraph.model.vocabulary import STDGC
from stdgraph.services.intake.templates import Column, Template
from stdgraph.services.intake.values import kinds_below

FIXED: dict[str, Choices] = {
    "yes": (("yes", "yes", "是"),),
    "yes or no": (("yes", "yes", "是"), ("no", "no", "否")),
    "translated": (("en", "en", "英文"), ("zh", "zh", "中文"), ("both", "both", "均是"), ("none", "none", "均否")),
}


def blanks(graph: Graph, forms: Sequence[Template]) -> list[Blank]:
    """Return empty forms."""
    return [
        Blank(form.name, form.title, form.about, tuple(_column(graph, column) for column in _ordered(form)))
        for form in forms
    ]


def _ordered(form: Template) -> list[Column]:
    """Return the columns as a form has them: what only ids are made of last, then the place in the document."""
    spare = ("id", "words")
    return sorted(form.columns, key=lambda column: (column.place, column.kind in spare and not column.needed))


def _column(graph: Graph, column: Column) -> BlankColumn:
    heading = {"en": column.name, "zh": column.zh}
    return BlankColumn(heading, column.about, column.needed, column.many, _choices(graph, column))


def _choices(graph: Graph, column: Column) -> Choices:
    if column.kind == "code":
        return tuple((code.name, code.en, code.zh) for code in codes(graph, f"{STDGC}scheme/{column.scheme}"))
    if column.kind == "class":
        below = kinds_below(graph, column.below)
        return tuple((code.name, code.en, code.zh) for code in classes(graph) if code.name in below)
    return FIXED.get(column.kind, ())
