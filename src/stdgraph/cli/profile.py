"""`stdgraph profile`: a page on one thing, on a pair, or on several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.inline import fitting, is_inline
from stdgraph.cli.options import Settings, drawing, settings, with_rows
from stdgraph.cli.pages import brief, noted
from stdgraph.cli.render import (
    DRAWN,
    SHEETS,
    arranged,
    as_json,
    as_lines,
    as_markdown,
    chosen,
    emit,
    emit_made,
    emit_page,
    lines_of,
    no_picture,
    rendered,
    say_undated,
    screen_width,
)
from stdgraph.errors import ParameterError, UnknownColumnError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.light import replace
from stdgraph.model.vocabulary import short
from stdgraph.services.profile import absent_told, glance_told

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stdgraph.cli.tables import Page
    from stdgraph.model.results import Answer
    from stdgraph.services.profile import Panel, Profile, Subject

HIGH = {1: 88, 2: 58}
"""Lines that a page on one thing, or on two and more, has at most, while each list has a row: it is read at a glance."""
LEAST = 2
"""So many rows of each list have room before the places in documents have."""
NAMES = 5
"""Other names of a thing that its page tells."""
NO_ROWS = "table", "json", "md", "html"
"""Forms that hold a whole page; the others hold one list."""
ONE_LIST = (*SHEETS, "xlsx", *DRAWN)


class PanelName(click.ParamType[str]):
    """The name of a list of a page."""

    name = "panel"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names of lists that begin with what was typed."""
        from click.shell_completion import CompletionItem

        from stdgraph.services.profile import panel_names

        return [CompletionItem(name) for name in panel_names() if name.startswith(incomplete)]


@click.command("profile")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", type=Name())
@click.option("--panel", "panels", multiple=True, metavar="NAME", type=PanelName(), help="Only this list; repeatable.")
@click.option("--all", "whole", is_flag=True, help="All rows of each list.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of the page, a column of csv, tsv and md.")
@click.option("--show-query", is_flag=True, help="Print the SPARQL of each list, and stop.")
@drawing
@with_rows
@click.pass_context
def profile_command(
    ctx: click.Context,
    names: tuple[str, ...],
    panels: tuple[str, ...],
    whole: bool,
    sources: bool,
    show_query: bool,
    chart: str | None,
    dark: bool,
) -> None:
    """Show a page on one thing, on two or on several: lists, each with its count, its best rows and their sources.

    Example: stdgraph profile China Germany
    """
    options = settings(ctx)
    form = chosen(options, (*NO_ROWS, *ONE_LIST))
    no_picture("" if form == "html" else form, chart, dark)
    if form in ONE_LIST and len(panels) != 1:
        raise ParameterError(
            parameter="format", detail=Phrase("'{form}' holds one list; name it with --panel", form=form)
        )
    options.no_undated(day=bool(options.as_of))
    page = options.graph.profile(*names, panels=panels, as_of=options.as_of, undated=options.undated)
    if show_query:
        emit(options, "\n".join(f"# {panel.name}: {panel.title}\n{panel.answer.query}" for panel in page.panels))
        return
    page = _arranged(options, page, whole=whole or form in ONE_LIST)
    if (form in (*SHEETS, *NO_ROWS) and form != "html") or options.counts:
        if panels and form == "table" and not options.counts:
            page = replace(page, panels=tuple(replace(_as_table(one), show=len(one.answer)) for one in page.panels))
        emit(options, _rendered(options, page, form, sources=sources, whole=whole))
    else:
        _emit_made(options, page, form, chart=chart or "", dark=dark)
    options.say_left_out(page.left_out)


def _emit_made(options: Settings, page: Profile, form: str, *, chart: str, dark: bool) -> None:
    """Write the page as HTML, or one list of it as a picture or a workbook."""
    title = " – ".join(one.entity.label for one in page.of)
    drawn = [replace(panel.answer, chart=panel.chart or panel.answer.chart) for panel in page.panels]
    if form == "html":
        parts = [(f"{p.title} ({p.count})", p.best, whole) for p, whole in zip(page.panels, drawn, strict=True)]
        emit_page(options, title, parts, (glance_told(page), *absent_told(page), _computed(page)))
    for panel, answer in zip(page.panels, drawn, strict=True) if form != "html" else ():
        emit_made(options, answer, form, title=f"{title}: {panel.title}", chart=chart, dark=dark)


def _arranged(options: Settings, page: Profile, *, whole: bool) -> Profile:
    """Return each list as the options want it; one without a column that they name is left out.

    Raises:
        UnknownColumnError: no list has it.
    """
    given, silent = options.given, replace(options, given=options.given | {"quiet": True})
    fewer = given.get("columns") or given.get("group_by")
    kept: list[Panel] = []
    refused = None
    for panel in page.panels:
        try:
            answer = arranged(silent, panel.answer)
        except UnknownColumnError as error:
            refused = error
            continue
        show = len(answer) if whole or given.get("limit") else panel.show
        panel = replace(panel, answer=answer, show=show)
        kept.append(replace(_as_table(panel), columns=()) if fewer else panel)
    if refused and not kept:
        raise refused
    if given.get("from") or given.get("to"):
        say_undated(options, sum(panel.answer.undated() for panel in page.panels))
    return replace(page, panels=tuple(panel for panel in kept if len(panel.answer)))


def _rendered(options: Settings, page: Profile, form: str, *, sources: bool, whole: bool) -> str:
    if options.counts:
        return as_lines(f"{panel.title}: {panel.count}" for panel in page.panels)
    if form in SHEETS:
        answers = [panel.answer for panel in page.panels]
        return "".join(rendered(options, answer, form=form, sources=sources) for answer in answers)
    write: dict[str, Callable[[], str]] = {
        "json": lambda: as_json(page.to_json()),
        "md": lambda: _markdown(options, page, sources=sources),
        "table": lambda: _text(options, page, full=sources, whole=whole),
    }
    return write[form]()


def _as_table(panel: Panel) -> Panel:
    """Return a list that stands in a table, not in a line: one that is asked for by name, or whole."""
    return replace(panel, line=(), by="")


def _text(options: Settings, page: Profile, *, full: bool, whole: bool) -> str:
    if full or whole or options.given.get("limit"):
        page = replace(page, panels=tuple(map(_as_table, page.panels)))
        return lines_of(_lines(options, page, [panel.best for panel in page.panels], full=full))
    width = screen_width(options)
    lists = [fitting(panel, width, page.lang) if is_inline(panel) else panel.best for panel in page.panels]
    return lines_of(_cut(options, page, lists, HIGH[min(len(page.of), 2)]))


def _cut(options: Settings, page: Profile, lists: Sequence[Answer], high: int) -> list[str]:
    """Return the page in so many lines: with as many rows of each table as have room, two of each before places are noted.

    What room is left then goes to one table after the other, a row each, as their order is.
    """

    def lines(rows: Sequence[int], few: bool) -> list[str]:
        return _lines(options, page, [found[:n] for found, n in zip(lists, rows, strict=True)], few=few)

    tables = [at for at, panel in enumerate(page.panels) if not is_inline(panel)]
    sizes = [len(found) for found in lists]
    most = max((sizes[at] for at in tables), default=1)
    told: list[str] = []
    for few, many in [(few, n) for few, least in ((False, LEAST), (True, 1)) for n in range(most, least - 1, -1)]:
        rows = [min(size, many) if at in tables else size for at, size in enumerate(sizes)]
        if sum(rows[at] + 2 for at in tables) <= high and len(told := lines(rows, few)) <= high:
            break
    else:
        return told or lines([1] * len(sizes), True)
    for at in [at for at in tables if sizes[at] > rows[at]]:
        longer = [*rows[:at], rows[at] + 1, *rows[at + 1 :]]
        if len(more := lines(longer, few)) <= high:
            told, rows = more, longer
    return told


def _lines(
    options: Settings, page: Profile, lists: Sequence[Answer], *, full: bool = False, few: bool = False
) -> list[str]:
    from stdgraph.cli.layout import wrap
    from stdgraph.cli.notes import Notes
    from stdgraph.cli.tables import Page, foot

    lists = noted(lists, full=full, few=few)
    sheet = Page(screen_width(options), options.color, page.lang, notes=Notes.of(lists, page.lang, full=full))
    lines = [line for one in page.of for line in _head(one, sheet, alone=len(page.of) == 1)]
    lines += wrap(glance_told(page), sheet.width)
    lines += _lists(page, lists, sheet)
    lines += [*foot(sheet), ""]
    return lines + [
        line for text in (*absent_told(page), _computed(page)) for line in wrap(escape.line(text), sheet.width)
    ]


def _lists(page: Profile, lists: Sequence[Answer], sheet: Page) -> list[str]:
    """Return the lines of all lists: those that stand in a line one below the other, tables after an empty line."""
    from stdgraph.cli.inline import inline
    from stdgraph.cli.tables import block

    lines: list[str] = []
    is_table = True
    for panel, found in zip(page.panels, lists, strict=True):
        was_table, is_table = is_table, not is_inline(panel)
        lines += [""] if was_table or is_table else []
        lines += block(brief(found), sheet, _title(panel, found, page)) if is_table else inline(panel, found, sheet)
    return lines


def _title(panel: Panel, found: Answer, page: Profile) -> str:
    """Return the title of a table, with how many rows there are, and how to see those that the page leaves out."""
    if len(found) == panel.count:
        return f"{panel.title} ({panel.count})"
    message = marked("{rows} of {all}: --panel {name}") if len(page.panels) > 1 else marked("{rows} of {all}: --all")
    told = translated(Phrase(message, rows=len(found), all=panel.count, name=panel.name), page.lang)
    return f"{panel.title} ({told})"


def _head(one: Subject, sheet: Page, *, alone: bool) -> list[str]:
    """Return the lines on a thing: its names in both scripts, kind, country, ids; other names where it stands alone."""
    from stdgraph.cli.layout import wrap
    from stdgraph.cli.tables import BOLD

    label = one.entity.label
    names = [label, *(name for name in one.names.values() if name not in label)]
    about = [one.kind, *([one.country.label] if one.country and one.country != one.entity else [])]
    ids = [short(one.entity.iri), *(f"{kind}: {value}" for kind, value in one.ids)]
    lines = [f"{'  '.join(names)}  ({', '.join(about)})", " · ".join(ids)]
    if one.others and alone:
        more = [*one.others[:NAMES], *(["…"] if len(one.others) > NAMES else [])]
        lines.append(translated(Phrase("Also: {names}", names="; ".join(more)), sheet.lang))
    first, *rest = [wrap(escape.line(line), sheet.width) for line in lines]
    return [*(sheet.told(line, BOLD) for line in first), *(line for found in rest for line in found)]


def _computed(page: Profile) -> str:
    """Return how a page was made: from which files, on which day, of which data."""
    message = marked(
        "Questions asked: {number} (queries/profiles/{file}.toml). All of a list: --panel {name} --all. Places: --sources."
    )
    name = page.panels[0].name if page.panels else "NAME"
    number = len(page.panels) + len(page.nothing)
    told = [str(translated(Phrase(message, number=number, file=page.profile, name=name), page.lang))]
    if page.as_of:
        told.append(str(translated(Phrase("As of {day}.", day=page.as_of), page.lang)))
    if page.data:
        told.append(str(translated(Phrase("Data: {data}.", data=page.data), page.lang)))
    return ("" if page.lang == "zh" else " ").join(told)


def _markdown(options: Settings, page: Profile, *, sources: bool) -> str:
    """Return the page as Markdown: a heading and a table for each list, the documents at its end."""
    title = " – ".join(escape.markdown(one.entity.label) for one in page.of)
    lines = [f"# {title}", "", escape.markdown(glance_told(page))]
    for panel in page.panels:
        table = as_markdown(panel.best, sources=sources, lang=options.lang)
        lines += ["", f"## {escape.markdown(panel.title)} ({panel.count})", "", *table.splitlines()]
    titles = sorted({source.title for panel in page.panels for row in panel.best for source in row.sources})
    documents = translated(Phrase("Documents"), options.lang)
    lines += ["", f"## {documents}", "", *(f"- {escape.markdown(title)}" for title in titles)]
    lines += [line for text in (*absent_told(page), _computed(page)) for line in ("", escape.markdown(text))]
    return lines_of(lines)
