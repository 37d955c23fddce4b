"""`stdgraph why`: the records that link two actors."""

from __future__ import annotations

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import emit_table, record_lines


@click.command("why")
@click.argument("first", metavar="A", type=Name("Actor"))
@click.argument("second", metavar="B", type=Name("Actor"))
@click.option("--sources", is_flag=True, help="Add a column of sources to csv, tsv and md.")
@click.option("--proof", is_flag=True, help="Prove each link, down to file, line and source.")
@shared
@click.pass_context
def why_command(ctx: click.Context, first: str, second: str, sources: bool, proof: bool) -> None:
    """List every record that links two actors, with its sources.

    Example: stdgraph why SAC BSI
    """
    options = settings(ctx)
    found = options.graph.why(first, second, as_of=options.as_of, proofs=proof)
    emit_table(options, found, sources=sources)
    if proof and options.format in (None, "table"):
        lines = [line for row in found for record in row.records for line in record_lines(record)]
        click.echo("\n".join(["", *lines]))
