"""`stdgraph sources`: documents and statements."""

from __future__ import annotations

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, with_rows
from stdgraph.cli.render import emit_table


@click.command("sources")
@click.argument("name", required=False, type=Name())
@with_rows
@click.pass_context
def sources_command(ctx: click.Context, name: str | None) -> None:
    """List the source documents, or every statement about a thing with document, place, confidence and rank.

    Example: stdgraph sources BSI
    """
    options = settings(ctx)
    options.no_as_of("sources")
    emit_table(options, options.graph.sources(name), numbered=False)
