"""`stdgraph why`: the records that link two actors."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import bilateral_option, excerpting, settings, with_rows
from stdgraph.cli.render import WITH_RECORDS, arranged, as_lines, chosen, emit, record_lines, rendered
from stdgraph.locale import marked
from stdgraph.services.why import LEVELS

REFUSAL = marked("'{form}' makes no sense with --proof; choose {forms}")


@click.command("why")
@click.argument("first", metavar="A", type=Name("Actor"))
@click.argument("second", metavar="B", type=Name("Actor"))
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@click.option("--proof", is_flag=True, help="Prove each link, down to file, line and source.")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    help="Whether an actor stands for its bodies and units too; a country does, and a group of countries, unless told otherwise.",
)
@bilateral_option
@excerpting
@with_rows
@click.pass_context
def why_command(
    ctx: click.Context,
    first: str,
    second: str,
    sources: bool,
    proof: bool,
    level: str | None,
    bilateral: bool,
    excerpt: bool,
) -> None:
    """List every record that links two actors, with its sources; → goes one way, ↔ both.

    Example: stdgraph why SAC BSI
    """
    options = settings(ctx)
    form = chosen(options, WITH_RECORDS, REFUSAL) if proof else chosen(options)
    options.no_undated(day=bool(options.as_of))
    asked: dict[str, Any] = {"undated": options.undated, "proofs": proof, "level": level, "bilateral": bilateral}
    found = options.graph.why(first, second, as_of=options.as_of, **asked)
    if excerpt:
        found = options.quoted(found)
    found = arranged(options, found)
    lines = (line for row in found for record in row.records for line in record_lines(record, options.lang))
    told = f"\n{as_lines(lines)}" if proof and form == "table" and not options.counts else ""
    emit(options, rendered(options, found, form=form, sources=sources) + told)
    options.say_hints(found)
