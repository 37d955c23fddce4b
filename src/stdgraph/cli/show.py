"""`stdgraph show`: one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.notes import Notes
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import arranged, as_json, as_lines, chosen, emit, lines_of, screen_width
from stdgraph.errors import UnknownColumnError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.light import replace

if TYPE_CHECKING:
    from stdgraph.services.show import Shown

TITLES = {
    "names": marked("Names"),
    "facts": marked("Facts"),
    "records": marked("Records"),
    "partners": marked("Cooperates with"),
}
ROWS = 20
"""Rows of a list that are shown, unless all or some other number is asked for."""


@click.command("show")
@click.argument("name", type=Name())
@click.option("--all", "whole", is_flag=True, help="All rows of long lists.")
@click.option("--sources", is_flag=True, help="Sources in full under the table.")
@with_rows
@click.pass_context
def show_command(ctx: click.Context, name: str, whole: bool, sources: bool) -> None:
    """Show one thing: names, kinds, facts, the records it takes part in, its partners, with sources.

    Example: stdgraph show BSI
    """
    options = settings(ctx)
    form = chosen(options, ("table", "json", "ttl", "nt"))
    if form in ("ttl", "nt"):
        emit(options, _triples(options, options.graph.iri(name), form))
        return
    options.no_undated(day=bool(options.as_of))
    shown = _arranged(options, options.graph.show(name, as_of=options.as_of, undated=options.undated))
    emit(options, as_json(shown.to_json()) if form == "json" else _text(options, shown, full=sources, whole=whole))
    options.say_left_out(shown.left_out)


def _arranged(options: Settings, shown: Shown) -> Shown:
    """Return each list as the options want it; one without a column that they name is left out.

    Raises:
        UnknownColumnError: no list has it.
    """
    lists: dict[str, Any] = {}
    refused = None
    for name in TITLES:
        try:
            lists[name] = arranged(options, getattr(shown, name))
        except UnknownColumnError as error:
            refused = error
            lists[name] = getattr(shown, name)[:0]
    if refused and not any(map(len, lists.values())):
        raise refused
    return replace(shown, **lists)


def _text(options: Settings, shown: Shown, *, full: bool, whole: bool) -> str:
    from stdgraph.cli.tables import Page, body, foot, rows_of

    most = None if whole or options.counts or options.given.get("limit") else ROWS
    lists = {title: found[:most] for name, title in TITLES.items() if len(found := getattr(shown, name))}
    counted = {
        f"{translated(Phrase(title), options.lang)}: {rows_of(found, options.lang)}": found
        for title, found in lists.items()
    }
    if options.counts:
        return as_lines(counted)
    read = [*(source for found in lists.values() for row in found for source in row.sources), *shown.sources]
    page = Page(screen_width(options), options.color, options.lang, notes=Notes(read, options.lang, full=full))
    lines = [line for title, found in counted.items() for line in ("", *body(found, page, title))]
    if shown.sources:
        lines += ["", translated(Phrase("Read in: {places}", places=page.notes.marks(shown.sources)), options.lang)]
    head = as_lines([f"{shown.entity.label}  ({', '.join(shown.kinds)})", shown.entity.iri])
    return head + lines_of([*lines, *foot(page)])


def _triples(options: Any, iri: str, form: str) -> str:
    from stdgraph.services.show import triples
    from stdgraph.storage.export import ntriples
    from stdgraph.storage.turtle import turtle_of

    found = triples(options.graph.reads, iri)
    return turtle_of(found) if form == "ttl" else ntriples(found)
