"""The import report: what was found in the files of a register, with line numbers, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stdgraph.errors import PackFaultError
from stdgraph.model.results import Cell, Table, table

KEPT = 1000
"""So many findings of one kind, file and field are kept word for word; the others are counted."""

MAX_VALUE = 200
"""So many characters of a value are kept; whoever needs more has the line."""

SHOWN_LINES = 5

KINDS: dict[str, tuple[str, str, str]] = {
    "broken": ("error", "the line cannot be read and is left out", "该行无法读取，已略去"),
    "truncated": ("error", "the file ends in the middle: download it again", "文件不完整，请重新下载"),
    "hostile": ("error", "larger or deeper than any register: left out", "超出任何登记数据的规模，已略去"),
    "field-missing": (
        "error",
        "a field that must be there is missing: the record is left out",
        "缺少必需字段，该记录已略去",
    ),
    "value": ("error", "a value of the wrong form or unknown: left out", "值的形式不对或未知，已略去"),
    "same-id": ("error", "another record has the same id: this one is left out", "标识与另一记录相同，该记录已略去"),
    "same-reference": (
        "error",
        "another record has the same reference: this one is left out",
        "编号与另一记录相同，该记录已略去",
    ),
    "empty": ("error", "no record was read", "未读到任何记录"),
    "mixed-encoding": ("error", "UTF-8 and Windows-1252 in one file", "同一文件混用 UTF-8 与 Windows-1252"),
    "few": ("warning", "fewer than plausible: is the download complete?", "少于合理下限：下载是否完整？"),
    "many": ("warning", "more than plausible: is it the right file?", "多于合理上限：文件是否正确？"),
    "absent": ("warning", "no record of the file has this field", "文件中没有任何记录含有该字段"),
    "ahead": ("warning", "a day after that of the snapshot: kept", "日期晚于快照日期，予以保留"),
    "dangling": ("warning", "refers to an id that the file does not hold", "所引用的标识不在文件中"),
    "null-reference": ("warning", "an id without a reference, and not in the file", "标识没有编号，且不在文件中"),
    "self-relation": ("warning", "refers to itself: left out", "引用自身，已略去"),
    "contradiction": ("warning", "says two things that exclude each other", "所述相互矛盾"),
    "unsure": ("warning", "cannot be told apart with certainty: left out", "无法确定，已略去"),
    "shared-number": (
        "warning",
        "another document has the same number: kept without it",
        "编号已被另一文件使用，保留但不带该编号",
    ),
    "unknown-field": (
        "warning",
        "a field that is neither mapped nor known to be ignored",
        "未知字段，既未映射也未列为忽略",
    ),
    "unknown-code": ("warning", "a code without a counterpart in the ontology: left out", "本体中没有对应代码，已略去"),
    "outside": ("info", "names a body that the committee file does not hold", "所指机构不在委员会文件中"),
    "spelling": ("info", "an unusual spelling; the identifier is made from it as it is", "写法不常见，按原样生成标识"),
    "html": ("info", "markup was taken out of the text", "已去除文本中的标记"),
    "control": ("info", "control characters were taken out of the text", "已去除文本中的控制字符"),
    "placeholder": (
        "info",
        "1970-01-01 looks like a placeholder: kept as a rejected claim",
        "1970-01-01 疑为占位值，仅作为弃用主张保留",
    ),
    "lone": (
        "info",
        "one P-member only: others may be listed elsewhere, as for committees that IEC runs",
        "只有一个积极成员；其他成员可能登记在别处，如由 IEC 管理的委员会",
    ),
    "one-sided": ("info", "a liaison that the other committee does not list", "对方委员会未列出的联络"),
    "shared-title": ("info", "another committee has the same title", "另一委员会有相同的名称"),
    "missing": ("info", "a value that most records have is missing", "缺少多数记录都有的值"),
    "joint": ("info", "already read from an earlier file: kept as that one has it", "前一文件已有，以前一文件为准"),
    "quotes": ("info", "quotation marks inside a cell are not doubled", "单元格内的引号未成对转义"),
    "repeated": ("info", "said twice in the same words: kept once", "重复的相同内容，只保留一次"),
    "encoding": ("info", "read as Windows-1252, since it is not UTF-8", "不是 UTF-8，按 Windows-1252 读取"),
    "ignored-field": ("info", "a field that is known and not stored", "已知但不存储的字段"),
}
"""Kind of finding to its level and its words in English and Chinese."""

LEVELS = ("error", "warning", "info")
Group = tuple[str, str, str]


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, the file and line, the record and field it is about, the value, and a remark."""

    kind: str
    file: str
    line: int
    record: str = ""
    field: str = ""
    value: str = ""
    remark: str = ""

    @property
    def level(self) -> str:
        """`error` (something is left out), `warning` (something is doubtful) or `info`."""
        return KINDS[self.kind][0]

    def plain(self, lang: str = "en") -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "level": self.level,
            "kind": self.kind,
            "file": self.file,
            "line": self.line or None,
            "record": self.record or None,
            "field": self.field or None,
            "value": self.value or None,
            "finding": _words(self.kind, [self.remark], lang),
        }


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
        self.groups[group := (kind, file, _safe(field))] += 1
        is_fatal = self.strict and KINDS[kind][0] == "error"
        if self.groups[group] > KEPT and not is_fatal:
            return
        found = Finding(kind, file, line, _safe(record), group[2], _safe(value), _safe(remark))
        self.findings.append(found)
        if is_fatal:
            raise PackFaultError(file=file, line=line, detail=_told(found), zh_detail=_told(found, "zh"))

    @property
    def faulty(self) -> bool:
        """Tell whether something was left out."""
        return any(KINDS[kind][0] == "error" for kind in self.totals)

    def first_error(self, lang: str = "en") -> str:
        """Return where and what the first error is, "" where there is none."""
        found = next((f for f in self.findings if f.level == "error"), None)
        if not found:
            return ""
        place = f"第 {found.line} 行：" if lang.startswith("zh") else f"line {found.line}: "
        return place + _told(found, lang)

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
            "finding": _words(first.kind, list(remarks) if len(remarks) == 1 else [], lang),
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
    text = str(value)[:MAX_VALUE]
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _words(kind: str, about: Iterable[str], lang: str) -> str:
    """Return what a kind of finding says, and behind it in brackets what it is about."""
    told = [part for part in about if part]
    if not lang.startswith("zh"):
        return KINDS[kind][1] + (f" ({' '.join(told)})" if told else "")
    from stdgraph.chinese import chinese

    return KINDS[kind][2] + (f"（{' '.join(map(chinese, told))}）" if told else "")


def _told(found: Finding, lang: str = "en") -> str:
    return _words(found.kind, (found.record, found.field, found.value[:80], found.remark), lang)


def check_counts(report: Report, limits: dict[str, list[int]], file: str, names: Iterable[str]) -> None:
    """Compare what was counted with what is plausible; the limits are lowest and highest."""
    for name in names:
        lowest, highest = limits.get(name, [0, 1 << 62])
        number = report.counts.get(name, 0)
        remark = f"{number}; {lowest} to {highest} are plausible"
        if number < lowest:
            report.add("few", file, 0, field=name, value=number, remark=remark)
        elif number > highest:
            report.add("many", file, 0, field=name, value=number, remark=remark)
