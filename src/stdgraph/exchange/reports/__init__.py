"""Findings in the forms that other programs and other readers take: one small module a form."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule

FORMS = ("sarif", "junit", "github", "html")


def written(
    findings: Sequence[Finding], rules: Sequence[Rule], form: str, *, lang: str = "en", fail_on: str = "Violation"
) -> str:
    """Return findings in a form.

    Args:
        findings: what a validation found.
        rules: all rules that it checked, by name.
        form: one of FORMS.
        lang: `en` or `zh`, the language of the findings.
        fail_on: the least severity that fails a test case of `junit`.

    >>> written([], [], "github")
    ''
    """
    from stdgraph.exchange.reports import github, junit, page, sarif

    if form == "junit":
        return junit.junit(findings, rules, lang=lang, fail_on=fail_on)
    if form == "github":
        return github.github(findings)
    return (sarif.sarif if form == "sarif" else page.report_page)(findings, rules, lang=lang)
