"""`stdgraph format`: Turtle in block form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import as_lines, chosen, emit, stdin_text
from stdgraph.errors import FileError, ParameterError
from stdgraph.locale import Phrase, marked, translated

UNFORMATTED = marked("{path}: not in block form; run `stdgraph format {path}`")
FORMATTED = marked("{path}: formatted")


@click.command("format")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER]…")
@click.option("--check", is_flag=True, help="Only tell which files are not in block form; exit code 1 if any.")
@shared
@click.pass_context
def format_command(ctx: click.Context, files: tuple[str, ...], check: bool) -> None:
    """Write Turtle files in the project's block form; - reads standard input. Without files: those of the repository.

    Example: stdgraph format --check data/ttl
    """
    from stdgraph.storage.turtle import format_turtle
    from stdgraph.storage.writing import write_atomic

    options = settings(ctx)
    options.no_as_of("format")
    chosen(options, ("ttl",))
    if files == ("-",) and not check:
        emit(options, format_turtle(stdin_text()))
        return
    if options.output:
        detail = Phrase("files are formatted in place; -o goes with - alone")
        raise ParameterError(parameter="output", detail=detail)
    changed = []
    for path, before, after in _formatted(files, options.say):
        if before != after:
            changed.append(path)
            if not check:
                write_atomic(path, after.encode())
    told = [Phrase(UNFORMATTED if check else FORMATTED, path=path) for path in changed]
    emit(options, as_lines(translated(line, options.lang) for line in told))
    if check and changed:
        ctx.exit(1)


def _formatted(files: tuple[str, ...], say: Callable[[str], None]) -> Iterator[tuple[Path, str, str]]:
    """Yield each file with its text as it is and in block form."""
    from stdgraph.storage.files import format_file
    from stdgraph.storage.turtle import format_turtle

    if files == ("-",):
        text = stdin_text()
        yield Path("-"), text, format_turtle(text)
        return
    for path in _paths(files, say):
        yield path, *format_file(path)


def _paths(files: tuple[str, ...], say: Callable[[str], None]) -> list[Path]:
    from stdgraph.storage.files import content, files_below

    if not files:
        return [p for part in ("data", "ontology", "shapes") for p in sorted(content(part).rglob("*.ttl"))]
    paths: list[Path] = []
    for given in map(Path, files):
        found = files_below(given, (".ttl",), say) if given.is_dir() else [given]
        if not found:
            raise FileError(path=given, detail=Phrase("no Turtle file in this folder"))
        paths += found
    return paths
