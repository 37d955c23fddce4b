"""Which encodings the lines of a file are in: UTF-8, else the one that makes sense of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

BOM = b"\xef\xbb\xbf"
CODECS = {"utf-8": "utf-8", "windows-1252": "cp1252", "gb18030": "gb18030"}
LIKELY = 0.9
"""So many characters of a Chinese text are common ones."""

RUN = re.compile(r"[^\x00-\x7f]+")


def encodings(lines: Iterable[bytes | None]) -> Sequence[str]:
    """Return the encodings to try, the likely one first; UTF-8 alone where nothing speaks for another.

    A file is one thing: `小` in GB18030 is a letter of UTF-8, but not in a file whose other lines are Chinese.

    >>> encodings(["标准化,小".encode("gb18030"), "小".encode("gb18030")])
    ('gb18030', 'utf-8')
    >>> encodings(["Sääntö,été,Ãä".encode("cp1252"), b"plain"]), encodings(["标准".encode()])
    (('utf-8', 'windows-1252'), ('utf-8',))
    """
    accented = [line for line in lines if line is not None and not line.isascii()]
    odd = [line for line in accented if not _is_utf8(line)]
    if not odd:
        return ("utf-8",)
    if not accented[0].startswith(BOM) and _is_chinese(accented):
        return ("gb18030", "utf-8")
    return ("utf-8", "gb18030") if _is_chinese(odd) else ("utf-8", "windows-1252")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(lines: Sequence[bytes]) -> bool:
    """Tell whether bytes are Chinese in GB18030: common characters, most of them beside another one.

    An accent of a Western encoding stands between letters, where it is half of a rare character, or of none.
    """
    text = b"\n".join(lines).decode("gb18030", "replace")
    runs = RUN.findall(text)
    every = sum(map(len, runs))
    beside = sum(len(run) for run in runs if len(run) > 1)
    return 2 * beside >= every and sum(map(_is_common, "".join(runs))) >= LIKELY * every


def _is_common(char: str) -> bool:
    """Tell whether a character is of the common sets: GB 2312 (its zone of GBK), or the first level of Big5."""
    simplified, traditional = (char.encode(codec, "ignore") for codec in ("gbk", "big5"))
    in_zone = len(simplified) == 2 and 0xA1 <= simplified[0] <= 0xF7 and simplified[1] >= 0xA1
    return in_zone or (len(traditional) == 2 and 0xA4 <= traditional[0] <= 0xC6)
