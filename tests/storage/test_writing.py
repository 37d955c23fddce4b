"""A file is replaced as a whole or not at all, whatever its name and whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stdgraph.errors import OutputError
from stdgraph.storage import writing
from stdgraph.storage.writing import BESIDE, write_all, write_atomic


@pytest.mark.parametrize("name", ["a" * 251 + ".csv", "国" * 83 + ".csv", "x"])
def test_every_legal_name_is_written(tmp_path: Path, name: str) -> None:
    write_atomic(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["a" * 256, "国" * 84 + ".csv", "no/folder/x.csv", ".", "loop"])
def test_what_the_system_refuses_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OutputError):
        write_atomic(tmp_path / name, b"new")
    assert os.listdir(tmp_path) == ["loop"]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", ["fsync", "rename", "short"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    place = tmp_path / "x"
    place.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(writing.os, "fsync", fail)
    elif step == "rename":
        monkeypatch.setattr(Path, "replace", fail)
    else:  # the disk says that all is well, and keeps less
        monkeypatch.setattr(writing.os, "fsync", lambda handle: os.ftruncate(handle, 1))
    with pytest.raises(OutputError):
        write_atomic(place, b"new" * 1000)
    assert place.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x"]


WRITER = """
import sys
from pathlib import Path
from stdgraph.storage.writing import write_atomic
while True:
    for byte in b"ab":
        write_atomic(Path(sys.argv[1]), bytes([byte]) * 3_000_000)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is swept there")
def test_a_killed_writer_leaves_a_whole_file_and_nothing_after_the_next_run(tmp_path: Path) -> None:
    place = tmp_path / "x"
    for round_ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(place)])
        while not place.exists():
            time.sleep(0.01)
        time.sleep(0.2 + 0.013 * round_)
        writer.kill()
        writer.wait()
        data = place.read_bytes()
        assert data in (b"a" * 3_000_000, b"b" * 3_000_000)
    (tmp_path / f"{BESIDE}12345678").write_bytes(b"left")
    write_atomic(place, b"new")
    assert os.listdir(tmp_path) == ["x"]


def test_what_somebody_still_writes_is_not_swept(tmp_path: Path) -> None:
    stream, beside = writing._new(tmp_path)
    with stream:
        write_atomic(tmp_path / "x", b"new")
        assert beside.exists()
    write_atomic(tmp_path / "x", b"new")
    assert not beside.exists()


def test_of_several_a_folder_in_the_way_is_told_and_none_is_written(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert os.listdir(tmp_path) == ["b"]
