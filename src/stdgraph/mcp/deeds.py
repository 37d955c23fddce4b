"""What the tools do: each asks the graph as a command does, and answers the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp.pages import page, questions
from stdgraph.mcp.replies import Reply, paragraphs, rows, titled
from stdgraph.mcp.wording import arguments, call
from stdgraph.model.light import dataclass
from stdgraph.model.results import Answer, Table, text_of
from stdgraph.model.spelling import is_words

if TYPE_CHECKING:
    from stdgraph.api import Graph
    from stdgraph.storage.limited import Running
    from stdgraph.storage.worker import Limits

LEFT_ONE = marked("1 undated record left out; --undated brings it.")
LEFT_MORE = marked("{number} undated records left out; --undated brings them.")


@dataclass(frozen=True)
class Call:
    """A call of a tool: the graph that is asked, the arguments, what a query may use, and what stops it."""

    graph: Graph
    given: Mapping[str, Any]
    limits: Limits
    running: Running

    def __getitem__(self, name: str) -> Any:
        return self.given[name]

    def rows(self, found: Table, *, title: str = "", notes: Sequence[str] = ()) -> Reply:
        """Return the rows of a table that the call wants, with what is to be told of them."""
        noted = [*notes, *left_out(found.left_out)]
        lang = self.graph.lang
        return rows(found, offset=self["offset"], limit=self["limit"], title=title, notes=noted, lang=lang)

    @property
    def day(self) -> dict[str, Any]:
        """The day that it asks for."""
        return {"as_of": self["as_of"], "undated": self["undated"]}


def left_out(number: int | None) -> list[str]:
    """Return what to tell of undated records that an answer for a day leaves out."""
    return [Phrase(LEFT_ONE if number == 1 else LEFT_MORE, number=number)] if number else []


def find(asked: Call) -> Reply:
    """Answer which things bear a name."""
    from stdgraph.services.find import listed

    found = asked.graph.find(asked["text"], kind=asked["kind"], limit=asked["limit"])
    return rows(listed(asked.graph.reads, found, asked.graph.lang), limit=asked["limit"], lang=asked.graph.lang)


def profile(asked: Call) -> Reply:
    """Answer with a page on a thing, a pair or several."""
    made = asked.graph.profile(*asked["names"], panels=asked["panels"] or (), **asked.day)
    return page(made, whole=asked["limit"] if asked["panels"] else None)


def ask(asked: Call) -> Reply:
    """Answer a canned question, one in words, or with the list of questions."""
    from stdgraph.services import ask as service

    graph, name = asked.graph, asked["question"]
    if name is None:
        return asked.rows(questions(graph.lang))
    if is_words(name):
        return _in_words(asked, name)
    given = {name.removeprefix("--"): value for name, value in (asked["parameters"] or {}).items()}
    answer = service.ask(graph.reads, name, given, lang=graph.lang, why=asked["why"], **asked.day)
    return _answered(asked, graph.proved(answer) if asked["why"] else answer)


def _in_words(asked: Call, text: str) -> Reply:
    (answer, command), *also = asked.graph.ask_each(text, why=asked["why"], **asked.day)
    if asked["why"]:
        answer = asked.graph.proved(answer)
    notes: list[str] = []
    if " --like " in command and answer.whole not in (None, len(answer)):
        message = marked("{rows} of {number} rows hold most of your words; {call} answers all.")
        notes.append(Phrase(message, rows=len(answer), number=answer.whole, call=call(command)))
    notes += [Phrase("Asks this, too: {command}", command=call(other)) for _, other in also]
    return _answered(asked, answer, notes)


def _answered(asked: Call, answer: Answer, notes: Sequence[str] = ()) -> Reply:
    from stdgraph.services.ask import standing_told

    stood = [standing_told(text_of(answer.parameters[name]), found) for name, found in answer.groups.items()]
    title = f"{answer.question}: {titled(answer)}"
    return asked.rows(answer, title=title, notes=[*notes, *answer.hints, *stood])


def why(asked: Call) -> Reply:
    """Answer with the records that link two actors."""
    more = {"level": asked["level"], "bilateral": asked["bilateral"]}
    return asked.rows(asked.graph.why(asked["a"], asked["b"], **more, **asked.day))


def path(asked: Call) -> Reply:
    """Answer with the shortest chains between two actors."""
    more = {"limit": asked["limit"], "kind": asked["kind"], "bilateral": asked["bilateral"]}
    found = asked.graph.path(asked["a"], asked["b"], **more, **asked.day)
    return rows(found, limit=len(found), notes=left_out(found.left_out), lang=asked.graph.lang)


def sources(asked: Call) -> Reply:
    """Answer with the documents, or the statements about a thing."""
    return asked.rows(asked.graph.sources(asked["name"]))


def query(asked: Call) -> Reply:
    """Answer a SPARQL query."""
    from stdgraph.services.query import as_table, is_empty
    from stdgraph.services.query import query as run
    from stdgraph.storage.worker import Limits

    graph, text, most = asked.graph, asked["sparql"], asked["limit"]
    limits = Limits(asked.limits.seconds, asked.limits.memory, most)
    values = graph.values(asked["bind"] or {})
    found = run(graph.reads, text, limits, values, asked.running)
    result: Any = found.result
    if hasattr(result, "variables"):
        result = as_table(graph.reads, result, lang=graph.lang)
    elif not isinstance(result, bool):
        result = list(result)
    hints = graph.hints(text, empty=is_empty(result), blank=_blank(result), limits=limits, values=values)
    cut = marked("Only the first {number} rows were read; OFFSET in the query brings others.")
    notes = [*([Phrase(cut, number=most)] if found.cut else []), *hints]
    if isinstance(result, Table):
        return rows(result, limit=most, notes=notes, lang=graph.lang)
    return _told(result, [arguments(str(translated(note, graph.lang))) for note in notes])


def _blank(result: Any) -> list[str]:
    """Return the columns of a table that have no value in any row."""
    columns = result.columns if isinstance(result, Table) and len(result) else ()
    return [name for name in columns if all(row[name] is None for row in result)]


def _told(result: Any, notes: Sequence[str]) -> Reply:
    """Return truth or triples."""
    from stdgraph.storage.turtle import turtle_of

    told: dict[str, Any] = {"notes": list(notes)} if notes else {}
    if isinstance(result, bool):
        text, told = "true" if result else "false", {"truth": result} | told
    else:
        turtle = turtle_of(sorted(set(result), key=str))
        text, told = f"```turtle\n{turtle}```", {"turtle": turtle} | told
    return Reply("\n".join([text, *paragraphs(notes)]) + "\n", told)
