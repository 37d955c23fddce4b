"""What the reconciliation service finds out in a process: candidates, suggestions, previews, values of properties."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.api import Graph
from stdgraph.errors import UnknownNameError
from stdgraph.graph.codes import Code, class_named, classes
from stdgraph.graph.labels import kinds as kinds_of
from stdgraph.graph.labels import labels
from stdgraph.graph.reads import select
from stdgraph.graph.subjects import subject
from stdgraph.locale import Phrase, translated
from stdgraph.matching.candidates import Asked, Candidate
from stdgraph.model import escape
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import RDF, STDG, XSD, expand, local, short
from stdgraph.server.done import Done
from stdgraph.storage.names import Named
from stdgraph.storage.worker import Limits

LEAST = 0.3
USUAL, MOST = 5, 50
"""Candidates of a name, unless told otherwise, and at most."""
COUNTRY = "country"
OURS = {COUNTRY: "ofCountry"}
"""Words for properties that are called otherwise in the ontology."""
NAMES = ("name", "label", "acronym", "reference")
"""Properties that are names themselves: a query without one is asked by them."""
UNLIKE = 0.3
"""What a candidate loses of its score where all other properties that are given say something else."""
OTHER_TYPE = 0.8
"""What is left of the score of a candidate that should have one of some types, and has none."""
DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PAGE = 20


@dataclass(frozen=True)
class Query:
    """One query of a batch."""

    name: str
    types: tuple[str, ...]
    how: str
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def country(self) -> str:
        """The country that is given, "" where none is."""
        return next((values[0] for name, values in self.properties if name == COUNTRY and values), "")


def reconcile(graph: Graph, *, limits: Limits, queries: Mapping[str, Mapping[str, Any]]) -> Done:
    """Return the candidates of each query of a batch."""
    return _json({name: {"result": _candidates(graph, _query(query))} for name, query in queries.items()})


def _query(given: Mapping[str, Any]) -> Query:
    """Return a query as its JSON has it; its form has been checked."""
    types = given.get("type") or ()
    pairs = tuple((local(one["pid"]), tuple(map(_text, _several(one["v"])))) for one in given.get("properties") or ())
    own = [values[0] for name, values in pairs if name in NAMES and values]
    name = str(given.get("query") or "").strip() or (own[0] if own else "")
    limit = min(MOST, max(1, int(given.get("limit") or USUAL)))
    how = str(given.get("type_strict") or "any")
    return Query(name, (types,) if isinstance(types, str) else tuple(types), how, limit, pairs)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """Return a value by its text: of a thing its name, else its id."""
    if isinstance(value, dict):
        return str(value.get("name") or value["id"])
    return str(value).lower() if isinstance(value, bool) else str(value)


def _candidates(graph: Graph, query: Query) -> list[dict[str, Any]]:
    if not query.name:
        return []
    kinds = [class_named(graph.reads, local(kind), graph.lang) for kind in query.types]
    found = _found(graph, query, kinds)
    values = _values(
        graph, [c.thing.iri for c in found], [n for n, _ in query.properties if n not in (COUNTRY, *NAMES)]
    )
    words = kinds_of(graph.reads, [c.thing.kind for c in found], graph.lang)
    told = [_told(graph, c, query, kinds, values[c.thing.iri], words) for c in found]
    return sorted(told, key=lambda one: (-one["score"], one["id"]))[: query.limit]


def _found(graph: Graph, query: Query, kinds: Sequence[str]) -> list[Candidate]:
    """Return the candidates by their names: those of any of the types, or of all of them."""
    asked, best = [Asked(query.name, query.country)], dict[str, Candidate]()
    narrow: Sequence[str | None] = kinds if query.how != "should" and kinds else [None]
    for kind in narrow:
        ((_, found),) = graph.reconciled(asked, kind=kind, top=MOST, least=LEAST)
        for one in found:
            if one.thing.iri not in best or best[one.thing.iri].score < one.score:
                best[one.thing.iri] = one
    if query.how == "all":
        return [one for one in best.values() if set(kinds) <= _kinds(graph, one.thing.iri)]
    return list(best.values())


def _kinds(graph: Graph, iri: str) -> set[str]:
    """Return the local names of all classes of a thing."""
    return {local(row["o"].value) for row in select(graph.reads, "values-of-each", [iri], property=[RDF + "type"])}


def _told(
    graph: Graph,
    found: Candidate,
    query: Query,
    kinds: Sequence[str],
    values: Mapping[str, set[str]],
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a candidate with its score from 0 to 100, and what it is made of."""
    features: list[dict[str, Any]] = [{"id": "name", "value": round(found.score * 100, 1)}]
    others = [(name, wanted) for name, wanted in query.properties if name not in (COUNTRY, *NAMES)]
    fit = [any(key(value) in values[name] for value in wanted) for name, wanted in others]
    features += [{"id": name, "value": ok} for (name, _), ok in zip(others, fit, strict=True)]
    score = found.score * (1 - UNLIKE * fit.count(False) / len(fit)) if fit else found.score
    of_type = query.how != "should" or not kinds or bool(_kinds(graph, found.thing.iri) & set(kinds))
    score *= 1 if of_type else OTHER_TYPE
    thing = found.thing
    return {
        "id": short(thing.iri),
        "name": thing.label(graph.lang),
        "description": _about(thing, words),
        "type": _types(thing, words),
        "score": round(score * 100, 1),
        "match": found.sure and all(fit) and of_type,
        "features": features,
    }


def _types(thing: Named, words: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"id": thing.kind, "name": words[thing.kind].label}] if thing.kind else []


def _about(thing: Named, words: Mapping[str, Any]) -> str:
    """Return what tells a thing from its namesakes: kind and country."""
    kind = words[thing.kind].label if thing.kind else ""
    return ", ".join(filter(None, (kind, thing.country))) or short(thing.iri)


def _values(graph: Graph, iris: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """Return the values of properties of things, as the keys of their texts: of things their names and ids."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    if not iris or not names:
        return found
    rows = list(select(graph.reads, "values-of-each", iris, property=[_property(name) for name in names]))
    named = graph.reads.names.texts(row["o"].value for row in rows if isinstance(row["o"], ox.NamedNode))
    for row in rows:
        value = row["o"]
        texts = [value.value]
        if isinstance(value, ox.NamedNode):
            _, _, own = named.get(value.value, ("", "", ()))
            texts = [*own, short(value.value), local(value.value)]
        found[row["x"].value][local(row["property"].value)] |= {key(text) for text in texts}
    return found


def _property(name: str) -> str:
    """Return the IRI of a property: by its local name, one of ours."""
    return expand(name) if ":" in name else STDG + OURS.get(name, name)


def suggest(graph: Graph, *, limits: Limits, what: str, prefix: str, cursor: int = 0, kind: str = "") -> Done:
    """Return things, classes or properties that begin with what was typed."""
    found = SUGGESTED[what](graph, prefix, cursor + PAGE, kind)
    return _json({"result": found[cursor : cursor + PAGE]})


def _entities(graph: Graph, prefix: str, most: int, kind: str) -> list[dict[str, Any]]:
    names, lang = graph.reads.names, graph.lang
    kinds = (class_named(graph.reads, local(kind), lang),) if kind else ()
    found = [*names.complete(prefix, kinds, most), *names.find(prefix, kinds, most)]
    own = [n for n in {n.iri: n for n in found}.values() if n.kind]
    words = kinds_of(graph.reads, [n.kind for n in own], lang)
    return [
        {"id": short(n.iri), "name": n.label(lang), "description": _about(n, words), "notable": _types(n, words)}
        for n in own
    ]


def _of_terms(known: Iterable[Code], prefix: str, lang: str) -> list[dict[str, Any]]:
    """Return terms of which a name holds what was typed, those first whose name begins with it."""
    wanted = key(prefix)
    ranked = [(min(_place(wanted, text) for text in (c.name, *c.texts)), c) for c in known]
    fit = sorted(((place, c.label(lang), c) for place, c in ranked if place < ABSENT), key=lambda one: one[:2])
    return [{"id": c.name, "name": c.label(lang), "description": c.iri} for _, _, c in fit]


ABSENT = 2


def _place(wanted: str, text: str) -> int:
    at = key(text).find(wanted)
    return ABSENT if at < 0 else min(at, 1)


def _classes(graph: Graph, prefix: str, most: int, kind: str) -> list[dict[str, Any]]:
    return _of_terms(classes(graph.reads), prefix, graph.lang)


def _properties(graph: Graph, prefix: str, most: int, kind: str) -> list[dict[str, Any]]:
    """Return properties; before them that by which countries are told apart, which no term of the ontology is."""
    told = translated(Phrase("country"), graph.lang)
    own = {"id": COUNTRY, "name": told, "description": STDG + OURS[COUNTRY]}
    fits = any(_place(key(prefix), name) < ABSENT for name in (COUNTRY, told))
    return [*([own] if fits else ()), *_of_terms(_known(graph), prefix, graph.lang)]


def _known(graph: Graph) -> list[Code]:
    """Return the properties that the data use, as codes."""
    return [
        Code(one.iri, STDG, one.label.get("en", ""), one.label.get("zh", ""), tuple(one.label.values()))
        for one in graph.schema()
        if one.kind == "property" and one.iri.startswith(STDG)
    ]


SUGGESTED: dict[str, Callable[[Graph, str, int, str], list[dict[str, Any]]]] = {
    "entity": _entities,
    "type": _classes,
    "property": _properties,
}


def propose(graph: Graph, *, limits: Limits, kind: str, limit: int = 0) -> Done:
    """Return the properties that things of a class have, those of most of them first."""
    schema = graph.schema(class_named(graph.reads, local(kind), graph.lang)) if kind else graph.schema()
    used: dict[str, int] = defaultdict(int)
    for use in schema.uses:
        used[use.property] += use.statements
    known = {one.iri: one for one in _known(graph)}
    ranked = sorted((iri for iri in used if iri in known), key=lambda iri: (-used[iri], iri))
    told = [{"id": known[iri].name, "name": known[iri].label(graph.lang)} for iri in ranked]
    answer: dict[str, Any] = {"properties": told[:limit] if limit else told}
    return _json(({"type": kind} if kind else {}) | answer | ({"limit": limit} if limit else {}))


def extend(graph: Graph, *, limits: Limits, ids: Sequence[str], properties: Sequence[Mapping[str, Any]]) -> Done:
    """Return the values of properties of things."""
    lang, names = graph.lang, [str(one["id"]) for one in properties]
    iris = {name: expand(name) for name in ids}
    wanted = {name: _property(local(name) if "#" in name else name) for name in names}
    rows = list(select(graph.reads, "values-of-each", iris.values(), property=wanted.values())) if ids and names else []
    known = labels(
        graph.reads, {r["o"].value for r in rows if isinstance(r["o"], ox.NamedNode)} | {*wanted.values()}, lang
    )
    of: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        of[row["x"].value, row["property"].value].append(_cell(row["o"], known))
    most = {str(one["id"]): _most(one) for one in properties}
    told = {name: {prop: of[iri, wanted[prop]][: most[prop]] for prop in names} for name, iri in iris.items()}
    return _json({"meta": [{"id": name, "name": known[wanted[name]]} for name in names], "rows": told})


def _most(wanted: Mapping[str, Any]) -> int | None:
    given = (wanted.get("settings") or {}).get("limit")
    return int(given) if given and str(given).isdigit() else None


def _cell(value: Any, known: Mapping[str, str]) -> dict[str, Any]:
    """Return a value as a cell of a table: a thing, a number, a day, a text."""
    if isinstance(value, ox.NamedNode):
        return {"id": short(value.value), "name": known[value.value]}
    if not isinstance(value, ox.Literal):
        return {}
    kind = value.datatype.value.removeprefix(XSD)
    if kind == "integer":
        return {"int": int(value.value)}
    if kind in ("decimal", "double", "float"):
        return {"float": float(value.value)}
    if kind == "date" and DATE_AND_TIME.fullmatch(value.value):
        return {"date": f"{value.value}T00:00:00"}
    return {"str": value.value}


def preview(graph: Graph, *, limits: Limits, name: str, brief: bool = False) -> Done:
    """Return a small page on a thing; `brief` as JSON, for a box beside a list."""
    iri = expand(name)
    if graph.reads.names.get(iri) is None:
        raise UnknownNameError(name=name, nearest=[])
    of = subject(graph.reads, iri, graph.lang)
    names = [text for text in dict.fromkeys([*of.names.values(), *of.others]) if text != of.entity.label][:5]
    lines = [of.kind, *([of.country.label] if of.country else []), *(f"{kind}: {text}" for kind, text in of.ids[:4])]
    told = [f"<h1>{escape.html(of.entity.label)}</h1>", f"<p>{escape.html(' · '.join(lines))}</p>"]
    told += [f"<p>{escape.html(' · '.join(names))}</p>"] if names else []
    told.append(f"<p><code>{escape.html(short(iri))}</code></p>")
    if brief:
        return _json({"id": name, "html": "".join(told)})
    head = (
        f'<!doctype html><html lang="{graph.lang}"><meta charset="utf-8"><title>{escape.html(of.entity.label)}</title>'
    )
    return Done(f"{head}<body>{''.join(told)}</body></html>\n".encode("utf-8", "replace"), "text/html")


def _json(value: Any) -> Done:
    return Done(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n", "application/json")


DEEDS: dict[str, Callable[..., Any]] = {deed.__name__: deed for deed in (reconcile, suggest, propose, extend, preview)}
