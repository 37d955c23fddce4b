"""`stdgraph pack`: registers imported as data packs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.options import Settings, settings, shared, with_rows
from stdgraph.cli.render import as_json, chosen, emit, emit_table
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, in_words, translated
from stdgraph.services.pack import kinds

if TYPE_CHECKING:
    from stdgraph.services.pack import Added

Begin = Callable[[str], Callable[[int, int | None], None]]
EXISTING: Any = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("pack", invoke_without_command=True)
@shared
@click.pass_context
def pack_command(ctx: click.Context) -> None:
    """Import registers such as ISO's open data, list, compare and remove what was imported.

    Example: stdgraph pack list
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _file_options(command: Any) -> Any:
    """Give a command an option for each kind of file that a register takes."""
    for kind in reversed(kinds()):
        command = click.option(f"--{kind.name}", type=EXISTING, multiple=True, metavar="FILE", help=kind.about)(command)
    return command


@pack_command.command("add")
@click.argument("name")
@_file_options
@click.option("--snapshot", metavar="DATE", help="Day of the register, where the file's name does not tell it.")
@click.option("--strict", is_flag=True, help="Stop at the first error, and import nothing.")
@click.option("--force", is_flag=True, help="Import a snapshot of a day to come.")
@shared
@click.pass_context
def add_command(
    ctx: click.Context, /, name: str, snapshot: str | None, strict: bool, force: bool, **files: tuple[Path, ...]
) -> None:
    """Import one snapshot of a register as its publisher gives it out, and report what was found.

    Files may be packed with gzip, and be UTF-8, GB18030 or Windows-1252. What is broken is reported with its line and left out;
    the exit code is then 1.

    Example: stdgraph pack add iso --committees committees.jsonl --snapshot 2025-06-12
    """
    from stdgraph.services.pack import Inputs, add

    options = settings(ctx)
    options.embedded_only("pack add")
    form = chosen(options)
    inputs = Inputs({kind: paths for kind, paths in files.items() if paths}, snapshot or "")
    with _progress(options, inputs.paths) as tick:
        added = add(name, inputs, strict=strict, force=force, tick=tick)
    _print(options, form, added)
    ctx.exit(1 if added.report.faulty else 0)


def _print(options: Settings, form: str, added: Added) -> None:
    """Print what was imported, and the report."""
    options.say(_told(added.snapshot.manifest, options.lang))
    if form == "json":
        about = {"pack": added.snapshot.name, "snapshot": added.snapshot.day}
        emit(options, as_json(about | added.report.plain(options.lang)))
    else:
        grouped = form in ("table", "md")
        emit_table(options, added.report.table(options.lang, grouped=grouped), numbered=False)


@contextmanager
def _progress(options: Settings, paths: Sequence[Path]) -> Iterator[Callable[[int], None] | None]:
    stream = sys.stderr
    if options.given.get("quiet") or not stream.isatty():
        yield None
        return
    size = sum(path.stat().st_size for path in paths)
    with click.progressbar(length=size, label=translated(Phrase("reading"), options.lang), file=stream) as bar:
        yield lambda size: bar.update(size)


@pack_command.command("update")
@click.argument("name")
@click.option("--only", multiple=True, metavar="KIND", help="Only this kind of file, such as committees; repeatable.")
@click.option("--snapshot", metavar="DATE", help="Day of the register, where the server does not tell it.")
@click.option("--strict", is_flag=True, help="Stop at the first error, and import nothing.")
@click.option("--force", is_flag=True, help="Import a snapshot of a day to come.")
@shared
@click.pass_context
def update_command(
    ctx: click.Context, name: str, only: tuple[str, ...], snapshot: str | None, strict: bool, force: bool
) -> None:
    """Import the newest files of a register, downloaded from its publisher; otherwise as `pack add` does.

    Only what changed is sent; a download that broke off goes on at the next call. A failure leaves all earlier snapshots
    as they are.

    Example: stdgraph pack update iso
    """
    from stdgraph.services.pack import update

    options = settings(ctx)
    options.embedded_only("pack update")
    form = chosen(options)
    with _downloads(options) as begin:
        found = update(name, only=only, day=snapshot or "", strict=strict, force=force, begin=begin)
    if found.added is None:
        options.say(Phrase("{pack} {day} is the newest", pack=name, day=found.day))
        return
    _print(options, form, found.added)
    ctx.exit(1 if found.added.report.faulty else 0)


@contextmanager
def _downloads(options: Settings) -> Iterator[Begin | None]:
    """Give what shows a bar for each file that is downloaded."""
    if options.given.get("quiet") or not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as bars:

        def begin(kind: str) -> Callable[[int, int | None], None]:
            bars.close()
            bar = bars.enter_context(click.progressbar(length=0, label=kind, file=sys.stderr))

            def tick(done: int, whole: int | None) -> None:
                bar.length = whole or done
                bar.update(done - bar.pos)

            return tick

        yield begin


def _told(manifest: dict[str, Any], lang: str) -> str:
    counts = [_count(name, number, lang) for name, number in manifest["counts"].items() if number]
    told = Phrase(
        "{pack} {day}: {counts}; {triples:,} triples.",
        pack=manifest["name"],
        day=manifest["snapshot"],
        counts=translated(Phrase(", "), lang).join(counts),
        triples=manifest["triples"],
    )
    return f"{translated(told, lang)}\n{manifest['attribution']}."


def _count(name: str, number: int, lang: str) -> str:
    """Return how many there are of something that packs count, such as `p_members`."""
    return in_words("count", f"{{number:,}} {name.replace('_', ' ')}", lang).format(number=number)


@pack_command.command("list")
@with_rows
@click.pass_context
def list_command(ctx: click.Context) -> None:
    """List the imported snapshots with their counts, findings and licence.

    Example: stdgraph pack list
    """
    from stdgraph.services.pack import listing

    emit_table(settings(ctx), listing(), numbered=False)


@pack_command.command("remove")
@click.argument("name")
@click.argument("day", metavar="DATE", required=False)
@click.option("--all", "everything", is_flag=True, help="All snapshots of the pack.")
@shared
@click.pass_context
def remove_command(ctx: click.Context, name: str, day: str | None, everything: bool) -> None:
    """Remove one snapshot of a pack, or all of them with --all.

    Example: stdgraph pack remove iso 2025-06-12
    """
    from stdgraph.services.pack import remove

    if bool(day) == everything:
        raise ParameterError(parameter="all", detail=Phrase("give a day, or --all for all snapshots"))
    for gone in remove(name, day):
        settings(ctx).say(Phrase("{pack} {day} removed", pack=name, day=gone))


@pack_command.command("diff")
@click.argument("name")
@click.argument("first", metavar="DATE")
@click.argument("second", metavar="DATE")
@click.option("--body", metavar="NAME", help="Only what concerns this body or committee: acronym, reference or number.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@with_rows
@click.pass_context
def diff_command(ctx: click.Context, name: str, first: str, second: str, body: str | None, sources: bool) -> None:
    """Tell what changed between two snapshots: committees, seats, secretariats, liaisons, names.

    Example: stdgraph pack diff iso 2022-01-24 2025-06-12
    """
    from stdgraph.services.pack import diff

    options = settings(ctx)
    emit_table(options, diff(name, first, second, about=body, lang=options.lang), sources=sources)


@pack_command.command("counts")
@with_rows
@click.argument("name")
@click.option(
    "--by",
    type=click.Choice(["year", "committee", "field", "stage", "type", "word"]),
    default="year",
    show_default=True,
    help="What a row stands for.",
)
@click.option("--text", metavar="TEXT", help="Only standards whose title or number holds this.")
@click.option("--committee", metavar="REFERENCE", help="Only standards of this committee.")
@click.option("--field", metavar="ICS", help="Only standards of this class of the ICS, or below it.")
@click.option("--since", type=int, metavar="YEAR", help="Only standards published in this year or later.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="At most so many rows.")
@click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
@click.pass_context
def counts_command(ctx: click.Context, /, name: str, by: str, limit: int, sources: bool, **filters: Any) -> None:
    """Count the standards of a pack by year, committee, field, stage, type or word of the title.

    Example: stdgraph pack counts iso --by year --text graphene
    """
    from stdgraph.services.pack import counts

    options = settings(ctx)
    options.embedded_only("pack counts")
    options.given["pack"] = tuple(dict.fromkeys((*options.given.get("pack", ()), name)))
    found = counts(options.graph.reads, name, by=by, limit=limit, lang=options.lang, **filters)
    emit_table(options, found, sources=sources)
