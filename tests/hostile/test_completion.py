"""What a real bash makes of a name that it completed: lines of `tests/cases/hostile/completion.toml`, typed into a terminal."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from hostile.labels import write_labels

CASES = {c["name"]: c for c in tomllib.loads((ROOT / "tests/cases/hostile/completion.toml").read_text("utf-8"))["case"]}
SETUP = """\
PS1=''; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'
stdgraph() {{ {python} -m stdgraph "$@"; }}
eval "$(_STDGRAPH_COMPLETE=bash_source stdgraph)"; echo REA''DY
"""


class Bash:
    """An interactive bash on a terminal of its own, with completion set up."""

    def __init__(self, folder: Path) -> None:
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            env = os.environ | {"TERM": "dumb", "COLUMNS": "10000", "LC_ALL": "C.UTF-8"}
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], env)
        self.told(SETUP.format(python=shlex.quote(sys.executable)), "READY\r\n")

    def told(self, keys: str, end: str) -> str:
        """Return what is printed up to an end, after some keys."""
        os.write(self.terminal, keys.encode())
        found, deadline = b"", time.monotonic() + 20
        ready = select.poll()  # select() takes no handle above 1023
        ready.register(self.terminal, select.POLLIN)
        while end.encode() not in found and time.monotonic() < deadline:
            if ready.poll(200):
                found += os.read(self.terminal, 1 << 16)
        assert end.encode() in found, found
        return found.decode()

    def words(self, typed: str) -> list[str]:
        """Return the words of a line after a tab; the keys behind it are read when the line is completed."""
        told = self.told(f"{typed}\t\x01printf '{{%s}}\\n' \x05; echo E''ND\n", "END\r\n")
        words = told.rpartition("{stdgraph}\r\n")[2].removesuffix("END\r\n")
        return [word.removeprefix("{").removesuffix("}") for word in words.split("\r\n")[:-1]]

    def close(self) -> None:
        """End the shell."""
        os.close(self.terminal)
        os.waitpid(self.process, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the file of labels in it."""
    folder = tmp_path_factory.mktemp("completion")
    write_labels(folder / "labels.ttl")
    return folder


@pytest.fixture(scope="module")
def bash(folder: Path, repository: object) -> Iterator[Bash]:
    """One shell for all lines."""
    if not shutil.which("bash"):
        pytest.skip("there is no bash here; where there is one, these run")
    shell = Bash(folder)
    yield shell
    shell.close()


@pytest.mark.parametrize("name", CASES)
def test_a_completed_name_is_one_word(bash: Bash, folder: Path, name: str) -> None:
    case = CASES[name]
    assert bash.words(case["typed"].replace("$data", "labels.ttl")) == [
        word.replace("$data", "labels.ttl") for word in case["words"]
    ]
    assert not (folder / "owned").exists()
