"""Serving: 32 clients on the canned questions, `stdgraph serve` beside Oxigraph's own server of the same store."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.measure import ROOT, Run, Sample, environment, met
from bench.setting import Row, Setting

CLIENTS = 32
SECONDS = float(os.environ.get("STDGRAPH_BENCH_LOAD", "10"))
"""How long each load lasts; the figures of docs/bench.md are those of 60."""
GOAL = 0.7


def serve(at: Setting) -> list[Row]:
    """Ask both servers the same for the same time, in turns; see `docs/bench.md`."""
    queries = sorted((at.folder / "queries").glob("*.rq"))
    texts = [path.read_text("utf-8") for path in queries]
    kept, asked = at.folder / "sparql.json", at.folder / "api.json"
    kept.write_text(json.dumps([["POST", "", text] for text in texts]), "utf-8")
    asked.write_text(json.dumps([["GET", path, ""] for path in _paths(at)]), "utf-8")
    made = "import stdgraph; graph = stdgraph.open(); graph.schema(); graph.suggest('graphene')"
    subprocess.run([sys.executable, "-c", made], env=environment(at.cache), check=True)  # else made while it serves
    with _ours(at) as (ours, process), _theirs(at) as (theirs, other):
        for url in (ours, theirs):
            _load(url, kept, 5, "again")  # all files are read, all code is imported
        grown = _memory(process.pid)
        rows = [
            _row("its SPARQL endpoint, each query a new one", ours, theirs, kept, "new", GOAL, (process, other)),
            _row("its SPARQL endpoint, queries asked before", ours, theirs, kept, "again", 1, (process, other)),
        ]
        more = _memory(process.pid) - grown
        rows.append(
            _killed(ours, process, kept, f"memory {grown:.0f} MB, {more:+.0f} MB after {2 * SECONDS:g} s of load")
        )
        _load(ours, asked, 5, "again")
        told, bare = _load(ours, asked, SECONDS, "again"), _load(theirs, kept, SECONDS, "again")
        rows.append(
            Row(
                "serve",
                _sample("`/api/ask`, asked before", told),
                _sample("Oxigraph: the bare queries", bare),
                _note(told, bare),
            )
        )
    return rows


def _row(
    label: str, ours: str, theirs: str, file: Path, how: str, goal: float, processes: Sequence[subprocess.Popen[bytes]]
) -> Row:
    before = [_cpu(one.pid) for one in processes]
    told, bare = _load(ours, file, SECONDS, how), _load(theirs, file, SECONDS, how)
    used = [_cpu(one.pid) - then for one, then in zip(processes, before, strict=True)]
    each = [seconds / max(1, one["answers"]) * 1000 for seconds, one in zip(used, (told, bare), strict=True)]
    row = Row("serve", _sample(f"`stdgraph serve`: {label}", told), _sample("Oxigraph's server: the same", bare))
    return Row(
        row.group,
        row.ours,
        row.other,
        f"{_note(told, bare)}; goal {goal:g}×: {met(row.ratio >= goal)}; CPU of an answer {each[0]:.1f} / {each[1]:.1f} ms",
    )


def _note(told: dict[str, Any], bare: dict[str, Any]) -> str:
    sides = [
        f"{one['answers']} answers, {sum(one['faults'].values())} faults, 99 % within {one['slow'] * 1000:.0f} ms"
        for one in (told, bare)
    ]
    return " / ".join(sides)


def _killed(url: str, process: subprocess.Popen[bytes], file: Path, grown: str) -> Row:
    """Ask while a worker is killed each second."""
    stop = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not stop.wait(1):
            with suppress(ProcessLookupError, IndexError):
                killed.append(_children(process.pid)[0])
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    told = _load(url, file, SECONDS, "new")
    stop.set()
    killer.join()
    calm = _load(url, file, 3, "new")
    note = f"{len(killed)} killed, {sum(told['faults'].values())} faults of {told['answers']} answers, none after: {met(not calm['faults'])}; {grown}"
    back = Sample("the same, nothing killed", [Run(calm["seconds"], 0.0)])
    return Row("serve", _sample("`stdgraph serve`: a worker killed each second", told), back, note)


def _sample(label: str, told: dict[str, Any]) -> Sample:
    return Sample(label, [Run(told["seconds"], 0.0)])


def _load(url: str, file: Path, seconds: float, how: str) -> dict[str, Any]:
    place = url if file.name == "sparql.json" else url.rpartition("/")[0]
    requests = json.loads(file.read_text("utf-8"))
    path = "/" + place.split("/", 3)[3] if place.count("/") > 2 else ""
    full = file.with_suffix(f".{path.strip('/') or 'root'}.json")
    full.write_text(json.dumps([[method, path + rest, body] for method, rest, body in requests]), "utf-8")
    call = [sys.executable, "-m", "bench.clients", place, str(full), str(seconds), str(CLIENTS), how]
    done = subprocess.run(call, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _paths(at: Setting) -> Iterator[str]:
    """Yield the path of each question with its example."""
    code = "import json; from stdgraph.services.ask import questions; print(json.dumps({q.name: q.example for q in questions()}))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(at.cache), check=True, capture_output=True, text=True
    )
    names = {path.stem for path in (at.folder / "queries").glob("*.rq")}
    for name, example in json.loads(done.stdout).items():
        if name in names:
            yield f"/api/ask/{name}?{urlencode(example)}"


@contextmanager
def _ours(at: Setting) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = _port()
    call = [
        sys.executable,
        "-m",
        "stdgraph",
        "-q",
        "serve",
        "--port",
        str(port),
        "--budget",
        "0",
        "--site",
        str(at.folder / "queries"),
    ]
    with _running(call, environment(at.cache), f"http://127.0.0.1:{port}/readyz") as process:
        yield f"http://127.0.0.1:{port}/sparql", process


@contextmanager
def _theirs(at: Setting) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = _port()
    (store,) = [path for path in (at.cache / "stores").iterdir() if (path / "graph").is_dir()]
    program = str(Path(sys.executable).with_name("oxigraph"))
    call = [
        program,
        "serve-read-only",
        "--location",
        str(store / "graph"),
        "--bind",
        f"127.0.0.1:{port}",
        "--union-default-graph",
    ]
    with _running(call, dict(os.environ), f"http://127.0.0.1:{port}/") as process:
        yield f"http://127.0.0.1:{port}/query", process


@contextmanager
def _running(call: list[str], env: dict[str, str], ready: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(call, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(ready, timeout=5):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{call[0]} does not answer")
        yield process
    finally:
        process.terminate()
        process.wait()


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in tasks for child in path.read_text("ascii").split()]


def _cpu(pid: int) -> float:
    """Return the seconds of CPU that a process, its children, and those that have ended have used."""
    told = [Path(f"/proc/{one}/stat").read_text("ascii").rpartition(")")[2].split() for one in (pid, *_children(pid))]
    return sum(sum(map(int, fields[11:15])) for fields in told) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return the resident memory of a process and its children, in MB; shared pages count for each."""
    pages = [int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1]) for one in (pid, *_children(pid))]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
