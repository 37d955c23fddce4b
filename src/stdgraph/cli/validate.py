"""`stdgraph validate`: the shapes over the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from stdgraph.cli.options import settings, shared
from stdgraph.cli.render import as_json, chosen, emit

MARKS = {"Violation": ("red", "违规"), "Warning": ("yellow", "警告"), "Info": ("blue", "提示")}
ABOUT = {
    "en": {"path": "path", "value": "value", "shape": "shape"},
    "zh": {"path": "路径", "value": "值", "shape": "形状"},
}
"""What of a finding is told, and its heading."""
LONG = 200


@click.command("validate")
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option(
    "--severity", type=click.Choice(["Violation", "Warning", "Info"]), default="Info", help="Only so bad, or worse."
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
    report = options.graph.validate(*files)
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
    lines = []
    for f in findings:
        colour, zh = MARKS[f.severity]
        level = zh if options.lang == "zh" else f.severity
        lines.append(f"{click.style(level, fg=colour) if options.color else level}  {f.focus}: {f.message}")
        titles = ABOUT[options.lang]
        about = [f"{title} {_clipped(value)}" for name, title in titles.items() if (value := getattr(f, name))]
        lines.append("    " + "  ".join(filter(None, [*about, f.place])))
        lines += [f"    {'另见' if options.lang == 'zh' else 'beside'} {place}" for place in f.beside]
    counts = report.counts()
    words = [f"{n} {name.lower()}{'' if n == 1 else 's'}" for name, n in counts.items()]
    zh_words = [f"{MARKS[name][1]} {n} 项" for name, n in counts.items()]
    return "\n".join([*lines, ", ".join(words) if options.lang == "en" else "，".join(zh_words)]) + "\n"


def _clipped(value: str) -> str:
    """Return a value on one line, the end of a long one left out."""
    line = " ".join(value.split())
    return line if len(line) <= LONG else f"{line[:LONG]}…"


def _ttl(report: Any) -> str:
    from stdgraph.storage.turtle import turtle_of

    return turtle_of(report.triples)
