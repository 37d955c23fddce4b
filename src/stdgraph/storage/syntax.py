"""Faults of syntax in people's words: the same place as the engine tells, and what to do there."""

from __future__ import annotations

import re
from pathlib import Path

from stdgraph.errors import TurtleSyntaxError
from stdgraph.model.vocabulary import PREFIXES

WORDS = (
    (r"A dot is expected.*", "A dot is missing, or a semicolon before this", "缺少句点，或此前缺少分号"),
    (r"Unexpected end of file", 'A quotation mark or ">" is missing: the file ends before it', "缺少引号或“>”：至文件末尾仍未出现"),
    (r"Unexpected end", "The file ends inside a statement", "文件在语句中间结束"),
    (r"Line jumps are not allowed.*", 'A quotation mark is missing: text in "…" ends on its line', "缺少引号：“\"…\"”中的文本不能换行"),
    (r"Invalid UTF-8.*", "This is not UTF-8: save the file as UTF-8", "此处不是UTF-8编码：请将文件存为UTF-8"),
    (r"Invalid IRI code point '(.)'.*", "An IRI cannot contain '{0}'", "IRI中不能含有“{0}”"),
    (r"The prefix (\S*): has not been declared", "The prefix {0}: is not declared{1}", "前缀{0}:未声明{2}"),
)  # fmt: skip
"""What the engine says, and what we say, in English and Chinese; what is not here stays as it is."""


def syntax_error(error: SyntaxError, path: str | Path) -> TurtleSyntaxError:
    """Return our error for the engine's."""
    said = re.sub(r"^Parser error (at|between) [\w ]*: ", "", str(error.msg)).rstrip(".")
    detail, zh_detail = _told(said)
    place = {"line": error.lineno or 1, "column": error.offset or 1}
    return TurtleSyntaxError(path=str(path), **place, detail=detail, zh_detail=zh_detail)


def _told(said: str) -> tuple[str, str]:
    for pattern, en, zh in WORDS:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            word = match[1] if match.groups() else ""
            iri = PREFIXES.get(word)
            declaration = f"@prefix {word}: <{iri}>"
            cures = (f"; add {declaration}", f"；请加上 {declaration}") if iri else ("", "")
            return en.format(word, *cures), zh.format(word, *cures)
    return said, said
