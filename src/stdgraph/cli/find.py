"""`stdgraph find`: things by name."""

from __future__ import annotations

import click

from stdgraph.cli.completion import CLASSES, Code
from stdgraph.cli.options import settings, with_rows
from stdgraph.cli.render import emit_table
from stdgraph.model.results import Cell, table
from stdgraph.model.vocabulary import short


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
    from stdgraph.services.find import kinds

    options = settings(ctx)
    options.no_as_of("find")
    found = options.graph.find(text, kind=kind, limit=limit)
    classes = kinds(options.graph.reads, [n.kind for n in found], options.lang)
    columns = ("id", "name", "matched", "kind", "country", "score")
    rows: list[dict[str, Cell]] = [
        {
            "id": short(n.iri),
            "name": n.label(options.lang),
            "matched": n.matched,
            "kind": classes.get(n.kind),
            "kind_label": classes[n.kind].label if n.kind else None,
            "country": n.country or None,
            "score": n.score,
        }
        for n in found
    ]
    emit_table(options, table(columns, rows), numbered=False)
