"""The library face: what a command does, a Python caller does in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.documents import Documents
from stdgraph.exchange.writer import Writer
from stdgraph.locale import Phrase
from stdgraph.model.light import replace
from stdgraph.model.results import Answer, Table
from stdgraph.model.spelling import is_words
from stdgraph.networked import Networked
from stdgraph.opened import InWords, day_of, language_of, opened_at, opened_now, opening, remote_faults_told
from stdgraph.sited import Sited
from stdgraph.versions import Checked, apply, diff

if TYPE_CHECKING:
    from datetime import date

    from stdgraph.services.explain import Step
    from stdgraph.services.schema.shown import Schema
    from stdgraph.services.show import Shown
    from stdgraph.storage.names import Named
    from stdgraph.storage.worker import Limits

__all__ = ["Graph", "apply", "diff", "open"]

Table.writer = Writer()


class Graph(Sited, Networked, InWords, Checked, Documents):
    """An opened graph: ask it questions, query it, find things by name, show one.

    Made by `stdgraph.open()`; `lang` is the language of labels and titles, `message` what the user should know
    about how it was opened ("" if nothing).
    """

    @remote_faults_told
    def ask(
        self,
        question: str,
        *,
        as_of: str | int | None = None,
        undated: bool = False,
        why: bool = False,
        **parameters: str | bool,
    ) -> Answer:
        """Return the answer to a canned question; see `stdgraph.services.ask.ask`.

        What has a blank, a question mark or Chinese characters is a question in one's own words: that which fits is
        asked, see `stdgraph.services.words.ask_words`.

        >>> import stdgraph
        >>> stdgraph.open().ask("mechanisms", actor="China", as_of="2016").columns[-1]
        'certainty'
        >>> stdgraph.open().ask("Which agreements has China signed with Belarus?").question
        'agreements'
        """
        from stdgraph.services.ask import ask, in_python

        if is_words(question):
            asked = self.ask_words(question, as_of=as_of, undated=undated, why=why)[0]
            return self.proved(asked) if why else asked
        arguments = {name.rstrip("_"): str(value) for name, value in parameters.items() if value is not None}
        day = None if as_of is None else str(as_of)
        answer = ask(self.reads, question, arguments, lang=self.lang, as_of=day, undated=undated, why=why)
        answer = replace(answer, hints=tuple(map(in_python, answer.hints)), origin=lambda: self.data)
        return self.proved(answer) if why else answer

    def proved(self, answer: Answer) -> Answer:
        """Return an answer whose records say where they stand, and prove the links that rest on them."""
        if self.reads.url:
            return answer
        return self._explained(lambda explainer: explainer.answer(answer))

    def questions(self) -> Table:
        """Return a row for each canned question: name, title, parameters."""
        from stdgraph.model.results import table
        from stdgraph.services.ask import listing

        return table(("question", "title", "parameters"), listing(self.lang))

    @remote_faults_told
    def codes(self, *lists: str) -> Table:
        """Return the codes of lists: `role`, `agrtype`, … as questions name them in `scheme:`; see `services.codes`.

        >>> import stdgraph
        >>> stdgraph.open().codes("mode").to_dicts()[0]["zh"]
        '线上线下结合'
        """
        from stdgraph.services.codes import codes

        return codes(self.reads, *lists)

    @remote_faults_told
    def query(
        self,
        sparql: str,
        *,
        bind: Mapping[str, str] | None = None,
        timeout: int = 60,
        memory: int = 2048,
        limit: int = 100_000,
    ) -> Any:
        """Return a Table for SELECT, a bool for ASK, pyoxigraph triples for CONSTRUCT and DESCRIBE.

        It runs in a process of its own: whatever the query does, this one goes on. A warning tells of rows that were
        left out, and of terms that the graph does not know; `hints` tells which pattern found nothing.

        Args:
            sparql: a read-only SPARQL 1.1 query; `<org/gb-bsi>` is relative to the base of the data.
            bind: gives variables a thing by any of its names.
            timeout: seconds that it may take.
            memory: MiB that it may take, beside the graph.
            limit: rows or triples that are returned at most.

        Raises:
            QueryRefusedError, QuerySyntaxError, ParameterError: it does not run here.
            UnknownNameError, AmbiguousNameError: a name of `bind`.
            TimeLimitError, QueryMemoryError, EngineError: it took too much, or the engine failed.

        >>> import stdgraph
        >>> graph = stdgraph.open()
        >>> graph.query("ASK { ?x a stdg:JointCommission }")
        True
        >>> graph.query("ASK { ?actor a stdg:StandardsBody }", bind={"actor": "BSI"})
        True
        """
        import warnings

        from stdgraph.services.query import as_table, cut, query
        from stdgraph.storage.worker import Limits

        limits, values = Limits(timeout, memory << 20, limit), self.values(bind or {})
        found = query(self.reads, sparql, limits, values)
        result = found.result
        if hasattr(result, "variables"):
            result = as_table(self.reads, result, lang=self.lang)
        elif not isinstance(result, bool):
            result = list(result)
        for message in [cut(limit)] * found.cut + self.hints(sparql):
            warnings.warn(str(message), stacklevel=3)
        return result

    def hints(
        self, sparql: str, *, empty: bool = False, blank: Iterable[str] = (), limits: Limits | None = None, **given: Any
    ) -> list[Phrase]:
        """Return what to tell of a query that ran: unknown names, `blank` variables, and where it is empty, what found nothing.

        >>> import stdgraph
        >>> str(stdgraph.open().hints("ASK { ?x stdg:hasPartty ?y }")[0])
        'query:1:10: the graph does not know stdg:hasPartty; nearest: stdg:hasParty.'
        """
        from stdgraph.services.hints import hints
        from stdgraph.services.query import asks
        from stdgraph.storage.worker import Limits

        return hints(self.reads, sparql, asks(self.reads, limits or Limits(), **given) if empty else None, blank)

    @remote_faults_told
    def schema(self, term: str | None = None) -> Schema:
        """Return the classes and properties as the data use them, or one of them; see `stdgraph.services.schema.schema`.

        >>> import stdgraph
        >>> stdgraph.open().schema("Agreement").table().columns[:3]
        ('from', 'property', 'to')
        """
        from stdgraph.services.schema import schema

        return schema(self.reads, term, lang=self.lang)

    @remote_faults_told
    def find(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Named]:
        """Return things by name, best first; `kind` is a class by its local name or label.

        >>> import stdgraph
        >>> stdgraph.open().find("BSI")[0].en
        'British Standards Institution'
        """
        from stdgraph.services.find import find

        return find(self.reads, text, kind=kind, limit=limit, lang=self.lang)

    @remote_faults_told
    def show(self, name: str, *, as_of: str | int | None = None, undated: bool = False) -> Shown:
        """Return all that the graph says of one thing."""
        from stdgraph.services.show import show

        return show(self.reads, self.iri(name), lang=self.lang, as_of=day_of(as_of), undated=undated)

    @remote_faults_told
    def why(
        self,
        first: str,
        second: str,
        *,
        as_of: str | int | None = None,
        undated: bool = False,
        proofs: bool = False,
        level: str | None = None,
        bilateral: bool = False,
    ) -> Table:
        """Return every record that links two actors, or a country's bodies for it, each once and with its sources.

        Args:
            first: an actor by any of its names.
            second: another.
            as_of: only what held on that day.
            undated: with `as_of`, also what nothing places.
            proofs: whether each record proves its links.
            level: `own` or `all`: whether an actor stands for its bodies too; None for countries only.
            bilateral: only records of two actors.

        >>> import stdgraph
        >>> stdgraph.open().why("SAC", "BSI").columns[:4]
        ('from', 'way', 'to', 'kind')
        """
        from stdgraph.graph.unlinked import linked
        from stdgraph.services.path import path
        from stdgraph.services.why import why

        ends = self._two(first, second)
        asked = {"as_of": day_of(as_of), "undated": undated, "proofs": proofs, "level": level, "bilateral": bilateral}
        found = linked(self.reads, why, ends, asked, chain=path, lang=self.lang)
        return self._explained(lambda explainer: explainer.table(found, ends)) if proofs else found

    @remote_faults_told
    def path(
        self,
        first: str,
        second: str,
        *,
        as_of: str | int | None = None,
        undated: bool = False,
        limit: int = 5,
        kind: str | None = None,
        bilateral: bool = False,
    ) -> Table:
        """Return the shortest chains of cooperation links between two actors, with the reason for each link.

        Args:
            first: an actor by any of its names.
            second: another.
            as_of: only links that held on that day.
            undated: with `as_of`, also links of which nothing places a record.
            limit: at most so many chains.
            kind: the one kind of link to walk, such as `usesStandardsOf`; what goes one way is walked in its direction.
            bilateral: only what rests on records of two actors.
        """
        from stdgraph.graph.unlinked import linked
        from stdgraph.services.path import path

        a, b = (self.iri(name, "Actor") for name in (first, second))
        asked: dict[str, Any] = {"limit": limit, "kind": kind and self._kind(kind), "bilateral": bilateral}
        asked |= {"as_of": day_of(as_of), "undated": undated}
        return linked(self.reads, path, (a, b), asked, lang=self.lang)

    def explain(self, subject: str, predicate: str, object_: str) -> Step | None:
        """Return why a triple holds: the shortest proof down to asserted triples, None if nothing entails it.

        Args:
            subject: a thing by any of its names, or a term (`stdg:Agreement`).
            predicate: `coPartyWith`, `a`, `foaf:member` or an IRI.
            object_: a thing, a term, or the text of a literal.

        Raises:
            UnknownNameError, AmbiguousNameError: the subject.

        >>> import stdgraph
        >>> stdgraph.open().explain("SAC", "coPartyWith", "BSI").rule
        'co-party-with'
        """
        return self._explained(lambda explainer: explainer.explain(self._triple(subject, predicate, object_)))

    def _triple(self, subject: str, predicate: str, object_: str) -> Any:
        from stdgraph.services.explain import object_of, predicate_of

        s, p = self._term(subject), predicate_of(predicate)
        return object_of(self.reads, s, p, object_, self._term)

    @remote_faults_told
    def ledger(self, name: str | None = None, *, gaps: bool = False) -> Table:
        """Return each number that a source states beside what the graph names of it; see `services.ledger`."""
        from stdgraph.services.ledger import ledger

        return ledger(self.reads, about=self.iri(name) if name else None, gaps=gaps, lang=self.lang)


def open(  # noqa: A001 (stdgraph.open() is the public name)
    *,
    data: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    pack: str | Sequence[str] = (),
    as_of: str | int | None = None,
    endpoint: str | None = None,
    credentials: tuple[str, str] = ("", ""),
    lang: str = "en",
    in_memory: bool = False,
    say: Callable[[str], None] | None = None,
    compiled: bool = True,
) -> Graph:
    """Return the graph, ready to ask; the first call on some content compiles it into the user's cache.

    Args:
        data: Turtle files or folders instead of the graph that comes with the package.
        extra: files or folders added to it.
        pack: imported data packs added to it, such as `iso`; see `stdgraph pack`.
        as_of: of each pack, the newest snapshot not later than this day; the newest of all if not given.
        endpoint: URL of a SPARQL 1.1 endpoint to ask instead.
        credentials: name and password for it, where the environment has none (`STDGRAPH_ENDPOINT_USER`, `…_PASSWORD`).
        lang: `en` or `zh`, or a tag that begins so.
        in_memory: whether to hold it in memory, for work that asks much; `query` and endpoints are as without.
        say: called with a message before long work (the first compilation), and of files that are passed over.
        compiled: False leaves that until something is asked that needs it; `validate` does not.

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.
        PackError: a pack was not imported.
        ParameterError: `lang` or `as_of` has no such value.

    >>> import stdgraph
    >>> len(stdgraph.open(lang="zh").ask("who-cooperates-with", actor="国家标准委")) > 0
    True
    """
    lang = language_of(lang)
    if endpoint:
        from stdgraph.storage.endpoint import Endpoint

        return Graph(Endpoint(endpoint, credentials=credentials), lang=lang)
    packs = [pack] if isinstance(pack, str) else pack

    def at(then: date) -> Graph:
        store, files, message = opened_at(data, extra, packs, then, say)
        return Graph(store, lang=lang, message=message, files=files, at=at)

    more: dict[str, Any] = {"lang": lang, "at": at if packs else None}
    if not compiled:
        reads, files, message = opening(data, extra, packs, as_of, say)
        return Graph(reads, message=message, files=files, **more)
    store, files, message = opened_now(data, extra, packs, as_of, say)
    if in_memory:
        store.hold()
    return Graph(store, message=message, files=files, **more)
