"""Takes the fields of a record apart: each has its form, and what has another form is a finding, never a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdgraph.locale import Phrase
from stdgraph.packs.read import Record, Source

NUMBER = re.compile(r"(\d{1,18})(?:\.0+)?")
DAY = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)([T ]00:00(:00(\.0+)?)?(Z|[+-]00:00)?)?")
"""A day, also as the midnight with which it begins; a time with another offset may belong to another day."""

CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
MAX_TEXT = 100_000


@dataclass
class Fields:
    """The fields of one record; `record` is the name under which findings speak of it."""

    source: Source
    line: int
    values: Record
    record: str = ""

    def add(self, kind: str, field: str = "", value: Any = "", remark: str = "") -> None:
        """Note a finding about a field of this record."""
        self.source.add(kind, self.line, record=self.record, field=field, value=value, remark=remark)

    def number(self, field: str, values: Record | None = None) -> int | None:
        """Return a whole number, also one written as `7.0` or in quotation marks; None where there is none."""
        found = (self.values if values is None else values).get(field)
        if found is None or found == "":
            return None
        if isinstance(found, int) and not isinstance(found, bool) and 0 < found < 10**18:
            return found
        if isinstance(found, (str, float)) and (parts := NUMBER.fullmatch(str(found).strip())) and int(parts[1]):
            return int(parts[1])
        self.add("value", field, found, Phrase("not a whole number"))
        return None

    def text(self, field: str, values: Record | None = None) -> str:
        """Return a text without blanks around it, "" where there is none."""
        found = (self.values if values is None else values).get(field)
        if found is None:
            return ""
        if type(found) is str and found.isascii() and found.isprintable() and len(found) < MAX_TEXT:
            return found if "  " not in found and found == found.strip() else " ".join(found.split())
        if not isinstance(found, str) or len(found) > MAX_TEXT or "\x00" in found:
            self.add(
                "value",
                field,
                found,
                Phrase("not a text") if not isinstance(found, str) else Phrase("not a text of usual length"),
            )
            return ""
        try:
            found.encode()
        except UnicodeEncodeError:  # half a surrogate pair, written as \ud800
            self.add("value", field, ascii(found), Phrase("half a character"))
            return ""
        if CONTROL.search(found):
            self.add("control", field, found)
            found = CONTROL.sub("", found)
        return " ".join(found.split()) if "\n" not in found else found.strip()

    def part(self, field: str) -> Record:
        """Return an object inside the record, an empty one where there is none."""
        found = self.values.get(field)
        if found is None or found == "":
            return {}
        if isinstance(found, dict):
            return found
        self.add("value", field, found, Phrase("not an object"))
        return {}

    def texts(self, field: str, tags: Sequence[str]) -> dict[str, str]:
        """Return the texts of a field by language; languages that are not expected are a finding."""
        found = {}
        for tag in (part := self.part(field)):
            if tag not in tags:
                self.unknown(f"{field}.{tag}", part[tag])
            elif text := self.text(tag, part):
                found[tag] = text
        return found

    def numbers(self, field: str) -> list[int]:
        """Return a list of whole numbers."""
        return [n for item in self.items(field) if (n := self.number(field, {field: item})) is not None]

    def strings(self, field: str) -> list[str]:
        """Return a list of texts, each once."""
        return list(dict.fromkeys(t for item in self.items(field) if (t := self.text(field, {field: item}))))

    def items(self, field: str) -> list[Any]:
        """Return a list, an empty one where there is none."""
        found = self.values.get(field)
        if found is None or found == "":
            return []
        if isinstance(found, str) and found.startswith("["):
            try:
                found = json.loads(found)
            except ValueError:
                found = [part.strip() for part in found.strip("[]").split(",")]
        if isinstance(found, list):
            return found
        self.add("value", field, found, Phrase("not a list"))
        return []

    def pairs(self, field: str, name: str) -> list[tuple[int, str]]:
        """Return the entries of a list of {id, name}, each id once; the name is "" where there is none."""
        found: dict[int, str] = {}
        for item in self.items(field):
            number = self.number("id", item) if isinstance(item, dict) else None
            if number is None:
                self.add("value", field, item, Phrase("an entry without an id"))
                continue
            self.only(field, item, name)
            if number in found:
                self.add("repeated", field, number)
                continue
            found[number] = self.text(name, item)
        return list(found.items())

    def day(self, field: str) -> str:
        """Return a date as precise as it is given, "" where there is none."""
        found = self.text(field)
        if not found:
            return ""
        parts = DAY.fullmatch(found)
        if not parts or not _exists(parts[1]):
            self.add("value", field, found, Phrase("not a date such as 2025, 2025-06 or 2025-06-12"))
            return ""
        return parts[1]

    def check(self, mapped: Container[str], ignored: Container[str]) -> None:
        """Note fields that are ignored or unknown, each once a file."""
        if self.values.keys() <= self.source.fields:
            return
        for field in sorted(self.values.keys() - self.source.fields):
            if self.source.is_new(field) and field not in mapped:
                self.add("ignored-field" if field in ignored else "unknown-field", field)

    def only(self, field: str, part: Record, name: str) -> None:
        """Note what an object inside the record holds besides an id and a name, each once a file."""
        for other in sorted(part.keys() - {"id", name}):
            self.unknown(f"{field}.{other}", part[other])

    def unknown(self, field: str, value: Any) -> None:
        """Note a field inside a field that is neither mapped nor known, once a file."""
        if self.source.is_new(field):
            self.add("unknown-field", field, value)


def _exists(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
