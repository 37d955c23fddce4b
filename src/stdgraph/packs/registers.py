"""What a register is: its files, its sources, how it becomes triples; each is a folder beside this file.

Its settings (publisher, licence, plausible counts) stand in `data/packs.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from stdgraph.errors import PackError
from stdgraph.locale import Phrase
from stdgraph.packs.inputs import FileKind, SourceTitle
from stdgraph.storage.files import content, read_text

if TYPE_CHECKING:
    from stdgraph.model.results import Table
    from stdgraph.packs.changes import Comparison
    from stdgraph.packs.job import Job


@dataclass(frozen=True)
class Register:
    """A register that can be imported.

    Args:
        name: the name of the pack and of the folder.
        files: the kinds of file, those that are needed first.
        sources: the source documents by key.
        write: reads the files of an import, checks them against each other, and writes what they say.
        told: the counts that a list of snapshots shows.
        optional: counts that may be nothing, since they come from files that may be left out.
        comparison: what two snapshots are compared by.
        count: counts the documents of the opened pack; None where a register has none.
    """

    name: str
    files: tuple[FileKind, ...]
    sources: Mapping[str, SourceTitle]
    write: Callable[[Job], None]
    told: tuple[str, ...]
    comparison: Callable[[], Comparison]
    optional: frozenset[str] = frozenset()
    count: Callable[..., Table] | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """What `data/packs.toml` says of it: publisher, licence, attribution, rhythm, plausible counts."""
        found: dict[str, Any] = _settings()[self.name]
        return found


def register(name: str) -> Register:
    """Return a register by name; raises PackError for an unknown one."""
    if name not in names():
        raise PackError(name=name, detail=Phrase("no such source; there are {names}", names=", ".join(names())))
    found: Register = import_module(f"stdgraph.packs.{name}").REGISTER
    return found


def names() -> list[str]:
    """Return the names of all registers, in the order of `data/packs.toml`."""
    return list(_settings())


def registers() -> list[Register]:
    """Return all registers, in the order of `data/packs.toml`."""
    return [register(name) for name in names()]


def _settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(read_text(content("data", "packs.toml")))
