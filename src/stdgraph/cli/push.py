"""`stdgraph push`: the graph into an engine elsewhere."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.options import Settings, settings, shared
from stdgraph.cli.render import emit
from stdgraph.locale import Phrase, translated

store_option = click.option("--store", metavar="URL", help="Where the engine has its graph store.")
update_option = click.option("--update", metavar="URL", help="Where the engine takes updates.")
dry_option = click.option("--dry-run", is_flag=True, help="Only tell what would be done.")


@click.command("push")
@click.argument("url")
@store_option
@update_option
@dry_option
@shared
@click.pass_context
def push_command(ctx: click.Context, url: str, store: str | None, update: str | None, dry_run: bool) -> None:
    """Write the graph into a SPARQL engine, graph by graph, each as a whole: ontology, data, packs and what is derived.

    URL is where the engine is asked, or its name in the settings file. What it has already stays as it is.

    Example: stdgraph push http://127.0.0.1:7878/query --dry-run
    """
    from stdgraph.services.push import lines_of, push
    from stdgraph.storage.export import quads

    options = settings(ctx)
    options.no_as_of("push")
    options.embedded_only("push")
    graph = options.graph
    held: Any = graph.reads
    moved = push(engine(options, url, store, update), quads(held, graph.files), options.say, dry_run=dry_run)
    emit(options, "".join(f"{line}\n" for line in lines_of(moved)))
    said = {"written": len(moved.written), "there": len(moved.there), "gone": len(moved.gone)}
    if dry_run:
        options.say(Phrase("Graphs to write: {written}; there already: {there}; to take away: {gone}.", **said))
    else:
        options.say(Phrase("Graphs written: {written}; there already: {there}; taken away: {gone}.", **said))


def engine(options: Settings, url: str, store: str | None, update: str | None) -> Any:
    """Return the engine at an address, or of a name in the settings file."""
    from stdgraph.storage.engine import Engine

    url, credentials = options.named(url)
    if "@" in url.partition("://")[2].partition("/")[0]:
        detail = Phrase("no name and password in it: others see what is typed; see `docs/endpoint.md`")
        raise click.BadParameter(translated(detail, options.lang), param_hint="URL")
    return Engine(url, store=store or "", update=update or "", credentials=credentials)
