"""Findings as rows, and as one HTML page on which they stand rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stdgraph.exchange.page import Section, page
from stdgraph.exchange.reports.causes import following
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model.cells import Cell, Entity
from stdgraph.model.results import Finding, Table, table
from stdgraph.model.rules import Rule

COLUMNS = ("severity", "rule", "node", "path", "value", "message", "constraints", "file", "line", "column", "beside")
MORE = ("id", "repair")
TITLE, NONE = marked("Findings of stdgraph validate"), marked("Nothing was found.")
COUNTED = marked("{rule} ({number})")


def rows(findings: Iterable[Finding]) -> Table:
    """Return findings as a table, a row each.

    >>> rows([Finding("Info", "org/a", "", "", "stdgs:A", "Look.")])[0]["rule"]
    'stdgs:A'
    """
    return table((*COLUMNS, *MORE), [_row(f) for f in findings])


def _row(f: Finding) -> dict[str, Cell]:
    listed = {"constraints": ", ".join(f.constraints), "beside": " ".join(f.beside)}
    told = {n: getattr(f, {"node": "focus"}.get(n, n)) for n in (*COLUMNS, *MORE) if n not in listed}
    return {name: value or None for name, value in (told | listed).items()}


def report_page(findings: Sequence[Finding], rules: Sequence[Rule], *, lang: str = "en") -> str:
    """Return a page: how many findings each rule has, then the findings of each under what it asks."""
    known = {rule.name: rule for rule in rules}
    by_rule: dict[str, list[Finding]] = {}
    for f in findings:
        by_rule.setdefault(f.rule, []).append(f)
    counts = table(
        ("severity", "rule", "count", "where"),
        [
            {"severity": of[0].severity, "rule": name, "count": len(of), "where": _explained(known[name])}
            for name, of in by_rule.items()
        ],
    )
    sections = [Section(counts)] if by_rule else []
    sections += [Section(_listed(of, lang), _title(known[name], len(of), lang)) for name, of in by_rule.items()]
    lead = [] if by_rule else [translated(Phrase(NONE), lang)]
    return page(sections, title=translated(Phrase(TITLE), lang), lead=lead, lang=lang)


def _explained(rule: Rule) -> Cell:
    """Return where a rule is explained, with the IRI of the rule where it is ours."""
    return Entity(rule.iri, rule.section) if rule.iri else rule.section


def _title(rule: Rule, number: int, lang: str) -> str:
    level = in_words("cell.severity", rule.severity, lang)
    said = f"{rule.name}: {rule.text(lang)}"
    told = translated(Phrase(COUNTED, rule=said, number=number), lang)
    return f"{level}  {told}"


def _message(finding: Finding, lang: str) -> str:
    return "\n".join([finding.message, *finding.because, *following(finding, lang)])


def _listed(findings: Sequence[Finding], lang: str) -> Table:
    told = ("node", "path", "value", "message", "place", "beside")
    cells = [_row(f) | {"message": _message(f, lang), "place": f.place or None} for f in findings]
    return table(told, [{name: row[name] for name in told} for row in cells])
