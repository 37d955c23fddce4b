"""How people ask: the file `queries/words/words.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from stdgraph.model.light import dataclass
from stdgraph.model.spelling import HAN, fold, words
from stdgraph.services.words.tokens import stem, tokens
from stdgraph.storage.files import content, read_text


@dataclass(frozen=True)
class Language:
    """What words carry nothing, what kinds of answer the words of a question expect, of which questions rows are indexed, what
    is said of countries."""

    empty: frozenset[str]
    cut: re.Pattern[str]
    expects: dict[str, re.Pattern[str]]
    indexed: tuple[str, ...]
    demonyms: dict[str, str]
    shorts: dict[str, str]
    same: dict[str, str]
    commands: dict[str, frozenset[str]]
    first: re.Pattern[str]
    counts: dict[str, int]
    announced: re.Pattern[str]
    compares: re.Pattern[str]
    pages: dict[str, str]

    def plainly(self, folded: str) -> str:
        """Return a text with the words that questions use, for others that mean the same."""
        for said, meant in self.same.items():
            folded = folded.replace(said, meant) if HAN.search(said) else re.sub(rf"\b{said}\b", meant, folded)
        return folded

    def limited(self, folded: str) -> tuple[str, int]:
        """Return a text with `top` for `top ten`, and how many rows that wants, 0 for all."""
        found = self.first.search(folded)
        if not found:
            return folded, 0
        word, count = (found["top"], found["many"]) if found["top"] else ("前十", found["most"])
        limit = int(count) if count.isdigit() else self.counts[count]
        return f"{folded[: found.start()]}{word}{folded[found.end() :]}", limit

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
    of_countries = [(word, code) for code, said in found["demonyms"].items() for word in said.split()]
    chinese = sorted(empty["zh"].split(), key=len, reverse=True)
    return Language(
        empty=frozenset(form for word in empty["en"].split() for form in (word, stem(word), *words(word))),
        cut=re.compile("|".join(map(re.escape, chinese))),
        expects={kind: _any([*told["en"], *told["zh"]]) for kind, told in expects.items()},
        indexed=tuple(found["index"]["questions"].split()),
        demonyms={word.lower(): code for word, code in of_countries if word.isascii()},
        shorts={word: code for word, code in of_countries if not word.isascii()},
        same=dict(sorted(found["same"].items(), key=lambda same: -len(same[0]))),
        commands={name: frozenset(w for s in said for w in tokens(s)) for name, said in found["commands"].items()},
        first=_first(found["counts"]),
        counts=found["counts"],
        announced=_any([*found["announced"]["en"], *found["announced"]["zh"]]),
        compares=_any([*found["compares"]["en"], *found["compares"]["zh"]]),
        pages=found["pages"],
    )


def _any(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) if HAN.search(p) else rf"\b{re.escape(p)}\b" for p in phrases))


def _first(counts: Mapping[str, int]) -> re.Pattern[str]:
    """Return what finds `top ten`, 前十大 and the like; not 前十年, a span of time."""
    said = "|".join(sorted(counts, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b(?P<top>top)[\s-]+(?P<many>\d{{1,3}}|{said})\b|前(?P<most>\d{{1,3}}|{said})(?![年月天期届次日周])[大名位个家]?"
    )
