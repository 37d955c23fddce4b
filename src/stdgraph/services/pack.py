"""Data packs: registers imported as snapshots, listed, removed, compared, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.results import Cell, Table, table
from stdgraph.packs import changes, draft, snapshots
from stdgraph.packs.inputs import FileKind, Inputs
from stdgraph.packs.registers import register, registers
from stdgraph.packs.snapshots import Snapshot

if TYPE_CHECKING:
    from stdgraph.packs.adding import Added
    from stdgraph.packs.read import Tick
    from stdgraph.packs.updating import Update

__all__ = ["Added", "Inputs", "add", "counts", "diff", "kinds", "listing", "remove", "update"]


def kinds() -> list[FileKind]:
    """Return the kinds of file that the registers take, those of one name once."""
    return list({kind.name: kind for register in registers() for kind in register.files}.values())


def add(name: str, inputs: Inputs, *, strict: bool = False, force: bool = False, tick: Tick | None = None) -> Added:
    """Import a snapshot of a register and return it with the report; see `stdgraph.packs.adding.add`."""
    from stdgraph.packs import adding

    return adding.add(name, inputs, strict=strict, force=force, tick=tick)


def update(name: str, **options: Any) -> Update:
    """Download the newest files of a register and import them; see `stdgraph.packs.updating.update`."""
    from stdgraph.packs import updating

    return updating.update(name, **options)


def listing() -> Table:
    """Return a row for each imported snapshot: its counts, findings, licence and folder."""
    draft.recover()
    found = snapshots.snapshots()
    names = dict.fromkeys(snapshot.name for snapshot in found) or {"iso": None}
    told = dict.fromkeys(count for name in names for count in register(name).told)
    columns = ("pack", "snapshot", *told, "triples", "errors", "warnings", "licence", "folder")
    return table(columns, [_row(snapshot, tuple(told)) for snapshot in found])


def _row(found: Snapshot, told: tuple[str, ...]) -> dict[str, Cell]:
    manifest: dict[str, Any] = found.manifest
    return {
        "pack": found.name,
        "snapshot": found.day,
        **{name: manifest["counts"].get(name) for name in told},
        "triples": manifest["triples"],
        "errors": manifest["findings"]["error"],
        "warnings": manifest["findings"]["warning"],
        "licence": manifest["licence"],
        "folder": str(found.folder),
    }


def remove(name: str, day: str | None = None) -> list[str]:
    """Remove a snapshot, or all of a pack, and return their days; raises PackError where there is none."""
    gone = [snapshots.snapshot(name, day)] if day else snapshots.snapshots(name)
    if not gone:
        snapshots.newest(name)
    for found in gone:
        draft.remove(found)
    return [found.day for found in gone]


def diff(name: str, first: str, second: str, *, about: str | None = None, lang: str = "en") -> Table:
    """Return a row for each change from one snapshot of a pack to another; see `stdgraph.packs.changes.diff`."""
    found = register(name)
    by = found.comparison()
    return changes.diff(name, by, found.sources[by.source], first, second, about=about, lang=lang)


def counts(graph: Any, name: str, **asked: Any) -> Table:
    """Return how many documents of a pack there are; see `stdgraph.packs.iso.counts.counts`.

    Args:
        graph: a store opened with the pack.
        name: the pack.
        asked: what a row stands for, and what narrows it.

    Raises:
        ParameterError: the register holds no documents to count, or a filter is wrong.
        UnknownNameError, AmbiguousNameError: there is no such committee, or several.
    """
    count = register(name).count
    if not count:
        raise ParameterError(parameter="name", detail=Phrase("{name} holds no standards to count", name=name))
    return count(graph, **asked)
