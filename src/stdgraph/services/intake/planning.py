"""A plan of what to write: which statements go into which files, and from which cells they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import DCTERMS, SRC, expand, short
from stdgraph.services.intake.facts import Fact, Facts
from stdgraph.services.intake.faults import Fault, Where
from stdgraph.services.intake.headings import filled
from stdgraph.services.intake.rows import Reader
from stdgraph.services.intake.settling import LABEL, Settled, settle
from stdgraph.services.intake.sheet import Sheet
from stdgraph.services.intake.templates import Template, templates
from stdgraph.storage.files import GraphFile
from stdgraph.storage.inserting import head_of, with_triples

MECHANISMS = {"en": "Mechanisms", "zh": "合作机制"}
ORDER = ("bodies", "persons", "events", "agreements", "memberships", "offices", "participations", "evidence")


@dataclass(frozen=True)
class Addition:
    """What is added to one thing: new statements with their cells, and the file where they go; `is_new` if it was not there."""

    iri: str
    file: str
    facts: Facts
    is_new: bool

    @property
    def where(self) -> Where:
        """The cell or row from which the first of the statements is."""
        return min(self.facts.values())


@dataclass(frozen=True)
class Plan:
    """What filled-in forms come to: additions, or faults, and what to tell of how they were read.

    `heads` are the triples with which a file begins that is not there yet, `headings` those of each form that was read.
    """

    rows: int
    additions: tuple[Addition, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Phrase, ...] = ()
    heads: tuple[tuple[str, tuple[ox.Triple, ...]], ...] = ()
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def triples(self) -> list[ox.Triple]:
        """All new statements."""
        return [fact.triple for addition in self.additions for fact in addition.facts]

    def texts(self, root: Path) -> dict[Path, tuple[str, str]]:
        """Return the text of each file before and after, below the folder of the data.

        Raises:
            FileError, FormatError, TurtleSyntaxError: a file there cannot be read, or is not in block form.
        """
        heads, found = dict(self.heads), {}
        for file in sorted({addition.file for addition in self.additions}):
            triples = [fact.triple for addition in self.additions if addition.file == file for fact in addition.facts]
            found[root / f"{file}.ttl"] = with_triples(root / f"{file}.ttl", triples, heads.get(file, ()))
        return found

    def traced(self, findings: Iterable[Finding]) -> Plan:
        """Return the plan with what validation finds of it, each finding at the cell that it is about."""
        faults = sorted(map(self._fault, findings), key=lambda fault: fault.where)
        return replace(self, faults=(*self.faults, *dict.fromkeys(faults)))

    def _fault(self, finding: Finding) -> Fault:
        """Return a finding as the fault of a cell; of the thing itself where no row states what it is about."""
        focus, path, value = expand(finding.focus), finding.path, finding.value
        about = {fact: where for addition in self.additions for fact, where in addition.facts.items()}
        near = max(about, key=lambda fact: _nearness(fact, focus, path, value), default=None)
        is_ours = near is not None and _nearness(near, focus, path, value)
        where = about[near] if near and is_ours else Where(finding.focus)
        head = self.headings.get(where.file, ())
        heading = head[where.column] if 0 <= where.column < len(head) else ""
        message = f"{finding.message} ({path})" if path else finding.message
        return Fault(where, heading, message, value, finding.severity)

    def fails(self, severity: str = "Violation") -> bool:
        """Tell whether there is a fault so bad, or worse."""
        order = ("Violation", "Warning", "Info")
        return any(order.index(fault.severity) <= order.index(severity) for fault in self.faults)


def _nearness(fact: Fact, focus: str, path: str, value: str) -> int:
    """Return how near a statement is to what a finding is about; 0 if it is not."""
    if fact.subject != focus:
        return 1 if fact.object.value == focus or short(fact.subject) == value else 0
    is_path, is_value = short(fact.predicate) == path, value in (fact.object.value, short(fact.object.value))
    is_name = not path and value not in ("", short(focus)) and fact.predicate == LABEL
    return 2 + is_path + (is_path and is_value) + is_name


def plan(
    graph: Graph,
    sheets: Sequence[Sheet],
    files: Sequence[GraphFile],
    root: Path,
    *,
    form: Template | None = None,
    lang: str = "en",
) -> Plan:
    """Return what filled-in forms come to, all faults at once.

    Args:
        graph: the store of the graph into which they go.
        sheets: what was read of the files.
        files: the files of that graph.
        root: the folder of the data.
        form: the form of all sheets, where the user says so.
        lang: language of what names the candidates and the nearest.

    Raises:
        FileError: a sheet is no form.
    """
    read = [filled(sheet, form) for sheet in sheets]
    lines = sorted((line for one in read for line in one.lines), key=lambda line: ORDER.index(line.template.name))
    reader = Reader(graph, lang)
    reader.faults += [fault for one in read for fault in one.faults]
    reader.read(lines)
    settled = settle(graph, reader.entries, lang)
    faults = sorted([*reader.faults, *settled.faults], key=lambda fault: fault.where)
    notes = tuple(note for sheet in sheets for note in sheet.notes)
    if faults:
        return Plan(len(lines), faults=tuple(faults), notes=notes)
    additions = tuple(_additions(graph, settled, files, root))
    new = sorted(file for file in {a.file for a in additions} if not (root / f"{file}.ttl").exists())
    heads = tuple((file, tuple(_head(graph, file))) for file in new)
    headings = {line.at.file: line.head for line in lines}
    return Plan(len(lines), additions, notes=notes, heads=heads, headings=headings)


def _additions(graph: Graph, settled: Settled, files: Sequence[GraphFile], root: Path) -> Iterator[Addition]:
    """Yield what is new of each thing: what is there goes on in the file where it stands."""
    graphs = {row["x"].value: row["graph"].value for row in select(graph, "stands-in", settled.new)}
    named = {file.graph: file.path for file in files if file.path.is_relative_to(root)}
    for iri, facts in settled.new.items():
        home = named.get(graphs.get(iri, ""))
        file = home.relative_to(root).with_suffix("").as_posix() if home else settled.files[iri]
        yield Addition(iri, file, facts, iri not in settled.there)


def _head(graph: Graph, file: str) -> list[ox.Triple]:
    """Return the head of a new file: what stands in it, and from which document."""
    folder, _, stem = file.rpartition("/")
    known_forms = [templates()[name] for name in reversed(ORDER)]  # events give theirs to participations
    words = {t.file.rpartition("/")[2]: t.title for t in known_forms}
    words |= {"evidence": templates()["evidence"].title, "mechanisms": MECHANISMS}
    if folder == "entities":
        return head_of(file, {"en": words[stem]["en"], "zh-Hans": words[stem]["zh"]})
    source = SRC + folder
    rows = [row["o"] for row in select(graph, "facts", [source]) if row["p"].value == DCTERMS + "title"]
    titles = {(term.language or "").lower(): term.value for term in rows}
    known = labels(graph, [source], "en")[source]
    english, chinese = titles.get("en", known), titles.get("zh-hans", known)
    named = {"en": f"{words[stem]['en']} from {english}", "zh-Hans": f"{chinese}：{words[stem]['zh']}"}
    return head_of(file, named, folder)
