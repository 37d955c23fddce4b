"""`stdgraph mcp`: the graph for an assistant, over the Model Context Protocol."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from stdgraph.cli.options import Settings, settings, shared, verbosity
from stdgraph.cli.render import as_json, emit
from stdgraph.errors import ExtraError
from stdgraph.locale import Phrase


@click.command("mcp")
@click.option(
    "--timeout", type=click.IntRange(1, 3600), default=60, show_default=True, help="Seconds that a query has."
)
@click.option(
    "--memory", type=click.IntRange(64, 1 << 20), default=2048, show_default=True, help="MiB beside the graph."
)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="Rows that a call has at most."
)
@click.option("--client", is_flag=True, help="Print what an assistant's program needs to start it, as JSON, and stop.")
@shared
@click.pass_context
def mcp_command(ctx: click.Context, timeout: int, memory: int, limit: int, client: bool) -> None:
    """Serve the graph to an assistant: find, profile, ask, why, path, sources and query, over standard input and output.

    The assistant's program starts it. Standard output carries the protocol alone, messages go to standard error.

    Example: stdgraph mcp --client
    """
    from stdgraph.mcp.desk import Desk
    from stdgraph.storage.worker import Limits

    options = settings(ctx)
    options.no_as_of("mcp")
    if client:
        told = {"command": sys.executable, "args": ["-m", "stdgraph", "mcp", *_typed(ctx, options)]}
        emit(options, as_json({"mcpServers": {"stdgraph": told}}))
        return
    try:
        from stdgraph.mcp.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise ExtraError(what=Phrase("Assistants"), extra="mcp") from None
    traced = verbosity(ctx) >= 2
    serve(Desk(lambda: options.graph, Limits(timeout, memory << 20, limit), options.lang, traced=traced))


def _typed(ctx: click.Context, options: Settings) -> list[str]:
    """Return the options of a call as they mean the same from any folder."""
    told: list[str] = []
    for name in ("data", "with", "pack", "endpoint", "as_of", "lang", "config"):
        given = options.given.get(name) or ()
        for value in given if isinstance(given, tuple) else (given,):
            is_path = name in ("data", "with", "config")
            told += [f"--{name.replace('_', '-')}", str(Path(value).absolute()) if is_path else value]
    for param in ctx.command.params:
        if param.name in ("timeout", "memory", "limit") and ctx.params[param.name] != param.default:
            told += [param.opts[0], str(ctx.params[param.name])]
    return told
