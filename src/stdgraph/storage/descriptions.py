"""How each source document is cut, as `data/sources.toml` describes it."""

from __future__ import annotations

import tomllib
from functools import cache

from stdgraph.model.cutting import cut
from stdgraph.model.passages import Cutting, Description, described
from stdgraph.storage.files import content, read_text

USUAL = "default"
"""The description of documents that have none of their own."""


@cache
def description(key: str) -> Description:
    """Return how the document of a key is cut: as `data/sources.toml` says, else by usual headings and paragraphs."""
    told = tomllib.loads(read_text(content("data", "sources.toml")))
    return described(told.get(key, told[USUAL]))


def cutting(key: str, text: str) -> Cutting:
    """Return the text of a document cut into its passages, by the description of its key.

    >>> cutting("any", "一、目标\\n\\n甲。乙。\\n").at(3, 2)
    '一、目标 / paragraph 1 / sentence 2'
    """
    return cut(text, description(key))
