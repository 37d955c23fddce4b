"""Measures as tables: a row a node, a community, a measure of the whole, a definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.graph.labels import kinds
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, translated
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.networks.measures import centrality, sampled
from stdgraph.networks.measures.centrality import Values
from stdgraph.networks.measures.communities import communities
from stdgraph.networks.measures.definitions import COMMUNITY, ESTIMATED, MEASURES, fitting
from stdgraph.networks.measures.whole import WHOLE, whole
from stdgraph.networks.network import Network, labelled

DIGITS = 9
"""So many digits of a fraction are right: the rest depends on the order of additions."""
LARGE = 20_000
"""In a larger network what looks at all pairs of nodes is left out, and betweenness estimated."""
PAIRS = ("betweenness_two_mode", "closeness", "closeness_two_mode", "harmonic")
BETWEENNESS, ERROR = "betweenness", "betweenness_error"


WEIGHTED: Mapping[str, Callable[[Network], Values]] = {
    "betweenness": centrality.weighted_betweenness,
    "closeness": lambda found: centrality.closeness(found, weighted=True)[0],
    "harmonic": lambda found: centrality.closeness(found, weighted=True)[1],
}
"""What counts steps may count lengths instead: 1 / weight."""


def metrics(
    graph: Graph, found: Network, *, measures: Sequence[str] = (), weighted: bool = False, lang: str = "en"
) -> Table:
    """Return a row for each node of a network, with its measures, the greatest strength first.

    Counts are integers; all else is rounded to nine significant digits. Which measures there are depends on the network:
    directed and two-mode networks have their own. Of a network of more than LARGE nodes betweenness is estimated, with its
    standard error beside it, and the other measures of all pairs are left out.

    Args:
        graph: the graph that the network is of, for the names of kinds.
        found: a network.
        measures: only these, by name; all that fit if not given.
        weighted: paths are as long as the sum of 1 / weight, in betweenness, closeness and harmonic closeness.
        lang: language of labels.

    Raises:
        ParameterError: there is no such measure, or it does not fit the network.
    """
    names = _chosen(found, measures, weighted)
    if weighted and found.graph.get("mode") == "two-mode":
        detail = Phrase("is for networks of one mode; leave it out")
        raise ParameterError(parameter="weighted-paths", detail=detail)
    columns = ("node", "kind", "country", *(["side"] if found.graph.get("mode") == "two-mode" else []), *names)
    if not len(found):
        return Table(columns, ())
    values = _values(found, names, weighted)
    classes = kinds(graph, {about["kind"] for _, about in found.nodes(data=True) if "kind" in about}, lang)
    weight = dict(found.degree(weight="weight"))
    rows = []
    for node in sorted(found, key=lambda n: (-weight[n], n)):
        about = found.nodes[node]
        cells: dict[str, Cell] = {
            "node": Entity(about["iri"], labelled(about, node, lang)),
            "kind": classes.get(about.get("kind", "")),
            "country": about.get("country"),
            "side": about.get("side"),
        }
        measured = {name: plain(of[node]) for name, of in values.items()}
        rows.append(Row({name: (cells | measured)[name] for name in columns}))
    return Table(columns, tuple(rows))


def _values(found: Network, names: Sequence[str], weighted: bool) -> dict[str, Values]:
    """Return the values of each measure by its name."""
    values: dict[str, Values] = {}
    if {BETWEENNESS, ERROR} & set(names) and len(found) > LARGE:
        values[BETWEENNESS], values[ERROR] = sampled.betweenness(found)
    lengths = WEIGHTED if weighted else {}
    if "community" in names:
        values["community"] = dict(communities(found).of)
    for name in names:
        if name not in values:
            values[name] = (lengths.get(name) or MEASURES[name].of)(found)
    return {name: values[name] for name in names}


def _chosen(found: Network, wanted: Sequence[str], weighted: bool) -> list[str]:
    left_out = {*PAIRS, *([BETWEENNESS] if weighted else [])} if len(found) > LARGE else set()
    fit = [name for name, measure in MEASURES.items() if fitting(found) in measure.fits and name not in left_out]
    if BETWEENNESS in fit and len(found) > LARGE:
        fit.insert(fit.index(BETWEENNESS) + 1, ERROR)
    fit.append("community")
    for name in wanted:
        if name not in fit:
            detail = Phrase(
                "'{given}' is no measure of this network; there are {known}", given=name, known=", ".join(fit)
            )
            raise ParameterError(parameter="measure", detail=detail)
    return [name for name in fit if not wanted or name in wanted]


def plain(value: Any) -> Any:
    """Return a number of Python's, a fraction with the digits that are right."""
    if value is None or isinstance(value, bool | int):
        return value
    number = float(f"{float(value):.{DIGITS}g}")
    return number if abs(number) > 1e-12 else 0.0


def communities_table(graph: Graph, found: Network, *, lang: str = "en") -> tuple[Table, dict[str, Any]]:
    """Return a row for each community, with its size, countries and members, and how good and stable the division is."""
    groups = communities(found, stability=True)
    members: dict[int, list[str]] = {}
    weight = dict(found.degree(weight="weight"))
    for node in sorted(found, key=lambda n: (-weight[n], n)):
        members.setdefault(groups.of[node], []).append(node)
    rows = [_community(found, number, nodes, lang) for number, nodes in sorted(members.items())]
    said = {"communities": groups.number, "modularity": plain(groups.modularity)}
    said |= {"over_seeds": plain(groups.over_seeds), "over_orders": plain(groups.over_orders)}
    return Table(("community", "size", "countries", "members"), tuple(rows)), said


def _community(found: Network, number: int, nodes: Sequence[str], lang: str) -> Row:
    homes = sorted({about["country"] for n in nodes if "country" in (about := found.nodes[n])})
    entities = tuple(Entity(found.nodes[n]["iri"], labelled(found.nodes[n], n, lang)) for n in nodes)
    return Row({"community": number, "size": len(nodes), "countries": tuple(homes), "members": entities})


def whole_table(found: Network, *, lang: str = "en") -> Table:
    """Return a row for each measure of a network as a whole: its name, value and meaning."""
    values = whole(found, communities(found, stability=True) if len(found) else None)
    rows = [
        Row({"metric": name, "value": plain(value), "meaning": translated(Phrase(WHOLE[name]), lang)})
        for name, value in values.items()
        if value is not None
    ]
    return Table(("metric", "value", "meaning"), tuple(rows))


def definitions_table(lang: str = "en") -> Table:
    """Return a row for each measure of nodes: name, what it means, the networks it fits, where it is from."""
    rows = [
        Row(
            {
                "metric": name,
                "meaning": translated(Phrase(measure.means), lang),
                "networks": ", ".join(sorted(measure.fits)),
                "source": measure.source or None,
            }
        )
        for name, measure in MEASURES.items()
    ]
    about = {
        "metric": ERROR,
        "meaning": translated(Phrase(ESTIMATED), lang),
        "networks": ", ".join(sorted(MEASURES[BETWEENNESS].fits)),
    }
    between = next(at for at, row in enumerate(rows) if row.cells["metric"] == BETWEENNESS)
    rows.insert(between + 1, Row(about | {"source": "Brandes and Pich 2007"}))
    last = {"metric": "community", "meaning": translated(Phrase(COMMUNITY), lang)}
    rows.append(Row(last | {"networks": ", ".join(sorted(MEASURES["degree"].fits)), "source": "Traag et al. 2019"}))
    return Table(("metric", "meaning", "networks", "source"), tuple(rows))
