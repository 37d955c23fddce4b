"""Real Turtle files spoilt by chance: bytes, tokens and lines lost, doubled, moved, or put in from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from corpus.blocks import world

TOKEN = re.compile(r'"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|@[\w-]+|[\w:.-]+|\s+|.', re.DOTALL)
SIGNS = (
    '"', "'", '"""', "'''", "<", ">", "<<", ">>", "<<(", ")>>", "[", "]", "(", ")", "{", "}", ".", ";", ",", "^^", "@", "@en", "_:",
    "_:b1", "\\", "\\u", "\\u0000", "\\ud800", "\\U0010ffff", "\\U00110000", "#", "%", "%zz", "`", "\0", "\x07", "\x1b[31m", "\r", "\r\n",
    "\u2028", "\ufeff", "\ufffe", "\u202e", "：", "；", "。", "“", "”", "〈", "a", "=", "=>", "is", "of", "true", "false", "GRAPH", "BASE", "PREFIX",
    "@base", "@prefix", "@base <> .", "@base <x> .", "@base <mailto:x> .", "@prefix stdg: <> .", "@prefix : <#> .", "BASE <//x>", "@version \"1.2\" .", "<<<<<<< HEAD\n", "```\n",
)  # fmt: skip
NUMBERS = (
    "1e999", "-1e-999", "00000000000000000000.0", "9" * 400, "1." + "3" * 400, "+.5e+", "NaN", "INF", "0x10", "1_000", "٣", "１２", "-0",
    '"9"^^<http://www.w3.org/2001/XMLSchema#integer>', '"1e400"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"0000-00-00"^^<http://www.w3.org/2001/XMLSchema#date>', '"-99999-12-31"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"x"^^<http://www.w3.org/2001/XMLSchema#boolean>', '"P1Y"^^<http://www.w3.org/2001/XMLSchema#duration>', '"1"^^<>',
)  # fmt: skip
DATES = (
    "9999",
    "0000",
    "9999-12-31",
    "2019-02-29",
    "-2019",
    "2019/..",
    "../2019",
    "/",
    "2019-W01",
    "Y17E7",
    "2019?~%",
    "199X",
    "19XX",
    "2019-21",
)
NESTS = (("[ a ", "]"), ("( ", ") "), ("<< <a> <b> ", " >>"), ("[ <x> ( ", ") ] "), ("{ ", "} "))


def mutated(rng: Random) -> bytes:
    """Return a part of a real file, spoilt in one to four ways."""
    text = _part(rng)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        text = rng.choice(WAYS)(text, rng) or "."
    data = text.encode("utf-8", "surrogatepass")
    return rng.choice(BYTES)(data, rng) if rng.random() < 0.3 else data


def _part(rng: Random) -> str:
    """Return directives and some blocks of a file; now and then all of it."""
    file = world().files[rng.choice(sorted(world().files))]
    blocks = [block.lines for block in file.blocks]
    at = rng.randrange(len(blocks))
    return (
        "\n".join(
            [*file.directives, *("\n".join(["", *lines]) for lines in blocks[at : at + rng.choice((1, 2, 5, 20))])]
        )
        + "\n"
    )


def _lines(change: Callable[[list[str], Random], list[str]]) -> Callable[[str, Random], str]:
    return lambda text, rng: "\n".join(change(text.split("\n"), rng))


def _tokens(change: Callable[[list[str], Random], list[str]]) -> Callable[[str, Random], str]:
    return lambda text, rng: "".join(change(TOKEN.findall(text), rng))


def _gone(parts: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(parts))
    return parts[:at] + parts[at + rng.choice((1, 1, 2, 9)) :]


def _doubled(parts: list[str], rng: Random) -> list[str]:
    at, many = rng.randrange(len(parts)), rng.choice((1, 1, 3, 30))
    return parts[:at] + parts[at : at + many] * rng.choice((2, 2, 3, 40)) + parts[at + many :]


def _moved(parts: list[str], rng: Random) -> list[str]:
    one, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return parts


def _turned(parts: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(parts))
    return parts[:at] + parts[at : at + 6][::-1] + parts[at + 6 :]


def _foreign(parts: list[str], rng: Random) -> list[str]:
    """Put in tokens of another file."""
    others = TOKEN.findall(_part(rng))
    at, there = rng.randrange(len(parts)), rng.randrange(len(others))
    return parts[:at] + others[there : there + rng.choice((1, 2, 8))] + parts[at + rng.choice((0, 1)) :]


def _signs(text: str, rng: Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(SIGNS) * rng.choice((1, 1, 1, 2, 50)) + text[at + rng.choice((0, 0, 1)) :]


def _cut(text: str, rng: Random) -> str:
    return text[: rng.randrange(len(text))]


def _headless(text: str, rng: Random) -> str:
    return text[rng.randrange(len(text)) :]


def _number(text: str, rng: Random) -> str:
    found = list(re.finditer(r'(?<= )(?:[\d.]+|"\d{4}[^"]*"|true|false)(?= ;)', text))
    if not found:
        return text + f"<x> <y> {rng.choice(NUMBERS)} .\n"
    place = rng.choice(found)
    to = rng.choice(NUMBERS) if rng.random() < 0.5 else f'"{rng.choice(DATES)}"'
    return text[: place.start()] + to + text[place.end() :]


def _nested(text: str, rng: Random) -> str:
    opened, closed = rng.choice(NESTS)
    many = rng.choice((2, 20, 99, 101, 500, 5000))
    return text + "<x> <y> " + opened * many + "<z>" + closed * rng.choice((many, many, many - 1, 0)) + " .\n"


def _case(text: str, rng: Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at : at + 30].swapcase() + text[at + 30 :]


def _flipped(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) or 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _torn(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) or 1)
    return data[:at] + data[at + rng.randrange(1, 5) :]


WAYS = (
    *(_lines(change) for change in (_gone, _doubled, _moved, _turned)),
    *(_tokens(change) for change in (_gone, _doubled, _moved, _turned, _foreign, _foreign)),
    _signs, _signs, _signs, _cut, _headless, _number, _number, _nested, _case,
)  # fmt: skip
BYTES = (
    _flipped,
    _torn,
    lambda data, _rng: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data, _rng: b"\xef\xbb\xbf" + data,
)
