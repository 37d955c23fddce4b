"""The tokens of a SPARQL text, right or wrong, and the bracket that closes each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stdgraph.model.later import later

TOKEN = later(
    r"<[^<>\"{}|^`\\\x00-\x20]*+>|#[^\r\n]*+|"
    r'"""(?:[^"\\]|\\.|"{1,2}+(?!"))*+(?:"""|\Z)?|' + r"'''(?:[^'\\]|\\.|'{1,2}+(?!'))*+(?:'''|\Z)?|"
    r'"(?:[^"\\\r\n]|\\.)*+"?|' + r"'(?:[^'\\\r\n]|\\.)*+'?|[?$]\w++|"
    r"(?P<name>[\w.·‿⁀-]*+)(?P<local>:(?:[\w.:·‿⁀-]|%[0-9A-Fa-f]{2}|\\.)*+)?+",
    re.DOTALL,
)
"""Every token takes all that it has looked at, whole or not: reading a text takes time in proportion to its length."""

CLOSING = {"(": ")", "[": "]", "{": "}"}


KINDS = {"<": "iri", "?": "var", "$": "var", "#": ""}
"""What a token is by its first sign, where it is no name or word; else it is a string."""


class Token(NamedTuple):
    """A token: `iri`, `name` (with a colon), `word`, `var`, `string` or `sign`; and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the place behind it."""
        return self.start + len(self.text)

    @property
    def upper(self) -> str:
        """Return a word as keywords are compared; nothing for what is no word."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text without its comments, in time in proportion to its length.

    >>> [(t.kind, t.text) for t in tokens("?x a stdg:Body. # all")]
    [('var', '?x'), ('word', 'a'), ('name', 'stdg:Body'), ('sign', '.')]
    """
    found: list[Token] = []
    for each in TOKEN.finditer(text):
        taken, start = each[0], each.start()
        if not taken:
            if not text[start : start + 1].isspace() and start < len(text):
                found.append(Token("sign", text[start], start))
        elif (name := each["name"]) is None:
            if kind := KINDS.get(taken[0], "string"):
                found.append(Token(kind, taken, start))
        elif name.isalpha() and each["local"] is None:
            found.append(Token("word", taken, start))
        else:
            found += _name(taken, start, has_prefix=each["local"] is not None)
    return found


def _name(taken: str, start: int, *, has_prefix: bool) -> Iterator[Token]:
    """Yield a name or word without the dots and dashes around it, which the pattern of all tokens takes with it."""
    core = taken.rstrip(".")
    begin = len(core) - len(core.lstrip("."))
    if core[begin : begin + 1].isdigit() and begin:
        begin -= 1
    if not core.strip(".-"):
        begin = len(core)
    yield from (Token("sign", char, start + at) for at, char in enumerate(taken[:begin]))
    if begin < len(core):
        yield Token("name" if has_prefix else "word", core[begin:], start + begin)
    yield from (Token("sign", ".", start + at) for at in range(max(len(core), begin), len(taken)))


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a place in a text, from 1.

    >>> place("ASK {\\n  ?x }", 8)
    (2, 3)
    """
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def pairs(found: Sequence[Token]) -> tuple[dict[int, int], tuple[int, int] | None]:
    """Return the closing bracket of each opening one, and the first fault: opener and closer, -1 for what is not there."""
    closed: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(found):
        if token.kind != "sign":
            continue
        if token.text in CLOSING:
            waiting.append(at)
        elif token.text in CLOSING.values():
            if not waiting or CLOSING[found[waiting[-1]].text] != token.text:
                return closed, (waiting[-1] if waiting else -1, at)
            closed[waiting.pop()] = at
    return closed, (waiting[-1], -1) if waiting else None
