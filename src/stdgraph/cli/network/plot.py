"""`stdgraph network plot`: a view as a picture."""

from __future__ import annotations

import sys
from typing import Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.network.options import network_of, networks_of, no_two_times, with_times, with_view
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import DRAWN, chosen, emit
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase


@click.command("plot")
@shared
@with_view
@click.option("--ego", metavar="NAME", type=Name(), help="Only this actor, those tied to it, and their ties.")
@click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="So many steps from the ego.")
@click.option(
    "--colour",
    "--color",
    default="kind",
    show_default=True,
    metavar="ATTR",
    help="Colour nodes by kind, country, region, level, side or community.",
)
@click.option(
    "--size", default="degree", show_default=True, metavar="MEASURE", help="Size nodes by this measure of `metrics`."
)
@click.option("--layout", metavar="LAYOUT", help="stress, circle or columns; small views of two modes take columns.")
@with_times
@click.option("--dark", is_flag=True, help="A picture in the colours for a dark screen.")
@click.pass_context
def plot_command(
    ctx: click.Context,
    /,
    view: str,
    ego: str | None,
    depth: int,
    slices: str | None,
    days: str | None,
    dark: bool,
    **asked: Any,
) -> None:
    """Draw a view, or the part around one actor, as svg, png or pdf: as wide as a page of A4.

    Example: stdgraph network plot --ego China --bilateral -o china.svg
    """
    options = settings(ctx)
    form = chosen(options, DRAWN)
    if form != "svg" and not options.output and sys.stdout.isatty():
        raise ParameterError(parameter="format", detail=Phrase("'{form}' is no text; give -o FILE", form=form))
    look = {name: asked.pop(name) or "" for name in ("colour", "size", "layout")}
    no_two_times(slices, days)
    each = {"days": days} if days else {}
    found = (networks_of if slices or days else network_of)(options, view, **each, **asked)
    picture = options.graph.draw_network(found, ego=ego or "", depth=depth, **look)
    emit(options, picture.render(form, dark=dark))
    for note in picture.notes:
        options.say(note)
