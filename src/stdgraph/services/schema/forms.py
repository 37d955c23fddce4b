"""A schema as a VoID description, and as a diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from stdgraph.model.vocabulary import GRAPH, RDF, VOID, XSD, local
from stdgraph.services.schema.terms import Known, Use, id_of, name_of

SHEET = GRAPH + "schema"
MOST_DRAWN = 60
"""A diagram draws so many of the ties that are used most."""
TYPE = RDF + "type"


def triples(terms: Mapping[str, Known], uses: Sequence[Use]) -> Iterator[ox.Triple]:
    """Yield a VoID description: a partition for each class and property, and for each property of a class."""
    yield _triple(SHEET, TYPE, VOID + "Dataset")
    for known in terms.values():
        part, of = f"{SHEET}#{id_of(known.iri)}", "class" if known.kind == "class" else "property"
        yield _triple(SHEET, f"{VOID}{of}Partition", part)
        yield from _counted(part, of, known.iri, known.used, known.subjects)
    numbers: dict[tuple[str, str], int] = {}
    for use in uses:
        if use.domain:
            numbers[use.domain, use.property] = numbers.get((use.domain, use.property), 0) + use.statements
    for (domain, prop), number in numbers.items():
        part = f"{SHEET}#{id_of(domain)}-{id_of(prop)}"
        yield _triple(f"{SHEET}#{id_of(domain)}", VOID + "propertyPartition", part)
        yield from _counted(part, "property", prop, number)


def mermaid(terms: Mapping[str, Known], uses: Sequence[Use], term: str, lang: str) -> str:
    """Return a class diagram for Mermaid: the ties that are used most, and of one class also its literals."""
    ties = [use for use in uses if use.domain and use.range and not use.range.startswith((XSD, RDF))]
    ties = [use for use in ties if term or local(use.property) != "evidence"]
    drawn = ties[:MOST_DRAWN]
    names = sorted({iri for use in drawn for iri in (use.domain, use.range)})
    lines = ["classDiagram", f"  %% {len(drawn)} / {len(ties)}"]
    lines += [f'  class {id_of(iri)}["{_label(terms, iri, lang)}"]' for iri in names]
    literals = [use for use in uses if use.domain == term and use.range.startswith((XSD, RDF))]
    lines += [f"  {id_of(use.domain)} : {name_of(use.range)} {local(use.property)}" for use in literals]
    lines += [f"  {id_of(use.domain)} --> {id_of(use.range)} : {local(use.property)} {use.statements}" for use in drawn]
    return "\n".join(lines) + "\n"


def _label(terms: Mapping[str, Known], iri: str, lang: str) -> str:
    label = terms[iri].name(lang) if lang == "zh" and iri in terms else name_of(iri)
    return label.replace('"', "'")


def _triple(subject: str, prop: str, value: str | int) -> ox.Triple:
    whole = ox.Literal(value) if isinstance(value, int) else ox.NamedNode(value)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(prop), whole)


def _counted(part: str, of: str, iri: str, number: int, subjects: int = 0) -> Iterator[ox.Triple]:
    yield _triple(part, VOID + of, iri)
    yield _triple(part, VOID + ("entities" if of == "class" else "triples"), number)
    if subjects and of == "property":
        yield _triple(part, VOID + "distinctSubjects", subjects)
