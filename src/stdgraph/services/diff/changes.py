"""`diff` and `apply`: what two versions have alone, and the second made of the first."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from stdgraph.model.changes import Changes
from stdgraph.services.diff.words import Words
from stdgraph.storage.blanks import named_by_content
from stdgraph.storage.files import GraphFile
from stdgraph.storage.versions import Version, as_stored

Triples = frozenset[ox.Triple]


def diff(first: Version, second: Version, files: Sequence[GraphFile] = (), *, lang: str = "en") -> Changes:
    """Return what leads from one version to another.

    The ontology is compared where both have one of their own. Unnamed nodes are the same where all that is said around
    them is. Where one version is a compiled store, numbers are compared as the engine writes them.

    Args:
        first: the earlier version.
        second: the later one.
        files: what else may say what a thing is called: the graph at hand.
        lang: language of labels.
    """
    whole = first.terms is not None and second.terms is not None
    stored = first.is_store != second.is_store
    old, new = (_comparable(version, whole=whole, stored=stored) for version in (first, second))
    removed, added = old - new, new - old
    told = Words(old, new, files, lang=lang).records(removed, added)
    return Changes(first.name, second.name, removed, added, told, lang, whole, stored)


def apply(changes: Changes, first: Version) -> Triples:
    """Return the triples of the second version, made of the first.

    >>> one, two = (ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal(text)) for text in "12")
    >>> apply(Changes("", "", frozenset([one]), frozenset([two])), Version("", frozenset([one]))) == {two}
    True
    """
    return _comparable(first, whole=changes.whole, stored=changes.stored) - changes.removed | changes.added


def _comparable(version: Version, *, whole: bool, stored: bool) -> Triples:
    """Return the triples of a version as far as the other can have them; numbers as the engine writes them, if asked for."""
    triples = version.triples | version.terms if whole and version.terms else version.triples
    if not stored or version.is_store:
        return triples
    return frozenset(named_by_content(as_stored(triples)))
