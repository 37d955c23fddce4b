"""What another program is told, so that it understands words alike: how people ask, what counts how much, the index of answers.

Its twin in the browser is `web/src/services/words/`, which has the rules of this package and none of its numbers.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from stdgraph.model.vocabulary import short
from stdgraph.services import words
from stdgraph.services.words import (
    filling,
    fitting,
    listed,
    ranking,
    running,
    shortened,
    splitting,
    spotting,
    tokens,
    wording,
)
from stdgraph.storage.answers import AnswerIndex
from stdgraph.storage.files import content, read_text

NUMBERS: dict[ModuleType, tuple[str, ...]] = {
    words: ("SUGGESTED", "TRIED", "NEAR", "LAST", "FEW", "LEAST", "HOLDS", "WITHIN", "MORE", "OF_THE_ROW"),
    filling: ("CODES", "REGIONS", "CODED", "WIDEST"),
    fitting: ("SHARES", "NAMED", "LONG", "LEAST"),
    listed: ("MOST",),
    ranking: (
        *("SHARES", "TITLE", "ALSO", "COLUMN", "TOLD", "WITHIN", "MOST", "BEST", "BLOCKS", "NEAR", "NEARLY", "SAID"),
        *("LESS", "UNKNOWN"),
    ),
    running: ("MOST", "MORE", "LENGTHY", "WORTH"),
    shortened: ("LONGER",),
    splitting: ("MOST", "SHORTEST"),
    spotting: ("MOST", "NAME", "UNNAMED", "COUNTRY", "REGION", "CODE"),
    tokens: ("ENDINGS", "SHORTEST"),
    wording: ("LONGEST",),
}
"""What of each part is told: what stands there by these names."""


def told(index: AnswerIndex) -> dict[str, Any]:
    """Return the file of words, the numbers of each part, the things and texts of the rows of answers."""
    rows = [(text, _steps(found)) for text, found in index.holdings().items()]
    return {
        "said": tomllib.loads(read_text(content("queries", "words", "words.toml"))),
        "numbers": {part.__name__.rpartition(".")[2]: _numbers(part, names) for part, names in NUMBERS.items()},
        "blocks": [[name, json.loads(given), size] for name, given, _, size in index.blocks()],
        "things": [(short(text), steps) for text, steps in rows if "://" in text],
        "texts": [(text, steps) for text, steps in rows if "://" not in text],
    }


def _steps(rows: Sequence[int]) -> list[int]:
    """Return how far each row is from the one before it: small numbers, which pack well."""
    return [row - before for before, row in zip([0, *rows], rows, strict=False)]


def _numbers(part: ModuleType, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(part, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return sorted(value) if isinstance(value, set | frozenset) else value
