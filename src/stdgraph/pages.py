"""Pages on things: profiles, time lines, comparisons; the services that they need pass through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stdgraph.errors import InputError, ParameterError, UnknownNameError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import GRAPH
from stdgraph.opened import day_of, remote_faults_told
from stdgraph.reconciling import Reconciling

if TYPE_CHECKING:
    from stdgraph.graph.reads import Graph as Reads
    from stdgraph.model.results import Answer
    from stdgraph.services.compare import Comparison
    from stdgraph.services.profile import Profile
    from stdgraph.services.timeline import Timeline


class Pages(Reconciling):
    """An opened graph that prints pages; `api.Graph` adds what else one asks of it."""

    def thing(self, name: str, *kinds: str) -> str:
        """Return the IRI of what a page may be about: a thing by any of its names, a document also by its key.

        Raises:
            UnknownNameError, AmbiguousNameError: no thing, or several.
        """
        try:
            return self.iri(name, *kinds)
        except UnknownNameError:
            if not kinds and (found := self._record(f"src:{name}")):
                return found
            raise

    @remote_faults_told
    def profile(
        self, *names: str, panels: Sequence[str] = (), as_of: str | int | None = None, undated: bool = False
    ) -> Profile:
        """Return the page on a thing, on a pair or on several: lists, each the answer to a question, with its count.

        Args:
            names: things by any of their names; a year such as `2019`, a document by its key too.
            panels: only these lists.
            as_of: only what held on that day.
            undated: with `as_of`, also what nothing places.

        Raises:
            InputError: there is no page on such things.
            ParameterError: there is no such list.

        >>> import stdgraph
        >>> stdgraph.open().profile("China", "Germany").profile
        'pair'
        """
        return self._profile(self._different(names), panels, as_of, undated)

    def _profile(self, iris: Sequence[str], panels: Sequence[str], as_of: str | int | None, undated: bool) -> Profile:
        from stdgraph.graph.remembered import Remembered
        from stdgraph.services.profile import profile

        if not iris:
            raise InputError(detail=Phrase("Name a thing, two, or several."))
        told: dict[str, Any] = {"as_of": None if as_of is None else str(as_of), "day": day_of(as_of)}
        if self.files:
            told |= {"data": self.data, "packs": self._packs()}
        reads = Remembered(self.reads)
        return profile(reads, iris, self._asker(reads, undated), lang=self.lang, panels=panels, undated=undated, **told)

    def _different(self, names: Sequence[str]) -> list[str]:
        """Return the IRIs of some things; raises InputError where two names mean the same one."""
        found: dict[str, str] = {}
        for name in names:
            if (iri := self.thing(name)) in found:
                told = Phrase("'{second}' is the same as '{first}'; name it once.", first=found[iri], second=name)
                raise InputError(detail=told)
            found[iri] = name
        return list(found)

    def _asker(self, reads: Reads, undated: bool) -> Any:
        """Return what answers a question on a day."""
        from stdgraph.services.ask import ask

        def answer(name: str, arguments: Mapping[str, str], as_of: str | None) -> Answer:
            more = undated and as_of is not None
            return ask(reads, name, arguments, lang=self.lang, as_of=as_of, undated=more, hints=False)

        return answer

    def _packs(self) -> list[str]:
        """Return the names of the data packs that are joined to the graph."""
        home = f"{GRAPH}pack/"
        return sorted({f.graph.removeprefix(home).split("/")[0] for f in self.files if f.graph.startswith(home)})

    @remote_faults_told
    def timeline(
        self, name: str, other: str | None = None, *, as_of: str | int | None = None, undated: bool = False
    ) -> Timeline:
        """Return the dated records of a thing in the order of their time, or those that tie two actors; undated ones last.

        >>> import stdgraph
        >>> stdgraph.open().timeline("BSI").dated()[0]["date"]
        '2004'
        """
        from stdgraph.model.results import Entity
        from stdgraph.services.timeline import between, timeline

        told: dict[str, Any] = {"as_of": None if as_of is None else str(as_of)}
        if other is None:
            return timeline(self.reads, self.thing(name), lang=self.lang, day=day_of(as_of), undated=undated, **told)
        from stdgraph.services.why import why

        pair = self._two(name, other)
        found = why(self.reads, *pair, lang=self.lang, as_of=day_of(as_of), undated=undated)
        known = self.reads.names.labels(pair, self.lang)
        return between(found, (Entity(pair[0], known[pair[0]]), Entity(pair[1], known[pair[1]])), **told)

    @remote_faults_told
    def compare(self, *names: str, as_of: str | int | None = None, undated: bool = False) -> Comparison:
        """Return things side by side: how long their lists are, what ties them, common partners and those of one alone.

        >>> import stdgraph
        >>> [one.label for one in stdgraph.open().compare("BSI", "DIN").of]
        ['British Standards Institution', 'German Institute for Standardization']
        """
        from stdgraph.services.compare import compare

        if len(names) < 2:
            raise InputError(detail=Phrase("Name two things or more to compare."))
        iris = self._different(names)
        day = None if as_of is None else str(as_of)
        pages = [self._profile([iri], (), as_of, undated) for iri in iris]
        answer = self._asker(self.reads, undated)
        return compare(
            self.reads,
            pages,
            lambda question, arguments: answer(question, arguments, day),
            lang=self.lang,
            as_of=day,
            day=day_of(as_of),
            undated=undated,
        )

    def _two(self, first: str, second: str) -> tuple[str, str]:
        """Return the IRIs of two different actors; raises ParameterError for the same one."""
        a, b = (self.iri(name, "Actor") for name in (first, second))
        if a == b:
            detail = Phrase("'{second}' is the same actor as '{first}'; name two", first=first, second=second)
            raise ParameterError(parameter="B", detail=detail)
        return a, b
