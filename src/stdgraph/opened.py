"""What every deed of an opened graph needs: the things that names mean, what explains triples, the faults of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from stdgraph.errors import UNEXPECTED, ParameterError, UnknownNameError, odd_rows
from stdgraph.locale import Phrase
from stdgraph.model.dates import as_of_day
from stdgraph.model.vocabulary import GRAPH, PREFIXES, expand

if TYPE_CHECKING:
    from stdgraph.graph.reads import Graph as Reads
    from stdgraph.model.results import Answer, Table
    from stdgraph.services.explain import Explainer
    from stdgraph.storage.store import Store

PACKS = GRAPH + "pack/"
T = TypeVar("T")
Opening = Callable[[], "tuple[Reads, str]"]
Paths = Sequence[str | Path]
Day = str | int | None
Say = Callable[[str], None] | None
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


def opened_now(
    data: Paths, extra: Paths, packs: Sequence[str], as_of: Day, say: Say
) -> tuple[Store, Sequence[Any], str]:
    """Return the store of some files and packs, the files, and what a user should know of it.

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.
        PackError: a pack was not imported.
        ParameterError: there is no such day.
    """
    from stdgraph.services.build import opened

    day, empty = _without(packs, as_of)
    store, message, files = opened(data, extra, packs, day, say)
    return store, files, silent(empty, as_of, message)


def opened_at(data: Paths, extra: Paths, packs: Sequence[str], day: date, say: Say) -> tuple[Store, Sequence[Any], str]:
    """Return the store of files and of each pack's newest snapshot up to a day, else its first one; files and message as above."""
    from stdgraph.services.build import input_files, open_store, pack_files

    files = [*input_files(data, extra, say=say), *pack_files(packs, day, first=True)]
    store, message = open_store(files, say)
    return store, files, message


def opening(
    data: Paths, extra: Paths, packs: Sequence[str], as_of: Day, say: Say
) -> tuple[Opening, Sequence[Any], str]:
    """Return what does that later, the files, and what is known of it already; raises PackError, ParameterError."""
    from stdgraph.services.build import input_files
    from stdgraph.storage.files import Later

    def compiled() -> tuple[Reads, str]:
        store, _, message = opened_now(data, extra, packs, as_of, say)
        return store, message

    day, empty = _without(packs, as_of)
    return compiled, Later(lambda: input_files(data, extra, packs, day, say)), silent(empty, as_of)


def _without(packs: Sequence[str], as_of: Day) -> tuple[date | None, list[str]]:
    """Return a day, and the packs that have nothing for it."""
    from stdgraph.services.build import pack_files

    day = day_of(as_of)
    return day, [name for name in packs if not pack_files([name], day)]


class Opened:
    """An opened graph that knows its things by their names; `api.Graph` adds what one asks of it."""

    def __init__(
        self,
        reads: Reads | Opening,
        *,
        lang: str = "en",
        message: str = "",
        files: Sequence[Any] = (),
        at: Callable[[date], Any] | None = None,
    ) -> None:
        self._opening = reads
        self.lang = lang
        self.message = message
        self.files = files
        self._at = at
        self._explainer: Explainer | None = None

    def at(self, day: str | int) -> Self:
        """Return the graph as its registers were on a day: of each the newest snapshot up to it, else its first one.

        Without a register, or of an endpoint, that is the graph itself. What held on the day is still to be asked for (`as_of`).

        Raises:
            ParameterError: the day is no EDTF date.
        """
        meant = day_of(day)
        return self if self._at is None or meant is None else cast(Self, self._at(meant))

    @cached_property
    def reads(self) -> Reads:
        """What is asked: opened, and at first use compiled, when the first question needs it."""
        if not callable(self._opening):
            return self._opening
        reads, self.message = self._opening()
        return reads

    def compiled(self) -> Self:
        """Return the graph, opened."""
        _ = self.reads
        return self

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

    def speaking(self, lang: str) -> Self:
        """Return the same opened graph with labels, titles and messages in another language."""
        other = copy(self.compiled())
        other.lang, other._explainer = lang, None
        return other

    @property
    def data(self) -> str | None:
        """A hash of the files that are asked, None for an endpoint."""
        from stdgraph.storage.files import fingerprint

        return f"sha256:{fingerprint(self.files)}" if self.files else None

    @property
    def registers(self) -> dict[str, str]:
        """The registers that are asked, each with the day of its snapshot."""
        graphs = {graph for file in self.files if (graph := str(getattr(file, "graph", ""))).startswith(PACKS)}
        return {name: day for name, _, day in (one.removeprefix(PACKS).partition("/") for one in sorted(graphs))}

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
        return self.ask_each(text, as_of=as_of, undated=undated, why=why, say=say)[0]

    @remote_faults_told
    def ask_each(
        self,
        text: str,
        *,
        as_of: str | int | None = None,
        undated: bool = False,
        why: bool = False,
        say: Callable[[str], None] | None = None,
    ) -> list[tuple[Answer, str]]:
        """Return the same as `ask_words`, and behind it the answers to what else is asked: "… and when?".

        Raises:
            UnfitWordsError: no question fits; the error names the nearest.

        >>> import stdgraph
        >>> each = stdgraph.open().ask_each("Who attended the 120th ISO Council and where was it held?")
        >>> [answer.question for answer, _ in each]
        ['participants', 'events']
        """
        from stdgraph.services.words import ask_words

        answer = self._asking(None if as_of is None else str(as_of), undated, why)
        found = ask_words(self.reads, text, answer, lang=self.lang, say=say)
        return [(one.answer, one.command) for one in (found, *found.also)]

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


def day_of(as_of: str | int | None, name: str = "as-of") -> date | None:
    """Return the day that a caller asks for under a name; raises ParameterError."""
    if as_of is None:
        return None
    try:
        return as_of_day(str(as_of))
    except ValueError as error:
        raise ParameterError(parameter=name, detail=error.args[0]) from None


def silent(names: Sequence[str], day: str | int | None, message: str = "") -> str:
    """Return that some packs, if any, have nothing for a day, and behind it another message, if there is one."""
    if not names:
        return message
    packs = ", ".join(names)
    if not message:
        return Phrase("No snapshot up to {day} in: {packs}.", day=day, packs=packs)
    return Phrase("No snapshot up to {day} in: {packs}. {detail}", day=day, packs=packs, detail=message)


def language_of(tag: str) -> str:
    """Return `en` or `zh` for a language tag such as `zh-Hans`."""
    language = str(tag).lower().partition("-")[0]
    if language not in ("en", "zh"):
        raise ParameterError(parameter="lang", detail=Phrase("'{tag}' is none of en, zh", tag=tag))
    return language
