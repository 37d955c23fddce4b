"""`stdgraph why`: the records that link two actors."""

from __future__ import annotations

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import emit_table


@click.command("why")
@click.argument("first", metavar="A", type=Name("Actor"))
@click.argument("second", metavar="B", type=Name("Actor"))
@click.option("--sources", is_flag=True, help="Add a column of sources to csv, tsv and md.")
@shared
@click.pass_context
def why_command(ctx: click.Context, first: str, second: str, sources: bool) -> None:
    """List every record that links two actors, with its sources.

    Example: stdgraph why SAC BSI
    """
    options = settings(ctx)
    emit_table(options, options.graph.why(first, second, as_of=options.as_of), sources=sources)
