"""`stdgraph network metrics`: the measures of each node, of the whole, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.network.options import network_of, networks_of, no_two_times, rounded, with_times, with_view
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import arranged, chosen, emit, rendered
from stdgraph.locale import Phrase, marked
from stdgraph.model.results import Cell, Row, Table

if TYPE_CHECKING:
    from stdgraph.networks.network import Network

DENSE = 0.5
"""In a projection with so large a share of all pairs nearly everybody meets everybody."""


@click.command("metrics")
@with_rows
@with_view
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="Only this measure; repeatable.")
@click.option("--weighted-paths", "weighted", is_flag=True, help="A step is as long as 1 / weight.")
@click.option("--whole", is_flag=True, help="Measure the network as a whole instead: density, mixing, communities.")
@with_times
@click.option("--define", is_flag=True, help="Print what each measure means instead.")
@click.pass_context
def metrics_command(
    ctx: click.Context, /, view: str, slices: str | None, days: str | None, define: bool, **asked: Any
) -> None:
    """Measure every node: degree, strength, betweenness, closeness, eigenvector, PageRank, core number, community and more.

    Example: stdgraph network metrics --view membership -f csv
    """
    from stdgraph.networks.measures import definitions_table

    options = settings(ctx)
    if define:
        emit(options, rendered(options, arranged(options, definitions_table(options.lang)), numbered=False))
        return
    how = {name: asked.pop(name) for name in ("measures", "weighted", "whole")}
    no_two_times(slices, days)
    if slices or days:
        each = networks_of(options, view, days=days, **asked)
        table = by_slice(
            {time: _measured(options, one, **how) for time, one in each.items()}, "day" if days else "year"
        )
    else:
        table = _measured(options, network_of(options, view, **asked), **how)
    table = arranged(options, table)
    emit(options, rendered(options, rounded(table) if chosen(options) == "table" else table, numbered=False))


def _measured(options: Settings, found: Network, *, measures: tuple[str, ...], weighted: bool, whole: bool) -> Table:
    from stdgraph.networks.measures import density, metrics, whole_table
    from stdgraph.networks.measures.tables import LARGE

    if found.graph["mode"] == "projection" and density(found) > DENSE:
        pairs = len(found) * (len(found) - 1) // 2
        message = marked(
            "{edges:,} of {pairs:,} pairs are tied here: measures that count steps or edges say nothing; take weights, or `stdgraph network backbone`"
        )
        options.say(Phrase(message, edges=found.number_of_edges(), pairs=pairs))
    if whole:
        return whole_table(found, lang=options.lang)
    if len(found) > LARGE:
        message = marked(
            "{nodes:,} nodes: betweenness is estimated, in two modes and with weighted paths left out; closeness and harmonic closeness are left out"
        )
        options.say(Phrase(message, nodes=len(found)))
    return metrics(options.graph.reads, found, measures=measures, weighted=weighted, lang=options.lang)


def by_slice(found: dict[str, Table], unit: str = "year") -> Table:
    """Return the tables of all years or days as one, which names them in its first column."""
    columns = (unit, *dict.fromkeys(name for table in found.values() for name in table.columns))
    cells: list[dict[str, Cell]] = [{unit: time, **row.cells} for time, table in found.items() for row in table]
    return Table(columns, tuple(map(Row, cells)))
