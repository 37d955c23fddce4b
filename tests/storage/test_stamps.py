"""What was read once is known again by its stamps, and whatever changes it is seen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stdgraph.storage import quick, stamps

OLD = time.time_ns() - 60 * 10**9


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, all of them as old as the clock of this test makes them."""
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(stamps, "TICK", -60 * 10**9)  # whatever is here is old enough
    place = tmp_path / "folder"
    place.mkdir()
    for name in ("a.ttl", "b.ttl"):
        (place / name).write_text("one\n")
    return place


def places(folder: Path) -> list[str]:
    return [str(folder), *(str(path) for path in sorted(folder.iterdir()))]


def same_times(folder: Path) -> None:
    """Write other bytes of the same size, and set the time of change back."""
    path = folder / "a.ttl"
    known = path.stat()
    path.write_text("two\n")
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def in_a_folder_without_time(folder: Path) -> None:
    """Add a file to a folder whose time does not tell."""
    known = folder.stat()
    (folder / "c.ttl").write_text("one\n")
    os.utime(folder, ns=(known.st_atime_ns, known.st_mtime_ns))


def behind_a_link(folder: Path) -> None:
    (folder / "b.ttl").unlink()
    (folder / "b.ttl").symlink_to(folder / "a.ttl")


def clock_set_back(folder: Path) -> None:
    (folder / "a.ttl").write_text("two\n")
    os.utime(folder / "a.ttl", (1, 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda folder: (folder / "a.ttl").write_text("one\ntwo\n"),
    "as long, at the same time": same_times,
    "added": lambda folder: (folder / "c.ttl").write_text("one\n"),
    "removed": lambda folder: (folder / "b.ttl").unlink(),
    "renamed": lambda folder: (folder / "b.ttl").rename(folder / "c.ttl"),
    "added where the folder's time is the same": in_a_folder_without_time,
    "a link": behind_a_link,
    "written when the clock was set back": clock_set_back,
    "put in its place": lambda folder: (folder / "a.ttl").replace(folder / "b.ttl"),
}


def test_what_is_the_same_is_known(folder: Path) -> None:
    stamps.keep("test", "here", "what", stamps.taken(places(folder)))
    assert stamps.unchanged("test", "here") == "what"
    assert stamps.unchanged("test", "elsewhere") is None


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen(change: str, folder: Path) -> None:
    stamps.keep("test", "here", "what", stamps.taken(places(folder)))
    time.sleep(0.02)  # the clock of a file system ticks
    CHANGES[change](folder)
    assert stamps.unchanged("test", "here") is None


def test_what_was_just_written_gets_no_stamp(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert stamps.taken(places(folder)) == {}


@pytest.mark.parametrize("text", [b"", b"\0", b"\0\0\0\0N", b"nonsense that is long enough"])
def test_damaged_stamps_are_none(text: bytes, folder: Path) -> None:
    stamps.keep("test", "here", "what", stamps.taken(places(folder)))
    stamps._place("test", "here").write_bytes(text)
    assert stamps.unchanged("test", "here") is None


@pytest.mark.parametrize("value", [None, 3, ("here",), ("here", 1, {}), ("here", "what", []), ("here", "what", {})])
def test_stamps_of_another_shape_are_none(value: object, folder: Path) -> None:
    quick.keep(stamps._place("test", "here"), value)
    assert stamps.unchanged("test", "here") is None
