"""Blank nodes: which need a label, in an order that no run changes; and whether two graphs are the same but for labels."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

Labels = Mapping[Any, str]
PLAIN = (ox.NamedNode, ox.Literal)

ROUNDS = 16
"""So far around a blank node is looked to tell it from others; those that are still alike keep the order given."""


MARKED = 2000
"""So many statements of a group are looked at again, over and over, to tell its nodes apart."""


def labels_needed(triples: Sequence[ox.Triple]) -> dict[Any, str]:
    """Return a label for each blank node that has no place of its own: used twice, in a ring, or in a triple term."""
    needed = _shared(triples)
    return _labels(needed, triples) if needed else {}


def labels_of_all(triples: Sequence[ox.Triple]) -> dict[Any, str]:
    """Return a label for each blank node; the order of the triples matters only among nodes that look alike."""
    return _labels([node for t in triples for node in blank_nodes(t)], triples)


def named_by_content(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return triples, each once, whose blank nodes bear names made of what is said around them: the same in all texts that say the same.

    >>> texts = ('_:a <x:p> _:b .\\n_:b <x:p> "1" .', '_:c <x:p> "1" .\\n_:a <x:p> _:c .')
    >>> read = [[q.triple for q in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)] for text in texts]
    >>> one, other = ({str(t) for t in named_by_content(triples)} for triples in read)
    >>> one == other
    True
    """
    told = list(dict.fromkeys(triples))
    near = [t for t in told if isinstance(t.subject, ox.BlankNode) or not isinstance(t.object, PLAIN)]
    if not near:
        return told
    kept = set(near)
    names: dict[Any, str] = {}
    seen: Counter[str] = Counter()
    for group in _together(near):
        looks = _told_apart(group)
        whole = _digest(looks.values())
        seen[whole] += 1
        names |= {node: f"b{_digest([look, str(seen[whole])])[:24]}" for node, look in looks.items()}
    return [renamed(t, names) if t in kept else t for t in told]


def _together(near: Iterable[ox.Triple]) -> Iterable[list[ox.Triple]]:
    """Return the triples of blank nodes by groups that share none."""
    home: dict[Any, list[ox.Triple]] = {}
    for triple in near:
        nodes = list(blank_nodes(triple))
        groups = {id(g): g for node in nodes if (g := home.get(node)) is not None}
        ordered = sorted(groups.values(), key=len)
        into = ordered.pop() if ordered else []
        for group in ordered:
            into += group
        into.append(triple)
        home |= dict.fromkeys([*nodes, *(n for g in ordered for t in g for n in blank_nodes(t))], into)
    return {id(group): group for group in home.values()}.values()


def _told_apart(group: Sequence[ox.Triple]) -> dict[Any, str]:
    """Return a text for each blank node of a group, another for each: of some that look alike one is marked, and all are looked at again.

    Of a large group more stay alike; they keep the order given.
    """
    about: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in group:
        about[triple.subject].append(triple)
    marks: dict[Any, str] = _digests(about, dict.fromkeys(_shared(group), "shared"))
    for number in range(1 + MARKED // len(group)):
        looks = _looks(group, marks)
        alike = Counter(looks.values())
        first = min((look for look, times in alike.items() if times > 1), default="")
        if not first:
            return looks
        node = next(node for node, look in looks.items() if look == first)
        marks[node] = f"{marks.get(node, '')} marked {number}"
    return {node: f"{look} {at}" if alike[look] > 1 else look for at, (node, look) in enumerate(looks.items())}


def blank_nodes(term: Any) -> Iterator[ox.BlankNode]:
    """Yield the blank nodes of a term or triple, those within triple terms too."""
    if isinstance(term, ox.BlankNode):
        yield term
    elif isinstance(term, ox.Triple):
        yield from blank_nodes(term.subject)
        yield from blank_nodes(term.object)


def renamed(term: Any, labels: Labels) -> Any:
    """Return a term with its blank nodes under their labels."""
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(labels[term]) if term in labels else term
    if isinstance(term, ox.Triple):
        return ox.Triple(renamed(term.subject, labels), term.predicate, renamed(term.object, labels))
    return term


def _shared(triples: Sequence[ox.Triple]) -> dict[Any, None]:
    """Return the blank nodes that cannot be written where they are used."""
    uses = Counter(t.object for t in triples if isinstance(t.object, ox.BlankNode))
    found = dict.fromkeys(node for node, number in uses.items() if number > 1)
    found |= dict.fromkeys(n for t in triples if isinstance(t.object, ox.Triple) for n in blank_nodes(t.object))
    below: dict[Any, list[Any]] = defaultdict(list)
    for triple in triples:
        below[triple.subject] += [triple.object] if isinstance(triple.object, ox.BlankNode) else []
    todo = [s for s in below if not isinstance(s, ox.BlankNode) or s not in uses or s in found]
    reached = set(todo)
    while todo:
        new = [node for node in below.get(todo.pop(), ()) if node not in reached]
        reached.update(new)
        todo += new
    return found | dict.fromkeys(s for s in below if s not in reached)


def _labels(nodes: Iterable[Any], triples: Sequence[ox.Triple]) -> dict[Any, str]:
    looks = _looks(triples)
    ordered = sorted(dict.fromkeys(nodes), key=lambda node: looks[node])
    return {node: f"b{number}" for number, node in enumerate(ordered)}


def _looks(triples: Sequence[ox.Triple], marks: Labels = MappingProxyType({})) -> dict[Any, str]:
    """Return for each blank node a text made of what is around it, the same whatever the nodes are called."""
    near = [t for t in triples if next(blank_nodes(t), None)]
    looks: dict[Any, str] = {node: marks.get(node, "") for t in near for node in blank_nodes(t)}
    for _ in range(ROUNDS):
        said: dict[Any, list[str]] = {node: [looks[node]] for node in looks}
        for triple in near:
            for node in blank_nodes(triple):
                said[node].append(_told(triple, looks, node))
        finer = {node: _digest(lines) for node, lines in said.items()}
        if len(set(finer.values())) == len(set(looks.values())):
            break
        looks = finer
    return looks


def _told(term: Any, looks: Mapping[Any, str], here: Any = None) -> str:
    if isinstance(term, ox.BlankNode):
        return "here" if term == here else f"_:{looks[term]}"
    if isinstance(term, ox.Triple):
        return f"<<{_told(term.subject, looks, here)} {term.predicate} {_told(term.object, looks, here)}>>"
    return _plain(term)


def _plain(term: Any) -> str:
    """Return a term without blank nodes; the case of a language tag says nothing."""
    if isinstance(term, ox.Literal) and term.language:
        return f"{ox.Literal(term.value)}@{term.language.lower()}--{term.direction or ''}"
    return str(term)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def difference(meant: Sequence[ox.Triple], found: Sequence[ox.Triple], labels: Labels) -> str:
    """Return a statement that one of two graphs has alone, "" where they are the same but for labels.

    Args:
        meant: the triples that were to be written.
        found: those that were read again.
        labels: the labels that `labels_needed` gave; what else is unnamed stands at one place only.
    """
    both = set(meant) & set(found)
    both = {t for t in both if not isinstance(t.subject, ox.BlankNode) and isinstance(t.object, PLAIN)}
    expected = Counter(_lines((t for t in meant if t not in both), labels))
    read = {ox.BlankNode(label): label for label in labels.values()}
    expected.subtract(_lines((t for t in found if t not in both), read))
    return min((line for line, number in expected.items() if number), default="")


def _lines(triples: Iterable[ox.Triple], labels: Labels) -> Iterator[str]:
    """Yield each statement as text, with a digest of all that is said of an unlabelled blank node in its place."""
    triples = list(dict.fromkeys(triples))
    about: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    names = dict(labels) | _digests(about, labels)
    used = {t.object for t in triples}
    for subject, said in about.items():
        if not isinstance(subject, ox.BlankNode) or subject in labels:
            yield from (_told(t, names) for t in said)
        elif subject not in used:
            yield f"[] {names[subject]}"


def _digests(about: Mapping[Any, list[ox.Triple]], labels: Labels) -> dict[Any, str]:
    """Return a digest of each unlabelled blank node: of what it says, and what the nodes below it say."""
    names = dict(labels)
    todo = [node for said in about.values() for t in said for node in blank_nodes(t) if node not in labels]
    while todo:
        node = todo[-1]
        said = about.get(node, ())
        waiting = [n for t in said for n in blank_nodes(t.object) if n not in names]
        if waiting:
            todo += waiting
        else:
            names.setdefault(node, _digest(f"{t.predicate} {_told(t.object, names)}" for t in said))
            todo.pop()
    return names
