"""The schema as the data use it: classes and properties, how often, with what, an example, the questions that read them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.graph.codes import Code, codes, meant
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.locale import Phrase, translated
from stdgraph.model.light import dataclass, field, replace
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import BASE, OWL, PREFIXES, RDF, RDFS, SH, SKOS, SRC, STDG, STDGC, local, short
from stdgraph.services.schema import counted
from stdgraph.services.schema.shown import Schema
from stdgraph.services.schema.terms import Known, Use
from stdgraph.storage.files import content, read_text
from stdgraph.storage.nearest import nearest

THINGS = (BASE, SRC, STDGC)
META = (OWL, RDF, RDFS, SH)
"""Namespaces of what speaks of terms, not of things."""
TYPE = RDF + "type"


@dataclass
class Tally:
    """Counts statements as they come by."""

    classes: dict[str, tuple[str, ...]]
    statements: Counter[str] = field(default_factory=Counter)
    subjects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    uses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str, str], tuple[str, Any]] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    """The things of the one class that is asked for; `sides` counts what goes out from them and comes in."""
    sides: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def count(self, rows: Iterable[Any]) -> Tally:
        """Count statements on things, each once."""
        seen: set[Any] = set()
        for row in rows:
            subject, prop, value = row["s"], row["property"].value, row["o"]
            if prop == TYPE or not subject.value.startswith(THINGS) or (told := (subject, prop, value)) in seen:
                continue
            seen.add(told)
            self._add(subject.value, prop, value)
        return self

    def _add(self, subject: str, prop: str, value: Any) -> None:
        self.statements[prop] += 1
        self.subjects[prop].add(subject)
        self.sides[prop, True] += subject in self.wanted
        self.sides[prop, False] += isinstance(value, ox.NamedNode) and value.value in self.wanted
        ranges = (value.datatype.value,) if isinstance(value, ox.Literal) else self.classes.get(value.value, ("",))
        for domain in self.classes.get(subject, ("",)):
            for range_ in ranges:
                used = domain, prop, range_
                self.uses[used] += 1
                if used not in self.first or (subject, str(value)) < (self.first[used][0], str(self.first[used][1])):
                    self.first[used] = subject, value

    def told(self) -> list[Use]:
        """Return the uses, the most frequent first."""
        found = [Use(*used, number, self.first[used]) for used, number in self.uses.items()]
        return sorted(found, key=lambda use: (-use.statements, use.domain, use.property, use.range))


def schema(graph: Graph, term: str | None = None, *, lang: str = "en") -> Schema:
    """Return the classes and properties as the data use them, or one of them.

    Args:
        graph: an opened store or endpoint.
        term: local name, prefixed name, IRI, or label in either language; None for all.
        lang: `en` or `zh`, for the labels of examples.

    Raises:
        UnknownNameError: no class or property is called so; the error holds the nearest.
        AmbiguousNameError: several are.
    """
    known = _words(graph)
    wanted = _resolved(graph, known, term, lang) if term is not None else ""
    read = _questions()
    if not wanted:
        found = {one.iri: one for one in _counted(graph, known) if one.used and not one.iri.startswith(META)}
        found = {iri: _worded(one, known, read) for iri, one in found.items()}
        return Schema(found, _labels(graph, found, lang), lang, wanted, known)
    classes, things, above = _classes(graph)
    tally = Tally(classes, wanted=things.get(wanted, set())).count(_rows(graph, known, wanted))
    known |= {iri: Known(iri, kind, {}, {}) for iri, kind in _undeclared(tally, things, known)}
    one = replace(_used(known[wanted], tally, things), uses=tuple(tally.told()))
    found = {wanted: _worded(one, known, read)}
    told = Schema(found, _labels(graph, found, lang), lang, wanted, known)
    tree, below = _tree(wanted, above), frozenset({wanted} | _reached(wanted, _below(above)))
    return replace(told, sides=dict(tally.sides), tree=tree, below=below, codes=_codes(graph, found[wanted]))


def _counted(graph: Graph, known: dict[str, Known]) -> list[Known]:
    """Return how all terms are used, in their order; those that nobody declared are entered among the known ones."""
    if (kept := counted.recall(graph)) is None:
        classes, things, _ = _classes(graph)
        tally = Tally(classes).count(_rows(graph, known, ""))
        own: dict[tuple[str, str], list[Use]] = defaultdict(list)
        for use in tally.told():
            own["property", use.property].append(use)
            own["class", use.domain].append(use)
        every = known | {iri: Known(iri, kind, {}, {}) for iri, kind in _undeclared(tally, things, known)}
        ordered = (every[iri] for iri in sorted(every, key=lambda iri: _order(every[iri], tally, things)))
        kept = [replace(_used(one, tally, things), uses=tuple(own[one.kind, one.iri])) for one in ordered]
        counted.keep(graph, kept)
    for one in kept:
        known.setdefault(one.iri, Known(one.iri, one.kind, {}, {}))
    return kept


def _undeclared(tally: Tally, things: dict[str, set[str]], known: dict[str, Known]) -> Iterator[tuple[str, str]]:
    for iri in sorted({*tally.statements, *things} - known.keys()):
        yield iri, "class" if iri in things else "property"


def _used(one: Known, tally: Tally, things: dict[str, set[str]]) -> Known:
    """Return a term with how often it is used, and by what first."""
    number = len(things.get(one.iri, ())) if one.kind == "class" else tally.statements[one.iri]
    subjects, example = len(tally.subjects.get(one.iri, ())), min(things.get(one.iri, ()), default="")
    return replace(one, used=number, subjects=subjects, example=example)


def _worded(one: Known, known: dict[str, Known], read: dict[str, tuple[str, ...]]) -> Known:
    """Return a term with its words, and the questions that read it."""
    of = known[one.iri]
    return replace(one, label=of.label, definition=of.definition, questions=read.get(one.iri, ()))


def _below(above: dict[str, set[str]]) -> dict[str, set[str]]:
    below: dict[str, set[str]] = defaultdict(set)
    for one, others in above.items():
        for other in others:
            below[other].add(one)
    return below


def _tree(wanted: str, above: dict[str, set[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the classes just above a class and just below it."""
    higher = above.get(wanted, set()) - {wanted}
    lower = {one for one, others in above.items() if wanted in others} - {wanted}
    far = {other for one in higher for other in above.get(one, set()) - {one}}
    deep = {one for one in lower if above[one] & (lower - {one})}
    return tuple(sorted(higher - far)), tuple(sorted(lower - deep))


def _codes(graph: Graph, known: Known) -> tuple[Code, ...]:
    """Return the codes of the list that the values of a property are taken from; none of where they are no codes."""
    values = {use.example[1].value for use in known.uses if use.range == SKOS + "Concept"}
    if known.kind == "class" or not values:
        return ()
    return tuple(codes(graph, *sorted({code.scheme for code in codes(graph, iris=sorted(values))})))


def _order(known: Known, tally: Tally, things: dict[str, set[str]]) -> tuple[bool, int, str]:
    number = len(things.get(known.iri, ())) or tally.statements[known.iri]
    return known.kind != "class", -number, known.iri


def _labels(graph: Graph, found: dict[str, Known], lang: str) -> dict[str, str]:
    """Return the labels of the things in the examples that are printed."""
    named = {known.example for known in found.values() if known.example}
    for known in found.values():
        for use in known.uses if len(found) == 1 else known.uses[:1]:
            named |= {use.example[0]} | ({use.example[1].value} if isinstance(use.example[1], ox.NamedNode) else set())
    return labels(graph, named, lang)


def _rows(graph: Graph, known: dict[str, Known], wanted: str) -> Iterator[Any]:
    """Yield the statements that count: all, those with a property, or those on and to the things of a class."""
    if wanted and known[wanted].kind == "class":
        yield from select(graph, "uses-from", [wanted])
        yield from select(graph, "uses-to", [wanted])
    else:
        yield from select(graph, "uses", property=[ox.NamedNode(wanted) if wanted else None])


def _words(graph: Graph) -> dict[str, Known]:
    """Return the declared classes and properties with their labels and definitions."""
    found: dict[str, Known] = {}
    for row in select(graph, "schema-words"):
        iri = row["x"].value
        kind = "class" if row["kind"].value.endswith("Class") else "property"
        known = found.setdefault(iri, Known(iri, kind, {}, {}))
        for words, name in ((known.label, "label"), (known.definition, "definition")):
            if text := value_of(row, name):
                words[(text.language or "en").partition("-")[0]] = text.value
    return found


def _classes(graph: Graph) -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]], dict[str, set[str]]]:
    """Return the narrowest classes of each thing, and the things of each class."""
    all_of: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    for row in select(graph, "types"):
        if higher := value_of(row, "above"):
            above[row["x"].value].add(higher.value)
        elif row["x"].value.startswith(THINGS):
            all_of[row["x"].value].add(row["class"].value)
    things: dict[str, set[str]] = defaultdict(set)
    for thing, classes in all_of.items():
        for one in classes:
            things[one].add(thing)
    narrow: dict[frozenset[str], tuple[str, ...]] = {}
    kinds = {thing: frozenset(classes) for thing, classes in all_of.items()}
    for several in set(kinds.values()):
        narrow[several] = _narrowest(several, above)
    return {thing: narrow[several] for thing, several in kinds.items()}, things, above


def _narrowest(classes: frozenset[str], above: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the classes of a thing that are above no other of them; our own, where there are some."""
    own = {one for one in classes if one.startswith(STDG)} or classes
    reached: set[str] = set()
    for one in own:
        reached |= _reached(one, above)
    return tuple(sorted(own - reached)) or tuple(sorted(own))


def _reached(one: str, ties: dict[str, set[str]]) -> set[str]:
    """Return the classes that one leads to, step by step, without itself."""
    waiting, seen = list(ties.get(one, ())), {one}
    while waiting:
        if (other := waiting.pop()) not in seen:
            seen.add(other)
            waiting += ties.get(other, ())
    return seen - {one}


def _questions() -> dict[str, tuple[str, ...]]:
    """Return the questions that read each class and property."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(content("queries", "questions").glob("*.rq")):
        text = "\n".join(line for line in read_text(path).splitlines() if not line.startswith(("#", "PREFIX")))
        for prefix, name in sorted(set(re.findall(r"\b([a-z]\w*):(\w[\w-]*)", text))):
            if prefix in PREFIXES:
                found[PREFIXES[prefix] + name].append(path.stem)
    return {iri: tuple(names) for iri, names in found.items()}


def _resolved(graph: Graph, known: dict[str, Known], name: str, lang: str) -> str:
    """Return the term that a name means: IRI, prefixed or local name as it is, else a label, whatever its case."""
    wanted = name.strip()
    for form in (str, short, local):
        exact = [iri for iri in known if form(iri) == wanted]
        if len(exact) > 1:
            exact = [iri for iri in exact if iri.startswith(STDG)] or exact
        if len(exact) == 1:
            return exact[0]
    called = {iri: {key(local(iri)), *map(key, known[iri].label.values())} for iri in known}
    found = sorted(iri for iri, names in called.items() if key(wanted) in names)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousNameError(name=name, candidates=[_line(known[iri], lang) for iri in found])
    spelt = [(text, iri) for iri in known for text in {local(iri), *known[iri].label.values()}]
    near = dict.fromkeys(
        spelt[at][1] for at in nearest(wanted, [text for text, _ in spelt], limit=5, within=15, cutoff=50)
    )
    kind = translated(Phrase("class or property"), lang)
    written = [f"{short(code.iri)}  {code.label(lang)}" for code in meant(graph, wanted)]
    raise UnknownNameError(name=name, nearest=written or [_line(known[iri], lang) for iri in near], kind=kind)


def _line(known: Known, lang: str) -> str:
    return f"{short(known.iri)}  {known.name(lang)}"
