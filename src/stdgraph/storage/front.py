"""The front matter of question and rule files: YAML behind `#+`, kept parsed in the user's cache."""

from __future__ import annotations

import zlib
from typing import Any

from stdgraph.locale import Foreign, Phrase, Text
from stdgraph.storage import quick
from stdgraph.storage.folders import cache_folder


def front_matter(text: str) -> dict[str, Any]:
    """Return the front matter of a file's text as plain values.

    Parsing YAML takes longer than answering: the result is kept beside the lines that were parsed.

    Raises:
        ValueError: it is not YAML, or not a mapping.

    >>> front_matter("#+ title: Who?\\nSELECT")
    {'title': 'Who?'}
    """
    lines = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    kept = cache_folder() / "front" / f"{len(lines):x}-{zlib.crc32(lines.encode()):08x}"
    match quick.recall(kept):
        case (str(of), dict(found)) if of == lines:
            return found
    found = _parsed(lines)
    quick.keep(kept, (lines, _plain(found)))
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


def _plain(front: dict[str, Any]) -> Any:
    """Return front matter as JSON would keep it: days as texts."""
    import json

    return json.loads(json.dumps(front, default=str))
