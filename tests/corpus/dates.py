"""Dates: in another form, of no calendar, the wrong way round, in the future, before there was anything."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, World
from corpus.kinds import DATE, DAY, Change, Kind, add, swap, text, twice

XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
YEAR = r'^(    stdg:(?:date|start|end|asOf) ")(\d{4})([^"]*" ;)$'
HELD = "Agreement|Meeting|Conference|Event|Training|Resolution|OfficeHolding|PolicyDocument"


def _early(block: Block, rng: Random, world: World) -> Change | None:
    """Put a record's date before a body that it names began."""
    named = [world.starts[line[line.index("<") + 1 : -3]] for line in block.lines if re.search(r"stdg:(?:hasParty|inBody|issuedBy|participant|recognizer) <(\S+)> ;", line) and line[line.index("<") + 1 : -3] in world.starts]  # fmt: skip
    if not named or any("stdg:planned" in line for line in block.lines):
        return None
    year = min(named) - rng.randrange(3, 9)
    for at, line in enumerate(block.lines):
        if re.match(r'    stdg:(date|start) "', line):
            lines = [*block.lines]
            lines[at] = re.sub(r'"[^"]+"', f'"{year}"', line)
            return Change(lines, frozenset({at}))
    last = len(block.lines) - 1
    return Change([*block.lines[:-1], f'    stdg:date "{year}" ;', "."], frozenset({last}))


def _end_first(block: Block, _rng: Random, _world: World) -> str | None:
    began = next((m[1] for line in block.lines if (m := re.match(r'    stdg:start "(\d{4})', line))), None)
    return began and f'stdg:end "{int(began) - 2}" ;'


KINDS: list[Kind] = [
    swap("no-such-day", DAY, r"\1\2-02-30\5"),
    swap("no-such-month", DAY, r"\1\2-13-\4\5"),
    swap("without-zeros", DAY, r"\1\2-6-1\5"),
    swap("with-slashes", DAY, r"\1\2/\3/\4\5"),
    swap("with-dots", DAY, r"\1\4.\3.\2\5"),
    swap("without-hyphens", DAY, r"\1\2\3\4\5"),
    swap("day-first", DAY, r"\1\4-\3-\2\5"),
    swap("with-a-time", DAY, r"\1\2-\3-\4T00:00:00\5"),
    swap("in-english", YEAR, r"\1June \2\3"),
    swap("in-chinese", YEAR, r"\1\2年\3"),
    swap("year-of-two-digits", r'^(    stdg:(?:date|start) ")\d\d(\d\d" ;)$', r"\1\2"),
    swap("in-full-width-digits", YEAR, lambda m, _r, _w: m[1] + m[2].translate({48 + n: 0xFF10 + n for n in range(10)}) + m[3]),
    swap("with-a-long-dash", DAY, r"\1\2–\3–\4\5"),
    text("with-a-blank", DATE, lambda v: f"{v} "),
    text("two-in-one-text", r'^(    stdg:(?:date|start|end|asOf) ")(\d{4})(" ;)$', lambda v: f"{v}, {int(v) + 1}"),
    text("unknown-in-words", DATE, lambda _v: "unknown"),
    text("interval-the-wrong-way-round", r'^(    stdg:(?:date|attestedOn) ")(\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d)(" ;)$', lambda v: "/".join(reversed(v.split("/")))),
    text("year-of-another-age", r'^(    stdg:(?:date|start) ")(2\d{3}(?:-[^"/]*)?)(" ;)$', lambda v: f"0{v[1:]}"),
    swap("as-a-number", r'^(    stdg:(?:date|start|asOf) )"(\d{4})"( ;)$', r"\1\2\3"),
    swap("of-the-type-of-a-day", r'^(    stdg:(?:date|start|attestedOn) "\d{4}-\d\d-\d\d")( ;)$', r"\1^^xsd:date\2", heads=(XSD,)),
    swap("with-a-language", r'^(    stdg:(?:date|start|end|asOf|attestedOn) "[^"]+")( ;)$', r"\1@en\2"),
    swap("in-the-future", r'^(    stdg:date ")\d{4}((?:-[^"/]*)?" ;)$', r"\g<1>2043\2", of=HELD, where=lambda b, _w: not any("planned" in line for line in b.lines)),
    swap("attested-in-the-future", r'^(    stdg:attestedOn ")[^"]+(" ;)$', r"\g<1>2041\2"),
    add("end-before-start", _end_first, beside="stdg:start "),
    Kind("before-its-body-began", _early),
    twice("two-dates", r'^(    stdg:date ")(\d{4})([^"]*" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) - 1}{m[3]}"),
    twice("two-starts", r'^(    stdg:start ")(\d{4})([^"]*" ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) - 1}{m[3]}"),
]  # fmt: skip
