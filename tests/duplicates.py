"""How well duplicates are found: real things entered a second time, their names varied, and real things that are new.

    python tests/duplicates.py          prints the table of docs/reconcile.md

A thing is held out, gets another id and another form of its name, and is entered anew beside all others. Found is what
leads back to it; wrong is what leads to another one.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from stdgraph.matching.families import RECORDS
from stdgraph.matching.things import NAMES, TYPE, Hierarchy, Thing, things
from stdgraph.model.spelling import converter, is_chinese
from stdgraph.model.vocabulary import BASE, STDG
from stdgraph.services.validate.twins import among
from stdgraph.storage.files import data_files, ontology_files
from stdgraph.storage.judgements import Judgements

Label = tuple[str, str]
FACTS = ("ofCountry", "member", "memberCountry")
AGAIN = "--entered-again"
ACRONYM = STDG + "acronym"


def _named(label: str, seed: str, most: int) -> int:
    """Return a number below another one, the same for the same thing."""
    return int(hashlib.sha256(f"{seed}{label}".encode()).hexdigest(), 16) % most


def english(labels: Sequence[Label]) -> str | None:
    return next((text for text, tag in labels if tag == "en" and any(c.isalpha() for c in text)), None)


def chinese(labels: Sequence[Label]) -> str | None:
    return next((text for text, tag in labels if is_chinese(tag)), None)


def upper(labels: Sequence[Label]) -> Label | None:
    text = english(labels)
    return (text.upper(), "en") if text and text.upper() != text else None


def in_english(labels: Sequence[Label]) -> Label | None:
    text = english(labels)
    return (text, "en") if text and chinese(labels) else None


def in_chinese(labels: Sequence[Label]) -> Label | None:
    text = chinese(labels)
    return (text, "zh-Hans") if text and english(labels) else None


def traditional(labels: Sequence[Label]) -> Label | None:
    text = chinese(labels)
    return (found, "zh-Hant") if text and (found := converter("s2t")(text)) != text else None


def turned(labels: Sequence[Label]) -> Label | None:
    words = (english(labels) or "").split()
    return (f"{' '.join(words[1:])}, {words[0]}", "en") if len(words) > 1 else None


def misspelt(labels: Sequence[Label]) -> Label | None:
    """Return the English label with a letter left out of its longest word."""
    text = english(labels) or ""
    word = max((w for w in text.split() if w.isalpha()), key=len, default="")
    if len(word) < 6:
        return None
    at = 1 + _named(text, "typo", len(word) - 2)
    return (text.replace(word, word[:at] + word[at + 1 :], 1), "en")


def misspelt_chinese(labels: Sequence[Label]) -> Label | None:
    """Return the Chinese label with two characters exchanged."""
    text = chinese(labels) or ""
    if len(text) < 8:
        return None
    at = 1 + _named(text, "typo", len(text) - 3)
    return (text[:at] + text[at + 1] + text[at] + text[at + 2 :], "zh-Hans") if text[at] != text[at + 1] else None


VARIED: dict[str, Callable[[Sequence[Label]], Label | None]] = {
    "capitals": upper,
    "English alone": in_english,
    "Chinese alone": in_chinese,
    "traditional characters": traditional,
    "another word order": turned,
    "a letter left out": misspelt,
    "two characters exchanged": misspelt_chinese,
}


@dataclass(frozen=True)
class Counted:
    """How many things were entered again, and of how many that was found, or something else."""

    entered: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.found / self.entered


class Bench:
    """The data of the repository, and what is entered a second time."""

    def __init__(self) -> None:
        self.ontology = [q for file in ontology_files() for q in file.quads()]
        self.data = [q for file in data_files() for q in file.quads()]
        self.things = [t for t in things(self.data, Hierarchy(self.ontology)) if t.iri.startswith(BASE)]
        self.about: dict[str, list[Any]] = {t.iri: [] for t in self.things}
        for quad in self.data:
            if quad.subject.value in self.about:
                self.about[quad.subject.value].append(quad)

    def labels(self, iri: str) -> list[Label]:
        ranked = [q for q in self.about[iri] if NAMES.get(q.predicate.value) == 0]
        return [(q.object.value, q.object.language or "") for q in ranked]

    def varied(self, vary: Callable[[Sequence[Label]], Label | None], *, bare: bool) -> dict[str, list[ox.Quad]]:
        """Return things with names entered again, in another form; `bare`: with class and country alone."""
        found = {}
        for thing in self.things:
            label = None if thing.family in RECORDS else vary(self.labels(thing.iri))
            if label:
                found[thing.iri] = self._again(thing, label, bare=bare)
        return found

    def by_acronym(self) -> dict[str, list[ox.Quad]]:
        """Return bodies entered again, with their acronym alone and their country."""
        found = {}
        for thing in self.things:
            for quad in self.about[thing.iri]:
                if quad.predicate.value == ACRONYM and thing.family == "body":
                    found[thing.iri] = self._again(thing, (quad.object.value, "en"), bare=True)
        return found

    def _again(self, thing: Thing, label: Label, *, bare: bool) -> list[ox.Quad]:
        new, home = ox.NamedNode(thing.iri + AGAIN), ox.NamedNode("urn:new")
        kept = [q for q in self.about[thing.iri] if q.predicate.value not in NAMES]
        if bare:
            kept = [q for q in kept if q.predicate.value == TYPE or q.predicate.value == STDG + "ofCountry"]
        name = next(q.predicate for q in self.about[thing.iri] if NAMES.get(q.predicate.value) == 0)
        named = ox.Quad(new, name, ox.Literal(label[0], language=label[1]), home)
        return [named, *(ox.Quad(new, q.predicate, q.object, home) for q in kept)]

    def counted(self, entered: dict[str, list[ox.Quad]]) -> Counted:
        """Return how many of the things that were entered again lead back to themselves."""
        added = [quad for quads in entered.values() for quad in quads]
        matches = among([*self.ontology, *self.data], added, Judgements(), "en").matches()
        right = sum(m.other == m.one.removesuffix(AGAIN) for m in matches)
        return Counted(len(entered), right, len(matches) - right)

    def renamed(self, number: int) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Return the graph without some real things and records, and these under new ids: nothing of it is twice."""
        ordered = sorted(self.things, key=lambda t: hashlib.sha256(t.iri.encode()).hexdigest())
        chosen = {t.iri for t in ordered[:number]}
        rest = [q for q in self.data if q.subject.value not in chosen]
        moved = [_moved(q, chosen) for q in self.data if q.subject.value in chosen]
        return [_moved(q, chosen) for q in rest], moved


def _moved(quad: ox.Quad, chosen: Iterable[str]) -> ox.Quad:
    """Return a statement with new ids in the place of some."""
    terms = [
        ox.NamedNode(t.value + AGAIN) if isinstance(t, ox.NamedNode) and t.value in chosen else t
        for t in (quad.subject, quad.object)
    ]
    return ox.Quad(terms[0], quad.predicate, terms[1], quad.graph_name)


def measured(bench: Bench) -> Iterator[tuple[str, Counted, Counted]]:
    """Yield for each form of a name what was found with all facts, and with class and country alone."""
    for name, vary in VARIED.items():
        yield name, bench.counted(bench.varied(vary, bare=False)), bench.counted(bench.varied(vary, bare=True))
    acronyms = bench.counted(bench.by_acronym())
    yield "the acronym of a body alone", acronyms, acronyms


def false_alarms(bench: Bench, number: int = 300) -> int:
    """Return how many of so many real things and records, which are new, are taken for others."""
    rest, moved = bench.renamed(number)
    return len(among([*bench.ontology, *rest], moved, Judgements(), "en").matches())


def report() -> str:
    """Return the table of docs/reconcile.md."""
    bench = Bench()
    lines = [
        "| entered again with | things | found | class and country alone | led to another |",
        "|---|---|---|---|---|",
    ]
    for name, full, bare in measured(bench):
        wrong = f"{full.wrong}, {bare.wrong}"
        lines.append(f"| {name} | {full.entered} | {full.recall:.1%} | {bare.recall:.1%} | {wrong} |")
    return "\n".join(
        [*lines, "", f"{false_alarms(bench)} false alarms on 300 real things and records that are new", ""]
    )


if __name__ == "__main__":
    sys.stdout.write(report())
