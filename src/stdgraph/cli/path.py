"""`stdgraph path`: the shortest chains of cooperation."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.completion import TIES, Code, Name
from stdgraph.cli.options import bilateral_option, settings, with_rows
from stdgraph.cli.render import emit_table


@click.command("path")
@with_rows
@click.argument("first", metavar="A", type=Name("Actor"))
@click.argument("second", metavar="B", type=Name("Actor"))
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="At most so many chains.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@click.option(
    "--kind",
    type=Code(*TIES),
    metavar="KIND",
    help="Only links of this kind; one that goes one way is walked in its direction.",
)
@bilateral_option
@click.pass_context
def path_command(
    ctx: click.Context, first: str, second: str, limit: int, sources: bool, kind: str | None, bilateral: bool
) -> None:
    """Show the shortest chains of cooperation links between two actors, with the reason for each link.

    Example: stdgraph path BSI UNIDO
    """
    options = settings(ctx)
    options.no_undated(day=bool(options.as_of))
    asked: dict[str, Any] = {"limit": limit, "kind": kind, "bilateral": bilateral}
    found = options.graph.path(first, second, as_of=options.as_of, undated=options.undated, **asked)
    emit_table(options, found, sources=sources)
    options.say_hints(found)
