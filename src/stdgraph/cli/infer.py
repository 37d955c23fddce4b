"""`stdgraph infer`: what the graph entails."""

from __future__ import annotations

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import chosen, emit


@click.command("infer")
@shared
@click.pass_context
def infer_command(ctx: click.Context) -> None:
    """Print the triples that the ontology (OWL 2 RL) and the cooperation rules entail, without the asserted ones.

    Example: stdgraph infer -o derived.ttl
    """
    from stdgraph.services.infer import infer
    from stdgraph.storage.turtle import turtle_of

    options = settings(ctx)
    options.embedded_only("infer")
    form = chosen(options, ("ttl", "nt"), default="nt" if (options.output or "").endswith(".nt") else None)
    triples = infer(options.graph.files)
    emit(options, turtle_of(triples) if form == "ttl" else "".join(f"{t} .\n" for t in triples))
    options.say(f"{len(triples)} derived triples")
