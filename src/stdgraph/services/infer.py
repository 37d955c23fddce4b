"""Inference: what ontology, alignments and data entail under OWL 2 RL, and the links that the rule files derive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import DERIVED_CLOSURE, DERIVED_LINKS, OWL, RDF, RDFS, XSD
from stdgraph.reasoning import axioms, clashes, rules
from stdgraph.reasoning.clashes import Clash
from stdgraph.reasoning.fixpoint import Profile
from stdgraph.storage.files import GraphFile

Say = Callable[[str], None]
BUILT_IN = (OWL, RDF, RDFS, XSD)
"""The vocabulary itself, about which nothing is told."""


@dataclass(frozen=True)
class Inference:
    """What was derived, sorted, asserted triples left out; what contradicts itself; what each rule cost."""

    triples: list[ox.Triple]
    clashes: list[Clash]
    left_out: list[str]
    profile: Profile
    store: ox.Store


def infer(files: Sequence[GraphFile], *, engine: str = "rules", say: Say | None = None) -> list[ox.Triple]:
    """Return the triples that ontology, alignments and data entail, sorted, asserted ones left out; see `inference`."""
    return inference(files, engine=engine, say=say).triples


def inference(
    files: Sequence[GraphFile],
    new: Sequence[GraphFile] = (),
    *,
    engine: str = "rules",
    counting: bool = False,
    say: Say | None = None,
) -> Inference:
    """Return what the files entail: the closure under OWL 2 RL, then the rules of `queries/rules/`, then its closure.

    Left out on purpose: `x owl:sameAs x`, that all is an `owl:Thing`, that each term is a part of itself, the
    vocabulary of OWL, RDF, RDFS and XSD itself, datatypes of literals, and unnamed nodes.

    Args:
        files: ontology and data.
        new: files that are added once the others are closed: only what depends on them is then derived anew. The
            result is the same as with all files at once.
        engine: `rules` (SPARQL on the embedded store) or `owlrl`, the reference, which is slow.
        counting: whether the profile is to count what each rule derived, which takes time.
        say: told of progress.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    profile = Profile(say, counting)
    store = _loaded(files if engine == "rules" else [*files, *new])
    if engine == "owlrl":
        _close_by_owlrl(store, profile)
    else:
        rules.reason(store, rules.chosen(store, everything=True), profile=profile)
        for file in new:
            profile.tell(Phrase("{rule}: what depends on it", rule=file.path))
            rules.reason_on(store, file.quads(), everything=True, profile=profile)
    select = _select(store)
    unknown = axioms.left_out(select) if engine == "rules" else []
    return Inference(derived(store), clashes.clashes(select), unknown, profile, store)


def _loaded(files: Sequence[GraphFile]) -> ox.Store:
    store = ox.Store()
    for file in files:
        store.extend(file.quads())
    return store


def _select(store: ox.Store) -> axioms.Select:
    return lambda query: store.query(query, use_default_graph_as_union=True)  # type: ignore[return-value]


def derived(store: ox.Store) -> list[ox.Triple]:
    """Return the derived triples of a store, sorted, less what is left out on purpose."""
    graphs = [ox.NamedNode(graph) for graph in (DERIVED_CLOSURE, DERIVED_LINKS)]
    triples = {q.triple for graph in graphs for q in store.quads_for_pattern(None, None, None, graph)}
    return sorted((t for t in triples if not is_left_out(t)), key=str)


def is_left_out(triple: ox.Triple) -> bool:
    """Tell whether a conclusion says nothing: about the vocabulary, about all things, or of a thing that it is itself."""
    s, p, o = triple.subject, triple.predicate.value, triple.object
    if isinstance(s, ox.BlankNode) or isinstance(o, ox.BlankNode):
        return True
    if isinstance(o, ox.NamedNode):
        itself = s == o and p.startswith((OWL, RDFS))
        return (
            itself
            or o.value == OWL + "Thing"
            or (p == RDF + "type" and o.value.startswith(XSD))
            or str(getattr(s, "value", "")).startswith(BUILT_IN)
        )
    return False


def _close_by_owlrl(store: ox.Store, profile: Profile) -> None:
    profile.tell(Phrase("owlrl, the reference: this takes long"))
    asserted = {q.triple for q in store}
    _keep(store, closure(asserted) - asserted, DERIVED_CLOSURE)
    for rule in rules.link_rules():
        rules.link(store, rule, profile)
    known = {q.triple for q in store}
    _keep(store, closure(known) - known, DERIVED_LINKS)


def _keep(store: ox.Store, triples: set[ox.Triple], graph: str) -> None:
    """Put triples into a graph that the store does not have in any other, compared as the store spells them."""
    spelled = ox.Store()
    spelled.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    home = ox.NamedNode(graph)
    for quad in spelled:
        if next(store.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is None:
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, home))


def closure(asserted: set[ox.Triple]) -> set[ox.Triple]:
    """Return the OWL 2 RL closure of triples, by owlrl, as far as it is valid RDF."""
    import owlrl

    from stdgraph.storage.bridge import from_rdflib, to_rdflib

    graph = to_rdflib(asserted)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return set(from_rdflib(graph))
