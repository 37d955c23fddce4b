"""How deeply triples stand within triples: on thousands the engine's parsers overflow the stack, so nobody gives them these."""

from __future__ import annotations

import re

from stdgraph.model.later import later

DEEPEST = 100
"""So many triples within triples are enough for everybody."""

STRINGS = (
    rb'"""(?:[^"\\]++|\\.|"(?!""))*+"""|' + rb"'''(?:[^'\\]++|\\.|'(?!''))*+'''|"
    rb'"(?:[^"\\\r\n]++|\\.)*+"|' + rb"'(?:[^'\\\r\n]++|\\.)*+'"
)
TURTLE = later(
    rb"(?P<open><<\(?)|(?P<close>\)?>>)|" + STRINGS + rb'|<[^<>"{}|^`\\\s]*+>|#[^\r\n]*+|\\.',
    re.DOTALL,
)
JSON = later(rb'(?P<open>[\[{])|(?P<close>[\]}])|"(?:[^"\\]++|\\.)*+"', re.DOTALL)


def too_deep(data: bytes) -> int | None:
    """Return the offset where Turtle or N-Triples nests triples too deeply, None where it does not.

    >>> too_deep(b'<a:s> <a:p> <<( <a:s> <a:p> "<<(" )>> .')
    >>> too_deep(b"<<( " * 101)
    400
    """
    return _deeper(TURTLE, data, DEEPEST) if data.count(b"<<") > DEEPEST else None


def too_deep_json(data: bytes) -> bool:
    """Tell whether results in JSON nest triples too deeply; each triple opens two braces.

    >>> too_deep_json(b'{"value": {"object": ' * 200), too_deep_json(b'{"x": "triple"}')
    (True, False)
    """
    return _deeper(JSON, data, 2 * DEEPEST) is not None if data.count(b"{") > 2 * DEEPEST else False


def _deeper(tokens: re.Pattern[bytes], data: bytes, most: int) -> int | None:
    depth = 0
    for match in tokens.finditer(data):
        depth += (match.lastgroup == "open") - (match.lastgroup == "close" and depth > 0)
        if depth > most:
            return match.start()
    return None


def spot(data: bytes, at: int) -> tuple[int, int]:
    """Return line and column of an offset."""
    before = data[:at]
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")
    return before.count(b"\n") + 1, len(line) + 1
