"""The files of `queries/charts/`: one Vega-Lite file a chart, one palette; and the shapes of the countries."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.storage.files import content, read_text

SUFFIX = ".vl.json"
GROUPS = 8
"""Kinds that a chart tells apart by colour at most, the rest as one among them."""
LABEL = 46
"""Halves of a Chinese character that a line of a label takes beside a picture."""
SHADES = ("paper", "ink", "faint", "grid", "land", "other")
"""What the palette has beside the colours of kinds and the ramp; a chart file calls them `$ink` and so on."""


@dataclass(frozen=True)
class Chart:
    """A chart as its file states it: Vega-Lite whose fields are columns, and roles that columns play.

    `needs` names the roles without which there is nothing to draw, `most` the rows or things that are drawn at most,
    `groups` the kinds that are told apart, `cells` the fields by which rows are added up, `label` the width of its labels.
    """

    name: str
    title: dict[str, str]
    needs: tuple[str, ...]
    most: int
    groups: int
    label: int
    cells: tuple[str, ...]
    spec: Mapping[str, Any]


def names() -> list[str]:
    """Return the names of all charts, sorted.

    >>> names()[:2]
    ['bars', 'grouped']
    """
    return sorted(path.name.removesuffix(SUFFIX) for path in content("queries", "charts").glob(f"*{SUFFIX}"))


def chart(name: str) -> Chart:
    """Return a chart by name; raises ParameterError, which names the nearest.

    >>> chart("timeline").needs
    ('start',)
    """
    if name not in names():
        raise _unknown(name)
    return _chart(name, _json(f"{name}{SUFFIX}"))


def computed(name: str) -> Chart:
    """Return a chart of `queries/charts/computed/`: its fields are places that are computed, no columns of an answer.

    >>> computed("alluvial").needs
    ('flow',)
    """
    return _chart(name, _json(f"computed/{name}{SUFFIX}"))


def _chart(name: str, spec: dict[str, Any]) -> Chart:
    said = spec["usermeta"]
    return Chart(
        name=name,
        title=dict(said["title"]),
        needs=tuple(said["needs"]),
        most=said.get("most", 1000),
        groups=said.get("groups", GROUPS),
        label=said.get("label", LABEL),
        cells=tuple(said.get("cells", ())),
        spec=spec,
    )


def _unknown(name: str) -> ParameterError:
    nearest = difflib.get_close_matches(name, names(), n=1, cutoff=0.3) or ["-"]
    told = marked("there is no chart '{name}'. Nearest: {nearest}. There are {names}")
    detail = Phrase(told, name=name, nearest=nearest[0], names=", ".join(names()))
    return ParameterError(parameter="chart", detail=detail)


@cache
def palette() -> Mapping[str, Any]:
    """Return the palette: each colour as a pair, for paper and for a dark screen."""
    return _json("palette.json")


def dark() -> dict[str, str]:
    """Return the colour on a dark screen for each colour on paper.

    >>> dark()["#ffffff"]
    '#15181c'
    """
    told = palette()
    pairs = [*(told[name] for name in SHADES), *told["colours"].values(), *told["ramp"]]
    return dict(pairs)


@cache
def shapes() -> Mapping[str, Any]:
    """Return the shapes of countries as TopoJSON: Natural Earth's, by their codes of ISO 3166-1."""
    found: Mapping[str, Any] = json.loads(read_text(content("data", "shapes", "countries-110m.json")))
    return found


@cache
def drawn_countries() -> frozenset[str]:
    """Return the codes of the countries that have a shape at this scale."""
    return frozenset(one["id"] for one in shapes()["objects"]["countries"]["geometries"] if "id" in one)


def _json(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_text(content("queries", "charts", *name.split("/"))))
    return found
