"""What points to nothing, to another kind of thing, to itself, or round in a circle."""

from __future__ import annotations

from random import Random

from corpus.blocks import Block, World
from corpus.kinds import Change, Kind, add, mistyped, points, swap

DANGLING = (
    "hasParty", "evidence", "member", "inBody", "ofCountry", "issuedBy", "placeWithin", "inEvent", "participant", "figureOf",
    "partOf", "claimSubject", "covers", "locatedIn", "subBodyOf", "withRespectTo", "about", "usedStandard", "contributionTo",
    "inSeries", "onBehalfOf", "hasOutcome", "underFramework", "memberCountry",
)  # fmt: skip
CYCLES = ("partOf", "placeWithin", "subBodyOf", "subEventOf", "underFramework")
OTHER_KIND = {
    "hasParty": ("an-event-as-party", ("Meeting", "Conference")),
    "member": ("a-country-as-officer", ("Country",)),
    "inBody": ("a-person-as-body", ("Person",)),
    "inEvent": ("a-body-as-event", ("Company", "Association")),
    "participant": ("a-document-as-participant", ("PolicyDocument",)),
    "ofCountry": ("a-city-as-country", ("City",)),
    "issuedBy": ("a-document-as-issuer", ("PolicyDocument", "Document")),
    "locatedIn": ("a-body-as-place", ("Company", "Association")),
    "placeWithin": ("a-body-around-a-place", ("Company", "Association")),
    "subBodyOf": ("a-person-above-a-body", ("Person",)),
    "evidence": ("a-record-as-evidence", ("Participation", "OfficeHolding")),
    "usedStandard": ("a-person-as-standard", ("Person",)),
    "inSeries": ("an-event-as-series", ("Meeting", "Conference")),
    "inIssue": ("a-body-as-issue", ("Company",)),
    "onBehalfOf": ("an-event-as-side", ("Meeting",)),
    "outcomeOf": ("a-body-as-event-of-an-outcome", ("Company",)),
    "recognized": ("an-event-as-recognized", ("Conference",)),
}  # fmt: skip


def _dangling(prop: str) -> Kind:
    return swap(
        f"dangling-{prop}", rf"^(    stdg:{prop} <[a-z]+/)([^>]+)(> ;)$", lambda m, _r, _w: m[1] + mistyped(m[2]) + m[3]
    )


def _itself(prop: str) -> Kind:
    def make(block: Block, rng: Random, world: World) -> Change | None:
        return swap("", rf"^(    stdg:{prop} )<\S+>( ;)$", lambda m, _r, _w: m[1] + block.subject + m[2]).spoilt(
            block, rng, world
        )

    return Kind(f"{prop}-itself", make)


def _circle(prop: str) -> Kind:
    """Let a thing be within what is within it; the later statement is the one to mend, or the earlier in the same file."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        below = world.pointed[prop, block.id]
        if not below:
            return None
        return add("", f"stdg:{prop} {rng.choice(below).subject} ;").spoilt(block, rng, world)

    return Kind(f"{prop}-in-a-circle", make, new=False)


def _retired(_block: Block, rng: Random, world: World) -> str:
    return f"stdg:about {rng.choice(world.retired).subject} ;"


KINDS: list[Kind] = [
    *map(_dangling, DANGLING),
    *(points(name, prop, lambda r, w, kinds=kinds: w.one(r, *kinds), of="OfficeHolding" if prop == "member" else "") for prop, (name, kinds) in OTHER_KIND.items()),  # type: ignore[misc]
    *map(_itself, ("partOf", "placeWithin", "subBodyOf", "subEventOf", "underFramework", "breakdownOf")),
    *map(_circle, CYCLES),
    swap("upper-case-iri", r"^(    stdg:\w+ <(?:org|person|event)/)([^>]+)(> ;)$", lambda m, _r, _w: m[1] + m[2].upper() + m[3]),
    swap("lower-case-country", r"^(    stdg:\w+ <country/)([A-Z]+)(> ;)$", lambda m, _r, _w: m[1] + m[2].lower() + m[3]),
    swap("country-of-three-letters", r"^(    stdg:(?:ofCountry|hasParty|onBehalfOf|memberCountry) <country/)([A-Z]+)(> ;)$", r"\1\2N\3"),
    swap("without-its-kind", r"^(    stdg:\w+ <)(?:org|country|person)/(\S+> ;)$", r"\1\2"),
    swap("of-a-neighbouring-kind", r"^(    stdg:(?:hasParty|inBody|issuedBy|participant) <)org(/\S+> ;)$", r"\1body\2"),
    swap("blank-as-low-line", r"^(    stdg:\w+ <(?:org|person)/[a-z]+)-(\S+> ;)$", r"\1_\2"),
    swap("slash-at-the-end", r"^(    stdg:\w+ <(?:org|person|country)/[^>]+)(> ;)$", r"\1/\2"),
    swap("a-web-page", r"^(    stdg:(?:hasParty|issuedBy|inBody|participant) )<\S+>( ;)$", r"\1<https://www.bsigroup.com/>\2"),
    swap("base-written-with-http", r"^(    stdg:\w+ <)((?:org|country|person)/\S+> ;)$", r"\1http://w3id.org/stdgraph/id/\2"),
    swap("base-written-wrong", r"^(    stdg:\w+ <)((?:org|country|person)/\S+> ;)$", r"\1https://w3id.org/stdgraph/\2"),
    swap("source-that-is-not-there", r"^(    stdg:fromSource src:)(\S+)( ;)$", lambda m, _r, _w: m[1] + mistyped(m[2]) + m[3]),
    add("retired-thing", _retired, of="Agreement|Event|Document|PolicyDocument|Meeting|Conference"),
]  # fmt: skip
