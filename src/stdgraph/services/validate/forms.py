"""The form of a file: what its base and prefixes stand for, and, below `data/ttl`, its head, its folder and its evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import BASE, DCTERMS, GRAPH, PREFIXES, RDF, SRC, STDG, short
from stdgraph.services.validate.shacl import Result, check_of, own_result
from stdgraph.storage.files import GraphFile, quoted
from stdgraph.storage.lines import DIRECTIVE, shown, spot_of
from stdgraph.storage.turtle import language_tag

if TYPE_CHECKING:
    from stdgraph.services.validate.plain import Plain

Rest = TypeVar("Rest")
HOME = "/data/ttl/"
FILES = "files"
"""Under this name it is kept with which files nothing is wrong as far as their texts tell."""
FEW = 8
"""Of so few graphs each is asked alone."""
OURS = "w3id.org/stdgraph"
TITLE, LICENCE, SOURCE = (ox.NamedNode(DCTERMS + name) for name in ("title", "license", "source"))
TYPE, DOCUMENT = ox.NamedNode(RDF + "type"), ox.NamedNode(STDG + "SourceDocument")
FROM = ox.NamedNode(STDG + "fromSource")
LANGUAGES = {"en": "English", "zh-hans": "simplified Chinese"}
HEAD = re.compile(r"^(<|\w+:)", re.MULTILINE)
FREE = (
    "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://opendatacommons.org/licenses/by/1-0/", "https://opendatacommons.org/licenses/pddl/1-0/",
)  # fmt: skip
"""The licences under which data may stand here; the first is that of what is written here."""
TAGGED = re.compile(r'(?<!\\)"@([A-Za-z]+(?:-[A-Za-z0-9]+)*)(?=\s*[;,.])')
DECLARED = re.compile(
    r"^(stdgc?:[\w.-]+|<https://w3id\.org/stdgraph/(?:ontology#|concept/)[^<>]*>)(?=\s)", re.MULTILINE
)
STATEMENT = re.compile(
    r"^[ \t]*#[ \t]*(?:a|\w+:\w+)[ \t]+"
    r'(?:<[^>\n]*>|\w+:[\w-]+|[\d.]*\d|true|false|"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^\S+)?)[ \t]*[;.][ \t]*\r?$',
    re.MULTILINE,
)
"""A comment that would be a statement without its sign."""
ENTITIES = {"entities/persons.ttl": ("Person",), "entities/countries.ttl": ("Country",), "entities/places.ttl": ("Place", "City", "Subdivision", "WorldRegion", "CountryGroup", "GeopoliticalEntity")}  # fmt: skip
"""The classes of the things that a file holds, where it holds but these."""
UNNAMED_NODE = re.compile(r"\[|_:|\(\s")
"""What must stand in a file that has nodes without a name; it may stand in a text as well."""

OTHER_BASE = marked(
    "The base is {iri} here, and {usual} in all files of the graph: relative names lead elsewhere. Correct it."
)
NO_BASE = marked("This file has no base: begin it with @base <{usual}> . (`stdgraph format` does).")
OTHER_PREFIX = marked("The prefix {prefix}: stands for {iri} here, and for {usual} in all other files: correct it.")
NO_HEAD = marked("This file has no head: describe <{iri}>, with licence and title, as the files beside it do.")
OTHER_HEAD = marked("This is the head of another file: this one is <{iri}>.")
NO_LICENCE = marked("The head of this file names no licence: add dcterms:license, an IRI.")
NO_TITLE = marked("The head of this file has no title in both languages: add dcterms:title @en and @zh-Hans.")
NO_SOURCE = marked("The head of this file does not name its source: add dcterms:source {source}.")
OTHER_SOURCE = marked("This file lies in the folder of {source}: correct dcterms:source, or move the file.")
UNNAMED = marked("Nothing in the data is without a name: give this node an IRI, so that it can be cited.")
ELSEWHERE = marked(
    "An evidence stands in the folder of its source and is named for it: {source}, and evidence/{key}--…"
)
OTHER_LICENCE = marked("The data is under {usual}: give this file that licence, or keep it out of the data.")
OTHER_TAG = marked("The tag @{tag} is written @{usual}.")
TERM = marked("This declares a word of ours, {thing}: put it into ontology/, where its definition is reviewed.")
MISFILED = marked("This file holds things of another kind than {thing}: put it into the file of its kind.")
COMMENTED = marked("A statement stands behind a comment sign and says nothing: delete the line, or take the sign away.")
TOLD = (COMMENTED, OTHER_BASE, NO_BASE, OTHER_PREFIX, NO_HEAD, OTHER_HEAD, NO_LICENCE, NO_TITLE, NO_SOURCE, OTHER_SOURCE, UNNAMED, ELSEWHERE, OTHER_LICENCE, OTHER_TAG, TERM, MISFILED)  # fmt: skip
CAUSES = (OTHER_BASE, OTHER_PREFIX)
"""What makes all else in a file wrong: it is told alone, until it is mended."""


@dataclass(frozen=True)
class Misfit:
    """What is wrong with the form of a file: where (a triple, or a line and a column), and the words for it."""

    words: str
    about: dict[str, Any]
    triple: ox.Triple
    spot: tuple[int, int] | None = None


def results(
    files: Iterable[GraphFile], store: ox.Store, *, plain: Plain | None = None, lang: str = "en"
) -> list[Result]:
    """Return what is wrong with the form of files.

    Args:
        files: Turtle files; others have no form of ours.
        store: describes the source documents: a folder named for one holds what was read there.
        plain: knows files with whose text nothing was wrong, and is told of more of them.
        lang: language of messages.
    """
    known = {quad.subject for quad in store.quads_for_pattern(None, TYPE, DOCUMENT)}
    formed = [file for file in files if file.path.suffix.lower() == ".ttl" and not file.bulk]
    stated = _stated(store, {file.graph for file in formed})
    forms = [_Form(file, known, stated[file.graph]) for file in formed]
    return [_result(form.file, misfit, lang) for form in forms for misfit in form.misfits(plain)]


def _stated(store: ox.Store, graphs: Collection[str]) -> dict[str, list[ox.Triple]]:
    """Return what graphs say of heads, and of the sources of evidence: a small part, so that no file is read twice."""
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    homes = [ox.NamedNode(graph) for graph in graphs] if len(graphs) < FEW else [None]
    for verb in (TITLE, LICENCE, SOURCE, FROM):
        for quad in (quad for home in homes for quad in store.quads_for_pattern(None, verb, None, home)):
            if verb == FROM or str(getattr(quad.subject, "value", "")).startswith(GRAPH):
                found[str(getattr(quad.graph_name, "value", ""))].append(quad.triple)
    for triples in found.values():
        heads = dict.fromkeys(t.subject for t in triples if t.predicate != FROM)
        triples += [q.triple for head in heads for q in store.quads_for_pattern(head, TYPE, None)]
    return found


def without_consequences(told: Iterable[tuple[Finding, Rest]]) -> list[tuple[Finding, Rest]]:
    """Return findings with what belongs to them, of a file with a wrong base or prefix nothing else: all in it follows."""
    told = list(told)
    causes = {check_of(words) for words in CAUSES}
    alone = {finding.file for finding, _ in told if finding.check in causes}
    return [pair for pair in told if pair[0].file not in alone or pair[0].check in causes]


class _Form:
    """A file, and where it lies below the folder of the data; `home` is "" for a file elsewhere."""

    def __init__(self, file: GraphFile, known: Collection[Any], stated: Sequence[ox.Triple]) -> None:
        self.file, self.known, self.stated = file, known, stated
        _, _, self.home = file.path.resolve().as_posix().rpartition(HOME)
        self.home = self.home if HOME in file.path.resolve().as_posix() else ""

    @cached_property
    def text(self) -> str:
        """What stands in the file."""
        return self.file.read().decode("utf-8-sig", "replace")

    def misfits(self, plain: Plain | None = None) -> Iterator[Misfit]:
        """Yield what is wrong; of a wrong base or prefix alone, since nothing else can be judged."""
        name = f"{self.home} {self.file.digest().hex()}"
        is_plain = plain is not None and plain.is_known(FILES, name)
        wrong = [] if is_plain else list(self._directives())
        yield from wrong
        if not self.home or wrong:
            return
        yield from self._head()
        unnamed, words = ([], []) if is_plain else (list(self._unnamed()), list(self._words()))
        yield from unnamed
        yield from self._misplaced()
        yield from words
        yield from self._strangers()
        if plain is not None and not unnamed and not words:
            plain.note(FILES, name)

    @property
    def iri(self) -> str:
        return GRAPH + quoted(self.home.removesuffix(".ttl"))

    @property
    def source(self) -> str:
        """The source document for which the folder is named; "" if it is none."""
        folder = PurePosixPath(self.home).parts[0] if "/" in self.home else ""
        return folder if ox.NamedNode(SRC + folder) in self.known else ""

    def _directives(self) -> Iterator[Misfit]:
        based = False
        for found in DIRECTIVE.finditer(self.text):
            kind, name, iri = found[1].lower(), found[2] or "", found[3]
            spot = self._spot(found.start(3) - 1)
            based |= kind == "base"
            if kind == "base" and iri != BASE and "//" in iri and (self.home or OURS in iri):
                yield self._misfit(OTHER_BASE, spot, iri=iri, usual=BASE)
            usual = PREFIXES.get(name, "")
            if kind == "prefix" and usual and iri != usual and "//" in iri:
                yield self._misfit(OTHER_PREFIX, spot, prefix=name, iri=iri, usual=usual)
        if self.home and not based and HEAD.search(self.text):
            yield self._misfit(NO_BASE, (1, 1), usual=BASE)

    def _spot(self, at: int) -> tuple[int, int]:
        before = self.text[:at].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def _head(self) -> Iterator[Misfit]:
        heads = [t for t in self.stated if t.predicate != FROM]
        head = [t for t in heads if t.subject == ox.NamedNode(self.iri)]
        others = [t for t in heads if t.subject != ox.NamedNode(self.iri)]
        if others:
            yield Misfit(OTHER_HEAD, {"iri": self.iri}, self._first(others))
        if not head:
            if not others:
                yield self._misfit(NO_HEAD, (1, 1), iri=self.iri)
            return
        said = {(t.predicate, getattr(t.object, "language", None)) for t in head}
        licences = [t for t in head if t.predicate == LICENCE]
        if not licences or not isinstance(licences[0].object, ox.NamedNode):
            yield Misfit(NO_LICENCE, {}, licences[0] if licences else self._first(head))
        elif licences[0].object.value not in FREE:
            yield Misfit(OTHER_LICENCE, {"usual": FREE[0]}, licences[0])
        if not {(TITLE, tag) for tag in LANGUAGES} <= said:
            yield Misfit(NO_TITLE, {}, self._first(head))
        yield from self._head_source(head)

    def _first(self, triples: Sequence[ox.Triple]) -> ox.Triple:
        return min(triples, key=lambda triple: spot_of(self.file.path, triple) or (1, 1))

    def _head_source(self, head: Sequence[ox.Triple]) -> Iterator[Misfit]:
        stated = [t for t in head if t.predicate == SOURCE]
        if self.source and not stated:
            yield Misfit(NO_SOURCE, {"source": short(SRC + self.source)}, self._first(head))
        elif self.source and ox.NamedNode(SRC + self.source) not in [t.object for t in stated]:
            yield Misfit(OTHER_SOURCE, {"source": short(SRC + self.source)}, stated[0])

    def _unnamed(self) -> Iterator[Misfit]:
        for triple in (q.triple for q in self.file.quads()) if UNNAMED_NODE.search(self.text) else ():
            if isinstance(triple.object, ox.BlankNode) and isinstance(triple.subject, ox.NamedNode):
                yield Misfit(UNNAMED, {}, triple)

    def _misplaced(self) -> Iterator[Misfit]:
        for triple in self.stated:
            if triple.predicate == FROM and isinstance(triple.object, ox.NamedNode):
                key = triple.object.value.removeprefix(SRC)
                named = str(getattr(triple.subject, "value", "")).startswith(f"{BASE}evidence/{key}--")
                if triple.object in self.known and not (named and self.home.startswith(f"{key}/")):
                    yield Misfit(ELSEWHERE, {"source": short(triple.object.value), "key": key}, triple)

    def _words(self) -> Iterator[Misfit]:
        """Yield statements behind a comment sign, what declares a word of ours, and tags that are written in another case than ours."""
        for found in STATEMENT.finditer(self.text) if "#" in self.text else ():
            yield self._misfit(COMMENTED, self._spot(self.text.index("#", found.start())))
        for found in DECLARED.finditer(self.text):
            yield self._misfit(TERM, self._spot(found.start()), thing=found[1].strip("<>"))
        odd = {tag: usual for tag in {*TAGGED.findall(self.text)} if (usual := language_tag(tag)) != tag}
        for found in TAGGED.finditer(self.text) if odd else ():
            if found[1] in odd:
                yield self._misfit(OTHER_TAG, self._spot(found.start(1)), tag=found[1], usual=odd[found[1]])

    def _strangers(self) -> Iterator[Misfit]:
        """Yield the things that are of another kind than those of their file."""
        kinds = ENTITIES.get(self.home, ())
        for triple in (q.triple for q in self.file.quads() if q.predicate == TYPE) if kinds else ():
            thing, name = triple.subject, str(getattr(triple.object, "value", "")).removeprefix(STDG)
            if isinstance(thing, ox.NamedNode) and thing.value.startswith(BASE) and name not in kinds:
                yield Misfit(MISFILED, {"thing": short(thing.value)}, triple)

    def _misfit(self, words: str, spot: tuple[int, int], **about: Any) -> Misfit:
        iri = ox.NamedNode(self.iri if self.home else self.file.graph)
        return Misfit(words, about, ox.Triple(iri, ox.NamedNode(DCTERMS + "format"), ox.Literal("Turtle")), spot)


def _result(file: GraphFile, misfit: Misfit, lang: str) -> Result:
    words = translated(Phrase(misfit.words, **misfit.about), lang)
    told = own_result(misfit.triple, "Violation", words, "NodeConstraintComponent", lang, misfit.words)
    line, column = misfit.spot or spot_of(file.path, misfit.triple) or (1, 1)
    finding = replace(told.finding, file=shown(file.path), line=line, column=column)
    if misfit.spot:
        finding = replace(finding, path="", value="")
    return replace(told, finding=finding)
