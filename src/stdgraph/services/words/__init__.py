"""Questions in one's own words: the canned question that fits is found and run; nothing else ever is.

Names, dates and kinds of answer are spotted in the words; questions are ranked by their own words and by the words of their
rows, which an index keeps; the best one runs with the arguments that were spotted, and its rows are narrowed to those that
hold what was asked. The same words give the same answer: no model, no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from stdgraph.errors import UnfitWordsError
from stdgraph.graph.questions import question_names
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.model.results import Answer, Row, Table
from stdgraph.services.words.commands import command, other_command
from stdgraph.services.words.filling import fillings
from stdgraph.services.words.fitting import fits
from stdgraph.services.words.indexing import fill
from stdgraph.services.words.ranking import Candidate, Weights, ranked
from stdgraph.services.words.running import Ask, narrowed, run
from stdgraph.services.words.wording import Wording, worded
from stdgraph.storage.answers import AnswerIndex, kept
from stdgraph.storage.files import content

SUGGESTED = 5
TRIED, NEAR = 3, 0.3
"""So many questions are tried, where the best have no rows; or so near ones, where it has none for all that was named."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Found:
    """The answer to words, the command that asks the same again, and whether it takes all things that it could."""

    answer: Answer
    command: str
    is_whole: bool = True


@dataclass(frozen=True)
class Task:
    """All that is needed to answer some words: the graph, what was spotted, the index of answers, how to ask."""

    graph: Graph
    wording: Wording
    index: AnswerIndex
    weights: Weights
    ask: Ask
    lang: str

    def ranked(self) -> list[Candidate]:
        """Return the questions that may be meant, the best first."""
        return ranked(self.index, self.wording, self.weights)

    def found(self, candidate: Candidate) -> Found | None:
        """Return the answer of a candidate, None where it has no row."""
        whole, arguments, is_whole = run(self.ask, self.wording, candidate)
        if not len(whole):
            return None
        answer = narrowed(whole, self.index, self.weights)
        words = self.wording.text if len(answer) < len(whole) else ""
        said = command(self.graph, candidate.question, arguments, self.lang, words)
        if 0 < self.wording.limit < len(answer):
            return Found(answer.limit(self.wording.limit), f"{said} --limit {self.wording.limit}", is_whole)
        return Found(answer, said, is_whole)

    def best(self, candidates: Sequence[Candidate]) -> Found | None:
        """Return the answer of the best candidate that has rows for all that it takes; else of the best that has any."""
        second: Found | None = None
        for candidate in candidates[:TRIED]:
            if candidate.score < candidates[0].score - NEAR and second:
                break
            found = self.found(candidate)
            if found and found.is_whole:
                return found
            second = second or found
        return second


def _task(graph: Graph, text: str, ask: Ask, lang: str, say: Say | None) -> Task:
    index, wording = index_of(graph, say), worded(graph.names, text)
    return Task(graph, wording, index, Weights(index, wording), ask, lang)


def ask_words(graph: Graph, text: str, ask: Ask, *, lang: str = "en", say: Say | None = None) -> Found:
    """Return the answer of the canned question that fits words best, narrowed to the rows that hold what was asked.

    The first 400 characters count. `ask` answers a canned question: name and arguments to an answer. `say` is called with a
    message before long work (the first use).

    Raises:
        UnfitWordsError: no question fits; the error names the nearest.
    """
    task = _task(graph, text, ask, lang, say)
    candidates = task.ranked()
    other = other_command(graph, task.wording, lang)
    if not other and fits(task.wording, candidates, task.weights.knows) and (found := task.best(candidates)):
        return found
    near = [c for c in _of_each_question(candidates) if c.score > 0][:SUGGESTED]
    nearest = [command(graph, c.question, _filled(c, task.wording), lang) for c in near]
    raise UnfitWordsError(text=task.wording.text, nearest=[*other, *nearest][:SUGGESTED])


def suggestions(
    graph: Graph, text: str, ask: Ask, *, lang: str = "en", most: int = SUGGESTED, say: Say | None = None
) -> list[Found]:
    """Return the answers of the questions that fit words best and have rows, the best first, whether or not one fits well."""
    task = _task(graph, text, ask, lang, say)
    candidates = [c for c in _of_each_question(task.ranked()) if c.score > 0]
    return list(islice(filter(None, map(task.found, candidates)), most))


def suggest(graph: Graph, text: str, ask: Ask, *, lang: str = "en", say: Say | None = None) -> Table:
    """Return a row for each of `suggestions`: how many rows it has, its title, the command that asks it."""
    rows = [
        Row({"rows": len(one.answer), "title": one.answer.title, "command": one.command})
        for one in suggestions(graph, text, ask, lang=lang, say=say)
    ]
    return Table(("rows", "title", "command"), tuple(rows), lang=lang)


def like(graph: Graph, answer: Answer, text: str, *, say: Say | None = None) -> Answer:
    """Return the rows of an answer that hold the most of some words, the best first, where it has more than 30."""
    index = index_of(graph, say)
    return narrowed(answer, index, Weights(index, worded(graph.names, text)))


def _of_each_question(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of each question, best first."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.question.name, candidate)
    return list(best.values())


def _filled(candidate: Candidate, wording: Wording) -> dict[str, str]:
    return candidate.arguments | fillings(candidate.question, candidate.arguments, wording)[0]


def index_of(graph: Graph, say: Say | None = None) -> AnswerIndex:
    """Return the index of the answers of a graph, made at its first use; an empty one of an endpoint."""
    if graph.url:
        return AnswerIndex()

    def make(index: AnswerIndex) -> None:
        if say:
            say(Phrase("Indexing the answers (first use) …"))
        fill(index, graph)

    place = getattr(graph, "place", None)
    if place is None:
        made = AnswerIndex()
        make(made)
        return made
    return kept(f"{place.name}-{_digest()}", make)


def _digest() -> str:
    """Return a hash of the question files and of how people ask."""
    digest = hashlib.sha256(content("queries", "words", "words.toml").read_bytes())
    for name in question_names():
        digest.update(content("queries", "questions", f"{name}.rq").read_bytes())
    return digest.hexdigest()[:16]


__all__ = ["Found", "ask_words", "index_of", "like", "suggest", "suggestions"]
