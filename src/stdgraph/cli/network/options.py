"""The options that say what of the graph makes a network, as all commands of `stdgraph network` take them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.options import Settings, bilateral_option
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.results import Row, Table

if TYPE_CHECKING:
    from stdgraph.networks.network import Network

VIEW = (
    click.option(
        "--view", default="cooperation", show_default=True, metavar="VIEW", help="What the network is made of."
    ),
    click.option(
        "--level",
        default="all",
        metavar="LEVEL",
        help="all, body or country: as recorded, without countries, rolled up.",
    ),
    click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only ties of this kind; repeatable."),
    bilateral_option,
    click.option("--domestic", "scope", flag_value="domestic", help="Only ties between two of one country."),
    click.option("--international", "scope", flag_value="international", help="Only ties across a border."),
    click.option(
        "--weight",
        default="newman",
        metavar="WEIGHT",
        help="newman: a record of k actors counts 1 / (k - 1); records: 1.",
    ),
    click.option("--from", "since", metavar="DATE", help="Only ties of this time or later."),
    click.option("--to", "until", metavar="DATE", help="Only ties of this time or earlier."),
    click.option("--only-pack", "packs", multiple=True, metavar="NAME", help="Only ties of this register."),
)


slices_option = click.option(
    "--slices", type=click.Choice(["year"]), help="A network for each year, the undated apart."
)


def with_times(command: Any) -> Any:
    """Add the options that make a network of each year or day."""
    days = click.option(
        "--days", metavar="DATE,DATE…", help="A network for each day; of a register its snapshot of then."
    )
    return slices_option(days(command))


def with_view(command: Any) -> Any:
    """Add the options that say what of the graph makes the network."""
    for option in reversed(VIEW):
        command = option(command)
    return command


def network_of(options: Settings, view: str, **asked: Any) -> Network:
    """Return the network that the options ask for, and tell on standard error what was left out."""
    found: Network = options.graph.network(view, **asked_of(options, asked))
    say_left_out(options, found.graph["left_out"])
    return found


def networks_of(options: Settings, view: str, *, days: str | None = None, **asked: Any) -> dict[str, Network]:
    """Return the network of each year, or of each day if days are given; tell where the years are those of the documents."""
    from stdgraph.networks.slices import uneven

    if days:
        return _of_days(options, view, days, **asked)
    found: dict[str, Network] = options.graph.networks(view, **asked_of(options, asked))
    if told := uneven(found):
        options.say(told)
    for one in list(found.values())[:1]:
        say_left_out(options, one.graph["left_out"])
    return found


def _of_days(options: Settings, view: str, days: str, **asked: Any) -> dict[str, Network]:
    """Return the network of each day, and tell which snapshots of registers they are of."""
    found: dict[str, Network] = options.graph.networks(view, days=days_of(days), **asked_of(options, asked))
    for day, one in found.items():
        for register, snapshot in one.graph.get("registers", {}).items():
            options.say(Phrase("{day}: {register} as of {snapshot}", day=day, register=register, snapshot=snapshot))
        say_left_out(options, one.graph["left_out"], view=day)
    return found


def days_of(text: str) -> list[str]:
    """Return the days that an option lists, with commas of either script between them."""
    return [day for day in re.split(r"[,，、\s]+", text) if day]


def no_two_times(slices: str | None, days: str | None) -> None:
    """Refuse days and years together; raises ParameterError."""
    if slices and days:
        raise ParameterError(parameter="days", detail=Phrase("not together with --slices"))


def asked_of(options: Settings, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of `Graph.network` that the options give."""
    asked |= {name: asked[name] or "" for name in ("scope", "since", "until") if name in asked}
    given = {"as_of": options.as_of} if options.as_of else {}
    return asked | given | {"undated": options.undated}


def say_left_out(options: Settings, left_out: Mapping[str, int], view: str = "") -> None:
    """Tell how many ties were left out of a network, by the reason, and of which view if there are several."""
    for reason, number in left_out.items():
        said = Phrase("left out: {number} ties {reason}", number=number, reason=Phrase(reason))
        options.say(Phrase("{view}: {said}", view=view, said=said) if view else said)


def rounded(found: Table) -> Table:
    """Return a table for people: fractions with four digits; the other forms have all that are right."""
    rows = [
        {name: float(f"{cell:.4g}") if type(cell) is float else cell for name, cell in row.cells.items()}
        for row in found
    ]
    return replace(found, rows=tuple(map(Row, rows)))
