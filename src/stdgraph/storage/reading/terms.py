"""The terms that tokens stand for: IRIs resolved by RFC 3986, section 5.2, escapes read, language tags checked."""

from __future__ import annotations

import re

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked
from stdgraph.model.later import later

CODE = later(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)", re.DOTALL)
SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
PARTS = later(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
"""The parts of an IRI: scheme, authority, path, query, fragment (RFC 3986, appendix B)."""
IN_NO_IRI = later(r'[\x00-\x20<>"{}|^`\\]')
DIRECTIONS = {"ltr": ox.BaseDirection.LTR, "rtl": ox.BaseDirection.RTL}

NO_IRI = marked("'{text}' is no IRI")
NO_CHARACTER = marked("'{text}' is the code of no character")
NO_TAG = marked("'{text}' is no language tag")


class TermFault(Exception):  # noqa: N818 (the readers of statements make it a fault)
    """What is wrong with a term."""

    def __init__(self, words: Phrase) -> None:
        self.words = words


def unescaped(text: str) -> str:
    """Return a text with its escapes read; raises TermFault for the code of no character.

    >>> unescaped(r"a\\u00e9\\n") == "aé\\n"
    True
    """
    return CODE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return SHORT.get(found[3], found[3])
    code = int(found[1] or found[2], 16)
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        raise TermFault(Phrase(NO_CHARACTER, text=found[0]))
    return chr(code)


def iri_of(text: str, base: str) -> ox.NamedNode:
    """Return the IRI that stands between < and >, resolved against the base.

    Raises:
        TermFault: it is none.
    """
    iri = unescaped(text)
    if not IN_NO_IRI.search(iri):
        try:
            return ox.NamedNode(resolved(iri, base))
        except ValueError:
            pass
    raise TermFault(Phrase(NO_IRI, text=text))


def resolved(reference: str, base: str) -> str:
    """Return a reference resolved against a base.

    >>> resolved("../g?y", "http://a/b/c/d;p?q"), resolved("org/x", "https://w3id.org/stdgraph/id/")
    ('http://a/b/g?y', 'https://w3id.org/stdgraph/id/org/x')
    """
    scheme, authority, path, query, fragment = PARTS.match(reference).groups()  # type: ignore[union-attr]  # all match
    if scheme is None:
        of_base = PARTS.match(base).groups()  # type: ignore[union-attr]  # it matches any text
        scheme = of_base[0]
        if authority is None:
            authority = of_base[1]
            if not path:
                path, query = of_base[2], query if query is not None else of_base[3]
            else:
                path = _without_dots(path if path[0] == "/" else _merged(of_base[1], of_base[2], path))
        else:
            path = _without_dots(path)
    found = "" if scheme is None else scheme + ":"
    found += "" if authority is None else "//" + authority
    found += path + ("" if query is None else "?" + query)
    return found + ("" if fragment is None else "#" + fragment)


def _merged(authority: str | None, base: str, path: str) -> str:
    return "/" + path if authority is not None and not base else base[: base.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    """Return a path without `.` and `..` (RFC 3986, 5.2.4)."""
    if "." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
        if last and part in (".", ".."):
            kept.append("")
    return "/".join(kept)


def literal(text: str, tag: str, datatype: ox.NamedNode | None) -> ox.Literal:
    """Return the literal of a quoted text, with its language tag (`@zh-Hans`, `@ar--rtl`) or datatype.

    Raises:
        TermFault: an escape or the language tag is none.
    """
    size = 3 if text[:3] in ('"""', "'''") and len(text) > 5 else 1
    value = unescaped(text[size:-size])
    if not tag:
        return ox.Literal(value, datatype=datatype) if datatype else ox.Literal(value)
    language, _, direction = tag[1:].partition("--")
    if direction and direction not in DIRECTIONS:
        raise TermFault(Phrase(NO_TAG, text=tag))
    try:
        return ox.Literal(value, language=language, direction=DIRECTIONS.get(direction))
    except ValueError:
        raise TermFault(Phrase(NO_TAG, text=tag)) from None


def local_of(text: str) -> str:
    """Return the local part of a prefixed name without the escapes of its punctuation."""
    return re.sub(r"\\(.)", r"\1", text)
