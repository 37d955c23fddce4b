"""`stdgraph timeline`: dated records in the order of their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import arranged, as_json, chosen, emit, lines_of, rendered, screen_width
from stdgraph.locale import Phrase, translated

if TYPE_CHECKING:
    from stdgraph.services.timeline import Timeline

UNDATED = 10
"""So many records without a date stand under those that have one, unless all are asked for."""
WAY, BOTH = "way", "↔"
"""The column that tells whether a tie holds both ways, which says nothing where all do."""


@click.command("timeline")
@click.argument("name", metavar="NAME", type=Name())
@click.argument("other", metavar="[NAME]", required=False, type=Name("Actor"))
@click.option("--all", "whole", is_flag=True, help="All records without a date too.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@with_rows
@click.pass_context
def timeline_command(ctx: click.Context, name: str, other: str | None, whole: bool, sources: bool) -> None:
    """List what a thing took part in, or what ties two, in the order of time; what has no date stands at the end.

    Example: stdgraph timeline China Germany
    """
    options = settings(ctx)
    form = chosen(options)
    options.no_undated(day=bool(options.as_of))
    found = options.graph.timeline(name, other, as_of=options.as_of, undated=options.undated)
    found = arranged(options, found)
    if options.counts or form not in ("json", "table"):
        emit(options, rendered(options, found, form=form, sources=sources))
    elif form == "json":
        emit(options, as_json(found.to_json()))
    else:
        emit(options, _text(options, found, full=sources, whole=whole or bool(options.given.get("limit"))))
    options.say_left_out(found.left_out)


def _text(options: Settings, found: Timeline, *, full: bool, whole: bool) -> str:
    from stdgraph.cli.notes import Notes
    from stdgraph.cli.tables import Page, body, foot, tally

    if WAY in found.columns and all(row.cells[WAY] == BOTH for row in found):
        found = found.without(WAY)
    dated, others = found.dated(), found.others()
    kept = others if whole else others.limit(UNDATED)
    notes = Notes.of([dated, kept], options.lang, full=full)
    page = Page(screen_width(options), options.color, options.lang, notes=notes)
    of = " – ".join(one.label for one in found.of)
    told = Phrase("{name}: records with a date ({number})", name=of, number=len(dated))
    lines = body(dated, page, translated(told, options.lang))
    if len(others):
        told = Phrase("Without a date ({number})", number=len(others))
        lines += ["", *body(kept, page, translated(told, options.lang))]
    return lines_of([*lines, *foot(page), *tally(found, page)])
