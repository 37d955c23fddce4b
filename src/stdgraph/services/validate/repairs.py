"""Repairs that are sure: what stands in place of a term, where only its writing is wrong."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from stdgraph.model.finding import Finding
from stdgraph.model.vocabulary import short
from stdgraph.services.validate.letters import ENTITY, FULL_WIDTH, INVISIBLE
from stdgraph.services.validate.shacl import Result
from stdgraph.storage.spans import edit, place

REPAIRS: dict[str, Callable[[str], str]] = {
    "check:is-a-code-of-html": lambda text: ENTITY.sub(lambda found: html.unescape(found[0]), text),
    "check:an-invisible-or-special-blank-stands-in-this": lambda text: INVISIBLE.sub(_visible, text),
    "check:full-width-letters-or-digits-stand-in-this": lambda text: FULL_WIDTH.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), text
    ),
    "check:this-text-is-not-in-unicode-s-composed": lambda text: unicodedata.normalize("NFC", text),
    "check:this-text-begins-or-ends-with-a-blank": lambda text: re.sub(" {2,}", " ", text.strip()),
}
"""In this order: what an entity stands for may be a special blank, and what a special blank becomes, a blank too many."""


def _visible(found: re.Match[str]) -> str:
    return " " if unicodedata.category(found[0]) in ("Zs", "Zl", "Zp") else ""


def repaired(check: str, text: str) -> str:
    """Return what a text should be that a check refuses, free of all that can be mended in it; "" where nobody can be sure.

    >>> repaired("check:this-text-begins-or-ends-with-a-blank", " BSI  Group"), repaired("stdgs:Actor", "BSI")
    ('BSI Group', '')
    """
    if check not in REPAIRS:
        return ""
    before = ""
    while before != text:
        before = text
        for repair in REPAIRS.values():
            text = repair(text)
    return text


def repair_of(result: Result) -> Any:
    """Return the term that should stand in place of what a finding is about; None where nobody can be sure."""
    if result.repair is not None:
        return result.repair
    value = result.value
    if not isinstance(value, ox.Literal) or not (text := repaired(result.finding.check, value.value)):
        return None
    return _literal(text, value.language, value.datatype)


def mended(told: Sequence[tuple[Finding, Result]]) -> list[Finding]:
    """Return findings with their repairs, and with the change of the file that makes each.

    Where several are about one value, each has the repair of all.
    """
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for finding, result in told:
        if (term := repair_of(result)) is not None:
            groups.setdefault(_statement(finding, result), []).append((result.value, term))
    whole = {key: _joined(pairs) for key, pairs in groups.items()}
    return [_with(f, r, whole.get(_statement(f, r))) for f, r in told]


def _statement(finding: Finding, result: Result) -> tuple[Any, ...]:
    return finding.place, result.focus, result.properties, result.part


def _joined(pairs: Iterable[tuple[Any, Any]]) -> Any:
    """Return one term for several repairs of one: another text, another tag, another kind."""
    found = list(dict.fromkeys(pairs))
    if not all(isinstance(term, ox.Literal) for pair in found for term in pair):
        return next(term for _, term in found if isinstance(term, ox.NamedNode)) if found else None
    value = found[0][0]
    text, tag, datatype = value.value, value.language, value.datatype
    for old, new in found:
        text = new.value if new.value != old.value else text
        if (new.language, new.datatype) != (old.language, old.datatype):
            tag, datatype = new.language, new.datatype
    return _literal(text, tag, datatype)


def _literal(text: str, tag: str | None, datatype: Any) -> ox.Literal:
    return ox.Literal(text, language=tag) if tag else ox.Literal(text, datatype=datatype)


def _with(finding: Finding, result: Result, term: Any) -> Finding:
    line, column = finding.line, finding.column
    change = edit(finding.file, line, column, result.part, term) if term is not None else None
    if result.part != "object":
        line, column = place(finding.file, line, column, result.part)
    shown = "" if term is None else short(term.value) if isinstance(term, ox.NamedNode) else term.value
    return replace(finding, line=line, column=column, repair=shown, edit=change)
