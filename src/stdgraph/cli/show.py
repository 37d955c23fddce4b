"""`stdgraph show`: one thing."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import as_json, as_lines, as_text, chosen, emit, screen_width, source_text
from stdgraph.locale import Phrase, marked, translated

TITLES = {
    "names": marked("Names"),
    "facts": marked("Facts"),
    "records": marked("Records"),
    "partners": marked("Cooperates with"),
}


@click.command("show")
@click.argument("name", type=Name())
@shared
@click.pass_context
def show_command(ctx: click.Context, name: str) -> None:
    """Show one thing: names, kinds, facts, the records it takes part in, its partners, with sources.

    Example: stdgraph show BSI
    """
    options = settings(ctx)
    form = chosen(options, ("table", "json", "ttl", "nt"))
    if form in ("ttl", "nt"):
        emit(options, _triples(options, options.graph.iri(name), form))
        return
    options.no_undated(day=bool(options.as_of))
    shown = options.graph.show(name, as_of=options.as_of, undated=options.undated)
    emit(options, as_json(shown.to_json()) if form == "json" else _text(options, shown))
    options.say_left_out(shown.left_out)


def _text(options: Any, shown: Any) -> str:
    titles = {name: translated(Phrase(title), options.lang) for name, title in TITLES.items()}
    width, color = screen_width(options), options.color
    head = as_lines([f"{shown.entity.label}  ({', '.join(shown.kinds)})", shown.entity.iri])
    parts = [
        "\n" + as_text(table, title=titles[name], width=width, color=color, lang=options.lang)
        for name in TITLES
        if len(table := getattr(shown, name))
    ]
    places = Phrase("Read in: {places}", places=source_text(shown.sources, options.lang))
    read = as_lines(["", translated(places, options.lang)]) if shown.sources else ""
    return head + "".join(parts) + read


def _triples(options: Any, iri: str, form: str) -> str:
    from stdgraph.services.show import triples
    from stdgraph.storage.export import ntriples
    from stdgraph.storage.turtle import turtle_of

    found = triples(options.graph.reads, iri)
    return turtle_of(found) if form == "ttl" else ntriples(found)
