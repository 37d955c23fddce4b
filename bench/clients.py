"""Clients of a SPARQL endpoint, as a process of their own: ask for so long, print what came of it as JSON.

    python -m bench.clients URL FILE SECONDS CLIENTS new|again

FILE holds paths and bodies, a JSON list of `[method, path, body]`. `new` adds a comment to each query, so that no answer is known.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

JSON = "application/sparql-results+json, application/json;q=0.9"


class Clients:
    """So many threads, each with a connection of its own, that ask one request after the other."""

    def __init__(self, url: str, requests: list[list[str]], seconds: float, *, new: bool) -> None:
        self.place = urlsplit(url)
        self.requests = requests
        self.until = time.monotonic() + seconds
        self.new = new
        self.number = itertools.count()
        self.times: list[float] = []
        self.faults: dict[str, int] = {}

    def work(self, first: int) -> None:
        """Ask until the time is over, each client from another request on."""
        connection = http.client.HTTPConnection(self.place.hostname or "", self.place.port, timeout=120)
        for method, path, body in itertools.islice(itertools.cycle(self.requests), first, None):
            began = time.monotonic()
            if began >= self.until:
                break
            try:
                fault = self.ask(connection, method, path, body)
            except (OSError, http.client.HTTPException) as error:
                fault = type(error).__name__
                connection.close()
            if fault:
                self.faults[fault] = self.faults.get(fault, 0) + 1
            else:
                self.times.append(time.monotonic() - began)
        connection.close()

    def ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str) -> str:
        """Ask once; returns what is wrong with the answer, "" if nothing."""
        mark = f"# {next(self.number)}" if self.new else ""
        text = f"{body}\n{mark}".encode() if body else None
        headers = {"Accept": JSON} | ({"Content-Type": "application/sparql-query"} if body else {})
        connection.request(method, path, text, headers)
        got = connection.getresponse()
        got.read()
        return "" if got.status == 200 else str(got.status)


def main(url: str, file: str, seconds: str, clients: str, how: str) -> dict[str, Any]:
    """Run the clients, and return what came of it."""
    requests = json.loads(Path(file).read_text("utf-8"))
    asking = Clients(url, requests, float(seconds), new=how == "new")
    threads = [threading.Thread(target=asking.work, args=(at * 7 % len(requests),)) for at in range(int(clients))]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken, times = time.monotonic() - began, sorted(asking.times)
    number = len(times)
    return {
        "seconds": taken / max(1, number),
        "answers": number,
        "faults": asking.faults,
        "middle": times[number // 2] if times else 0.0,
        "slow": times[min(number - 1, number * 99 // 100)] if times else 0.0,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
