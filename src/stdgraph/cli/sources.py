"""`stdgraph sources`: documents and statements, the user's own texts of documents, and citations held against them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.completion import Name
from stdgraph.cli.intake import at_home
from stdgraph.cli.options import excerpting, settings, shared, tell, with_rows
from stdgraph.cli.render import TABLES, arranged, as_json, as_lines, chosen, emit, emit_table, rendered
from stdgraph.locale import in_words, translated

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ABOUT = "about"
OURS = ("en", "zh", "both", "none")
WIDE = ("checksum",)
"""Columns that the terminal has no room for."""


class Sources(click.Group):
    """A group that takes the name of a thing where no command of its own is named."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Take what is no command for the name of a thing."""
        return super().resolve_command(ctx, args if args[0] in self.commands else [ABOUT, *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands, and names of things."""
        names = Name().shell_complete(ctx, self.commands[ABOUT].params[0], incomplete)
        return [*super().shell_complete(ctx, incomplete), *names]


@click.group("sources", cls=Sources, invoke_without_command=True, subcommand_metavar="[NAME | COMMAND [ARGS]…]")
@with_rows
@click.pass_context
def sources_command(ctx: click.Context) -> None:
    """List the source documents, or every statement about a thing with document, place, confidence and rank.

    Example: stdgraph sources BSI
    """
    if ctx.invoked_subcommand is None:
        options = settings(ctx)
        options.no_as_of("sources")
        found = arranged(options, options.graph.sources())
        if chosen(options) == "table" and not options.given.get("columns"):
            found = found.without(*WIDE)
        emit(options, rendered(options, found, numbered=False))


@sources_command.command(ABOUT)
@click.argument("name", type=Name())
@excerpting
@with_rows
@click.pass_context
def about_command(ctx: click.Context, name: str, excerpt: bool) -> None:
    """List every statement about a thing with document, place, confidence and rank; `about` may be left out.

    Example: stdgraph sources about BSI
    """
    options = settings(ctx)
    options.no_as_of("sources")
    found = options.graph.sources(name)
    if excerpt:
        found = options.quoted(found)
    emit_table(options, found, numbered=excerpt)


@sources_command.command("attach")
@click.argument("key", type=Name("SourceDocument"))
@click.argument("file", type=click.Path(path_type=Path))
@with_rows
@click.pass_context
def attach_command(ctx: click.Context, key: str, file: Path) -> None:
    """Read your own text of a document into your data folder, for verify and --excerpt: .txt (UTF-8), .docx or .pdf.

    Example: stdgraph sources attach cn-uk-wg introduction.docx
    """
    options = settings(ctx)
    options.no_as_of("sources")
    emit_table(options, options.graph.attach(key, file), numbered=False)


@sources_command.command("new")
@click.argument("key")
@click.option("--title-en", required=True, metavar="TEXT", help="English title; made by you where there is none.")
@click.option("--title-zh", required=True, metavar="TEXT", help="Chinese title; made by you where there is none.")
@click.option(
    "--translated", required=True, type=click.Choice(OURS), help="Which titles are yours and not the document's."
)
@click.option("--language", "tags", required=True, multiple=True, metavar="TAG", help="Its language: zh-Hans, en, …")
@click.option("--issuer", multiple=True, metavar="NAME", type=Name("Actor"), help="Who issued it, by any name.")
@click.option("--date", metavar="DATE", help="When it was issued, as precise as it says: 2024, 2024-06, 2020?")
@click.option("--type", "kind", metavar="CODE", help="Kind of document: report, notice, …")
@click.option("--rights", metavar="TEXT", help="What may be taken from it.")
@click.option("--license", metavar="URL", help="Its licence.")
@click.option("--url", metavar="URL", help="Where its publisher has it.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="What the next editor should know.")
@click.option("--text", type=click.Path(path_type=Path), metavar="FILE", help="Its text, to attach: .txt, .docx, .pdf.")
@click.option("--dry-run", is_flag=True, help="Write nothing into the data; show how the files would change.")
@shared
@click.pass_context
def new_command(
    ctx: click.Context, /, key: str, tags: tuple[str, ...], kind: str | None, dry_run: bool, **said: Any
) -> None:
    """Add a source document to the data: its record, its folder, and the file where places in it will stand.

    With --text the text is attached, and its length and checksum go into the record.

    Example: stdgraph sources new cn-us-2024 --title-en "Joint notice" --title-zh "联合通知" --translated en --language zh-Hans
    """
    options = settings(ctx)
    options.no_as_of("sources")
    options.embedded_only("sources new")
    at_home(options)
    given = {name: value for name, value in said.items() if value is not None}
    made, findings = options.graph.new_source(key, language=tags, type=kind or "", write=not dry_run, **given)
    for finding in findings:
        tell(f"{in_words('cell.severity', finding.severity, options.lang)}  {finding.focus}: {finding.message}")
    failed = any(finding.severity == "Violation" for finding in findings)
    emit(options, made.diff() if dry_run else as_lines(str(path) for path in ([] if failed else made.texts)))
    ctx.exit(1 if failed else 0)


@sources_command.command("places")
@click.argument("key", type=Name("SourceDocument"))
@click.option("--printed", metavar="TEXT", default=None, help="Only where this stands.")
@with_rows
@click.pass_context
def places_command(ctx: click.Context, key: str, printed: str | None) -> None:
    """List the passages of the text that you attached, each with the locator that leads to it.

    Example: stdgraph sources places cn-uk-wg
    """
    options = settings(ctx)
    options.no_as_of("sources")
    at_home(options)
    emit_table(options, options.graph.places(key, printed or ""), numbered=False)


@sources_command.command("verify")
@click.argument("keys", nargs=-1, metavar="[KEY]...", type=Name("SourceDocument"))
@click.option("--all", "every", is_flag=True, help="List what was found, too.")
@with_rows
@click.pass_context
def verify_command(ctx: click.Context, keys: tuple[str, ...], every: bool) -> None:
    """Check every citation of documents in the texts that you attached, and list what is not where it is cited.

    Each printed form is looked for at its place, and the number of each figure. The exit code is 1 where there is a fault.
    With -f jsonld what was found is written as Web Annotations.

    Example: stdgraph sources verify cn-uk-wg
    """
    options = settings(ctx)
    options.no_as_of("sources")
    form = chosen(options, (*TABLES, "jsonld"))
    found = options.graph.verify(*keys)
    sums = [str(translated(one.text(), options.lang)) for one in found.sums]
    if form == "jsonld":
        emit(options, as_json(options.graph.annotations(found)))
    else:
        listed = arranged(options, found.table(every=every))
        told = rendered(options, listed, form=form, numbered=False)
        emit(options, told + ("\n" + as_lines(sums) if form == "table" and not options.counts else ""))
    if form != "table" or options.counts:
        for line in sums:
            options.say(line)
    ctx.exit(1 if found.faults else 0)
