"""Values of another kind than their property has: texts for things and things for texts, datatypes, language tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, NamedTuple

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import BASE, DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, STDG, XSD, expand, short
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stated import Grouped
from stdgraph.services.validate.stored import Statements
from stdgraph.services.validate.values import stored
from stdgraph.storage.turtle import language_tag

THING, TEXT = "thing", "text"
TYPE = ox.NamedNode(RDF + "type")
BOOLEAN, DECIMAL, INTEGER, STRING = (XSD + name for name in ("boolean", "decimal", "integer", "string"))
OBJECT = OWL + "ObjectProperty"
ANNOTATIONS = {
    **dict.fromkeys(
        [
            *(SKOS + n for n in ("prefLabel", "altLabel", "hiddenLabel", "note", "editorialNote", "scopeNote", "definition")),
            *(STDG + n for n in ("formerName", "nameText", "officeTitle", "printedForm", "signatoryAsStated", "theme")),
            *(DCTERMS + n for n in ("description", "rights", "title")), RDFS + "label",
        ],
        TEXT,
    ),
    **dict.fromkeys(
        [
            *(STDG + n for n in ("claimProperty", "claimSubject", "evidence", "linkKind")),
            *(DCTERMS + n for n in ("isReplacedBy", "license")), SCHEMA + "sameAs",
        ],
        THING,
    ),
    STDG + "acronym": STRING, OWL + "deprecated": BOOLEAN,
}  # fmt: skip
"""What annotation properties point to, of which OWL says nothing."""
TAGS = ("en", "zh-Hans", "zh-Hant", "zh-Latn-pinyin", "fr", "de", "ru", "es", "hu", "it", "pt", "ro", "tr")
"""The languages of names: those that the shapes allow (`sh:languageIn`)."""
MEANT = {"zh": "zh-Hans", "cn": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "eng": "en", "en-gb": "en", "en-us": "en", "english": "en", "chi": "zh-Hans", "zho": "zh-Hans"}  # fmt: skip
"""Tags that others write, and ours."""
FORMS = {
    BOOLEAN: re.compile("true|false"),
    DECIMAL: re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    INTEGER: re.compile("[+-]?[0-9]+"),
    STRING: re.compile(r".*", re.DOTALL),
}
LAST = re.compile("[/#]")
KEPT = {tag.lower() for tag in TAGS}

THING_DUE = marked("{property} points to a thing: write its IRI in angle brackets, or its prefixed name, and no text.")
TEXT_DUE = marked("An IRI stands where a text is due: write what {property} says in quotation marks.")
VALUE_DUE = marked("An IRI stands where {datatype} is due: write the value of {property}.")
TAG_DUE = marked("{property} is a text in a language: tag it, @en or @zh-Hans.")
NO_TAG_DUE = marked("{property} belongs to no language: take the tag @{tag} away.")
WRONG_TYPE = marked("{property} is a value of {datatype}: write it such as {example}.")
WRONG_FORM = marked("{text} is no {datatype}: write {property} such as {example}.")
STRANGE_TAG = marked("@{tag} is no language of our names: use one of {tags}.")
OWN_NAME = marked("This label is only the name of its own IRI: write what people call the thing, or leave it out.")
TOLD = tuple(("Violation", words) for words in (THING_DUE, TEXT_DUE, VALUE_DUE, TAG_DUE, NO_TAG_DUE, WRONG_TYPE, WRONG_FORM, STRANGE_TAG, OWN_NAME))  # fmt: skip
EXAMPLES = {BOOLEAN: "true", DECIMAL: "0.9", INTEGER: "12", STRING: '"GB"'}
LABELS = {SKOS + "prefLabel", SKOS + "altLabel", RDFS + "label", DCTERMS + "title"}


class Wrong(NamedTuple):
    """What is wrong with a value: words, what fills them, and the term that should stand there, where that is sure."""

    words: str
    about: Mapping[str, str]
    repair: Any = None


class Kinds:
    """What the ontology says of the values of properties, asked about statements."""

    def __init__(self, old: Statements, classes: Callable[[Any], Collection[str]], *, lang: str = "en") -> None:
        """Take what ontology and data state, and what tells the classes of a thing."""
        self.old, self.classes, self.lang = old, classes, lang

    def results(self, judged: Grouped, found: Sequence[Result]) -> list[Result]:
        """Return the findings, with repairs where one is sure, and what is wrong besides with the kinds of values."""
        told = {
            (r.focus, p, stored(r.value)): at for at, r in enumerate(found) for p in r.properties if r.part == "object"
        }
        all_found = list(found)
        for triple, wrong in self._all_wrong(judged):
            at = told.get((triple.subject, triple.predicate.value, stored(triple.object)))
            if at is None:
                all_found.append(self._result(triple, wrong))
            elif all_found[at].repair is None:
                all_found[at] = replace(all_found[at], repair=wrong.repair)
        return all_found

    def _all_wrong(self, judged: Grouped) -> Iterator[tuple[ox.Triple, Wrong]]:
        """Yield the statements of which the value is wrong; each value of a property is looked at once."""
        for verb, triples in judged.items():
            due = self.due.get(verb, "")
            if verb in LABELS:
                yield from ((t, wrong) for t in triples if (wrong := self.wrong(t.object, due, verb) or _own_name(t)))
                continue
            values = {t.object for t in triples}
            odd = {value: wrong for value in values if (wrong := self.wrong(value, due, verb))}
            yield from ((t, odd[t.object]) for t in triples if odd and t.object in odd)

    def wrong(self, value: Any, due: str, verb: str) -> Wrong | None:
        """Return what is wrong with a value of a property, None for nothing."""
        if isinstance(value, ox.Literal):
            if due == THING:
                return Wrong(THING_DUE, {"property": short(verb)}, self._thing(value.value))
            return self._wrong_literal(value, due, verb)
        if isinstance(value, ox.NamedNode) and due and due != THING:
            words = TEXT_DUE if due == TEXT else VALUE_DUE
            return Wrong(words, {"property": short(verb), "datatype": short(due)})
        return None

    @cached_property
    def due(self) -> dict[str, str]:
        """What the values of each property are: things, texts in a language, or a datatype."""
        things = self.old.store.quads_for_pattern(None, TYPE, ox.NamedNode(OBJECT))
        ranges = self.old.store.quads_for_pattern(None, ox.NamedNode(RDFS + "range"), None)
        found = {q.subject.value: THING for q in things if isinstance(q.subject, ox.NamedNode)}
        found |= {
            str(getattr(q.subject, "value", "")): due
            for q in ranges
            if (due := getattr(q.object, "value", "")) in FORMS
        }
        return found | ANNOTATIONS

    def _wrong_literal(self, value: ox.Literal, due: str, verb: str) -> Wrong | None:
        tag = value.language
        if due in FORMS:
            return None if _fits(value, due) else _misfit(value, due, verb)
        if tag:
            return None if tag in KEPT else _strange_tag(value)
        return Wrong(TAG_DUE, {"property": short(verb)}) if due == TEXT else None

    def _thing(self, text: str) -> ox.NamedNode | None:
        """Return the described thing whose IRI or name a text is."""
        name = text.strip().strip("<>")
        if not re.fullmatch(r"[^\s<>\"{}|^`\\]+", name):
            return None
        node = ox.NamedNode(expand(name) if "://" not in name else name)
        return node if self.classes(node) else None

    def _result(self, triple: ox.Triple, wrong: Wrong) -> Result:
        message = translated(Phrase(wrong.words, **wrong.about), self.lang)
        iri_due = wrong.words in (THING_DUE, TEXT_DUE, VALUE_DUE)
        component = "NodeKindConstraintComponent" if iri_due else "DatatypeConstraintComponent"
        found = own_result(triple, "Violation", message, component, self.lang, wrong.words)
        return replace(found, repair=wrong.repair)


def _fits(value: ox.Literal, due: str) -> bool:
    return not value.language and value.datatype.value == due and FORMS[due].fullmatch(value.value) is not None


def _misfit(value: ox.Literal, due: str, verb: str) -> Wrong:
    """Tell why a literal is no value of a datatype."""
    said = {"property": short(verb), "datatype": short(due), "example": EXAMPLES[due], "text": value.value}
    if value.language:
        plain = ox.Literal(value.value) if due == STRING else _typed(value.value, due)
        return Wrong(NO_TAG_DUE, said | {"tag": language_tag(value.language)}, plain)
    if value.datatype.value != due:
        return Wrong(WRONG_TYPE, said, _typed(value.value, due))
    return Wrong(WRONG_FORM, said)


def _typed(text: str, due: str) -> ox.Literal | None:
    """Return a text as a value of a datatype, None where it is none."""
    half = text.strip().translate({ord("０") + n: str(n) for n in range(10)} | {ord("．"): "."})
    if due == DECIMAL and FORMS[INTEGER].fullmatch(half):
        half += ".0"
    return ox.Literal(half, datatype=ox.NamedNode(due)) if half and FORMS[due].fullmatch(half) else None


def _strange_tag(value: ox.Literal) -> Wrong | None:
    tag = language_tag(value.language or "")
    if tag in TAGS:
        return None
    meant = MEANT.get(tag.lower()) or next(iter(get_close_matches(tag, TAGS[:4], n=1, cutoff=0.6)), "")
    repair = ox.Literal(value.value, language=meant) if meant else None
    return Wrong(STRANGE_TAG, {"tag": tag, "tags": ", ".join(TAGS)}, repair)


def _own_name(triple: ox.Triple) -> Wrong | None:
    """Tell a label that is the IRI of its thing, or the last part of it."""
    if not isinstance(triple.object, ox.Literal) or not isinstance(triple.subject, ox.NamedNode):
        return None
    iri, text = triple.subject.value, triple.object.value
    last = LAST.split(iri)[-1]
    if last not in text:
        return None
    names = {iri, short(iri), iri.removeprefix(BASE), f"<{iri.removeprefix(BASE)}>"}
    coded = last if re.search(r"[-_]|[a-z][A-Z]", last) else ""
    return Wrong(OWN_NAME, {}) if text in names | ({coded} if coded else set()) else None
