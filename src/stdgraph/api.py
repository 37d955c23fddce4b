"""The library face: what a command does, a Python caller does in one call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.errors import ParameterError, UnknownNameError
from stdgraph.model.dates import as_of_day
from stdgraph.model.results import Answer, Table
from stdgraph.model.vocabulary import expand

if TYPE_CHECKING:
    import networkx

    from stdgraph.services.show import Shown
    from stdgraph.services.validate import Report
    from stdgraph.storage.names import Named
    from stdgraph.storage.records import Graph as Reads


class Graph:
    """An opened graph: ask it questions, query it, find things by name, show one.

    Made by `stdgraph.open()`; `lang` is the language of labels and titles, `message` what the user should know
    about how it was opened ("" if nothing).
    """

    def __init__(self, reads: Reads, *, lang: str = "en", message: str = "", files: Sequence[Any] = ()) -> None:
        self.reads = reads
        self.lang = lang
        self.message = message
        self.files = files

    def ask(self, question: str, *, as_of: str | None = None, why: bool = False, **parameters: str) -> Answer:
        """Return the answer to a canned question; see `stdgraph.services.ask.ask`.

        >>> import stdgraph
        >>> stdgraph.open().ask("mechanisms", actor="China", as_of="2016").columns[-1]
        'certainty'
        """
        from stdgraph.services.ask import ask

        arguments = {name.rstrip("_"): str(value) for name, value in parameters.items() if value is not None}
        return ask(self.reads, question, arguments, lang=self.lang, as_of=as_of, why=why)

    def questions(self) -> Table:
        """Return a row for each canned question: name, title, parameters."""
        from stdgraph.model.results import table
        from stdgraph.services.ask import listing

        return table(("question", "title", "parameters"), listing(self.lang))

    def query(self, sparql: str) -> Any:
        """Return a Table for SELECT, a bool for ASK, pyoxigraph triples for CONSTRUCT and DESCRIBE.

        >>> import stdgraph
        >>> stdgraph.open().query("ASK { ?x a stdg:JointCommission }")
        True
        """
        from stdgraph.services.query import as_table, query

        found = query(self.reads, sparql)
        if hasattr(found, "variables"):
            return as_table(self.reads, found, lang=self.lang)
        return bool(found) if type(found).__name__ == "QueryBoolean" else found

    def find(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Named]:
        """Return things by name, best first.

        >>> import stdgraph
        >>> stdgraph.open().find("BSI")[0].en
        'British Standards Institution'
        """
        return self.reads.names.find(text, (kind,) if kind else (), limit)

    def iri(self, name: str, *kinds: str) -> str:
        """Return the IRI of the one thing that a name means; raises UnknownNameError or AmbiguousNameError.

        Records bear no names: they are meant by their ids, such as `office/tian-shihong--cn-sac--head`.
        """
        try:
            return self.reads.names.resolve(name, kinds, self.lang).iri
        except UnknownNameError:
            if not kinds and (found := self._record(name)):
                return found
            raise

    def _record(self, name: str) -> str | None:
        """Return the IRI of a nameless record given by its id, None if there is none."""
        if "/" not in name or not re.fullmatch(r"[^\s<>\"{}|^`\\]+", name):
            return None
        iri = expand(name)
        return iri if self.reads.select(f"SELECT ?p WHERE {{ <{iri}> ?p ?o }} LIMIT 1") else None

    def show(self, name: str, *, as_of: str | None = None) -> Shown:
        """Return all that the graph says of one thing."""
        from stdgraph.services.show import show

        return show(self.reads, self.iri(name), lang=self.lang, as_of=_day(as_of))

    def why(self, first: str, second: str, *, as_of: str | None = None) -> Table:
        """Return every record that links two actors, with its sources."""
        from stdgraph.services.why import why

        a, b = (self.iri(name, "Actor") for name in (first, second))
        return why(self.reads, a, b, lang=self.lang, as_of=_day(as_of))

    def path(self, first: str, second: str, *, as_of: str | None = None, limit: int = 5) -> Table:
        """Return the shortest chains of cooperation links between two actors, with the reason for each link."""
        from stdgraph.services.path import path

        a, b = (self.iri(name, "Actor") for name in (first, second))
        return path(self.reads, a, b, lang=self.lang, as_of=_day(as_of), limit=limit)

    def sources(self, name: str | None = None) -> Table:
        """Return the source documents, or every statement about one thing with its place, confidence and rank."""
        from stdgraph.services.sources import documents, statements

        if name is None:
            return documents(self.reads, lang=self.lang)
        return statements(self.reads, self.iri(name), lang=self.lang)

    def ledger(self, name: str | None = None, *, gaps: bool = False) -> Table:
        """Return each number that a source states beside what the graph names of it; see `services.ledger`."""
        from stdgraph.services.ledger import ledger

        return ledger(self.reads, about=self.iri(name) if name else None, gaps=gaps, lang=self.lang)

    def validate(self, *files: str | Path) -> Report:
        """Return the findings of the shapes over the graph, or over new files inside the graph."""
        from stdgraph.services.validate import validate
        from stdgraph.storage.files import given_files

        return validate(self.files, given_files(files), lang=self.lang)

    def network(self, view: str = "cooperation") -> networkx.Graph[str]:
        """Return a view of the graph as a networkx graph."""
        from stdgraph.services.network import network

        return network(self.reads, view)


def open(  # noqa: A001 (stdgraph.open() is the public name)
    *,
    data: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    endpoint: str | None = None,
    lang: str = "en",
    say: Callable[[str], None] | None = None,
) -> Graph:
    """Return the graph, ready to ask; the first call on some content compiles it into the user's cache.

    Args:
        data: Turtle files or folders instead of the graph that comes with the package.
        extra: files or folders added to it.
        endpoint: URL of a SPARQL 1.1 endpoint to ask instead.
        lang: `en` or `zh`.
        say: called with a message before long work (the first compilation).

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.

    >>> import stdgraph
    >>> len(stdgraph.open(lang="zh").ask("who-cooperates-with", actor="国家标准委")) > 0
    True
    """
    if endpoint:
        from stdgraph.storage.endpoint import Endpoint

        return Graph(Endpoint(endpoint), lang=lang)
    from stdgraph.storage.store import input_files, open_store

    files = input_files(data, extra)
    store, message = open_store(files, say)
    return Graph(store, lang=lang, message=message, files=files)


def _day(as_of: str | None) -> Any:
    if as_of is None:
        return None
    try:
        return as_of_day(as_of)
    except ValueError as error:
        raise ParameterError(parameter="as-of", detail=str(error)) from None
