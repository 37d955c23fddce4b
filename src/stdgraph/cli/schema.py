"""`stdgraph schema`: classes and properties as the data use them."""

from __future__ import annotations

import click

from stdgraph.cli.options import ROWS, settings, with_rows
from stdgraph.cli.render import arranged, as_json, as_lines, chosen, emit, rendered

FORMS = ("table", "csv", "tsv", "json", "md", "ttl", "nt", "mermaid")


@click.command("schema")
@click.argument("term", required=False)
@with_rows
@click.pass_context
def schema_command(ctx: click.Context, term: str | None) -> None:
    """Show classes and properties as the data use them: how often, with what, an example, who asks for them.

    With a term (local name, label or IRI): its definition, and each of its uses.

    Example: stdgraph schema Agreement
    """
    options = settings(ctx)
    options.no_as_of("schema")
    form = chosen(options, FORMS)
    found = options.graph.schema(term)
    if form == "json" and not any(options.given.get(name) for name in ROWS):
        emit(options, as_json(found.to_json()))
    elif form == "mermaid":
        emit(options, found.mermaid())
    elif form in ("ttl", "nt"):
        from stdgraph.storage.export import ntriples
        from stdgraph.storage.turtle import turtle_of

        emit(options, turtle_of(found.triples()) if form == "ttl" else ntriples(list(found.triples())))
    else:
        head = as_lines([*found.head(), ""]) if term and form == "table" and not options.counts else ""
        is_brief = form == "table" and not any(options.given.get(name) for name in ROWS)
        table = found.brief() if is_brief else found.table()
        emit(options, head + rendered(options, arranged(options, table), form=form, numbered=False))
