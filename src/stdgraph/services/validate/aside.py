"""Work that a second process does meanwhile, where the system can double this one and has a core for it."""

from __future__ import annotations

import gc
import os
import pickle
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TASKS = Path("/proc/self/task")
IDLE = "rocksdb:"
"""Threads of an opened store, for which the copy of a process has no need."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage in circles meanwhile: among so many things that stay it takes its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def aside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Have a second process do some work; return what waits for its result.

    Where there is none, or it came to nothing, the work is done here when the result is asked for: so it is the same, and
    raises the same.
    """
    if not _may_double():
        return work
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():  # threads are looked at above
            warnings.simplefilter("ignore")
            child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return work
    if not child:
        _tell(work, writing)
    os.close(writing)
    return lambda: _heard(child, reading, work)


def _may_double() -> bool:
    """Tell whether this process has no thread at work that a copy would lack, and more than one core."""
    try:
        cores, tasks = len(os.sched_getaffinity(0)), [*TASKS.iterdir()]
        names = [(task / "comm").read_text() for task in tasks if task.name != str(os.getpid())]
    except (OSError, AttributeError):
        return False
    return cores > 1 and all(name.startswith(IDLE) for name in names)


def _tell(work: Callable[[], Any], writing: int) -> None:
    """Do the work in the second process, write its result, and end there whatever happens."""
    try:
        data = pickle.dumps(work())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)


def _heard(child: int, reading: int, work: Callable[[], Any]) -> Any:
    """Return what the second process found; nothing at all, or less than all, is done here."""
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    try:
        return pickle.loads(data)  # noqa: S301 (our own process wrote it)
    except (EOFError, pickle.UnpicklingError):
        return work()
