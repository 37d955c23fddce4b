"""The import report: what was found in the files of a register, with line numbers, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stdgraph.errors import PackFaultError
from stdgraph.locale import Phrase, translated
from stdgraph.model import escape
from stdgraph.model.results import Cell, Table, table
from stdgraph.packs.findings import KINDS, LEVELS, Finding, told, words

KEPT = 1000
"""So many findings of one kind, file and field are kept word for word; the others are counted."""

MAX_VALUE = 200
"""So many characters of a value are kept; whoever needs more has the line."""

SHOWN_LINES = 5

Group = tuple[str, str, str]


@dataclass
class Report:
    """All findings of one import and what was counted; `strict` turns the first error into an exception."""

    strict: bool = False
    findings: list[Finding] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    groups: Counter[Group] = field(default_factory=Counter)
    counts: dict[str, int] = field(default_factory=dict)

    def add(
        self, kind: str, file: str, line: int, *, record: str = "", field: str = "", value: Any = "", remark: str = ""
    ) -> None:
        """Note a finding; raises PackFaultError for an error where nothing may be left out."""
        self.totals[kind] += 1
        file = escape.line(file)
        self.groups[group := (kind, file, _safe(field))] += 1
        is_fatal = self.strict and KINDS[kind][0] == "error"
        if self.groups[group] > KEPT and not is_fatal:
            return
        found = Finding(kind, file, line, _safe(record), group[2], _safe(value), remark)
        self.findings.append(found)
        if is_fatal:
            raise PackFaultError(file=file, line=line, detail=told(found))

    @property
    def faulty(self) -> bool:
        """Tell whether something was left out."""
        return any(KINDS[kind][0] == "error" for kind in self.totals)

    def first_error(self) -> str:
        """Return where and what the first error is, "" where there is none."""
        found = next((f for f in self.findings if f.level == "error"), None)
        return Phrase("line {line}: {detail}", line=found.line, detail=told(found)) if found else ""

    def summary(self) -> dict[str, int]:
        """Return how many findings there are of each level."""
        return {level: sum(n for kind, n in self.totals.items() if KINDS[kind][0] == level) for level in LEVELS}

    def table(self, lang: str = "en", *, grouped: bool = False) -> Table:
        """Return the findings, worst first; grouped, one row for each kind and field with its first lines."""
        ordered = sorted(self.findings, key=lambda f: (LEVELS.index(f.level), f.kind, f.file, f.field, f.line))
        if not grouped:
            columns = ("level", "kind", "file", "line", "record", "field", "value", "finding")
            return table(columns, [f.plain(lang) for f in ordered])
        groups: dict[Group, list[Finding]] = {}
        for found in ordered:
            groups.setdefault((found.kind, found.file, found.field), []).append(found)
        several = ("file",) if len({found.file for found in ordered}) > 1 else ()
        columns = ("level", "finding", *several, "field", "count", "lines")
        return table(columns, [self._grouped(g, columns, lang) for g in groups.values()])

    def _grouped(self, group: list[Finding], columns: Iterable[str], lang: str) -> dict[str, Cell]:
        first = group[0]
        count = self.groups[first.kind, first.file, first.field]
        lines = sorted({f.line for f in group if f.line})
        more = " …" if len(lines) > SHOWN_LINES else ""
        remarks = {f.remark for f in group}
        row: dict[str, Cell] = {
            "level": first.level,
            "finding": translated(words(first.kind, *remarks if len(remarks) == 1 else ()), lang),
            "file": first.file,
            "field": first.field or None,
            "count": count,
            "lines": ", ".join(map(str, lines[:SHOWN_LINES])) + more or None,
        }
        return {column: row[column] for column in columns}

    def plain(self, lang: str = "en") -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        kept = Counter(found.kind for found in self.findings)
        left = {kind: n - kept[kind] for kind, n in sorted(self.totals.items()) if n > kept[kind]}
        return {
            "counts": self.counts,
            "levels": self.summary(),
            "kinds": dict(sorted(self.totals.items())),
            "not_listed": left,
            "findings": [f.plain(lang) for f in self.findings],
        }


def _safe(value: Any) -> str:
    """Return the beginning of a value as text that a terminal can show: control characters are spelt out."""
    return escape.line(str(value)[:MAX_VALUE])


def check_counts(report: Report, limits: dict[str, list[int]], file: str, names: Iterable[str]) -> None:
    """Compare what was counted with what is plausible; the limits are lowest and highest."""
    for name in names:
        lowest, highest = limits.get(name, [0, 1 << 62])
        number = report.counts.get(name, 0)
        remark = Phrase("{number}; {lowest} to {highest} are plausible", number=number, lowest=lowest, highest=highest)
        if number < lowest:
            report.add("few", file, 0, field=name, value=number, remark=remark)
        elif number > highest:
            report.add("many", file, 0, field=name, value=number, remark=remark)
