"""`stdgraph format`: Turtle in block form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from stdgraph.cli.options import settings, shared, tell
from stdgraph.cli.render import as_lines, chosen, emit, stdin_text
from stdgraph.errors import FileError, InputError, ParameterError
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

    Comments stay where they belong. A file that cannot be read is told, and does not stop the others.

    Example: stdgraph format --check data/ttl
    """
    from stdgraph.storage.files import format_file
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
    changed, broken = [], []
    from_input = files == ("-",)
    for path in [Path("-")] if from_input else _paths(files, options.say):
        try:
            before, after = _formatted_input() if from_input else format_file(path)
        except InputError as error:
            broken.append(error)
            continue
        if before != after:
            changed.append(path)
            if not check:
                write_atomic(path, after.encode())
    told = [Phrase(UNFORMATTED if check else FORMATTED, path=path) for path in changed]
    emit(options, as_lines(translated(line, options.lang) for line in told))
    for fault in broken:
        tell(f"stdgraph: {fault.message(options.lang)}")
    if broken:
        ctx.exit(broken[0].exit_code)
    if check and changed:
        ctx.exit(1)


def _formatted_input() -> tuple[str, str]:
    """Return the text of standard input as it is and in block form."""
    from stdgraph.storage.turtle import format_turtle

    text = stdin_text()
    return text, format_turtle(text)


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
