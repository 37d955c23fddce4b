"""`stdgraph serve`: the graph on the web."""

from __future__ import annotations

import re
from typing import Any

import click

from stdgraph.cli.options import Settings, settings, shared
from stdgraph.errors import ExtraError, ParameterError
from stdgraph.locale import Phrase

ORIGIN = re.compile(r"https?://[^\s/?#]+")
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


@click.command("serve")
@shared
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Listen on this address.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="And port; 0 is any.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Answer under this name, too; repeatable.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Let pages of this origin read; repeatable.")
@click.option("--proxy", is_flag=True, help="A proxy on this machine tells who asks (X-Forwarded-For).")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="So many queries at once.")
@click.option("--timeout", type=click.IntRange(1, 3600), default=30, show_default=True, help="Seconds of a query.")
@click.option("--memory", type=click.IntRange(64, 1 << 20), default=1024, show_default=True, help="MiB of a query.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000_000), default=100_000, show_default=True, help="Rows of a query."
)
@click.option(
    "--budget", type=click.IntRange(0, 86_400), default=120, show_default=True, help="Seconds of work a minute and client; 0: any."
)  # fmt: skip
@click.option("--site", metavar="FOLDER", help="The explorer as `stdgraph site` wrote it, finished pages included.")
@click.option("--log", is_flag=True, help="A line of JSON for each request, without what was asked.")
@click.option("--log-queries", is_flag=True, help="The same, with what was asked.")
@click.pass_context
def serve_command(ctx: click.Context, /, host: str, port: int, proxy: bool, **given: Any) -> None:
    """Serve the graph, read only: explorer, SPARQL endpoint, JSON API, linked data, reconciliation.

    It listens on this machine only, unless --host says otherwise, and ends with Ctrl-C.

    Example: stdgraph serve --port 8000
    """
    options = settings(ctx)
    options.no_as_of("serve")
    options.embedded_only("serve")
    try:
        from stdgraph.server.run import bound, log_to_stderr, server
    except ImportError:
        raise ExtraError(what=Phrase("Pages for the web"), extra="web") from None
    made = _settings(**given)
    listening = bound(host, port)
    place = listening.getsockname()
    address = f"http://{f'[{place[0]}]' if ':' in place[0] else place[0]}:{place[1]}/"
    graph = options.graph
    log_to_stderr()
    with listening:
        server(graph, made, proxy=proxy, started=lambda: _tell(options, address)).run([listening])


def _tell(options: Settings, address: str) -> None:
    options.say(Phrase("{address}: explorer, /sparql, /api, /reconcile; Ctrl-C ends it", address=address))


def _settings(
    *, names: tuple[str, ...], origins: tuple[str, ...], site: str | None, log: bool, log_queries: bool, **given: int
) -> Any:
    """Return the settings of the server; raises ParameterError."""
    from stdgraph.server.limits import Settings as Served
    from stdgraph.storage.worker import Limits

    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            detail = Phrase("'{text}' is no origin such as {example}", text=origin, example="https://example.org")
            raise ParameterError(parameter="cors", detail=detail)
    for name in names:
        if not NAME.fullmatch(name):
            raise ParameterError(parameter="name", detail=Phrase("'{text}' is no name of a host", text=name))
    return Served(
        limits=Limits(given["timeout"], given["memory"] << 20, given["limit"]),
        workers=given["workers"],
        budget=given["budget"],
        names=tuple(name.lower() for name in names),
        origins=tuple(origin.lower() for origin in origins),
        log=log or log_queries,
        log_queries=log_queries,
        site=site or "",
    )
