"""`stdgraph ledger`: what sources count, beside what the graph names."""

from __future__ import annotations

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, with_rows
from stdgraph.cli.render import MADE, TABLES, chosen, emit_table


@click.command("ledger")
@click.argument("name", required=False, type=Name())
@click.option("--gaps", is_flag=True, help="Only where fewer are named than stated.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@with_rows
@click.pass_context
def ledger_command(ctx: click.Context, name: str | None, gaps: bool, sources: bool) -> None:
    """List each number that a source states beside how many of the things it counts the graph can name.

    Example: stdgraph ledger --gaps
    """
    from stdgraph.services.ledger import summary

    options = settings(ctx)
    options.no_as_of("ledger")
    found = options.graph.ledger(name, gaps=gaps)
    emit_table(options, found, sources=sources)
    if chosen(options, (*TABLES, *MADE)) == "table":
        options.say(summary(found, options.lang))
