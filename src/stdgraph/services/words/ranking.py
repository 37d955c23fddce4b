"""Which canned question, with which arguments, fits words best: by its own words, by its rows, by the kind of answer."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache, reduce
from math import log
from operator import or_

from stdgraph.graph.questions import Question, questions
from stdgraph.model.light import dataclass, field
from stdgraph.services.words.filling import fillings, needed
from stdgraph.services.words.spotting import Spotted
from stdgraph.services.words.tokens import tokens
from stdgraph.services.words.wording import Wording
from stdgraph.storage.answers import AnswerIndex

SHARES = {"rows": 2.0, "guess": 1.7, "own": 1.05, "kind": 0.95, "fill": 0.1, "whole": 0.55, "title": 0.1}
"""How much count the words of a question's rows (or of the things that it takes, where these are not indexed), its own words, the kind of answer, and how many of the things named it takes."""
TITLE, ALSO, COLUMN, TOLD = 1.0, 1.2, 0.5, 0.3
WITHIN, MOST = 0.6, 30
"""Rows that hold so much of what the best row holds, and so many, count for a question."""
BEST = 0.6
"""How much the best row counts for a question; the rest is what its good rows hold together."""
BLOCKS = 2
"""So many sets of arguments of one question are looked at."""
NEAR = {"country": {"body", "place"}, "place": {"country"}, "person": {"body"}, "body": {"country", "person"}}
NEARLY = 0.5
"""What may be what is asked: where countries are asked for, bodies say theirs."""
SAID = 0.7
"""How much a word counts that the title of a question says, where its rows are not indexed."""
LESS = 0.03
"""How much less a body is who is asked for than a person, and another column than the first."""
UNKNOWN = 0.6
"""How much an English word weighs that no row and no question has."""

Block = tuple[float, dict[str, str]]
"""How much of the words the rows of a question hold, with some arguments."""


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
    own, titles = _of_words(wording), _of_titles(wording)
    candidates = []
    for asked in _questions():
        kind = _kind(asked, wording.expects)
        blocks = [block for block in found.get(asked.name, []) if _is_dated_so(asked, block, wording)][:BLOCKS]
        for rows, arguments in blocks or _unindexed(index, asked, wording, weights):
            fill = _filled(asked, arguments, wording)
            parts = {"rows" if blocks else "guess": rows, "own": own[asked.name], "kind": kind, "fill": fill}
            parts |= {"whole": _whole(asked, wording) * (kind > 0 or not wording.expects), "title": titles[asked.name]}
            score = sum(SHARES[part] * value for part, value in parts.items())
            candidates.append(Candidate(asked, arguments, round(score, 4), parts))
    return sorted(candidates, key=lambda c: (-c.score, c.question.name, sorted(c.arguments.items())))


def _is_dated_so(asked: Question, block: Block, wording: Wording) -> bool:
    """Tell whether the year of a block is one that words name, where they name any."""
    years = {block[1][p.name] for p in asked.parameters if p.name in block[1] and p.datatype.endswith("gYear")}
    return not wording.dates or all(f"@{year}" in wording.dates for year in years)


def _unindexed(index: AnswerIndex, asked: Question, wording: Wording, weights: Weights) -> list[Block]:
    """Return the arguments of a question whose rows are not indexed, or hold no word; nothing where it lacks one.

    That it takes a thing counts as if its rows held the names of the thing; what its title says is said of each row.
    """
    given = needed(asked, wording)
    if given is None:
        return []
    profile = profiles()[asked.name]
    taken = [*given.values(), *fillings(asked, given, wording)[0].values()]
    names = {word for held in index.words_of(taken).values() for word in held} | {f"@{value}" for value in taken}
    held = sum(
        value if word in names or word.startswith("~") else SAID * value * (profile.get(word, 0.0) >= TITLE)
        for word, value in weights.of.items()
    )
    return [(held / weights.total, given)]


def _of_rows(index: AnswerIndex, weights: Weights) -> dict[str, list[Block]]:
    """Return for each question its best sets of arguments, with how much of the words their rows hold."""
    words = sorted(weights.of, key=lambda word: -weights.of[word])
    masks: dict[int, int] = {}
    for bit, word in enumerate(words):
        for row in weights.postings[word]:
            masks[row] = masks.get(row, 0) | 1 << bit

    @cache
    def value(mask: int) -> float:
        return sum(weights.of[word] for bit, word in enumerate(words) if mask >> bit & 1)

    rows = sorted(masks)
    found: dict[str, list[Block]] = {}
    at = 0
    for name, arguments, first, size in index.blocks():
        end = bisect_left(rows, first + size, at)
        if end > at:
            held = sorted((masks[row] for row in rows[at:end]), key=lambda mask: -value(mask))[:MOST]
            best = value(held[0])
            union = reduce(or_, (mask for mask in held if value(mask) >= WITHIN * best))
            share = (BEST * best + (1 - BEST) * value(union)) / weights.total
            found.setdefault(name, []).append((share, json.loads(arguments)))
        at = end
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
    inside = {word for s in wording.spotted for word in s.words if wording.inside or _is_piece(s, word)}
    known = [word for word in wording.words if word in rarity and word not in inside]
    total = sum(rarity[word] for word in known) or 1.0
    return {name: sum(rarity[w] * profile.get(w, 0.0) for w in known) / total for name, profile in profiles().items()}


def _is_piece(named: Spotted, word: str) -> bool:
    """Tell whether a pair of characters is cut out of the name of an actor: 标准 in 国家标准委 asks for no standard."""
    return "Actor" in named.kinds and not word.isascii()


def _whole(asked: Question, wording: Wording) -> float:
    """Return 1 where the title of a question, or how people ask it, says all the words that name nothing."""
    profile = profiles()[asked.name]
    return float(bool(wording.asking) and all(profile.get(word, 0.0) >= TITLE for word in wording.asking))


@cache
def _phrases() -> dict[str, list[list[str]]]:
    """Return the words of the title of each question, and of each way in which people ask it."""
    return {
        asked.name: [tokens(text) for text in (*asked.title.values(), *(t for ts in asked.also.values() for t in ts))]
        for asked in _questions()
    }


def _of_titles(wording: Wording) -> dict[str, float]:
    """Return for each question how much of its title, or of a way to ask it, words say: of the one that they say best."""
    said, rarity = {*wording.words, *tokens(wording.text)}, _rarity()

    def share(phrase: Sequence[str]) -> float:
        total = sum(rarity[word] for word in phrase)
        return sum(rarity[word] for word in phrase if word in said) / total if total else 0.0

    return {name: max(map(share, phrases), default=0.0) for name, phrases in _phrases().items()}


def _filled(asked: Question, arguments: Mapping[str, str], wording: Wording) -> float:
    """Return how many of the things and years that words name a question takes as arguments, from 0 to 1."""
    taken = {**arguments, **fillings(asked, arguments, wording)[0]}.values()
    named = {s.thing.iri for s in wording.spotted if s.is_thing or s.thing.iri in taken} | {
        d[1:5] for d in wording.dates
    }
    if not named:
        return 0.0
    return len(named & {part for value in taken for part in (value, *value.split("/"))}) / len(named)


def _kind(asked: Question, expects: Sequence[frozenset[str]]) -> float:
    """Return for how many of the things that are asked a question has a column of the kind, from 0 to 1; the first counts more."""
    if not expects:
        return 0.0
    answers = {column.answers for column in asked.columns} - {""}
    held = sum(_best(kinds, answers) + LESS * _best(kinds, {asked.columns[0].answers}) for kinds in expects)
    return held / (1 + LESS) / len(expects)


def _best(kinds: Set[str], answers: Set[str]) -> float:
    """Return how well answers are of one of some kinds; who is asked for is a person rather than a body."""
    return max(_alike(kind, answers) * (1 - LESS * (kind == "body" and len(kinds) > 1)) for kind in kinds)


def _alike(kind: str, answers: Set[str]) -> float:
    return 1.0 if kind in answers else NEARLY if answers & NEAR.get(kind, set()) else 0.0


__all__ = ["Candidate", "Mapping", "Sequence", "Weights", "ranked"]
