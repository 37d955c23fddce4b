"""`stdgraph query`: free SPARQL, within limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import arranged, as_json, chosen, emit, rendered, stdin_text
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase

if TYPE_CHECKING:
    from stdgraph.api import Graph


@click.command("query")
@with_rows
@click.argument("query", required=False)
@click.option("--file", "file", metavar="F.rq", help="Read the query from a file.")
@click.option("--timeout", type=click.IntRange(1, 86_400), default=60, show_default=True, help="Seconds.")
@click.option(
    "--memory", type=click.IntRange(64, 1 << 20), default=2048, show_default=True, help="MiB beside the graph."
)
@click.option(
    "--limit", type=click.IntRange(1, 10_000_000), default=100_000, show_default=True, help="At most so many rows."
)
@click.pass_context
def query_command(ctx: click.Context, /, query: str | None, file: str | None, **limits: int) -> None:
    """Run a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); - reads it from standard input.

    The prefixes of the project (stdg:, stdgc:, skos:, …) need no declaration.

    Example: stdgraph query 'SELECT ?x WHERE { ?x a stdg:JointCommission }'
    """
    from stdgraph.storage.limited import warm

    options = settings(ctx)
    options.no_as_of("query")
    text = _text(query, file)
    if not options.endpoint:
        warm()
    emit(options, _run(options, options.graph, text, limits))


def _text(query: str | None, file: str | None) -> str:
    from stdgraph.storage.files import read_text

    if (query is None) == (file is None):
        detail = Phrase("give either a query or --file, not both or neither")
        raise ParameterError(parameter="file", detail=detail)
    if file is not None:
        return read_text(Path(file))
    if query != "-":
        return str(query)
    return stdin_text()


def _run(options: Settings, graph: Graph, text: str, given: dict[str, int]) -> str | bytes:
    from stdgraph.services.query import as_table, cut, query
    from stdgraph.storage.worker import Limits

    limits = Limits(given["timeout"], given["memory"] << 20, given["limit"])
    found = query(graph.reads, text, limits)
    if found.cut:
        options.say(cut(limits.rows))
    if isinstance(found.result, bool):
        return _truth(options, truth=found.result)
    if not hasattr(found.result, "variables"):
        return _triples(options, sorted(set(found.result), key=str))
    if chosen(options, ("table", "csv", "tsv", "json", "md", "srj")) == "srj":
        return _srj(found.result)
    table = arranged(options, as_table(graph.reads, found.result, lang=options.lang))
    return rendered(options, table, numbered=False)


def _truth(options: Settings, *, truth: bool) -> str:
    form, told = chosen(options, ("table", "json", "srj")), "true" if truth else "false"
    return as_json(truth) if form == "json" else f'{{"head":{{}},"boolean":{told}}}\n' if form == "srj" else f"{told}\n"


def _srj(found: Any) -> bytes:
    import pyoxigraph as ox

    data: bytes = found.serialize(format=ox.QueryResultsFormat.JSON)
    return data + b"\n"


def _triples(options: Settings, triples: list[Any]) -> str:
    from stdgraph.storage.export import ntriples
    from stdgraph.storage.turtle import turtle_of

    form = chosen(options, ("ttl", "nt"))
    return turtle_of(triples) if form == "ttl" else ntriples(triples)
