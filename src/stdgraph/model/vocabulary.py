"""IRIs as plain strings, so that naming a term imports no engine."""

from __future__ import annotations

BASE = "https://w3id.org/stdgraph/id/"
STDG = "https://w3id.org/stdgraph/ontology#"
STDGC = "https://w3id.org/stdgraph/concept/"
STDGS = "https://w3id.org/stdgraph/shape/"
SRC = "https://w3id.org/stdgraph/source/"
GRAPH = "https://w3id.org/stdgraph/graph/"
RULE = "https://w3id.org/stdgraph/rule/"
ONTOLOGY = "https://w3id.org/stdgraph/ontology"

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
M8G = "http://data.europa.eu/m8g/"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PERSON = "http://www.w3.org/ns/person#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "http://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
VANN = "http://purl.org/vocab/vann/"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": FOAF,
    "m8g": M8G,
    "org": ORG,
    "owl": OWL,
    "person": PERSON,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "skosxl": SKOSXL,
    "src": SRC,
    "stdg": STDG,
    "stdgc": STDGC,
    "stdgs": STDGS,
    "vann": VANN,
    "void": VOID,
    "xsd": XSD,
}
"""The same prefix for the same namespace, in every file, query and message."""

DERIVED_CLOSURE = GRAPH + "derived/closure"
DERIVED_LINKS = GRAPH + "derived/links"
DERIVED_BOUNDS = GRAPH + "derived/bounds"
DERIVED_REASONS = GRAPH + "derived/reasons"
DERIVED = (DERIVED_CLOSURE, DERIVED_LINKS, DERIVED_BOUNDS, DERIVED_REASONS)


def expand(name: str) -> str:
    """Return the IRI for a prefixed name, a short id (`org/gb-bsi`) or an IRI.

    >>> expand("stdg:Agreement")
    'https://w3id.org/stdgraph/ontology#Agreement'
    >>> expand("org/gb-bsi")
    'https://w3id.org/stdgraph/id/org/gb-bsi'
    """
    if "://" in name:
        return name
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return BASE + name


def short(iri: str) -> str:
    """Return the short id of a thing, the prefixed name of a term, or the IRI itself.

    >>> short("https://w3id.org/stdgraph/id/org/gb-bsi"), short("https://w3id.org/stdgraph/ontology#Agreement")
    ('org/gb-bsi', 'stdg:Agreement')
    """
    if iri.startswith(BASE):
        return iri[len(BASE) :]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def local(iri: str) -> str:
    """Return the last step of an IRI: `coPartyWith`, `agrtype-mou`.

    >>> local("https://w3id.org/stdgraph/ontology#coPartyWith")
    'coPartyWith'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
