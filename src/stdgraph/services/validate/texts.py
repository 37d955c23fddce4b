"""Texts that no shape can judge: days that no calendar has, characters lost or read in a wrong encoding, whole pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.dates import SLOTS, bounds
from stdgraph.model.vocabulary import DCTERMS, SKOS, STDG, XSD
from stdgraph.services.validate.letters import oddities
from stdgraph.services.validate.shacl import Result, own_result

LONG = 2000
"""Names, titles and notes are far shorter; so long a text is one pasted from a source."""

LOST = re.compile("[\ufffd-\uffff\x80-\x9f]")
HAN = re.compile("[\x00-\x7f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
NAN = re.compile(r"\s*[+-]?s?nan[0-9]*\s*", re.IGNORECASE)
DATES = {STDG + slot for slot in SLOTS}
AS_PRINTED = {STDG + "printedForm"}
"""What is quoted from a source as it stands there."""
NAMES = {SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", DCTERMS + "title"}


@dataclass(frozen=True)
class Fault:
    """What may be wrong with a text."""

    severity: str
    words: str


NO_NUMBER = Fault("Violation", marked("{text} is no number: give the number, or leave the statement out."))
NO_DAY = Fault("Violation", marked("The calendar has no such day or span: correct {text}."))
GARBLED = Fault(
    "Warning", marked("Characters were lost or misread here: write the text anew, and save the file as UTF-8.")
)
MISREAD = Fault(
    "Warning",
    marked('This looks like text read in a wrong encoding: perhaps "{text}" is meant. Save the file as UTF-8.'),
)
STEERING = Fault("Warning", marked("This text holds {text}, which steers a terminal or breaks a line: take it out."))
TOO_LONG = Fault(
    "Warning", marked("This text has {text} characters: give the name, title or place alone; do not copy the source.")
)


def results(quads: Iterable[ox.Quad], found: Sequence[Result], *, lang: str = "en") -> list[Result]:
    """Return what is wrong with the texts of some statements; not what is found already."""
    told = {(r.focus, r.value) for r in found}
    more = []
    for triple in dict.fromkeys(q.triple for q in quads if isinstance(q.object, ox.Literal)):
        if (triple.subject, triple.object) in told:
            continue
        for severity, words, text in _faults(triple):
            message = translated(Phrase(words, text=text), lang)
            more.append(own_result(triple, severity, message, "PatternConstraintComponent", lang, words))
    return more


def _faults(triple: ox.Triple) -> list[tuple[str, str, Any]]:
    """Return the faults of a text: severity, words, and what they quote."""
    fault, part = _fault(triple)
    if fault:
        return [(fault.severity, fault.words, part)]
    value, predicate = triple.object, triple.predicate.value
    if not isinstance(value, ox.Literal) or predicate in AS_PRINTED:
        return []
    if not (value.language or value.datatype.value == XSD + "string"):
        return []
    return [
        (odd.severity, odd.words, text)
        for odd, text in oddities(value.value, value.language or "", name=predicate in NAMES)
    ]


def is_no_number(term: Any) -> bool:
    """Tell whether a term is what no number can be compared with: NaN, at which pySHACL stops."""
    return isinstance(term, ox.Literal) and term.datatype.value != XSD + "string" and bool(NAN.fullmatch(term.value))


def _fault(triple: ox.Triple) -> tuple[Fault | None, Any]:
    text = getattr(triple.object, "value", "")
    if triple.predicate.value in DATES and not _is_date(text):
        return NO_DAY, text
    if is_no_number(triple.object):
        return NO_NUMBER, text
    if len(text) > LONG:
        return TOO_LONG, len(text)
    if not text.isascii():
        if meant := misread(text):
            return MISREAD, meant
        if LOST.search(text):
            return GARBLED, ""
    steering = next((char for char in escape.CONTROL.findall(text) if char not in "\t\n\r"), "")
    return (STEERING, escape.line(steering)) if steering else (None, "")


def _is_date(text: str) -> bool:
    try:
        return bool(bounds(text))
    except ValueError:
        return False


def misread(text: str) -> str:
    """Return what a text says in UTF-8 that was read as Western European or as GB 18030; "" if it makes no sense so.

    >>> misread("å¤‡å¿˜å½•"), misread("ZÃ¼rich"), misread("备忘录"), misread("Zürich")
    ('备忘录', 'Zürich', '', '')
    """
    for encoding in ("cp1252", "latin-1", "gb18030"):
        try:
            meant = text.encode(encoding).decode()
        except UnicodeError:
            continue
        if encoding != "gb18030" or HAN.fullmatch(meant):  # some short words are valid in both, and nonsense in one
            return meant
    return ""
