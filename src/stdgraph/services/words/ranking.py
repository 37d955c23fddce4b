"""Which canned question, with which arguments, fits words best: by its own words, by its rows, by the kind of answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from math import log

from stdgraph.graph.questions import Question, questions
from stdgraph.services.words.filling import fillings
from stdgraph.services.words.spotting import Wording
from stdgraph.services.words.tokens import tokens
from stdgraph.storage.answers import AnswerIndex

SHARES = {"rows": 2.0, "own": 0.65, "kind": 0.6, "fill": 0.1}
"""How much count the words of a question's rows, its own words, the kind of answer, and how many of the things named it takes."""
TITLE, ALSO, COLUMN, TOLD = 1.0, 1.2, 0.5, 0.3
WITHIN, MOST = 0.6, 30
"""Rows that hold so much of what the best row holds, and so many, count for a question."""
BLOCKS = 2
"""So many sets of arguments of one question are looked at."""
NEAR = {"country": {"body", "place"}, "place": {"country"}, "person": {"body"}, "body": {"country", "person"}}
NEARLY = 0.5
"""What may be what is asked: where countries are asked for, bodies say theirs."""
UNKNOWN = 0.6
"""How much an English word weighs that no row and no question has."""


@dataclass(frozen=True)
class Candidate:
    """A question with the arguments that it needs, and how well it fits: from its rows, its own words, its kind of answer."""

    question: Question
    arguments: dict[str, str]
    score: float
    parts: dict[str, float] = field(default_factory=dict)


class Weights:
    """How much each word of a wording tells: the logarithm of how many rows there are for each that holds it."""

    def __init__(self, index: AnswerIndex, wording: Wording) -> None:
        self.postings = index.postings(wording.tokens)
        size = index.size() + 1
        self.of = {word: log(1 + size / (1 + len(rows))) for word, rows in self.postings.items()}
        unknown = [word for word in wording.words if not self.knows(word) and word.isascii() and word.isalpha()]
        self.total = sum(self.of.values()) + len(unknown) * log(1 + size) * UNKNOWN or 1.0

    def knows(self, word: str) -> bool:
        """Tell whether a row or a question has a word."""
        return word in self.of or word in _rarity()


def ranked(index: AnswerIndex, wording: Wording, weights: Weights) -> list[Candidate]:
    """Return the questions that may be meant, the best first."""
    found = _of_rows(index, weights)
    own = _of_words(wording)
    candidates = []
    for asked in _questions():
        kind = _kind(asked, wording.expects)
        blocks = found.get(asked.name, [])[:BLOCKS]
        if not blocks and all(p.optional for p in asked.parameters):
            blocks = [(0.0, {})]
        for rows, arguments in blocks:
            fill = _filled(asked, arguments, wording)
            parts = {"rows": rows, "own": own[asked.name], "kind": kind, "fill": fill}
            score = sum(SHARES[part] * value for part, value in parts.items())
            candidates.append(Candidate(asked, arguments, round(score, 4), parts))
    return sorted(candidates, key=lambda c: (-c.score, c.question.name, sorted(c.arguments.items())))


def _of_rows(index: AnswerIndex, weights: Weights) -> dict[str, list[tuple[float, dict[str, str]]]]:
    """Return for each question its best sets of arguments, with how much of the words their rows hold."""
    words = sorted(weights.of, key=lambda w: -weights.of[w])
    masks: dict[int, int] = {}
    for bit, word in enumerate(words):
        for row in weights.postings[word]:
            masks[row] = masks.get(row, 0) | 1 << bit
    values = {
        mask: sum(weights.of[word] for bit, word in enumerate(words) if mask >> bit & 1) for mask in set(masks.values())
    }
    rows = sorted(masks)
    found: dict[str, list[tuple[float, dict[str, str]]]] = {}
    at = 0
    for name, arguments, first, size in index.blocks():
        held = []
        while at < len(rows) and rows[at] < first + size:
            held.append(masks[rows[at]])
            at += 1
        if held:
            held.sort(key=lambda m: -values[m])
            best = values[held[0]]
            union = 0
            for mask in held[:MOST]:
                if values[mask] >= WITHIN * best:
                    union |= mask
            if union not in values:
                values[union] = sum(weights.of[word] for bit, word in enumerate(words) if union >> bit & 1)
            found.setdefault(name, []).append(
                ((0.6 * best + 0.4 * values[union]) / weights.total, json.loads(arguments))
            )
    return {name: sorted(each, key=lambda f: (-f[0], sorted(f[1].items()))) for name, each in found.items()}


@cache
def _questions() -> list[Question]:
    """Return all questions, read once: they are files of the package."""
    return questions()


@cache
def profiles() -> dict[str, dict[str, float]]:
    """Return the words of each question, with how much each counts there."""
    found: dict[str, dict[str, float]] = {}
    for asked in _questions():
        profile = found.setdefault(asked.name, {})
        for weight, texts in _texts(asked):
            for text in texts:
                for word in tokens(text):
                    profile[word] = max(profile.get(word, 0.0), weight)
    return found


def _texts(asked: Question) -> Iterable[tuple[float, Iterable[str]]]:
    yield TITLE, [*asked.title.values(), asked.name.replace("-", " ")]
    yield ALSO, [text for texts in asked.also.values() for text in texts]
    yield COLUMN, [text for column in asked.columns for text in column.about.values()]
    yield TOLD, asked.description.values()


@cache
def _rarity() -> dict[str, float]:
    own = profiles()
    counts: dict[str, int] = {}
    for profile in own.values():
        for word in profile:
            counts[word] = counts.get(word, 0) + 1
    return {word: log(1 + len(own) / count) for word, count in counts.items()}


def _of_words(wording: Wording) -> dict[str, float]:
    """Return for each question how much of the words that questions are told in its own words hold."""
    rarity = _rarity()
    known = [word for word in wording.words if word in rarity]
    total = sum(rarity[word] for word in known) or 1.0
    return {name: sum(rarity[w] * profile.get(w, 0.0) for w in known) / total for name, profile in profiles().items()}


def _filled(asked: Question, arguments: Mapping[str, str], wording: Wording) -> float:
    """Return how many of the things and years that words name a question takes as arguments, from 0 to 1."""
    named = {s.thing.iri for s in wording.spotted if s.is_thing} | {d[1:5] for d in wording.dates}
    if not named:
        return 0.0
    taken = {**arguments, **fillings(asked, arguments, wording)[0]}.values()
    return len(named & {part for value in taken for part in (value, *value.split("/"))}) / len(named)


def _kind(asked: Question, expects: Sequence[frozenset[str]]) -> float:
    """Return for how many of the things that are asked a question has a column of the kind, from 0 to 1."""
    if not expects:
        return 0.0
    answers = {column.answers for column in asked.columns} - {""}
    return sum(max(_alike(kind, answers) for kind in kinds) for kinds in expects) / len(expects)


def _alike(kind: str, answers: Set[str]) -> float:
    return 1.0 if kind in answers else NEARLY if answers & NEAR.get(kind, set()) else 0.0


__all__ = ["Candidate", "Mapping", "Sequence", "Weights", "ranked"]
