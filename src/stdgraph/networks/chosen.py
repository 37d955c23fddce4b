"""Which ties of a view are chosen, by kind, parties, register, time and country; and what was left out, by the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.graph.codes import LONGEST
from stdgraph.graph.labels import kinds_of
from stdgraph.graph.reads import Graph, select
from stdgraph.graph.ties import BILATERAL
from stdgraph.graph.time import UNDATED, certainty
from stdgraph.locale import Phrase, marked
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import STDG, STDGC
from stdgraph.networks.choice import Choice
from stdgraph.networks.ties import ORDER, Tie
from stdgraph.networks.views import View

COUNTRY = STDG + "Country"
COUNTS_PARTIES = ("cooperation", "records")
"""The views whose records are known to tie so many actors."""
NO_DATE = marked("without a date")
NO_COUNTRY = marked("of no country")
WITHIN = marked("within one country")


def chosen(graph: Graph, view: View, found: Sequence[Tie], choice: Choice) -> tuple[list[Tie], Counter[str]]:
    """Return the ties that are chosen, at the level asked for, and how many were left out by each reason.

    Raises:
        ParameterError: a kind is none of the view's, or an option does not go with the view.
    """
    _fits(view, choice)
    left_out: Counter[str] = Counter()
    kept = _of_kinds(graph, found, choice.kinds)
    if choice.bilateral:
        kept = [tie for tie in kept if tie.parties == BILATERAL]
    if choice.packs:
        kept = [tie for tie in kept if set(tie.layers) & set(choice.packs)]
    kept = _between(kept, choice, left_out)
    kept = _on_day(graph, kept, choice, left_out)
    return _at_level(graph, view, kept, choice, left_out), left_out


def _fits(view: View, choice: Choice) -> None:
    if choice.bilateral and view.name not in COUNTS_PARTIES:
        detail = Phrase("goes with the views {views} alone; leave it out", views=", ".join(COUNTS_PARTIES))
        raise ParameterError(parameter="bilateral", detail=detail)
    if choice.scope and view.two_mode:
        detail = Phrase("needs two actors at the ends of a tie; the view {view} has one", view=view.name)
        raise ParameterError(parameter=choice.scope, detail=detail)


def _of_kinds(graph: Graph, found: Sequence[Tie], wanted: Sequence[str]) -> list[Tie]:
    """Return the ties of some kinds, which are given by local name or label, in either language."""
    if not wanted:
        return list(found)
    named = _named(graph, sorted({tie.kind for tie in found}))
    kinds: set[str] = set()
    for text in wanted:
        meant = {kind for kind, names in named.items() if key(text[:LONGEST]) in names}
        if not meant:
            detail = Phrase(
                "'{given}' is no kind of tie of this view; there are {known}", given=text, known=", ".join(named) or "-"
            )
            raise ParameterError(parameter="kind", detail=detail)
        kinds |= meant
    return [tie for tie in found if tie.kind in kinds]


def _named(graph: Graph, kinds: Iterable[str]) -> dict[str, set[str]]:
    """Return the names of each kind as they are compared: local name, without its list, labels in both languages."""
    iris = {kind: STDGC + kind if kind.startswith("role-") else STDG + kind for kind in kinds}
    texts = graph.names.texts(iris.values())
    return {
        kind: {key(text) for text in (kind, kind.removeprefix("role-"), *texts.get(iri, ("", "", ()))[2])} - {""}
        for kind, iri in iris.items()
    }


def _between(found: list[Tie], choice: Choice, left_out: Counter[str]) -> list[Tie]:
    """Return the ties whose time overlaps the days asked for."""
    if not (span := choice.span):
        return found
    first, last = span
    kept = []
    for tie in found:
        if tie.span is None:
            left_out[NO_DATE] += not choice.undated
        if (choice.undated and tie.span is None) or (tie.span and tie.span[0] <= last and tie.span[1] >= first):
            kept.append(tie)
    return kept


def _on_day(graph: Graph, found: list[Tie], choice: Choice, left_out: Counter[str]) -> list[Tie]:
    """Return the ties whose records held on a day, certainly or possibly."""
    if choice.as_of is None:
        return found
    held = certainty(graph, {tie.record for tie in found}, choice.as_of)
    left_out[NO_DATE] += 0 if choice.undated else sum(held.get(tie.record) == UNDATED for tie in found)
    wanted = {"certain", "possible", UNDATED} if choice.undated else {"certain", "possible"}
    return [tie for tie in found if held.get(tie.record) in wanted]


def countries(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """Return the IRI of the country of each thing that has or is one."""
    return {row["x"].value: row["country"].value for row in select(graph, "country-of", set(iris))}


def _at_level(graph: Graph, view: View, found: list[Tie], choice: Choice, left_out: Counter[str]) -> list[Tie]:
    if choice.level == "all" and not choice.scope:
        return found
    ends = {iri for tie in found for iri in (tie.a, tie.b)}
    home = countries(graph, ends)
    kept = [tie for tie in found if _scoped(tie, home, choice.scope)]
    if choice.level == "body":
        kinds = kinds_of(graph, ends)
        return [
            tie for tie in kept if COUNTRY not in (kinds.get(tie.a), kinds.get(tie.b) if not view.two_mode else None)
        ]
    return _rolled(view, kept, home, left_out) if choice.level == "country" else kept


def _scoped(tie: Tie, home: Mapping[str, str], scope: str) -> bool:
    domestic = tie.a in home and home[tie.a] == home.get(tie.b)
    return not scope or domestic == (scope == "domestic")


def _rolled(view: View, found: list[Tie], home: Mapping[str, str], left_out: Counter[str]) -> list[Tie]:
    """Return the ties with countries in place of their bodies: at both ends, of a two-mode view at its left."""
    rolled: dict[tuple[Any, ...], Tie] = {}
    for tie in found:
        a, b = home.get(tie.a), tie.b if view.two_mode or view.mode == "projection" else home.get(tie.b)
        if a is None or b is None:
            left_out[NO_COUNTRY] += 1
        elif a == b:
            left_out[WITHIN] += 1
        else:
            a, b = (a, b) if view.directed or view.two_mode or view.mode == "projection" else sorted((a, b))
            one = tie._replace(a=a, b=b)
            rolled[ORDER(one)] = one
    return sorted(rolled.values(), key=ORDER)
