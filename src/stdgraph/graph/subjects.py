"""Who a page is about: a thing with its names in both scripts, its kind, country and numbers; and which profile it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stdgraph.errors import InputError
from stdgraph.graph.countries import countries
from stdgraph.graph.labels import cell, class_word, labels
from stdgraph.graph.profiles import Plan, plan, plan_heads
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass
from stdgraph.model.results import Entity, text_of
from stdgraph.model.vocabulary import DCTERMS, RDF, RDFS, SKOS, STDG, local
from stdgraph.storage.names import NAMING, YEAR

ANY = "*"
"""The kind of a profile for things that no other one fits."""
LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")
CODES = {p for p, rank in NAMING if rank in (1, 3)}
"""Properties whose values are numbers and codes of a thing, of ours or of others."""
OTHER_NAMES = {STDG + "formerName", SKOS + "altLabel"}
ELSEWHERE = {SKOS + "exactMatch", SKOS + "closeMatch", RDFS + "seeAlso"}


@dataclass(frozen=True)
class Subject:
    """A thing with its names: `names` by language, `others` as printed, `ids` its codes and numbers by what they are."""

    entity: Entity
    names: dict[str, str]
    kind: str
    country: Entity | None
    others: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return all as plain values."""
        told: dict[str, Any] = {**self.entity.plain(), "names": self.names, "kind": self.kind}
        told["country"] = self.country.plain() if self.country else None
        return told | {"other_names": list(self.others), "ids": [{"kind": k, "id": v} for k, v in self.ids]}


def subject(graph: Graph, iri: str, lang: str) -> Subject:
    """Return a thing with its names, kind, country and numbers."""
    own = graph.names.get(iri)
    stated = [(row["p"].value, row["o"]) for row in select(graph, "facts", [iri])] or [
        (row["p"].value, row["o"]) for row in select(graph, "facts-in-one-graph", [iri])
    ]
    classes = {term.value for p, term in stated if p == RDF + "type"}
    known = labels(graph, {iri, *classes, *(p for p, _ in stated)}, lang)
    names = {"en": own.en, "zh": own.zh} if own else {}
    label = own.label(lang) if own else known[iri]
    others = dict.fromkeys(text_of(cell(o, known)) for p, o in stated if p in OTHER_NAMES)
    ids = [(known[p], o.value) for p, o in stated if p in CODES or (p in ELSEWHERE and not hasattr(o, "datatype"))]
    return Subject(
        entity=Entity(iri, label),
        names={tag: name for tag, name in names.items() if name},
        kind=", ".join(sorted(known[c] for c in classes)) or class_word(own.kind if own else YEAR, lang).lower(),
        country=countries(graph, lang)([iri]).get(iri),
        others=tuple(name for name in others if name not in names.values()),
        ids=tuple(ids),
    )


def plan_of(graph: Graph, iris: Sequence[str]) -> Plan:
    """Return the profile that some things have: of those for so many things of their classes the narrowest.

    Raises:
        InputError: there is none for such things.
    """
    return plan(_head(graph, [_classes(graph, iri) for iri in iris]).name)


def pages_of_each(graph: Graph) -> dict[str, str]:
    """Return the name of the profile of each thing that has a name, in the order of the index."""
    kinds: dict[str, str] = dict(graph.names.rows("SELECT iri, kind FROM thing ORDER BY iri"))
    classes = {iri: {kind} - {""} for iri, kind in kinds.items()}
    for row in select(graph, "classes-of", classes):
        classes[row["x"].value].add(local(row["o"].value))
    heads: dict[frozenset[str], str] = {}
    found = {}
    for iri, every in classes.items():
        own = frozenset(every)
        if own not in heads:
            heads[own] = _head(graph, [set(own)]).name
        found[iri] = heads[own]
    return found


def _head(graph: Graph, classes: Sequence[set[str]]) -> Plan:
    """Return the profile, without its panels, of things of some classes; raises InputError."""
    fit = []
    for head in plan_heads():
        matched = [{*head.kinds} & {*found, ANY} for found in classes]
        if head.fewest <= len(classes) <= head.most and all(matched):
            fit.append((head, matched[0] - {ANY}))
    if not fit:
        kinds = "; ".join(", ".join(sorted(found)) or "-" for found in classes)
        raise InputError(detail=Phrase("There is no page on things of these kinds together: {kinds}.", kinds=kinds))
    return fit[0][0] if len(fit) == 1 else _narrowest(graph, fit)


def _narrowest(graph: Graph, fit: Sequence[tuple[Plan, set[str]]]) -> Plan:
    """Return the profile for the fewest things, and of a class above which most classes of the other profiles stand."""
    above: dict[str, set[str]] = {}
    for row in select(graph, "axioms"):
        above.setdefault(local(row["a"].value), set()).add(local(row["b"].value))
    classes = {kind for _, kinds in fit for kind in kinds}

    def rank(one: tuple[Plan, set[str]]) -> tuple[int, int, str]:
        found, kinds = one
        depth = max((len(_reached(kind, above) & classes) for kind in kinds), default=-1)
        return found.most, -depth, found.name

    return min(fit, key=rank)[0]


def _reached(kind: str, above: Mapping[str, set[str]]) -> set[str]:
    """Return the classes above a class."""
    found: set[str] = set()
    ahead = [kind]
    while ahead:
        new = above.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found - {kind}


def _classes(graph: Graph, iri: str) -> set[str]:
    """Return the local names of all classes of a thing; a year is no thing of the graph, but of its index of names."""
    own = graph.names.get(iri)
    found = {local(row["o"].value) for row in select(graph, "classes-of", [iri])}
    return found | ({own.kind} if own and own.kind else set())
