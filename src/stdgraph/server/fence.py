"""What a process that answers strangers may not do: open a connection, write a file, start a program.

Python's audit hook sees what Python does; the system's filter (Linux) sees the engine too, which is no Python.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.", "ftplib.")
WRITING = frozenset("wax+")
HOMES: list[str] = []
STRANGE: list[bool] = []
"""Holds something while a stranger's query runs: then no file is opened at all."""

NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 13
"""Answers of a filter: let it pass, and fail with EACCES."""
SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The audit number of a processor, and that of its call `socket`."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def fence(home: Path) -> None:
    """Shut this process in, for good; below a folder, the cache, it may write what it finds out of its own graph."""
    no_sockets()
    HOMES.append(f"{home}{os.sep}")
    sys.addaudithook(watch)


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what an audit event tells of; raises PermissionError."""
    if event == "open":
        path, mode, flags = arguments
        writes = WRITING & set(mode) if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_RDWR)
        refused = bool(STRANGE or (writes and not str(path).startswith(tuple(HOMES))))
    else:
        refused = event.startswith(EVENTS)
    if refused:
        raise PermissionError(f"not allowed here: {event}")


@contextmanager
def stranger() -> Iterator[None]:
    """Let no file be opened in the block."""
    STRANGE.append(True)
    try:
        yield
    finally:
        STRANGE.pop()


def no_sockets() -> bool:
    """Have the system refuse each new socket of this process, and tell whether it does: Linux on usual processors."""
    if sys.platform != "linux" or platform.machine() not in SYSTEMS:
        return False
    processor, call = SYSTEMS[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),  # the processor
        (EQUAL, 0, 2, processor),
        (LOAD, 0, 0, 0),  # the number of the call
        (EQUAL, 1, 0, call),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    with suppress(OSError, AttributeError):
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        if prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            return bool(prctl(SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0)
    return False
