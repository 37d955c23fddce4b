"""An edit of one Turtle file, and the answer that comes after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.measure import ROOT, Side, measure
from bench.setting import Row, Setting

FILE = "cn-uk-wg/mechanisms.ttl"
"""The file that is edited."""
EDITS = {
    "a comment": "# {number}\n",
    "a statement": '<mechanism/bench> skos:editorialNote "{number}" .\n',
    "a name": '<org/bench> skos:prefLabel "Bench {number}"@en .\n',
}


def edit(at: Setting) -> list[Row]:
    """Answer one question after one file of a copy of the data was edited; against parsing all with rdflib."""
    folder = at.folder / "edited"
    shutil.copytree(ROOT / "data" / "ttl", folder)
    asked = at.tool("--data", str(folder), "ask", "who-cooperates-with", "--actor", "SAC")
    text, numbers = (folder / FILE).read_text("utf-8"), iter(range(1_000_000))
    sides = [
        Side("ask again", asked.once),
        *(Side(f"ask after {what}", edited(asked, folder / FILE, text, more, numbers)) for what, more in EDITS.items()),
        at.obvious("rdflib: parse all Turtle files", "parse.py", *at.files),
    ]
    *ours, parsed = measure(sides, at.repeat)
    return [Row("edit", sample, parsed) for sample in ours]


def edited(asked: Side, path: Path, text: str, more: str, numbers: Iterator[int]) -> Callable[[], Any]:
    """Return what adds something new to a file, and asks."""

    def once() -> Any:
        path.write_text(text + more.format(number=next(numbers)), "utf-8")
        return asked.once()

    return once
