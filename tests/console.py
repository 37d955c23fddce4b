"""The console of the documents: examples, run as a shell would, and whether they print what is shown.

An example is a fenced block `console`: lines `$ stdgraph …` (also `$ cat FILE` and `$ echo $?`), each followed by its
output. `stdgraph serve … &` runs until `kill %1`, and `curl` asks it. `cd "$(mktemp -d)"` goes into a new folder and `cd -` back; there `git`, `cp` and `sed` make a repository, and
`$OLDPWD` is this one. `2>&1` shows messages too; `| grep TEXT`, `| head -n N` and `| cut -d, -fN` narrow the output; a line
`…` stands for any lines.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
REST = "…"
CONSOLE = re.compile(r"(?m)^```console\n(?P<body>(?:.*\n)*?)```$")
PROMPT = "$ "


@dataclass
class Example:
    """A command with the output that a document shows for it."""

    path: Path
    line: int
    command: str
    shown: list[str]

    @property
    def place(self) -> str:
        """Where the example stands."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def examples(path: Path, text: str) -> list[Example]:
    """Return the examples of a document, in their order."""
    found = []
    for block in CONSOLE.finditer(text):
        first = text.count("\n", 0, block.start("body")) + 1
        for at, line in enumerate(block["body"].splitlines(), start=first):
            if line.startswith(PROMPT):
                found.append(Example(path, at, line.removeprefix(PROMPT), []))
            elif found:
                found[-1].shown.append(line)
    return found


def sieved(lines: list[str], name: str, *words: str) -> list[str]:
    """Return what `grep TEXT`, `head -n NUMBER` or `cut -d, -fFIRST-LAST` leaves of some lines."""
    match name, words:
        case "grep", [text]:
            return [line for line in lines if text in line]
        case "head", [*_, number]:
            return lines[: abs(int(number))]
        case "cut", [delimiter, fields] if delimiter.startswith("-d") and fields.startswith("-f"):
            first, _, last = fields.removeprefix("-f").partition("-")
            mark = delimiter.removeprefix("-d")
            return [mark.join(line.split(mark)[int(first) - 1 : int(last or first)]) for line in lines]
    raise ValueError(f"examples filter by grep, head and cut, not by: {name} {' '.join(words)}")


class Console:
    """Runs commands as a shell would, in the repository's folder or a new one, and in this process."""

    def __init__(self) -> None:
        self.code = 0
        self.folder: TemporaryDirectory[str] | None = None
        self.server: subprocess.Popen[str] | None = None

    def __del__(self) -> None:
        self._end()

    @property
    def here(self) -> Path:
        """The folder in which commands run."""
        return Path(self.folder.name) if self.folder else ROOT

    def run(self, command: str) -> list[str]:
        """Return the lines that a command prints."""
        first, *filters = [part.strip() for part in re.split(r" \| (?=grep |head |cut )", command)]
        lines = self._first(first)
        for filtered in filters:
            lines = sieved(lines, *shlex.split(filtered))
        return lines

    def _first(self, command: str) -> list[str]:
        if command.endswith(" &") or command == "kill %1":
            return self._serve(shlex.split(command.removesuffix(" &"))[1:]) if command.endswith("&") else self._end()
        both = command.endswith("2>&1")
        words = shlex.split(command.removesuffix("2>&1").replace("$OLDPWD", str(ROOT)))
        if words == ["echo", "$?"]:
            return [str(self.code)]
        if words[0] == "cat":
            return "".join((self.here / w).read_text("utf-8") for w in words[1:]).splitlines()
        if words[0] == "cd":
            if self.folder:
                self.folder.cleanup()
            self.folder = TemporaryDirectory(prefix="stdgraph-examples-") if words[1:] == ["$(mktemp -d)"] else None
            return []
        if words[0] == "curl" and self.server:
            return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
        if words[0] in ("git", "cp", "sed") and self.folder:
            return self._program(words)
        if words[0] != "stdgraph":
            raise ValueError(f"examples run stdgraph, cat and echo $?, in a new folder git, cp and sed, not: {command}")
        return self._stdgraph(words[1:], both)

    def _program(self, words: list[str]) -> list[str]:
        from gitted import PLAIN

        done = subprocess.run(words, cwd=self.here, env=os.environ | PLAIN, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    def _serve(self, words: list[str]) -> list[str]:
        """Start a server, and wait until it tells that it answers."""
        call = [sys.executable, "-m", "stdgraph", *words]
        self.server = subprocess.Popen(call, cwd=self.here, stderr=subprocess.PIPE, text=True)
        assert self.server.stderr
        told = self.server.stderr.readline()
        while "Ctrl-C" not in told:
            assert told, "the server did not start"
            told = self.server.stderr.readline()
        return []

    def _end(self) -> list[str]:
        if self.server:
            self.server.terminate()
            self.server.communicate()
            self.server = None
        return []

    def _stdgraph(self, words: list[str], both: bool) -> list[str]:
        from stdgraph.cli import cli

        name, *rest = words or [""]
        told = name in ("query", "validate") or (name == "ask" and " " in "".join(rest[:1]))
        quiet = [] if both and told else ["-q"]  # what one is told of a query, and of one's own words, is an answer too
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        with plain_terminal(self.here), redirect_stdout(out), redirect_stderr(out if both else io.StringIO()):
            try:
                cli.main([*quiet, *words], prog_name="stdgraph")
                self.code = 0
            except SystemExit as end:
                self.code = int(end.code or 0)
        out.seek(0)
        return [line.rstrip() for line in out.read().replace(f"{ROOT}/", "").splitlines()]


@cache
def data_folder() -> TemporaryDirectory[str]:
    """Return a data folder for the examples: what one of them attaches the next ones find, and nobody else."""
    return TemporaryDirectory(prefix="stdgraph-examples-")


@contextmanager
def plain_terminal(folder: Path = ROOT) -> Iterator[None]:
    """Let commands run in a folder, without the user's settings, on a screen 110 wide."""
    saved, here = dict(os.environ), Path.cwd()
    os.environ.update(COLUMNS="110", NO_COLOR="1", XDG_CONFIG_HOME=os.devnull, STDGRAPH_DATA=data_folder().name)
    os.environ.pop("STDGRAPH_ENDPOINT", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(saved)


def agrees(shown: list[str], real: list[str]) -> bool:
    """Tell whether the shown lines are the real ones, `…` standing for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == REST else re.escape(line) + r"\n" for line in trimmed(shown))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in trimmed(real))) is not None


def trimmed(lines: list[str]) -> list[str]:
    """Return lines without blanks at their ends and without empty lines after the last."""
    return "\n".join(line.rstrip() for line in lines).rstrip().splitlines()


def renewed(shown: list[str], real: list[str]) -> list[str]:
    """Return what to show now: as it is where it agrees, else as many lines before and after `…` as there were."""
    if agrees(shown, real):
        return shown
    rests = [at for at, line in enumerate(shown) if line.strip() == REST]
    real = trimmed(real)
    if not rests:
        return real
    before, after = rests[0], len(trimmed(shown)) - rests[-1] - 1
    if before + after >= len(real):
        return real
    return [*real[:before], REST, *(real[-after:] if after else [])]
