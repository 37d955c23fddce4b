"""`stdgraph network`: views of the graph for network analysis."""

from __future__ import annotations

import click

from stdgraph.cli.network.backbone import backbone_command
from stdgraph.cli.network.communities import communities_command
from stdgraph.cli.network.compare import compare_command
from stdgraph.cli.network.export import export_command
from stdgraph.cli.network.metrics import metrics_command
from stdgraph.cli.network.plot import plot_command
from stdgraph.cli.options import shared


@click.group("network")
@shared
def network_command() -> None:
    """Export views of the graph as networks, and measure them.

    Example: stdgraph network metrics --view cooperation
    """


for command in (backbone_command, communities_command, compare_command, export_command, metrics_command, plot_command):
    network_command.add_command(command)
