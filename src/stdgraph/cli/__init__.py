"""The command line: loads, calls one service, prints. Each command is imported when it is called."""

from __future__ import annotations

import atexit
import importlib
import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from gettext import gettext
from pathlib import Path
from typing import Any

import click

from stdgraph import __version__
from stdgraph.cli.language import ARGUMENTS, Context, in_language, speaking, spoken, usage_errors
from stdgraph.cli.language import language as language_of
from stdgraph.cli.options import ASKED, tell, verbosity, with_rows
from stdgraph.errors import UNEXPECTED, StdgraphError, limit, odd_rows
from stdgraph.locale import Phrase, marked, translated
from stdgraph.locale.fault import NotCompiledError

COMMANDS = {
    "ask": "answer a canned question, each row with its sources",
    "build": "compile the graph, or write all of it into one file",
    "compare": "show things side by side: figures, ties, common partners",
    "diff": "tell what changed between two versions, in words and by record",
    "find": "find things by name, best first",
    "format": "write Turtle files in the project's block form",
    "infer": "print what the ontology and the cooperation rules entail",
    "intake": "turn filled-in forms into blocks of the data files",
    "ledger": "list what sources count beside what the graph names",
    "mcp": "serve the graph to an assistant, over standard input and output",
    "network": "export views of the graph, and measure them",
    "pack": "import registers such as ISO's open data, and compare their snapshots",
    "path": "show the shortest chains of cooperation between two actors",
    "profile": "show a page on one thing, on two or on several: lists with their counts",
    "pull": "write the graphs of a SPARQL engine into files",
    "push": "write the graph into a SPARQL engine, graph by graph",
    "query": "run a read-only SPARQL query",
    "reconcile": "find the ids that names mean, and things that the graph has twice",
    "schema": "show classes and properties as the data use them",
    "serve": "serve explorer, SPARQL endpoint, JSON API and reconciliation on the web",
    "show": "show one thing: names, kinds, relations, dates, sources",
    "site": "write the explorer, for a file server or as one file",
    "sources": "list the source documents, or every statement about a thing",
    "timeline": "list dated records in the order of their time",
    "validate": "check the graph, or new files inside it, against the shapes",
    "why": "list every record that links two actors, with sources",
}
ALIASES = {"source": "sources"}
"""Other words for a command, as people type them: `stdgraph source new KEY`."""
COMPLETE = "_STDGRAPH_COMPLETE"
"""The variable by which a shell asks for completions."""


class Face(click.Group):
    """A group that imports its commands when they are called and turns errors into exit codes."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        cmd_name = ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"stdgraph.cli.{cmd_name}")
        return speaking(getattr(module, f"{cmd_name}_command"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest commands where one is misspelt."""
        if args and ALIASES.get(args[0], args[0]) not in COMMANDS and not ctx.resilient_parsing:
            import difflib

            name = args[0][:100]
            nearest = difflib.get_close_matches(name, COMMANDS, n=3, cutoff=0.4)
            told = gettext("There is no command '{name}'. `stdgraph -h` lists them all.")
            if nearest:
                told = gettext("There is no command '{name}'. Nearest: {names}. `stdgraph -h` lists them all.")
            raise click.UsageError(told.format(name=name, names=", ".join(nearest)), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; report an error in the user's language and exit with its code."""
        try:
            with read_to_the_end(), usage_errors(ctx):
                return super().invoke(ctx)
        except (click.Abort, click.ClickException, click.exceptions.Exit, NotCompiledError):
            raise
        except Exception as error:
            if verbosity(ctx) >= 2:
                raise
            known = _meant(error, ctx.meta.get(ASKED))
            if isinstance(known, StdgraphError):
                tell(f"stdgraph: {known.message(language_of(ctx))}")
                ctx.exit(known.exit_code)
            fault = f"{type(error).__name__}: {error}"
            told = Phrase("internal fault: {fault} (run again with -vv)", fault=fault)
            tell(f"stdgraph: {translated(told, language_of(ctx))}")
            ctx.exit(3)

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run a command line in the language that it asks for."""
        if COMPLETE in os.environ:
            from stdgraph.cli.shells import register

            register()
        try:
            with in_language(spoken(sys.argv[1:] if args is None else args)):
                return super().main(args, *more, **options)
        except NotCompiledError as error:
            tell(f"stdgraph: {error}")
            sys.exit(3)

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Read the command line; it may be `-h`, which prints."""
        with read_to_the_end():
            return super().make_context(*arguments, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what was typed, since help and wrong use are told before all options are read."""
        ctx.meta[ARGUMENTS] = tuple(args)
        with usage_errors(ctx):
            return super().parse_args(ctx, args)


def _meant(error: Exception, endpoint: str | None) -> Exception:
    """Return what Python's own error means for a user."""
    if isinstance(error, MemoryError | RecursionError):
        return limit(error)
    if endpoint and isinstance(error, UNEXPECTED) and not isinstance(error, StdgraphError):
        from stdgraph.storage.endpoint import masked

        return odd_rows(masked(endpoint), error)
    return error


@contextmanager
def read_to_the_end() -> Iterator[None]:
    """Exit quietly where nobody reads the output any more (`| head`)."""
    try:
        yield
    except BrokenPipeError:
        from stdgraph.cli.render import drop_output

        drop_output()
        raise click.exceptions.Exit(0) from None


@click.group(
    cls=Face,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, message="stdgraph %(version)s", help=marked("Show the version and exit."))
@with_rows
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Ask, check and export an open knowledge graph of standardization actors and relations.

    Example: stdgraph ask who-cooperates-with --actor SAC
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line as a program, which writes UTF-8 wherever it runs, help and messages too.

    Where standard output is closed (`>&-`), nothing is printed.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open until the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(prog_name="stdgraph")
    except SystemExit as end:
        if isinstance(end.code, int):
            _end(end.code)
        raise


def _end(code: int) -> None:
    """End here and now, where nobody else is at work: to take apart all modules and a store takes an eighth of an answer.

    Whoever measures the program, and output that cannot be written, wait for the usual end.
    """
    if threading.active_count() > 1 or sys.getprofile() or sys.gettrace():
        return
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


__all__ = ["cli", "main"]
