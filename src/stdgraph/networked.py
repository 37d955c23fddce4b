"""Networks of an opened graph: views of it as networkx graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.opened import Opened, day_of, remote_faults_told

if TYPE_CHECKING:
    import networkx

    from stdgraph.networks.choice import Choice
    from stdgraph.networks.flows import Flows
    from stdgraph.networks.plots import Picture
    from stdgraph.networks.significance import Aligned, Backbone, Chance, Likeness, Regression


OWN_LICENCE = "CC-BY-4.0"
LICENCE = f"{OWN_LICENCE} (data of registers: the licences that `stdgraph pack list` tells)"
CITE = "stdgraph contributors: stdgraph, an open knowledge graph of standardization actors and relations"


class Networked(Opened):
    """An opened graph that gives networks; `api.Graph` adds what else one asks of it."""

    @remote_faults_told
    def network(
        self,
        view: str = "cooperation",
        *,
        level: str = "all",
        kinds: Sequence[str] = (),
        bilateral: bool = False,
        scope: str = "",
        weight: str = "newman",
        since: str = "",
        until: str = "",
        as_of: str | int | None = None,
        undated: bool = False,
        packs: Sequence[str] = (),
    ) -> networkx.Graph[str]:
        """Return a view of the graph as a networkx graph, a DiGraph where the view is directed.

        Nodes are short ids with `iri`, `label_en`, `label_zh`, `kind`, `level`, `country`, `region`, and `side` in a two-mode
        view. Edges have `weight`, `records` (list), `kinds` (list), `kind_weights`, `parties`, `first`, `last` (EDTF), `first_year`,
        `last_year`, `year_weights`, `attested`, `layers` (list), `sources` (list); what is not known is left out.

        Args:
            view: `cooperation`, `one-way`, `membership`, `co-membership`, `committees`, `people`, `standards`, `events` or `records`.
            level: `all`, as recorded; `body`, without countries; `country`, rolled up to countries.
            kinds: only ties of these kinds, by code or label.
            bilateral: only records of two actors.
            scope: `domestic` or `international`; both if empty.
            weight: `newman`, a record of k actors counts 1 / (k - 1); `records`, it counts 1.
            since: EDTF date; only ties of then or later.
            until: EDTF date; only ties of then or earlier.
            as_of: only what held on that day.
            undated: where a time is asked for, also ties without a date.
            packs: only ties of these registers.

        Raises:
            ParameterError: there is no such view, or an option does not go with it.

        >>> import stdgraph
        >>> stdgraph.open().network("cooperation", bilateral=True)["country/CN"]["country/GB"]["first"]
        '2015-11'
        """
        from stdgraph.networks.choice import Choice
        from stdgraph.networks.network import network

        choice = Choice(level, kinds, bilateral, scope, weight, since, until, day_of(as_of), undated, packs)
        return self._told(network(self.reads, view, choice))

    @remote_faults_told
    def networks(
        self,
        view: str = "cooperation",
        *,
        days: Sequence[str | int] = (),
        as_of: str | int | None = None,
        **asked: Any,
    ) -> dict[str, networkx.Graph[str]]:
        """Return a network for each year in which a record of a view stands, and last that of `undated` ones; or one for each day.

        Args:
            view: as of `network`.
            days: what held on each of these days instead, in their order; of a register, its newest snapshot up to the day,
                else its first one, of which what has a date counts.
            as_of: only what held on that day.
            asked: the other arguments of `network`.

        Raises:
            ParameterError: there is no such view, an option does not go with it, or a day is none.

        >>> import stdgraph
        >>> graph = stdgraph.open()
        >>> list(graph.networks("cooperation", bilateral=True))[-1]
        'undated'
        >>> [len(found) for found in graph.networks("cooperation", days=["2015", "2019"]).values()]
        [6, 13]
        """
        from stdgraph.networks.slices import slices

        if days:
            if as_of is not None:
                raise ParameterError(parameter="days", detail=Phrase("not together with --as-of"))
            named = {day_of(day, "days"): str(day) for day in days}
            return {name: self.at(name).network(view, as_of=name, **asked) for _, name in sorted(named.items())}
        found = slices(self.reads, view, self._choice(as_of=as_of, **asked))
        return {year: self._told(network) for year, network in found.items()}

    def flows(self, view: str = "cooperation", *, days: Sequence[str | int] = (), **asked: Any) -> Flows:
        """Return the communities of a view followed from day to day, or from year to year where no days are given.

        `stages` are the days with their networks and communities, a community under one number through all of them; `flows`
        tells who goes from which to which. `stdgraph.networks.flows` makes tables and pictures of them.

        Args:
            view: as of `network`.
            days: as of `networks`.
            asked: the other arguments of `network`.

        Raises:
            ParameterError: as of `networks`, or it is one day only.

        >>> import stdgraph
        >>> found = stdgraph.open().flows("cooperation", days=["2015", "2019"])
        >>> [(flow.community, flow.next_community, len(flow.members)) for flow in found.flows]
        [(1, 1, 2), (2, 2, 2), (3, 3, 2), (None, 3, 1), (None, 4, 4), (None, 5, 2)]
        """
        from stdgraph.networks.flows import followed

        return followed(self.networks(view, days=days, **asked), unit="day" if days else "year")

    def draw_network(
        self,
        found: networkx.Graph[str] | Mapping[str, networkx.Graph[str]],
        *,
        ego: str = "",
        depth: int = 1,
        colour: str = "kind",
        size: str = "degree",
        layout: str = "",
    ) -> Picture:
        """Return a picture of a network, or a small one for each of several: `picture.save("china.pdf")`.

        Args:
            found: what `network` or `networks` gives, or any part of it.
            ego: any name of one actor; only what is around it is drawn.
            depth: so many steps from it.
            colour: `kind`, `country`, `region`, `level`, `side` or `community`.
            size: a measure of nodes.
            layout: `stress`, `circle` or `columns`; by default what fits.

        Raises:
            ParameterError: the network is too large for a picture, or an option does not fit it.
            ExtraError: matplotlib is not installed (`pip install "stdgraph[plot]"`).

        >>> import stdgraph
        >>> graph = stdgraph.open()
        >>> graph.draw_network(graph.network(bilateral=True), ego="Germany").title
        'Who cooperates with whom: Germany'
        """
        from stdgraph.networks.plots import Asked, sheet, sheets

        iri = self.iri(ego) if ego else ""
        name = self.reads.names.labels([iri], self.lang).get(iri, "") if iri else ""
        asked = Asked(iri, name, depth, colour, size, layout, self.lang)
        return sheets(self.reads, found, asked) if isinstance(found, Mapping) else sheet(self.reads, found, asked)

    @remote_faults_told
    def backbone(
        self,
        view: str = "co-membership",
        *,
        model: str = "",
        alpha: float = 0.05,
        correction: str = "bonferroni",
        sign: bool = False,
        trials: int = 1000,
        seed: int = 1,
        **asked: Any,
    ) -> Backbone:
        """Return the ties of a view that are more than chance gives: `pairs`, all that were tested, and `network`, those kept.

        Each pair has `a`, `b`, `observed`, `expected`, `p`, `kept`; each edge of the networkx graph `weight`, `expected`, `p`.

        Args:
            view: a two-mode view (or `co-membership`), whose left mode is projected; a view of one mode for `disparity`.
            model: `sdsm`, exact, with degrees met on average; `fdsm`, by random networks with the same degrees;
                `disparity`, of the weights of one mode. If not given, the one of sdsm and disparity that fits.
            alpha: level.
            correction: `bonferroni`, `benjamini-hochberg` or `none`.
            sign: both tails: also pairs that are tied less than expected.
            trials: random networks of fdsm.
            seed: of fdsm.
            asked: the other arguments of `network`.

        Raises:
            ParameterError: the model does not go with the view, or a value is none.

        >>> import stdgraph
        >>> stdgraph.open().backbone("cooperation", alpha=0.01).criterion.model
        'disparity'
        """
        from stdgraph.networks.significance import Criterion, backbone
        from stdgraph.networks.significance.backbone import fitting

        view, model = fitting(view, model)
        criterion = Criterion(model, alpha, correction, sign, trials, seed)
        return backbone(self.network(view, **asked), criterion)

    @remote_faults_told
    def qap(
        self,
        *views: str | networkx.Graph[str] | Aligned,
        trials: int = 2000,
        seed: int = 1,
        actors: str = "every",
        binary: bool = False,
        **asked: Any,
    ) -> list[Likeness]:
        """Return how alike each two views are: correlation, Jaccard index, p-values by permutations of the actors (QAP).

        Args:
            views: VIEW, VIEW:PACK or VIEW:PACK:KIND, such as `co-membership:iso:p-member`, or networks of one's own; a
                two-mode view is projected on its left mode.
            trials: permutations.
            seed: of the permutations.
            actors: `every`, those that are in every view; `any`, those in any, without ties where they are not.
            binary: whether there is a tie, instead of its weight.
            asked: arguments of `network` that hold for all views; `level` is `country` if not given.

        Raises:
            ParameterError: there is no such view, or fewer than three actors are in all of them.
        """
        from stdgraph.networks.significance import qap

        return qap(self.aligned(*views, actors=actors, binary=binary, **asked), trials=trials, seed=seed)

    @remote_faults_told
    def mrqap(
        self,
        dependent: str | networkx.Graph[str] | Aligned,
        *independent: str | networkx.Graph[str] | Aligned,
        control: Sequence[str] = (),
        trials: int = 2000,
        seed: int = 1,
        actors: str = "every",
        binary: bool = False,
        **asked: Any,
    ) -> Regression:
        """Return the regression of a view on others, with p-values by double semi-partialling (MRQAP).

        Args:
            dependent: the view to explain, as in `qap`.
            independent: the views that explain it.
            control: `degree`, product of the numbers of ties of both ends in the dependent view; `size`, product of the numbers
                of bodies, records or events of both ends, for each independent view that is a projection.
            trials: permutations.
            seed: of the permutations.
            actors: `every` or `any`, as in `qap`.
            binary: whether there is a tie, instead of its weight.
            asked: arguments of `network` that hold for all views; `level` is `country` if not given.

        Raises:
            ParameterError: a view says nothing that the others do not, or too few actors are in all of them.
        """
        from stdgraph.networks.significance import mrqap

        found = self.aligned(dependent, *independent, actors=actors, binary=binary, **asked)
        return mrqap(found, control=tuple(control), trials=trials, seed=seed)

    @remote_faults_told
    def cug(
        self,
        view: str | networkx.Graph[str] = "cooperation",
        *,
        given: str = "edges",
        trials: int = 2000,
        seed: int = 1,
        **asked: Any,
    ) -> list[Chance]:
        """Return how transitivity, E-I index and assortativity of a view compare with random networks (CUG).

        Args:
            view: a view of one mode, or a network of one's own.
            given: what the random networks share: `edges`, `size` or `dyads`.
            trials: random networks.
            seed: of the random networks.
            asked: the other arguments of `network`.

        Raises:
            ParameterError: the view is of two modes, or there is no such condition.
        """
        from stdgraph.networks.significance import cug

        if not isinstance(view, str):
            _refuse(asked)
        found = self.network(view, **asked) if isinstance(view, str) else view
        return cug(found, given=given, trials=trials, seed=seed)

    @remote_faults_told
    def aligned(
        self, *views: str | networkx.Graph[str] | Aligned, actors: str = "every", binary: bool = False, **asked: Any
    ) -> Aligned:
        """Return views as matrices over the same actors, as `qap` and `mrqap` compare them; they take the result too."""
        from stdgraph.networks.significance import Aligned, Layer, aligned, layer

        if not any(isinstance(one, str) for one in views):
            _refuse(asked)
        if len(views) == 1 and isinstance(views[0], Aligned):
            _refuse(["actors"] * (actors != "every") + ["binary"] * binary)
            return views[0]
        choice = self._choice(**{"level": "country", **asked})
        layers = [
            layer(self.reads, one, choice) if isinstance(one, str) else Layer(_name(one, at), cast("Any", one))
            for at, one in enumerate(views, start=1)
        ]
        return aligned(layers, actors=actors, binary=binary)

    def _choice(self, *, as_of: str | int | None = None, **asked: Any) -> Choice:
        from stdgraph.networks.choice import Choice

        return Choice(as_of=day_of(as_of), **asked)

    def _told(self, found: networkx.Graph[str]) -> networkx.Graph[str]:
        """Return a network that tells what it was made of."""
        from importlib.metadata import version

        told = {"data": self.data or self.reads.url, "stdgraph": version("stdgraph"), "licence": LICENCE, "cite": CITE}
        found.graph |= told | ({"registers": self.registers} if self.registers else {})
        return found


def _refuse(asked: Iterable[str]) -> None:
    """Refuse what would change a view, where there is none."""
    for name in asked:
        raise ParameterError(parameter=name, detail=Phrase("goes with the name of a view; leave it out"))


def _name(network: Any, at: int) -> str:
    """Return by what a network of one's own goes: its name, else its number."""
    return str(network.graph.get("name") or f"network {at}")
