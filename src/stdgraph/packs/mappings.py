"""Reviewed mappings (SSSOM): which thing of the curated graph an entry of a register means."""

from __future__ import annotations

import csv

from stdgraph.model.vocabulary import BASE
from stdgraph.storage.files import content, read_text

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of `data/mappings/NAME.sssom.tsv`."""
    text = read_text(content("data", "mappings", f"{name}.sssom.tsv"))
    return list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))


def mapped(name: str, prefix: str) -> dict[str, str]:
    """Return the IRI of the curated thing of each entry, by what follows a prefix in its id.

    >>> mapped("iso-members", "iso.org.member:")["1635"]
    'https://w3id.org/stdgraph/id/org/cn-sac'
    """
    return {row["subject_id"].removeprefix(prefix): thing(row["object_id"]) for row in rows(name)}


def thing(curie: str) -> str:
    """Return the IRI of a thing whose kind is written as a prefix.

    >>> thing("country:CN")
    'https://w3id.org/stdgraph/id/country/CN'
    """
    return BASE + curie.replace(":", "/", 1)
