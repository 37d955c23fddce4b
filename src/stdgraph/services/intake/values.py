"""What a cell says: each kind of column has one form, and what has another is a fault, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph.errors import AmbiguousNameError, ParameterError
from stdgraph.graph.codes import FEW, Code, chosen, classes, code_named, codes, told
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.dates import bounds
from stdgraph.model.identifiers import slug
from stdgraph.model.later import later
from stdgraph.model.spelling import HAN
from stdgraph.model.vocabulary import BASE, RDFS, STDG, STDGC, XSD, local, short
from stdgraph.services.intake.facts import Term
from stdgraph.services.intake.faults import CellError
from stdgraph.services.intake.templates import Column

if TYPE_CHECKING:
    from stdgraph.services.intake.things import Things

SEVERAL = later(r"[;；\n]")
CONTROL = later(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
ID = later(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9./-]*")
SHARE = later(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?|0?\.[0-9]{1,6}")
NUMBER = later(r"[0-9]{1,9}")
NAME = later(r"[A-Z][A-Za-zü'’-]*( [A-Z][A-Za-zü'’-]*)+")
SYLLABLE = later(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ün|er|ia|ie|iu|ua|uo|ui|ue|üe|a|o|e|i|u|ü))"
)
YES, NO = ("yes", "y", "true", "1", "是"), ("no", "n", "false", "0", "否")
OURS = {"en": ("en",), "zh": ("zh-Hans",), "both": ("en", "zh-Hans"), "none": ()}
CALLED = {"英文": "en", "中文": "zh", "均是": "both", "均否": "none", "zh-hans": "zh"}
"""What the column of own translations takes, besides in Chinese."""
SLASHED = later(r"([0-9]{4})[/.年]([0-9]{1,2})(?:[/.月]([0-9]{1,2})日?|月?)")


@dataclass
class Values:
    """Reads cells: what they name is looked up in the graph, and in what other rows make.

    `tag` returns the language of the row's source document for a text; `form` is the form whose codes a fault tells how to list;
    `below` holds the classes below one.
    """

    graph: Graph
    things: Things
    lang: str = "en"
    tag: Callable[[str], str] = lambda text: "en"
    form: str = ""
    below: dict[str, list[Code]] = field(default_factory=dict)

    def of(self, column: Column, text: str) -> list[Term]:
        """Return the terms that a cell states.

        Raises:
            CellError: it says what the column does not take.
            LaterError: it names what another row makes, which is not read yet.
        """
        if found := CONTROL.search(text):
            code = f"{ord(found[0]):04X}"
            raise CellError(Phrase("holds a control character (U+{code})", code=code))
        parts = [part.strip() for part in SEVERAL.split(text)] if column.many else [text]
        read: Callable[[Column, str], list[Term]] = getattr(self, f"_{column.kind.replace(' ', '_')}")
        return [term for part in parts if part for term in read(column, part)]

    def _text(self, column: Column, text: str) -> list[Term]:
        if len(text) > column.longest:
            raise CellError(Phrase("{number} characters; at most {most}", number=len(text), most=column.longest))
        text = " ".join(text.split("\n"))
        tag = self._tag(column.language, text)
        return [ox.Literal(text, language=tag) if tag else ox.Literal(text)]

    def _tag(self, language: str, text: str) -> str:
        if language == "of source":
            return self.tag(text)
        if language == "by script":
            return "zh-Hans" if HAN.search(text) else "en"
        if language == "en" and HAN.search(text):
            raise CellError(Phrase("Chinese characters, where a name in Latin letters is due"))
        if language == "zh-Hans" and not HAN.search(text):
            raise CellError(Phrase("no Chinese character, where a Chinese name is due"))
        return language

    def _pinyin(self, column: Column, text: str) -> list[Term]:
        if not NAME.fullmatch(text):
            raise CellError(
                Phrase("'{text}' is no pinyin as Ye Yu: family name first, given name in one word", text=text)
            )
        return [ox.Literal(text, language=column.language)]

    def _date(self, column: Column, text: str) -> list[Term]:
        try:
            bounds(text)
        except ValueError as error:
            if found := SLASHED.fullmatch(text):
                meant = "-".join(part.zfill(2) for part in found.groups() if part)
                raise CellError(
                    Phrase("'{text}' is no EDTF date; nearest: {nearest}", text=text, nearest=meant)
                ) from None
            raise CellError(error.args[0]) from None
        return [ox.Literal(text)]

    def _number(self, column: Column, text: str) -> list[Term]:
        if not NUMBER.fullmatch(text):
            raise CellError(Phrase("'{text}' is no whole number", text=text))
        return [ox.Literal(str(int(text)), datatype=ox.NamedNode(XSD + "integer"))]

    def _share(self, column: Column, text: str) -> list[Term]:
        if not SHARE.fullmatch(text):
            raise CellError(Phrase("'{text}' is no number from 0 to 1, such as 0.9", text=text))
        value = str(float(text))
        return [ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))]

    def _yes(self, column: Column, text: str) -> list[Term]:
        if text.lower() in NO:
            return []
        return self._yes_or_no(column, text)

    def _yes_or_no(self, column: Column, text: str) -> list[Term]:
        if text.lower() not in YES + NO:
            raise CellError(Phrase("'{text}' is neither yes nor no", text=text))
        value = "true" if text.lower() in YES else "false"
        return [ox.Literal(value, datatype=ox.NamedNode(XSD + "boolean"))]

    def _translated(self, column: Column, text: str) -> list[Term]:
        word = CALLED.get(text.lower(), text.lower())
        if word not in OURS:
            raise CellError(Phrase("'{text}' is none of {values}", text=text, values=", ".join(OURS)))
        return [ox.Literal(tag) for tag in OURS[word]]

    def _code(self, column: Column, text: str) -> list[Term]:
        scheme = f"{STDGC}scheme/{column.scheme}"
        try:
            code = code_named(self.graph, text, [scheme], parameter=column.name, lang=self.lang)
        except ParameterError as error:
            raise self._none_of(codes(self.graph, scheme), error.values["detail"]) from None
        except AmbiguousNameError as error:
            raise CellError(several(text, error.candidates)) from None
        return [ox.NamedNode(code.iri)]

    def _class(self, column: Column, text: str) -> list[Term]:
        known = self._classes(column.below)
        try:
            found = chosen(known, text, self.lang)
        except AmbiguousNameError as error:
            raise CellError(several(text, error.candidates)) from None
        if not found:
            near = told(known, [text], self.lang)
            raise self._none_of(known, Phrase("there is no class '{kind}'; {names}", kind=text, names=near))
        return [ox.NamedNode(STDG + found.name)]

    def _none_of(self, known: Sequence[Code], fault: str) -> CellError:
        """Return the fault of a cell that names none of a list, with the call that shows all of a long one."""
        if not self.form or len(known) <= FEW:
            return CellError(fault)
        return CellError(Phrase("{fault}; all of them: stdgraph intake --template {form}", fault=fault, form=self.form))

    def _classes(self, name: str) -> list[Code]:
        """Return a class and those below it, looked up once."""
        if name not in self.below:
            below = kinds_below(self.graph, name)
            self.below[name] = [code for code in classes(self.graph) if code.name in below]
        return self.below[name]

    def _thing(self, column: Column, text: str) -> list[Term]:
        iri = self.things.named(text, column.classes)
        return [ox.NamedNode(iri)] if iri else []

    def _known(self, column: Column, text: str) -> list[Term]:
        iri = self.things.known(text)
        return [ox.NamedNode(iri)] if iri else []

    def _id(self, column: Column, text: str) -> list[Term]:
        given = short(text) if text.startswith(BASE) else text
        if not ID.fullmatch(given):
            raise CellError(Phrase("'{text}' is no id such as org/gb-bsi", text=text))
        return [ox.NamedNode(BASE + given)]

    def _words(self, column: Column, text: str) -> list[Term]:
        if not slug(text) or HAN.search(text):
            raise CellError(Phrase("'{text}': give words in Latin letters; the id is made of them", text=text))
        return [ox.Literal(text)]


def several(text: str, candidates: Sequence[str]) -> Phrase:
    """Return that a text names several things."""
    names = "; ".join(candidates[:8])
    return Phrase(
        "'{name}' names {count} things; give one of these ids: {names}", name=text, count=len(candidates), names=names
    )


def kinds_below(graph: Graph, name: str) -> set[str]:
    """Return the local names of a class and of all below it."""
    return _reached(name, [(low, high) for low, high in _stated(graph)])


def kinds_above(graph: Graph, name: str) -> set[str]:
    """Return the local names of a class and of all above it."""
    return _reached(name, [(high, low) for low, high in _stated(graph)])


def _stated(graph: Graph) -> list[tuple[str, str]]:
    rows = select(graph, "axioms", p=[RDFS + "subClassOf"])
    return [(local(row["a"].value), local(row["b"].value)) for row in rows]


def _reached(name: str, pairs: Sequence[tuple[str, str]]) -> set[str]:
    found, ahead = {name}, {name}
    while ahead:
        ahead = {low for low, high in pairs if high in ahead} - found
        found |= ahead
    return found


def is_pinyin_of(pinyin: str, name: str) -> bool:
    """Tell whether a romanized name may be read from the characters of one: it has a syllable for each.

    >>> is_pinyin_of("Ye Yu", "叶郁"), is_pinyin_of("Yang Yi Feng", "叶郁")
    (True, False)
    """
    letters = re.sub(r"[^a-zü]", "", pinyin.lower())
    return re.fullmatch(f"{SYLLABLE.pattern}{{{len(HAN.findall(name))}}}", letters) is not None
