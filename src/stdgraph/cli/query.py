"""`stdgraph query`: free SPARQL, within limits."""

from __future__ import annotations

import re
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
@click.option(
    "--bind", multiple=True, metavar="VAR=NAME", help="Give a variable a thing by any of its names; repeatable."
)
@click.pass_context
def query_command(
    ctx: click.Context, /, query: str | None, file: str | None, bind: tuple[str, ...], **limits: int
) -> None:
    """Run a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); - reads it from standard input.

    The prefixes of the project (stdg:, stdgc:, skos:, …) need no declaration, and <org/gb-bsi> is an id of the graph.

    Example: stdgraph query 'SELECT ?x WHERE { ?x a stdg:JointCommission }'
    """
    from stdgraph.storage.limited import warm

    options = settings(ctx)
    options.no_as_of("query")
    text = _text(query, file)
    if not options.endpoint:
        warm()
    _run(options, text, _bound(bind), limits)


def _bound(given: tuple[str, ...]) -> dict[str, str]:
    """Return the name that each variable is given."""
    found: dict[str, str] = {}
    for pair in given:
        variable, sign, name = pair.partition("=")
        variable = variable.strip().lstrip("?$")
        if not sign or not re.fullmatch(r"\w+", variable) or not name.strip():
            detail = Phrase("'{pair}' is not VAR=NAME, such as {example}", pair=pair, example="actor=BSI")
            raise ParameterError(parameter="bind", detail=detail)
        if variable in found:
            raise ParameterError(parameter="bind", detail=Phrase("?{name} is given twice", name=variable))
        found[variable] = name
    return found


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


def _run(options: Settings, text: str, bind: dict[str, str], given: dict[str, int]) -> None:
    from stdgraph.services.query import cut, query
    from stdgraph.storage.worker import Limits

    graph = options.graph
    limits, values = Limits(given["timeout"], given["memory"] << 20, given["limit"]), graph.values(bind)
    found = query(graph.reads, text, limits, values)
    if found.cut:
        options.say(cut(limits.rows))
    output, empty, blank = _output(options, graph, found.result)
    emit(options, output)
    if not options.given.get("quiet"):
        for hint in graph.hints(text, empty=empty, blank=blank, limits=limits, values=values):
            options.say(hint)


def _output(options: Settings, graph: Graph, result: Any) -> tuple[str | bytes, bool, list[str]]:
    """Return a result in the form asked for, whether it is empty, and the variables without a value."""
    from stdgraph.services.query import as_table, is_empty

    if isinstance(result, bool):
        return _truth(options, truth=result), False, []
    if not hasattr(result, "variables"):
        triples = sorted(set(result), key=str)
        return _triples(options, triples), not triples, []
    if chosen(options, ("table", "csv", "tsv", "json", "md", "srj")) == "srj":
        data = _srj(result)
        return data, b'"bindings":[]' in data, []
    table = as_table(graph.reads, result, lang=options.lang)
    blank = [name for name in table.columns if len(table) and all(row[name] is None for row in table)]
    return rendered(options, arranged(options, table), numbered=False), is_empty(table), blank


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
