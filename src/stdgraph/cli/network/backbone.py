"""`stdgraph network backbone`: the ties of a view that are more than chance gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.network.export import beside, put
from stdgraph.cli.network.options import asked_of, rounded, say_left_out, with_view
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import TABLES, arranged, chosen, emit, rendered
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked

if TYPE_CHECKING:
    from stdgraph.networks.significance import Backbone


@click.command("backbone")
@with_rows
@with_view
@click.option("--model", metavar="NAME", help="sdsm, fdsm or disparity; else the one that fits the view.")
@click.option("--alpha", default="0.05", show_default=True, metavar="VALUE", help="Level: how much of chance may pass.")
@click.option(
    "--correction",
    default="bonferroni",
    show_default=True,
    metavar="NAME",
    help="For many tests: bonferroni, benjamini-hochberg or none.",
)
@click.option("--sign", is_flag=True, help="Both tails: also what is tied less than expected.")
@click.option("--trials", type=click.IntRange(1), default=1000, show_default=True, help="Random networks of fdsm.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of what is drawn.")
@click.option("--define", is_flag=True, help="Print what the words mean instead.")
@click.pass_context
def backbone_command(ctx: click.Context, /, view: str, define: bool, **asked: Any) -> None:
    """Find the ties that are more than chance: in two modes, who shares more than the degrees let expect; in one, whose ties weigh more.

    Example: stdgraph network backbone --view membership
    """
    from stdgraph.networks.formats import FORMATS
    from stdgraph.networks.significance.tables import BACKBONE, backbone_table, definitions

    options = settings(ctx)
    if define:
        emit(options, rendered(options, arranged(options, definitions(BACKBONE, options.lang)), numbered=False))
        return
    form = chosen(options, tuple(dict.fromkeys([*TABLES, *FORMATS])))
    how = {name: asked.pop(name) for name in ("model", "correction", "sign", "trials", "seed")}
    how["model"] = how["model"] or ""
    how["alpha"] = number("alpha", asked.pop("alpha"))
    found: Backbone = options.graph.backbone(view, **how, **asked_of(options, asked))
    say_left_out(options, found.network.graph["left_out"])
    if form in TABLES:
        table = arranged(options, backbone_table(found, options.lang))
        emit(options, rendered(options, rounded(table) if form == "table" else table, numbered=False))
        if options.output:
            beside(options, found.network)
    else:
        put(options, found.network, form)
    _say(options, found)


def number(name: str, text: str) -> float:
    """Return what an option says as a number.

    Raises:
        ParameterError: it is none.
    """
    try:
        return float(text)
    except ValueError:
        raise ParameterError(parameter=name, detail=Phrase("'{given}' is no number", given=text)) from None


def _say(options: Settings, found: Backbone) -> None:
    """Tell how many pairs were tested and kept, and how."""
    how = found.criterion
    counts = {"pairs": len(found.pairs), "tied": found.tied, "kept": found.kept, "tests": found.tests}
    if how.model == "fdsm":
        options.say(Phrase("{trials} random networks, seed {seed}", trials=how.trials, seed=how.seed))
    if found.hopeless:
        message = marked(
            "no pair can pass: with {trials} random networks p is at least {least}; take more --trials, or sdsm"
        )
        least = f"{(1 + how.sign) / (how.trials + 1):.3g}"
        options.say(Phrase(message, trials=how.trials, least=least))
    upper = marked(
        "{pairs:,} pairs, {tied:,} of them tied, {kept:,} kept: {model}, alpha {alpha:g}, {correction} of {tests:,} tests, upper tail (tied more than chance gives)"
    )
    both = marked(
        "{pairs:,} pairs, {tied:,} of them tied, {kept:,} kept: {model}, alpha {alpha:g}, {correction} of {tests:,} tests, both tails (sign 1 more than chance gives, -1 less)"
    )
    said = {"model": how.model, "alpha": how.alpha, "correction": how.correction}
    message = both if how.sign else upper
    options.say(Phrase(message, **counts, **said))
