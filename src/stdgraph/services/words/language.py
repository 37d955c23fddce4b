"""How people ask: the file `queries/words/words.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from stdgraph.model.spelling import HAN, fold
from stdgraph.services.words.tokens import stem
from stdgraph.storage.files import content, read_text


@dataclass(frozen=True)
class Language:
    """What words carry nothing, what kinds of answer the words of a question expect, of which questions rows are indexed."""

    empty: frozenset[str]
    cut: re.Pattern[str]
    expects: dict[str, re.Pattern[str]]
    indexed: tuple[str, ...]

    def expected(self, text: str) -> tuple[frozenset[str], ...]:
        """Return the kinds of answer that a question expects: for each thing that it asks, those that may be meant."""
        low = fold(text)
        found = {kind: {m.span() for m in pattern.finditer(low)} for kind, pattern in self.expects.items()}
        spans = sorted({span for spans in found.values() for span in spans}, key=lambda s: (s[0] - s[1], s))
        kept: list[tuple[int, int]] = []
        for start, end in spans:
            if all(start >= b or end <= a for a, b in kept):
                kept.append((start, end))
        asked = [frozenset(kind for kind, spans in found.items() if span in spans) for span in sorted(kept)]
        return tuple(dict.fromkeys(asked))


@cache
def language() -> Language:
    """Return what the file says."""
    found = tomllib.loads(read_text(content("queries", "words", "words.toml")))
    empty, expects = found["empty"], found["expects"]
    chinese = sorted(empty["zh"].split(), key=len, reverse=True)
    return Language(
        empty=frozenset(stem(word) for word in empty["en"].split()) | frozenset(empty["en"].split()),
        cut=re.compile("|".join(map(re.escape, chinese))),
        expects={kind: _any([*told["en"], *told["zh"]]) for kind, told in expects.items()},
        indexed=tuple(found["index"]["questions"].split()),
    )


def _any(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) if HAN.search(p) else rf"\b{re.escape(p)}\b" for p in phrases))
