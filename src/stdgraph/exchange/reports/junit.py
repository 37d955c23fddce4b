"""Findings as JUnit XML: a test case a rule, which fails where the rule is broken."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby

from stdgraph.exchange.reports.causes import following
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule

ORDER = ("Violation", "Warning", "Info")
ONE, MORE = marked("{number} finding: {rule}"), marked("{number} findings: {rule}")


def junit(findings: Sequence[Finding], rules: Sequence[Rule], *, lang: str = "en", fail_on: str = "Violation") -> str:
    """Return an XML document; what is found below the severity that fails is told, and fails nothing.

    >>> print(junit([], [Rule("stdgs:Actor", "Violation", "a", "b", "c")]), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="stdgraph validate" tests="1" failures="0">
      <testsuite name="Actor" tests="1" failures="0">
        <testcase classname="Actor" name="stdgs:Actor"/>
      </testsuite>
    </testsuites>
    """
    failing = ORDER[: ORDER.index(fail_on) + 1]
    found: dict[str, list[Finding]] = {rule.name: [] for rule in rules}
    for f in findings:
        found[f.rule].append(f)
    failed = {name for name, of in found.items() if any(f.severity in failing for f in of)}
    ordered = sorted(rules, key=lambda rule: (rule.group, rule.name))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="stdgraph validate" tests="{len(rules)}" failures="{len(failed)}">')
    for group, of in groupby(ordered, key=lambda rule: rule.group):
        cases = list(of)
        count = sum(rule.name in failed for rule in cases)
        lines.append(f'  <testsuite name="{escape.html(group)}" tests="{len(cases)}" failures="{count}">')
        for rule in cases:
            lines += _case(rule, found[rule.name], rule.name in failed, lang)
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _case(rule: Rule, found: Sequence[Finding], failed: bool, lang: str) -> Iterator[str]:
    head = f'    <testcase classname="{_attribute(rule.group)}" name="{_attribute(rule.name)}"'
    if not found:
        yield f"{head}/>"
        return
    told = "\n".join(escape.line(line) for f in found for line in _lines(f, lang))
    summary = translated(Phrase(ONE if len(found) == 1 else MORE, number=len(found), rule=rule.text(lang)), lang)
    opened = f'failure type="{found[0].severity}" message="{_attribute(summary)}"' if failed else "system-out"
    yield f"{head}>"
    yield f"      <{opened}>{html.escape(escape.xml(told), quote=False)}</{opened.split()[0]}>"
    yield "    </testcase>"


def _lines(finding: Finding, lang: str) -> list[str]:
    """Return a finding with its place, and under it which branches failed, what follows, where it is also stated."""
    head = " ".join(filter(None, [finding.place, f"{finding.focus}: {finding.message}"]))
    beside = [translated(Phrase("beside {place}", place=place), lang) for place in finding.beside]
    return [head, *(f"  {line}" for line in (*finding.because, *beside, *following(finding, lang)))]


def _attribute(text: str) -> str:
    return html.escape(escape.xml(escape.line(text)), quote=True)
