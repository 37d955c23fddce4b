"""A limit on the time of foreign queries: they run in a child process, which can be stopped and may even crash."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from stdgraph.errors import EngineError, StdgraphError, TimeLimitError

CRASHED = "The engine crashed on this query (signal {number}). Make the query simpler."


def guarded(work: Callable[[], None], *, seconds: int) -> None:
    """Run work that prints, in a child process where the system can fork; stop it after so many seconds.

    The engine cannot be interrupted from within and its parser may overflow the stack on a hostile query.

    Raises:
        TimeLimitError: the work took too long.
        EngineError: the child crashed.
        StdgraphError: what the work itself raised.
    """
    if not hasattr(os, "fork"):
        work()
        return
    sys.stdout.flush()
    sys.stderr.flush()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(work, write)
    os.close(write)
    try:
        status = _wait(child, seconds)
        with os.fdopen(read, "rb") as pipe:
            failure = pipe.read()
    except KeyboardInterrupt:
        os.kill(child, signal.SIGKILL)
        raise
    if failure:
        import pickle

        raise pickle.loads(failure)  # noqa: S301 (written by our own child)
    if os.WIFSIGNALED(status):
        raise EngineError(detail=CRASHED.format(number=os.WTERMSIG(status)))


def _child(work: Callable[[], None], write: int) -> None:
    import pickle

    code = 0
    try:
        work()
    except StdgraphError as error:
        os.write(write, pickle.dumps(error))
    except BrokenPipeError:
        code = 0
    except BaseException as error:  # told to the parent
        os.write(write, pickle.dumps(EngineError(detail=f"{type(error).__name__}: {error}")))
    finally:
        sys.stdout.flush()
        os._exit(code)


def _wait(child: int, seconds: int) -> int:
    deadline = time.monotonic() + seconds
    pause = 0.001
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise TimeLimitError(seconds=seconds)
