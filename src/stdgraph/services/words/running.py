"""Running a candidate, and narrowing an answer to the rows that hold the most of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from stdgraph.graph.questions import question
from stdgraph.model.cells import Entity, Scalar, text_of
from stdgraph.model.light import replace
from stdgraph.model.results import Answer, Row
from stdgraph.model.vocabulary import short
from stdgraph.services.words.filling import fillings
from stdgraph.services.words.ranking import Candidate, Weights
from stdgraph.services.words.tokens import tokens
from stdgraph.services.words.wording import Wording
from stdgraph.storage.answers import AnswerIndex

Ask = Callable[[str, Mapping[str, str]], Answer]

MOST = 30
"""An answer with more rows is narrowed to so many at most."""
MORE, LENGTHY = 0.003, 60
"""Of rows that hold the same words, those with fewer others come first."""
WORTH = 0.4
"""Rows that hold so much of what the best row holds are kept."""


def run(ask: Ask, wording: Wording, candidate: Candidate) -> tuple[Answer, dict[str, str], bool]:
    """Return the answer, the arguments that brought it, and whether these are all that fit, not fewer for want of rows."""
    tries = fillings(candidate.question, candidate.arguments, wording)
    for more in tries:
        arguments = candidate.arguments | more
        answer = ask(candidate.question.name, arguments)
        if len(answer):
            break
    return answer, arguments, len(more) == len(tries[0])


def narrowed(answer: Answer, index: AnswerIndex, weights: Weights) -> Answer:
    """Return the rows that hold the most of what was asked, the best first, where an answer has more than 30.

    What its arguments say already, and what its title says, holds for every row and does not count.
    """
    left = _left_over(answer, index, weights)
    if len(answer) <= MOST or not left:
        return answer
    known = index.words_of(sorted({iri for row in answer for iri in entities(row, row.cells)}))
    values = [_value(row, known, left) for row in answer]
    best = max(values)
    if not best:
        return answer
    order = sorted(range(len(values)), key=lambda at: -values[at])
    kept = [at for at in order if values[at] >= WORTH * best][:MOST]
    return replace(answer, rows=tuple(answer[at] for at in kept), whole=len(answer))


def shares(answer: Answer, index: AnswerIndex, weights: Weights) -> list[float]:
    """Return how much of some words each row of an answer holds, from 0 to 1; what was asked of stands in each."""
    given = {value.iri for value in answer.parameters.values() if isinstance(value, Entity)}
    known = index.words_of(sorted(given | {iri for row in answer for iri in entities(row, row.cells)}))
    said = {word for iri in given for word in known.get(iri, ())}
    held = (said | words_of(row, known) for row in answer)
    return [sum(weights.of.get(word, 0.0) for word in sorted(each)) / weights.total for each in held]


def _left_over(answer: Answer, index: AnswerIndex, weights: Weights) -> dict[str, float]:
    given = [value for value in answer.parameters.values() if value is not None]
    things = [value.iri for value in given if isinstance(value, Entity)]
    said = {word for held in index.words_of(things).values() for word in held}
    said |= {f"~{short(iri)}" for iri in things}
    said |= {word for value in given if not isinstance(value, Entity) for word in tokens(text_of(value))}
    said |= {word for title in question(answer.question).title.values() for word in tokens(title)}
    return {word: value for word, value in weights.of.items() if word not in said}


def entities(row: Row, columns: Iterable[str]) -> set[str]:
    """Return the ids of the things in some columns of a row."""
    return {value.iri for value in _values(row, columns) if isinstance(value, Entity)}


def _values(row: Row, columns: Iterable[str]) -> Iterator[Scalar]:
    for cell in (row.cells[name] for name in columns):
        yield from cell if isinstance(cell, tuple) else (cell,)


def words_of(row: Row, known: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the words of a row, those of its things from the index."""
    held: set[str] = set()
    for value in _values(row, row.cells):
        if isinstance(value, Entity):
            held |= set(known.get(value.iri) or tokens(value.label))
        elif value is not None:
            held |= set(tokens(text_of(value)))
    return held


def _value(row: Row, known: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> float:
    held = words_of(row, known)
    return sum(weights.get(word, 0.0) for word in sorted(held)) * (1 - MORE * min(len(held), LENGTHY))
