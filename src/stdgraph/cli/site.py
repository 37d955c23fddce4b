"""`stdgraph site`: the explorer."""

from __future__ import annotations

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import chosen, emit
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.later import later

WEB = later(r"https?://[^\s/]+(/[^\s?#]*)*")


@click.command("site")
@shared
@click.option("--one-file", is_flag=True, help="One HTML file that opens from disk, in place of a folder.")
@click.option("--address", metavar="URL", help="Where the folder will be, for search engines: they are given a map.")
@click.option("--standards", is_flag=True, help="Also the standards of registers, which are many.")
@click.pass_context
def site_command(ctx: click.Context, one_file: bool, address: str | None, standards: bool) -> None:
    """Write the explorer: pages, search and SPARQL with the engine inside, for any file server or as one file.

    It asks no server: all runs in the reader's browser, and nothing leaves it. In a folder countries, bodies, committees,
    agreements, documents and years have finished pages, too, which need no script.

    Example: stdgraph site --one-file -o atlas.html
    """
    options = settings(ctx)
    options.no_as_of("site")
    options.copied()
    if options.format:
        chosen(options, ("html",))
    if address is not None and (one_file or not WEB.fullmatch(address)):
        detail = Phrase("goes with a folder, and is an address such as https://example.org/atlas/")
        raise ParameterError(parameter="address", detail=detail)
    if one_file:
        page = options.graph.site_page(standards=standards)
        emit(options, page)
        options.say(Phrase("{size:.1f} MB: open it in a browser", size=len(page) / 1e6))
        return
    if options.output is None:
        raise ParameterError(
            parameter="output", detail=Phrase("needed: the folder to write, or a file with --one-file")
        )
    if options.format:
        raise ParameterError(parameter="output", detail=Phrase("a page is one file; add --one-file, or name a folder"))
    pages = options.graph.site(options.output, address=address or "", standards=standards)
    options.say(Phrase("{path}: {pages} pages; put this folder on any file server", path=options.output, pages=pages))
