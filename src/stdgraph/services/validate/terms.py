"""Words that nobody declares: mistyped classes, properties and codes, and the nearest that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from functools import cache, cached_property
from typing import Any, NamedTuple

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import BASE, OWL, RDF, RDFS, SH, SRC, STDG, STDGC, short
from stdgraph.services.validate.kinds import ANNOTATIONS
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stated import Grouped
from stdgraph.services.validate.stored import Statements

HOME = BASE.removesuffix("id/")
TYPE = ox.NamedNode(RDF + "type")
PROPERTIES = {OWL + k for k in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")} | {RDF + "Property"}
CLASSES = {OWL + "Class", RDFS + "Class"}
NAMES_PROPERTY = STDG + "claimProperty"
BUILT_IN = {
    RDF: "type first rest",
    RDFS: "Class label comment seeAlso isDefinedBy domain range subClassOf subPropertyOf",
    OWL: (
        "AllDisjointClasses AnnotationProperty Class DatatypeProperty FunctionalProperty ObjectProperty Ontology "
        "SymmetricProperty TransitiveProperty deprecated disjointWith equivalentClass equivalentProperty imports "
        "inverseOf members priorVersion propertyChainAxiom versionIRI versionInfo"
    ),
    SH: "",
}
"""What of the languages of ontologies is used here; the words of other vocabularies are declared in `ontology/`."""
LANGUAGE = {space + name for space, names in BUILT_IN.items() for name in names.split()}
OTHER_CLASSES = {"http://www.w3.org/2004/02/skos/core#" + n for n in ("Concept", "ConceptScheme", "Collection")}
"""Classes of code lists, which OWL need not know."""

UNDECLARED = marked("{term} is not declared: check spelling and prefix, or add it to the ontology first.")
CLOSED = marked("{term} is none of the words of that vocabulary that are used here: check spelling and prefix, or declare it in ontology/ first.")  # fmt: skip
NO_PROPERTY = marked("{term} is no property: write one between a thing and its value.")
NO_CLASS = marked("{term} is no class: write one behind 'a'.")
UNKNOWN = marked("Nothing else in the graph uses {term}: check spelling and prefix.")
UNSAID = marked("Nothing of ours in the graph has {term}: take the word that the data has for it.")
TOLD = (("Violation", UNDECLARED), ("Violation", CLOSED), ("Violation", NO_PROPERTY), ("Violation", NO_CLASS), ("Warning", UNKNOWN), ("Warning", UNSAID))  # fmt: skip


SURE = 0.85
"""How alike the names of two words must be for one to be the other misspelt."""


class Strange(NamedTuple):
    """A word that is not known: where it stands, which kind of word is due there, and what to say."""

    triple: ox.Triple
    term: ox.NamedNode
    kind: str
    words: str


class Terms:
    """The words that a graph declares and uses, asked about the words of the files that are checked.

    Words of ours (`stdg:`, `stdgc:`) must be declared, which means typed, anywhere; of a vocabulary that the ontology
    reuses, the words that it declares are all that is allowed. Of a word of yet another vocabulary no declaration is at
    hand; in new statements, where there are such, it is told when the graph has never used it.
    """

    def __init__(self, old: Statements, asked: Grouped, *, foreign: bool = False, lang: str = "en") -> None:
        self.old, self.asked, self.foreign, self.lang = old, asked, foreign, lang
        self.kinds = cache(self._kinds)
        self._is_used = cache(old.uses)
        self._is_said = cache(self._said)
        self._fault = cache(self._fault_of)
        self._nearest = cache(self._near)

    def results(self, found: Sequence[Result]) -> list[Result]:
        """Return the findings, each with the nearest name where it points to nothing, and what uses unknown words."""
        told = {(r.focus, r.value) for r in found}
        unknown = [strange for verb, triples in self.asked.items() for strange in self._strange(verb, triples)]
        more = [
            self._result(strange)
            for strange in dict.fromkeys(unknown)
            if strange.term != strange.triple.object or (strange.triple.subject, strange.term) not in told
        ]
        return [*map(self._cured, found), *more]

    def _strange(self, iri: str, triples: Sequence[ox.Triple]) -> Iterator[Strange]:
        """Yield the unknown words in the statements of a property: itself, classes, codes."""
        verb = ox.NamedNode(iri)
        if words := self._fault(verb, "property"):
            yield from (Strange(t, verb, "property", words) for t in triples)
        elif self.foreign and not iri.startswith(HOME) and not self._is_said(verb):
            yield from (Strange(t, verb, "property", UNSAID) for t in triples if _is_thing(t.subject))
        kind = "class" if verb == TYPE else "property" if iri == NAMES_PROPERTY else ""
        values = {value for t in triples if isinstance(value := t.object, ox.NamedNode)}
        odd: dict[Any, str] = {value: words for value in values if (words := self._odd(value, kind))}
        if odd:
            strange: Iterator[tuple[ox.Triple, Any]] = ((t, t.object) for t in triples if t.object in odd)
            yield from (Strange(t, value, kind, odd[value]) for t, value in strange)

    def _odd(self, value: ox.NamedNode, kind: str) -> str:
        """Return what is wrong with a value as a class, as a property, or as a code; "" for nothing."""
        if kind:
            return self._fault(value, kind)
        return UNDECLARED if value.value.startswith((STDG, STDGC)) and not self.kinds(value) else ""

    def _fault_of(self, term: ox.NamedNode, kind: str) -> str:
        """Return what is wrong with a word in the place of a property or class, "" for nothing."""
        iri, kinds = term.value, self.kinds(term)
        if iri in LANGUAGE or iri in OTHER_CLASSES or kinds & (PROPERTIES if kind == "property" else CLASSES):
            return ""
        if kinds & (PROPERTIES | CLASSES) or (kinds and iri.startswith(HOME)):
            return NO_PROPERTY if kind == "property" else NO_CLASS
        if iri.startswith(HOME):
            return UNDECLARED
        if namespace(iri) in self._closed:
            return CLOSED
        return UNKNOWN if self.foreign and not self._is_used(term) else ""

    def _said(self, verb: ox.NamedNode) -> bool:
        """Tell whether a property is one for things of ours, or was so before."""
        if verb == TYPE or (verb.value in ANNOTATIONS and not verb.value.startswith(RDFS)):
            return True
        return any(_is_thing(q.subject) for q in self.old.before.quads_for_pattern(None, verb, None))

    def _kinds(self, term: Any) -> frozenset[str]:
        """Return the classes of a thing."""
        return frozenset(str(getattr(kind, "value", "")) for kind in self.old.classes(term))

    def _typed(self, kind: str = "") -> set[str]:
        """Return what has a class, one or any."""
        asserted = self.old.store.quads_for_pattern(None, TYPE, ox.NamedNode(kind) if kind else None)
        return {q.subject.value for q in asserted if isinstance(q.subject, ox.NamedNode)}

    @cached_property
    def vocabulary(self) -> dict[str, list[str]]:
        """The declared properties, and the declared classes."""
        sorts = {"property": PROPERTIES, "class": CLASSES}
        return {kind: sorted(set().union(*map(self._typed, of))) for kind, of in sorts.items()}

    @cached_property
    def _closed(self) -> set[str]:
        return {namespace(iri) for words in self.vocabulary.values() for iri in words} | set(BUILT_IN)

    def _result(self, strange: Strange) -> Result:
        triple, term, kind, words = strange
        near = self._nearest(term.value, kind)
        message = translated(Phrase(words, term=short(term.value)), self.lang) + self._told(near)
        at_verb = term == triple.predicate
        component = "ClosedConstraintComponent" if at_verb else "InConstraintComponent"
        severity = "Warning" if words in (UNKNOWN, UNSAID) else "Violation"
        found = own_result(triple, severity, message, component, self.lang, words)
        sure = len(near) == 1 and severity != "Warning" and is_misspelt(term.value, near[0])
        repair = ox.NamedNode(near[0]) if sure else None
        return replace(found, part="predicate" if at_verb else "object", repair=repair)

    def _cured(self, result: Result) -> Result:
        value = result.value
        if not isinstance(value, ox.NamedNode) or value == result.focus or self.kinds(value):
            return result
        near = self._nearest(value.value, "")
        told = replace(result, finding=replace(result.finding, message=result.finding.message + self._told(near)))
        ours = value.value.startswith((STDG, STDGC))
        sure = ours and len(near) == 1 and is_misspelt(value.value, near[0])
        return replace(told, repair=ox.NamedNode(near[0])) if sure else told

    def _told(self, near: Sequence[str]) -> str:
        return translated(Phrase(" Nearest: {names}.", names=", ".join(map(short, near))), self.lang) if near else ""

    def _near(self, iri: str, kind: str) -> list[str]:
        """Return the nearest declared names: of a property or a class, of a code of ours, of a thing of its kind."""
        if not kind:
            space = _space(iri)
            words = sorted(self._things) if space else self._in_use
            return nearest(iri, space, (w for w in words if w.startswith(space)))
        words = self.vocabulary[kind] + sorted(_of_kind(kind))
        home = namespace(iri)
        found = nearest(iri, home, (w for w in words if namespace(w) == home))
        if found or home in BUILT_IN:
            return found
        return nearest(iri, "", words, key=_last) or nearest(iri, "", self._in_use, key=_last)

    @cached_property
    def _things(self) -> set[str]:
        return self._typed()

    @cached_property
    def _in_use(self) -> list[str]:
        return sorted({str(getattr(q.object if q.predicate == TYPE else q.predicate, "value", "")) for q in self.old})


def _is_thing(term: Any) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith((BASE, SRC))


def nearest(iri: str, space: str, words: Any, key: Any = None) -> list[str]:
    """Return at most two of some IRIs that are spelt much as one is, the nearest first.

    >>> nearest("x:evidnece", "x:", ["x:evidence", "x:Evidence", "x:holder"])
    ['x:evidence']
    """
    last = key or (lambda word: word[len(space) :])
    asked = last(iri)
    names: dict[str, str] = {}
    for word in sorted((w for w in words if w != iri), key=lambda w: (last(w)[:1] != asked[:1], w)):
        names.setdefault(last(word).lower(), word)
    return [names[name] for name in get_close_matches(asked.lower(), names, n=2, cutoff=0.75)]


def is_misspelt(iri: str, near: str) -> bool:
    """Tell whether an IRI is surely another one misspelt: of the same vocabulary, and one slip of the hand away.

    >>> is_misspelt("x:a#evidnece", "x:a#evidence"), is_misspelt("x:a#note", "x:b#note")
    (True, False)
    """
    if namespace(iri) != namespace(near):
        return False
    return SequenceMatcher(None, _last(iri).lower(), _last(near).lower()).ratio() >= SURE


def namespace(iri: str) -> str:
    """Return an IRI up to its last `#` or `/`."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _last(iri: str) -> str:
    return iri[len(namespace(iri)) :]


def _of_kind(kind: str) -> set[str]:
    return {iri for iri in LANGUAGE | OTHER_CLASSES if _last(iri)[0].isupper() == (kind == "class")}


def _space(iri: str) -> str:
    """Return the part of an IRI in which to look for others: our namespace, the kind of thing; "" for foreign words."""
    if iri.startswith(BASE):
        return BASE + iri[len(BASE) :].partition("/")[0] + "/"
    return next((space for space in (STDG, STDGC, SRC) if iri.startswith(space)), "")
