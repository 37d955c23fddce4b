"""Shell completion of the names of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from stdgraph.cli.language import language
from stdgraph.cli.options import Settings
from stdgraph.errors import StdgraphError
from stdgraph.model import escape

if TYPE_CHECKING:
    from stdgraph.storage.names import Names


class Name(click.ParamType[str]):
    """The name of a thing of certain kinds; completes from the graph's index of names."""

    name = "name"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return names that begin with what was typed; none where the graph cannot be opened."""
        names = _names(ctx)
        if names is None:
            return []
        lang = language(ctx)
        found = names.complete(incomplete, self.kinds, 50)
        return [CompletionItem(n.matched, help=names.line(n, lang)) for n in found if escape.is_typable(n.matched)]


class Class(click.ParamType[str]):
    """The local name of a class of the ontology."""

    name = "class"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return classes that begin with what was typed."""
        names = _names(ctx)
        if names is None:
            return []
        rows = names.rows("SELECT DISTINCT kind FROM kind WHERE kind LIKE ? ORDER BY kind", (incomplete + "%",))
        return [CompletionItem(row[0]) for row in rows if escape.is_typable(row[0])]


def _names(ctx: click.Context) -> Names | None:
    """Return the names of the graph that the line asks for; None where it cannot be opened, or is far away."""
    try:
        options = Settings.of(ctx)
        options.given["quiet"] = True
        return None if options.endpoint else options.graph.reads.names
    except StdgraphError:
        return None
