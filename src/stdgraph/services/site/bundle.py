"""The data that the explorer is given: the compiled graph, indexes of names and answers, questions, profiles, queries, words, networks.

Its twin in the browser is `web/src/bundle/bundle.ts`.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.profiles import Plan, plan, plan_names
from stdgraph.graph.questions import Question, questions
from stdgraph.graph.reads import Graph, select
from stdgraph.locale.catalogue import catalogue
from stdgraph.model import spelling
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import converter
from stdgraph.model.vocabulary import BASE, PREFIXES, STDG, local, short
from stdgraph.services.site.examples import examples
from stdgraph.services.site.lighter import NOTHING, LeftOut, is_of
from stdgraph.storage import names, ranking
from stdgraph.storage.files import content, read_text
from stdgraph.storage.judgements import judgements
from stdgraph.storage.queries import text_of
from stdgraph.storage.store import Store

COUNTED = ("Actor", "Agreement", "Country", "Event", "Person", "SourceDocument", "Standard")
"""Classes whose number the start page may tell."""
CONTEXTS = ("cell.", "heading", "locator", "parameter", "term")
"""Contexts of the catalogue whose words answers show."""
HAN = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))
"""Chinese characters of which some are traditional."""
LEVEL = 9
FINDING: dict[ModuleType, tuple[str, ...]] = {
    spelling: ("EMPTY", "ENDINGS"),
    ranking: (
        *("MANY", "POSTINGS", "THINGS", "ALIKE", "LETTERS", "FEW", "BEGINNINGS", "LONGEST", "INSIDE", "INEXACT"),
        *("POOR", "WORTH", "CLEAR", "RECORDS", "LESSER", "WITHIN", "SHORTENED", "ORDERED", "SPLIT"),
    ),
    names: ("MOST", "MANY", "BULK_KINDS", "LONGEST", "CANDIDATES", "MADE"),
}
"""Numbers and sets of the search by their modules."""
QUESTION = (
    *("name", "title", "description", "parameters", "columns", "example", "query", "snapshots", "order", "also"),
    *("chart", "needs", "fold", "judged"),
)
PARAMETER = ("name", "types", "optional", "about", "schemes")
COLUMN = ("name", "about", "take", "answers", "aside")
FOLD = ("by", "each", "count")
PLAN = ("name", "title", "kinds", "fewest", "most", "panels")
PANEL = ("name", "question", "title", "parameters", "show", "sort", "columns", "chart", "pack", "compare")


@dataclass(frozen=True)
class Bundle:
    """What the explorer reads, as bytes that are the same on every run: all is JSON but `graph`, which is TriG.

    The shapes of countries, for maps, come with it.
    """

    app: bytes
    names: bytes
    answers: bytes
    graph: bytes
    networks: bytes = b"{}"
    schema: bytes = b"{}"

    def packed(self) -> dict[str, bytes]:
        """Return the parts by the names of their files, gzipped."""
        parts = {name: getattr(self, name) for name in ("app", "names", "answers", "networks", "schema")}
        parts["shapes"] = content("data", "shapes", "countries-110m.json").read_bytes()
        parts = {f"{name}.json": data for name, data in parts.items()} | {"graph.trig": self.graph}
        return {name: gzip.compress(data, LEVEL, mtime=0) for name, data in parts.items()}


def bundle(
    store: Store,
    messages: Sequence[str],
    answers: Mapping[str, Any],
    *,
    data: str,
    packs: Sequence[str],
    version: str,
    licence: str,
    cite: str,
    notices: str,
    networks: Mapping[str, Any] | None = None,
    schema: Any = None,
    written: Mapping[str, str] | None = None,
    without: LeftOut = NOTHING,
    endpoint: str = "",
) -> Bundle:
    """Return the data of an opened graph.

    Args:
        store: the compiled graph.
        messages: what the front end says, whose Chinese is brought along.
        answers: what makes it understand words, see `services.words.told`.
        data: a hash of the files that were compiled.
        packs: the data packs that are joined to it.
        version: of the program.
        licence: of the data.
        cite: how to cite them.
        notices: the licences of the software in the page.
        networks: what networks are made of, and where their nodes stand.
        schema: all terms, as `services.schema.book` tells them.
        written: the paths of finished pages beside it, by the short ids of their things.
        without: what of registers is left out.
        endpoint: where a server answers SPARQL that serves it, so that its engine need not be loaded.
    """
    told = {
        "stdgraph": version,
        "data": data,
        "licence": licence,
        "cite": cite,
        "notices": notices,
        "packs": list(packs),
        "counts": counts(store),
        "since": _since(store),
        "written": dict(written or {}),
        "endpoint": endpoint,
        "without": {"number": len(without.things), "questions": without.questions, "views": without.views},
        "questions": [_question(one) for one in questions()],
        "topics": _topics(),
        "profiles": [_plan(plan(name)) for name in plan_names()],
        "examples": examples(),
        "reads": {path.stem: text_of(path.stem) for path in sorted(content("queries", "reads").glob("*.rq"))},
        **_charts(),
        "chinese": _chinese(messages),
        "judged": sorted(sorted(row.pair) for row in judgements().rows),
        "script": _script(),
        "finding": _finding(),
        "words": answers["numbers"]["words"]
        | {"MOST": answers["numbers"]["running"]["MOST"], "PAGES": answers["said"]["pages"]},
    }
    graph = _trig(quad for quad in store.steady(lambda: list(store.store)) if not is_of(quad, without.things))
    return Bundle(
        _json(told),
        _json(_names(store, without.things)),
        _json(answers),
        graph,
        _json(networks or {}),
        _json(schema or {}),
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _trig(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as TriG, a graph after the other, blank nodes named by what is said of them."""
    from stdgraph.storage.blanks import named_by_content

    graphs: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        graphs[getattr(quad.graph_name, "value", "")].append(quad.triple)
    ordered = (
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name in sorted(graphs)
        for triple in sorted(named_by_content(graphs[name]), key=str)
    )
    made = ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=PREFIXES, base_iri=BASE)
    return made or b""


def _names(store: Store, without: frozenset[str]) -> dict[str, Any]:
    """Return all that bears a name: sets of classes, and things with their names, the best first; those of packs are marked."""
    rows = store.names.rows
    classes: dict[int, set[str]] = defaultdict(set)
    for thing, kind in rows("SELECT thing, kind FROM kind"):
        classes[thing].add(kind)
    sets = {found: at for at, found in enumerate(sorted({tuple(sorted(kinds)) for kinds in classes.values()} | {()}))}
    texts: dict[int, list[list[Any]]] = defaultdict(list)
    for number, thing, *name in rows("SELECT rowid, thing, text, tag, rank FROM name ORDER BY rowid"):
        texts[thing].append([*name, 1] if number >= store.names.bulk else name)
    things = [
        [short(iri), *about, sets[tuple(sorted(classes[number]))], texts[number]]
        for number, iri, *about in rows("SELECT id, iri, en, zh, code, kind, country, tier FROM thing ORDER BY id")
        if iri not in without
    ]
    return {"kinds": list(sets), "things": things}


def _finding() -> dict[str, Any]:
    """Return what makes the search that of `stdgraph find`: what words are left out, what counts how much."""
    return {part.__name__.rpartition(".")[2]: _taken(part, names) for part, names in FINDING.items()}


def counts(graph: Graph) -> dict[str, int]:
    """Return how many things there are of the classes whose number a start page tells, by local name."""
    found = select(graph, "how-many", [STDG + name for name in COUNTED])
    return {local(row["x"].value): int(row["number"].value) for row in found}


def _since(store: Store) -> str:
    """Return the earliest year of which something is known, "" for none."""
    ((year,),) = store.names.rows("SELECT MIN(en) FROM thing WHERE kind = 'Year'")
    return year or ""


def _topics() -> list[dict[str, Any]]:
    """Return the headings under which questions are listed."""
    found = tomllib.loads(read_text(content("queries", "topics.toml")))["topic"]
    return [{"title": {"en": x["title"], "zh": x["title_zh"]}, "questions": x["questions"]} for x in found]


def _question(one: Question) -> dict[str, Any]:
    return _taken(one, QUESTION) | {
        "parameters": [_taken(parameter, PARAMETER) for parameter in one.parameters],
        "columns": [_taken(column, COLUMN) for column in one.columns],
        "fold": _taken(one.fold, FOLD) if one.fold else None,
    }


def _plan(one: Plan) -> dict[str, Any]:
    return _taken(one, PLAN) | {"panels": [_taken(panel, PANEL) for panel in one.panels]}


def _taken(one: object, names: Sequence[str]) -> dict[str, Any]:
    """Return some attributes by name, sets in order."""
    values = ((name, getattr(one, name)) for name in names)
    return {name: sorted(value) if isinstance(value, set | frozenset) else value for name, value in values}


def _charts() -> dict[str, Any]:
    folder = content("queries", "charts")
    charts = {p.name.removesuffix(".vl.json"): json.loads(read_text(p)) for p in sorted(folder.glob("*.vl.json"))}
    return {"charts": charts, "palette": json.loads(read_text(folder / "palette.json"))}


def _chinese(messages: Sequence[str]) -> dict[str, Any]:
    """Return what the catalogue has for messages, and its words for codes."""
    known = catalogue()
    names = sorted(name for name in known.contexts() if name.startswith(CONTEXTS))
    return {
        "messages": {text: known.gettext(text) for text in messages},
        "contexts": {name: dict(sorted(known.within(name).items())) for name in names},
    }


def _script() -> str:
    """Return traditional Chinese characters, each before its simplified one."""
    simplified = converter("t2s")
    pairs = ((chr(point), simplified(chr(point))) for point in HAN)
    return "".join(one + other for one, other in pairs if one != other and len(other) == 1)
