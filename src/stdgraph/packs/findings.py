"""What can be found in the files of a register: each kind with its level and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
            "finding": words(self.kind, [self.remark], lang),
        }


def words(kind: str, about: Iterable[str], lang: str) -> str:
    """Return what a kind of finding says, and behind it in brackets what it is about."""
    parts = [part for part in about if part]
    if not lang.startswith("zh"):
        return KINDS[kind][1] + (f" ({' '.join(parts)})" if parts else "")
    from stdgraph.chinese import chinese

    return KINDS[kind][2] + (f"（{' '.join(map(chinese, parts))}）" if parts else "")


def told(found: Finding, lang: str = "en") -> str:
    """Return what a finding says, with the record, field and value that it is about."""
    return words(found.kind, (found.record, found.field, found.value[:80], found.remark), lang)
