"""`stdgraph build`: compile, or write the whole graph."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import chosen, emit
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase


@click.command("build")
@shared
@click.pass_context
def build_command(ctx: click.Context) -> None:
    """Compile ontology, data, derived links and date bounds into the cache; with -o, write all into one file.

    The file's suffix tells its form: .nq (a graph for each file) or .ttl (one graph, in block form).

    Example: stdgraph build -o graph.nq
    """
    from stdgraph.storage.export import nquads, turtle

    options = settings(ctx)
    options.no_as_of("build")
    options.embedded_only("build")
    if options.format is None and options.given.get("output"):
        detail = Phrase("end the file name in .nq or .ttl, or give -f nq or -f ttl")
        raise ParameterError(parameter="output", detail=detail)
    form = chosen(options, ("nq", "ttl")) if options.format else None
    store: Any = options.graph.reads
    if form is None:
        emit(options, f"{getattr(store, 'place', None) or 'in memory'}\n")
        return
    emit(options, nquads(store, options.graph.files) if form == "nq" else turtle(store, options.graph.files))
    options.say(Phrase("{number} quads", number=len(store.store)))
