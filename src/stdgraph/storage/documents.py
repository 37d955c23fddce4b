"""The text of a document that the user has: plain text, Word (python-docx) or PDF (pypdf), paragraphs between empty lines."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from stdgraph.errors import DocumentError
from stdgraph.locale import Foreign, Phrase
from stdgraph.storage.files import read_bytes

MAX_FILE = 64 << 20
MAX_TEXT = 16 << 20
"""Bytes of a file, and characters of the text in it, that are read at most."""
MAX_UNPACKED = 256 << 20
"""Bytes that the parts of a Word file may have when they are unpacked."""
MAX_PAGES = 5000

CHINESE = "〇一二三四五六七八九"
SUFFIXES = (".txt", ".md", ".docx", ".pdf")


def document_text(path: Path) -> str:
    """Return the text of a document, its lines ended by a line feed.

    Raises:
        DocumentError: it is no such file, too large, damaged, encrypted, or has no text.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise DocumentError(path=path, detail=Phrase("'{suffix}' is no form of text that is read", suffix=suffix))
    data = _bytes(path)
    if suffix in (".docx", ".pdf"):
        text = _opened(path, data, _word if suffix == ".docx" else _pdf)
    else:
        text = _decoded(path, data)
    text = text.encode("utf-8", "replace").decode()
    if not text.strip():
        raise DocumentError(path=path, detail=Phrase("there is no text in it"))
    if len(text) > MAX_TEXT:
        raise DocumentError(path=path, detail=Phrase("more than {number} characters", number=MAX_TEXT))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path) -> bytes:
    from stdgraph.errors import FileError

    try:
        return read_bytes(path, MAX_FILE)
    except FileError as error:
        raise DocumentError(path=path, detail=error.values["detail"]) from None


def _decoded(path: Path, data: bytes) -> str:
    """Return bytes as text: by their byte-order mark, else UTF-8."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise DocumentError(path=path, detail=Phrase("not UTF-8 at byte {number}", number=error.start)) from None
    if "\0" in text:
        raise DocumentError(path=path, detail=Phrase("it is no text: there are zero bytes in it"))
    return text


def _opened(path: Path, data: bytes, read: Any) -> str:
    """Return what a library reads in a file; whatever that stumbles over is told as a fault of the file."""
    try:
        return str(read(path, data))
    except DocumentError:
        raise
    except ImportError:
        detail = Phrase('reading it needs more packages: pip install "stdgraph[documents]"')
        raise DocumentError(path=path, detail=detail) from None
    except (MemoryError, RecursionError):
        raise DocumentError(path=path, detail=Phrase("it takes too much to read")) from None
    except Exception as error:  # the libraries raise what they like: KeyError, zlib.error, lxml's, their own
        raise DocumentError(path=path, detail=Foreign(str(error) or type(error).__name__)) from None


def _word(path: Path, data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise DocumentError(path=path, detail=Phrase("larger than {size} MiB", size=MAX_UNPACKED >> 20))
    import docx

    document = docx.Document(io.BytesIO(data))
    return "".join(f"{line}\n\n" for line in _blocks(document, _Numbers(document)))


def _blocks(document: Any, numbers: _Numbers) -> Iterator[str]:
    """Yield the paragraphs and the rows of tables, each a line; cells are parted by tabs."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield numbers.mark(block) + block.text


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBERED = f"{WORD}pPr/{WORD}numPr"


def _value(element: Any, name: str) -> str:
    """Return what a child of an element is set to."""
    child = element.find(WORD + name)
    return "" if child is None else child.get(f"{WORD}val", "")


class _Numbers:
    """The numbers and dots that Word puts before paragraphs, and keeps out of their text."""

    def __init__(self, document: Any) -> None:
        has = any(rel.reltype.endswith("/numbering") for rel in document.part.rels.values())
        self.root: Any = document.part.numbering_part.element if has else None
        self.counts: dict[tuple[str, int], int] = defaultdict(int)

    def mark(self, paragraph: Any) -> str:
        """Return what stands before a paragraph: its number as its list writes it, a dash for a dot, or nothing."""
        place = paragraph._p.find(NUMBERED)
        if place is None and paragraph.style is not None:
            place = paragraph.style.element.find(NUMBERED)
        number = "" if place is None else _value(place, "numId")
        depth = int(_value(place, "ilvl") or 0) if number else 0
        level = self._level(number, depth) if number else None
        if level is None:
            return ""
        form, text = (_value(level, name) for name in ("numFmt", "lvlText"))
        if form == "bullet":
            return "- "
        self._count(number, depth)
        for n in range(depth + 1):
            text = text.replace(f"%{n + 1}", _numeral(self.counts[number, n], form))
        return f"{text} " if text.isascii() else text

    def _level(self, number: str, depth: int) -> Any:
        if self.root is None:
            return None
        abstract = next((_value(n, "abstractNumId") for n in self._all("num") if n.get(f"{WORD}numId") == number), "")
        lists = (a for a in self._all("abstractNum") if a.get(f"{WORD}abstractNumId") == abstract)
        levels = (level for one in lists for level in one.findall(f"{WORD}lvl"))
        return next((level for level in levels if level.get(f"{WORD}ilvl") == str(depth)), None)

    def _all(self, name: str) -> Any:
        return self.root.findall(WORD + name)

    def _count(self, number: str, depth: int) -> None:
        self.counts[number, depth] += 1
        for known in [k for k in self.counts if k[0] == number and k[1] > depth]:
            del self.counts[known]


def _numeral(number: int, form: str) -> str:
    """Return a number as a list counts: in figures, in letters, in Chinese up to 99.

    >>> _numeral(12, "chineseCountingThousand"), _numeral(3, "lowerLetter"), _numeral(12, "decimal")
    ('十二', 'c', '12')
    """
    if form.startswith(("chinese", "ideographDigital", "japaneseCounting")) and number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else CHINESE[tens]) + "十" * (tens > 0) + (CHINESE[ones] if ones or not tens else "")
    if form in ("lowerLetter", "upperLetter") and number <= 26:
        return chr((96 if form[0] == "l" else 64) + number)
    return str(number)


def _pdf(path: Path, data: bytes) -> str:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(path=path, detail=Phrase("it is encrypted"))
    if len(reader.pages) > MAX_PAGES:
        raise DocumentError(path=path, detail=Phrase("more than {number} pages", number=MAX_PAGES))
    paragraphs: list[str] = []
    before: list[Line] = []
    size = 0
    for page in reader.pages:
        lines = _lines(page)
        size += sum(len(line.text) for line in lines)
        if size > MAX_TEXT:
            raise DocumentError(path=path, detail=Phrase("more than {number} characters", number=MAX_TEXT))
        fresh = joined(lines)
        if paragraphs and _goes_on(before, lines):
            paragraphs[-1] = _together(paragraphs[-1], fresh.pop(0))
        paragraphs += fresh
        before = lines
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs)


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, and where it begins, in points from the left and from below."""

    text: str
    x: float
    y: float


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page in the order in which they are written, without the page number."""
    lines: list[Line] = []

    def seen(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        for part in text.splitlines():
            if not part.strip():
                continue
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if lines and abs(lines[-1].y - y) < SAME:
                lines[-1] = Line(lines[-1].text + part, lines[-1].x, y)
            else:
                lines.append(Line(part, x, y))

    page.extract_text(visitor_text=seen)
    return [line for line in lines if not line.text.strip("-—–· \t").isdigit()]


SAME = 2.0
"""Points by which the parts of one line may stand higher or lower."""
INDENT = 6.0
"""Points by which the first line of a paragraph stands in."""
APART = 1.3
"""A gap of so many times the usual one parts two paragraphs."""
FULL = 0.7
"""A line that has so much of the room of the longest may go on in the next one."""
ENDS = ("。", "！", "？", ".", "：", ":", "；")


def joined(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of a page: a line that is full goes on in the next, unless that is indented or stands apart.

    >>> page = [("2 Work and all that", 20, 90), ("is done here.", 0, 80), ("3 End", 20, 70)]
    >>> joined([Line(*line) for line in page])
    ['2 Work and all that is done here.', '3 End']
    """
    gaps = sorted(one.y - two.y for one, two in pairwise(lines) if one.y > two.y)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    longest = max((_room(line.text) for line in lines), default=0)
    apart = {n for n, (one, two) in enumerate(pairwise(lines), 1) if one.y - two.y > APART * usual}
    indented = _indented(lines)
    paragraphs: list[str] = []
    for n, line in enumerate(lines):
        before = lines[n - 1].text.rstrip() if n else ""
        is_full = _room(before) >= FULL * longest and (bool(apart or indented) or not before.endswith(ENDS))
        if n and is_full and n not in apart | indented:
            paragraphs[-1] = _together(paragraphs[-1], line.text.strip())
        else:
            paragraphs.append(line.text.strip())
    return paragraphs


def _together(first: str, second: str) -> str:
    """Return two pieces of a paragraph as one, a blank between them where Latin letters or figures meet."""
    return f"{first}{' ' if first[-1:].isascii() or second[:1].isascii() else ''}{second}"


def _indented(lines: Sequence[Line]) -> set[int]:
    left = min((line.x for line in lines), default=0.0)
    return {n for n, line in enumerate(lines) if line.x > left + INDENT}


def _goes_on(before: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Tell whether a paragraph goes on from one page to the next: the pages indent first lines, and this is none."""
    if not before or not lines or not _indented(before) or not _indented(lines):
        return False
    is_full = _room(before[-1].text.rstrip()) >= FULL * max(_room(line.text) for line in before)
    return is_full and 0 not in _indented(lines)


def _room(line: str) -> int:
    """Return how much room a line takes; a Chinese character takes twice that of a Latin letter."""
    return sum(1 if sign.isascii() else 2 for sign in line)
