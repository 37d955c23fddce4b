"""Ids by the rules (design, section 3): what a row makes is called so, whoever fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.identifiers import committee_iri, slug
from stdgraph.model.minting import body_iri, dated_iri, named_iri, record_iri, slug_of
from stdgraph.model.vocabulary import local
from stdgraph.services.intake.faults import CellError
from stdgraph.services.intake.values import kinds_above

FEW = 3
"""So many actors stand in the id of an agreement; of more, none does."""
Cells = Mapping[str, Sequence[Any]]
"""Column to the terms that its cell states."""


def minted(graph: Graph, kind: str, cells: Cells, cls: str, made: Mapping[str, str]) -> str:
    """Return the IRI of what a row makes.

    Args:
        graph: an opened store.
        kind: the rule, as the form has it.
        cells: the terms of the row by column.
        cls: local name of the first class of the thing.
        made: the countries of the bodies that other rows make.

    Raises:
        CellError: the row does not say enough; the message tells which column would.
    """
    if given := _first(cells, "id"):
        return given
    try:
        if kind == "agreement":
            return _agreement(graph, cells, made)
        return RULES[kind](graph, cells, cls)
    except ValueError as error:
        raise CellError(error.args[0]) from None


def _body(graph: Graph, cells: Cells, cls: str) -> str:
    above = kinds_above(graph, cls)
    word = _first(cells, "short name") or _first(cells, "acronym")
    if "CooperationMechanism" in above:
        return named_iri("mechanism", _needed(word))
    if "TechnicalBody" in above:
        return _committee(graph, cells, word)
    if "OrganizationalUnit" in above and (parent := _first(cells, "part of")):
        return body_iri(_needed(word), parent=parent)
    return body_iri(_needed(word), country=_country(graph, cells))


def _committee(graph: Graph, cells: Cells, word: str) -> str:
    if reference := _first(cells, "reference"):
        return committee_iri(reference)
    return (
        named_iri("committee", _country(graph, cells), _needed(word))
        if _country(graph, cells)
        else named_iri("committee", _needed(word))
    )


def _country(graph: Graph, cells: Cells) -> str:
    country = _first(cells, "country")
    return slug_of(country) if country else ""


def _needed(word: str) -> str:
    if not word:
        raise CellError(Phrase("give 'short name': the acronym, or the name in pinyin or Latin letters, for the id"))
    return word


def _person(graph: Graph, cells: Cells, cls: str) -> str:
    name = _first(cells, "pinyin") or _first(cells, "name latin")
    suffix = _first(cells, "suffix")
    return named_iri("person", name, suffix) if suffix else named_iri("person", name)


def _agreement(graph: Graph, cells: Cells, made: Mapping[str, str]) -> str:
    parties = [term.value for term in cells.get("parties", ())]
    known = {row["x"].value: row["country"].value for row in select(graph, "country-of", parties)}
    countries = {**made, **known}
    among = sorted({slug_of(countries.get(iri, iri)) for iri in parties})
    date = _first(cells, "date")
    return dated_iri("agreement", date, _first(cells, "words"), among if len(among) <= FEW else ())


def _event(graph: Graph, cells: Cells, cls: str) -> str:
    return dated_iri("event", _first(cells, "date"), _first(cells, "words"))


def _membership(graph: Graph, cells: Cells, cls: str) -> str:
    return _record("membership", cells, "member", "body")


def _participation(graph: Graph, cells: Cells, cls: str) -> str:
    return _record("participation", cells, "event", "participant")


def _office(graph: Graph, cells: Cells, cls: str) -> str:
    body, role = slug_of(_first(cells, "body")), local(_first(cells, "role")).removeprefix("role-")
    side = _first(cells, "on behalf of")
    who = slug_of(_first(cells, "person")) or (f"{slug_of(side)}-unnamed" if side else "")
    if not who:
        raise CellError(Phrase("name the person or the side (on behalf of)"))
    return record_iri("office", who, body, role, _term(cells))


def _record(kind: str, cells: Cells, *columns: str) -> str:
    return record_iri(kind, *(slug_of(_first(cells, name)) for name in columns), _term(cells))


def _term(cells: Cells) -> str:
    return slug(_first(cells, "term"))


def _first(cells: Cells, column: str) -> str:
    """Return the first value of a column, "" where its cell is empty."""
    return str(next((term.value for term in cells.get(column, ())), ""))


RULES: dict[str, Callable[[Graph, Cells, str], str]] = {
    "body": _body,
    "event": _event,
    "membership": _membership,
    "office": _office,
    "participation": _participation,
    "person": _person,
}
