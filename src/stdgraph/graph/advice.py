"""What to write in place of a pattern that found nothing: labels with their language, ids for names, days for texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.model.spelling import HAN
from stdgraph.model.vocabulary import BASE, STDGC, short
from stdgraph.storage.patterns import Element, Taken
from stdgraph.storage.tokens import Token, tokens

EDTF = {"stdg:date": "stdg:dateLatest", "stdg:start": "stdg:startLatest", "stdg:end": "stdg:endLatest"}
"""Properties whose values are text, and those whose values are days."""
LABELS = ("skos:prefLabel", "skos:altLabel", "rdfs:label")
CHINESE = ("zh", "zh-cn", "cn", "chinese", "zh-chs")
PARTS = re.compile(r"\b(YEAR|MONTH|DAY)\s*\(", re.IGNORECASE)
FEW = 3


def advice(graph: Graph, taken: Taken, part: Element) -> Phrase | None:
    """Return what to write in place of a part of a query that found nothing, None where it is not known."""
    inner = tokens(part.text)
    if part.kind == "filter":
        return next(_on_filter(taken, inner), None)
    return next(_on_triple(graph, inner), None) if part.kind == "triple" else None


def on_blank(taken: Taken) -> Phrase | None:
    """Return why what is computed from a date has no value: it is text."""
    return next(_days(taken), None) if PARTS.search(taken.text) else None


def _on_filter(taken: Taken, inner: list[Token]) -> Iterator[Phrase]:
    says_language = any(token.upper == "LANG" for token in inner)
    for token in inner:
        if says_language and token.kind == "string" and _bare(token).lower() in CHINESE:
            right = 'LANGMATCHES(LANG(?label), "zh")'
            yield Phrase("Chinese labels have the tag zh-hans: write {right}", right=right)
        if token.text == "xsd:date" or PARTS.match(f"{token.text}("):
            yield from _days(taken)


def _days(taken: Taken) -> Iterator[Phrase]:
    """Yield which days to take where a query takes a date that is text."""
    for token in taken.tokens:
        if right := EDTF.get(token.text):
            yield Phrase(
                "{name} is text (EDTF, as exact as its source); days are in {right}", name=token.text, right=right
            )


def _on_triple(graph: Graph, inner: list[Token]) -> Iterator[Phrase]:
    names = [token.text for token in inner if token.kind == "name"]
    for at, token in enumerate(inner):
        if token.kind != "string" or not token.text.isprintable():
            continue
        after = inner[at + 1].text if at + 1 < len(inner) else ""
        text = _bare(token)
        if "rdfs:label" in names:
            yield Phrase("things are labelled with {right}", right="skos:prefLabel")
        if any(name in LABELS for name in names):
            right = f"{token.text[:100]}@{'zh-hans' if HAN.search(text) else 'en'}"
            yield Phrase("a label has a language: write {right}", right=right)
        elif after != "^^" and not text[:1].isdigit() and (found := _named(graph, text)):
            yield Phrase("a text is not the thing that it names: write {right}", right=found)


def _named(graph: Graph, text: str) -> str:
    """Return the ids of the few things and codes that a text names."""
    found = [iri for iri in graph.names.keyed(text[:200]) if iri.startswith((BASE, STDGC))]
    return " / ".join(f"<{short(iri)}>" if iri.startswith(BASE) else short(iri) for iri in found[:FEW])


def _bare(token: Token) -> str:
    return token.text.strip("\"'")
