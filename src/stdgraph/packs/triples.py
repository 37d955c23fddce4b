"""N-Triples and N-Quads as text, in canonical form: the fastest way to write millions of them."""

from __future__ import annotations

import hashlib
import re
from html import unescape

from stdgraph.model.dates import ENDS, SLOTS, bounds
from stdgraph.model.vocabulary import BASE, DCTERMS, RDF, SKOS, SRC, STDG, STDGC, XSD

ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.S)
BREAK = re.compile(r"<(?:/?(?:p|li|ul|ol|div|h[1-6]|tr|table)\b[^<>]*|br\s*/?)>", re.I)

TYPE = f"<{RDF}type>"


def iri(text: str) -> str:
    """Return an IRI as a term."""
    return f"<{text}>"


def term(name: str) -> str:
    """Return a term of the ontology."""
    return f"<{STDG}{name}>"


def code(name: str) -> str:
    """Return a concept of the code lists."""
    return f"<{STDGC}{name}>"


def literal(text: str, tag: str = "") -> str:
    """Return a string, or a text in a language.

    >>> literal('Thés "verts"', "fr")
    '"Thés \\\\"verts\\\\""@fr'
    """
    quoted = f'"{ESCAPED.sub(_escape, text)}"' if ESCAPED.search(text) else f'"{text}"'
    return f"{quoted}@{tag}" if tag else quoted


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return SHORT.get(char) or f"\\u{ord(char):04X}"


def typed(text: str, datatype: str) -> str:
    """Return a literal of an XSD datatype."""
    return f'"{text}"^^<{XSD}{datatype}>'


def plain_text(text: str) -> str:
    """Return a text without markup and entities, each run of blanks as one.

    >>> plain_text("<p>Machines &amp; tools<br>of steel, &lt; 5 mm</p>")
    'Machines & tools of steel, < 5 mm'
    """
    return " ".join(unescape(TAG.sub("", BREAK.sub(" ", text))).split())


def claim(subject: str, predicate: str, value: str) -> str:
    """Return the IRI of the claim about a triple whose terms are given as N-Triples has them (rule 11)."""
    digest = hashlib.sha1(f"{subject} {predicate} {value}".encode(), usedforsecurity=False).hexdigest()
    return f"{BASE}claim/{digest[:12]}"


def facts(subject: str, *pairs: tuple[str, str]) -> list[str]:
    """Return triples of one subject as lines of N-Triples.

    >>> facts("http://a/b", (term("start"), literal("1985")))
    ['<http://a/b> <https://w3id.org/stdgraph/ontology#start> "1985" .\\n']
    """
    return [f"<{subject}> {predicate} {value} .\n" for predicate, value in pairs]


def dated(slot: str, text: str) -> list[tuple[str, str]]:
    """Return an EDTF date and its two bounds, which nothing computes for what is loaded as it is; "" gives none.

    >>> [value for _, value in dated("start", "1961/1965")][1]
    '"1961-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    if not text:
        return []
    days = zip(ENDS, bounds(text), strict=True)
    return [
        (term(slot), literal(text)),
        *((term(SLOTS[slot] + end), typed(day.isoformat(), "date")) for end, day in days),
    ]


def proof(source: str, locator: str, *attested: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what an evidence of a register says: where, and the day for which it shows what it shows."""
    return [
        (TYPE, term("Evidence")),
        (term("fromSource"), iri(SRC + source)),
        (term("locator"), literal(locator)),
        *attested,
        (term("confidence"), typed("1.0", "decimal")),
    ]


class Lines:
    """Distinct triples of one graph, given out as sorted N-Quads."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        self.lines: set[str] = set()

    def add(self, subject: str, *pairs: tuple[str, str]) -> None:
        """Add triples of one subject; subject is an IRI, predicates and objects are terms."""
        for predicate, value in pairs:
            self.lines.add(f"<{subject}> {predicate} {value} <{self.graph}> .\n")

    def header(self, source: str, day: str, titles: dict[str, str], licence: str, locator: str) -> None:
        """Add the node of the graph itself: its source, day, title and licence, and an evidence of the snapshot."""
        self.add(
            self.graph,
            (TYPE, "<http://www.w3.org/ns/dcat#Dataset>"),
            (f"<{DCTERMS}source>", iri(SRC + source)),
            (f"<{DCTERMS}issued>", typed(day, "date")),
            *((f"<{DCTERMS}title>", literal(text, tag)) for tag, text in titles.items()),
            *(((f"<{DCTERMS}license>", iri(licence)),) if licence else ()),
        )
        found = evidence(source, locator.replace(" ", "-"), day)
        self.add(self.graph, (term("evidence"), iri(found)))
        self.evidence(source, found, f"{locator} {day}", day)

    def evidence(self, source: str, found: str, locator: str, day: str) -> None:
        """Add an evidence of the register: a statement that it makes on the day of the snapshot."""
        self.add(found, *proof(source, locator, (term("attestedOn"), literal(day))))


def evidence(source: str, number: int | str, day: str) -> str:
    """Return the IRI of the evidence of a register entry (rule 10)."""
    return f"{BASE}evidence/{source}--{number}--{day}"


def label(text: str, tag: str = "en") -> tuple[str, str]:
    """Return the pair of a preferred label."""
    return f"<{SKOS}prefLabel>", literal(text, tag)
