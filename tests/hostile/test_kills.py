"""Whatever moment a command is killed at, nothing is broken, and the next run leaves nothing behind.

`STDGRAPH_KILLS=200 python -m pytest tests/hostile/test_kills.py` kills more often than the tests do.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT, TINY

KILLS = int(os.environ.get("STDGRAPH_KILLS", "12"))
PACK = ROOT / "tests/cases/pack"
ADD = ("pack", "add", "iso", "--committees", str(PACK / "committees_2025-01-15.jsonl"))
DATA = ("--data", str(TINY), "-q")
UNTIDY = "@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n<org/b> a stdg:Company .\n\n\n<org/a>   a   stdg:Company .\n"
COMMANDS = {
    "compile": (*DATA, "find", "tea"),
    "pack add": ADD,
    "pack compile": (*DATA, "--pack", "iso", "find", "tea"),
    "format": ("format", "a.ttl"),
    "build -o": (*DATA, "build", "-o", "graph.nq"),
    "-o": (*DATA, "find", "tea", "-o", "found.csv"),
}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and locks are those of POSIX")


class Place:
    """A folder to work in, with a cache and a data directory of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.work = home, home / "work"
        self.work.mkdir()
        paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
        self.env = os.environ | {
            "STDGRAPH_CACHE": str(home / "cache"),
            "STDGRAPH_DATA": str(home / "data"),
            "PYTHONPATH": paths,
        }

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "stdgraph", *words]
        return subprocess.Popen(
            command, env=self.env, cwd=self.work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def run(self, *words: str) -> tuple[int, bytes, bytes]:
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def left(self) -> list[str]:
        """Return what lies in hidden folders and files."""
        return [str(p.relative_to(self.home)) for p in self.home.rglob(".*")]

    def made(self, name: str) -> bytes:
        path = self.work / name
        return path.read_bytes() if path.exists() else b""

    def forget(self, name: str) -> None:
        """Let a command have all its work before it."""
        if "compile" in name:
            for seal in (self.home / "cache").glob("stores/*/seal.txt"):
                seal.unlink()
        if name == "format":
            (self.work / "a.ttl").write_text(UNTIDY)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("kills"))


@pytest.fixture(scope="module")
def wanted(place: Place) -> dict[str, tuple[tuple[int, bytes, bytes], float]]:
    """What each command gives where nobody kills it, and the seconds that it takes."""
    found = {}
    for name, words in COMMANDS.items():
        place.forget(name)
        began = time.monotonic()
        found[name] = place.run(*words), time.monotonic() - began
        assert found[name][0][0] in (0, 1), found[name]
    return found


def test_a_kill_at_any_moment_breaks_nothing(
    place: Place, wanted: dict[str, tuple[tuple[int, bytes, bytes], float]]
) -> None:
    chance = random.Random(20261129)
    names = ["graph.nq", "found.csv", "a.ttl"]
    made = {name: place.made(name) for name in names}
    killed, pace = 0, 1.0
    for turn in range(KILLS):
        name = list(COMMANDS)[turn % len(COMMANDS)]
        result, seconds = wanted[name]
        place.forget(name)
        process = place.start(*COMMANDS[name])
        time.sleep(chance.uniform(0.3, 1.05) * seconds * pace)
        killed += process.poll() is None
        pace *= 1.0 if process.poll() is None else 0.8  # a machine that has less to do by now is faster, too
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for file in names:
            assert place.made(file) in (made[file], UNTIDY.encode() if file == "a.ttl" else made[file]), (
                turn,
                name,
                file,
            )
        again = place.run(*COMMANDS[name])
        assert again == result or (name == "format" and again == (0, b"", b"")), (turn, name, again)
    assert {name: place.made(name) for name in names} == made
    assert killed > KILLS / 3
    for words in COMMANDS.values():
        place.run(*words)
    place.forget("compile")
    place.run(*COMMANDS["compile"])
    assert place.left() == []


def test_two_that_compile_at_once_do_not_hurt_each_other(
    place: Place, wanted: dict[str, tuple[tuple[int, bytes, bytes], float]]
) -> None:
    place.forget("compile")
    both = [place.start(*COMMANDS["compile"]) for _ in range(2)]
    assert [(p.communicate(timeout=60), p.returncode)[0][0] for p in both] == [wanted["compile"][0][1]] * 2
    assert place.left() == []
