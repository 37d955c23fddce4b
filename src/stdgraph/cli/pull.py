"""`stdgraph pull`: the graph from an engine elsewhere, as files."""

from __future__ import annotations

from pathlib import Path

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.push import dry_option, engine, store_option, update_option
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model import escape


@click.command("pull")
@click.argument("url")
@store_option
@update_option
@dry_option
@shared
@click.pass_context
def pull_command(ctx: click.Context, url: str, store: str | None, update: str | None, dry_run: bool) -> None:
    """Write the graphs of a SPARQL engine into a folder (-o), one Turtle file each, without ontology and what is derived.

    `stdgraph --data FOLDER …` then works on them as on any files.

    Example: stdgraph pull http://127.0.0.1:7878/query -o copy
    """
    from stdgraph.services.push import lines_of, pull

    options = settings(ctx)
    options.no_as_of("pull")
    options.embedded_only("pull")
    if not (folder := options.given.get("output")) or folder == "-":
        raise ParameterError(parameter="output", detail=Phrase("give the folder to write into: -o FOLDER"))
    moved = pull(engine(options, url, store, update), Path(folder), options.say, dry_run=dry_run)
    for line in lines_of(moved):
        click.echo(escape.lines(line))
    said = {"written": len(moved.written), "there": len(moved.there)}
    if dry_run:
        options.say(Phrase("Graphs to write: {written}; there already: {there}.", **said))
    else:
        options.say(Phrase("Graphs written: {written}; there already: {there}.", **said))
