"""Codes: of another list, as text, of a list itself, written in another way."""

from __future__ import annotations

from random import Random

from corpus.blocks import World
from corpus.kinds import Kind, mistyped, swap

OTHER_LIST = {
    "role": ("evt", "orgtype"),
    "agreementType": ("doctype", "evt"),
    "documentType": ("agrtype", "std"),
    "eventType": ("doctype", "proj"),
    "figureStatus": ("cmp", "review"),
    "comparator": ("fig",),
    "measure": ("topic",),
    "reviewStatus": ("rank", "fig"),
    "claimRank": ("review",),
    "subject": ("role", "orgtype"),
    "projectType": ("evt", "doctype"),
    "organizationType": ("proj", "role"),
    "standardType": ("doctype", "orgtype"),
    "stage": ("review",),
    "recognizedAs": ("role",),
    "useKind": ("adoption",),
    "changeKind": ("evt",),
    "agreementLevel": ("occasion", "award"),
}
CODED = r"^(    stdg:\w+ )stdgc:([a-z]+)-([^ ]+)( ;)$"
OFFICES = ("chair", "president", "secretary-general", "convenor", "p-member", "minister")
NOT_IN_EVENTS = ("convenor", "p-member", "minister", "general-manager", "twinned-secretariat")


def _other(prop: str, lists: tuple[str, ...]) -> Kind:
    def to(m: object, rng: Random, world: World) -> str:
        return f"    stdg:{prop} {world.code(rng, *lists)} ;"

    return swap(f"{prop}-of-another-list", rf"^    stdg:{prop} stdgc:\S+ ;$", to)


KINDS: list[Kind] = [
    *(_other(prop, lists) for prop, lists in OTHER_LIST.items()),
    swap("misspelt", CODED, lambda m, _r, _w: f"{m[1]}stdgc:{m[2]}-{mistyped(m[3])}{m[4]}"),
    swap("without-the-name-of-its-list", CODED, r"\1stdgc:\3\4"),
    swap("with-low-lines", r"^(    stdg:\w+ stdgc:[a-z]+-\w+)-(.* ;)$", r"\1_\2"),
    swap("capital", CODED, lambda m, _r, _w: f"{m[1]}stdgc:{m[2]}-{m[3].capitalize()}{m[4]}"),
    swap("as-text", CODED, r'\1"\3"\4'),
    swap("as-text-with-its-prefix", CODED, r'\1"stdgc:\2-\3"\4'),
    swap("as-a-label", r"^(    stdg:(?:agreementType|documentType|eventType|role) )stdgc:[a-z]+-(\S+)( ;)$", r'\1"\2"@en\3'),
    swap("a-list-for-a-code", CODED, r"\1stdgc:scheme/\2\4"),
    swap("as-a-thing-of-ours", CODED, r"\1<concept/\2-\3>\4"),
    swap("of-the-prefix-of-terms", CODED, r"\1stdg:\2-\3\4"),
    swap("country-for-a-code", r"^(    stdg:subject )stdgc:\S+( ;)$", r"\1<country/GB>\2"),
    swap("role-of-an-office-in-an-event", r"^(    stdg:role )stdgc:\S+( ;)$", lambda m, r, _w: f"{m[1]}stdgc:role-{r.choice(NOT_IN_EVENTS)}{m[2]}", of="Participation"),
]  # fmt: skip
