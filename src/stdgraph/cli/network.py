"""`stdgraph network`: views of the graph for network analysis."""

from __future__ import annotations

from dataclasses import replace

import click

from stdgraph.cli.options import bilateral_option, settings, shared, with_rows
from stdgraph.cli.render import arranged, chosen, emit, rendered
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.results import Row, Table

view_option = click.option("--view", default="cooperation", show_default=True, help="cooperation or membership.")


@click.group("network")
@shared
def network_command() -> None:
    """Export views of the graph as networks, and measure them.

    Example: stdgraph network metrics --view cooperation
    """


@network_command.command("export")
@view_option
@bilateral_option
@shared
@click.pass_context
def export_command(ctx: click.Context, view: str, bilateral: bool) -> None:
    """Write a view as graphml, gexf, gml, json or csv; the form follows from the file's suffix where it is not given.

    Example: stdgraph network export --view cooperation --format graphml -o cooperation.graphml
    """
    from stdgraph.services.network import FORMATS, export

    options = settings(ctx)
    options.no_as_of("network")
    if options.format is None:
        raise ParameterError(parameter="format", detail=Phrase("needed: one of {forms}", forms=", ".join(FORMATS)))
    form = chosen(options, FORMATS)
    found = options.graph.network(view, bilateral=bilateral)
    emit(options, export(found, form, lang=options.lang, excel=options.excel))
    counts = {"nodes": found.number_of_nodes(), "edges": found.number_of_edges()}
    options.say(Phrase("{nodes} nodes, {edges} edges", **counts))


@network_command.command("metrics")
@view_option
@bilateral_option
@with_rows
@click.pass_context
def metrics_command(ctx: click.Context, view: str, bilateral: bool) -> None:
    """Measure every node: degree, strength, betweenness, closeness, eigenvector, PageRank, core number, community.

    Example: stdgraph network metrics --view membership -f csv
    """
    from stdgraph.services.network import metrics

    options = settings(ctx)
    options.no_as_of("network")
    found = arranged(options, metrics(options.graph.reads, view, lang=options.lang, bilateral=bilateral))
    emit(options, rendered(options, rounded(found) if chosen(options) == "table" else found, numbered=False))


def rounded(found: Table) -> Table:
    """Return a table for people: fractions with four digits; the other forms have them all."""
    rows = [
        {name: float(f"{cell:.4g}") if type(cell) is float else cell for name, cell in row.cells.items()}
        for row in found
    ]
    return replace(found, rows=tuple(map(Row, rows)))
