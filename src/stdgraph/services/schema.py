"""The schema as the data use it: classes and properties, how often, with what, an example, the questions that read them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Cell, Row, Table
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import (
    BASE,
    GRAPH,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SH,
    SRC,
    STDG,
    STDGC,
    VOID,
    XSD,
    local,
    short,
)
from stdgraph.storage.files import content, read_text
from stdgraph.storage.nearest import nearest

THINGS = (BASE, SRC, STDGC)
META = (OWL, RDF, RDFS, SH)
"""Namespaces of what speaks of terms, not of things."""
TYPE = RDF + "type"
SHEET = GRAPH + "schema"
MOST_DRAWN, SHOWN, LONGEST = 60, 3, 48
"""A diagram draws so many of the ties that are used most; a row names so many classes, and so many signs of an example."""


@dataclass(frozen=True)
class Use:
    """A property from things of a class to things of a class, or to literals of a datatype; `example` is the first one."""

    domain: str
    property: str
    range: str
    statements: int
    example: tuple[str, Any]


@dataclass(frozen=True)
class Known:
    """A class or property: what it is called and means in both languages, and how it is used.

    `used` counts things for a class and statements for a property.
    """

    iri: str
    kind: str
    label: dict[str, str]
    definition: dict[str, str]
    used: int = 0
    subjects: int = 0
    example: str = ""
    uses: tuple[Use, ...] = ()
    questions: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the label in a language, else in the other, else the local name."""
        return self.label.get(lang) or self.label.get("en") or self.label.get("zh") or local(self.iri)


@dataclass
class Tally:
    """Counts statements as they come by."""

    classes: dict[str, tuple[str, ...]]
    statements: Counter[str] = field(default_factory=Counter)
    subjects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    uses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str, str], tuple[str, Any]] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Schema:
    """The classes and properties of a graph, or one of them (`term`) with all that it goes with."""

    known: dict[str, Known]
    words: dict[str, str]
    """Labels of the things in the examples, in the language asked for."""
    lang: str = "en"
    term: str = ""

    def __iter__(self) -> Iterator[Known]:
        return iter(self.known.values())

    @cached_property
    def uses(self) -> list[Use]:
        """Each use once, the most frequent first."""
        found = dict.fromkeys(use for known in self for use in known.uses)
        return sorted(found, key=lambda use: (-use.statements, use.domain, use.property, use.range))

    def table(self) -> Table:
        """Return a row for each class and property; of one term, a row for each of its uses."""
        return self._of_term() if self.term else self._of_all()

    def _of_all(self) -> Table:
        columns = ("term", "label", "kind", "used", "with", "example", "questions")
        rows = []
        for known in self:
            cells: dict[str, Cell] = {
                "term": short(known.iri),
                "label": known.name(self.lang),
                "kind": known.kind,
                "used": known.used,
                "with": self._with(known),
                "example": self._example(known),
                "questions": len(known.questions) or None,
            }
            rows.append(Row(cells))
        return Table(columns, tuple(rows))

    def _with(self, known: Known) -> str:
        """Return what a property leads from and to, or which properties a class has, the most frequent first."""
        if known.kind == "class":
            own = dict.fromkeys(short(use.property) for use in known.uses)
            return ", ".join(list(own)[:SHOWN]) + (" …" if len(own) > SHOWN else "")
        sides = (dict.fromkeys(side) for side in zip(*((u.domain, u.range) for u in known.uses), strict=True))
        return " → ".join(", ".join(map(_name, list(s)[:SHOWN])) + (" …" if len(s) > SHOWN else "") for s in sides)

    def _example(self, known: Known) -> str:
        if known.kind == "class" or not known.uses:
            return self.told(ox.NamedNode(known.example)) if known.example else ""
        subject, value = known.uses[0].example
        return f"{self.told(ox.NamedNode(subject))} → {self.told(value)}"

    def told(self, value: Any) -> str:
        """Return a value of an example as people read it."""
        text = value.value if isinstance(value, ox.Literal) else self.words.get(value.value, short(value.value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"

    def _of_term(self) -> Table:
        rows = []
        for use in self.known[self.term].uses:
            cells: dict[str, Cell] = {
                "from": _name(use.domain),
                "property": short(use.property),
                "to": _name(use.range),
                "used": use.statements,
                "example": f"{self.told(ox.NamedNode(use.example[0]))} → {self.told(use.example[1])}",
            }
            rows.append(Row(cells))
        return Table(("from", "property", "to", "used", "example"), tuple(rows))

    def head(self) -> list[str]:
        """Return lines that say what the one term is, in both languages."""
        known = self.known[self.term]
        used = Phrase(USED[known.kind], number=known.used)
        lines = [f"{short(known.iri)}  ({translated(used, self.lang)})", known.iri]
        for lang in ("en", "zh"):
            if known.label.get(lang):
                lines.append(": ".join(filter(None, (known.label[lang], known.definition.get(lang)))))
        if known.questions:
            lines.append(translated(Phrase("Questions: {names}", names=", ".join(known.questions)), self.lang))
        return lines

    def to_json(self) -> Any:
        """Return plain values: a list of terms, or the one term."""
        told = [self._plain(known) for known in self]
        return told[0] if self.term else told

    def _plain(self, known: Known) -> dict[str, Any]:
        return {
            "term": short(known.iri),
            "iri": known.iri,
            "kind": known.kind,
            "label": known.label,
            "definition": known.definition,
            "used": known.used,
            "uses": [
                {
                    "from": use.domain or None,
                    "property": use.property,
                    "to": use.range or None,
                    "used": use.statements,
                    "example": [use.example[0], use.example[1].value],
                }
                for use in known.uses
            ],
            "questions": list(known.questions),
        }

    def triples(self) -> Iterator[ox.Triple]:
        """Yield a VoID description: a partition for each class and property, and for each property of a class."""
        yield _triple(SHEET, TYPE, VOID + "Dataset")
        for known in self:
            part, of = f"{SHEET}#{_id(known.iri)}", "class" if known.kind == "class" else "property"
            yield _triple(SHEET, f"{VOID}{of}Partition", part)
            yield from _counted(part, of, known.iri, known.used, known.subjects)
        for domain, prop in dict.fromkeys((use.domain, use.property) for use in self.uses if use.domain):
            number = sum(use.statements for use in self.uses if (use.domain, use.property) == (domain, prop))
            part = f"{SHEET}#{_id(domain)}-{_id(prop)}"
            yield _triple(f"{SHEET}#{_id(domain)}", VOID + "propertyPartition", part)
            yield from _counted(part, "property", prop, number)

    def mermaid(self) -> str:
        """Return a class diagram for Mermaid: the ties that are used most, and of one term also its literals."""
        ties = [use for use in self.uses if use.domain and use.range and not use.range.startswith(XSD)]
        ties = [use for use in ties if self.term or local(use.property) != "evidence"]
        drawn = [use for use in ties if use.range != RDF + "langString"][:MOST_DRAWN]
        names = sorted({iri for use in drawn for iri in (use.domain, use.range)})
        lines = ["classDiagram", f"  %% {len(drawn)} / {len(ties)}"]
        lines += [f'  class {_id(iri)}["{self._drawn(iri)}"]' for iri in names]
        if self.term and self.known[self.term].kind == "class":
            literals = [u for u in self.uses if u.domain == self.term and u.range.startswith((XSD, RDF))]
            lines += [f"  {_id(u.domain)} : {_name(u.range)} {local(u.property)}" for u in literals]
        lines += [f"  {_id(u.domain)} --> {_id(u.range)} : {local(u.property)} {u.statements}" for u in drawn]
        return "\n".join(lines) + "\n"

    def _drawn(self, iri: str) -> str:
        known = self.known.get(iri)
        label = known.name(self.lang) if known and self.lang == "zh" else _name(iri)
        return label.replace('"', "'")


USED = {"class": marked("class of {number} things"), "property": marked("property in {number} statements")}


def _name(iri: str) -> str:
    """Return a class as tables print it: our own without prefix."""
    return local(iri) if iri.startswith(STDG) else short(iri) if iri else "-"


def _id(iri: str) -> str:
    """Return a term as part of an id: our own by its local name."""
    return re.sub(r"\W", "_", local(iri) if iri.startswith(STDG) else short(iri))


def _triple(subject: str, prop: str, value: str | int) -> ox.Triple:
    whole = ox.Literal(value) if isinstance(value, int) else ox.NamedNode(value)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(prop), whole)


def _counted(part: str, of: str, iri: str, number: int, subjects: int = 0) -> Iterator[ox.Triple]:
    yield _triple(part, VOID + of, iri)
    yield _triple(part, VOID + ("entities" if of == "class" else "triples"), number)
    if subjects and of == "property":
        yield _triple(part, VOID + "distinctSubjects", subjects)


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
    wanted = _resolved(known, term, lang) if term is not None else ""
    classes, things = _classes(graph)
    tally = Tally(classes).count(_rows(graph, known, wanted))
    uses, read = tally.told(), _questions()
    for iri in {*tally.statements, *things} - known.keys():
        known[iri] = Known(iri, "class" if iri in things else "property", {}, {})
    found = {}
    for iri in [wanted] if wanted else sorted(known, key=lambda iri: _order(known[iri], tally, things)):
        is_class, old = known[iri].kind == "class", known[iri]
        number = len(things.get(iri, ())) if is_class else tally.statements[iri]
        if (number and not iri.startswith(META)) or wanted:
            own = uses if wanted else [u for u in uses if (u.domain if is_class else u.property) == iri]
            example = min(things.get(iri, ()), default="")
            subjects = len(tally.subjects.get(iri, ()))
            found[iri] = Known(
                iri, old.kind, old.label, old.definition, number, subjects, example, tuple(own), read.get(iri, ())
            )
    return Schema(found, _labels(graph, found, lang), lang, wanted)


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


def _classes(graph: Graph) -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]]]:
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
    return {thing: narrow[several] for thing, several in kinds.items()}, things


def _narrowest(classes: frozenset[str], above: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the classes of a thing that are above no other of them; our own, where there are some."""
    own = {one for one in classes if one.startswith(STDG)} or classes
    reached: set[str] = set()
    for one in own:
        waiting, seen = list(above.get(one, ())), {one}
        while waiting:
            if (higher := waiting.pop()) not in seen:
                seen.add(higher)
                waiting += above.get(higher, ())
        reached |= seen - {one}
    return tuple(sorted(own - reached)) or tuple(sorted(own))


def _questions() -> dict[str, tuple[str, ...]]:
    """Return the questions that read each class and property."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(content("queries", "questions").glob("*.rq")):
        text = "\n".join(line for line in read_text(path).splitlines() if not line.startswith(("#", "PREFIX")))
        for prefix, name in sorted(set(re.findall(r"\b([a-z]\w*):(\w[\w-]*)", text))):
            if prefix in PREFIXES:
                found[PREFIXES[prefix] + name].append(path.stem)
    return {iri: tuple(names) for iri, names in found.items()}


def _resolved(known: dict[str, Known], name: str, lang: str) -> str:
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
    raise UnknownNameError(name=name, nearest=[_line(known[iri], lang) for iri in near], kind=kind)


def _line(known: Known, lang: str) -> str:
    return f"{short(known.iri)}  {known.name(lang)}"
