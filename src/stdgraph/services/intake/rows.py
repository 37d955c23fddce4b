"""Rows as facts: what each states of a thing or record, and of the place where that was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.minting import evidence_iri, slug_of
from stdgraph.model.spelling import HAN, key
from stdgraph.model.vocabulary import BASE, RDF, STDG, expand, local
from stdgraph.services.intake.facts import Fact, Facts, Term
from stdgraph.services.intake.faults import CellError, Fault, LaterError
from stdgraph.services.intake.headings import Line
from stdgraph.services.intake.ids import minted
from stdgraph.services.intake.templates import PLACE
from stdgraph.services.intake.things import Things
from stdgraph.services.intake.values import SEVERAL, Values, is_pinyin_of, kinds_above

TYPE, EVIDENCE, OWN = RDF + "type", STDG + "evidence", STDG + "ownTranslation"
COUNTRY = STDG + "ofCountry"
NAMING = tuple(expand(name) for name in ("skos:prefLabel", "skos:altLabel", "stdg:acronym", "stdg:reference"))


@dataclass(frozen=True)
class Entry:
    """What a row states: of which thing, what, and where it was read; `key` is that of the source document."""

    line: Line
    iri: str
    key: str
    cls: str
    facts: Facts
    evidence: Facts
    chosen: bool = False
    """Whether the user gave the id, or a word that tells the thing apart."""

    @property
    def file(self) -> str:
        """The file of the thing below the folder of the data, without suffix."""
        stem = "{source}/mechanisms" if self.iri.startswith(f"{BASE}mechanism/") else self.line.template.file
        return stem.format(source=self.key)


@dataclass
class Reader:
    """Reads rows in the order in which they need each other."""

    graph: Graph
    lang: str = "en"
    faults: list[Fault] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.things = Things(self.graph, self.lang)
        self.values = Values(self.graph, self.things, self.lang)

    def read(self, lines: Sequence[Line]) -> None:
        """Read rows; what names a row that comes later is read again behind it."""
        self.things.ahead = {key(name) for line in lines for name in _names(line)}
        waiting = list(lines)
        while waiting:
            later = [line for line in waiting if not self._was_read(line)]
            if len(later) == len(waiting):
                self._refuse(later)
                return
            waiting = later

    def _was_read(self, line: Line) -> bool:
        before = len(self.faults)
        try:
            entry = self._entry(line)
        except LaterError:
            del self.faults[before:]
            return False
        if entry:
            self.entries.append(entry)
            kinds = {k for kind in _classes(entry) for k in kinds_above(self.graph, kind)}
            self.things.add(entry.iri, _names(line), kinds)
            for fact in entry.facts:
                if fact.predicate == COUNTRY:
                    self.things.countries[entry.iri] = fact.object.value
        else:
            self.things.broken |= {key(name) for name in _names(line)}
        return True

    def _refuse(self, lines: Iterable[Line]) -> None:
        message = Phrase("this row and others of these files name each other in a ring; write one of them first")
        self.faults += [Fault(line.at, "", message) for line in lines]

    def _entry(self, line: Line) -> Entry | None:
        """Return what a row states, None where it has a fault."""
        before = len(self.faults)
        cells = self._cells(line)
        if len(self.faults) > before or not line.is_sound or self._unfinished(line, cells):
            return None
        self._check(line, cells)
        if len(self.faults) > before:
            return None
        try:
            iri, cls = self._thing(line, cells)
        except CellError as error:
            self._tell(line, "", error)
            return None
        key_ = slug_of(cells["source"][0].value)
        facts = self._facts(line, cells, iri, cls) if line.template.name != PLACE else {}
        evidence = _evidence(line, cells, iri, key_)
        is_chosen = any(cells.get(name) for name in ("id", "suffix", "term"))
        return Entry(line, iri, key_, cls, facts, evidence, is_chosen)

    def _cells(self, line: Line) -> dict[str, list[Term]]:
        """Return the terms of each cell; the source document first, for it tells the language of what is printed."""
        cells: dict[str, list[Term]] = {}
        self.values.form = line.template.name
        for column in sorted(line.template.columns, key=lambda c: c.name != "source"):
            text = line.texts.get(column.name, "")
            try:
                if not text and column.needed and column.name in line.columns and not self._may_lack(line, column.name):
                    raise CellError(Phrase("is empty; this column is needed"))
                cells[column.name] = self.values.of(column, text) if text else []
            except CellError as error:
                self._tell(line, column.name, error, text)
            if column.name == "source" and cells.get("source"):
                self.values.tag = self._tagging(cells["source"][0].value)
        return cells

    def _may_lack(self, line: Line, name: str) -> bool:
        """Tell whether a needed cell may be empty: a row that only adds a place to what is there says no more."""
        place = any(c.place for c in line.template.columns if c.name == name)
        return bool(line.texts.get("id")) and not place and self.things.is_there(expand(line.texts["id"]))

    def _unfinished(self, line: Line, cells: dict[str, list[Term]]) -> bool:
        """Tell whether a cell names a row that is at fault itself."""
        return any(
            line.texts.get(c.name) and not cells[c.name] for c in line.template.columns if c.kind in ("thing", "known")
        )

    def _tell(self, line: Line, column: str, error: CellError, text: str = "") -> None:
        self.faults.append(Fault(line.where(column), line.heading(column) if column else "", error.message, text))

    def _check(self, line: Line, cells: dict[str, list[Term]]) -> None:
        """Note what only several cells of a row show."""
        if line.template.id == "person" and not cells["id"]:
            for column, message in _of_person({name: cells[name][0].value for name in cells if cells[name]}):
                self._tell(line, column, CellError(message))

    def _thing(self, line: Line, cells: dict[str, list[Term]]) -> tuple[str, str]:
        """Return the IRI of what a row speaks of, and its class."""
        form = line.template
        if form.name == PLACE:
            return str(cells["record"][0].value), ""
        kinds = cells[form.kinds] if form.kinds else []
        cls = local(kinds[0].value) if kinds else form.cls
        if cls == "Membership" and self._is_participation(cells):
            cls = "CommitteeParticipation"
        return self._same(line, cells) or minted(self.graph, form.id, cells, cls, self.things.countries), cls

    def _is_participation(self, cells: dict[str, list[Term]]) -> bool:
        """Tell whether a membership is one of a body or country in a committee or working group."""
        member, body = (self._kinds(cells[name][0].value) for name in ("member", "body"))
        return "TechnicalBody" in body and "Person" not in member

    def _kinds(self, iri: str) -> set[str]:
        held = {local(row["o"].value) for row in select(self.graph, "classes-of", [iri])}
        return held | self.things.kinds.get(iri, set())

    def _same(self, line: Line, cells: dict[str, list[Term]]) -> str:
        """Return the IRI of the record that is there already: its class, and what tells records of it apart, are the same."""
        form = line.template
        wanted = {expand(form.column(name).property): cells[name] for name in form.same}
        if cells.get("term") or not any(wanted.values()):
            return ""
        first = next(values[0].value for values in wanted.values() if values)
        mentions = {row["s"].value for row in select(self.graph, "mentions", [first])}
        found = [iri for iri in sorted(mentions) if form.cls in self._kinds(iri) and self._states(iri, wanted)]
        if len(found) > 1:
            raise CellError(
                Phrase(
                    "is one of these, each of which is there: {names}; give 'term', or use the form evidence",
                    names=", ".join(found),
                )
            )
        return found[0] if found else ""

    def _states(self, iri: str, wanted: dict[str, list[Term]]) -> bool:
        facts = [(row["p"].value, row["o"]) for row in select(self.graph, "facts", [iri])]
        held = {p: {o for q, o in facts if q == p} for p in wanted}
        return all(set(values) == held[p] for p, values in wanted.items() if values or p.endswith("member"))

    def _tagging(self, source: str) -> Callable[[str], str]:
        """Return what tells the language of a text that a document prints."""
        rows = [row for row in select(self.graph, "facts", [source]) if row["p"].value == STDG + "languageTag"]
        tags = [row["o"].value for row in rows]

        def tag(text: str) -> str:
            chinese = [t for t in tags if t.startswith("zh")]
            if HAN.search(text):
                return str((chinese or ["zh-Hans"])[0])
            if not tags:
                raise CellError(Phrase("the source document has no stdg:languageTag; say in which language it is"))
            return str(next((t for t in tags if t not in chinese), tags[0]))

        return tag

    def _facts(self, line: Line, cells: dict[str, list[Term]], iri: str, cls: str) -> Facts:
        found: Facts = {}
        if not (line.template.kinds or (line.texts.get("id") and self.things.is_there(iri))):
            found[Fact(iri, TYPE, ox.NamedNode(STDG + cls))] = line.at
        for column in line.template.columns:
            if column.property and not column.place:
                predicate = TYPE if column.property == "a" else expand(column.property)
                for term in cells[column.name]:
                    found[Fact(iri, predicate, term)] = line.where(column.name)
        if cells.get("pinyin"):
            found[Fact(iri, OWN, ox.Literal("zh-Latn-pinyin"))] = line.where("pinyin")
        return found


def _evidence(line: Line, cells: dict[str, list[Term]], iri: str, source: str) -> Facts:
    node = evidence_iri(source, cells["locator"][0].value, iri)
    found: Facts = {
        Fact(iri, EVIDENCE, ox.NamedNode(node)): line.at,
        Fact(node, TYPE, ox.NamedNode(STDG + "Evidence")): line.at,
    }
    for column in line.template.columns:
        if column.place:
            for term in cells[column.name]:
                found[Fact(node, expand(column.property), term)] = line.where(column.name)
    return found


def _of_person(said: dict[str, str]) -> Iterable[tuple[str, Phrase]]:
    """Yield what is wrong with the names of a person."""
    latin, chinese, pinyin = (said.get(name, "") for name in ("name latin", "name zh", "pinyin"))
    if not latin and not chinese:
        yield "name latin", Phrase("give the name as the document prints it: name latin, name zh, or both")
    if chinese and not latin and "·" in chinese:
        yield "name latin", Phrase("give the Latin form of this transcribed name; pinyin is for Chinese names")
    elif chinese and not latin and not pinyin:
        yield (
            "pinyin",
            Phrase("a name printed in Chinese alone needs its pinyin: family name first, given name in one word"),
        )
    elif pinyin and latin:
        yield "pinyin", Phrase("pinyin is for who has no printed Latin name; leave it empty")
    elif pinyin and not is_pinyin_of(pinyin, chinese):
        yield (
            "pinyin",
            Phrase("'{pinyin}' has not one syllable for each character of {name}", pinyin=pinyin, name=chinese),
        )


def _names(line: Line) -> list[str]:
    """Return by which names other rows may name what a row makes; records have none."""
    if line.template.id not in ("agreement", "body", "event", "person"):
        return []
    naming = [c for c in line.template.columns if c.property and expand(c.property) in NAMING]
    texts = [line.texts[c.name] for c in naming if c.name in line.texts]
    texts += [line.texts["id"]] if "id" in line.texts else []
    return [part.strip() for text in texts for part in SEVERAL.split(text) if part.strip()]


def _classes(entry: Entry) -> list[str]:
    """Return the local names of the classes that a row states."""
    return [local(fact.object.value) for fact in entry.facts if fact.predicate == TYPE] or [entry.cls]
