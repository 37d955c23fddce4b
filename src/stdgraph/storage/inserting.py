"""New statements in the file where they belong: in block form before and after, so that a diff is what was added."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import FormatError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import DCAT, DCTERMS, GRAPH, RDF, SRC, VOID
from stdgraph.storage.files import MAX_TEXT, read_text
from stdgraph.storage.turtle import format_turtle

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def inserted(text: str, triples: Iterable[ox.Triple], path: str = "-") -> str:
    """Return a text in block form with more statements: lines in blocks that are there, and new blocks.

    Raises:
        FormatError: the text is not in block form, so that more than what is added would change.
        TurtleSyntaxError: it is not Turtle.
    """
    if text and format_turtle(text, path) != text:
        detail = Phrase("not in block form; run `stdgraph format {path}`", path=path)
        raise FormatError(path=path, line=1, detail=detail)
    end = "\r\n" if "\r\n" in text else "\n"
    return format_turtle(text + end.join(["", *(f"{triple} ." for triple in triples), ""]), path)


def with_triples(path: Path, triples: Iterable[ox.Triple], head: Iterable[ox.Triple]) -> tuple[str, str]:
    """Return a file's text as it is and with more statements; a file that is not there begins with its head.

    Raises:
        FileError, FormatError, TurtleSyntaxError: it cannot be read, or is not in block form.
    """
    before = read_text(path, MAX_TEXT) if path.exists() else ""
    return before, inserted(before, [*(() if before else head), *triples], str(path))


def changes(texts: Mapping[Path, tuple[str, str]], root: Path | None = None) -> str:
    """Return how files change, as `diff -u` tells it, from a folder above them; by default the closest that holds them all."""
    import difflib

    if root is None:
        root = Path(os.path.commonpath([path.parent for path in texts])) if texts else Path()
    told: list[str] = []
    for path, (before, after) in texts.items():
        name = path.relative_to(root).as_posix()
        old, new = (text.splitlines(keepends=True) for text in (before, after))
        told += difflib.unified_diff(old, new, f"a/{name}" if before else "/dev/null", f"b/{name}")
    return "".join(told)


def head_of(name: str, titles: Mapping[str, str], source: str = "") -> list[ox.Triple]:
    """Return what a file says of itself: what it is, its licence, its titles by language, and from which source it is.

    >>> [str(t.object) for t in head_of("cn-uk-wg/offices", {"en": "Offices"}, "cn-uk-wg")][-1]
    '<https://w3id.org/stdgraph/source/cn-uk-wg>'
    """
    node = ox.NamedNode(GRAPH + name)
    pairs: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF + "type", ox.NamedNode(DCAT + "Dataset")),
        (RDF + "type", ox.NamedNode(VOID + "Dataset")),
        (DCTERMS + "license", ox.NamedNode(LICENCE)),
        *((DCTERMS + "title", ox.Literal(title, language=tag)) for tag, title in titles.items()),
    ]
    pairs += [(DCTERMS + "source", ox.NamedNode(SRC + source))] if source else []
    return [ox.Triple(node, ox.NamedNode(predicate), value) for predicate, value in pairs]
