"""A new source document: its record, and the file where the places in it will stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from stdgraph.errors import ParameterError
from stdgraph.graph.codes import code_named
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.dates import bounds
from stdgraph.model.later import later
from stdgraph.model.spelling import HAN
from stdgraph.model.vocabulary import DCTERMS, RDF, SCHEMA, SKOS, SRC, STDG, STDGC, XSD
from stdgraph.storage.inserting import head_of, with_triples
from stdgraph.storage.texts import KEY

URL = later(r"https?://[^\s<>\"{}|^`\\]+")
TAG = later(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")
OURS = {"en": ("en",), "zh": ("zh-Hans",), "both": ("en", "zh-Hans"), "none": ()}


@dataclass(frozen=True)
class Description:
    """What a steward says of a document; `issuers` are IRIs, `translated` tells which titles are ours.

    What is left out is not in the record: validation tells what is missing.
    """

    key: str
    title_en: str
    title_zh: str
    translated: str
    language: Sequence[str]
    issuers: Sequence[str] = ()
    date: str = ""
    type: str = ""
    rights: str = ""
    license: str = ""
    url: str = ""
    notes: Sequence[str] = ()
    characters: int = 0
    checksum: str = ""


@dataclass(frozen=True)
class NewSource:
    """The record of a new document, and the files that get it, before and after."""

    key: str
    triples: tuple[ox.Triple, ...]
    texts: Mapping[Path, tuple[str, str]] = field(default_factory=dict)

    def turtle(self) -> str:
        """Return the record in block form."""
        from stdgraph.storage.turtle import turtle_of

        return turtle_of(self.triples)

    def diff(self) -> str:
        """Return how the files change, as `diff -u` tells it."""
        from stdgraph.storage.inserting import changes

        return changes(self.texts)


def new_source(graph: Graph, about: Description, root: Path, *, lang: str = "en") -> NewSource:
    """Return the record of a document that is not there yet, and the files as they will be.

    Args:
        graph: an opened store.
        about: what is said of the document.
        root: the folder of the data, which holds `sources.ttl`.
        lang: language of errors.

    Raises:
        ParameterError: the key is none or taken, or something said has another form.
        FileError, FormatError: `sources.ttl` cannot be read, or is not in block form.
    """
    _check(graph, about)
    triples = tuple(_record(graph, about, lang))
    record = root / "sources.ttl"
    places = root / about.key / "evidence.ttl"
    titles = {"en": f"Evidence from {about.title_en}", "zh-Hans": f"{about.title_zh}：证据"}
    head = head_of(f"{about.key}/evidence", titles, about.key)
    texts = {record: with_triples(record, triples, ())}
    if not places.exists():
        texts[places] = with_triples(places, (), head)
    return NewSource(about.key, triples, texts)


def check_key(graph: Graph, key: str) -> None:
    """Refuse a key of another form, and one that is taken; raises ParameterError."""
    if not KEY.fullmatch(key) or "--" in key:
        detail = Phrase("'{key}' is no key: lower case letters, digits and single dashes, such as cn-uk-wg", key=key)
        raise ParameterError(parameter="key", detail=detail)
    if list(select(graph, "known", [SRC + key])):
        raise ParameterError(parameter="key", detail=Phrase("'{key}' is there already; choose another key", key=key))


def _check(graph: Graph, about: Description) -> None:
    check_key(graph, about.key)
    if about.date:
        try:
            bounds(about.date)
        except ValueError as error:
            raise ParameterError(parameter="date", detail=error.args[0]) from None
    for tag in about.language:
        if not TAG.fullmatch(tag):
            detail = Phrase("'{tag}' is no language tag such as zh-Hans or en", tag=tag)
            raise ParameterError(parameter="language", detail=detail)
    for name, url in (("url", about.url), ("license", about.license)):
        if url and not URL.fullmatch(url):
            raise ParameterError(parameter=name, detail=Phrase("'{url}' is no web address", url=url))
    for name, title, chinese in (("title-en", about.title_en, False), ("title-zh", about.title_zh, True)):
        if not title.strip() or bool(HAN.search(title)) != chinese:
            detail = Phrase("'{title}' is no title in that language; make one, and say so by --translated", title=title)
            raise ParameterError(parameter=name, detail=detail)


def _record(graph: Graph, about: Description, lang: str) -> list[ox.Triple]:
    node = ox.NamedNode(SRC + about.key)
    pairs: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF + "type", ox.NamedNode(STDG + "SourceDocument")),
        (DCTERMS + "title", ox.Literal(about.title_en.strip(), language="en")),
        (DCTERMS + "title", ox.Literal(about.title_zh.strip(), language="zh-Hans")),
        *((STDG + "ownTranslation", ox.Literal(tag)) for tag in OURS[about.translated]),
        *((STDG + "languageTag", ox.Literal(tag)) for tag in about.language),
        *((STDG + "issuedBy", ox.NamedNode(iri)) for iri in about.issuers),
        *((SKOS + "editorialNote", _tagged(note)) for note in about.notes),
    ]
    pairs += [(STDG + "date", ox.Literal(about.date))] if about.date else []
    pairs += [(DCTERMS + "rights", _tagged(about.rights))] if about.rights else []
    pairs += [(DCTERMS + "license", ox.NamedNode(about.license))] if about.license else []
    pairs += [(SCHEMA + "sameAs", ox.NamedNode(about.url))] if about.url else []
    if about.type:
        code = code_named(graph, about.type, [f"{STDGC}scheme/doctype"], parameter="type", lang=lang)
        pairs.append((STDG + "documentType", ox.NamedNode(code.iri)))
    if about.checksum:
        length = ox.Literal(str(about.characters), datatype=ox.NamedNode(XSD + "integer"))
        pairs += [(STDG + "textChecksum", ox.Literal(about.checksum)), (STDG + "textLength", length)]
    return [ox.Triple(node, ox.NamedNode(predicate), value) for predicate, value in pairs]


def _tagged(text: str) -> ox.Literal:
    return ox.Literal(text, language="zh-Hans" if HAN.search(text) else "en")
