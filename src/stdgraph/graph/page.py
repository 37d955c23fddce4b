"""A page on one thing, a pair or several, as it was answered: its panels, and what could not be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.graph.records import Glance
from stdgraph.graph.subjects import Subject
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.light import dataclass
from stdgraph.model.results import Answer, text_of


@dataclass(frozen=True)
class Panel:
    """A list on a page: `answer` holds all its rows, of which `best` stand on the page, in some of its columns.

    `line` names the columns that are told where it stands in a line, not in a table; `by` the one whose values are counted
    there instead. `compare` says whether the number of its rows tells something beside that of another page.
    """

    name: str
    title: str
    answer: Answer
    show: int
    columns: tuple[str, ...] = ()
    chart: str = ""
    compare: bool = True
    line: tuple[str, ...] = ()
    by: str = ""

    @property
    def count(self) -> int:
        """How many rows there are of it, on the page or not."""
        return self.answer.whole or len(self.answer)

    @property
    def best(self) -> Answer:
        """The rows and columns that stand on the page; their `whole` is the number of all."""
        rows = self.answer.limit(self.show) if len(self.answer) > self.show else self.answer
        return rows.select(*self.columns) if self.columns else rows

    def to_json(self) -> dict[str, Any]:
        """Return the panel as `design/profiles.md` fixes it."""
        asked = self.answer.to_json()
        return {
            "name": self.name,
            "title": self.title,
            "question": asked["question"],
            "parameters": asked["parameters"],
            "count": self.count,
            "rows": self.answer.limit(self.show).to_dicts(),
            "chart": self.chart or None,
        }


@dataclass(frozen=True)
class Lacking:
    """A panel that could not be asked: it needs a data pack, or a day."""

    name: str
    title: str
    pack: str = ""


@dataclass(frozen=True)
class Profile:
    """A page: who it is about, what there is at a glance, its panels; what is not known, and what could not be asked.

    `data` is a hash of the files that were asked, None for an endpoint. `to_json()` gives all as plain values.
    """

    profile: str
    title: str
    of: tuple[Subject, ...]
    glance: Glance
    panels: tuple[Panel, ...]
    nothing: tuple[Lacking, ...]
    lacking: tuple[Lacking, ...]
    as_of: str | None = None
    data: str | None = None
    lang: str = "en"

    @property
    def left_out(self) -> int | None:
        """The most undated records that a panel leaves out for a day; None where no day was asked for."""
        return max((p.answer.left_out for p in self.panels if p.answer.left_out is not None), default=None)

    def panel(self, name: str) -> Panel:
        """Return a panel by name; raises ParameterError."""
        for panel in self.panels:
            if panel.name == name:
                return panel
        raise unknown_panel(name, [p.name for p in self.panels])

    def to_json(self) -> dict[str, Any]:
        """Return the page in the form that `design/profiles.md` fixes."""
        told: dict[str, Any] = {
            "profile": self.profile,
            "of": [one.plain() for one in self.of],
            "as_of": self.as_of,
            "data": self.data,
            "glance": self.glance.plain(),
            "panels": [panel.to_json() for panel in self.panels],
            "nothing": [panel.name for panel in self.nothing],
        }
        return told | ({"lacking": [panel.name for panel in self.lacking]} if self.lacking else {})

    def __str__(self) -> str:
        """Return the page in short: the panels with their counts, and the first cells of their best rows."""
        lines = [" · ".join(one.entity.label for one in self.of)]
        for panel in self.panels:
            lines += ["", f"{panel.title} ({panel.count})"]
            lines += ["  " + " · ".join(filter(None, map(text_of, row.cells.values()))) for row in panel.best]
        return "\n".join(map(escape.line, lines))

    def _repr_html_(self) -> str:
        head = f"<h2>{escape.html(' · '.join(one.entity.label for one in self.of))}</h2>"
        return head + "".join(
            f"<h3>{escape.html(panel.title)} ({panel.count})</h3>{panel.best._repr_html_()}" for panel in self.panels
        )


def glance_told(page: Profile) -> str:
    """Return what there is of a thing, or of what ties two, in a line."""
    seen = page.glance
    when: str = ""
    if seen.first and seen.first != seen.last:
        when = Phrase(" ({first} to {last})", first=seen.first, last=seen.last)
    elif seen.first:
        when = Phrase(" ({date})", date=seen.first)
    several = marked("Records of direct ties: {records}{when}, documents: {documents}")
    message = several if len(page.of) > 1 else marked("Records: {records}{when}, documents: {documents}")
    if len(page.of) > 1 and page.panels and not seen.records:
        message = marked("Records of direct ties: none. The lists hold what each shares with others.")
    return str(translated(Phrase(message, records=seen.records, when=when, documents=seen.documents), page.lang))


def absent_told(page: Profile) -> list[str]:
    """Return lines on lists without rows, and on those that were not asked for want of a data pack or a day."""
    lines = []
    if page.nothing:
        lines.append(_told(page, marked("Nothing known of: {names}"), page.nothing))
    for pack in sorted({one.pack for one in page.lacking}):
        lacking = [one for one in page.lacking if one.pack == pack]
        message = marked("Needs the data pack {pack} (--pack {pack}; `stdgraph pack list`): {names}")
        lines.append(_told(page, message if pack else marked("Needs a day (--as-of): {names}"), lacking, pack=pack))
    return lines


def _told(page: Profile, message: str, lists: Sequence[Lacking], **values: str) -> str:
    names = "; ".join(one.title for one in lists)
    return str(translated(Phrase(message, names=names, **values), page.lang))


def unknown_panel(name: str, names: Sequence[str]) -> ParameterError:
    """Return the error of a panel that a page does not have, with the nearest that it has."""
    import difflib

    nearest = difflib.get_close_matches(name, names, n=2, cutoff=0.4)
    near = Phrase("nearest: {names}; ", names=", ".join(nearest)) if nearest else ""
    detail = Phrase(
        "'{name}' is no panel of this page; {near}there are {names}", name=name, near=near, names=", ".join(names)
    )
    return ParameterError(parameter="panel", detail=detail)
