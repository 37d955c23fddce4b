"""`stdgraph validate`: the shapes over the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import as_json, chosen, emit
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model import escape

COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "blue"}
COUNTS = {
    "Violation": (marked("{number} violation"), marked("{number} violations")),
    "Warning": (marked("{number} warning"), marked("{number} warnings")),
    "Info": (marked("{number} info"), marked("{number} infos")),
}
"""Severity to words for one finding, and for more or none."""
ABOUT = ("path", "value", "shape")
"""What of a finding is told, under its heading."""
LONG = 200


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
@shared
@click.pass_context
def validate_command(ctx: click.Context, files: tuple[str, ...], severity: str) -> None:
    """Check the graph, or new files merged into it, against the shapes; exit code 1 on violations.

    Example: stdgraph validate new-facts.ttl
    """
    options = settings(ctx)
    options.no_as_of("validate")
    options.embedded_only("validate")
    form = chosen(options, ("table", "json", "ttl"))
    report = options.graph.validate(*files, say=options.say)
    shown = report.at_least(severity)
    if form == "ttl":
        emit(options, _ttl(shown))
    elif form == "json":
        findings = [f.plain() for f in shown.findings]
        emit(options, as_json({"conforms": report.conforms, "counts": report.counts(), "findings": findings}))
    else:
        emit(options, _text(options, report, shown.findings))
    if not report.conforms:
        ctx.exit(1)


def _text(options: Any, report: Any, findings: Sequence[Any]) -> str:
    lines, lang = [], options.lang
    for f in findings:
        level, colour = in_words("cell.severity", f.severity, lang), COLOURS[f.severity]
        told = click.style(level, fg=colour) if options.color else level
        lines.append(f"{told}  {escape.line(f'{f.focus}: {f.message}')}")
        about = [f"{in_words('heading', n, lang)} {_clipped(value)}" for n in ABOUT if (value := getattr(f, n))]
        beside = [translated(Phrase("beside {place}", place=place), lang) for place in f.beside]
        lines += [f"    {escape.line(line)}" for line in ["  ".join(filter(None, [*about, f.place])), *beside]]
    counts = [Phrase(COUNTS[name][n != 1], number=n) for name, n in report.counts().items()]
    return "\n".join([*lines, translated(Phrase(", "), lang).join(translated(c, lang) for c in counts)]) + "\n"


def _clipped(value: str) -> str:
    """Return a value on one line, the end of a long one left out."""
    line = " ".join(value.split())
    return line if len(line) <= LONG else f"{line[:LONG]}…"


def _ttl(report: Any) -> str:
    from stdgraph.storage.turtle import turtle_of

    return turtle_of(report.triples)
