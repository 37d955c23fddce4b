"""`stdgraph path`: the shortest chains of cooperation."""

from __future__ import annotations

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import emit_table


@click.command("path")
@click.argument("first", metavar="A", type=Name("Actor"))
@click.argument("second", metavar="B", type=Name("Actor"))
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="At most so many chains.")
@click.option("--sources", is_flag=True, help="Add a column of sources to csv, tsv and md.")
@shared
@click.pass_context
def path_command(ctx: click.Context, first: str, second: str, limit: int, sources: bool) -> None:
    """Show the shortest chains of cooperation links between two actors, with the reason for each link.

    Example: stdgraph path BSI UNIDO
    """
    options = settings(ctx)
    options.no_undated(day=bool(options.as_of))
    found = options.graph.path(first, second, as_of=options.as_of, undated=options.undated, limit=limit)
    emit_table(options, found, sources=sources)
    options.say_left_out(found.left_out)
