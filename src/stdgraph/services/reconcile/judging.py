"""Writing down what a person judged of two ids."""

from __future__ import annotations

import re
from pathlib import Path

from stdgraph.errors import ParameterError
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.storage.judgements import Judgement, judgement, judgements, place, write


def judge(
    graph: Graph,
    one: str,
    other: str,
    *,
    same: bool,
    author: str = "",
    day: str = "",
    comment: str = "",
    path: Path | None = None,
) -> tuple[Judgement, Path]:
    """Write a judgement into the file of judgements, in place of an older one on the same pair.

    Args:
        graph: an opened graph, for the labels.
        one: an IRI; it need not be in the graph yet.
        other: another; of two that are the same its id is kept.
        same: whether they are one thing.
        author: who judges.
        day: the day of the judgement, YYYY-MM-DD.
        comment: why.
        path: the file; by default that of the checkout, or the user's own.

    Raises:
        ParameterError: both are one id, or the day is none.
        OutputError: the file cannot be written.
    """
    if day and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        raise ParameterError(parameter="date", detail=Phrase("'{text}' is not YYYY-MM-DD", text=day))
    where = path or place()
    about = {"author_label": author, "mapping_date": day, "comment": comment}
    row = judgement(one, other, same=same, labels=labels(graph, [one, other], "en"), **about)
    write(where, judgements(where).added(row))
    return row, where
