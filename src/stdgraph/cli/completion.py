"""Shell completion of the names of things, and of the codes of lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from stdgraph.cli.language import language
from stdgraph.cli.options import Settings
from stdgraph.errors import StdgraphError
from stdgraph.model import escape
from stdgraph.model.cells import text_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stdgraph.api import Graph
    from stdgraph.model.results import Row, Table

TIES = ("stdg:cooperatesWith", "stdg:linkedInStandardizationWith")
CLASSES = "classes"
"""Lists of codes by the names under which `Graph.codes` has them."""


class Name(click.ParamType[str]):
    """The name of a thing of certain kinds; completes from the graph's index of names."""

    name = "name"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return names that begin with what was typed; none where the graph cannot be opened."""
        from click.shell_completion import CompletionItem

        graph = opened(ctx)
        if graph is None:
            return []
        lang, names = language(ctx), graph.reads.names
        found = names.complete(incomplete, self.kinds, 50)
        return [CompletionItem(n.matched, help=names.line(n, lang)) for n in found if escape.is_typable(n.matched)]


class Code(click.ParamType[str]):
    """A code of some lists, by any of its names; `beside` are other words that the option takes."""

    name = "code"

    def __init__(self, *lists: str, beside: Sequence[str] = ()) -> None:
        self.lists = lists
        self.beside = beside

    def codes(self, ctx: click.Context) -> Table | None:
        """Return the codes; None where the graph cannot be opened, or is far away."""
        graph = opened(ctx)
        return graph.codes(*self.lists) if graph else None

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return each code that has a name which begins with what was typed, by that name."""
        from click.shell_completion import CompletionItem

        lang, rows = language(ctx), self.codes(ctx) or ()
        found = [(begun, both(row, lang)) for row in rows if (begun := _begun(row, incomplete, lang))]
        words = [CompletionItem(word) for word in self.beside if word.startswith(incomplete)]
        return [*words, *(CompletionItem(text, help=told) for text, told in found if escape.is_typable(text))]


def _begun(row: Row, typed: str, lang: str) -> str:
    """Return the first name of a code that begins with what was typed, whatever its case; the label first in Chinese."""
    names = [text_of(row[column]) for column in (("zh", "code", "en") if lang == "zh" else ("code", "en", "zh"))]
    also = row["also"]
    names += map(text_of, also if isinstance(also, tuple) else ())
    return next((name for name in names if name and name.lower().startswith(typed.lower())), "")


def both(row: Row, lang: str) -> str:
    """Return a code with its labels in both languages, the English one where the code does not say it already."""
    code, en, zh = (text_of(row[column]) for column in ("code", "en", "zh"))
    english = code if en.lower().replace(" ", "-") in ("", code.lower()) else f"{code} ({en})"
    return f"{zh} {english}".strip() if lang == "zh" else f"{english} {zh}".strip()


def code_help(ctx: click.Context, params: Iterable[click.Parameter], formatter: click.HelpFormatter) -> None:
    """Write a section of a help page for each option that takes a code, with its list."""
    from stdgraph.cli.layout import columns

    width = getattr(formatter, "columns", formatter.width)
    for param in params:
        if isinstance(param.type, Code) and (found := param.type.codes(ctx)):
            formatter.write_paragraph()
            formatter.write_heading(param.opts[0])
            line = ""
            for item in [*param.type.beside, *(both(row, language(ctx)) for row in found)]:
                if line and columns(f"  {line} · {item}") > width:
                    formatter.write(f"  {line} ·\n")
                    line = ""
                line = f"{line} · {item}" if line else item
            formatter.write(f"  {line}\n")


def opened(ctx: click.Context) -> Graph | None:
    """Return the graph that the line asks for; None where it cannot be opened, or is far away."""
    try:
        options = Settings.of(ctx)
        options.given["quiet"] = True
        return None if options.endpoint else options.graph
    except StdgraphError:
        return None
