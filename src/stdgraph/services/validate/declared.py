"""What the files below `ontology/` declare: words, codes and alignments, complete in both languages, in their places, in use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import GRAPH, OWL, RDF, RDFS, SKOS, STDG, STDGC, XSD, short
from stdgraph.services.validate.facts import Facts
from stdgraph.services.validate.program import below
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.storage.files import GraphFile, content, hashed, read_bytes, read_text
from stdgraph.storage.lines import shown, spot_of

if TYPE_CHECKING:
    from stdgraph.services.validate.plain import Plain

HOME = re.compile(r"/ontology/[^/]+\.ttl$")
SOURCES = GRAPH + "sources"
"""The graph of a file that the data has, and no other has."""
OURS = "https://w3id.org/stdgraph/"
TYPE, LABEL, DEFINITION, NAME = RDF + "type", RDFS + "label", SKOS + "definition", SKOS + "prefLabel"
DEFINED, SCHEME, TOP, BROADER = RDFS + "isDefinedBy", SKOS + "inScheme", SKOS + "topConceptOf", SKOS + "broader"
ABOVE = (RDFS + "subClassOf", RDFS + "subPropertyOf")
KINDS = tuple(OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))
SORTS = ((OWL + "Class",), KINDS)
STRUCTURE = (TYPE, *ABOVE, RDFS + "domain", RDFS + "range")
BUILT_IN = (OWL, RDF, RDFS, XSD)
DATATYPES = {XSD + name for name in ("string", "integer", "decimal", "boolean", "dateTime", "anyURI")}
NEVER = (OWL + "hasKey", OWL + "sameAs")
TONGUES = ("en", "zh-hans")
DECLARED, USED = "declared", "used"
"""Under these names it is kept with which files nothing is wrong, and that all words are in use."""
WORD = re.compile(r"(?<![\w-])stdg:([A-Za-z]\w*)|ontology#([A-Za-z]\w*)")
MADE = re.compile(r"(?:\bSTDG \+ |\bterm\()[\"']([A-Za-z]\w*)[\"']|\{STDG\}([A-Za-z]\w*)")
"""A word of ours as files and as the program write it."""
PROGRAM = Path(__file__).parents[2]
USES = ("shapes", "queries")
"""The folders of the content in which a word may be used, beside the data."""

ONCE = marked("{thing} has not one {property} in English and one in simplified Chinese: add what is missing, or leave one of two.")  # fmt: skip
REPEATS = marked("The definition of {thing} repeats its label, '{text}': say in other words what it is.")
SHARED = marked("{thing} has this {property} too: two words of a sort need two, or are one word.")
KIND = marked("{thing} is a word of ours without its kind or its file: say that it is a class or a property, and rdfs:isDefinedBy.")  # fmt: skip
FOREIGN = marked("{other} is no word of ours: what stands above ours elsewhere belongs into ontology/alignments.ttl.")
ALIGNED = marked("An alignment leads from a word of ours to one elsewhere: move what is ours alone into ontology/stdgraph.ttl.")  # fmt: skip
UNDECLARED = marked("{other} is used here and not declared here: add a block that says whether it is a class or what kind of property.")  # fmt: skip
RANGE = marked("{other} cannot be a domain or a range: name one class, or one of the datatypes of OWL 2 RL that are used here.")  # fmt: skip
NO_KEY = marked("{property} makes one thing of two: leave it out.")
VERSION = marked("The version is {version} everywhere: correct owl:versionInfo and owl:versionIRI.")
UNUSED = marked("No fact, question, shape or rule uses {thing}: use it, or delete it.")
IN_SCHEME = marked("A code is in the one scheme for which it is named: write skos:inScheme {other}.")
PLACED = marked("A code is either on top of its scheme or below another code: state skos:topConceptOf or skos:broader.")
MEASURE = marked("The codes of the scheme of measures, and they alone, are of the class stdg:Measure: correct the class or the scheme.")  # fmt: skip
GROUP = marked("No group of roles has {thing}: add it as skos:member of one.")
CHECKS = (ONCE, REPEATS, SHARED, KIND, FOREIGN, ALIGNED, UNDECLARED, RANGE, NO_KEY, VERSION, UNUSED, IN_SCHEME, PLACED, MEASURE, GROUP)  # fmt: skip
Fault = tuple[str, dict[str, str], ox.Triple]


def results(
    files: Iterable[GraphFile], store: ox.Store, *, plain: Plain | None = None, lang: str = "en"
) -> list[Result]:
    """Return what is wrong with the files of the ontology among some files.

    Args:
        files: those of a graph, or new ones.
        store: what the graph says, by which a word is in use, and is described in another file.
        plain: knows files with which nothing was wrong, and is told of more of them.
        lang: language of messages.
    """
    chosen = [file for file in files if not file.bulk and HOME.search(file.path.resolve().as_posix())]
    told = [(file, fault) for file in chosen for fault in _unused(_unstated(file, store), file, store, plain)]
    name = hashed([(file.graph, file.digest()) for file in chosen])
    if plain is None or not plain.is_known(DECLARED, name):
        wrong = [(file, fault) for file in chosen for fault in _Declared(file, store).faults()]
        told, name = [*told, *wrong], "" if wrong else name
    if plain is not None and name:
        plain.note(DECLARED, name)
    return [_result(file, fault, lang) for file, fault in told]


def _unstated(file: GraphFile, store: ox.Store) -> list[ox.NamedNode]:
    """Return the words that a file defines and no fact uses; that the ontology itself speaks of them is no use.

    In another graph than the data that comes with it, words of the ontology may well wait for their use.
    """
    is_packaged = content("ontology") in file.path.resolve().parents
    if is_packaged and next(store.quads_for_pattern(None, None, None, ox.NamedNode(SOURCES)), None) is None:
        return []
    defined = [*store.quads_for_pattern(None, ox.NamedNode(DEFINED), None, ox.NamedNode(file.graph))]
    words = [q.subject for q in defined if isinstance(q.subject, ox.NamedNode) and _is_ours(q.subject)]
    return [word for word in words if not _is_stated(word, store)]


def _unused(words: list[ox.NamedNode], file: GraphFile, store: ox.Store, plain: Plain | None) -> Iterator[Fault]:
    """Yield which of some words no shape, question or rule uses either, nor the program."""
    paths = [path for folder in USES for path in below(content(folder), (".ttl", ".rq"))] if words else []
    texts = [(str(path), read_bytes(path)) for path in paths]
    name = hashed(texts, *sorted(word.value for word in words))
    if plain is not None and plain.is_known(USED, name):
        plain.note(USED, name)
        return
    used = {a or b for _, text in texts for a, b in WORD.findall(text.decode())}
    used |= {a or b for path in (below(PROGRAM, (".py",)) if words else ()) for a, b in MADE.findall(read_text(path))}
    wrong = [word for word in words if word.value.removeprefix(STDG) not in used]
    for word in wrong:
        kinds = [q.triple for q in store.quads_for_pattern(word, ox.NamedNode(TYPE), None, ox.NamedNode(file.graph))]
        yield UNUSED, {"thing": short(word.value)}, kinds[0] if kinds else ox.Triple(word, ox.NamedNode(TYPE), word)
    if plain is not None and not wrong:
        plain.note(USED, name)


def _is_stated(term: ox.NamedNode, store: ox.Store) -> bool:
    """Tell whether a fact uses a word."""
    quads = (q for pattern in ((None, term, None), (None, None, term)) for q in store.quads_for_pattern(*pattern))
    return any(not str(getattr(q.graph_name, "value", "")).startswith(f"{GRAPH}ontology/") for q in quads)


class _Declared:
    """A file of the ontology."""

    def __init__(self, file: GraphFile, store: ox.Store) -> None:
        self.file, self.store = file, store
        self.triples = [quad.triple for quad in file.quads()]
        self.facts = Facts(self.triples)
        self.codes = [*self.facts.members(ox.NamedNode(SKOS + "Concept"))]
        self.terms = [node for kind in (OWL + "Class", *KINDS) for node in self.facts.members(ox.NamedNode(kind))]
        self.terms = sorted({n for n in (*self.terms, *self.facts.having(DEFINED)) if self._is_home(n)}, key=str)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong: words, what fills them, and the statement to mend."""
        yield from self._texts()
        yield from self._words()
        yield from self._codes()
        yield from self._links()
        yield from self._versions()

    def _is_home(self, term: Any) -> bool:
        """Tell whether a word of ours is described here, and not only mentioned."""
        said = self.facts.objects(term, LABEL) or self.facts.objects(term, DEFINED)
        return _is_ours(term) and bool(said or not [*self.store.quads_for_pattern(term, ox.NamedNode(LABEL), None)])

    def _texts(self) -> Iterator[Fault]:
        """Yield labels and definitions that are not one in each language, repeat each other, or stand twice."""
        codes = [code for code in sorted(self.codes, key=str) if code.value.startswith(STDGC)]
        for verb, things in ((LABEL, self.terms), (NAME, codes), (DEFINITION, [*self.terms, *codes])):
            for thing in things:
                values = self.facts.objects(thing, verb)
                tags = Counter(str(getattr(v, "language", None) or "").lower() for v in values)
                asked = thing in self.facts.having(DEFINED)  # of these shapes tell what is missing
                if any(tags[tag] > 1 for tag in tags) or (not asked and set(tags) != {*TONGUES}):
                    spare = [v for v in values if tags[str(getattr(v, "language", None) or "").lower()] > 1]
                    yield self._of(thing, ONCE, verb, spare[-1] if spare else None, property=short(verb))
        for thing in self.terms:
            label, definition = (self._english(thing, verb) for verb in (LABEL, DEFINITION))
            if label and definition and re.search(rf"\b{re.escape(label)}\b", definition, re.IGNORECASE):
                yield self._of(thing, REPEATS, DEFINITION, ox.Literal(definition, language="en"), text=label)
        for sort in SORTS:
            members = {node for kind in sort for node in self.facts.members(ox.NamedNode(kind))}
            for verb in (LABEL, DEFINITION):
                yield from self._shared([term for term in self.terms if term in members], verb)

    def _english(self, thing: Any, verb: str) -> str:
        return next((v.value for v in self.facts.objects(thing, verb) if getattr(v, "language", "") == "en"), "")

    def _shared(self, things: Iterable[Any], verb: str) -> Iterator[Fault]:
        first: dict[Any, Any] = {}
        for thing in things:
            for value in self.facts.objects(thing, verb):
                other = first.setdefault(value, thing)
                if other != thing:
                    told = {"thing": short(other.value), "property": short(verb)}
                    yield SHARED, told, ox.Triple(thing, ox.NamedNode(verb), value)

    def _words(self) -> Iterator[Fault]:
        for term in self.terms:
            kinds = {kind.value for kind in self.facts.objects(term, TYPE)}
            if kinds.isdisjoint((OWL + "Class", *KINDS)) or not self.facts.objects(term, DEFINED):
                yield self._of(term, KIND, TYPE)
            for verb in (RDFS + "domain", RDFS + "range"):
                for value in self.facts.objects(term, verb):
                    if not isinstance(value, ox.NamedNode) or (
                        value.value.startswith(XSD) and value.value not in DATATYPES
                    ):
                        yield self._of(term, RANGE, verb, value, other=_shown(value))

    def _codes(self) -> Iterator[Fault]:
        scheme = ox.NamedNode(SKOS + "ConceptScheme")
        grouped = {*self.facts.values(SKOS + "member")}
        for code in sorted((c for c in self.codes if c.value.startswith(STDGC)), key=str):
            prefix = code.value.removeprefix(STDGC).partition("-")[0]
            due = ox.NamedNode(f"{STDGC}scheme/{prefix}")
            stated = self.facts.objects(code, SCHEME)
            if stated != [due] or not self.facts.is_a(due, scheme):
                wrong = next((value for value in stated if value != due), stated[0] if stated else None)
                yield self._of(code, IN_SCHEME, SCHEME, wrong, other=f"<{due.value}>")
            top, above = (self.facts.objects(code, verb) for verb in (TOP, BROADER))
            stray = [value for value in above if value not in self.codes]
            if bool(top) == bool(above) or stray:
                yield self._of(code, PLACED, BROADER if above else TOP, (stray or above or top or [None])[0])
            if (ox.NamedNode(STDG + "Measure") in self.facts.objects(code, TYPE)) != (prefix == "measure"):
                yield self._of(code, MEASURE, TYPE)
            if prefix == "role" and code not in grouped:
                yield self._of(code, GROUP, TYPE)

    def _links(self) -> Iterator[Fault]:
        """Yield what leads to words elsewhere, in the files where that is not due."""
        declared = {node for kind in (OWL + "Class", *KINDS) for node in self.facts.members(ox.NamedNode(kind))}
        aligns, told = self.file.path.stem == "alignments", set()
        for triple in self.triples:
            subject, verb, value = triple.subject, triple.predicate, triple.object
            if verb.value in NEVER:
                yield NO_KEY, {"property": short(verb.value)}, triple
            if verb.value in ABOVE and aligns and (_is_ours(subject), _is_ours(value)) != (True, False):
                yield ALIGNED, {}, triple
            elif verb.value in ABOVE and not aligns and _is_ours(subject) and not _is_ours(value):
                yield FOREIGN, {"other": _shown(value)}, triple
            used = [verb, *([value] if verb.value in STRUCTURE and isinstance(value, ox.NamedNode) else [])]
            for word in used:
                if word not in declared and word not in told and not word.value.startswith((*BUILT_IN, STDG)):
                    told.add(word)
                    yield UNDECLARED, {"other": short(word.value)}, triple

    def _versions(self) -> Iterator[Fault]:
        version = _version()
        for head in self.facts.members(ox.NamedNode(OWL + "Ontology")):
            due = {"versionInfo": ox.Literal(version), "versionIRI": ox.NamedNode(f"{head.value}/{version}")}
            for name, value in due.items() if head.value.startswith(OURS) else ():
                stated = self.facts.objects(head, OWL + name)
                if stated != [value]:
                    wrong = next((v for v in stated if v != value), None)
                    yield self._of(head, VERSION, OWL + name, wrong, version=version)

    @cached_property
    def _first(self) -> dict[Any, ox.Triple]:
        found: dict[Any, ox.Triple] = {}
        for triple in self.triples:
            found.setdefault(triple.subject, triple)
        return found

    def _of(self, thing: Any, words: str, verb: str, value: Any = None, **about: str) -> Fault:
        """Return a fault of a thing, at a statement that it makes; where that is missing, at its first one."""
        values = [value] if value is not None else self.facts.objects(thing, verb)
        triple = ox.Triple(thing, ox.NamedNode(verb), values[0]) if values else self._first[thing]
        return words, {"thing": short(thing.value), **about}, triple


def _version() -> str:
    """Return the version of the program, as it is written at its top."""
    return str(re.findall(r"(?m)^__version__ = \"(.*)\"$", read_text(PROGRAM / "__init__.py"))[0])


def _is_ours(term: Any) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(STDG)


def _shown(term: Any) -> str:
    return short(term.value) if isinstance(term, ox.NamedNode) else "[]"


def _result(file: GraphFile, fault: Fault, lang: str) -> Result:
    words, about, triple = fault
    told = own_result(triple, "Violation", translated(Phrase(words, **about), lang), "NodeConstraintComponent", lang, words)  # fmt: skip
    line, column = spot_of(file.path, triple) or (1, 1)
    return replace(told, finding=replace(told.finding, file=shown(file.path), line=line, column=column))
