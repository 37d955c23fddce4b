"""What of the rows is new: beside what the graph has, and beside each other; where they disagree with it is a fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import RDF, SKOS, STDG, XSD, expand, local, short
from stdgraph.services.intake.facts import Fact, Facts
from stdgraph.services.intake.faults import Fault, Where
from stdgraph.services.intake.rows import EVIDENCE, TYPE, Entry
from stdgraph.services.intake.values import kinds_above

ADDED = tuple(expand(name) for name in ("skos:altLabel", "skos:editorialNote", "skos:note", "stdg:evidence"))
"""Of these a thing may get one more; of any other property, what is there stands."""
PLACES = tuple(STDG + name for name in ("fromSource", "locator", "printedForm"))
"""What tells one evidence of a thing from another."""
LABEL = SKOS + "prefLabel"


@dataclass
class Settled:
    """What is to be written: new triples of each thing in the order of rows, with their cells, and the faults."""

    graph: Graph
    lang: str = "en"
    new: dict[str, Facts] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    known: dict[str, dict[str, set[Fact]]] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take what a row states, as far as it is new."""
        if self._is_another(entry):
            return
        entry = self._cited_so(entry)
        own = {fact: where for fact, where in entry.evidence.items() if fact.subject == entry.iri}
        rest = {fact: where for fact, where in entry.evidence.items() if fact not in own}
        self._take(entry, entry.file, entry.facts | own)
        self._take(entry, f"{entry.key}/evidence", rest)

    def _cited_so(self, entry: Entry) -> Entry:
        """Return an entry whose evidence is the one that is there, where the same is cited for the thing at that place already."""
        named = {fact.predicate: fact.object for fact in entry.evidence if fact.subject != entry.iri}
        for known in self._held(entry.iri).get(EVIDENCE, ()):
            facts = {fact for values in self._held(known.object.value).values() for fact in values}
            if all(Fact(known.object.value, p, named[p]) in facts for p in PLACES if p in named):
                return replace(entry, evidence={self._renamed(f, known): w for f, w in entry.evidence.items()})
        return entry

    def _renamed(self, fact: Fact, known: Fact) -> Fact:
        return known if fact.subject == known.subject else fact._replace(subject=known.object.value)

    def _take(self, entry: Entry, file: str, facts: Facts) -> None:
        """Take statements about one thing; what the rows before state of it counts as there."""
        iri = next(iter(facts)).subject
        held = self._held(iri)
        before = {predicate: set(values) for predicate, values in held.items()}
        for fact, where in facts.items():
            if fact in before.get(fact.predicate, ()):
                continue
            if fault := self._conflict(entry, fact, where, before.get(fact.predicate, set())):
                self.faults.append(fault)
                continue
            held.setdefault(fact.predicate, set()).add(fact)
            self.new.setdefault(iri, {}).setdefault(fact, where)
            self.files.setdefault(iri, file)

    def _held(self, iri: str) -> dict[str, set[Fact]]:
        """Return what the graph and the rows before state of a thing, by property."""
        if iri not in self.known:
            held: dict[str, set[Fact]] = {}
            for row in select(self.graph, "facts", [iri]):
                held.setdefault(row["p"].value, set()).add(Fact(iri, row["p"].value, _as_written(row["o"])))
            self.known[iri] = held
            self.there |= {iri} if held else set()
        return self.known[iri]

    def _conflict(self, entry: Entry, fact: Fact, where: Where, values: Iterable[Fact]) -> Fault | None:
        """Return the fault of a statement that disagrees with one that is there."""
        others = [other for other in values if fact.predicate not in ADDED and other.tag == fact.tag]
        if fact.predicate == TYPE:
            held = {name for other in others for name in kinds_above(self.graph, local(other.object.value))}
            others = [] if local(fact.object.value) in held else others
        if not others:
            return None
        told = {"id": short(fact.subject), "property": short(fact.predicate), "value": _shown(others[0])}
        message = marked("{id} is there already, with {property} {value}; correct the row, or change that by hand")
        if fact.subject != entry.iri:
            message = marked(
                "one thing is cited twice at this place, with {property} {value}: cite them apart (item, sentence)"
            )
        return Fault(where, _heading(entry, fact.predicate), Phrase(message, **told), _shown(fact))

    def _is_another(self, entry: Entry) -> bool:
        """Tell whether a row makes anew what is there under this id or name, and note it as a fault."""
        if entry.line.template.same or not entry.facts or entry.iri in self.new:
            return False
        held = self._held(entry.iri)
        is_new = not set(entry.evidence) <= {t for values in held.values() for t in values} | self._of_evidence(entry)
        if held and is_new and not entry.line.texts.get("id"):
            self.faults.append(Fault(entry.line.at, "", self._there(entry.iri)))
            return True
        if held or entry.chosen:
            return False
        same = [iri for iri in self._named_alike(entry) if iri != entry.iri]
        if same:
            self.faults.append(Fault(entry.line.at, "", self._there(same[0])))
        return bool(same)

    def _of_evidence(self, entry: Entry) -> set[Fact]:
        nodes = {fact.subject for fact in entry.evidence} - {entry.iri}
        return {fact for node in nodes for values in self._held(node).values() for fact in values}

    def _there(self, iri: str) -> Phrase:
        named = self.graph.names.get(iri)
        told = self.graph.names.line(named, self.lang) if named else short(iri)
        return Phrase(
            "is there already: {thing}. Is it that? Leave the row out, and name it in the others; a further place goes to the form evidence. Is it another? Give it an id or a suffix of its own",
            thing=told,
        )

    def _named_alike(self, entry: Entry) -> list[str]:
        """Return things of the same form that bear a preferred name of a row, and are of no other day."""
        kinds = {"bodies": "Organization", "persons": "Person"}
        wanted = kinds.get(entry.line.template.name)
        if not wanted:
            return []
        texts = [fact.object.value for fact in entry.facts if fact.predicate == LABEL]
        found = {iri for text in texts for iri in self.graph.names.keyed(text)}
        rows = select(self.graph, "classes-of", found) if found else ()
        return sorted({row["x"].value for row in rows if row["o"].value == STDG + wanted})


def _as_written(term: Any) -> Any:
    """Return a number as files have it: the engine keeps 1.0 as 1."""
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "decimal":
        return ox.Literal(str(float(term.value)), datatype=term.datatype)
    return term


def _heading(entry: Entry, predicate: str) -> str:
    wanted = "a" if predicate == RDF + "type" else predicate
    columns = [c for c in entry.line.template.columns if c.property]
    return next((entry.line.heading(c.name) for c in columns if wanted in (c.property, expand(c.property))), "")


def _shown(fact: Fact) -> str:
    return short(fact.object.value) if isinstance(fact.object, ox.NamedNode) else fact.object.value


def settle(graph: Graph, entries: Iterable[Entry], lang: str) -> Settled:
    """Return what of some rows is new."""
    settled = Settled(graph, lang)
    for entry in entries:
        settled.add(entry)
    return settled
