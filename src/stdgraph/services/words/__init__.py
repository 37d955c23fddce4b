"""Questions in one's own words: the canned question that fits is found and run; nothing else ever is.

Names, dates and kinds of answer are spotted in the words; questions are ranked by their own words and by the words of their
rows, which an index keeps; the best one runs with the arguments that were spotted, and its rows are narrowed to those that
hold what was asked. The same words give the same answer: no model, no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile

from stdgraph.errors import ParameterError, UnfitWordsError
from stdgraph.graph.questions import Question, question, question_names
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass, replace
from stdgraph.model.results import Answer, Entity, Row, Table
from stdgraph.model.vocabulary import BASE
from stdgraph.services.words.commands import command, other_command
from stdgraph.services.words.filling import fillings
from stdgraph.services.words.fitting import fits
from stdgraph.services.words.indexing import fill
from stdgraph.services.words.language import language
from stdgraph.services.words.listed import others
from stdgraph.services.words.ranking import Candidate, Weights, ranked
from stdgraph.services.words.running import MOST, Ask, entities, narrowed, run, shares
from stdgraph.services.words.small import small
from stdgraph.services.words.splitting import clauses, is_answered, leading
from stdgraph.services.words.wording import Wording, worded
from stdgraph.storage.answers import AnswerIndex, kept
from stdgraph.storage.files import content

SUGGESTED = 5
TRIED, NEAR, LAST = 3, 0.3, 8
"""So many near questions are tried, where the best has no row for all that was named; so many, where none had any row."""
FEW = 2
"""A part that names nothing, and says fewer words, may mean anything."""
LEAST = 0.3
"""An answer to fewer things than were named must have a row that holds so much of the words."""
HOLDS, WITHIN, MORE = 0.5, 0.8, 0.15
"""A row that holds so much of a part of a question is about it, as are those that hold nearly as much; an answer that holds so much more of it tells more."""

OF_THE_ROW = frozenset({"date", "place"})
"""Kinds of answers that are of what a row tells of, its first column."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Found:
    """The answer to words, the command that asks the same again, whether it takes all things that it could.

    `also` answers what else was asked: "… and where is its secretariat?".
    """

    answer: Answer
    command: str
    is_whole: bool = True
    also: tuple[Found, ...] = ()


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
        """Return the answer of a candidate, None where it has no row, or does not take a day that the caller gave."""
        try:
            whole, arguments, is_whole = run(self.ask, leading(self.wording), candidate)
        except ParameterError:
            return None
        if not len(whole):
            return None
        answer = narrowed(whole, self.index, self.weights)
        words = self.wording.text if len(answer) < len(whole) else ""
        said = command(self.graph, candidate.question, arguments, self.lang, words)
        if 0 < self.wording.limit < len(answer):
            return Found(answer.limit(self.wording.limit), f"{said} --limit {self.wording.limit}", is_whole)
        return Found(answer, said, is_whole)

    def asked(self, asked: Question, arguments: Mapping[str, str]) -> Found | None:
        """Return the answer to a question, None where it has no row."""
        answer = self.ask(asked.name, arguments)
        return Found(answer, command(self.graph, asked, arguments, self.lang)) if len(answer) else None

    def best(self, candidates: Sequence[Candidate]) -> Found | None:
        """Return the answer of the best candidate that has rows for all that it takes; else of the best that has any about something that is named."""
        second: Found | None = None
        for at, candidate in enumerate(candidates[:LAST]):
            if second and (at >= TRIED or candidate.score < candidates[0].score - NEAR):
                break
            found = self.found(candidate)
            if not found or not _names_one(found.answer, self):
                continue
            if found.is_whole:
                return found
            if not second and _most(found.answer, self) >= LEAST:
                second = found
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
        return replace(found, also=tuple(_also(task, found)))
    near = [c for c in _of_each_question(candidates) if c.score > 0][:SUGGESTED]
    nearest = [command(graph, c.question, _filled(c, task.wording), lang) for c in near]
    raise UnfitWordsError(text=task.wording.text, nearest=[*other, *nearest][:SUGGESTED])


def _also(task: Task, first: Found) -> Iterator[Found]:
    """Yield the answers to the parts of a question that ask something else than its answer tells.

    Nothing where it is not sure what a part means: its own words must speak for the best question, and the rows be about
    what it names, or says.
    """
    told = [first]
    room = MOST - len(first.answer)
    more = [_page(task, first), *(_of_other(task, first, thing) for thing in others(task.wording, first.answer))]
    for found in filter(None, more):
        if len(found.answer) <= room:
            told.append(found)
            room -= len(found.answer)
            yield found
    for part in _parts(task):
        if one := next(_telling(part, told, room), None):
            told.append(one)
            room -= len(one.answer)
            yield one


def _page(task: Task, first: Found) -> Found | None:
    """Return what its own question tells of the one thing that an answer names, where more is asked than when and where it was."""
    name = language().pages.get(first.answer.question)
    thing = first.answer[0].cells[first.answer.columns[0]] if name and len(first.answer) == 1 else None
    expects = task.wording.expects
    if not name or not isinstance(thing, Entity) or (expects and all(kinds <= OF_THE_ROW for kinds in expects)):
        return None
    return task.asked(question(name), {question(name).parameters[0].name: thing.iri})


def _of_other(task: Task, first: Found, thing: str) -> Found | None:
    """Return what the question of an answer tells of another thing."""
    asked = question(first.answer.question)
    needed = next(p.name for p in asked.parameters if not p.optional)
    return task.asked(asked, {needed: thing})


def _telling(part: Task, told: Sequence[Found], room: int) -> Iterator[Found]:
    """Yield the answers to a part of a question that tell more than what is told, and find room."""
    candidates = part.ranked()
    if not fits(part.wording, candidates, part.weights.knows):
        return
    for candidate in _of_each_question([c for c in candidates if c.parts["own"]])[:TRIED]:
        found = part.best([candidate])
        found = _about(found, part) if found else None
        if found and len(found.answer) <= room and not _is_among(found, told) and _tells_more(found, told, part):
            yield found


def _parts(task: Task) -> Iterator[Task]:
    """Yield the task of each part of a question; one that says nothing by itself asks of what the whole does."""
    for clause in clauses(task.wording):
        wording = worded(task.graph.names, clause)
        if not wording.spotted and not wording.words:
            wording = replace(task.wording, expects=wording.expects)
        yield replace(task, wording=wording, weights=Weights(task.index, wording))


def _tells_more(found: Found, told: Sequence[Found], part: Task) -> bool:
    """Tell whether an answer tells what a part of a question asks, and none that is told already does, or holds as much of it."""
    expected = bool(part.wording.expects)
    if expected and not _tells(found.answer, part.wording):
        return False
    there = [one for one in told if not expected or _tells(one.answer, part.wording)]
    known = max((_most(one.answer, part) for one in there), default=0.0)
    return not there or _most(found.answer, part) > known + MORE


def _most(answer: Answer, part: Task) -> float:
    return max(shares(answer, part.index, part.weights), default=0.0)


def _names_one(answer: Answer, part: Task) -> bool:
    """Tell whether an answer, or what it was asked of, has one of the things that words name, its country, or a name that holds its words.

    It has where they name nothing.
    """
    named, given = [s for s in part.wording.spotted if s.is_thing], _given(answer)
    things = {iri for s in named for iri in (s.thing.iri, f"{BASE}country/{s.thing.country}")}
    rows = [entities(row, answer.columns) | given for row in answer]
    if not named or any(things & there for there in rows):
        return True
    return any(said.issuperset(s.words) for said in (_said(there, part) for there in rows) for s in named)


def _given(answer: Answer) -> set[str]:
    return {value.iri for value in answer.parameters.values() if isinstance(value, Entity)}


def _said(things: Set[str], part: Task) -> set[str]:
    """Return the words in the names of some things."""
    return {word for words in part.index.words_of(sorted(things)).values() for word in words}


def _about(found: Found, part: Task) -> Found | None:
    """Return the rows about all that words name, where an answer begins with such rows; those that hold most of them, where they name nothing.

    Where it is asked when or where, the thing is what the row tells of; else it may stand anywhere, or be what was asked of. Where no
    row names it, a name that holds its words counts.
    """
    wording = part.wording
    named = [s for s in wording.spotted if s.is_thing]
    if not named:
        return _holding(found, part)
    is_of_row = any(kinds <= OF_THE_ROW for kinds in wording.expects)
    given = set() if is_of_row else _given(found.answer)
    columns = found.answer.columns[: 1 if is_of_row else None]

    def names(row: Row) -> bool:
        return {s.thing.iri for s in named} <= entities(row, columns) | given

    def says(row: Row) -> bool:
        there = entities(row, columns) | given
        said = _said(there, part)
        return all(s.thing.iri in there or said.issuperset(s.words) for s in named)

    return _while(found, names) or _while(found, says)


def _holding(found: Found, part: Task) -> Found | None:
    """Return the rows at the head of an answer that hold most of the words, and nearly as much as its best."""
    if len(part.wording.words) < FEW:
        return None
    held = shares(found.answer, part.index, part.weights)
    least = max(HOLDS, WITHIN * max(held, default=0.0))
    return _first(found, len(list(takewhile(lambda share: share >= least, held))))


def _while(found: Found, holds: Callable[[Row], bool]) -> Found | None:
    return _first(found, len(list(takewhile(holds, found.answer))))


def _first(found: Found, rows: int) -> Found | None:
    if not rows or rows == len(found.answer):
        return found if rows else None
    return replace(found, answer=found.answer.limit(rows), command=f"{found.command} --limit {rows}")


def _tells(answer: Answer, wording: Wording) -> bool:
    """Tell whether an answer has columns with values of all kinds that are asked for."""
    columns = question(answer.question).columns
    filled = {c.answers for c in columns if c.answers and any(row.cells.get(c.name) is not None for row in answer)}
    return is_answered(wording.expects, frozenset(filled))


def _is_among(found: Found, told: Sequence[Found]) -> bool:
    return any(
        f.answer.question == found.answer.question and f.answer.parameters == found.answer.parameters for f in told
    )


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
        fill(index, small(graph))

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
