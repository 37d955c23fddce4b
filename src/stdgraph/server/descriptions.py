"""What is served, as triples: the service (SPARQL 1.1 Service Description), the data (VoID, DCAT), the questions (SHACL).

All nodes have names below the server's own address, so that the same graph is described in the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from stdgraph import __version__
from stdgraph.api import Graph
from stdgraph.graph.reads import select
from stdgraph.model.later import later
from stdgraph.model.vocabulary import BASE, DCAT, DCTERMS, PREFIXES, RDF, RDFS, SCHEMA, SH, STDG, VOID, XSD, short
from stdgraph.services.ask import Question, questions

SD = "http://www.w3.org/ns/sparql-service-description#"
EXTENDED = "http://ldf.fi/void-ext#"
FORMATS = "http://www.w3.org/ns/formats/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MEDIA = "https://www.iana.org/assignments/media-types/"
FORMS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
TAGS = {"en": "en", "zh": "zh-Hans"}
TITLE = {
    "en": "stdgraph: who works with whom on standards",
    "zh": "stdgraph：标准化主体及其关系的开放知识图谱",
}
MEANT = later(
    r"\bSPARQL\w*Executable\b|\b(?:class|property|datatype)Partition\b|\bsh:(?:prefix|namespace|declare)\b"
    rf"|{re.escape(SH)}(?:prefix|namespace|declare)>|\bsd:|{re.escape(SD)}"
)
"""Terms by which editors ask a service what it has, and which stand in no data."""
Said = Iterator[ox.Triple]
Term = Any


def triples(graph: Graph, what: str, base: str) -> list[ox.Triple]:
    """Return a description: `void` of the data, `questions`, or all with the `service`.

    Args:
        graph: an opened store.
        what: of what.
        base: the address of the server, without a slash at its end.
    """
    parts = {"service": _service, "void": _void, "questions": _questions}
    wanted = parts if what == "service" else {what: parts[what]}
    return list(dict.fromkeys(triple for part in wanted.values() for triple in part(graph, base)))


_ABOUT: dict[str, ox.Store] = {}


def about(graph: Graph, text: str, base: str) -> ox.Store | None:
    """Return the description of all as a store, where a query asks by its terms; None for a query about the data."""
    if not MEANT.search(text):
        return None
    if base not in _ABOUT:
        _ABOUT.clear()
        _ABOUT[base] = ox.Store()
        _ABOUT[base].extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph, "service", base))
    return _ABOUT[base]


def _node(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _of(subject: str, kind: str | Iterable[str], facts: Iterable[tuple[str, Term]] = ()) -> Said:
    """Yield what is said of a thing: its kinds, and its facts; a text that is an address is a thing."""
    for one in [kind] if isinstance(kind, str) else kind:
        yield ox.Triple(_node(subject), _node(RDF + "type"), _node(one))
    for name, value in facts:
        yield ox.Triple(_node(subject), _node(name), _term(value))


def _term(value: Term) -> Term:
    if isinstance(value, str):
        return _node(value)
    return ox.Literal(value) if isinstance(value, int) else value


def _texts(name: str, texts: Mapping[str, str]) -> Iterator[tuple[str, Term]]:
    return ((name, ox.Literal(text, language=TAGS[lang])) for lang, text in texts.items() if text)


def _plain(text: str) -> ox.Literal:
    return ox.Literal(text)


@lru_cache(1)
def _counts(graph: Graph) -> Mapping[str, int]:
    """Return how many triples each graph has, and all of them as one."""
    found = {row["x"].value: int(row["number"].value) for row in select(graph.reads, "triples-of-graphs")}
    (row,) = select(graph.reads, "triples")
    return {**found, "": int(row["number"].value), "subjects": int(row["subjects"].value)}


def _service(graph: Graph, base: str) -> Said:
    service, data, union = f"{base}/sparql", f"{base}/.well-known/void#dataset", f"{base}/.well-known/void#union"
    counts = _counts(graph)
    yield from _of(
        service,
        SD + "Service",
        [
            (SD + "endpoint", service),
            (SD + "supportedLanguage", SD + "SPARQL11Query"),
            (SD + "feature", SD + "UnionDefaultGraph"),
            (SD + "feature", SD + "EmptyGraphs"),
            *((SD + "resultFormat", FORMATS + form) for form in FORMS),
            (SD + "defaultDataset", data),
        ],
    )
    yield from _of(data, SD + "Dataset", [(SD + "defaultGraph", union)])
    yield from _of(union, SD + "Graph", [(VOID + "triples", counts[""])])
    for iri in sorted(name for name in counts if "://" in name):
        named = f"{base}/.well-known/void#graph-{quote(short(iri), safe='')}"
        yield ox.Triple(_node(data), _node(SD + "namedGraph"), _node(named))
        yield from _of(named, SD + "NamedGraph", [(SD + "name", iri), (SD + "graph", f"{named}-is")])
        yield from _of(f"{named}-is", SD + "Graph", [(VOID + "triples", counts[iri])])


def _void(graph: Graph, base: str) -> Said:
    place = f"{base}/.well-known/void"
    data, catalog, service, file = f"{place}#dataset", f"{place}#catalog", f"{place}#service", f"{place}#sparql"
    counts, schema = _counts(graph), graph.schema()
    classes = [known for known in schema if known.kind == "class"]
    properties = [known for known in schema if known.kind == "property"]
    yield from _of(
        catalog,
        DCAT + "Catalog",
        [*_texts(DCTERMS + "title", TITLE), (DCAT + "dataset", data), (DCAT + "service", service)],
    )
    yield from _of(place, VOID + "DatasetDescription", [("http://xmlns.com/foaf/0.1/primaryTopic", data)])
    yield from _of(
        data,
        (VOID + "Dataset", DCAT + "Dataset"),
        [
            *_texts(DCTERMS + "title", TITLE),
            (DCTERMS + "license", LICENCE),
            (DCTERMS + "identifier", _plain(graph.data or "-")),
            (DCAT + "version", _plain(__version__)),
            (DCAT + "distribution", file),
            (VOID + "sparqlEndpoint", f"{base}/sparql"),
            (VOID + "uriSpace", _plain(BASE)),
            (VOID + "vocabulary", STDG),
            (VOID + "triples", counts[""]),
            (VOID + "distinctSubjects", counts["subjects"]),
            (VOID + "classes", len(classes)),
            (VOID + "properties", len(properties)),
        ],
    )
    yield from _of(
        service,
        DCAT + "DataService",
        [*_texts(DCTERMS + "title", TITLE), (DCAT + "endpointURL", f"{base}/sparql"), (DCAT + "servesDataset", data)],
    )
    yield from _of(
        file, DCAT + "Distribution", [(DCAT + "accessURL", f"{base}/sparql"), (DCAT + "accessService", service)]
    )
    for known in properties:
        one = f"{place}#property-{_id(known.iri)}"
        yield ox.Triple(_node(data), _node(VOID + "propertyPartition"), _node(one))
        yield from _of(one, VOID + "Dataset", [(VOID + "property", known.iri), (VOID + "triples", known.used)])
        yield from _words(known)
    for known in classes:
        one = f"{place}#class-{_id(known.iri)}"
        yield ox.Triple(_node(data), _node(VOID + "classPartition"), _node(one))
        yield from _of(one, VOID + "Dataset", [(VOID + "class", known.iri), (VOID + "entities", known.used)])
        yield from _words(known)
        yield from _uses(one, known)


def _words(known: Any) -> Said:
    """Yield what a term is called, and means."""
    for name, texts in ((RDFS + "label", known.label), (RDFS + "comment", known.definition)):
        yield from (ox.Triple(_node(known.iri), _node(name), text) for name, text in _texts(name, texts))


def _uses(place: str, known: Any) -> Said:
    """Yield the properties of the things of a class, each with the kinds of its values."""
    statements: Counter[str] = Counter()
    ranges: dict[str, set[str]] = defaultdict(set)
    for use in known.uses:
        if use.domain == known.iri:
            statements[use.property] = max(statements[use.property], use.statements)
            ranges[use.property].add(use.range)
    for name, number in sorted(statements.items()):
        one = f"{place}-{_id(name)}"
        yield ox.Triple(_node(place), _node(VOID + "propertyPartition"), _node(one))
        yield from _of(one, VOID + "Dataset", [(VOID + "property", name), (VOID + "triples", number)])
        for iri in sorted(ranges[name] - {""}):
            kind = f"{one}-{_id(iri)}"
            is_data = iri.startswith(XSD) or iri == RDF + "langString"
            link, own = (
                (EXTENDED + "datatypePartition", EXTENDED + "datatype")
                if is_data
                else (VOID + "classPartition", VOID + "class")
            )
            yield ox.Triple(_node(one), _node(link), _node(kind))
            yield ox.Triple(_node(kind), _node(own), _node(iri))


def _id(iri: str) -> str:
    """Return a term as a part of an IRI."""
    return quote(short(iri).replace(":", "_"), safe="")


def _questions(_: Graph, base: str) -> Said:
    """Yield each question as a query that runs as it stands, with its parameters' example."""
    prefixes = f"{base}/questions#prefixes"
    yield from _of(prefixes, "http://www.w3.org/2002/07/owl#Ontology")
    for name, namespace in PREFIXES.items():
        one = f"{base}/questions#prefix-{name}"
        yield ox.Triple(_node(prefixes), _node(SH + "declare"), _node(one))
        value = ox.Literal(namespace, datatype=_node(XSD + "anyURI"))
        yield from _of(one, SH + "PrefixDeclaration", [(SH + "prefix", _plain(name)), (SH + "namespace", value)])
    for asked in questions():
        yield from _question(asked, base, prefixes)


def _question(asked: Question, base: str, prefixes: str) -> Said:
    form = "Ask" if re.search(r"(?m)^ASK\b", asked.query) else "Select"
    yield from _of(
        f"{base}/questions#{asked.name}",
        (SH + "SPARQLExecutable", f"{SH}SPARQL{form}Executable"),
        [
            *_texts(RDFS + "label", asked.title),
            (RDFS + "comment", ox.Literal(asked.title["en"], language="en")),
            *_texts(DCTERMS + "description", asked.description),
            (SH + "prefixes", prefixes),
            (SH + form.lower(), _plain(asked.query)),
            (SCHEMA + "target", f"{base}/sparql"),
        ],
    )
