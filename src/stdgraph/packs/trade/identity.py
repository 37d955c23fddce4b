"""Which rows speak of one agreement.

Both ids are made by the publisher from titles and years. `treatyID` is that of a file's own row; `manyID` joins the two
publishers, but is computed for each file, and wrong in places: so a row's agreement is the one that is known by its
treatyID, else by its manyID, else a new one. What stands behind a colon is the treaty that an agreement belongs to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from stdgraph.model.identifiers import slug
from stdgraph.model.vocabulary import BASE
from stdgraph.packs import mappings
from stdgraph.packs.trade.entries import Entry, File

MADE_UP = re.compile(r"_[3-9]\d{3}(?=\D)")
"""A year in the id of an agreement that has none: another one in each file."""


def own(name: str) -> str:
    """Return an id without the treaty behind the colon and without a made-up year.

    >>> own("GCCPKS_6176O:GCCSGP_2008O")
    'GCCPKS_O'
    """
    return MADE_UP.sub("_", name.partition(":")[0])


def agreement_iri(key: str) -> str:
    """Return the IRI of an agreement.

    >>> agreement_iri("NIC-SLV[FTA]_1951O")
    'https://w3id.org/stdgraph/id/agreement/trade-nic-slv-fta-1951o'
    """
    return f"{BASE}agreement/trade-{slug(key)}"


def identified(files: Iterable[File]) -> dict[str, list[Entry]]:
    """Return the rows of each agreement by its key, sorted, those of earlier files first."""
    apart = {
        (own(row["subject_id"].partition(":")[2]), own(row["object_id"].partition(":")[2]))
        for row in mappings.rows("trade-agreements")
        if row["predicate_modifier"] == "Not"
    }
    known: dict[str, str] = {}
    found: dict[str, list[Entry]] = defaultdict(list)
    for file in files:
        keys = _keys(file.entries, known, apart)
        for entry in file.entries:
            found[keys[own(entry.treaty)]].append(entry)
        _learn(file.entries, keys, known)
    return dict(sorted(found.items()))


def _keys(entries: Iterable[Entry], known: Mapping[str, str], apart: Set[tuple[str, str]]) -> dict[str, str]:
    """Return the key of the agreement of each treatyID of a file, whatever the order of its rows."""
    joined: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        treaty, many = own(entry.treaty), own(entry.many)
        joined[treaty] |= {known[many]} if many in known else set()
    return {
        treaty: known.get(treaty) or min((k for k in keys if (treaty, k) not in apart), default=treaty)
        for treaty, keys in joined.items()
    }


def _learn(entries: Iterable[Entry], keys: Mapping[str, str], known: dict[str, str]) -> None:
    """Note the ids of a file, for those that come after it: of manyIDs those that mean one agreement."""
    meant = defaultdict(set)
    for entry in entries:
        key = keys[own(entry.treaty)]
        known.setdefault(own(entry.treaty), key)
        meant[own(entry.many)].add(key)
    for many, found in meant.items():
        if len(found) == 1:
            known.setdefault(many, *found)
