"""Queries to begin with: those of docs/sparql.md, which stand in `queries/examples/`."""

from __future__ import annotations

from typing import Any

from stdgraph.storage.files import content
from stdgraph.storage.front import front_matter
from stdgraph.storage.queries import text_of

FOLDER = "examples"


def examples() -> list[dict[str, Any]]:
    """Return name, title in both languages and text of each, in the order of the files' numbers."""
    return [_example(path.stem) for path in sorted(content("queries", FOLDER).glob("*.rq"))]


def _example(stem: str) -> dict[str, Any]:
    text = text_of(stem, FOLDER)
    told = front_matter(text)
    query = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+")).strip()
    return {
        "name": stem.partition("-")[2],
        "title": {"en": told["title"], "zh": told["title_zh"]},
        "query": query,
    }
