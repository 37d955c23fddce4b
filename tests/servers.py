"""What hostile queries do to three SPARQL servers: the second table of docs/robustness.md.

    python tests/servers.py            prints it
    python tests/servers.py --write    puts it into the page

Each query of `tests/cases/hostile/robustness.toml` goes by POST to a fresh server of the tiny graph, which may take 4 GiB of
address space in each of its processes; the client waits 30 seconds. Then an easy query is asked, which has 5 seconds.
`STDGRAPH_RDFLIB_ENDPOINT` names the `rdflib-endpoint` of a virtual environment of its own (`pip install 'rdflib-endpoint[web]'`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which
from typing import Any

from robustness import LATE, PAGE, ROOT, SECONDS, TINY, WENT, attacks, limited, rounded, text_of

BEGIN, END = "<!-- computed: servers -->\n", "<!-- end: servers -->"
QUERY = "application/sparql-query"
EASY = 5
SERVERS = ("stdgraph", "rdflib-endpoint", "Oxigraph")
ENDS = ("answered", "refused", "limit told", "error", "connection lost", WENT, LATE)
DOWN = ", down"
"""Behind an end: the next query was not answered."""


def place_of(server: str) -> str:
    """Return the program of a server, "" where it is not there."""
    if server == "stdgraph":
        return sys.executable
    beside = Path(sys.executable).with_name("oxigraph")
    given = os.environ.get("STDGRAPH_RDFLIB_ENDPOINT", "") if server == "rdflib-endpoint" else str(beside)
    return given if given and which(given) else ""


def command(server: str, port: int, folder: Path) -> tuple[list[str], str]:
    """Return the call that starts a server, and the path of its endpoint."""
    program = place_of(server)
    if server == "stdgraph":
        limits = ["--timeout", "20", "--memory", "2048", "--budget", "0"]
        return [program, "-m", "stdgraph", "-q", "serve", "--data", str(TINY), "--port", str(port), *limits], "/sparql"
    if server == "rdflib-endpoint":
        return [program, "serve", str(TINY), "--host", "127.0.0.1", "--port", str(port)], "/"
    base = ["--location", str(folder / "db")]
    subprocess.run([program, "load", *base, "--file", str(TINY)], check=True, capture_output=True)
    return [program, "serve-read-only", *base, "--bind", f"127.0.0.1:{port}", "--timeout-s", "20"], "/query"


@contextmanager
def running(server: str) -> Iterator[tuple[subprocess.Popen[bytes], str, Any]]:
    """Run a server in the block; gives its process, path and a client."""
    from asking import Client

    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        call, path = command(server, port, Path(name))
        env = os.environ | {"PYTHONPATH": str(ROOT / "src") if server == "stdgraph" else "", "PYTHONUTF8": "1"}
        with Path(name, "errors").open("wb") as errors:
            process = subprocess.Popen(
                call, stdout=errors, stderr=errors, preexec_fn=limited, start_new_session=True, env=env, cwd=name
            )
        client = Client(port, host="127.0.0.1")
        try:
            deadline = time.monotonic() + 120
            while not answers(client, path, 120):
                assert process.poll() is None and time.monotonic() < deadline, Path(name, "errors").read_text("utf-8")  # noqa: PT018 (one thing)
                time.sleep(0.1)
            yield process, path, client
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(client: Any, path: str, seconds: float) -> bool:
    """Tell whether a server answers an easy query."""
    with suppress(OSError, EOFError):
        return client.within(seconds).post(path, "ASK {}", QUERY).status == 200
    return False


def tried(server: str, attack: dict[str, Any], listener: Any) -> str:
    """Return what a query does to a server: its end, the seconds until then, and whether the server is there afterwards."""
    with running(server) as (_, path, client):
        heard, began = listener.heard, time.monotonic()
        status = 0
        with suppress(OSError, EOFError, ValueError):
            status = client.within(SECONDS).post(path, text_of(attack, listener.url), QUERY).status
        seconds = time.monotonic() - began
        word = WENT if listener.heard > heard else LATE if not status and seconds >= SECONDS else ended(status)
        down = "" if answers(client, path, EASY) else DOWN
        return f"{word}, {rounded(seconds)} s{down}"


def ended(status: int) -> str:
    """Return the end that a status tells."""
    if status in (504, 507):
        return "limit told"
    return {0: "connection lost", 2: "answered", 4: "refused", 5: "error"}[status // 100]


def table(servers: tuple[str, ...] = SERVERS) -> str:
    """Return the table, computed."""
    from loopback import Listener

    listener = Listener()
    lines = ["| attack | " + " | ".join(servers) + " |", "|---|" + "---|" * len(servers)]
    for attack in (one for one in attacks() if one["file"] == "queries"):
        lines.append(f"| {attack['title']} | " + " | ".join(tried(one, attack, listener) for one in servers) + " |")
        print(lines[-1], file=sys.stderr, flush=True)  # noqa: T201 (it takes minutes)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    if missing := [one for one in SERVERS if not place_of(one)]:
        raise SystemExit(f"not here: {', '.join(missing)}")
    made = table()
    if "--write" in sys.argv:
        head, mark, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(head + mark + made + rest[rest.index(END) :], "utf-8")
    else:
        print(made)  # noqa: T201
