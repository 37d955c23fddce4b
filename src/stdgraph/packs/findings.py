"""What can be found in the files of a register: each kind with its level and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stdgraph.locale import Phrase, marked, translated

KINDS: dict[str, tuple[str, str]] = {
    "broken": ("error", marked("the line cannot be read and is left out")),
    "truncated": ("error", marked("the file ends in the middle: download it again")),
    "hostile": ("error", marked("larger or deeper than any register: left out")),
    "field-missing": ("error", marked("a field that must be there is missing: the record is left out")),
    "value": ("error", marked("a value of the wrong form or unknown: left out")),
    "same-id": ("error", marked("another record has the same id: this one is left out")),
    "same-reference": ("error", marked("another record has the same reference: this one is left out")),
    "empty": ("error", marked("no record was read")),
    "mixed-encoding": ("error", marked("UTF-8 and another encoding in one file")),
    "few": ("warning", marked("fewer than plausible: is the download complete?")),
    "many": ("warning", marked("more than plausible: is it the right file?")),
    "absent": ("warning", marked("no record of the file has this field")),
    "ahead": ("warning", marked("a day after that of the snapshot: kept")),
    "dangling": ("warning", marked("refers to an id that the file does not hold")),
    "null-reference": ("warning", marked("an id without a reference, and not in the file")),
    "self-relation": ("warning", marked("refers to itself: left out")),
    "contradiction": ("warning", marked("says two things that exclude each other")),
    "unsure": ("warning", marked("cannot be told apart with certainty: left out")),
    "shared-number": ("warning", marked("another document has the same number: kept without it")),
    "unknown-field": ("warning", marked("a field that is neither mapped nor known to be ignored")),
    "unknown-code": ("warning", marked("a code without a counterpart in the ontology: left out")),
    "outside": ("info", marked("names a body that the committee file does not hold")),
    "spelling": ("info", marked("an unusual spelling; the identifier is made from it as it is")),
    "html": ("info", marked("markup was taken out of the text")),
    "control": ("info", marked("control characters were taken out of the text")),
    "placeholder": ("info", marked("1970-01-01 looks like a placeholder: kept as a rejected claim")),
    "lone": ("info", marked("one P-member only: others may be listed elsewhere, as for committees that IEC runs")),
    "one-sided": ("info", marked("a liaison that the other committee does not list")),
    "shared-title": ("info", marked("another committee has the same title")),
    "missing": ("info", marked("a value that most records have is missing")),
    "joint": ("info", marked("already read from an earlier file: kept as that one has it")),
    "quotes": ("info", marked("quotation marks inside a cell are not doubled")),
    "repeated": ("info", marked("said twice in the same words: kept once")),
    "encoding": ("info", marked("read as Windows-1252, since it is not UTF-8")),
    "chinese-encoding": ("info", marked("read as GB18030: it is not UTF-8, and read so it is Chinese")),
    "ignored-field": ("info", marked("a field that is known and not stored")),
}
"""Kind of finding to its level and its words."""

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
            "finding": translated(words(self.kind, self.remark), lang),
        }


def words(kind: str, remark: str = "", about: str = "") -> Phrase:
    """Return what a kind of finding says, and behind it in brackets what it is about, and a remark."""
    finding = Phrase(KINDS[kind][1])
    if about and remark:
        return Phrase("{finding} ({about} {detail})", finding=finding, about=about, detail=remark)
    return Phrase("{finding} ({detail})", finding=finding, detail=about or remark) if about or remark else finding


def told(found: Finding) -> Phrase:
    """Return what a finding says, with the record, field and value that it is about."""
    return words(found.kind, found.remark, " ".join(filter(None, (found.record, found.field, found.value[:80]))))
