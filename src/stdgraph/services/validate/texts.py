"""Texts that no shape can judge: days that no calendar has, characters lost or read in a wrong encoding, whole pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.dates import SLOTS, bounds
from stdgraph.model.spelling import is_chinese
from stdgraph.model.vocabulary import DCTERMS, SKOS, STDG, XSD
from stdgraph.services.validate.letters import PLACEHOLDER, PRINTED, oddities
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stated import Grouped
from stdgraph.services.validate.titles import MADE, NOTHING

if TYPE_CHECKING:
    from stdgraph.services.validate.plain import Plain

LONG = 2000
"""Names, titles and notes are far shorter; so long a text is one pasted from a source."""

LOST = re.compile("[\ufffd-\uffff\x80-\x9f\ue000-\uf8ff]")
ASKED = re.compile(r"[?？]{3,}|[?？ ]*[?？]")
"""Question marks in place of characters."""
HAN = re.compile("[\x00-\x7f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
SIEVE = re.compile(
    rf"[\x00-\x1f\x7f&<*\[?]|  |\A | \Z|\A(?:{PLACEHOLDER.pattern}|{NOTHING.pattern})?\Z|\A\s*[+-]?s?nan|{MADE.pattern}",
    re.IGNORECASE,
)
"""What an ASCII text that is no name has with which anything can be wrong; more than that will do."""
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


TOO_OLD = Fault("Violation", marked("The year of {text} is of another age: write it with its four digits."))
AGE = 1000
"""No act, body or document of ours is so old."""
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


def results(judged: Grouped, found: Sequence[Result], *, plain: Plain | None = None, lang: str = "en") -> list[Result]:
    """Return what is wrong with the texts of some statements; not what is found already.

    Args:
        judged: the statements.
        found: what is found already.
        plain: knows texts with which nothing was wrong, and is told of more of them.
        lang: language of messages.
    """
    told = {(r.focus, r.value) for r in found if r.part == "object"}
    more = []
    for verb, triples in judged.items():
        values = {value for t in triples if isinstance(value := t.object, ox.Literal)}
        odd = (
            plain.faults(verb, values, _faults)
            if plain
            else {v: faults for v in values if (faults := _faults(v, verb))}
        )
        wrong: Any = (t for t in triples if t.object in odd and (t.subject, t.object) not in told) if odd else ()
        for triple, (severity, words, text) in ((t, fault) for t in wrong for fault in odd[t.object]):
            message = translated(Phrase(words, text=text), lang)
            more.append(own_result(triple, severity, message, "PatternConstraintComponent", lang, words))
    return more


def _faults(value: ox.Literal, predicate: str) -> list[tuple[str, str, Any]]:
    """Return the faults of a text: severity, words, and what they quote."""
    known = predicate in DATES or predicate in NAMES
    if not known and is_plain(value.value, value.language):
        return []
    fault, part = _fault(value, predicate)
    if fault:
        return [(fault.severity, fault.words, part)]
    if not (value.language or value.datatype.value == XSD + "string"):
        return []
    return [
        (odd.severity, odd.words, text)
        for odd, text in oddities(value.value, value.language or "", name=predicate in NAMES)
        if predicate not in AS_PRINTED or odd.words in PRINTED
    ]


def is_plain(text: str, tag: str | None) -> bool:
    """Tell whether a text that is no name is so plain that nothing can be wrong with how it is written: most are.

    >>> is_plain("Standards Body", "en"), is_plain("Standards  Body", "en"), is_plain("标准", "zh-hans"), is_plain("n/a", "en")
    (True, False, False, False)
    """
    return text.isascii() and len(text) <= LONG and not is_chinese(tag) and not SIEVE.search(text)


def is_no_number(term: Any) -> bool:
    """Tell whether a term is what no number can be compared with: NaN, at which pySHACL stops; no text is, such as "Nan"@en.

    >>> is_no_number(ox.Literal("NaN", datatype=ox.NamedNode(XSD + "decimal"))), is_no_number(ox.Literal("Nan", language="en"))
    (True, False)
    """
    is_text = not isinstance(term, ox.Literal) or bool(term.language) or term.datatype.value == XSD + "string"
    return not is_text and bool(NAN.fullmatch(term.value))


def _fault(value: ox.Literal, predicate: str) -> tuple[Fault | None, Any]:
    text = value.value
    if predicate in DATES and not _is_date(text):
        return NO_DAY, text
    if predicate in DATES and bounds(text)[0].year < AGE:
        return TOO_OLD, text
    if is_no_number(value):
        return NO_NUMBER, text
    if len(text) > LONG:
        return TOO_LONG, len(text)
    if "?" in text and ASKED.fullmatch(text):
        return GARBLED, ""
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
