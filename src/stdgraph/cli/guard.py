"""A limit on the time of foreign queries: they run in a child process, which can be stopped and may even crash."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable

from stdgraph.errors import EngineError, StdgraphError, TimeLimitError, limit
from stdgraph.locale import Phrase, marked

CRASHED = marked("The engine crashed on this query (signal {number}). Make the query simpler.")


def guarded(work: Callable[[], str | bytes], *, seconds: int) -> str | bytes:
    """Return what some work gives, done in a child process where the system can fork, and stopped after so long.

    The engine cannot be interrupted from within, and its parser may overflow the stack on a hostile query.

    Raises:
        TimeLimitError: the work took too long.
        EngineError: the child crashed.
        StdgraphError: what the work itself raised.
    """
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(work, write)
    os.close(write)
    told = None
    try:
        told = _read(read, time.monotonic() + seconds)
    finally:
        if told is None:
            os.kill(child, signal.SIGKILL)
        os.close(read)
        _, status = os.waitpid(child, 0)
    if told is None:
        raise TimeLimitError(seconds=seconds)
    if os.WIFSIGNALED(status) or not told:
        raise EngineError(detail=Phrase(CRASHED, number=os.WTERMSIG(status)))
    result = pickle.loads(told)  # noqa: S301 (written by our own child)
    if isinstance(result, BaseException):
        raise result
    done: str | bytes = result
    return done


def _child(work: Callable[[], str | bytes], write: int) -> None:
    try:
        told = pickle.dumps(work())
    except StdgraphError as error:
        told = pickle.dumps(error)
    except (MemoryError, RecursionError) as error:
        told = pickle.dumps(limit(error))
    except BaseException as error:  # told to the parent
        told = pickle.dumps(EngineError(detail=f"{type(error).__name__}: {error}"))
    with os.fdopen(write, "wb") as pipe:
        pipe.write(told)
    os._exit(0)


def _read(pipe: int, deadline: float) -> bytes | None:
    """Return all that the child writes, None where the deadline comes first."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            break
        part = os.read(pipe, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None
