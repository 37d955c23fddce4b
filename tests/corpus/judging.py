"""What `stdgraph validate` and pySHACL say of a fault: found, at its line, and what else they say."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any

import stdgraph
from corpus.planting import Fault
from stdgraph.errors import StdgraphError
from stdgraph.model.results import Finding
from stdgraph.services.validate import validate
from stdgraph.storage.files import GraphFile, given_files

TOLD = ("Violation", "Warning")
BROKEN = "syntax"
ON: dict[str, Any] = {"on": date(2026, 11, 30)} if "on" in signature(validate).parameters else {}
"""The day of the check, after which nothing can have happened."""


@dataclass(frozen=True)
class Said:
    """A finding of a file, or a fault of its syntax: its line, what it says, and an id that stays."""

    line: int
    rule: str
    text: str
    id: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of a fault: the findings that it causes, by whether they stand where a person would mend it."""

    fault: Fault
    at: tuple[Said, ...] = ()
    beside: tuple[Said, ...] = field(default=())

    @property
    def found(self) -> bool:
        return bool(self.at or self.beside)

    @property
    def exact(self) -> bool:
        return bool(self.at)


class Judge:
    """Validates files inside the packaged graph, each as if it alone were new."""

    def __init__(self, check: Callable[[Sequence[Path], Sequence[str]], Iterable[Finding]] | None = None) -> None:
        self.check = check or checked
        self._clean: dict[tuple[str, bytes], set[str]] = {}

    def verdicts(self, faults: Sequence[Fault]) -> list[Verdict]:
        """Return what comes of some faults, planted at once in files of their own."""
        data = self._said({f.path: f.data for f in faults})
        told = [f for f in faults if f.new and any(one.rule != BROKEN for one in data[f.path])]
        unknown = {f.path: f.clean for f in told if (f.path, f.clean) not in self._clean}
        for path, said in (self._said(unknown) if unknown else {}).items():
            self._clean[path, unknown[path]] = {one.id for one in said}
        return [self._verdict(f, data[f.path]) for f in faults]

    def told(self, files: Sequence[Fault]) -> list[tuple[Fault, list[Said]]]:
        """Return what is told of some files, whatever it is."""
        said = self._said({f.path: f.data for f in files})
        return [(f, said[f.path]) for f in files]

    def _verdict(self, fault: Fault, said: Iterable[Said]) -> Verdict:
        before = self._clean.get((fault.path, fault.clean), set())
        caused = [one for one in said if one.id not in before]
        at = tuple(one for one in caused if one.line in fault.mend)
        return Verdict(fault, at, tuple(one for one in caused if one not in at))

    def _said(self, files: dict[str, bytes]) -> dict[str, list[Said]]:
        with tempfile.TemporaryDirectory() as name:
            home = Path(name) / "data" / "ttl"
            paths = {}
            for path, data in files.items():
                place = paths[path] = home / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            return self._told(paths)

    def _told(self, paths: dict[str, Path]) -> dict[str, list[Said]]:
        found: dict[str, list[Said]] = {path: [] for path in paths}
        whole = dict(paths)
        for path, place in paths.items():
            if broken := syntax(place):
                found[path] = broken
                del whole[path]
        if not whole:
            return found
        known = {str(place): path for path, place in whole.items()}
        for finding in self.check(list(whole.values()), list(whole)):
            if finding.severity not in TOLD:
                continue
            path = next((p for place, p in known.items() if (finding.file or "").endswith(place)), "")
            if not path and len(whole) == 1:
                path = next(iter(whole))
            if path:
                found[path].append(Said(finding.line or 0, finding.rule, finding.message, finding.id))
        return found


@cache
def graph() -> stdgraph.Graph:
    """Return the packaged graph, its files read once."""
    return stdgraph.open()


def checked(places: Sequence[Path], _paths: Sequence[str]) -> Sequence[Finding]:
    """Return what `validate` finds in new files and in changed copies, which stand in for what they are copies of."""
    return validate(held(), given_files(places), **ON).findings


@cache
def held() -> tuple[GraphFile, ...]:
    """Return the files of the graph with their triples at hand."""
    return tuple(ReadFile(f.path, f.graph, tuple(f.quads())) for f in graph().files)


@dataclass(frozen=True)
class ReadFile(GraphFile):
    """A file that was read already."""

    read_quads: tuple[Any, ...] = field(repr=False, compare=False)

    def quads(self) -> Any:
        """Return the quads."""
        return iter(self.read_quads)


def syntax(place: Path) -> list[Said]:
    """Return the faults that keep a file from being read, as `validate` tells them."""
    try:
        for file in given_files([place]):
            for _ in file.quads():
                pass
    except StdgraphError as error:
        each = [error, *getattr(error, "others", ())]
        told = [(int(one.values.get("line", 0)), BROKEN, one.message()) for one in each]
        return [Said(*one, id=f"{one[1]} {one[0]} {one[2]}") for one in told]
    return []
