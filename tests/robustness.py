"""What hostile input does to stdgraph, to rdflib and to bare pyoxigraph: the table of docs/robustness.md.

    python tests/robustness.py            prints it
    python tests/robustness.py --write    puts it into the page

Each payload of `tests/cases/hostile/robustness.toml` goes to each of the three in a process of its own, which may take 30
seconds and 4 GiB of address space: a query over the tiny graph of the tests, or a Turtle file that is read and written.
What comes out is one of the ends in `ENDS`.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from loopback import Listener

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "hostile"
PAGE = ROOT / "docs" / "robustness.md"
TINY = ROOT / "tests" / "cases" / "tiny.ttl"
SECONDS = 30
MEMORY = 4 << 30
LATE, SHORT = "not done in 30 s", "took 4 GiB"
WENT, WRITTEN = "asked the server", "written"
ENDS = (
    "answered",
    "same graph",
    "other graph",
    "comment lost",
    WRITTEN,
    "refused",
    "limit told",
    "error",
    WENT,
    LATE,
    SHORT,
    "crashed",
)
"""Answered; written, and what is written is the same graph, or not, has lost a comment, or is too deep to compare; refused in one line; a limit of ours told in one line; an
exception of the library; a request went out; stopped at the time or the memory of this test; ended by a signal."""

QUERY = {
    "rdflib": "g = rdflib.Graph(); g.parse(tiny); r = g.query(text); [None for _ in r]",
    "pyoxigraph": "s = ox.Store(); s.load(path=tiny); r = s.query(text); r = [] if isinstance(r, ox.QueryBoolean) else list(r)",
}
READ = {
    "rdflib": "g = rdflib.Graph(); g.parse(file); g.serialize(out, format='turtle')",
    "pyoxigraph": "ox.serialize(ox.parse(path=file), out, format=ox.RdfFormat.TURTLE)",
}
START = "import sys, pathlib; file, out, tiny = sys.argv[1:]; text = pathlib.Path(file).read_text('utf-8')\n"
IMPORT = {"rdflib": "import rdflib\n", "pyoxigraph": "import pyoxigraph as ox\n"}
TOOLS = ("stdgraph", "rdflib", "pyoxigraph")


@dataclass(frozen=True)
class End:
    """How a payload ended, with seconds on the clock and the peak of memory in MB."""

    word: str
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.word}, {rounded(self.seconds)} s, {rounded(self.megabytes)} MB"


def rounded(value: float) -> str:
    """Return a value with one digit that counts, two above 100."""
    return f"{value:.1f}" if value < 9.95 else str(int(float(f"{value:.2g}")))


def attacks() -> list[dict[str, Any]]:
    """Return the payloads: title, file and case of each."""
    rows: list[dict[str, Any]] = tomllib.loads((CASES / "robustness.toml").read_text("utf-8"))["attacks"]
    files = {row["file"]: tomllib.loads((CASES / f"{row['file']}.toml").read_text("utf-8"))["case"] for row in rows}
    return [row | {"case": next(c for c in files[row["file"]] if c["name"] == row["name"])} for row in rows]


def text_of(attack: dict[str, Any], url: str) -> str:
    """Return the text of a payload, as the tests of its file make it."""
    from hostile import test_queries, test_turtle

    case = attack["case"]
    if attack["file"] == "queries":
        return test_queries.text_of(case, url)
    return test_turtle.text_of(case) if attack["file"] == "turtle" else case["file"]


def command(tool: str, how: str, place: Path, out: Path) -> list[str]:
    """Return the call that gives a tool its payload."""
    if tool == "stdgraph":
        asked = ["query", "--data", str(TINY), "--file", str(place), "-f", "csv", "--timeout", "20"]
        call = asked if how == "query" else ["format", str(out)]
        return [sys.executable, "-m", "stdgraph", "-q", *call]
    code = IMPORT[tool] + START + (QUERY if how == "query" else READ)[tool]
    return [sys.executable, "-W", "ignore", "-c", code, str(place), str(out), str(TINY)]


def limited() -> None:
    """Let this process take so much and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(tool: str, attack: dict[str, Any], listener: Listener) -> End:
    """Give one tool one payload."""
    how = "query" if attack["file"] == "queries" else "read"
    with tempfile.TemporaryDirectory() as folder:
        place, out = Path(folder, "in.rq" if how == "query" else "in.ttl"), Path(folder, "out.ttl")
        place.write_text(text_of(attack, listener.url), "utf-8")
        if tool == "stdgraph" and how == "read":
            out.write_bytes(place.read_bytes())
        paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
        heard, began = listener.heard, time.monotonic()
        errors = Path(folder, "errors")
        with errors.open("wb") as stream:
            process = subprocess.Popen(
                command(tool, how, place, out),
                stdout=subprocess.DEVNULL, stderr=stream, preexec_fn=limited, start_new_session=True,
                env=os.environ | {"PYTHONPATH": paths, "PYTHONUTF8": "1"},
            )  # fmt: skip
            timer = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        said = errors.read_text("utf-8", "replace")
        if listener.heard > heard:
            word = WENT
        elif seconds >= SECONDS:
            word = LATE
        else:
            word = ended(tool, process.returncode, said) or (compared(place, out) if how == "read" else "answered")
        return End(word, seconds, usage.ru_maxrss / 1024)


def ended(tool: str, code: int, said: str) -> str:
    """Return the end that an exit code and standard error tell; empty where the work is done."""
    if "MemoryError" in said or "memory allocation of" in said or "bad_alloc" in said:
        return SHORT
    if code < 0:
        return "crashed"
    if tool == "stdgraph" and code in (2, 3) and said.count("\n") == 1 and "internal fault" not in said:
        return "refused" if code == 2 else "limit told"
    return "error" if code else ""


def compared(place: Path, out: Path) -> str:
    """Return what `meant` says, in a process of its own: what a stranger wrote may be too deep to compare."""
    done = subprocess.run(
        [sys.executable, __file__, "--meant", str(place), str(out)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else WRITTEN


def meant(place: Path, out: Path) -> str:
    """Return whether what was written is the graph that was read."""
    try:
        graphs = [ox.Dataset(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)) for path in (place, out)]
    except (SyntaxError, OSError):
        return "other graph"
    if "# lost" in place.read_text("utf-8") and "# lost" not in out.read_text("utf-8"):
        return "comment lost"
    for graph in graphs:
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "same graph" if graphs[0] == graphs[1] else "other graph"


def table() -> str:
    """Return the table, computed."""
    from loopback import Listener

    listener = Listener()
    warm = {tool: run(tool, attacks()[-1], listener) for tool in TOOLS}
    assert all(end.word for end in warm.values())
    lines = ["| attack | " + " | ".join(TOOLS) + " |", "|---|" + "---|" * len(TOOLS)]
    for attack in attacks():
        lines.append(f"| {attack['title']} | " + " | ".join(str(run(tool, attack, listener)) for tool in TOOLS) + " |")
        print(lines[-1], file=sys.stderr, flush=True)  # noqa: T201 (it takes minutes)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--meant" in sys.argv:
        print(meant(*map(Path, sys.argv[2:])))  # noqa: T201
        sys.exit()
    sys.path.insert(0, str(ROOT / "tests"))
    made = table()
    if "--write" in sys.argv:
        head, mark, rest = PAGE.read_text("utf-8").partition("<!-- computed -->\n")
        PAGE.write_text(head + mark + made + rest[rest.index("<!-- end -->") :], "utf-8")
    else:
        print(made)  # noqa: T201
