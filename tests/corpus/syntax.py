"""What is no Turtle: signs that are missing, full-width, or of another language."""

from __future__ import annotations

from random import Random

from corpus.blocks import Block, World
from corpus.kinds import LABEL, LABEL_ZH, Change, Kind, swap

ANY = r"^(    [a-z]+:\w+ .*)( ;)$"
TO_THING = r"^(    stdg:\w+ )<([^>]+)>( ;)$"


def _without_stop(block: Block, _rng: Random, _world: World) -> Change:
    """The full stop is due behind the last statement, or where it stood, or before what comes next."""
    last = len(block.lines) - 2
    return Change([*block.lines[:-1]], frozenset({last, last + 1, last + 2}))


def _conflict(block: Block, rng: Random, _world: World) -> Change:
    at = rng.randrange(1, len(block.lines) - 1)
    line = block.lines[at]
    ours = ["<<<<<<< HEAD", line, "=======", line, ">>>>>>> theirs"]
    return Change([*block.lines[:at], *ours, *block.lines[at + 1 :]], frozenset(range(at, at + 5)))


KINDS = [
    Kind("full-stop-missing", _without_stop),
    Kind("marks-of-a-merge", _conflict),
    swap("semicolon-missing", ANY, r"\1", also=(1,)),
    swap("semicolon-full-width", ANY, r"\1 ；"),
    swap("comma-for-semicolon", r"^(    stdg:\w+ .*)( ;)$", r"\1 ,", also=(1,)),
    swap("full-stop-for-semicolon", r"^(    skos:prefLabel .*)( ;)$", r"\1 .", also=(1,)),
    swap("colon-full-width", r"^(    [a-z]+):(\w+ .*)$", r"\1：\2"),
    swap("colon-missing", r"^(    stdg):(\w+ .*)$", r"\1\2"),
    swap("quotes-full-width", LABEL, lambda m, _r, _w: m[0].replace('"', "“", 1).replace('"', "”", 1)),
    swap("quotes-curved-inside", LABEL_ZH, lambda m, _r, _w: f"{m[1]}“{m[2]}{m[3]}".replace('"', "", 1)),
    swap("quotes-missing", LABEL, lambda m, _r, _w: m[0].replace('"', "")),
    swap("quote-not-closed", LABEL, lambda m, _r, _w: m[0].replace('"@en', "@en")),
    swap("quote-inside", LABEL, lambda m, _r, _w: f'{m[1]}{m[2].replace(" ", chr(32) + chr(34), 1)}"{m[3]}'),
    swap("apostrophes-around-an-apostrophe", LABEL, lambda m, _r, _w: f"{m[1][:-1]}'{m[2]}'s body'@en ;"),
    swap("text-over-two-lines", LABEL, lambda m, _r, _w: m[0].replace(" ", "\n", 6).replace("\n", " ", 5), also=(1,)),
    swap("backslash-in-text", LABEL, r"\1\2 C:\\Docs\3"),
    swap("iri-not-closed", TO_THING, r"\1<\2\3"),
    swap("iri-with-a-blank", TO_THING, lambda m, _r, _w: f"{m[1]}<{m[2].replace('-', ' ', 1)} >{m[3]}"),
    swap("iri-in-pointed-brackets-of-chinese", TO_THING, r"\1〈\2〉\3"),
    swap("iri-without-brackets", TO_THING, r"\1\2\3"),
    swap("iri-escaped-for-html", TO_THING, r"\1&lt;\2&gt;\3"),
    swap("prefix-unknown", r"^(    stdg:\w+ ).*$", r"\1org:cn-sac ;"),
    swap("prefix-mistyped", r"^    stdg(:\w+ .*)$", r"    stgd\1"),
    swap("value-missing", r"^(    stdg:\w+ ).*$", r"\1;"),
    swap("property-missing", r"^(    )stdg:\w+ (<.*)$", r"\1\2"),
    swap("two-values-without-a-comma", r"^(    stdg:\w+ )(<\S+>)( ;)$", r"\1\2 <org/cn-sac>\3"),
    swap("language-tag-with-underscore", LABEL_ZH, r"\1\2" + '"@zh_Hans ;'),
    swap("language-tag-empty", LABEL, r"\1\2" + '"@ ;'),
    swap("date-without-quotes", r'^(    stdg:(?:date|attestedOn) )"(\d{4}-\d\d(?:-\d\d)?)"( ;)$', r"\1\2\3"),
    swap("decimal-comma", r"^(    stdg:(?:confidence|value) \d+)\.(\d+)( ;)$", r"\1,\2\3", also=(1,)),
    swap("capital-a", r"^    a (stdg:.*)$", r"    A \1"),
    swap("bracket-left-over", ANY, r"\1 ]\2"),
    swap("comment-of-another-language", r"^(    stdg:.*)$", r"\1  // checked"),
]
