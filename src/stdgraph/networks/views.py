"""The views of `queries/views/`: what a network is made of, and what its nodes, edges, weights and dates mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.storage.files import content, read_text

MUTUAL, DIRECTED, TWO_MODE, PROJECTION = "mutual", "directed", "two-mode", "projection"
SAID = ("title", "node", "edge", "weight", "date", "pitfalls")
"""What the file says of a view, in both languages."""


@dataclass(frozen=True)
class View:
    """A view: its name, the query that brings its ties, its mode, and the words for it.

    Of a two-mode view `left` and `right` name the two modes; a projection joins those of its left that meet in its right.
    """

    name: str
    query: str
    mode: str
    said: Mapping[str, str]
    left: str = ""
    right: str = ""

    @property
    def directed(self) -> bool:
        """Tell whether an edge goes one way."""
        return self.mode == DIRECTED

    @property
    def two_mode(self) -> bool:
        """Tell whether its nodes are of two modes."""
        return self.mode == TWO_MODE

    def says(self, what: str, lang: str = "en") -> str:
        """Return what a title, node, edge, weight or date means, or the pitfalls, in a language.

        >>> view("membership").says("title")
        'Who is a member of which body, and as what'
        """
        return self.said[f"{what}_zh" if lang.startswith("zh") else what]


@cache
def views() -> Mapping[str, View]:
    """Return all views by name, in the order of their file.

    >>> list(views())[:2]
    ['cooperation', 'one-way']
    """
    told = tomllib.loads(read_text(content("queries", "views", "views.toml")))
    return {name: _view(name, about) for name, about in told.items()}


def _view(name: str, about: dict[str, str]) -> View:
    said = {f"{what}{end}": about.pop(f"{what}{end}") for what in SAID for end in ("", "_zh")}
    return View(name, said=said, **about)


def view(name: str) -> View:
    """Return a view by name.

    Raises:
        ParameterError: there is no such view.
    """
    known = views()
    if name not in known:
        detail = Phrase("'{view}' is no view; there are {views}", view=name, views=", ".join(known))
        raise ParameterError(parameter="view", detail=detail)
    return known[name]
