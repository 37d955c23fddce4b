"""All that is there twice: things under two ids, and what is written twice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import short
from stdgraph.services.validate import repeats, twins
from stdgraph.services.validate.agreeing import SHARED, TAKEN
from stdgraph.services.validate.doubled import Doubled, doubled
from stdgraph.services.validate.shacl import Result, check_of
from stdgraph.storage.files import GraphFile, content
from stdgraph.storage.judgements import NAME, expanded, judgements, line_of
from stdgraph.storage.lines import Place, is_packed, shown

GONE = marked("A judgement speaks of {thing}, which the graph does not describe: correct the id, or delete the row.")


def results(
    old: Iterable[Any],
    added: Sequence[Any],
    files: Sequence[GraphFile],
    *,
    lang: str = "en",
) -> list[Doubled]:
    """Return a warning for each thing that is probably one we have, and for what is written twice.

    Args:
        old: what the graph says without what is new and what is gone; nothing, or what packs say, where all of it is to be
            judged.
        added: what is new, in the order of its files, each statement as often as it stands there.
        files: the new files, then the others.
        lang: language of messages.
    """
    held = list(old)
    told = [*repeats.results(held, added, files, lang=lang), *twins.results(held, added, lang=lang)]
    packaged = content("data", "ttl")
    written = {file.graph for file in files if not is_packed(file)}
    is_whole = written.isdisjoint(q.graph_name.value for q in held)
    if is_whole and any(packaged in file.path.parents for file in files):
        told += _stale({q.subject for q in (*held, *added)}, lang)
    return told


def untold(told: Sequence[Doubled], found: Sequence[Result]) -> list[Doubled]:
    """Return warnings without those on two things of which findings tell already."""
    pairs, twin = {frozenset((r.focus, r.value)) for r in found}, {check_of(words) for words in twins.CHECKS}
    return [r for r in told if r.finding.check not in twin or frozenset((r.focus, r.value)) not in pairs]


def once(found: Sequence[Result]) -> list[Result]:
    """Return findings without those on a name that a thing shares with one that it is told to be, and each of these once."""
    names, twin = ({check_of(words) for words in of} for of in ((TAKEN, SHARED), twins.CHECKS))
    pairs = [(r.focus, short(r.value.value)) for r in found if r.finding.check in twin]
    kept: dict[Any, Result] = {}
    for at, result in enumerate(found):
        if result.finding.check not in names:
            kept[at] = result
        elif not any(focus == result.focus and other in result.finding.message for focus, other in pairs):
            kept.setdefault((result.focus, result.finding.message), result)
    return [*kept.values()]


def _stale(described: Container[Any], lang: str) -> list[Doubled]:
    """Return the judgements of the graph's own file that speak of what the graph does not describe."""
    path, found = content("data", "mappings", NAME), []
    for row in judgements(path).rows:
        for text in (row.subject_id, row.object_id):
            node = ox.NamedNode(expanded(text))
            if node not in described:
                at = Place(shown(path), line_of(path, row))
                found.append(doubled(node, node, Phrase(GONE, thing=short(node.value)), at=at, lang=lang))
    return found
