"""`stdgraph format`: Turtle in block form."""

from __future__ import annotations

from pathlib import Path

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import emit, stdin_text
from stdgraph.errors import FileError, ParameterError


@click.command("format")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER]…")
@click.option("--check", is_flag=True, help="Only tell which files are not in block form; exit code 1 if any.")
@shared
@click.pass_context
def format_command(ctx: click.Context, files: tuple[str, ...], check: bool) -> None:
    """Write Turtle files in the project's block form; - reads standard input. Without files: those of the repository.

    Example: stdgraph format --check data/ttl
    """
    from stdgraph.storage.files import format_file, write_atomic
    from stdgraph.storage.turtle import format_turtle

    options = settings(ctx)
    options.no_as_of("format")
    if files == ("-",) and not check:
        emit(options, format_turtle(stdin_text()))
        return
    if options.output:
        raise ParameterError(parameter="output", detail="files are formatted in place; -o goes with - alone")
    changed = []
    for path in _paths(files):
        before, after = format_file(path)
        if before != after:
            changed.append(path)
            if not check:
                write_atomic(path, after.encode())
    for path in changed:
        way_out = f": not in block form; run `stdgraph format {path}`" if check else ": formatted"
        click.echo(f"{path}{way_out}")
    if check and changed:
        ctx.exit(1)


def _paths(files: tuple[str, ...]) -> list[Path]:
    from stdgraph.storage.files import content

    if not files:
        return [p for part in ("data", "ontology", "shapes") for p in sorted(content(part).rglob("*.ttl"))]
    paths: list[Path] = []
    for given in map(Path, files):
        found = sorted(given.rglob("*.ttl")) if given.is_dir() else [given]
        if not found:
            raise FileError(path=given, detail="no Turtle file in this folder")
        paths += found
    return paths
