"""`stdgraph diff`: what changed between two versions of the graph."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from stdgraph.api import diff
from stdgraph.cli.layout import wrap
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import MADE, SHEETS, arranged, chosen, emit, emit_made, lines_of, rendered, screen_width
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.model import escape
from stdgraph.services.build import input_files

if TYPE_CHECKING:
    from stdgraph.model.changes import Change, Changes

SIGNS = {"added": ("+", "green"), "changed": ("~", "yellow"), "renamed": ("=", "blue"), "removed": ("-", "red")}
"""What stands before a thing, and in which colour."""
ARRANGES = ("sort", "columns", "group_by", "count", "from", "to")


@click.command("diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", required=False)
@with_rows
@click.pass_context
def diff_command(ctx: click.Context, first: str, second: str | None) -> None:
    """Tell what changed between two versions of the graph, in words and by record.

    A and B are git revisions, Turtle or N-Quads files, folders or compiled stores. Without B, a revision is compared with
    the working tree, and a file with the graph at hand. Besides the usual forms there is ru, a SPARQL update.

    Example: stdgraph diff HEAD~1 HEAD
    """
    options = settings(ctx)
    options.no_as_of("diff")
    stored = options.endpoint is not None
    options.copied()
    form = chosen(options, ("table", *SHEETS, "json", "md", *MADE, "ru"))
    given = options.given
    files = input_files(given.get("data", ()), given.get("with", ()), given.get("pack", ()), None, options.say)
    changes = diff(first, second, files=files, lang=options.lang, stored=stored)
    is_arranged = any(given.get(name) for name in ARRANGES)
    if form in ("table", "json", "md", "ru") and not is_arranged:
        emit(options, _written(options, changes.limit(given.get("limit")), form))
    elif form == "ru":
        detail = Phrase("a SPARQL update is whole; leave out what arranges rows")
        raise ParameterError(parameter="format", detail=detail)
    elif form in MADE:
        emit_made(options, arranged(options, changes.table()), form, title=_title(changes, options.lang))
    else:
        emit(options, rendered(options, arranged(options, changes.table()), form=form))


def _written(options: Settings, changes: Changes, form: str) -> str:
    from stdgraph.exchange.changes import as_json, markdown, update

    if form == "table":
        return _text(options, changes)
    return markdown(changes, options.lang) if form == "md" else as_json(changes) if form == "json" else update(changes)


def _title(changes: Changes, lang: str) -> str:
    from stdgraph.exchange.changes import headline

    return headline(changes, lang)


def _text(options: Settings, changes: Changes) -> str:
    """Return the counts by kind, then each thing."""
    from stdgraph.exchange.changes import counted

    lang, width = options.lang, screen_width(options)
    lines = [*wrap(_title(changes, lang), width), ""]
    for row in changes.summary() if len(changes) else ():
        told = counted({how: row[how] for how in row.cells if how != "kind"}, lang)  # type: ignore[misc]  # numbers
        lines.append(f"{escape.line(str(row['kind']) or '-')}{translated(Phrase(': '), lang)}{told}")
    for _, found in groupby(changes.records, key=lambda change: change.kind):
        for change in found:
            lines += ["", *_told(options, change, width)]
    return lines_of(line.rstrip() for line in lines)


def _told(options: Settings, change: Change, width: int) -> list[str]:
    from stdgraph.exchange.changes import cell_text, told_lines
    from stdgraph.model.vocabulary import short

    sign, colour = SIGNS[change.change]
    was = f" ← {short(change.was.iri)}" if change.was else ""
    kind = f"{change.kind}: " if change.kind and not change.record.label.startswith(change.kind) else ""
    head = f"{sign} {escape.line(f'{kind}{cell_text(change.record, options.lang)}  {change.id}{was}')}"
    first, *more = wrap(head, width)
    lines = [click.style(first, fg=colour) if options.color else first, *(f"  {line}" for line in more)]
    for told in told_lines(change, options.lang):
        at, *rest = wrap(escape.line(told), width - 6)
        lines += [f"    {at}", *(f"      {line}" for line in rest)]
    return lines
