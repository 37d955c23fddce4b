"""What a client may ask for: sizes, time, memory, and work per minute."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from stdgraph.model.light import dataclass, field
from stdgraph.storage.worker import Limits

KNOWN_CLIENTS = 10_000


@dataclass(frozen=True)
class Settings:
    """How the server is set up; the command line's options are these."""

    limits: Limits = Limits(30, 1 << 30, 100_000)
    """What one request may use: seconds, bytes of memory beside the graph, rows."""
    workers: int = 2
    budget: float = 120
    """Seconds of work that a client may cause in a minute; 0 is no limit."""
    waiting: int = 100
    """So many requests may wait for a worker."""
    names: tuple[str, ...] = ()
    """Names by which the server is reached, beside `localhost` and addresses."""
    origins: tuple[str, ...] = ()
    """Pages of these origins may read the answers (CORS)."""
    log: bool = False
    log_queries: bool = False
    kept: int = 64 << 20
    """Bytes of answers that are kept for those who ask the same."""
    body: int = 1 << 20
    """Bytes of a request's body."""
    body_seconds: float = 10
    site: str = ""
    """A folder that `stdgraph site` wrote; "" makes the explorer anew."""
    explorer: bool = True


@dataclass
class Budget:
    """The work that each client may still cause; an account that was used up fills again with time."""

    seconds: float
    """What a client may use in a minute."""
    clock: Callable[[], float] = time.monotonic
    accounts: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    """What each client has left, and when that was so; those that came last stand last."""

    def _left(self, client: str) -> float:
        left, then = self.accounts.get(client, (self.seconds, self.clock()))
        return min(self.seconds, left + (self.clock() - then) * self.seconds / 60)

    def wait(self, client: str) -> int:
        """Return after how many seconds a client may ask again, 0 for now."""
        if not self.seconds or (left := self._left(client)) > 0:
            return 0
        return max(1, math.ceil(-left * 60 / self.seconds))

    def spend(self, client: str, seconds: float) -> None:
        """Take work off the account of a client."""
        if not self.seconds:
            return
        self.accounts[client] = (self._left(client) - seconds, self.clock())
        self.accounts.move_to_end(client)
        if len(self.accounts) > KNOWN_CLIENTS:
            self.accounts.popitem(last=False)
