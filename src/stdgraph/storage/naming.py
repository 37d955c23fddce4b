"""The name of a compiled store: a hash of what its files say, so that a comment or another order makes no other store."""

from __future__ import annotations

from collections.abc import Sequence

from stdgraph.storage import quick
from stdgraph.storage.files import GraphFile, hashed
from stdgraph.storage.folders import cache_folder

MOST = 1000
"""Of so many files it is kept what they say; those seen last stay."""


def name_of(files: Sequence[GraphFile], *extra: str) -> str:
    """Return the name of the store of some files; only what was never met is parsed, and what it says is kept.

    Raises:
        FileError, TurtleSyntaxError: one cannot be read.
    """
    return hashed(zip((file.graph for file in files), meanings(files), strict=True), *extra)


def meanings(files: Sequence[GraphFile]) -> list[bytes]:
    """Return a hash of what each file says, which is that of its content where nodes are blank; raises as `name_of`."""
    known, contents = _known(), [file.digest() for file in files]
    new = {content: file.meaning() for file, content in zip(files, contents, strict=True) if not known.get(content)}
    if new:
        quick.keep(cache_folder() / "stamps" / "meanings", dict([*(known | new).items()][-MOST:]))
    return [(known | new)[content] for content in contents]


def known_name(files: Sequence[GraphFile], *extra: str) -> str | None:
    """Return the name of the store of some files, None where it is not known what one of them says; raises FileError."""
    known, contents = _known(), [file.digest() for file in files]
    if not known.keys() >= set(contents):
        return None
    return hashed([(file.graph, known[content]) for file, content in zip(files, contents, strict=True)], *extra)


def _known() -> dict[bytes, bytes]:
    found = quick.recall(cache_folder() / "stamps" / "meanings")
    return found if isinstance(found, dict) else {}
