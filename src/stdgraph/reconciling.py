"""Names to ids, and duplicates inside a graph; the service that does it passes through here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.results import Table
from stdgraph.model.vocabulary import DERIVED
from stdgraph.opened import Opened, remote_faults_told

if TYPE_CHECKING:
    from stdgraph.matching.candidates import Asked, Candidate
    from stdgraph.matching.weighing import Match
    from stdgraph.storage.judgements import Judgement
    from stdgraph.storage.store import Store


class Reconciling(Opened):
    """An opened graph that tells which of its things a name means."""

    def reconcile(
        self,
        names: Iterable[str | tuple[str, str]],
        *,
        kind: str | None = None,
        top: int = 1,
        least: float = 0.5,
    ) -> Table:
        """Return for each name the things that it may mean, with score and reasons; see `services.reconcile`.

        Args:
            names: names, or pairs of a name and its country.
            kind: only things of this class, by its local name or label.
            top: at most so many candidates of each name.
            least: the lowest score that is told, from 0 to 1.

        >>> import stdgraph
        >>> stdgraph.open().reconcile(["British Standard Institution", "國家標準化管理委員會"])[0]["id"]
        'org/gb-bsi'
        """
        from stdgraph.matching.candidates import Asked
        from stdgraph.services.reconcile import names_table

        asked = [Asked(*((one,) if isinstance(one, str) else one)) for one in names]
        found = self.reconciled(asked, kind=kind, top=top, least=least)
        return names_table(self.reads, found, lang=self.lang)

    @remote_faults_told
    def reconciled(
        self, asked: list[Asked], *, kind: str | None = None, top: int = 1, least: float = 0.5
    ) -> list[tuple[Asked, list[Candidate]]]:
        """Return each name with its candidates, best first."""
        from stdgraph.services.reconcile import reconcile

        return reconcile(self.reads, asked, kind=kind, top=top, least=least, lang=self.lang)

    def duplicates(self, *, kind: str | None = None, least: float = 0.8) -> list[Match]:
        """Return the pairs of things in the graph that are probably one, and that nobody judged, the likeliest first.

        Raises:
            ParameterError: the graph is a remote one, or there is no such class.
        """
        from stdgraph.graph.codes import class_named
        from stdgraph.services.reconcile import duplicates
        from stdgraph.storage.judgements import judgements

        if self.reads.url:
            raise ParameterError(parameter="endpoint", detail=Phrase("give names; duplicates are looked for in files"))
        kinds = (class_named(self.reads, kind, self.lang),) if kind else ()
        store = cast("Store", self.reads)
        quads = store.steady(lambda: [q for q in store.store if q.graph_name.value not in DERIVED])
        return duplicates(quads, judgements(), kinds, least=least)

    def judge(
        self,
        one: str,
        other: str,
        *,
        same: bool,
        author: str = "",
        day: str = "",
        comment: str = "",
    ) -> tuple[Judgement, Path]:
        """Write down that two ids mean one thing, or two; of the same the id of `other` is kept."""
        from stdgraph.services.reconcile import judge

        two = self._id(one), self._id(other)
        return judge(self.reads, *two, same=same, author=author, day=day, comment=comment)

    def _id(self, name: str) -> str:
        """Return the IRI of a thing by any of its names, or of an id that may be that of a new file."""
        from stdgraph.model.vocabulary import expand

        return expand(name) if "/" in name and " " not in name and "://" not in name else self.iri(name)
