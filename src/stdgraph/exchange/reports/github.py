"""Findings as workflow commands of GitHub Actions, which shows each beside the line it is about."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.model import escape
from stdgraph.model.results import Finding
from stdgraph.storage.cited import cited

LEVELS = {"Violation": "error", "Warning": "warning", "Info": "notice"}


def github(findings: Iterable[Finding]) -> str:
    r"""Return one command a finding; no text of it can begin another.

    >>> github([Finding("Info", "org/a", "", "", "stdgs:A", "100 %\n::error::x")])
    '::notice title=stdgs%3AA::org/a: 100 %25 ::error::x\n'
    """
    return "".join(f"{_command(f)}\n" for f in findings)


def _command(finding: Finding) -> str:
    said: dict[str, object] = {"file": finding.file} if finding.file else {}
    if finding.line:
        said |= {"line": finding.line, "col": finding.column}
        found = cited(finding.file, finding.line, finding.column)
        said |= {"endColumn": found.end} if found else {}
    said["title"] = finding.rule
    told = ",".join(f"{name}={_property(str(value))}" for name, value in said.items())
    return f"::{LEVELS[finding.severity]} {told}::{_data(f'{finding.focus}: {finding.message}')}"


def _data(text: str) -> str:
    """Return a text as the message of a command: on one line, and no code but ours."""
    return escape.line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
