"""`stdgraph query`: free SPARQL, within limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stdgraph.cli.guard import guarded
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import as_json, chosen, emit, rendered, stdin_text
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase


@click.command("query")
@click.argument("query", required=False)
@click.option("--file", "file", metavar="F.rq", help="Read the query from a file.")
@click.option("--timeout", type=click.IntRange(1, 86_400), default=60, show_default=True, help="Seconds.")
@shared
@click.pass_context
def query_command(ctx: click.Context, query: str | None, file: str | None, timeout: int) -> None:
    """Run a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); - reads it from standard input.

    The prefixes of the project (stdg:, stdgc:, skos:, …) need no declaration.

    Example: stdgraph query 'SELECT ?x WHERE { ?x a stdg:JointCommission }'
    """
    options = settings(ctx)
    options.no_as_of("query")
    text = _text(query, file)
    graph = options.graph
    emit(options, guarded(lambda: _run(options, graph, text), seconds=timeout))


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


def _run(options: Any, graph: Any, text: str) -> str | bytes:
    from stdgraph.services.query import as_table, query

    found = query(graph.reads, text)
    if hasattr(found, "variables"):
        if chosen(options, ("table", "csv", "tsv", "json", "md", "srj")) == "srj":
            return _srj(found)
        return rendered(options, as_table(graph.reads, found, lang=options.lang), numbered=False)
    if type(found).__name__ == "QueryBoolean":
        form = chosen(options, ("table", "json", "srj"))
        truth = bool(found)
        return _srj(found) if form == "srj" else as_json(truth) if form == "json" else f"{str(truth).lower()}\n"
    return _triples(options, list(found))


def _srj(found: Any) -> bytes:
    import pyoxigraph as ox

    data: bytes = found.serialize(format=ox.QueryResultsFormat.JSON)
    return data + b"\n"


def _triples(options: Any, triples: list[Any]) -> str:
    from stdgraph.storage.export import ntriples
    from stdgraph.storage.turtle import turtle_of

    form = chosen(options, ("ttl", "nt"))
    return turtle_of(triples) if form == "ttl" else ntriples(triples)
