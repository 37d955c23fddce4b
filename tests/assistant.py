"""An assistant's side of `stdgraph mcp`: the SDK's own client over standard input and output, and the bare wire."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "tests", "version": "1"},
}
FOR_EVER = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class Assistant:
    """A client that a test can call without waiting for anything itself."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal, self.client = portal, client

    def call(self, tool: str, **arguments: Any) -> Any:
        """Call a tool."""
        return self.portal.call(self.client.call_tool, tool, arguments)

    def do(self, name: str, *arguments: Any) -> Any:
        """Call a method of the client."""
        return self.portal.call(getattr(self.client, name), *arguments)


@contextmanager
def assistant(*options: str, mode: str = "legacy", errors: Path | None = None) -> Iterator[Assistant]:
    """Start a server and a client, and end both; what the server says on standard error goes to a file."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "stdgraph", "mcp", *options], env=dict(os.environ)
    )
    with (
        Path(errors or os.devnull).open("w") as log,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(server, errlog=log), mode=mode)) as client,
    ):
        yield Assistant(portal, client)


class Wire:
    """A server and its bare pipes, for what no client would send."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, "-m", "stdgraph", "mcp", *options]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        self.number = 0

    def line(self, data: bytes) -> None:
        """Send a line, whatever it is."""
        assert self.process.stdin
        self.process.stdin.write(data + b"\n")
        self.process.stdin.flush()

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self.line(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, **params: Any) -> int:
        """Send a request, and return its number."""
        self.number += 1
        request = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.line(json.dumps(request).encode())
        return self.number

    def call(self, tool: str, **arguments: Any) -> int:
        """Send a call of a tool, and return its number."""
        return self.ask("tools/call", name=tool, arguments=arguments)

    def hear(self) -> dict[str, Any]:
        """Return the next message of the server; each is one line of JSON."""
        assert self.process.stdout
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert told["jsonrpc"] == "2.0"
        return told

    def greet(self) -> dict[str, Any]:
        """Begin a session."""
        self.ask("initialize", **HELLO)
        told = self.hear()
        self.tell("notifications/initialized")
        return told

    def workers(self) -> list[str]:
        """Return the processes that the server has started (Linux)."""
        task = Path(f"/proc/{self.process.pid}/task")
        found = []
        for one in task.iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile, and has none then
                found += (one / "children").read_text().split()
        return found


@contextmanager
def wire(*options: str) -> Iterator[Wire]:
    """Start a server, and end it."""
    found = Wire(*options)
    try:
        yield found
    finally:
        found.process.kill()
        found.process.wait()
        for pipe in (found.process.stdin, found.process.stdout, found.process.stderr):
            with suppress(OSError):  # what was written for nobody
                pipe.close()  # type: ignore[union-attr]
