"""A sum over what a graph elsewhere says, made by its engine in one row: as long as it is the same, nothing is read twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, RDFS, SKOS, STDG
from stdgraph.storage.names import NAMING
from stdgraph.storage.queries import SLOT, bound, text_of

OF_NAMES = (
    *(iri for iri, _ in NAMING),
    *(RDF + "type", RDFS + "subClassOf", SKOS + "inScheme"),
    *(STDG + name for name in ("hasName", "nameText", "ofCountry", "date", "start", "end", "asOf", "evidence")),
)
"""Of what an index of names is made."""
LAYOUT = "1"
"""Raised when what is kept under a sum changes."""
SECONDS = 30
"""A sum that takes longer is none: then things are read anew."""


def query(predicates: Sequence[str] = ()) -> str:
    """Return the query for the sum of all triples, or of those of some predicates.

    Of the digits of each triple's hash the first ones are taken as a number: twelve, so that the sum of 9 million times
    the largest of them is a number of 64 bits. Another triple is another number but in one of some ten million cases.
    """
    text = text_of("sum")
    return bound(text, p=sorted(set(predicates))) if predicates else SLOT.sub("", text)


def name(url: str, rows: Iterable[ox.QuerySolution]) -> str:
    """Return a name for what an engine told a sum of, "" where it made none."""
    cells = [getattr(row[column], "value", "") for row in rows for column in ("number", "sum")]
    if len(cells) != 2 or not all(cells) or "0" in cells:
        return ""
    return hashlib.sha256("\n".join((LAYOUT, url, *cells)).encode()).hexdigest()[:32]
