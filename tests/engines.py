"""Real SPARQL engines on loopback, started in a temporary folder and ended with the block; and the table of what they answer alike.

python tests/engines.py            prints the table of docs/engines.md
python tests/engines.py --write    writes it there
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "engines.md"
MARK = "<!-- made by `python tests/engines.py --write` -->"

VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 8
MaxClientConnections = 8
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 4
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True)
class Engine:
    """A running engine: where it is asked, where graphs are put, and where updates go."""

    name: str
    query: str
    store: str
    update: str
    password: str = ""


class AbsentError(Exception):
    """An engine is not installed."""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _answers(url: str, process: subprocess.Popen[bytes], seconds: int = 60) -> None:
    """Wait until somebody answers at an address."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AbsentError(f"the server at {url} does not come up")


@contextmanager
def _running(command: list[str], folder: str | Path, url: str) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _answers(url, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph() -> Iterator[Engine]:
    """Oxigraph's own server, empty; its default graph is the union of all."""
    binary = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(binary).exists():
        raise AbsentError("Oxigraph's server is not installed: pip install oxigraph")
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        command = [binary, "serve", "--union-default-graph", "--location", "store", "--bind", f"127.0.0.1:{port}"]
        with _running(command, folder, base):
            yield Engine("oxigraph", f"{base}/query", f"{base}/store", f"{base}/update")


@contextmanager
def virtuoso() -> Iterator[Engine]:
    """Virtuoso 7 with a new database of its own."""
    if not shutil.which("virtuoso-t"):
        raise AbsentError("Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin")
    with tempfile.TemporaryDirectory() as folder:
        sql, port = free_port(), free_port()
        base = f"http://127.0.0.1:{port}"
        Path(folder, "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, port=port), "utf-8")
        with _running(["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"], folder, f"{base}/sparql"):
            grant = 'GRANT EXECUTE ON DB.DBA.SPARQL_INSERT_DICT_CONTENT TO "SPARQL"; GRANT SPARQL_UPDATE TO "SPARQL";'
            done = subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={grant}"], capture_output=True)
            assert done.returncode == 0, done.stderr
            yield Engine("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud", f"{base}/sparql")


ENGINES: dict[str, Callable[[], Any]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}
"""Apache Jena's Fuseki is in no registry of Python, Debian or npm packages, and Debian's Jena has no server."""


OTHER = {
    ("virtuoso", "reads"): {
        *("axioms", "classes-above", "classes-to-find", "graphs", "in-several-classes"),
        *("triples", "triples-of-graphs", "types", "vocabulary"),
    }
}
"""Files that an engine answers otherwise: Virtuoso has graphs of its own in the default graph, whose classes these list."""
KINDS = ("questions", "reads", "views", "rules", "reasons")


@contextmanager
def holding(name: str, graph: Any) -> Iterator[tuple[Engine, Any]]:
    """An engine that has got all graphs by `push`, and the graph as it is asked there."""
    import stdgraph
    from stdgraph.services.push import push
    from stdgraph.storage import engine
    from stdgraph.storage.export import quads

    with ENGINES[name]() as running:
        there = engine.Engine(running.query, store=running.store, update=running.update)
        push(there, quads(graph.reads, graph.files), lambda _: None)
        yield running, stdgraph.open(endpoint=running.query)


def alike(kind: str, name: str, here: Any, there: Any) -> bool:
    """Tell whether a question, or another query file, is answered the same in both graphs."""
    from stdgraph.graph.questions import question
    from stdgraph.storage.queries import text_of

    if kind == "questions":
        given = question(name).example
        return json.dumps(here.ask(name, **given).to_json()) == json.dumps(there.ask(name, **given).to_json())
    text = text_of(name, kind)
    told = [{tuple(map(_shown, row)) for row in graph.reads.select(text)} for graph in (here, there)]
    return told[0] == told[1]


def _shown(term: Any) -> str:
    """Return a term as it is compared: blank nodes have other names everywhere."""
    return "_:" if str(term).startswith("_:") else str(term)


def names(kind: str) -> list[str]:
    """Return the query files of a kind."""
    return sorted(path.stem for path in (ROOT / "queries" / kind).glob("*.rq"))


Answers = dict[str, dict[tuple[str, str], bool]]


def answers(here: Any) -> Answers:
    """Return for each engine whether it answers each query file as the embedded store does."""
    found: Answers = {}
    for engine in ENGINES:
        with holding(engine, here) as (_, there):
            found[engine] = {(kind, name): alike(kind, name, here, there) for kind in KINDS for name in names(kind)}
    return found


def table(answers: Answers) -> str:
    """Return the table of docs/engines.md."""
    lines = [f"| kind | files | {' | '.join(answers)} |", f"|---|---|{'---|' * len(answers)}"]
    for kind in KINDS:
        same = [sum(is_same for (of, _), is_same in told.items() if of == kind) for told in answers.values()]
        lines.append(f"| {kind} | {len(names(kind))} | {' | '.join(f'{number} the same' for number in same)} |")
    lines += ["", f"| file | {' | '.join(answers)} |", f"|---|{'---|' * len(answers)}"]
    for kind in KINDS:
        for name in names(kind):
            told = ["same" if found[kind, name] else "**other**" for found in answers.values()]
            lines.append(f"| {kind}/{name} | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or write it."""
    import stdgraph

    made = table(answers(stdgraph.open()))
    if "--write" not in sys.argv:
        sys.stdout.write(made)
        return
    page = PAGE.read_text("utf-8")
    start = page.index(MARK) + len(MARK)
    PAGE.write_text(f"{page[:start]}\n\n{made}", "utf-8")


if __name__ == "__main__":
    main()
