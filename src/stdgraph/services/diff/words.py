"""What changed in words, by record: values before and after, evidence under what it proves, renamed things as such."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.cells import Scalar
from stdgraph.model.changes import KINDS, Change, Value, kinds
from stdgraph.model.results import Source
from stdgraph.model.vocabulary import DCTERMS, RDF, RDFS, SKOS, STDG
from stdgraph.services.diff.parts import About, Part, by_subject
from stdgraph.services.diff.renames import EVIDENCE, renames
from stdgraph.storage.files import GraphFile
from stdgraph.storage.turtle import language_tag

TYPE, IS_EVIDENCE = ox.NamedNode(RDF + "type"), ox.NamedNode(STDG + "Evidence")
FIRST = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SKOS + "altLabel")
"""Properties that are told before all others."""
Triples = Iterable[ox.Triple]
Delta = Mapping[Any, Sequence[ox.Triple]]


class Words:
    """Tells what is between two versions."""

    def __init__(self, old: Triples, new: Triples, files: Sequence[GraphFile], *, lang: str) -> None:
        self.before, self.after = by_subject(old), by_subject(new)
        self.files = files
        self.lang = lang
        self.renamed = renames(self.before, self.after)
        self.former = {new: old for old, new in self.renamed.items()}

    @cached_property
    def beside(self) -> About:
        """What the graph at hand says of things that a version names and does not describe."""
        return by_subject(quad.triple for file in self.files for quad in file.quads())

    def records(self, removed: Triples, added: Triples) -> tuple[Change, ...]:
        """Return the things that changed: those of a kind together, what matters most to a reviewer first."""
        gone, come = self._apart(removed, added)
        touched = [*dict.fromkeys([*self.former, *gone, *come])]
        proofs = {node for node in touched if self._is_evidence(node)}
        citing = self._citing(proofs)
        for alone in [node for node in proofs if len(citing[node]) == 1]:
            touched += citing[alone]
        told = [node for node in dict.fromkeys(touched) if node not in proofs and not self._is_within(node)]
        folded = {proof for proof in proofs if citing[proof].keys() & {*told}}
        told += [proof for proof in proofs if proof not in folded]
        cited = {t.object for side in (gone, come) for said in side.values() for t in said if t.predicate == EVIDENCE}
        teller = Teller(self, gone, come, {*told, *proofs, *cited}, citing)
        changes = map(teller.change, told)
        return _ordered(c for c in changes if c.values or c.was or c.change != "changed")

    def was(self, node: Any) -> Any:
        """Return a thing as it was called."""
        return self.former.get(node, node)

    def _apart(self, removed: Triples, added: Triples) -> tuple[Delta, Delta]:
        """Return what went and what came by things, renamed things under their new IRIs, where that is another statement."""
        went = {ox.Triple(self._now(t.subject), t.predicate, self._now(t.object)): None for t in removed}
        came = dict.fromkeys(t for t in added if t.subject not in self.renamed)
        return by_subject(t for t in went if t not in came), by_subject(t for t in came if t not in went)

    def _now(self, term: Any) -> Any:
        return self.renamed.get(term, term)

    def _is_evidence(self, node: Any) -> bool:
        sides = (self.before.get(self.was(node), ()), self.after.get(node, ()))
        return any(t.predicate == TYPE and t.object == IS_EVIDENCE for said in sides for t in said)

    def _citing(self, proofs: set[Any]) -> dict[Any, dict[Any, None]]:
        """Return the things that each evidence proves, or proved, in their order."""
        found: dict[Any, dict[Any, None]] = {proof: {} for proof in proofs}
        if proofs:
            sides = [(self._now(s), said) for s, said in self.before.items()] + list(self.after.items())
            for subject, said in sides:
                for triple in said:
                    if triple.predicate == EVIDENCE and triple.object in found:
                        found[triple.object][subject] = None
        return {proof: dict.fromkeys(sorted(cited, key=str)) for proof, cited in found.items()}

    def _is_within(self, node: Any) -> bool:
        """Tell whether an unnamed node is told as a value of what holds it."""
        return isinstance(node, ox.BlankNode) and node in self.held

    @cached_property
    def held(self) -> set[Any]:
        """The unnamed nodes that are values."""
        sides = (said for side in (self.before, self.after) for said in side.values())
        return {t.object for said in sides for t in said if isinstance(t.object, ox.BlankNode)}


class Teller:
    """Tells each thing that changed."""

    def __init__(self, words: Words, gone: Delta, come: Delta, nodes: set[Any], citing: Mapping[Any, Any]) -> None:
        self.words, self.gone, self.come, self.citing = words, gone, come, citing
        former = {words.was(node) for node in nodes}
        self.old = Part(words.before, former, lambda: words.beside, words.lang)
        self.new = Part(words.after, nodes, lambda: words.beside, words.lang)
        self.read_before, self.read_now = self.old.sources(former), self.new.sources(nodes)

    def change(self, node: Any) -> Change:
        """Return what happened to a thing."""
        was = self.words.was(node)
        how = self._how(node)
        part, name = (self.old, was) if how == "removed" else (self.new, node)
        proves = len(self.citing.get(node, ()))
        read = self.read_before if how == "removed" else self.read_now
        return Change(
            how,
            part.kind(name),
            part.entity(name),
            tuple(self._values(node, how)),
            read.get(getattr(name, "value", ""), ()),
            was=self.old.entity(was) if was != node else None,
            proves=proves,
        )

    def _how(self, node: Any) -> str:
        before, after = self.words.before.get(self.words.was(node), ()), self.words.after.get(node, ())
        if not before or not after:
            return "removed" if before else "added"
        if node in self.words.former:
            return "renamed"
        ended = _is_typed(before) and not _is_typed(after)  # its IRI is retired
        return "removed" if ended else "changed"

    def _values(self, node: Any, how: str) -> list[Value]:
        gone, come = self.gone.get(node, ()), self.come.get(node, ())
        if how in ("added", "removed"):
            kept = [t for t in (come if how == "added" else gone) if t.predicate not in (TYPE, EVIDENCE)]
            last = [t for t in come if how == "removed"]
            return self._paired(kept if how == "removed" else [], kept if how == "added" else last)
        went, came = ([t for t in said if t.predicate != EVIDENCE] for said in (gone, come))
        return self._paired(went, came) + self._evidence(node)

    def _paired(self, gone: Iterable[ox.Triple], come: Iterable[ox.Triple], of: Scalar = None) -> list[Value]:
        """Return values by property and language; one that took the place of another stands beside it."""
        found: dict[tuple[Any, str], tuple[list[Scalar], list[Scalar]]] = defaultdict(lambda: ([], []))
        for side, (part, triples) in enumerate(((self.old, gone), (self.new, come))):
            for triple in triples:
                tag = getattr(triple.object, "language", None) or ""
                found[triple.predicate, tag][side].append(part.cell(triple.object))
        values = []
        for (predicate, tag), sides in found.items():
            before, after = (sorted(cells, key=str) for cells in sides)
            name = self._property(predicate)
            pairs = list(zip(before, after, strict=True)) if len(before) == len(after) == 1 else []
            alone = [] if pairs else [(b, None) for b in before] + [(None, a) for a in after]
            values += [
                (predicate.value, Value(name, b, a, language_tag(tag) if tag else "", of)) for b, a in [*pairs, *alone]
            ]
        values.sort(key=lambda pair: (_rank(pair[0]), str(pair[1].property), pair[1].language))
        return [value for _, value in values]

    def _property(self, predicate: Any) -> Scalar:
        part = self.new if predicate.value in self.new.known else self.old
        return part.property(predicate)

    def _evidence(self, node: Any) -> list[Value]:
        """Return how the evidences of a thing changed: another place, or something else that they say."""
        name = self._property(EVIDENCE)
        gone, come = (
            {t.object: None for t in said.get(node, ()) if t.predicate == EVIDENCE} for said in (self.gone, self.come)
        )
        before = Counter(_place(self.read_before, proof) for proof in gone)
        after = Counter(_place(self.read_now, proof) for proof in come)
        went, came = sorted((before - after).elements()), sorted((after - before).elements())
        if len(went) == len(came) == 1:
            values = [Value(name, went[0], came[0])]
        else:
            values = [Value(name, before=place) for place in went] + [Value(name, after=place) for place in came]
        kept = [p for p in self.citing if node in self.citing[p] and p not in gone and p not in come]
        for proof in sorted(kept, key=str):
            values += self._paired(self.gone.get(proof, ()), self.come.get(proof, ()), name)
        return values


def _place(read: Mapping[str, tuple[Source, ...]], proof: Any) -> str:
    return "; ".join(source.text() for source in read.get(proof.value, ())) or str(proof.value)


def _is_typed(said: Iterable[ox.Triple]) -> bool:
    return any(t.predicate == TYPE for t in said)


def _rank(predicate: str) -> int:
    return FIRST.index(predicate) if predicate in FIRST else len(FIRST)


def _ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    found = list(changes)
    told = {kind: at for at, kind in enumerate(kinds(found))}
    return tuple(
        sorted(found, key=lambda c: (told[c.kind], KINDS.index(c.change), c.record.label.casefold(), c.record.iri))
    )
