"""`stdgraph network communities`: who belongs together, how good the division is, how stable; and how it changes with time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.network.options import network_of, networks_of, no_two_times, rounded, with_times, with_view
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.pages import brief
from stdgraph.cli.render import (
    DRAWN,
    MADE,
    TABLES,
    arranged,
    chosen,
    emit,
    emit_made,
    no_picture,
    rendered,
)
from stdgraph.errors import ExtraError, ParameterError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Table

if TYPE_CHECKING:
    from stdgraph.networks.flows import Flows

LISTS = ("communities", "flows", "actors", "times")
ON_PAGE = ("flows", "communities", "times")
"""The lists that stand on a page, under the picture."""


@click.command("communities")
@with_rows
@with_view
@with_times
@click.option("--list", "only", type=click.Choice(LISTS), help="Of days or years: the list to show.")
@click.option("--dark", is_flag=True, help="A picture in the colours for a dark screen.")
@click.pass_context
def communities_command(
    ctx: click.Context,
    /,
    view: str,
    slices: str | None,
    days: str | None,
    only: str | None,
    dark: bool,
    **asked: Any,
) -> None:
    """List the communities of a view (Leiden), how far other seeds and orders of the edges agree, and how they change.

    Example: stdgraph network communities --bilateral
    """
    options = settings(ctx)
    no_two_times(slices, days)
    if slices or days:
        _through_time(options, view, days, only or LISTS[0], dark, **asked)
        return
    for name, given in (("list", only), ("dark", dark)):
        if given:
            raise ParameterError(parameter=name, detail=Phrase("goes with {forms}", forms="--days, --slices"))
    _of_one(options, view, **asked)


def _of_one(options: Settings, view: str, **asked: Any) -> None:
    from stdgraph.networks.measures import communities_table

    found = network_of(options, view, **asked)
    table, said = communities_table(options.graph.reads, found, lang=options.lang)
    table = arranged(options, table)
    emit(options, rendered(options, rounded(table) if chosen(options) == "table" else table, numbered=False))
    told = {name: "-" if value is None else f"{value:.4g}" for name, value in said.items()}
    message = marked(
        "{communities} communities, modularity {modularity}; adjusted Rand index {over_seeds} over 50 seeds, {over_orders} over 50 orders"
    )
    options.say(Phrase(message, **told))


def _through_time(options: Settings, view: str, days: str | None, only: str, dark: bool, **asked: Any) -> None:
    """Write the communities of several days or years as a table, a page or a picture, and tell what to beware of."""
    from stdgraph.networks.flows import caveats, followed

    form = chosen(options, (*TABLES, *MADE, *DRAWN))
    no_picture(form, None, dark)
    found = followed(networks_of(options, view, days=days, **asked), unit="day" if days else "year")
    if form in DRAWN and not options.counts:
        _draw(options, found, form, dark)
    elif form == "html" and not options.counts:
        _page(options, found)
    else:
        _list(options, found, only, form)
    for note in caveats(found):
        options.say(note)


def _list(options: Settings, found: Flows, only: str, form: str) -> None:
    from stdgraph.networks.flows import table

    listed = arranged(options, table(options.graph.reads, found, only, lang=options.lang))
    if form == "xlsx" and not options.counts:
        emit_made(options, listed, form, title=_title(found, options.lang))
    else:
        emit(options, rendered(options, rounded(listed) if form == "table" else listed, form=form, numbered=False))


def _title(found: Flows, lang: str) -> str:
    from stdgraph.networks.flows.alluvial import title

    return title(found, lang)


def _draw(options: Settings, found: Flows, form: str, dark: bool) -> None:
    from stdgraph.networks.flows import picture

    if form != "svg" and not options.output and sys.stdout.isatty():
        raise ParameterError(parameter="format", detail=Phrase("'{form}' is no text; give -o FILE", form=form))
    drawn = picture(found, form, dark=dark, lang=options.lang)
    emit(options, drawn.data)
    for note in drawn.notes:
        options.say(note)


def _page(options: Settings, found: Flows) -> None:
    """Write picture and lists as one page; without the library that draws, the lists."""
    from stdgraph.exchange.forms import facts_of
    from stdgraph.exchange.page import Section, page
    from stdgraph.networks.flows import LISTS as TITLES
    from stdgraph.networks.flows import table

    drawn = _svg(options, found)
    sections = []
    for name in ON_PAGE:
        listed: Table = brief(table(options.graph.reads, found, name, lang=options.lang))
        sections.append(Section(listed, str(translated(Phrase(TITLES[name]), options.lang)), drawn))
        drawn = ""
    facts = [fact for fact in facts_of(Table((), ()), options.lang, options.graph.data) if fact[1] != "0"]
    told = page(sections, title=_title(found, options.lang), lang=options.lang, facts=facts)
    emit(options, told.encode("utf-8", "surrogateescape"))


def _svg(options: Settings, found: Flows) -> str:
    from stdgraph.networks.flows import picture

    try:
        return picture(found, bare=True, lang=options.lang).data.decode().strip()
    except ExtraError:
        return ""
