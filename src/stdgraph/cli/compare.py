"""`stdgraph compare`: things side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import Settings, drawing, settings, with_rows
from stdgraph.cli.pages import noted
from stdgraph.cli.render import (
    DRAWN,
    SHEETS,
    arranged,
    as_json,
    as_lines,
    chosen,
    emit,
    emit_made,
    emit_page,
    lines_of,
    no_picture,
    rendered,
    screen_width,
)
from stdgraph.errors import ParameterError, UnknownColumnError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.light import replace

if TYPE_CHECKING:
    from stdgraph.model.results import Table
    from stdgraph.services.compare import Comparison

LISTS = {
    "measures": marked("Side by side"),
    "figures": marked("Numbers that sources state of them"),
    "ties": marked("Ties among them"),
    "partners": marked("Partners"),
}
CHARTS = {"measures": "sides", "figures": "sides", "ties": "timeline", "partners": "bars"}
"""The pictures of these lists."""
PARTNERS = 10
"""So many common partners stand on the page, and so many names of those that only one has."""


@click.command("compare")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", type=Name())
@click.option("--list", "only", type=click.Choice(list(LISTS)), help="Only this list.")
@click.option("--all", "whole", is_flag=True, help="All partners.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of the page, a column of csv and tsv.")
@drawing
@with_rows
@click.pass_context
def compare_command(
    ctx: click.Context,
    names: tuple[str, ...],
    only: str | None,
    whole: bool,
    sources: bool,
    chart: str | None,
    dark: bool,
) -> None:
    """Show things side by side: their numbers, what ties them, common partners and those that one has alone.

    Example: stdgraph compare Germany "United Kingdom"
    """
    options = settings(ctx)
    form = chosen(options, ("table", "json", *SHEETS, "md", "html", "xlsx", *DRAWN))
    if form not in ("table", "json", "html") and not only:
        raise ParameterError(
            parameter="format", detail=Phrase("'{form}' holds one list; name it with --list", form=form)
        )
    no_picture("" if form == "html" else form, chart, dark)
    options.no_undated(day=bool(options.as_of))
    found = _arranged(options, options.graph.compare(*names, as_of=options.as_of, undated=options.undated), only)
    if form in ("html", "xlsx", *DRAWN) and not options.counts:
        _emit_made(options, found, form, only, chart=chart or "", dark=dark)
    elif only and form != "json":
        title = translated(Phrase(LISTS[only]), options.lang)
        emit(options, rendered(options, getattr(found, only), form=form, title=title, sources=sources))
    else:
        emit(options, as_json(found.to_json()) if form == "json" else _text(options, found, full=sources, whole=whole))
    options.say_left_out(found.ties.left_out)


def _emit_made(options: Settings, found: Comparison, form: str, only: str | None, *, chart: str, dark: bool) -> None:
    """Write the page as HTML, or one list of it as a picture or a workbook; numbers are bars, what ties them is a time line."""
    of = " – ".join(one.label for one in found.of)
    tables = {name: getattr(found, name) for name in LISTS if only in (None, name)}
    drawn = {name: _drawn(found, name) for name in tables}
    titles = {name: str(translated(Phrase(LISTS[name]), options.lang)) for name in tables}
    if form == "html":
        emit_page(options, of, [(titles[n], t, drawn[n]) for n, t in tables.items() if len(t)], ())
    for name, table in (tables if form == "xlsx" else drawn).items() if form != "html" else ():
        emit_made(options, table, form, title=f"{of}: {titles[name]}", chart=chart, dark=dark)


def _drawn(found: Comparison, name: str) -> Table:
    """Return a list as its picture draws it: each number a row of its own."""
    table = found.ties if name == "ties" else found.apart(name)
    return replace(table, chart=CHARTS[name])


def _arranged(options: Settings, found: Comparison, only: str | None) -> Comparison:
    """Return each list as the options want it; one without a column that they name is left out.

    Raises:
        UnknownColumnError: no list has it.
    """
    lists: dict[str, Any] = {}
    refused = None
    for name in LISTS:
        table = getattr(found, name)
        try:
            lists[name] = arranged(options, table) if only in (None, name) else table[:0]
        except UnknownColumnError as error:
            refused = error
            lists[name] = table[:0]
    if refused and not any(map(len, lists.values())):
        raise refused
    return replace(found, **lists)


def _text(options: Settings, found: Comparison, *, full: bool, whole: bool) -> str:
    from stdgraph.cli.layout import wrap
    from stdgraph.cli.notes import Notes
    from stdgraph.cli.tables import BOLD, Page, block, foot

    lang, most = options.lang, None if whole or options.given.get("limit") else PARTNERS
    if options.counts:
        return as_lines(
            f"{translated(Phrase(title), lang)}: {len(getattr(found, name))}" for name, title in LISTS.items()
        )
    common = found.common()
    tables = [("figures", found.figures), ("ties", found.ties)]
    shown = [(f"{translated(Phrase(LISTS[name]), lang)} ({len(table)})", table) for name, table in tables if len(table)]
    if len(common):
        shown.append((str(translated(Phrase("Partners of all ({number})", number=len(common)), lang)), common[:most]))
    lists = noted([table for _, table in shown], full=full)
    page = Page(screen_width(options), options.color, lang, notes=Notes.of(lists, lang, full=full))
    plain = Page(page.width, options.color, lang, False, notes=page.notes)
    title = " – ".join(one.label for one in found.of)
    lines = [page.told(line, BOLD) for line in wrap(escape.line(title), page.width)]
    lines += ["", *block(found.measures, plain, str(translated(Phrase(LISTS["measures"]), lang)))]
    for (heading, _), table in zip(shown, lists, strict=True):
        lines += ["", *block(table, page, heading)]
    for text in _own(found, most):
        lines += ["", *wrap(escape.line(text), page.width)]
    return lines_of([*lines, *foot(page)])


def _own(found: Comparison, most: int | None) -> list[str]:
    """Return a line for each thing on the partners that only it has."""
    lines = []
    for at, one in enumerate(found.of):
        own: Table = found.own(at)
        if len(own):
            names = "; ".join(
                [str(row["partner"]) for row in own[:most]] + ["…"] * (most is not None and len(own) > most)
            )
            message = marked("Partners of {name} alone ({number}): {names}")
            lines.append(str(translated(Phrase(message, name=one.label, number=len(own), names=names), found.lang)))
    return lines
