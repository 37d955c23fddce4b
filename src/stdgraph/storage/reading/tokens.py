"""The tokens of a Turtle text, right or wrong, each with its place; after the grammar of RDF 1.1 Turtle, section 6.5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stdgraph.locale import Phrase, marked
from stdgraph.model.later import later

BASE_CHARS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
CHARS = rf"{BASE_CHARS}_0-9\u00b7\u0300-\u036f\u203f-\u2040\-"
ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
PREFIX = rf"(?:[{BASE_CHARS}][{CHARS}.]*+(?<!\.))?"
LOCAL = rf"(?:(?:[{BASE_CHARS}_0-9:]|{ESCAPED})(?:[{CHARS}:]++|{ESCAPED}|\.++(?=[{CHARS}:%\\]))*+)?"
CODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
CHARACTER = rf"\\[tbnrf\"'\\]|{CODE}"
EXPONENT = r"[eE][+-]?\d+"

TOKEN = later(
    rf"(?P<name>{PREFIX}:{LOCAL})"
    rf"|(?P<iri><(?:[^\x00-\x20<>\"{{}}|^`\\]++|{CODE})*+>)"
    rf'|(?P<string>"""(?:"{{0,2}}(?:[^"\\]++|{CHARACTER}))*+"""|' + rf"'''(?:'{{0,2}}(?:[^'\\]++|{CHARACTER}))*+'''"
    rf'|"(?!"")(?:[^"\\\r\n]++|{CHARACTER})*+"|' + rf"'(?!'')(?:[^'\\\r\n]++|{CHARACTER})*+')"
    r"|(?P<mark>\^\^|[;,.\[\]()](?!\d)|[;,\[\]()])"
    rf"|(?P<double>[+-]?(?:\d+\.\d*{EXPONENT}|\.?\d+{EXPONENT}))"
    r"|(?P<decimal>[+-]?\d*\.\d+)|(?P<integer>[+-]?\d+)"
    rf"|(?P<blank>_:[{BASE_CHARS}_0-9](?:[{CHARS}]++|\.++(?=[{CHARS}]))*+)"
    r"|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+(?:--[A-Za-z]+)?)"
    rf"|(?P<word>[{BASE_CHARS}_](?:[{CHARS}]++|\.++(?=[{CHARS}]))*+)"
    r"|(?P<comment>\#[^\r\n]*+)"
    r"|(?P<triple><<|>>|\{\||\|\}|~)"
)
BLANK = later(r"[ \t\r\n]+")
ODD_IN_IRI = later(rf"{CODE}|(?P<odd>[\x00-\x20<\"{{}}|^`\\])")
ODD_IN_TEXT = later(rf"{CHARACTER}|(?P<odd>\\.?)", re.DOTALL)
FAR = 1000
"""So far the end of a broken IRI is looked for: hostile input costs no more than its length."""
LOOSE = later(r"""(?P<long>\"{3}|'{3})|(?P<short>["'])|(?P<iri><)|(?P<tag>@)|(?P<name>[^\s;,\[\]()"'<>#]+)""")

FULL_WIDTH = {
    "；": ";",
    "。": ".",
    "．": ".",
    "，": ",",
    "：": ":",
    "“": '"',
    "”": '"',
    "＂": '"',
    "（": "(",
    "）": ")",
    "＜": "<",
    "＞": ">",
}
FULL_WIDTH_TEXT = later(r"[“”＂][^“”＂\"\r\n]*+[”“＂\"]")
FULL_WIDTH_TOLD = marked("The full-width '{character}' stands where '{meant}' is due")
UNCLOSED = marked('A quotation mark is missing: text in "…" ends on its line')
UNCLOSED_LONG = marked("The three quotation marks that end this text are missing")
UNCLOSED_IRI = marked('This IRI does not end: ">" is missing')
IRI_CHARACTER = marked("An IRI cannot contain '{character}'")
ESCAPE = marked("'{text}' is no escape: write \\\\ for a backslash")
STRAY = marked("'{text}' makes no sense here")


class Token(NamedTuple):
    """A token: its kind (a group of TOKEN, or `bad`), text and place; `fault` says what is wrong with a bad one."""

    kind: str
    text: str
    start: int
    fault: Phrase | None = None

    @property
    def end(self) -> int:
        """Return the place behind it."""
        return self.start + len(self.text)


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text with its comments; what no grammar knows is a `bad` token, and reading goes on.

    >>> [(t.kind, t.text) for t in tokens('<a> a x:B . # one')]
    [('iri', '<a>'), ('word', 'a'), ('name', 'x:B'), ('mark', '.'), ('comment', '# one')]
    """
    at, end, match = start, len(text), TOKEN.match
    while at < end:
        found = match(text, at)
        if found is None:
            blank = BLANK.match(text, at)
            if blank is not None:
                at = blank.end()
                continue
            bad = _bad(text, at)
            yield bad
            at = bad.end
        else:
            yield Token(found.lastgroup or "", found[0], at)
            at = found.end()


def without_graphs(found: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of TriG without braces and the names before them; a statement before `}` gets its full stop."""
    held: list[Token] = []
    for token in found:
        if token.text == "{":
            held = held[: -1 - (len(held) > 1 and held[-2].text.upper() == "GRAPH")]
        elif token.text == "}":
            if held and held[-1].text != ".":
                held.append(Token("mark", ".", token.start))
        else:
            held.append(token)
        if held and held[-1].text == ".":
            yield from held
            held = []
    yield from held


def _bad(text: str, at: int) -> Token:
    """Return what stands at a place where no token begins, up to where one may begin again."""
    character = text[at]
    if character in FULL_WIDTH:
        whole = FULL_WIDTH_TEXT.match(text, at)
        taken = whole[0] if whole else character
        return Token("bad", taken, at, Phrase(FULL_WIDTH_TOLD, character=character, meant=FULL_WIDTH[character]))
    found = LOOSE.match(text, at)
    if found is None:
        return Token("bad", character, at, Phrase(STRAY, text=character))
    if found["long"]:
        return _bad_string(text, at, found[0], len(text), UNCLOSED_LONG)
    if found["short"]:
        return _bad_string(text, at, found[0], _line_end(text, at, len(text)), UNCLOSED)
    if found["iri"]:
        return _bad_iri(text, at, _line_end(text, at, at + FAR))
    taken = found["name"] or found[0]
    escape = re.search(r"\\.?", taken, re.DOTALL)
    return Token("bad", taken, at, Phrase(ESCAPE, text=escape[0]) if escape else Phrase(STRAY, text=taken))


def _line_end(text: str, at: int, last: int) -> int:
    return min(end if end >= 0 else last for end in (text.find("\n", at, last), text.find("\r", at, last)))


def _bad_string(text: str, at: int, quote: str, last: int, unclosed: str) -> Token:
    """Return a text that does not end, or ends but holds an escape that is none."""
    closing = re.compile(rf"(?:\\.|(?!{quote})[^\\])*+{quote}", re.DOTALL).match(text, at + len(quote), last)
    if closing is None:
        return Token("bad", text[at:last], at, Phrase(unclosed))
    whole = text[at : closing.end()]
    return Token("bad", whole, at, Phrase(ESCAPE, text=_odd(ODD_IN_TEXT, whole)))


def _bad_iri(text: str, at: int, last: int) -> Token:
    """Return an IRI that holds what none may, or does not end on its line."""
    end = text.find(">", at, last)
    if end < 0:
        odd = re.compile(r"[\s;,]").search(text, at, last)
        return Token("bad", text[at : odd.start() if odd else last], at, Phrase(UNCLOSED_IRI))
    whole = text[at : end + 1]
    return Token("bad", whole, at, Phrase(IRI_CHARACTER, character=_odd(ODD_IN_IRI, whole[1:-1])))


def _odd(pattern: re.Pattern[str], text: str) -> str:
    return next((found["odd"] for found in pattern.finditer(text) if found["odd"]), "")
