"""Brings a pack up to date: downloads what its publisher changed, then imports it as `pack add` does."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stdgraph.errors import PackError, ParameterError
from stdgraph.locale import Phrase
from stdgraph.packs import snapshots
from stdgraph.packs.adding import Added, add
from stdgraph.packs.download import Fetched, fetch
from stdgraph.packs.inputs import Inputs
from stdgraph.packs.registers import register
from stdgraph.storage.folders import cache_folder
from stdgraph.storage.writing import write_atomic

Begin = Callable[[str], Callable[[int, int | None], None] | None]
"""Takes the kind of the file that is fetched next; returns what is told of its progress."""


@dataclass(frozen=True)
class Update:
    """What came of an update: the day of the register, and what was imported, None where it was there already."""

    day: str
    added: Added | None


def update(
    name: str,
    *,
    only: Sequence[str] = (),
    day: str = "",
    strict: bool = False,
    force: bool = False,
    begin: Begin | None = None,
    context: ssl.SSLContext | None = None,
) -> Update:
    """Download the newest files of a register and import them; what did not change is not sent again.

    A failure leaves what was there: earlier snapshots, and earlier downloads. A download that broke off goes on at the
    next call.

    Args:
        name: the register, `iso`.
        only: these kinds of file; all that the publisher offers if none is given.
        day: the day of the register; the newest day on which one of the files changed, where it is not given.
        strict: stop at the first error, and import nothing.
        force: import a snapshot of a day to come.
        begin: called before each file.
        context: whom to trust; the authorities that the system trusts where it is not given.

    Raises:
        PackError: unknown register, or one without addresses.
        ParameterError: a kind of file that is not offered, or a day that is not known.
        DownloadError: an address is not allowed, or its server refused, failed, stalled or sent something else.
        PackFaultError, PackPlaceError: as for `add`.
    """
    offered: dict[str, dict[str, Any]] = register(name).settings.get("downloads", {})
    if not offered:
        raise PackError(
            name=name,
            detail=Phrase(
                "its publisher gives no address of files; get them, then `stdgraph pack add {name}`", name=name
            ),
        )
    for kind in only:
        if kind not in offered:
            raise ParameterError(
                parameter="only",
                detail=Phrase("'{kind}' is not offered; there are {kinds}", kind=kind, kinds=", ".join(offered)),
            )
    wanted = {kind: offered[kind] for kind in offered if not only or kind in only}
    folder = cache_folder() / "downloads" / name
    found = {kind: _fetched(folder, kind, at, begin, context) for kind, at in wanted.items()}
    day = day or max(file.day for file in found.values())
    if not day:
        raise ParameterError(
            parameter="snapshot", detail=Phrase("the server does not tell when the files changed: give the day")
        )
    same = all(file.unchanged for file in found.values())
    if same and any(s.day == day for s in snapshots.snapshots(name)):
        return Update(day, None)
    inputs = Inputs({kind: [file.path] for kind, file in found.items()}, day)
    return Update(day, add(name, inputs, strict=strict, force=force))


def _fetched(
    folder: Path, kind: str, at: Mapping[str, Any], begin: Begin | None, context: ssl.SSLContext | None
) -> Fetched:
    """Return a file, fetched anew where it changed."""
    url = str(at["url"])
    place = folder / f"{kind}-{url.rpartition('/')[2]}"
    note = place.with_name(f"{place.name}.json")
    known = _known(place, note, url)
    tick = begin(kind) if begin else None
    found = fetch(url, place, limit=int(at["megabytes"]) << 20, known=known, context=context, tick=tick)
    kept = {"url": url, "etag": found.etag, "last_modified": found.last_modified}
    write_atomic(note, json.dumps(kept, indent=1).encode())
    return found


def _known(place: Path, note: Path, url: str) -> dict[str, str]:
    """Return what is known of the file at a place; nothing where it is not there, or of another address."""
    try:
        kept = json.loads(note.read_bytes())
        known = {name: kept[name] for name in ("etag", "last_modified") if isinstance(kept[name], str) and kept[name]}
        return known if place.exists() and kept["url"] == url else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
