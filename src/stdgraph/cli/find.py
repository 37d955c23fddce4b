"""`stdgraph find`: things by name."""

from __future__ import annotations

import click

from stdgraph.cli.completion import CLASSES, Code
from stdgraph.cli.options import settings, with_rows
from stdgraph.cli.render import emit_table
from stdgraph.locale import Phrase


@click.command("find")
@with_rows
@click.argument("text")
@click.option(
    "--kind", type=Code(CLASSES), metavar="CLASS", help="Only things of this class, such as NationalStandardsBody."
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many.")
@click.pass_context
def find_command(ctx: click.Context, text: str, kind: str | None, limit: int) -> None:
    """Find things by any of their names, in English or Chinese, best first.

    Example: stdgraph find 石墨烯
    """
    from stdgraph.services.find import LACKS, Size, listed

    options = settings(ctx)
    options.no_as_of("find")
    found = options.graph.find(text, kind=kind, limit=limit)
    emit_table(options, listed(options.graph.reads, found, options.lang), numbered=False)
    if not found:
        others = options.graph.find(text, limit=limit) if kind else ()
        nothing = Phrase("no name is like '{text}'", text=text)
        options.say(Phrase(LACKS, option="--kind", size=Size(len(others)).told()) if others else nothing)
