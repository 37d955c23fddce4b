"""Damages a file as a case of `tests/cases/hostile/stores.toml` says."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any


def damage(folder: Path, case: dict[str, Any]) -> None:
    found = sorted(folder.glob(case["file"]), key=lambda p: p.stat().st_size)
    assert found, case["file"]
    for path in found if case.get("all") else found[-1:]:
        if path.is_dir():
            shutil.rmtree(path)
            if case["how"] != "gone":
                _change(path, case)
            continue
        known = path.stat()
        _change(path, case)
        if case.get("unseen"):
            os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def _change(path: Path, case: dict[str, Any]) -> None:
    text, how = case.get("text", ""), case["how"]
    if how in ("gone", "folder", "database"):
        path.unlink(missing_ok=True)
    if how == "folder":
        path.mkdir()
    elif how == "database":
        sqlite3.connect(path).execute("CREATE TABLE other (x)").connection.close()
    elif how != "gone":
        old = path.read_bytes() if path.exists() else b""
        path.write_bytes(_written(old, how, text, case))


def _written(old: bytes, how: str, text: str, case: dict[str, Any]) -> bytes:
    at = int(len(old) * case.get("at", 0))
    to = min(len(old), at + max(1, int(len(old) * case.get("many", 0.01))))
    if how == "cut":
        return old[:at]
    if how == "zero":
        return old[:at] + bytes(to - at) + old[to:]
    if how == "flip":
        return old[:at] + bytes(b ^ 0xA5 for b in old[at:to]) + old[to:]
    whole = {"text": text.encode(), "packed": gzip.compress(text.encode()), "more": old + text.encode()}
    return (whole | {"nested": b"[" * 100_000})[how]
