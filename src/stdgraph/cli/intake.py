"""`stdgraph intake`: filled-in forms to blocks of the data files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.options import Settings, settings, tell, with_rows
from stdgraph.cli.render import SHEETS, TABLES, arranged, as_json, as_lines, chosen, emit, rendered
from stdgraph.cli.validate import COLOURS, Severity
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.storage.files import content, read_stream

if TYPE_CHECKING:
    from stdgraph.services.intake import Intake

DATA = Path("data", "ttl")
RECORDS = "sources.ttl"
FORMS = ("csv", "tsv", "xlsx")
"""The forms in which an empty form is given."""
COUNTS = marked("Rows: {rows}; faults: {faults}. Nothing was written.")
WRITTEN, PLANNED, NOTHING = (
    marked("Rows: {rows}; {number} blocks were written into {files} files."),
    marked("Rows: {rows}; {number} blocks would be written into {files} files."),
    marked("Rows: {rows}; all is there already. Nothing was written."),
)


@click.command("intake")
@click.argument("files", nargs=-1, metavar="[FILE|-]…")
@click.option("--template", multiple=True, metavar="NAME", help="The form that FILE is; without FILE: print it empty.")
@click.option("--encoding", metavar="NAME", help="Encoding of FILE, where it is not UTF-8: gb18030, …")
@click.option("--dry-run", is_flag=True, help="Write nothing; show how the files would change.")
@click.option(
    "--fail-on",
    type=Severity([*COLOURS], case_sensitive=False),
    default="Violation",
    help="Write nothing where the shapes find something so bad, or worse.",
)
@with_rows
@click.pass_context
def intake_command(
    ctx: click.Context,
    files: tuple[str, ...],
    template: tuple[str, ...],
    encoding: str | None,
    dry_run: bool,
    fail_on: str,
) -> None:
    """Turn filled-in forms (.csv, .tsv, .xlsx) into blocks of the data files, or tell all faults by cell.

    Names are looked up, ids and evidence made by the rules, and the result is validated before anything is written. With
    -o the blocks go there, or with - to standard output, and the data files stay as they are.

    Example: stdgraph intake bodies.csv agreements.csv --dry-run
    """
    options = settings(ctx)
    options.no_as_of("intake")
    options.embedded_only("intake")
    if not files:
        _blank(options, template)
        return
    if len(template) > 1:
        raise ParameterError(parameter="template", detail=Phrase("one form for all files; name the files for others"))
    at_home(options)
    as_turtle = options.given.get("output") is not None
    form = chosen(options, ("ttl",) if as_turtle else TABLES)
    given = [(file, read_stream(sys.stdin.buffer, file)) if file == "-" else file for file in files]
    found = options.graph.intake(
        *given,
        template=template[0] if template else None,
        encoding=encoding or "",
        write=not (dry_run or as_turtle),
        fail_on=fail_on,
    )
    for note in found.plan.notes:
        options.say(note)
    if found.plan.fails(fail_on):
        _tell_faults(options, found, form)
        ctx.exit(1)
    for line in _lines(options, found):
        tell(line)
    _tell_done(options, found, form, as_turtle=as_turtle, dry_run=dry_run)


def at_home(options: Settings) -> None:
    """Let the data of the checkout in which the user is be the graph, where no other was named."""
    if options.given.get("data") or (content() / DATA).is_relative_to(here := Path.cwd()):
        return
    found = next((above / DATA for above in (here, *here.parents) if (above / DATA / RECORDS).is_file()), None)
    if found and found.resolve() != (content() / DATA).resolve():
        options.given["data"] = (str(found),)


def _blank(options: Settings, names: tuple[str, ...]) -> None:
    """Print empty forms: one as CSV, several as a workbook."""
    from stdgraph.exchange.blanks import as_csv, as_workbook

    if not names:
        from stdgraph.services.intake import templates

        detail = Phrase("give FILE, or the name of a form: {names}", names=", ".join(templates()))
        raise ParameterError(parameter="template", detail=detail)
    form = chosen(options, FORMS)
    blanks = options.graph.blanks(*names)
    if form == "xlsx":
        if not options.output and sys.stdout.isatty():
            raise ParameterError(parameter="format", detail=Phrase("'{form}' is no text; give -o FILE", form=form))
        emit(options, as_workbook(blanks, options.lang))
        return
    if len(blanks) > 1:
        raise ParameterError(parameter="template", detail=Phrase("several forms make a workbook; give -o FILE.xlsx"))
    text = as_csv(blanks[0], options.lang, SHEETS[form])
    emit(options, ("\ufeff" if options.excel else "") + text)


def _tell_done(options: Settings, found: Intake, form: str, *, as_turtle: bool, dry_run: bool) -> None:
    """Print what was added, or would be: blocks, a diff, or a row for each thing."""
    summary = str(translated(_summary(found), options.lang))
    if as_turtle:
        emit(options, found.turtle())
    elif dry_run and form == "table":
        emit(options, found.diff())
    elif form == "table":
        rows = rendered(options, arranged(options, found.table()), form=form, numbered=False)
        emit(options, (f"{rows}\n" if found.plan.additions else "") + as_lines([summary]))
        return
    else:
        emit(options, rendered(options, arranged(options, found.table()), form=form, numbered=False))
    options.say(summary)


def _tell_faults(options: Settings, found: Intake, form: str) -> None:
    """Print all faults, each with its cell."""
    rows = [fault.plain(options.lang) for fault in found.faults]
    summary = str(translated(Phrase(COUNTS, rows=found.plan.rows, faults=len(rows)), options.lang))
    if form == "json":
        emit(options, as_json({"written": False, "faults": rows}))
    elif form == "table":
        emit(options, as_lines([*_lines(options, found), summary]))
        return
    else:
        from stdgraph.model.results import table

        columns = ("file", "line", "column", "heading", "severity", "value", "fault")
        emit(options, rendered(options, table(columns, rows), form=form, numbered=False))
    options.say(summary)


def _lines(options: Settings, found: Intake) -> list[str]:
    lang = options.lang
    return [f"{_level(fault.severity, options)}{fault.text(lang)}" for fault in found.faults]


def _level(severity: str, options: Settings) -> str:
    """Return how bad what is no violation is."""
    return "" if severity == "Violation" else f"{in_words('cell.severity', severity, options.lang)}  "


def _summary(found: Intake) -> Phrase:
    values: dict[str, Any] = {"rows": found.plan.rows, "number": len(found.plan.additions), "files": len(found.texts)}
    if not found.plan.additions:
        return Phrase(NOTHING, rows=found.plan.rows)
    return Phrase(WRITTEN if found.written else PLANNED, **values)
