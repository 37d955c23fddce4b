"""How nodes look: as large as a measure, coloured by what they are, and what the legend says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from stdgraph.charts.files import palette
from stdgraph.errors import ParameterError
from stdgraph.graph.labels import kinds, labels
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model.vocabulary import BASE
from stdgraph.networks.measures.communities import communities
from stdgraph.networks.measures.definitions import MEASURES, fitting
from stdgraph.networks.network import Network
from stdgraph.networks.plots.marks import ROUND, SQUARE

COLOURS = ("kind", "country", "region", "level", "side", "community")
"""Attributes that colour nodes."""
SHOWN = 7
"""The values of the largest nodes have a colour of their own, those of the palette; the others share one."""
NO_SIZE = ("cut_point", "component")
LARGEST = ((40, 13.0), (120, 10.0), (400, 7.0), (1000, 5.0))
"""The radius of the largest node, in points, in networks of at most so many nodes."""
SMALLEST = 1.8
OTHERS, UNSAID = marked("others"), marked("not stated")
PLACES = {"country": "country", "region": "place"}
"""The first part of the ids of what a code means."""
WORDS = {
    "country": marked("country"),
    "body": marked("body"),
    "person": marked("person"),
    "group": marked("group of countries"),
    "member": marked("member"),
    "actor": marked("actor"),
    "event": marked("event"),
    "record": marked("record"),
    "standard": marked("standard"),
    "party": marked("party"),
    "agreement": marked("agreement"),
}
"""What people say for a level or a side."""


@dataclass(frozen=True)
class Looks:
    """How nodes look: `values` of the measure, radii, colours, shapes; and for the legend values with their colours."""

    values: Mapping[Any, float]
    radii: Mapping[Any, float]
    colours: Mapping[Any, str]
    shapes: Mapping[Any, str]
    swatches: Sequence[tuple[str, str]]

    @property
    def order(self) -> list[Any]:
        """The nodes, the greatest first."""
        return sorted(self.values, key=lambda node: (-self.values[node], node))


def looks(graph: Graph, found: Network, *, colour: str = "kind", size: str = "degree", lang: str = "en") -> Looks:
    """Return how the nodes of a network look.

    Args:
        graph: the graph that the network is of, for labels.
        found: a network.
        colour: one of COLOURS.
        size: a measure with numbers.
        lang: language of labels.

    Raises:
        ParameterError: there is no such attribute or measure, or it does not fit the network.
    """
    values = _values(found, size)
    largest, most = max(values.values(), default=0), _largest(len(found))
    if largest == min(values.values(), default=0):
        largest = 9 * largest
    radii = {n: round(SMALLEST + (most - SMALLEST) * sqrt(v / (largest or 1)), 2) for n, v in values.items()}
    of, names = _groups(graph, found, colour, lang)
    ranked = _ranked(of, values)
    hues = [pair[0] for pair in palette()["colours"].values()][:SHOWN]
    own = dict(zip([code for code in ranked if code], hues, strict=False))
    swatches = [(names[code], hue) for code, hue in own.items()]
    rest = [OTHERS] * any(code and code not in own for code in ranked) + [UNSAID] * ("" in ranked)
    grey = palette()["other"][0]
    swatches += [(" / ".join(str(translated(Phrase(name), lang)) for name in rest), grey)] if rest else []
    right = found.graph.get("right")
    shapes = {n: SQUARE if right and about.get("side") == right else ROUND for n, about in found.nodes(data=True)}
    return Looks(values, radii, {n: own.get(code, grey) for n, code in of.items()}, shapes, swatches)


def _ranked(of: Mapping[Any, str], values: Mapping[Any, float]) -> list[str]:
    """Return the codes that colour nodes, that of the largest nodes together first, "" last; alike in all languages."""
    sums = defaultdict[str, float](float)
    for node, code in of.items():
        sums[code] += 1 + values[node]
    return sorted(sums, key=lambda code: (code == "", -sums[code], code))


def _largest(nodes: int) -> float:
    return next((radius for most, radius in LARGEST if nodes <= most), 3.5)


def _values(found: Network, size: str) -> dict[Any, float]:
    fit = [n for n, measure in MEASURES.items() if fitting(found) in measure.fits and n not in NO_SIZE]
    if size not in fit:
        detail = Phrase("'{given}' is no measure of this network; there are {known}", given=size, known=", ".join(fit))
        raise ParameterError(parameter="size", detail=detail)
    values = MEASURES[size].of(found) if len(found) else {}
    return {node: float(value or 0) for node, value in values.items()}


def _groups(graph: Graph, found: Network, colour: str, lang: str) -> tuple[dict[Any, str], dict[str, str]]:
    """Return the code of what colours each node, "" where it is not known, and the label of each code."""
    if colour not in COLOURS:
        detail = Phrase("'{given}' is none of {known}", given=colour, known=", ".join(COLOURS))
        raise ParameterError(parameter="colour", detail=detail)
    if colour == "side" and "right" not in found.graph:
        raise ParameterError(parameter="colour", detail=Phrase("side is for views of two modes"))
    if colour == "community":
        name = in_words("heading", colour, lang)
        numbers = {node: str(number) for node, number in communities(found).of.items()}
        return numbers, {number: f"{name} {number}" for number in numbers.values()}
    codes = {node: str(about.get(colour, "")) for node, about in found.nodes(data=True)}
    names = _names(graph, colour, set(codes.values()) - {""}, lang)
    return {node: code if names.get(code) else "" for node, code in codes.items()}, names


def _names(graph: Graph, colour: str, codes: set[str], lang: str) -> dict[str, str]:
    if colour == "kind":
        return {code: term.label for code, term in kinds(graph, codes, lang).items()}
    if colour in PLACES:
        known = labels(graph, {f"{BASE}{PLACES[colour]}/{code}" for code in codes}, lang)
        return {code: known[f"{BASE}{PLACES[colour]}/{code}"] for code in codes}
    return {code: str(translated(Phrase(WORDS[code]), lang)) if code in WORDS else code for code in codes}
