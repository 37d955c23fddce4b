"""Reads the files of a register line by line: plain or gzip, in one of three encodings, JSON Lines or CSV."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from stdgraph.errors import PackFileError
from stdgraph.locale import Foreign, Phrase
from stdgraph.packs.encodings import BOM, CODECS, encodings
from stdgraph.packs.findings import KINDS
from stdgraph.packs.report import Report

MAX_LINE = 4 << 20
"""A longer line, or row of CSV, is left out: the longest of the register has 60 thousand bytes."""

MAX_RATIO, RATIO_FROM = 200, 4 << 20
"""A gzip file that grows more than so many times, once it gave so many bytes, is a bomb."""

MAX_BROKEN = 10_000
"""After so many faults, and one in every second line, the file is no register."""

MAX_RECORDS, MAX_SIZE = 20_000, 32 << 20
"""No register has so many committees or classes, or so many bytes of them: a tenth of either would be much."""

MAX_UNKNOWN = 1000
"""So many unknown fields are named; a file with more of them is no register."""

BLOCK = 1 << 18
SAMPLE = 1 << 20
"""So many bytes are looked at before an encoding is guessed."""

NAMES = {"windows-1252": "Windows-1252", "gb18030": "GB18030"}
GUESSED = {"windows-1252": "encoding", "gb18030": "chinese-encoding"}
"""Encoding to the finding that tells that it was guessed."""
CELL = re.compile(r',("(?:[^"]|"(?!,|$))*"|[^",]*)')
LOOSE = re.compile(r'(?:"(?:[^"]|"(?!,|$))*"|[^",]*)(?:,(?:"(?:[^"]|"(?!,|$))*"|[^",]*))*')
"""A line of CSV in which a cell in quotation marks ends only before a comma or at the end."""

Tick = Callable[[int], None]
Record = dict[str, Any]


class _File(io.FileIO):
    """A file, or a pipe, that counts the bytes it gave."""

    given = 0

    def readinto(self, buffer: Any) -> int | None:
        found = super().readinto(buffer)
        self.given += found or 0
        return found


class _Unpacked(io.RawIOBase):
    """The content of a gzip file; raises _BombError where it grows beyond measure."""

    def __init__(self, file: _File, packed: IO[bytes]) -> None:
        self.file = file
        self.gzip = gzip.GzipFile(fileobj=packed)
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self.gzip.read1(len(buffer))  # all that can be had of a file that is cut off
        buffer[: len(found)] = found
        self.given += len(found)
        if self.given > max(RATIO_FROM, MAX_RATIO * self.file.given):
            raise _BombError
        return len(found)


class _BombError(Exception):
    """A gzip file grows beyond measure."""


FAILURES = (EOFError, zlib.error, gzip.BadGzipFile, _BombError)
"""What ends a file that is packed before it ends itself."""


class Source:
    """A file being read: its records with their lines; what is wrong goes to the report."""

    def __init__(
        self, path: Path, report: Report, tick: Tick | None = None, *, records: int = MAX_RECORDS, size: int = MAX_SIZE
    ) -> None:
        self.path = path
        self.file = path.name
        self.report = report
        self.tick = tick
        self.most, self.largest = records, size
        self.told = self.size = self.errors = 0
        self.text = ""
        self.fields: set[str] = set()
        self.encodings: dict[str, int] = {}
        self.likely: Sequence[str] = ("utf-8",)
        try:
            self.disk = _File(path)
            packed: Any = io.BufferedReader(self.disk)
            magic = packed.peek(4)[:4]
        except OSError as error:
            raise PackFileError(path=path, detail=Foreign(error.strerror or error)) from None
        if magic[:2] in (b"\xff\xfe", b"\xfe\xff"):
            packed.close()
            raise PackFileError(path=path, detail=Phrase("is UTF-16 or UTF-32; save it as UTF-8"))
        is_gzip = magic[:2] == b"\x1f\x8b"
        self.bytes: IO[bytes] = io.BufferedReader(_Unpacked(self.disk, packed), BLOCK) if is_gzip else packed

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.bytes.close()
        self.disk.close()

    def add(self, kind: str, line: int, **rest: Any) -> None:
        """Note a finding about this file."""
        self.errors += KINDS[kind][0] == "error"
        self.report.add(kind, self.file, line, **rest)

    def is_new(self, field: str) -> bool:
        """Tell whether a field is met for the first time; of thousands of unknown ones only the first are."""
        if field in self.fields or len(self.fields) > MAX_UNKNOWN:
            return False
        self.fields.add(field)
        return True

    def note_absent(self, mapped: Iterable[str]) -> None:
        """Note fields that no record has: another form of the register, or a part of it."""
        for field in sorted(set(mapped) - self.fields):
            self.add("absent", 0, field=field)

    def records(self) -> Iterator[tuple[int, Record]]:
        """Yield each record with its line: of JSON Lines as it is, of CSV as texts by column, `title.en` inside `title`."""
        lines = self.lines()
        first = next((pair for pair in lines if not pair[1].isspace()), None)
        if first is None:
            return
        is_json = first[1].lstrip()[:1] in ("{", "[") or ".json" in self.file
        read = _json_records if is_json else _csv_records
        for count, found in enumerate(read(self, _chained(first, lines))):
            if count >= self.most or self.size > self.largest:
                self.add("hostile", found[0], remark=Phrase("more than any register holds: reading stopped"))
                return
            yield found

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number, decoded; stops with a finding where the file is cut off or a bomb."""
        number = 0
        try:
            for number, line in enumerate(self._judged_lines(), start=1):
                if not number & 255:
                    self._progress()
                if line is None:
                    self.add("hostile", number, remark=Phrase("a line of more than {size} MiB", size=MAX_LINE >> 20))
                elif (text := self._decoded(line, number)) is not None:
                    self.size += len(line)
                    yield number, text
                if self.errors > MAX_BROKEN and self.errors > number // 2:
                    self.add(
                        "hostile",
                        number,
                        remark=Phrase(
                            "{errors} faults in {lines} lines: reading stopped", errors=self.errors, lines=number
                        ),
                    )
                    return
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.add("truncated", number + 1, remark=Foreign(error))
        except _BombError:
            self.add(
                "hostile",
                number + 1,
                remark=Phrase("gzip that grows more than {factor} times: reading stopped", factor=MAX_RATIO),
            )
        self._progress()
        if len(self.encodings) > 1:
            self.add("mixed-encoding", max(self.encodings.values()))

    def _progress(self) -> None:
        if self.tick:
            self.tick(self.disk.given - self.told)
            self.told = self.disk.given

    def _judged_lines(self) -> Iterator[bytes | None]:
        """Yield lines, after many of them were looked at for their encoding; what ends the file ends it behind them."""
        held: list[bytes | None] = []
        lines, size, failure = self._raw_lines(), 0, None
        try:
            while size < SAMPLE and (line := next(lines, b"")) != b"":
                held.append(line)
                size += len(line or b"")
        except FAILURES as error:
            failure = error
        self.likely = encodings(held)
        yield from held
        if failure:
            raise failure
        yield from lines

    def _raw_lines(self) -> Iterator[bytes | None]:
        """Yield lines, None for one that is too long."""
        while line := self.bytes.readline(MAX_LINE + 1):
            if len(line) <= MAX_LINE:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = self.bytes.readline(MAX_LINE)
            yield None

    def _decoded(self, line: bytes, number: int) -> str | None:
        if number == 1:
            line = line.removeprefix(BOM)
        if line.isascii():
            return line.decode("ascii")
        if (text := self._in_one_of(line, number)) is None and len(self.likely) == 1:
            self.likely = encodings([line])
            text = self._in_one_of(line, number)
        if text is None:
            remark = Phrase("neither UTF-8 nor {encoding}", encoding=NAMES[max(self.likely, key=NAMES.__contains__)])
            self.add("broken", number, remark=remark)
        return text

    def _in_one_of(self, line: bytes, number: int) -> str | None:
        """Return a line in the first of the likely encodings that it can be in, None where that is none."""
        for name in self.likely:
            with suppress(UnicodeDecodeError):
                text = line.decode(CODECS[name])
                if name not in self.encodings:
                    self.encodings[name] = number
                    if name in GUESSED:
                        self.add(GUESSED[name], number)
                return text
        return None


def _chained(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _json_records(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Record]]:
    """Yield the objects, one a line; those of an array too, all in one line or with a comma behind each."""
    decode = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_object).decode
    for number, text in lines:
        if text.isspace():
            continue
        try:
            found = decode(text)
        except (ValueError, RecursionError) as error:
            bare = text.strip().removesuffix(",").removeprefix("[").removesuffix("]")
            try:
                found = decode(bare) if bare else []
            except (ValueError, RecursionError):
                source.add("broken", number, value=text.strip()[:40], remark=_why(error))
                continue
        for record in found if isinstance(found, list) else (found,):
            if isinstance(record, dict):
                source.text = text if record is found else str(record)
                yield number, record
            else:
                source.add("broken", number, value=text.strip()[:40], remark=Phrase("not a JSON object"))


def _object(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(Phrase("a key stands twice in one object"))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(Phrase("{name} is no JSON number", name=name))


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return Phrase("nested too deep")
    if str(error).startswith("Exceeds the limit"):
        return Phrase("a number of too many digits")
    told: str = error.args[0]
    return told if isinstance(told, Phrase) else Foreign(error)


def _csv_records(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Record]]:
    rows = _csv_rows(source, lines)
    line, head = next(rows, (0, []))
    head = [column.strip() for column in head]
    if len(set(head)) != len(head):
        source.add("broken", line, value=",".join(head)[:40], remark=Phrase("two columns have one name"))
        return
    places = [column.partition(".")[::2] for column in head]
    for number, row in rows:
        if len(row) != len(head):
            source.add(
                "broken",
                number,
                value=",".join(row)[:40],
                remark=Phrase("{cells} cells, {columns} columns", cells=len(row), columns=len(head)),
            )
            continue
        record: Record = {}
        for (top, below), cell in zip(places, row, strict=True):
            if below:
                record.setdefault(top, {})[below] = cell
            else:
                record[top] = cell
        source.text = "\x1f".join(row)
        yield number, record


def _csv_rows(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line on which they begin.

    A line in which quotation marks inside a cell are not doubled is read by the rule that a cell ends only before a
    comma; a quotation mark that is never closed costs its own line only: those behind it are read once more.
    """
    again: deque[tuple[int, str]] = deque()
    taken: list[tuple[int, str]] = []

    def fed() -> Iterator[str]:
        size = 0
        while pair := again.popleft() if again else next(lines, None):
            size = size + len(pair[1]) if taken else 0
            if size > MAX_LINE:
                raise _RowError
            taken.append(pair)
            yield pair[1]

    while True:
        try:
            for row in csv.reader(fed(), strict=True):
                begin = taken[0][0]
                taken.clear()
                if row:
                    yield begin, row
            return
        except csv.Error as error:
            begin, line = taken[0][0], taken[0][1].strip()
            if len(taken) == 1 and LOOSE.fullmatch(line):
                source.add("quotes", begin, value=line[-80:])
                yield begin, [cell.strip('"') for cell in CELL.findall("," + line)]
            else:
                source.add("broken", begin, value=line[:40], remark=Foreign(error))
            again.extendleft(reversed(taken[1:]))
        except _RowError:
            source.add("hostile", taken[0][0], remark=Phrase("a row of more than {size} MiB", size=MAX_LINE >> 20))
        taken.clear()


class _RowError(Exception):
    """A row of CSV does not end."""
