"""`stdgraph network compare`: views with each other, one by others, one with chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from stdgraph.cli.network.options import asked_of, network_of, rounded, say_left_out
from stdgraph.cli.options import Settings, bilateral_option, settings, with_rows
from stdgraph.cli.render import arranged, chosen, emit, rendered
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.model.results import Table

MODELS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "cug": (1, ("given",)),
    "qap": (2, ("actors", "binary")),
    "mrqap": (2, ("actors", "binary", "control")),
}
"""How many views each model takes at least (cug no more), and the options that go with it alone."""
OWN = {"given": "edges", "actors": "every", "binary": False, "control": ()}
"""The options of models as they are by themselves."""


@click.command("compare")
@with_rows
@click.argument("views", nargs=-1, metavar="VIEW...")
@click.option("--model", metavar="NAME", help="qap, mrqap or cug; else cug of one view, qap of several.")
@click.option("--control", multiple=True, metavar="NAME", help="mrqap: hold degree or size of both ends; repeatable.")
@click.option(
    "--given", default="edges", metavar="NAME", help="cug: random networks with this alike: edges, size, dyads."
)
@click.option("--actors", default="every", metavar="NAME", help="Actors that are in every view, or in any.")
@click.option("--binary", is_flag=True, help="Whether there is a tie, instead of its weight.")
@click.option(
    "--trials", type=click.IntRange(1), default=2000, show_default=True, help="Permutations, or random networks."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of what is drawn.")
@click.option("--level", metavar="LEVEL", help="all, body or country; country where there are several views, else all.")
@bilateral_option
@click.option(
    "--weight", default="newman", metavar="WEIGHT", help="newman: a record of k actors counts 1 / (k - 1); records: 1."
)
@click.option("--from", "since", metavar="DATE", help="Only ties of this time or later.")
@click.option("--to", "until", metavar="DATE", help="Only ties of this time or earlier.")
@click.option("--define", is_flag=True, help="Print what the words mean instead.")
@click.pass_context
def compare_command(
    ctx: click.Context, /, views: tuple[str, ...], define: bool, model: str | None, **asked: Any
) -> None:
    """Compare views over the same actors: VIEW, VIEW:PACK or VIEW:PACK:KIND; the first is the dependent one of mrqap.

    Example: stdgraph network compare cooperation co-membership --model mrqap --control size
    """
    from stdgraph.networks.significance.tables import COMPARE, definitions

    options = settings(ctx)
    if define:
        emit(options, rendered(options, arranged(options, definitions(COMPARE, options.lang)), numbered=False))
        return
    model = model or ("cug" if len(views) == 1 else "qap")
    own = _own(model, views, {name: asked.pop(name) for name in OWN})
    drawn = {name: asked.pop(name) for name in ("trials", "seed")}
    asked["level"] = asked["level"] or ("all" if model == "cug" else "country")
    table = _compared(options, model, views, own | drawn, asked)
    table = arranged(options, table)
    emit(options, rendered(options, rounded(table) if chosen(options) == "table" else table, numbered=False))
    networks = marked("{trials} random networks, seed {seed}")
    orders = marked("{trials} permutations, seed {seed}")
    message = networks if model == "cug" else orders
    options.say(Phrase(message, **drawn))


def _own(model: str, views: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that go with a model; refuses the others, and too few views or too many."""
    if model not in MODELS:
        detail = Phrase("'{given}' is none of {known}", given=model, known=", ".join(MODELS))
        raise ParameterError(parameter="model", detail=detail)
    least, fit = MODELS[model]
    if len(views) < least or (model == "cug" and len(views) > 1):
        one, more = marked("{model} takes one view; give its name"), marked("{model} takes two views or more")
        message = one if least == 1 else more
        raise ParameterError(parameter="view", detail=Phrase(message, model=model))
    for name, value in given.items():
        if name not in fit and value != OWN[name]:
            models = ", ".join(model for model, (_, names) in MODELS.items() if name in names)
            raise ParameterError(parameter=name, detail=Phrase("goes with {forms}", forms=models))
    return {name: given[name] for name in fit}


def _compared(
    options: Settings, model: str, views: tuple[str, ...], own: dict[str, Any], asked: dict[str, Any]
) -> Table:
    """Return the comparison by a model as a table, and tell of which actors it is."""
    from stdgraph.networks.significance import tables
    from stdgraph.networks.significance.layers import named

    if model == "cug":
        view, packs, kinds = named(views[0])
        return tables.cug_table(options.graph.cug(network_of(options, view, packs=packs, kinds=kinds, **asked), **own))
    how = {name: own.pop(name) for name in ("actors", "binary")}
    found = options.graph.aligned(*views, **how, **asked_of(options, asked))
    for name, reasons in found.ties_left_out.items():
        say_left_out(options, reasons, name)
    for name, number in found.left_out.items():
        if number:
            message = marked("{view}: {number} actors are not in all views and were left out; --actors any takes them")
            options.say(Phrase(message, view=name, number=number))
    options.say(Phrase("{number} actors", number=len(found.actors)))
    if model == "qap":
        return tables.qap_table(options.graph.qap(found, **own))
    regression = options.graph.mrqap(found, **own)
    options.say(
        Phrase(
            "{view} by {pairs:,} pairs of actors; R² {share:.4f}",
            view=views[0],
            pairs=regression.pairs,
            share=regression.r_squared,
        )
    )
    if told := tables.inflated(regression, options.lang):
        options.say(told)
    return tables.mrqap_table(regression, options.lang)
