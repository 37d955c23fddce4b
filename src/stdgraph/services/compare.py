"""Things side by side: how long each list of their pages is, what sources count of all, what ties them, with whom they work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from stdgraph.graph.bodies import COUNTRY
from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import kinds_of, labels
from stdgraph.graph.page import Profile
from stdgraph.graph.reads import Graph
from stdgraph.graph.records import dates, tying
from stdgraph.graph.time import standing
from stdgraph.locale import Phrase, translated
from stdgraph.model import escape
from stdgraph.model.dates import earliest, latest
from stdgraph.model.later import later
from stdgraph.model.light import dataclass, field
from stdgraph.model.results import Answer, Cell, Entity, Row, Source, Table, text_of

NUMBER = later(r"(?:[^\d(]+ )?(\d+(?:\.\d+)?)(?: \(.*\))?")
"""A number as `figures` has it: its sign, itself, its time."""
Ask = Callable[[str, Mapping[str, str]], Answer]
PARTNERS = {True: ("country-cooperation", "country"), False: ("who-cooperates-with", "actor")}
"""The question that lists the partners of a country, or of anything else, and its parameter."""
GLANCE = {
    "records": Phrase("Records"),
    "documents": Phrase("Documents"),
    "first": Phrase("First date"),
    "last": Phrase("Last date"),
}


@dataclass(frozen=True)
class Comparison:
    """Things side by side, one column each: `measures`, `figures`, `partners`; and `ties`, what ties two of them.

    `common` are the partners that all have, `own(n)` those that only the n-th has.
    """

    of: tuple[Entity, ...]
    measures: Table
    figures: Table
    ties: Table
    partners: Table
    as_of: str | None = None
    lang: str = "en"
    names: tuple[str, ...] = field(default=(), compare=False)

    def common(self) -> Table:
        """Return the partners that all have, those with most records first."""
        return self._partners(lambda has: all(has))

    def own(self, at: int) -> Table:
        """Return the partners that only one of the things has."""
        return self._partners(lambda has: has[at] and sum(has) == 1)

    def apart(self, name: str) -> Table:
        """Return one of `measures`, `figures`, `partners` with a row for each number, as a picture draws it: what one alone has is not compared."""
        table: Table = getattr(self, name)
        label = table.columns[0]
        columns = ("partner", "kind", "records") if label == "partner" else ("list", "kind", "number")
        rows = []
        for row in table:
            found = [(title, _counted(row[title], stated=name == "figures")) for title in self.names]
            known = [(one, number) for one, number in found if number is not None]
            if label == "partner" or len(known) > 1:
                rows += [Row(dict(zip(columns, (row[label], *one), strict=True)), row.sources) for one in known]
        return Table(columns, tuple(rows), lang=self.lang)

    def _partners(self, wanted: Callable[[Sequence[bool]], bool]) -> Table:
        kept = (row for row in self.partners if wanted([row.cells[name] is not None for name in self.names]))
        return Table(self.partners.columns, tuple(kept), self.partners.titles, lang=self.lang)

    def to_json(self) -> dict[str, Any]:
        """Return all as plain values."""
        lists = {name: getattr(self, name).to_dicts() for name in ("measures", "figures", "ties", "partners")}
        return {"compare": [one.plain() for one in self.of], "as_of": self.as_of, **lists}

    def __str__(self) -> str:
        """Return the measures as lines."""
        head = " · ".join(one.label for one in self.of)
        rows = (" · ".join(map(text_of, row.cells.values())) for row in self.measures)
        return "\n".join(map(escape.line, [head, *rows]))

    def _repr_html_(self) -> str:
        head = f"<h2>{escape.html(' · '.join(one.label for one in self.of))}</h2>"
        return head + "".join(
            t._repr_html_() for t in (self.measures, self.figures, self.ties, self.partners) if len(t)
        )


def compare(
    graph: Graph,
    pages: Sequence[Profile],
    ask: Ask,
    *,
    lang: str = "en",
    as_of: str | None = None,
    day: date | None = None,
    undated: bool = False,
) -> Comparison:
    """Return some things side by side.

    Args:
        graph: an opened store or endpoint.
        pages: the page of each thing.
        ask: answers a question on the same day.
        lang: language of labels.
        as_of: only what held then, as `day` says it too.
        day: the same.
        undated: with `as_of`, also what nothing places.
    """
    of = tuple(page.of[0].entity for page in pages)
    names = _columns(of)
    return Comparison(
        of=of,
        measures=_measures(pages, names, lang),
        figures=_figures([ask("figures", {"about": one.iri}) for one in of], names, lang),
        ties=_ties(graph, of, lang, day, undated),
        partners=_partners(graph, of, names, ask, lang),
        as_of=as_of,
        lang=lang,
        names=names,
    )


def _columns(of: Sequence[Entity]) -> tuple[str, ...]:
    """Return what stands above the column of each thing: its label, and its id where two have the same."""
    told = [one.label for one in of]
    return tuple(
        label if told.count(label) == 1 else f"{label} ({one.iri})" for label, one in zip(told, of, strict=True)
    )


def _measures(pages: Sequence[Profile], names: Sequence[str], lang: str) -> Table:
    """Return a row for each number of the pages: of records at a glance, and of rows of each list that is worth comparing."""
    rows = [
        Row(
            {"measure": translated(said, lang)}
            | {n: getattr(p.glance, word) for n, p in zip(names, pages, strict=True)}
        )
        for word, said in GLANCE.items()
    ]
    titles = {panel.name: panel.title for page in pages for panel in page.panels if panel.compare}
    for panel, title in titles.items():
        cells: dict[str, Cell] = {"measure": title}
        read: set[Source] = set()
        for name, page in zip(names, pages, strict=True):
            found = next((p.answer for p in page.panels if p.name == panel), None)
            cells[name] = len(found) if found else 0 if any(p.name == panel for p in page.nothing) else None
            read |= {source for row in found or () for source in row.sources}
        rows.append(Row(cells, tuple(sorted(read))))
    return Table(("measure", *names), tuple(rows), lang=lang)


def _figures(answers: Sequence[Answer], names: Sequence[str], lang: str) -> Table:
    """Return the newest number of each measure that sources state of two or more of the things."""
    newest: dict[tuple[str, str, str], dict[str, Row]] = {}
    for name, answer in zip(names, answers, strict=True):
        for row in answer:
            key = (text_of(row["measure"]), text_of(row["unit"]), text_of(row["scope"]))
            newest.setdefault(key, {}).setdefault(name, row)
    rows = []
    for key, found in sorted(newest.items()):
        if len(found) > 1:
            told = {"measure": " · ".join(filter(None, key))}
            cells = told | {name: _number(found[name]) if name in found else None for name in names}
            rows.append(Row(dict(cells), tuple(sorted({s for row in found.values() for s in row.sources}))))
    return Table(("measure", *names), tuple(rows), lang=lang)


def _counted(cell: Cell, *, stated: bool) -> int | float | None:
    """Return the number in a cell: itself, or where sources state it as text that with which it begins; else None.

    >>> [_counted(cell, stated=True) for cell in ("more than 54 (2023-09)", "≥ 1200", 3, "19.2", None)]
    [54, 1200, 3, 19.2, None]
    >>> _counted("2023", stated=False)
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    found = NUMBER.fullmatch(cell) if stated and isinstance(cell, str) else None
    if not found:
        return None
    return float(found[1]) if "." in found[1] else int(found[1])


def _number(row: Row) -> str:
    """Return a stated number with its sign and time."""
    time = text_of(row["time"])
    return " ".join(filter(None, (text_of(row["comparator"]), text_of(row["value"]), time and f"({time})")))


def _ties(graph: Graph, of: Sequence[Entity], lang: str, day: date | None, undated: bool) -> Table:
    """Return for each two of the things that have some how many records tie them, from when to when, and how."""
    found = tying(graph, [one.iri for one in of])
    everything = {record for records in found.values() for record in records}
    then = standing(graph, everything, day, undated=undated)
    held = set(then.held if then else everything)
    days, read = dates(graph, held), sources(graph, held, lang)
    known = labels(graph, {kind for records in found.values() for kinds in records.values() for kind in kinds}, lang)
    label = {one.iri: one for one in of}
    rows = []
    for (one, other), records in found.items():
        kept = {record: kinds for record, kinds in records.items() if record in held}
        if not kept:
            continue
        when = [days[record] for record in kept if record in days]
        cells: dict[str, Cell] = {"one": label[one], "other": label[other], "records": len(kept)}
        cells |= {"since": earliest(when), "until": latest(when)}
        cells["kind"] = tuple(sorted({known[kind] for kinds in kept.values() for kind in kinds}))
        rows.append(Row(cells, tuple(sorted({s for record in kept for s in read.get(record, ())}))))
    left_out = then.left_out if then else None
    return Table(("one", "other", "records", "since", "until", "kind"), tuple(rows), left_out=left_out, lang=lang)


def _partners(graph: Graph, of: Sequence[Entity], names: Sequence[str], ask: Ask, lang: str) -> Table:
    """Return with how many records each partner of a thing works with which of them; those of most things first."""
    countries = set(kinds_of(graph, [one.iri for one in of]).values()) == {COUNTRY}
    question, parameter = PARTNERS[countries]
    found: dict[Entity, dict[str, int]] = {}
    read: dict[Entity, set[Source]] = {}
    for name, one in zip(names, of, strict=True):
        for row in ask(question, {parameter: one.iri}):
            partner, records = row["partner"], row["records"]
            if isinstance(partner, Entity) and isinstance(records, int) and partner not in of:
                counts = found.setdefault(partner, {})
                counts[name] = counts.get(name, 0) + records
                read.setdefault(partner, set()).update(row.sources)
    rows = [
        Row({"partner": partner} | {name: counts.get(name) for name in names}, tuple(sorted(read[partner])))
        for partner, counts in found.items()
    ]
    made = Table(("partner", *names), tuple(rows), lang=lang).sort("partner")
    return Table(made.columns, tuple(sorted(made.rows, key=lambda row: _most(row, names))), lang=lang)


def _most(row: Row, names: Iterable[str]) -> tuple[int, int]:
    counts = [count for name in names if isinstance(count := row[name], int)]
    return -len(counts), -min(counts, default=0)
