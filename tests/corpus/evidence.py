"""Evidence and what it cites: of another source, without its place, doubtful beyond measure, cited by nothing."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, World
from corpus.kinds import RECORDS, Change, Kind, add, drop, swap, text, twice

CONFIDENCE = r"^(    stdg:confidence )([\d.]+)( ;)$"
FORM = r'^(    stdg:printedForm ")([^"]+)("@[A-Za-z-]+ ;)$'


def _other_source(m: re.Match[str], rng: Random, _world: World) -> str:
    keys = ["cn-uk-wg", "bri-10y", "cn-annual-2020", "zj-intl-2020", "china-standardization-2023-2"]
    return m[1] + rng.choice([key for key in keys if key != m[2]]) + m[3]


def _uncited(block: Block, _rng: Random, _world: World) -> Change | None:
    """An evidence beside a real one that nothing cites."""
    lines = [f"{block.subject[:-1]}-more>", *block.lines[1:]]
    at = len(block.lines) + 1
    return Change([*block.lines, "", *lines], frozenset(range(at, at + len(lines))))


KINDS: list[Kind] = [
    swap("of-another-source", r"^(    stdg:fromSource src:)(\S+)( ;)$", _other_source),
    twice("two-sources", r"^(    stdg:fromSource src:)(\S+)( ;)$", _other_source),
    twice("two-locators", r'^(    stdg:locator ")([^"]+)(" ;)$', r"\1\2 / item 2\3"),
    twice("two-confidences", CONFIDENCE, r"\g<1>0.4\3"),
    twice("two-attested-days", r'^(    stdg:attestedOn ")[^"]+(" ;)$', r"\g<1>2018\2"),
    drop("no-source", r"^    stdg:fromSource ", of="Evidence"),
    drop("no-locator", r"^    stdg:locator ", of="Evidence"),
    text("locator-empty", r'^(    stdg:locator ")([^"]+)(" ;)$', lambda _v: ""),
    swap("locator-with-a-language", r'^(    stdg:locator "[^"]+")( ;)$', r"\1@en\2"),
    swap("confidence-over-one", CONFIDENCE, r"\g<1>1.5\3"),
    swap("confidence-in-per-cent", CONFIDENCE, lambda m, _r, _w: f"{m[1]}{int(float(m[2]) * 100)}{m[3]}"),
    swap("confidence-negative", CONFIDENCE, r"\1-\2\3"),
    swap("confidence-as-text", CONFIDENCE, r'\1"\2"\3'),
    swap("confidence-in-words", CONFIDENCE, r'\1"high"\3'),
    swap("source-as-text", r"^(    stdg:fromSource )src:(\S+)( ;)$", r'\1"\2"\3'),
    swap("source-as-a-document", r"^(    stdg:fromSource )src:\S+( ;)$", lambda m, r, w: m[1] + w.one(r, "PolicyDocument") + m[2]),
    swap("source-below-things", r"^(    stdg:fromSource )src:(\S+)( ;)$", r"\1<source/\2>\3"),
    text("printed-form-is-a-sentence", FORM, lambda v: f"{v}, as the report says in the chapter on cooperation, which goes on to tell how it came about and who took part"),
    swap("printed-form-without-a-language", r'^(    stdg:printedForm "[^"]+")@\S+( ;)$', r"\1\2"),
    swap("printed-form-of-the-wrong-tag", r'^(    stdg:printedForm "[\u4e00-\u9fff]{3,}"@)zh-Hans( ;)$', r"\1en\2"),
    add("evidence-on-a-property-of-records", 'stdg:hasParty <country/CN> ;', of="Evidence"),
    add("locator-on-a-record", 'stdg:locator "page 3" ;', of=RECORDS),
    add("source-on-a-record", "stdg:fromSource src:cn-uk-wg ;", of=RECORDS, heads=("@prefix src: <https://w3id.org/stdgraph/source/> .",)),
    Kind("cited-by-nothing", _uncited, of="Evidence"),
    swap("attested-after-the-document", r'^(    stdg:attestedOn ")[^"]+(" ;)$', r"\g<1>2026-01\2"),
    swap("review-in-words", r"^(    stdg:reviewStatus )\S+( ;)$", r'\1"checked"\2'),
    swap("evidence-as-text", r"^(    stdg:evidence )<(\S+)>( ;)$", r'\1"\2"\3'),
    swap("source-for-evidence", r"^(    stdg:evidence )<evidence/([a-z0-9-]+?)--\S+>( ;)$", r"\1<https://w3id.org/stdgraph/source/\2>\3"),
]  # fmt: skip
