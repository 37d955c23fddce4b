"""Why a triple holds: its proof in words, down to asserted triples with file, line and source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import UnknownNameError
from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import select
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Answer, Entity, Record, Row, Source, Table
from stdgraph.model.vocabulary import BASE, DCTERMS, PROV, RDF, RDFS, RULE, STDG, XSD, expand, short
from stdgraph.reasoning.axioms import Rule
from stdgraph.reasoning.links import LinkRule
from stdgraph.reasoning.prove import Proof, Prover
from stdgraph.reasoning.rules import link_rules
from stdgraph.storage.files import GraphFile
from stdgraph.storage.lines import Place, places

SOURCES = 3
"""The text names so many sources of one triple; JSON and PROV name all."""

WORDS = {
    "subclass": marked("every “{a}” is a “{b}”"),
    "equivalent class": marked("“{a}” and “{b}” are the same class"),
    "subproperty": marked("where “{a}” holds, “{b}” holds"),
    "equivalent property": marked("“{a}” and “{b}” are the same relation"),
    "domain": marked("whatever has “{a}” is a “{b}”"),
    "range": marked("whatever “{a}” points to is a “{b}”"),
    "inverse": marked("“{b}” is “{a}” read backwards"),
    "symmetric": marked("“{b}” holds in both directions"),
    "transitive": marked("“{b}” carries on from one to the next"),
    "chain": marked("{steps}, one after the other, make “{b}”"),
    "step": marked("“{a}”"),
    "step back": marked("“{a}” read backwards"),
    "date bound": marked("“{a}” has a first and a last day"),
    "start of agreement": marked("an agreement of which no start is stated begins on its date"),
    "subclass of subclass": marked("a subclass of a subclass is a subclass"),
    "subproperty of subproperty": marked("a subproperty of a subproperty is a subproperty"),
    "domain, wider class": marked("a domain may be stated with any wider class"),
    "domain of subproperty": marked("a subproperty has the domain of the wider one"),
    "range, wider class": marked("a range may be stated with any wider class"),
    "range of subproperty": marked("a subproperty has the range of the wider one"),
    "equivalent is subclass": marked("equivalent classes are subclasses of each other"),
    "equivalent is subproperty": marked("equivalent properties are subproperties of each other"),
    "subclasses of each other": marked("classes that are subclasses of each other are equivalent"),
    "subproperties of each other": marked("properties that are subproperties of each other are equivalent"),
}
"""Kind of rule to its words; {a} stands in what is used, {b} in what is concluded."""


@dataclass(frozen=True)
class Step:
    """A triple and why it holds: by a rule from other triples, or because a file states it."""

    triple: ox.Triple
    text: str
    rule: str = ""
    rule_iri: str = ""
    words: str = ""
    axioms: tuple[Place, ...] = ()
    premises: tuple[Step, ...] = ()
    place: Place | None = None
    sources: tuple[Source, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the proof as plain values, for JSON."""
        told: dict[str, Any] = {"triple": [_plain(t) for t in _parts(self.triple)], "text": self.text}
        if not self.rule:
            stands = {"file": self.place.path, "line": self.place.line} if self.place else {"file": None, "line": None}
            return told | {"asserted": stands | {"sources": [s.plain() for s in self.sources]}}
        told["rule"] = {"name": self.rule, "words": self.words, "axioms": [str(place) for place in self.axioms]}
        return told | {"from": [premise.plain() for premise in self.premises]}

    def lines(self, lang: str = "en", *, depth: int = 0, told: set[Any] | None = None) -> Iterator[str]:
        """Yield the proof as lines for people, what is used below what is concluded, and what was told only named."""
        told = set() if told is None else told
        pad = "    " * depth
        yield f"{pad}{self.text}"
        if not self.rule:
            yield from self._asserted(pad, told, lang)
            return
        key = (self.rule, self.words, tuple(premise.triple for premise in self.premises))
        if key in told:
            yield f"{pad}  ← {self.rule}: …"
            return
        told.add(key)
        at = f"  [{', '.join(map(str, self.axioms))}]" if self.axioms else ""
        yield f"{pad}  ← {self.rule}: {self.words}{at}"
        for premise in self.premises:
            yield from premise.lines(lang, depth=depth + 1, told=told)

    def _asserted(self, pad: str, told: set[Any], lang: str) -> Iterator[str]:
        if self.place:
            yield f"{pad}  = {self.place}"
        if self.sources not in told:
            for source in self.sources[:SOURCES]:
                yield f"{pad}    {source.text(lang)}"
            if len(self.sources) > SOURCES:
                yield f"{pad}    … (+ {len(self.sources) - SOURCES})"
        told.add(self.sources)

    def triples(self) -> list[ox.Triple]:
        """Return the proof in PROV: each triple an entity, each use of a rule an activity."""
        return list(dict.fromkeys(self._prov()))

    @property
    def iri(self) -> str:
        """An IRI for the triple as a statement, the same wherever it is used."""
        return BASE + "statement/" + hashlib.sha256(str(self.triple).encode()).hexdigest()[:16]

    def _prov(self) -> Iterator[ox.Triple]:
        yield from self._statement()
        if self.rule:
            yield from self._inference()
        else:
            if self.place:
                yield _said(self.iri, STDG + "locator", str(self.place))
            for source in self.sources:
                yield _said(self.iri, PROV + "hadPrimarySource", source.source, iri=True)
                yield _said(self.iri, STDG + "locator", source.locator)
        for premise in self.premises:
            yield from premise._prov()

    def _statement(self) -> Iterator[ox.Triple]:
        for kind in (PROV + "Entity", RDF + "Statement"):
            yield _said(self.iri, RDF + "type", kind, iri=True)
        for name, part in zip(("subject", "predicate", "object"), _parts(self.triple), strict=True):
            yield ox.Triple(ox.NamedNode(self.iri), ox.NamedNode(RDF + name), part)
        yield _said(self.iri, RDFS + "label", self.text)

    def _inference(self) -> Iterator[ox.Triple]:
        used = [premise.iri for premise in self.premises]
        key = " ".join([self.iri, self.rule, *used])
        activity = BASE + "inference/" + hashlib.sha256(key.encode()).hexdigest()[:16]
        yield _said(self.iri, PROV + "wasGeneratedBy", activity, iri=True)
        yield _said(activity, RDF + "type", PROV + "Activity", iri=True)
        yield _said(activity, RDFS + "label", self.words)
        yield _said(activity, DCTERMS + "conformsTo", self.rule_iri, iri=True)
        for place in self.axioms:
            yield _said(activity, STDG + "locator", str(place))
        for iri in used:
            yield _said(activity, PROV + "used", iri, iri=True)
            yield _said(self.iri, PROV + "wasDerivedFrom", iri, iri=True)


def _parts(triple: ox.Triple) -> tuple[Any, Any, Any]:
    return triple.subject, triple.predicate, triple.object


def _plain(term: Any) -> Any:
    return short(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _said(subject: str, predicate: str, value: str, *, iri: bool = False) -> ox.Triple:
    term = ox.NamedNode(value) if iri else ox.Literal(value)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), term)


class Explainer:
    """Explains triples of an opened, compiled graph; what it has found out serves the next explanation too.

    Args:
        graph: an opened store.
        files: the files that went into it.
        lang: `en` or `zh`, for labels and rules in words.
    """

    def __init__(self, graph: Any, files: Sequence[GraphFile], *, lang: str = "en") -> None:
        self.graph, self.files, self.lang = graph, files, lang
        self.store = graph.store

    @cached_property
    def prover(self) -> Prover:
        """Knows the rules that the graph's ontology calls for."""
        return Prover(self.graph.store, link_rules())

    def explain(self, triple: ox.Triple) -> Step | None:
        """Return the shortest proof of a triple, None if nothing entails it."""
        proof = self.prover.prove(triple)
        return self._told([proof])[0] if proof else None

    def links(self, ends: Iterable[str], basis: str) -> list[Step]:
        """Return a proof for each cooperation link between some actors that rests on a record."""
        among = sorted(set(ends))
        seen: dict[Any, ox.Triple] = {}
        for row in select(self.graph, "links-on-record", record=[basis], a=among, b=among):
            seen.setdefault((frozenset((row["a"], row["b"])), row["kind"]), ox.Triple(row["a"], row["kind"], row["b"]))
        proofs = [self.prover.prove_with(triple, ox.NamedNode(basis)) for triple in seen.values()]
        return self._told([proof for proof in proofs if proof])

    def answer(self, answer: Answer) -> Answer:
        """Return an answer whose records say where they stand, and prove the links of the row that rest on them."""
        given = [value for value in answer.parameters.values() if isinstance(value, Entity)]
        return replace(answer, rows=tuple(self._row(row, given) for row in answer.rows))

    def table(self, table: Table, ends: Sequence[str]) -> Table:
        """Return a table whose records say where they stand, and prove the links between some actors."""
        rows = [
            replace(row, records=tuple(self.record(r, [*ends, *_actors(row)]) for r in row.records))
            for row in table.rows
        ]
        return replace(table, rows=tuple(rows))

    def _row(self, row: Row, given: Sequence[Entity]) -> Row:
        ends = [cell.iri for cell in (*given, *row.cells.values()) if isinstance(cell, Entity)]
        return replace(row, records=tuple(self.record(record, ends) for record in row.records))

    def record(self, record: Record, ends: Iterable[str]) -> Record:
        """Return a record with its place, and a proof for each link between some actors that rests on it."""
        return replace(record, place=str(self.place(record.iri) or ""), proofs=tuple(self.links(ends, record.iri)))

    def place(self, iri: str) -> Place | None:
        """Return where the block of a record begins."""
        node = ox.NamedNode(iri)
        for quad in self.graph.store.quads_for_pattern(node, ox.NamedNode(RDF + "type"), None):
            if found := places(self.graph.store, self.files, [quad.triple]):
                return next(iter(found.values()))
        return None

    def _told(self, proofs: Sequence[Proof]) -> list[Step]:
        leaves = [leaf for proof in proofs for leaf in proof.leaves()]
        at = places(self.graph.store, self.files, leaves)
        teller = _Teller(_labels(self.graph, proofs, self.lang), at, self._sources(leaves), self.lang)
        return [teller.step(proof) for proof in proofs]

    def _sources(self, triples: Sequence[ox.Triple]) -> dict[ox.Triple, tuple[Source, ...]]:
        """Return where each asserted triple was read: the claim on it, else what records of its subject say."""
        behind = {t: self._claims(t) or [str(getattr(t.subject, "value", ""))] for t in triples}
        about = {t: found for t, found in behind.items() if not found[0].startswith(STDG)}
        read = sources(self.graph, {iri for found in about.values() for iri in found}, self.lang)
        return {t: tuple(s for iri in found for s in read.get(iri, ())) for t, found in about.items()}

    def _claims(self, triple: ox.Triple) -> list[str]:
        if isinstance(triple.object, ox.BlankNode) or not str(triple.subject).startswith(f"<{BASE}"):
            return []
        rows = select(self.graph, "claims-on-triple", s=[triple.subject], p=[triple.predicate], o=[triple.object])
        return sorted(row["c"].value for row in rows)


def _actors(row: Row) -> Iterator[str]:
    """Yield whom a row names, but for its record."""
    for name, value in row.cells.items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Entity) and name != "record":
                yield one.iri


def _labels(graph: Any, proofs: Iterable[Proof], lang: str) -> dict[str, str]:
    terms = [term for proof in proofs for triple in _triples(proof) for term in _parts(triple)]
    return labels(graph, {t.value for t in terms if isinstance(t, ox.NamedNode)}, lang)


def _triples(proof: Proof) -> Iterator[ox.Triple]:
    yield proof.triple
    yield from proof.axioms
    if isinstance(proof.rule, Rule):
        for _, predicate, _ in proof.rule.body:
            yield ox.Triple(*[ox.NamedNode(predicate.strip("<>"))] * 3)
    for premise in proof.premises:
        yield from _triples(premise)


@dataclass(frozen=True)
class _Teller:
    """Puts proofs into words."""

    labels: dict[str, str]
    places: dict[ox.Triple, Place]
    sources: dict[ox.Triple, tuple[Source, ...]]
    lang: str

    def step(self, proof: Proof) -> Step:
        text = " ".join(self.name(term) for term in _parts(proof.triple))
        if proof.rule is None:
            return Step(
                proof.triple, text, place=self.places.get(proof.triple), sources=self.sources.get(proof.triple, ())
            )
        name, iri, words = self.rule(proof.rule)
        behind = tuple(self.places[axiom] for axiom in proof.axioms if axiom in self.places)
        return Step(proof.triple, text, name, iri, words, behind, tuple(map(self.step, proof.premises)))

    def name(self, term: Any) -> str:
        if isinstance(term, ox.NamedNode):
            if term.value == RDF + "type":
                return str(translated(Phrase("is of class"), self.lang))
            return self.label(term.value)
        return str(term.value if term.datatype.value == XSD + "string" else term)

    def label(self, iri: str) -> str:
        return self.labels.get(iri, short(iri))

    def rule(self, rule: Rule | LinkRule) -> tuple[str, str, str]:
        if isinstance(rule, LinkRule):
            return rule.name, rule.iri, rule.words["zh" if self.lang.startswith("zh") else "en"]
        used = [self.label(expand(_about(p))) for p in rule.body]
        steps = " · ".join(
            translated(Phrase(WORDS[step], a=a), self.lang) for step, a in zip(_steps(rule), used, strict=True)
        )
        iri = RULE + rule.kind.replace(",", "").replace(" ", "-")
        words = Phrase(WORDS[rule.kind], a=used[0], b=self.label(expand(_about(rule.head))), steps=steps)
        return rule.kind, iri, translated(words, self.lang)


def _about(pattern: tuple[str, str, str]) -> str:
    """Return the class or the property of which a pattern speaks."""
    typed = pattern[1] == f"<{RDF}type>" and pattern[2][0] != "?"
    return (pattern[2] if typed else pattern[1]).strip("<>")


def _steps(rule: Rule) -> Iterator[str]:
    """Yield for each pattern of a rule whether it is a step from what comes before, or a step back."""
    here = rule.head[0]
    for start, _, end in rule.body:
        yield "step" if start == here else "step back"
        here = end if start == here else start


def predicate_of(name: str) -> str:
    """Return the IRI of a property: `coPartyWith`, `a`, `foaf:member`, or an IRI.

    >>> predicate_of("coPartyWith")
    'https://w3id.org/stdgraph/ontology#coPartyWith'
    """
    if name in ("a", "type"):
        return RDF + "type"
    return expand(name) if ":" in name else STDG + name


def object_of(graph: Any, subject: str, predicate: str, name: str, find: Callable[[str], str]) -> ox.Triple:
    """Return the triple whose object a name or text means: a literal that the graph has there, a class, or a thing.

    Raises:
        AmbiguousNameError: several things bear the name.
    """
    s, p = ox.NamedNode(subject), ox.NamedNode(predicate)
    for quad in sorted(graph.store.quads_for_pattern(s, p, None), key=str):
        if isinstance(quad.object, ox.Literal) and name in (quad.object.value, str(quad.object)):
            return ox.Triple(s, p, quad.object)
    if predicate == RDF + "type" and re.fullmatch(r"\w+", name):
        return ox.Triple(s, p, ox.NamedNode(STDG + name))
    try:
        return ox.Triple(s, p, ox.NamedNode(find(name)))
    except UnknownNameError:
        return ox.Triple(s, p, ox.Literal(name))
