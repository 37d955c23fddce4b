"""What every deed of an opened graph needs: the things that names mean, what explains triples, the faults of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from stdgraph.errors import UNEXPECTED, ParameterError, UnknownNameError, odd_rows
from stdgraph.locale import Phrase
from stdgraph.model.dates import as_of_day
from stdgraph.model.vocabulary import PREFIXES, expand

if TYPE_CHECKING:
    from stdgraph.graph.reads import Graph as Reads
    from stdgraph.model.results import Answer, Table
    from stdgraph.services.explain import Explainer
    from stdgraph.storage.store import Store

T = TypeVar("T")
Method = TypeVar("Method", bound=Callable[..., Any])


def remote_faults_told(method: Method) -> Method:
    """Let a method tell the fault of an endpoint whose rows have no value, or another kind of it, where each has one."""

    @wraps(method)
    def told(self: Opened, *arguments: Any, **more: Any) -> Any:
        try:
            return method(self, *arguments, **more)
        except UNEXPECTED as error:
            if not self.reads.url:
                raise
            raise odd_rows(self.reads.url, error) from error

    return cast(Method, told)


class Opened:
    """An opened graph that knows its things by their names; `api.Graph` adds what one asks of it."""

    def __init__(self, reads: Reads, *, lang: str = "en", message: str = "", files: Sequence[Any] = ()) -> None:
        self.reads = reads
        self.lang = lang
        self.message = message
        self.files = files
        self._explainer: Explainer | None = None

    @remote_faults_told
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

    @property
    def data(self) -> str | None:
        """A hash of the files that are asked, None for an endpoint."""
        from stdgraph.storage.files import fingerprint

        return f"sha256:{fingerprint(self.files)}" if self.files else None

    def _record(self, name: str) -> str | None:
        """Return the IRI of a nameless record given by its id, None if there is none."""
        if not {"/", ":"} & set(name) or not re.fullmatch(r"[^\s<>\"{}|^`\\]+", name):
            return None
        from stdgraph.graph.reads import select

        iri = expand(name)
        return iri if list(select(self.reads, "known", [iri])) else None

    def _term(self, name: str) -> str:
        """Return the IRI of a term of the ontology (`stdg:Agreement`, `foaf:Agent`), else of a thing."""
        prefix = name.partition(":")[0]
        return expand(name) if prefix in PREFIXES and ":" in name and "://" not in name else self.iri(name)

    def _source(self, key: str) -> str:
        """Return the IRI of a source document, by its key or any of its names."""
        return self._record(f"src:{key}") or self.iri(key, "SourceDocument")

    def _kind(self, name: str) -> str:
        """Return the IRI of a kind of tie; raises ParameterError for anything else."""
        from stdgraph.graph.codes import TIES, code_named

        return code_named(self.reads, name, TIES, parameter="kind", lang=self.lang).iri

    def values(self, bind: Mapping[str, str]) -> dict[str, str]:
        """Return the IRI of each variable that is given a thing or term by name."""
        return {name.lstrip("?$"): self._term(str(value)) for name, value in bind.items()}

    def explainer(self) -> Explainer:
        """Return what explains triples of this graph; raises ParameterError for a remote one."""
        if self._explainer is None:
            from stdgraph.services.explain import Explainer

            if self.reads.url:
                detail = Phrase("proofs need the embedded store; leave it out")
                raise ParameterError(parameter="endpoint", detail=detail)
            self._explainer = Explainer(self.reads, self.files, lang=self.lang)
        return self._explainer

    def _explained(self, work: Callable[[Explainer], T]) -> T:
        """Return what is done with an explainer, begun anew where the store fails meanwhile."""
        self.explainer()
        store = cast("Store", self.reads)

        def done() -> T:
            if self._explainer and self._explainer.store is not store.store:
                self._explainer = None
            return work(self.explainer())

        return store.steady(done)


class InWords(Opened):
    """An opened graph that is asked in one's own words; see `stdgraph.services.words`."""

    @remote_faults_told
    def ask_words(
        self,
        text: str,
        *,
        as_of: str | int | None = None,
        undated: bool = False,
        why: bool = False,
        say: Callable[[str], None] | None = None,
    ) -> tuple[Answer, str]:
        """Return the answer to a question in one's own words, and the command that asks the same again.

        Raises:
            UnfitWordsError: no question fits; the error names the nearest.
        """
        from stdgraph.services.words import ask_words

        answer = self._asking(None if as_of is None else str(as_of), undated, why)
        found = ask_words(self.reads, text, answer, lang=self.lang, say=say)
        return found.answer, found.command

    @remote_faults_told
    def suggest(self, text: str, *, say: Callable[[str], None] | None = None) -> Table:
        """Return the questions that fit words best, with the command that asks each; see `stdgraph.services.words`.

        >>> import stdgraph
        >>> stdgraph.open().suggest("who chairs CENELEC").columns
        ('rows', 'title', 'command')
        """
        from stdgraph.services.words import suggest

        return suggest(self.reads, text, self._asking(), lang=self.lang, say=say)

    def like(self, answer: Answer, text: str, *, say: Callable[[str], None] | None = None) -> Answer:
        """Return the rows of an answer that hold the most of some words, the best first, where it has more than 30.

        >>> import stdgraph
        >>> graph = stdgraph.open()
        >>> len(graph.like(graph.ask("figures"), "foreign-language versions of national standards")) <= 30
        True
        """
        from stdgraph.services.words import like

        return like(self.reads, answer, text, say=say)

    def _asking(
        self, day: str | None = None, undated: bool = False, why: bool = False
    ) -> Callable[[str, Mapping[str, str]], Answer]:
        """Return what answers a canned question."""
        from stdgraph.services.ask import ask

        def answer(name: str, arguments: Mapping[str, str]) -> Answer:
            return ask(self.reads, name, arguments, lang=self.lang, as_of=day, undated=undated, why=why, hints=False)

        return answer


def day_of(as_of: str | int | None) -> date | None:
    """Return the day that a caller asks for; raises ParameterError."""
    if as_of is None:
        return None
    try:
        return as_of_day(str(as_of))
    except ValueError as error:
        raise ParameterError(parameter="as-of", detail=error.args[0]) from None
