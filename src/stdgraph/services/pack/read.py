"""Reads the files of a register line by line: plain or gzip, UTF-8 or Windows-1252, JSON Lines or CSV, within limits."""

from __future__ import annotations

import csv
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from stdgraph.errors import FileError
from stdgraph.services.pack.report import KINDS, Report

MAX_LINE = 4 << 20
"""A longer line is left out: the longest of the register has 60 thousand bytes."""

MAX_RATIO, RATIO_FROM = 200, 16 << 20
"""A gzip file that grows more than so many times, once it gave so many bytes, is a bomb."""

MAX_BROKEN = 10_000
"""After so many faults, and one in every second line, the file is no register."""

CELL = re.compile(r',("(?:[^"]|"(?!,|$))*"|[^",]*)')
LOOSE = re.compile(r'(?:"(?:[^"]|"(?!,|$))*"|[^",]*)(?:,(?:"(?:[^"]|"(?!,|$))*"|[^",]*))*')
"""A line of CSV in which a cell in quotation marks ends only before a comma or at the end."""

Tick = Callable[[int], None]
Record = dict[str, Any]


class Source:
    """A file being read: its decoded lines with numbers; what is wrong goes to the report."""

    def __init__(self, path: Path, report: Report, tick: Tick | None = None) -> None:
        self.path = path
        self.file = path.name
        self.report = report
        self.tick = tick
        self.told = 0
        self.text = ""
        self.size = self.errors = 0
        self.encodings: dict[str, int] = {}
        try:
            self.raw: IO[bytes] = path.open("rb")
            magic = self.raw.read(4)
            self.raw.seek(0)
        except OSError as error:
            raise FileError(path=path, detail=error.strerror or str(error)) from None
        if magic[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.raw.close()
            raise FileError(path=path, detail="is UTF-16; save it as UTF-8")
        self.packed = magic[:2] == b"\x1f\x8b"
        self.bytes: Any = gzip.GzipFile(fileobj=self.raw) if self.packed else self.raw

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.bytes.close()
        self.raw.close()

    def add(self, kind: str, line: int, **rest: Any) -> None:
        """Note a finding about this file."""
        self.errors += KINDS[kind][0] == "error"
        self.report.add(kind, self.file, line, **rest)

    def records(self) -> Iterator[tuple[int, Record]]:
        """Yield each record with its line: of JSON Lines as it is, of CSV as texts by column."""
        lines = self.lines()
        first = next(lines, None)
        if first is None:
            return
        rest = _chained(first, lines)
        yield from _json_records(self, rest) if first[1].lstrip()[:1] in ("{", "[") else _csv_records(self, rest)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number, decoded; stops with a finding where the file is cut off or a bomb."""
        number = 0
        try:
            for number, line in enumerate(self._raw_lines(), start=1):
                if self.tick and not number & 255:
                    self._progress()
                if line is None:
                    self.add("hostile", number, remark=f"a line of more than {MAX_LINE >> 20} MiB")
                elif (text := self._decoded(line, number)) is not None:
                    self.size += len(line)
                    yield number, text
                if self.errors > MAX_BROKEN and self.errors > number // 2:
                    self.add("hostile", number, remark=f"{self.errors} faults in {number} lines: reading stopped")
                    return
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.add("truncated", number + 1, remark=str(error))
        except _BombError:
            self.add("hostile", number + 1, remark=f"gzip that grows more than {MAX_RATIO} times: reading stopped")
        self._progress()
        if len(self.encodings) > 1:
            self.add("mixed-encoding", max(self.encodings.values()))

    def _progress(self) -> None:
        if self.tick:
            with suppress(ValueError):
                at = self.raw.tell()
                self.tick(at - self.told)
                self.told = at

    def _raw_lines(self) -> Iterator[bytes | None]:
        """Yield lines, None for one that is too long; raises _BombError."""
        while line := self.bytes.readline(MAX_LINE + 1):
            if self.packed:
                self._stop_at_a_bomb()
            if len(line) <= MAX_LINE:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = self.bytes.readline(MAX_LINE)
                self._stop_at_a_bomb()
            yield None

    def _stop_at_a_bomb(self) -> None:
        if not self.packed:
            return
        read = self.bytes.tell()
        if read > RATIO_FROM and read > MAX_RATIO * max(self.raw.tell(), 1):
            raise _BombError

    def _decoded(self, line: bytes, number: int) -> str | None:
        if number == 1 and line.startswith(b"\xef\xbb\xbf"):
            line = line[3:]
        if line.isascii():
            return line.decode("ascii")
        for name, codec in (("utf-8", "utf-8"), ("windows-1252", "cp1252")):
            with suppress(UnicodeDecodeError):
                text = line.decode(codec)
                if name not in self.encodings:
                    self.encodings[name] = number
                    if name != "utf-8":
                        self.add("encoding", number)
                return text
        self.add("broken", number, remark="neither UTF-8 nor Windows-1252")
        return None


class _BombError(Exception):
    """A gzip file grows beyond measure."""


def _chained(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _json_records(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Record]]:
    decode = json.JSONDecoder(parse_constant=_no_constant).decode
    for number, text in lines:
        if not text.strip():
            continue
        try:
            found = decode(text)
            if not isinstance(found, dict):
                raise ValueError("not a JSON object")
        except (ValueError, RecursionError) as error:
            detail = "nested too deep" if isinstance(error, RecursionError) else str(error)
            source.add("broken", number, value=text[:40], remark=detail)
            continue
        source.text = text
        yield number, found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _csv_records(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Record]]:
    rows = _csv_rows(source, lines)
    head = next(rows, (0, []))[1]
    for number, row in rows:
        if len(row) != len(head):
            source.add("broken", number, value=",".join(row)[:40], remark=f"{len(row)} cells, {len(head)} columns")
            continue
        yield number, dict(zip(head, row, strict=True))


def _csv_rows(source: Source, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line on which they begin.

    A line in which quotation marks inside a cell are not doubled is read by the rule that a cell ends only before a
    comma; a quotation mark that is never closed costs its own lines only.
    """
    at, text = 0, ""

    def fed() -> Iterator[str]:
        nonlocal at, text
        for number, line in lines:
            at, text = number, line
            yield line

    while True:
        reader = csv.reader(fed(), strict=True)
        begin = at + 1
        try:
            for row in reader:
                if row:
                    yield begin, row
                begin = at + 1
            return
        except csv.Error as error:
            if begin == at and LOOSE.fullmatch(text.strip()):
                source.add("quotes", begin, value=text.strip()[-80:])
                yield begin, [cell.strip('"') for cell in CELL.findall("," + text.strip())]
            else:
                source.add("broken", begin, remark=f"lines {begin} to {at} are not read: {error}")
