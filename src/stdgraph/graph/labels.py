"""Labels: a name for everything, also for nameless records, and terms as cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.reads import Graph, of_each
from stdgraph.locale import in_words
from stdgraph.model.later import later
from stdgraph.model.results import EXACT, Entity, Kind, Number, Scalar, Term
from stdgraph.model.vocabulary import BASE, OWL, SKOS, STDG, XSD, local, short

WHOLE = later(r"[+-]?[0-9]{1,4000}")
NUMERIC = "0123456789+-.eE"
"""The characters of a number in data; Python reads some with others too, such as `1_000`."""

TRUTH = {"true": True, "1": True, "false": False, "0": False}
FRACTIONS = (XSD + "decimal", XSD + "double", XSD + "float")
LONG = 24
"""More characters than a double needs."""


def labels(graph: Graph, iris: Iterable[str], lang: str) -> dict[str, str]:
    """Return a label for each IRI: in the language, else in the other, else in words made from its relations."""
    wanted = set(iris)
    found = graph.names.labels(wanted, lang)
    nameless = {iri for iri in wanted - found.keys() if iri.startswith(BASE)}
    others = {iri: in_words("term", short(iri), lang) for iri in wanted - found.keys() - nameless}
    return found | _described(graph, nameless, lang) | others


TELLING = (
    *(
        "member",
        "memberCountry",
        "participant",
        "contributor",
        "holder",
        "performedBy",
        "recognizer",
        "adopter",
        "user",
        "recipient",
        "hub",
    ),
    *("leadPartner", "hasParty", "liaisonFrom", "between", "claimSubject", "affects", "changeKind", "role", "linkKind"),
    *(
        "claimProperty",
        "recognized",
        "counterparty",
        "twinnedPartner",
        "liaisonTo",
        "inBody",
        "inGroup",
        "forBody",
        "inEvent",
    ),
    *("contributionTo", "adoptedStandard", "usedStandard", "award", "draftOf", "editionOf", "issueOf", "resultsIn"),
    *("onBehalfOf", "ordinal", "date"),
)
"""Properties that tell what a nameless record is about, the subject's side first."""
TOLD = {STDG + name: at for at, name in enumerate(TELLING)}


def _described(graph: Graph, iris: set[str], lang: str) -> dict[str, str]:
    parts: dict[str, list[tuple[int, str]]] = {iri: [] for iri in iris}
    for iri, property_, value in of_each(graph, "telling", iris, "p", "o"):
        parts[iri].append((TOLD[property_], value))
    kinds = kinds_of(graph, iris)
    known = graph.names.labels({o for found in parts.values() for _, o in found} | set(kinds.values()), lang)
    described = {}
    for iri, found in parts.items():
        words = list(dict.fromkeys(known[o] if o in known else short(o) for _, o in sorted(found)))[:4]
        kind = known.get(kinds.get(iri, ""), "")
        described[iri] = f"{kind}: {' · '.join(words)}" if words and kind else kind or short(iri)
    return described


def kinds_of(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """Return the narrowest class of each thing, the first by name where there are several."""
    return dict(of_each(graph, "kind", iris, "kind"))


def kinds(graph: Graph, names: Iterable[str], lang: str) -> dict[str, Kind]:
    """Return classes by their local names: of our ontology, else of SKOS or OWL."""
    spaces, wanted = (STDG, SKOS, OWL), {name for name in names if name}
    known = labels(graph, {space + name for name in wanted for space in spaces}, lang)
    found = {}
    for name in wanted:
        iris = [iri for space in spaces if known[iri := space + name] != short(iri)]
        found[name] = Kind(iris[0], name, known[iris[0]]) if iris else Kind(STDG + name, name, class_word(name, lang))
    return found


def class_word(name: str, lang: str) -> str:
    """Return a kind that is no class of the ontology, as people know it.

    >>> class_word("Year", "zh")
    '年份'
    """
    return in_words("term", f"skos:{name}", lang).removeprefix("skos:")


def scalar(term: Any, known: dict[str, str]) -> Scalar:
    """Return a term as a cell: things and concepts as entities, terms of the ontology by name, literals as values."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return literal(term)
    if isinstance(term, ox.Triple):
        return f"<<( {term} )>>"
    if isinstance(term, ox.BlankNode):
        return str(term)
    iri = term.value
    if iri.startswith(STDG):
        code = local(iri)
        return Term(iri, code, known.get(iri, code))
    return Entity(iri, known[iri] if iri in known else short(iri))


cell = scalar


def literal(term: ox.Literal) -> str | int | float | bool:
    """Return a literal as a plain value, a number so that it is written as it was; malformed ones as text."""
    kind, text = term.datatype.value, term.value
    if kind == XSD + "boolean":
        return TRUTH.get(text, text)
    if kind == XSD + "integer":
        whole = WHOLE.fullmatch(text)
        return (int(text) if str(int(text)) == text else Number(text)) if whole else text
    if kind not in FRACTIONS or not _is_number(text):
        return text
    inexact = kind != XSD + "decimal" and len(text) > LONG
    return _numeral(shortest(text) if inexact else text)


def _numeral(text: str) -> int | float:
    value = float(text)
    if value.is_integer() and str(int(value)) == text and abs(value) < EXACT:
        return int(value)
    return value if str(value) == text else Number(text)


def shortest(text: str) -> str:
    """Return a double that was written in full, which the engine does, in as few digits as tell it from all others.

    >>> shortest("1" + "0" * 300)
    '1e300'
    """
    value = float(text)
    return re.sub(r"(\.0)?e\+?(-?)0*", r"e\2", repr(value)) if isfinite(value) else text


def number(text: str) -> float | None:
    """Return a number, None for what validation will report as none."""
    return float(text) if _is_number(text) and isfinite(float(text)) else None


def _is_number(text: str) -> bool:
    """Tell whether a text is a number as data write it; a pattern would take longer to compile than most answers have numbers."""
    if text.strip(NUMERIC):
        return False
    try:
        float(text)
    except ValueError:
        return False
    return True
