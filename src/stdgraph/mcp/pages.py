"""Pages on things: what a profile says, and all that the graph says of one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp.markdown import Sources, grid
from stdgraph.mcp.replies import Reply, paragraphs
from stdgraph.mcp.wording import arguments
from stdgraph.model import escape
from stdgraph.model.light import replace
from stdgraph.model.results import Table, table
from stdgraph.model.vocabulary import short
from stdgraph.services.profile import absent_told, glance_told

if TYPE_CHECKING:
    from stdgraph.services.profile import Profile
    from stdgraph.services.show import Shown

ROWS = 50
"""Rows of a list of statements that stand on a page; of more their number is told."""
LISTS = {
    "names": marked("Names"),
    "facts": marked("Facts"),
    "records": marked("Records"),
    "partners": marked("Cooperates with"),
}


def page(profile: Profile, *, whole: int | None = None) -> Reply:
    """Return a profile: of each list the best rows, or so many of the whole lists that were asked for."""
    if whole is not None:
        profile = replace(profile, panels=tuple(replace(one, show=whole, columns=()) for one in profile.panels))
    lang, sources = profile.lang, Sources(profile.lang)
    things = [f"{escape.markdown(one.entity.label)} ({one.kind}, {short(one.entity.iri)})" for one in profile.of]
    lines = [f"# {' – '.join(things)}", "", escape.line(glance_told(profile))]
    for panel in profile.panels:
        lines += _listed(f"{panel.title} [{panel.name}]", panel.best, panel.count, sources)
    notes = [arguments(text) for text in absent_told(profile)]
    if any(panel.count > panel.show for panel in profile.panels) and whole is None:
        notes.insert(0, str(translated(Phrase("More rows of a list: give its [name] in panels."), lang)))
    told = profile.to_json() | ({"notes": notes} if notes else {})
    return Reply("\n".join([*lines, *paragraphs(notes), *sources.lines()]) + "\n", told)


def thing(shown: Shown, lang: str) -> str:
    """Return all that the graph says of one thing, as Markdown."""
    sources = Sources(lang)
    kinds = ", ".join(shown.kinds)
    lines = [f"# {escape.markdown(shown.entity.label)} ({escape.markdown(kinds)})", "", f"<{shown.entity.iri}>"]
    for name, title in LISTS.items():
        found: Table = getattr(shown, name)
        lines += _listed(str(translated(Phrase(title), lang)), found[:ROWS], len(found), sources) if len(found) else []
    if shown.sources:
        read = Phrase("Read in: {places}", places=sources.marks(shown.sources))
        lines += ["", str(translated(read, lang))]
    return "\n".join([*lines, *sources.lines()]) + "\n"


def questions(lang: str) -> Table:
    """Return a row for each question: name, title, parameters by name, those in brackets that may be left out."""
    from stdgraph.services.ask import listing

    rows = [row | {"parameters": str(row["parameters"]).replace("--", "")} for row in listing(lang)]
    return table(("question", "title", "parameters"), rows)


def _listed(title: str, table: Table, count: int, sources: Sources) -> list[str]:
    """Return a heading with the number of rows that stand there, and of all, and the rows."""
    number = str(count) if len(table) == count else f"{len(table)} / {count}"
    return ["", f"## {escape.line(title)} ({number})", "", *grid(table, sources)]
