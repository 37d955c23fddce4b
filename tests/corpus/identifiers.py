"""Identifiers: ids of things, codes of registers, tags, numbers of documents."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, World
from corpus.kinds import Change, Kind, add, swap

BODIES = "Company|Association|NationalStandardsBody|GovernmentBody|ResearchInstitute|University"


def _named(name: str, pattern: str, to: str, *, of: str = "", new: bool = True, changed: bool = False) -> Kind:
    """A thing whose own id is wrong. In a file that is there, what points to it would dangle, which is another fault."""

    def make(block: Block, _rng: Random, _world: World) -> Change | None:
        subject = re.sub(pattern, to, block.subject)
        return Change([subject, *block.lines[1:]], frozenset({0, 1})) if subject != block.subject else None

    return Kind(name, make, of=of, new=new, changed=changed)


RECORD = "Agreement|Participation|OfficeHolding|Contribution|Event|Meeting|Conference|Membership|Figure|Project"
KINDS: list[Kind] = [
    _named("id-in-upper-case", r"/([a-z])", r"/X\1", of=RECORD),
    _named("id-with-a-low-line", r"-", "_", of=RECORD),
    _named("id-in-chinese", r">", "-标准>", of=RECORD),
    _named("id-without-its-kind", r"<[a-z]+/", "<", of=RECORD),
    _named("id-of-another-kind", r"<[a-z]+/", "<person/", of=RECORD),
    _named("id-of-an-evidence-for-a-record", r"<[a-z]+/", "<evidence/", of=RECORD),
    _named("id-on-the-web", r"<([^>]+)>", r"<https://www.example.org/\1>", of=RECORD),
    _named("id-with-a-slash-at-the-end", r">", "/>", of=RECORD),
    _named("id-escaped-for-the-web", r">", "%20new>", of=RECORD),
    _named("id-with-a-fragment", r">", "#new>", of=RECORD),
    _named("id-of-another-thing", r"<[^>]+>", "<org/cn-sac>", of="Meeting|Conference|PolicyDocument|Person|City|Project"),
    swap("country-code-that-is-none", r'^(    stdg:countryCode ")[A-Z]+(" ;)$', r"\1XX\2", new=False),
    swap("country-code-of-the-street", r'^(    stdg:countryCode ")GB(" ;)$', r"\1UK\2", new=False),
    swap("country-code-of-three-letters", r'^(    stdg:countryCode "[A-Z]+)(" ;)$', r"\1X\2", new=False),
    swap("country-code-in-lower-case", r'^(    stdg:countryCode ")([A-Z]+)(" ;)$', lambda m, _r, _w: m[1] + m[2].lower() + m[3], new=False),
    swap("subdivision-code-without-its-country", r'^(    stdg:subdivisionCode ")[A-Z]+-(\w+" ;)$', r"\1\2", new=False),
    swap("region-code-without-zeros", r'^(    stdg:m49Code ")0(\d+" ;)$', r"\1\2", new=False),
    swap("iso-id-with-letters", r'^(    stdg:iso\w+Id ")(\d+)(" ;)$', r"\1ISO-\2\3"),
    swap("iso-id-as-a-number", r'^(    stdg:iso\w+Id )"(\d+)"( ;)$', r"\1\2\3"),
    add("wikidata-id-in-lower-case", 'stdg:wikidataId "q42" ;', of=BODIES),
    add("wikidata-id-as-an-address", "stdg:wikidataId <https://www.wikidata.org/wiki/Q42> ;", of=BODIES),
    add("issn-without-its-hyphen", 'stdg:issn "16725700" ;', of="Document|PolicyDocument|DocumentSeries"),
    swap("acronym-with-a-language", r'^(    stdg:acronym "[^"]+")( ;)$', r"\1@en\2"),
    swap("acronym-in-full-width", r'^(    stdg:acronym ")([A-Z]{2,}" ;)$', r"\1Ａ\2"),
    swap("acronym-with-a-cyrillic-letter", r'^(    stdg:acronym ")([A-Z]*?)C(\w*" ;)$', "\\1\\2С\\3"),
    swap("reference-of-the-wrong-form", r'^(    stdg:reference ")(?:GB/T|ISO|DB\d+/T|T/\w+) ?(\S+" ;)$', r"\1No. \2", of="Standard|StandardEdition"),
    swap("edition-without-its-year", r'^(    stdg:reference "[^"]+?)[-:—]\d{4}(" ;)$', r"\1\2", of="StandardEdition"),
    swap("language-tag-in-words", r'^(    stdg:languageTag ")[^"]+(" ;)$', r"\1Chinese\2", new=False),
    swap("own-translation-of-no-tag", r'^(    stdg:ownTranslation ")[^"]+(" ;)$', r"\1zh\2"),
]  # fmt: skip
