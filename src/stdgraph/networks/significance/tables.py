"""Results of tests as tables: a row a pair, a layer, a statistic, a definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Cell, Entity, Row, Table
from stdgraph.networks.network import labelled
from stdgraph.networks.significance.backbone import Backbone
from stdgraph.networks.significance.cug import STATISTICS, Chance
from stdgraph.networks.significance.mrqap import INFLATED, INTERCEPT, SIZE, Regression
from stdgraph.networks.significance.qap import Likeness

DIGITS = 9
BACKBONE: Mapping[str, tuple[str, str]] = {
    "sdsm": (
        marked(
            "stochastic degree sequence model: p is the exact chance that two of the left mode share so many of the right mode or more, if ties are independent and all degrees are met on average (bipartite configuration model)"
        ),
        "Neal 2014; Saracco et al. 2015, 2017; Neal, Domagalski and Sagan 2021",
    ),
    "fdsm": (
        marked(
            "fixed degree sequence model: p is the share of random networks with the same degrees in which two share so many or more, the observed one among them: (k + 1) / (n + 1)"
        ),
        "Strona et al. 2014; Carstens, Berger and Strona 2018",
    ),
    "disparity": (
        marked(
            "disparity filter: p is (1 - w / s)^(k - 1), the chance that a tie of a node has so great a part of its strength s if that falls on its k ties at random; the lesser of both ends"
        ),
        "Serrano, Boguñá and Vespignani 2009",
    ),
    "expected": (marked("mean over the networks of the model; of the disparity filter, an even share"), ""),
    "bonferroni": (
        marked("kept is what has p of at most alpha / tests: the chance of any wrong one is at most alpha"),
        "Dunn 1961",
    ),
    "benjamini-hochberg": (
        marked("of what is kept, the share of wrong ones is expected to be at most alpha"),
        "Benjamini and Hochberg 1995",
    ),
}
"""What the words of a backbone mean, and where they are from."""
COMPARE: Mapping[str, tuple[str, str]] = {
    "correlation": (
        marked("Pearson's, of the ties of all pairs of actors in two views (graph correlation)"),
        "Krackhardt 1987",
    ),
    "jaccard": (marked("pairs that are tied in both views, of those that are tied in one"), "Jaccard 1901"),
    "qap": (
        marked(
            "p is the share of the permutations of actors whose correlation is as great or greater (p_greater), as small or smaller (p_less), the observed one among them"
        ),
        "Hubert 1987; Krackhardt 1987",
    ),
    "mrqap": (
        marked(
            "least squares over all pairs of actors; what a view has beyond the others is permuted by actors, and p is the share of permutations with so great a t (double semi-partialling), two-sided"
        ),
        "Dekker, Krackhardt and Snijders 2007",
    ),
    "standardized": (marked("the coefficient in standard deviations of both"), ""),
    "degree": (marked("control: product of the numbers of ties of both ends in the dependent view"), ""),
    "size": (
        marked(
            "control: product of the numbers of bodies, records or events in which both ends stand, for each projection"
        ),
        "",
    ),
    "cug": (
        marked(
            "p is the share of random networks with as great or as small a value; given size, edges, or dyads (pairs tied both ways, one way, not at all), all such networks alike"
        ),
        "Anderson, Butts and Carley 1999",
    ),
    **{name: (meaning, "") for name, meaning in STATISTICS.items()},
}
"""What the words of a comparison mean, and where they are from."""


INFLATION = marked(
    "variance inflation over {most}: {terms}. What these terms say, the others nearly say too: read neither a coefficient of theirs nor its sign by itself"
)


def definitions(words: Mapping[str, tuple[str, str]], lang: str = "en") -> Table:
    """Return a row for each word: what it means, and where it is from."""
    rows = (
        {"term": name, "meaning": translated(Phrase(meaning), lang), "source": source or None}
        for name, (meaning, source) in words.items()
    )
    return _table(("term", "meaning", "source"), rows)


def backbone_table(found: Backbone, lang: str = "en") -> Table:
    """Return a row for each pair that was tested, the least p first."""
    named = {node: Entity(about["iri"], labelled(about, node, lang)) for node, about in found.nodes.items()}
    columns = ("a", "b", "observed", "expected", "p", "kept", *(["sign"] if found.criterion.sign else []))
    rows = ({name: getattr(pair, name) for name in columns[2:]} for pair in found.pairs)
    ends = ({"a": named[pair.a], "b": named[pair.b]} for pair in found.pairs)
    return _table(columns, ({**end, **row} for end, row in zip(ends, rows, strict=True)))


def qap_table(found: Sequence[Likeness]) -> Table:
    """Return a row for each two views."""
    columns = ("a", "b", "correlation", "jaccard", "p_greater", "p_less")
    return _table(columns, ({name: getattr(one, name) for name in columns} for one in found))


def mrqap_table(found: Regression, lang: str = "en") -> Table:
    """Return a row for each term of a regression."""
    columns = ("coefficient", "standardized", "t", "p")
    rows = (
        {"effect": _effect(term.name, lang), **{name: getattr(term, name) for name in columns}} for term in found.terms
    )
    return _table(("effect", *columns), rows)


def inflated(found: Regression, lang: str = "en") -> Phrase | None:
    """Return the warning that terms say too much the same, with their variance inflation; None where none does."""
    terms = [term for term in found.terms if (term.inflation or 0) > INFLATED]
    if not terms:
        return None
    told = ", ".join(f"{_effect(term.name, lang)} {term.inflation:.3g}" for term in terms)
    return Phrase(INFLATION, terms=told, most=INFLATED)


def _effect(name: str, lang: str) -> str:
    if name.startswith(SIZE):
        return str(translated(Phrase("size of {view}", view=name.removeprefix(SIZE)), lang))
    return str(translated(Phrase("(intercept)"), lang)) if name == INTERCEPT else name


def cug_table(found: Sequence[Chance]) -> Table:
    """Return a row for each statistic of a network."""
    columns = ("statistic", "observed", "mean", "p_greater", "p_less")
    return _table(columns, ({name: getattr(one, name) for name in columns} for one in found))


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Table:
    return Table(tuple(columns), tuple(Row({name: _plain(row[name]) for name in columns}) for row in rows))


def _plain(value: Any) -> Cell:
    """Return a cell; a fraction with the digits that are right."""
    if not isinstance(value, float):
        return cast(Cell, value)
    number = float(f"{value:.{DIGITS}g}")
    return number if abs(number) > 1e-300 else 0.0
