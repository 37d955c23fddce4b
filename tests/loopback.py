"""Servers on loopback: a real https server, whom to trust to reach it, and one that only listens."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the next of the server's answers says; the last one is given again."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self)
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer; a header with an empty value is left out."""
        self.send_response(status)
        told = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in (told | {n.replace("_", "-"): v for n, v in headers.items()}).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


Answer = Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    """An https server on loopback; closing it waits for all its threads."""

    daemon_threads = False

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.answers: list[Answer] = []
        self.asked: list[Handler] = []
        self.released = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that go away."""

    def url(self, path: str = "/committees.jsonl") -> str:
        return f"https://127.0.0.1:{self.server_port}{path}"

    def play(self, *answers: Answer) -> None:
        self.answers[:] = answers


def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows, and what a client trusts: one certificate for 127.0.0.1, signed by nobody else's authority."""
    authority = trustme.CA()
    shown, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("127.0.0.1").configure_cert(shown)
    authority.configure_trust(trusting)
    return shown, trusting


@contextmanager
def serving(shown: ssl.SSLContext) -> Iterator[Server]:
    """Run a server until the block ends."""
    server = Server(shown)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Listener:
    """A server that counts who comes, and answers nobody."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.heard = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                self.heard += 1
