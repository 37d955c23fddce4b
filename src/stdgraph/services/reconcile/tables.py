"""What was reconciled as rows: for people, for spreadsheets, and as an SSSOM table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stdgraph.graph.codes import class_named
from stdgraph.graph.labels import kinds as kinds_of
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, translated
from stdgraph.matching.candidates import Asked, Candidate, candidates
from stdgraph.matching.weighing import Match
from stdgraph.model.results import Cell, Kind, Table, table
from stdgraph.model.vocabulary import short
from stdgraph.storage.judgements import SAME, curie, judgements, sssom

NAME_COLUMNS = ("row", "name", "id", "label", "kind", "country", "score", "sure", "why")
PAIR_COLUMNS = ("one", "one_label", "other", "other_label", "score", "why")
HEAD = ("#mapping_set_id: https://w3id.org/stdgraph/mappings/reconciled", "#license: https://creativecommons.org/licenses/by/4.0/", "#curie_map:")  # fmt: skip
SLOTS = ("subject_id", "subject_label", "subject_type", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence", "comment")  # fmt: skip
ALIKE = "semapv:LexicalSimilarityThresholdMatching"
Found = list[tuple[Asked, list[Candidate]]]


def reconcile(
    graph: Graph,
    asked: Sequence[Asked],
    *,
    kind: str | None = None,
    top: int = 1,
    least: float = 0.5,
    lang: str = "en",
) -> Found:
    """Return each name with the things that it may mean, best first; see `matching.candidates`.

    Args:
        graph: an opened store or endpoint.
        asked: names, with countries where these are known.
        kind: only things of this class, by its local name or label.
        top: at most so many candidates of each.
        least: the lowest score that is told, from 0 to 1.
        lang: language of errors.

    Raises:
        ParameterError: there is no such class.
    """
    kinds = (class_named(graph, kind, lang),) if kind else ()
    known: dict[Asked, list[Candidate]] = {}
    fresh = list(dict.fromkeys(asked))
    found = candidates(graph.names, fresh, kinds, top=top, least=least, judged=judgements())
    known |= zip(fresh, found, strict=True)
    return [(one, known[one]) for one in asked]


def names_table(graph: Graph, found: Found, *, lang: str = "en") -> Table:
    """Return a row for each candidate, and one for each name without any, in the order of the names."""
    classes = kinds_of(graph, [c.thing.kind for _, of in found for c in of], lang)
    rows: list[dict[str, Cell]] = []
    for number, (asked, of) in enumerate(found, 1):
        begun: dict[str, Cell] = {"row": number, "name": asked.name}
        rows += [begun | _cells(c, classes, lang) for c in of]
        rows += [] if of else [begun | dict.fromkeys(NAME_COLUMNS[2:])]
    return table(NAME_COLUMNS, rows)


def _cells(found: Candidate, classes: Mapping[str, Kind], lang: str) -> dict[str, Cell]:
    thing = found.thing
    return {
        "id": short(thing.iri),
        "label": thing.label(lang),
        "kind": classes.get(thing.kind),
        "country": thing.country or None,
        "score": found.score,
        "sure": "yes" if found.sure else "no",
        "why": _joined(found.why, lang),
    }


def _joined(why: Iterable[Phrase], lang: str) -> str:
    return str(translated(Phrase("; "), lang)).join(translated(reason, lang) for reason in why)


def pairs_table(graph: Graph, found: Sequence[Match], *, lang: str = "en") -> Table:
    """Return a row for each pair of things that are probably one."""
    told = labels(graph, [iri for m in found for iri in (m.one, m.other)], lang)
    rows: list[dict[str, Cell]] = [
        {
            "one": short(m.one),
            "one_label": told.get(m.one),
            "other": short(m.other),
            "other_label": told.get(m.other),
            "score": m.score,
            "why": m.reasons(lang),
        }
        for m in found
    ]
    return table(PAIR_COLUMNS, rows)


def names_as_sssom(found: Found, *, lang: str = "en") -> str:
    """Return the candidates as an SSSOM table whose subjects are literals: the names."""
    pairs = [(asked, c) for asked, of in found for c in of]
    rows = [
        ("", a.name, "rdfs literal", SAME, curie(c.thing.iri), c.thing.label(lang), ALIKE, f"{c.score:g}", _joined(c.why, lang))
        for a, c in pairs
    ]  # fmt: skip
    return sssom(HEAD, (row[4] for row in rows), SLOTS, dict.fromkeys(rows))


def pairs_as_sssom(graph: Graph, found: Sequence[Match], *, lang: str = "en") -> str:
    """Return pairs of things that are probably one as an SSSOM table."""
    told = labels(graph, [iri for m in found for iri in (m.one, m.other)], lang)
    rows = [
        (curie(m.one), told.get(m.one, ""), "owl named individual", SAME, curie(m.other), told.get(m.other, ""), ALIKE, f"{m.score:g}", m.reasons(lang))
        for m in found
    ]  # fmt: skip
    return sssom(HEAD, (text for row in rows for text in (row[0], row[4])), SLOTS, rows)
