"""The verdicts of the last whole checks, kept by what went in: same bytes in, same findings out, and none is judged again.

What goes in is read and hashed each time: the files and how people know them, the shapes, the tables beside the data, what
persons judged, the program and the libraries beside it. No clock tells whether a verdict holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.model.results import Finding
from stdgraph.services.validate.days import TO_COME
from stdgraph.services.validate.program import below, program
from stdgraph.services.validate.report import Report
from stdgraph.services.validate.shacl import check_of
from stdgraph.storage import quick
from stdgraph.storage.files import GraphFile, content, hashed, read_bytes
from stdgraph.storage.folders import cache_folder
from stdgraph.storage.judgements import place
from stdgraph.storage.lines import is_packed, shown

MOST, LARGE = 8, 500
"""So many verdicts are kept, those of so many findings at most."""
BESIDE = ("shapes", "queries", "data")
"""The folders of the content that a whole check reads, beside the files of the graph."""
FIELDS = tuple(Finding.__annotations__)
EDIT = FIELDS.index("edit")


def name_of(files: Sequence[GraphFile], shapes: Sequence[GraphFile], lang: str) -> str:
    """Return a hash of all that a whole check depends on, but the day.

    Raises:
        FileError: a file cannot be read.
    """
    graph = [
        (f"{file.graph} {shown(file.path)} {file.path} {is_packed(file)}", file.digest()) for file in (*files, *shapes)
    ]
    folders = [content(name) for name in BESIDE]
    beside = [(str(path), read_bytes(path)) for path in _beside(folders) if path.is_file()]
    return hashed([*graph, *beside], lang, str(len(files)), program())


def _beside(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in below(folder) if folder.name != "data" or path.suffix != ".ttl")
    yield place()


def recalled(name: str, on: date | None) -> Report | None:
    """Return the report that is kept for a day, None where there is none.

    One without days that are still to come holds for all later days, and where no day is asked for.
    """
    match _kept().get(name):
        case (str(day), list(findings)) if day == _text(on) or (
            day and _holds_on(findings) and (not on or day < _text(on))
        ):
            return Report(tuple(_finding(said) for said, _ in findings), tuple(_triples(text) for _, text in findings))
    return None


def keep(name: str, on: date | None, report: Report) -> None:
    """Keep a report, in place of one that was kept for another day, or of the oldest."""
    if len(report.findings) > LARGE:
        return
    pairs = zip(report.findings, report.results, strict=True)
    said = [[_said(finding), ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)] for finding, triples in pairs]
    others = {key: value for key, value in _kept().items() if key != name}
    quick.keep(_place(), dict([*others.items(), (name, (_text(on), said))][-MOST:]))


def _place() -> Path:
    return cache_folder() / "stamps" / "verdicts"


def _kept() -> dict[Any, Any]:
    found = quick.recall(_place())
    return found if isinstance(found, dict) else {}


def _text(on: date | None) -> str:
    return on.isoformat() if on else ""


def _holds_on(findings: Sequence[Any]) -> bool:
    return not any(check_of(TO_COME) in said for said, _ in findings)


def _said(finding: Finding) -> list[Any]:
    said = [_plain(getattr(finding, name)) for name in FIELDS]
    edit = finding.edit
    said[EDIT] = edit and [getattr(edit, name) for name in type(edit).__annotations__]
    return said


def _plain(value: Any) -> Any:
    """Return a text, or several, without what they know beside their letters."""
    if isinstance(value, str):
        return str(value)
    return tuple(map(str, value)) if isinstance(value, tuple) else value


def _finding(said: Sequence[Any]) -> Finding:
    from stdgraph.model.finding import Edit

    values = [*said[:EDIT], Edit(*said[EDIT]) if said[EDIT] else None]
    return Finding(*values)


def _triples(text: bytes) -> tuple[ox.Triple, ...]:
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
