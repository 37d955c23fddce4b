"""`stdgraph validate`: the shapes over the graph."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.layout import columns
from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import SHEETS, as_csv, as_json, chosen, emit, lines_of
from stdgraph.errors import ParameterError
from stdgraph.exchange.reports import FORMS, written
from stdgraph.exchange.reports.causes import following
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model import escape
from stdgraph.model.results import Finding
from stdgraph.storage.cited import cited

if TYPE_CHECKING:
    from stdgraph.services.validate import Report

COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "blue"}
COUNTS = {
    "Violation": (marked("{number} violation"), marked("{number} violations")),
    "Warning": (marked("{number} warning"), marked("{number} warnings")),
    "Info": (marked("{number} info"), marked("{number} infos")),
}
"""Severity to words for one finding, and for more or none."""
ABOUT = ("path", "value", "shape", "check")
"""What of a finding is told, under its heading."""
LONG, CHECK = 200, "check:"
LEFT = (
    marked("… and {number} more finding; leave --max out to see it."),
    marked("… and {number} more findings; leave --max out to see them."),
)
SEEN, BEFORE = 100, 60
"""How much of a line is shown, and how much of it before the place."""


class Severity(click.Choice[str]):
    """How bad a finding is, by its English or Chinese word."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the English word."""
        told = {in_words("cell.severity", name, "zh"): name for name in COLOURS} if not value.isascii() else {}
        return super().convert(told.get(value, value), param, ctx)


@click.command("validate")
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option(
    "--severity", type=Severity([*COLOURS], case_sensitive=False), default="Info", help="Only so bad, or worse."
)
@click.option(
    "--fail-on",
    type=Severity([*COLOURS], case_sensitive=False),
    default="Violation",
    help="End with exit code 1 on findings so bad, or worse.",
)
@click.option("--base", metavar="REV", help="Judge only what the working tree changes of this git revision.")
@click.option("--staged", is_flag=True, help="Judge only what git's index changes, of the last commit or of --base.")
@click.option("--max", "most", type=click.IntRange(1), metavar="N", help="Tell at most so many findings, the worst.")
@click.option("--on", metavar="DATE", help="The day of the check: no later one can have come; by default today.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical and sure; the difference is shown first.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the difference, write nothing.")
@click.option(
    "--shapes", multiple=True, metavar="FILE", help="Run the SHACL shapes of this file or folder in place of ours."
)
@click.option("--explain", "rule", metavar="RULE", help="Tell what a rule asks: problem, failing example, repair, why.")
@shared
@click.pass_context
def validate_command(
    ctx: click.Context,
    files: tuple[str, ...],
    severity: str,
    fail_on: str,
    base: str | None,
    staged: bool,
    most: int | None,
    on: str | None,
    fix: bool,
    dry_run: bool,
    shapes: tuple[str, ...],
    rule: str | None,
) -> None:
    """Check the graph, or new files merged into it, against the shapes; exit code 1 on violations.

    Besides the usual forms there are sarif, junit and github, for other programs.

    Example: stdgraph validate new-facts.ttl
    """
    options = settings(ctx)
    options.no_as_of("validate")
    options.copied()
    form = chosen(options, ("table", "json", "csv", "tsv", "ttl", *FORMS))
    if dry_run and not fix:
        raise ParameterError(parameter="dry-run", detail=Phrase("it goes with --fix"))
    if fix and staged:
        raise ParameterError(parameter="fix", detail=Phrase("--staged judges the index, which --fix does not write"))
    if rule is not None:
        from stdgraph.services.validate import explained

        emit(options, explained(rule, options.lang))
        return
    ctx.call_on_close(gc.enable)
    gc.disable()  # the process ends soon, and to look for circles among so many terms takes a fifth of its time
    graph = options.uncompiled
    options.say(graph.message)
    asked: dict[str, Any] = {
        "base": base,
        "staged": staged,
        "shapes": shapes,
        "on": on or date.today().isoformat(),
        "say": options.say,
    }
    report = graph.validate(*files, **asked)
    if fix and _fixed(report, files, told=form == "table", write=not dry_run):
        report = graph.validate(*files, **asked)
    wanted = report.at_least(severity)
    shown = wanted.first(most)
    if form == "ttl":
        emit(options, _ttl(shown))
    elif form in FORMS:
        emit(options, written(shown.findings, report.rules(), form, lang=options.lang, fail_on=fail_on))
    elif form in SHEETS:
        from stdgraph.exchange.reports.page import rows

        emit(options, as_csv(rows(shown.findings), SHEETS[form], lang=options.lang, excel=options.excel))
    elif form == "json":
        findings = [f.plain() for f in shown.findings]
        emit(options, as_json({"conforms": report.conforms, "counts": report.counts(), "findings": findings}))
    else:
        emit(options, _text(options, shown.findings) + _summary(options, report, wanted, len(shown.findings)))
    if report.fails(fail_on):
        ctx.exit(1)


def _fixed(report: Report, files: Sequence[str], *, told: bool, write: bool) -> bool:
    """Show how files change when all is mended that is sure, and write them; tell whether any was written."""
    from stdgraph.storage.files import given_files
    from stdgraph.storage.writing import write_atomic

    changed = report.mended([file.path for file in given_files(files)])
    for one in changed:
        click.echo(escape.lines(one.diff()), nl=False, err=not told)
    for one in changed if write else ():
        write_atomic(one.path, one.after.encode())
    return bool(changed) and write


def _text(options: Any, findings: Sequence[Finding]) -> str:
    lines, lang = [], options.lang
    for f in findings:
        level, colour = in_words("cell.severity", f.severity, lang), COLOURS[f.severity]
        told = click.style(level, fg=colour) if options.color else level
        lines.append(f"{told}  {escape.line(f'{f.focus}: {f.message}')}")
        about = [
            f"{in_words('heading', n, lang)} {_clipped(value).removeprefix(CHECK)}"
            for n in ABOUT
            if (value := getattr(f, n))
        ]
        if len(f.constraints) > 1:
            about.append(f"{in_words('heading', 'constraints', lang)} {', '.join(f.constraints)}")
        beside = list(f.because)
        beside += [translated(Phrase("beside {place}", place=place), lang) for place in f.beside]
        lines += [f"    {escape.line(line)}" for line in ["  ".join(filter(None, [*about, f.place])), *beside]]
        lines += _pointed(f)
        lines += [f"    {escape.line(line)}" for line in following(f, lang)]
        lines += [f"      | → {escape.line(f.edit.text)}"] if f.edit else []
    return lines_of(lines)


def _pointed(finding: Finding) -> list[str]:
    """Return the line of the file to mend, and carets under what is meant; nothing where no file has it."""
    found = cited(finding.file, finding.line, finding.column)
    if not found:
        return []
    left = max(0, min(found.start - BEFORE, len(found.text) - SEEN))
    cut, end = found.text[left : left + SEEN], min(found.end, left + SEEN)
    indent = len(cut) - len(cut.lstrip()) if not left else 0
    before = escape.line(found.text[left + indent : found.start])
    carets = "^" * max(1, columns(escape.line(found.text[found.start : end])))
    return [f"      | {escape.line(cut[indent:])}", f"      | {' ' * columns(before)}{carets}"]


def _summary(options: Any, report: Report, wanted: Report, told: int) -> str:
    """Return how many findings each rule has, where that is not plain to see, and how many there are of each severity."""
    lang, rules = options.lang, wanted.by_rule()
    counts = [Phrase(COUNTS[name][n != 1], number=n) for name, n in report.counts().items()]
    last = [translated(Phrase(", "), lang).join(translated(c, lang) for c in counts)]
    left = len(wanted.findings) - told
    if left:
        last.insert(0, translated(Phrase(LEFT[left != 1], number=left), lang))
    if len(wanted.findings) > len(rules):
        ordered = sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))
        last[:0] = [f"{n:>6}  {escape.line(name)}" for name, n in ordered]
    return lines_of(last)


def _clipped(value: str) -> str:
    """Return a value on one line, the end of a long one left out."""
    line = " ".join(value.split())
    return line if len(line) <= LONG else f"{line[:LONG]}…"


def _ttl(report: Any) -> str:
    from stdgraph.storage.turtle import turtle_of

    return turtle_of(report.triples)
