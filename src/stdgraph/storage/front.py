"""The front matter of question and rule files: YAML behind `#+`, kept parsed in the user's cache."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from stdgraph.errors import OutputError
from stdgraph.locale import Foreign, Phrase, Text
from stdgraph.storage.folders import cache_folder, make_folder, trust
from stdgraph.storage.writing import write_atomic


def front_matter(text: str) -> dict[str, Any]:
    """Return the front matter of a file's text as plain values.

    Parsing YAML takes longer than answering: the result is kept as JSON under the hash of what was parsed.

    Raises:
        ValueError: it is not YAML, or not a mapping.

    >>> front_matter("#+ title: Who?\\nSELECT")
    {'title': 'Who?'}
    """
    lines = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    kept = cache_folder() / "front" / f"{hashlib.sha256(lines.encode()).hexdigest()[:32]}.json"
    found = _kept(kept)
    if found is None:
        found = _parsed(lines)
        _keep(kept, found)
    return found


def front_fault(error: Exception) -> Phrase:
    """Return what is wrong with the front matter of a file, for people."""
    said = error.args[0] if error.args else ""
    return Phrase("front matter: {detail}", detail=said if isinstance(said, Text) else error)


def _parsed(lines: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.load(lines, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(Foreign(error)) from None
    if not isinstance(found, dict):
        raise ValueError(Phrase("no mapping behind #+"))
    return found


def _kept(place: Path) -> dict[str, Any] | None:
    """Return what was kept; None where nothing was, where it is damaged, and where it may be somebody else's."""
    try:
        trust(cache_folder(), place.parent)
        found = json.loads(place.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() != {"sha256", "front"} or not isinstance(found["front"], dict):
        return None
    return found["front"] if found["sha256"] == _digest(found["front"]) else None


def _digest(front: dict[str, Any]) -> str:
    """Return a hash of front matter, by which a damaged value is known."""
    return hashlib.sha256(_json(front).encode()).hexdigest()


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _keep(place: Path, found: dict[str, Any]) -> None:
    try:
        make_folder(place.parent)
        trust(cache_folder(), place.parent)
        write_atomic(place, _json({"sha256": _digest(found), "front": found}).encode())
    except (OSError, OutputError):
        return  # a cache that cannot be written only costs time
