"""Citations held against the texts of the documents: each printed form at its place, each figure's number in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.errors import TextError
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import Graph, select, value_of
from stdgraph.locale import Phrase
from stdgraph.model.amounts import says
from stdgraph.model.results import Cell, Entity, Row, Source, Table, table
from stdgraph.model.vocabulary import BASE, SRC
from stdgraph.storage import texts

if TYPE_CHECKING:
    from stdgraph.model.passages import Cutting
    from stdgraph.storage.texts import Attached

FOUND, ELSEWHERE, MISSING, NOWHERE, UNPRINTED = "found", "elsewhere", "missing", "no such place", "no printed form"
BEGINNING = 60
"""So many characters of a passage are shown."""
RESULTS = (FOUND, ELSEWHERE, MISSING, NOWHERE, UNPRINTED)
COLUMNS = ("document", "place", "cited", "result", "where", "id")
SHOWN = 3
"""So many places are told where a printed form stands elsewhere."""


@dataclass(frozen=True)
class Figure:
    """A figure that was read at a place: its id and its number."""

    iri: str
    value: Decimal


@dataclass(frozen=True)
class Citation:
    """A place of a document that the graph cites, what is printed there, and the figures that were read there."""

    iri: str
    source: str
    locator: str
    form: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Held:
    """A citation or a figure, and what came of looking it up: `where` are the places at which it stands instead."""

    iri: str
    source: str
    locator: str
    cited: str
    result: str
    where: tuple[str, ...] = ()

    @property
    def is_fault(self) -> bool:
        """Whether it is not found where it is cited."""
        return self.result != FOUND


@dataclass(frozen=True)
class Sum:
    """How many citations and figures of a document were found where they are cited, of how many."""

    key: str
    found: int
    citations: int
    numbers: int
    figures: int

    def text(self) -> Phrase:
        """Return the sum in one line."""
        return Phrase(
            "{key}: {found} of {citations} printed forms and {numbers} of {figures} figures stand where they are cited.",
            key=self.key,
            found=self.found,
            citations=self.citations,
            numbers=self.numbers,
            figures=self.figures,
        )


@dataclass(frozen=True)
class Verification:
    """What came of looking up all citations of some documents."""

    held: tuple[Held, ...]
    sums: tuple[Sum, ...]
    titles: dict[str, str]

    @property
    def faults(self) -> tuple[Held, ...]:
        """What is not found where it is cited."""
        return tuple(one for one in self.held if one.is_fault)

    def table(self, *, every: bool = False) -> Table:
        """Return a row for each fault, or for each citation and figure."""
        return Table(COLUMNS, tuple(self._row(one) for one in (self.held if every else self.faults)))

    def _row(self, one: Held) -> Row:
        title = self.titles[one.source]
        cells: dict[str, Cell] = {
            "document": Entity(one.source, title),
            "place": one.locator,
            "cited": one.cited,
            "result": one.result,
            "where": one.where[:SHOWN] or None,
            "id": one.iri.removeprefix(BASE),
        }
        return Row(cells, (Source(one.source, title, one.locator),))


def attach(key: str, path: Path) -> Attached:
    """Keep the user's own text of a document; see `stdgraph.storage.texts.attach`."""
    return texts.attach(key, path)


def attachment(kept: Attached, read: str | None) -> Table:
    """Return what was attached, and whether it is the very text that the statements were read from."""
    same = None if read is None else kept.checksum == read
    row: dict[str, Cell] = {"document": kept.key, "file": kept.file, "characters": kept.characters}
    return table(
        ("document", "file", "characters", "checksum", "same"), [row | {"checksum": kept.checksum, "same": same}]
    )


def checksum_read(graph: Graph, source: str) -> str | None:
    """Return the checksum of the text that the statements of a document were read from, where the graph tells it."""
    found = next(
        (value_of(row, "checksum") for row in select(graph, "documents") if row["source"].value == source), None
    )
    return found.value if found else None


def text_of(key: str) -> Cutting:
    """Return the attached text of a document, cut; raises TextError where none is attached."""
    found = texts.attached(key)
    if found is None:
        raise TextError(key=key, detail=Phrase("no text is attached"))
    return found


def passages(key: str, form: str = "") -> Table:
    """Return each passage of the attached text of a document, and each sentence or item in it, with its locator.

    With a printed form, only the places where it stands, each by its closest locator.
    """
    cut = text_of(key)
    if form:
        places = [(locator, span) for locator, span in cut.found(form)]
    else:
        heard = [p for p in cut.passages if p.kind != "skip"]
        places = [
            place for p in heard for place in [(p.locator, p.span), *((name, p.words.read(s)) for name, s in p.pieces)]
        ]
    rows: list[dict[str, Cell]] = [
        {"line": cut.line(start), "locator": locator, "begins": " ".join(cut.text[start:end].split())[:BEGINNING]}
        for locator, (start, end) in places
    ]
    return table(("line", "locator", "begins"), rows)


def verify(graph: Graph, keys: Iterable[str] = (), *, lang: str = "en") -> Verification:
    """Return what came of looking up every citation of some documents in their attached texts.

    Args:
        graph: an opened store or endpoint.
        keys: of the documents; all that are attached and cited, where none is given.
        lang: language of the titles.

    Raises:
        TextError: no text of a document is attached.
    """
    wanted = tuple(keys) or tuple(texts.keys())
    if not wanted:
        raise TextError(key="KEY", detail=Phrase("no text of any document is attached"))
    held: list[Held] = []
    sums = []
    for key in wanted:
        told = list(_looked_up(text_of(key), citations(graph, key)))
        held += told
        sums.append(_sum(key, told))
    return Verification(tuple(held), tuple(sums), labels(graph, {SRC + key for key in wanted}, lang))


def citations(graph: Graph, key: str) -> list[Citation]:
    """Return every place of a document that the graph cites."""
    found: dict[str, Citation] = {}
    for row in select(graph, "citations", source=[SRC + key]):
        iri, form = row["e"].value, value_of(row, "form")
        known = found.get(iri) or Citation(iri, SRC + key, row["locator"].value, form.value if form else "")
        figure = value_of(row, "figure")
        more = (Figure(figure.value, Decimal(row["value"].value)),) if figure else ()
        found[iri] = Citation(iri, known.source, known.locator, known.form, (*known.figures, *more))
    return list(found.values())


def _looked_up(cut: Cutting, cited: list[Citation]) -> Iterator[Held]:
    yield from (look_up(cut, citation) for citation in cited)
    places: dict[Figure, list[Citation]] = {}
    for citation in cited:
        for figure in citation.figures:
            places.setdefault(figure, []).append(citation)
    for figure, read in places.items():
        where = next((c for c in read if is_said(cut, c, figure.value)), None)
        at = where or read[0]
        yield Held(figure.iri, at.source, at.locator, _figures(figure.value), FOUND if where else MISSING)


def look_up(cut: Cutting, cited: Citation) -> Held:
    """Return whether a printed form stands at the place that is cited, or where else, or not at all."""
    told: dict[str, Any] = {"iri": cited.iri, "source": cited.source, "locator": cited.locator, "cited": cited.form}
    is_place = cut.find(cited.locator) is not None
    if not cited.form:
        return Held(**told, result=UNPRINTED if is_place else NOWHERE)
    if is_place and cut.found(cited.form, cited.locator):
        return Held(**told, result=FOUND)
    where = tuple(dict.fromkeys(locator for locator, _ in cut.found(cited.form)))
    return Held(**told, result=ELSEWHERE if where else MISSING, where=where)


def is_said(cut: Cutting, cited: Citation, value: Decimal) -> bool:
    """Tell whether a number is in the printed form of a citation, else in the passage that it names; less is told by words."""
    if says(cited.form, abs(value)):
        return True
    place = cut.find(cited.locator)
    return place is not None and says(cut.text[place[0] : place[1]], abs(value))


def _figures(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _sum(key: str, held: list[Held]) -> Sum:
    forms = [one for one in held if one.iri.startswith(f"{BASE}evidence/")]
    numbers = [one for one in held if not one.iri.startswith(f"{BASE}evidence/")]
    good = [sum(not one.is_fault for one in some) for some in (forms, numbers)]
    return Sum(key, good[0], len(forms), good[1], len(numbers))


CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ASIDE = 32
"""Characters before and after a quotation that tell it from others of the same words."""


def web_annotations(graph: Graph, verified: Verification) -> dict[str, Any]:
    """Return the citations that were found as a page of Web Annotations (https://www.w3.org/TR/annotation-model/).

    Each links the records that rest on it to the words in the document, told by quotation and by position: characters
    of the attached text, counted from 0, the end not included.
    """
    keys = [one.key for one in verified.sums]
    records: dict[str, list[str]] = {}
    for key in keys:
        for row in select(graph, "citing", source=[SRC + key]):
            records.setdefault(row["e"].value, []).append(row["record"].value)
    cuts = {SRC + key: text_of(key) for key in keys}
    found = [one for one in verified.held if not one.is_fault and one.iri in records]
    items = [_annotation(one, records[one.iri], cuts[one.source]) for one in found]
    page = {"id": f"{SRC}{keys[0]}#annotations"} if len(keys) == 1 else {}
    return {"@context": CONTEXT, **page, "type": "AnnotationPage", "items": items}


def _annotation(one: Held, records: list[str], cut: Cutting) -> dict[str, Any]:
    start, end = cut.found(one.cited, one.locator)[0][1]
    quote = {
        "type": "TextQuoteSelector",
        "exact": cut.text[start:end],
        "prefix": cut.text[max(0, start - ASIDE) : start],
        "suffix": cut.text[end : end + ASIDE],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "id": one.iri,
        "type": "Annotation",
        "motivation": "linking",
        "body": records,
        "target": {"source": one.source, "selector": [quote, position]},
    }
