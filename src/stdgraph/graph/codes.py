"""Codes of lists: which one a name means, which come near it, and of which list it is.

A list is a scheme of `ontology/codes.ttl`, a property, for the kinds of tie below it, or all classes or properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stdgraph.errors import AmbiguousNameError, ParameterError
from stdgraph.graph.labels import kinds, labels
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import HAN, key, words
from stdgraph.model.vocabulary import OWL, STDG, expand, local, short
from stdgraph.storage.names import YEAR
from stdgraph.storage.nearest import nearest

COOPERATION, LINKS = STDG + "cooperatesWith", STDG + "linkedInStandardizationWith"
TIES = (COOPERATION, LINKS)
"""The lists of the kinds of tie: both ways, and one way."""
ALL = (OWL + "Class", OWL + "ObjectProperty")
"""The lists of all classes and of all properties; their codes may stand in a narrower list, too."""
CALLED = {
    COOPERATION: marked("ties both ways"),
    LINKS: marked("ties one way"),
    ALL[0]: marked("classes"),
    ALL[1]: marked("properties"),
}
"""What people call a list that has no name of its own."""
LONGEST = 200
"""No name of a code is longer."""
FEW, NEAR, MANY = 8, 4, 20
"""A list of so few codes is told whole; of a longer one so many that come near, or so many that may be meant."""


@dataclass(frozen=True)
class Code:
    """A code of a list: IRI, the list's IRI, labels in both languages, and all texts that name it, the best first."""

    iri: str
    scheme: str
    en: str
    zh: str
    texts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The local name without that of its list: `convenor`."""
        return local(self.iri).removeprefix(f"{local(self.scheme)}-")

    def label(self, lang: str = "en") -> str:
        """Return the label in a language, else in the other one, else the local name."""
        first, second = (self.zh, self.en) if lang.startswith("zh") else (self.en, self.zh)
        return first or second or self.name

    def both(self, lang: str = "en") -> str:
        """Return the name and the labels that it does not say already, those of the language first.

        >>> Code("stdgc:agrtype-mou", "scheme/agrtype", "memorandum of understanding", "谅解备忘录").both()
        'stdgc:agrtype-mou (memorandum of understanding, 谅解备忘录)'
        """
        told = [text for text in (self.en, self.zh) if text and key(text) != key(self.name)]
        told = told[::-1] if lang.startswith("zh") else told
        if lang.startswith("zh"):
            return f"{self.name}（{'，'.join(told)}）" if told else self.name
        return f"{self.name} ({', '.join(told)})" if told else self.name

    def is_called(self, text: str) -> bool:
        """Tell whether a text is one of its names, or a part of one that stands in brackets, or before them."""
        parts = (part for name in self.texts for part in re.split("[（）()]", name))
        return _tier(self, text) < NONE or key(text) in {key(part) for part in parts} - {""}

    def is_written(self, text: str) -> bool:
        """Tell whether a text is its IRI or a form of it, or its local name."""
        forms = {self.iri, short(self.iri), local(self.iri), self.name}
        return text in forms or key(text) in {key(local(self.iri)), key(self.name)} - {""}


def codes(graph: Graph, *schemes: str, iris: Iterable[str] = ()) -> list[Code]:
    """Return the codes of some lists, or of all, by name; only some of them where their IRIs are given."""
    rows = list(select(graph, "codes", scheme=schemes or [None], code=list(iris) or [None]))
    named = graph.names.texts(row["code"].value for row in rows)
    found = [_code(row["code"].value, row["scheme"].value, named) for row in rows]
    return sorted(found, key=lambda code: (code.scheme in ALL, code.scheme, code.name))


def _code(iri: str, scheme: str, named: dict[str, tuple[str, str, tuple[str, ...]]]) -> Code:
    return Code(iri, scheme, *named.get(iri, ("", "", ())))


def classes(graph: Graph) -> list[Code]:
    """Return the classes of the ontology, and those of which there is anything, by name."""
    names = {local(row["c"].value) for row in select(graph, "classes-to-find")} | {YEAR}
    english, chinese = (kinds(graph, names, lang) for lang in ("en", "zh"))
    return [
        Code(
            english[name].iri,
            STDG,
            english[name].label,
            chinese[name].label,
            (english[name].label, chinese[name].label),
        )
        for name in sorted(names)
    ]


def meant(graph: Graph, text: str) -> list[Code]:
    """Return the codes of all lists that a text names exactly, those that are called so before those that also are.

    >>> import stdgraph
    >>> [code.name for code in meant(stdgraph.open().reads, "MoU")]
    ['mou']
    """
    if len(text) > LONGEST:
        return []
    written = (graph.names.get(expand(form)) for form in (text, f"stdgc:{text}", f"stdg:{text}"))
    iris = {*graph.names.keyed(text), *(found.iri for found in written if found)}
    known = codes(graph, iris=sorted(iris)) if iris else []
    narrow = {code.iri for code in known if code.scheme not in ALL}
    known = [code for code in known if code.scheme not in ALL or code.iri not in narrow]
    return sorted(known, key=lambda code: _tier(code, text))


def called(known: Sequence[Code], text: str) -> list[Code]:
    """Return which of some codes a text names: by local name, else by label or notation, else by another name."""
    tiers = [(_tier(code, text), code) for code in known if len(text) <= LONGEST]
    best = min((tier for tier, _ in tiers), default=NONE)
    return [code for tier, code in tiers if tier == best < NONE]


NONE = 3


def _tier(code: Code, text: str) -> int:
    text = text.strip()
    if code.is_written(text):
        return 0
    wanted = key(text)
    same = [at for at, name in enumerate(code.texts) if name == text or (wanted and key(name) == wanted)]
    labels = {code.en, code.zh}
    return NONE if not same else 1 if any(code.texts[at] in labels for at in same) else 2


def holding(known: Sequence[Code], text: str) -> list[Code]:
    """Return which of some codes have a name that holds all the words of a text, those that have no others first of all."""
    if len(text) > LONGEST:
        return []
    wanted = set(words(text))
    if HAN.search(text):
        return [code for code in known if any(key(text) in key(name) for name in code.texts)]
    held = [(code, [set(words(name)) for name in code.texts]) for code in known]
    same = [code for code, names in held if wanted and wanted in names]
    return same or [code for code, names in held if wanted and any(wanted <= name for name in names)]


def code_named(
    graph: Graph, given: str, schemes: Sequence[str], *, parameter: str, lang: str = "en", beside: Sequence[str] = ()
) -> Code:
    """Return the one code of some lists that a name means.

    Args:
        graph: an opened store or endpoint.
        given: local name (`role-convenor`, `convenor`), label in either language, synonym, notation, IRI, or words of a
            label that no other code of the lists has.
        schemes: IRIs of the lists.
        parameter: the argument, for errors.
        lang: language of errors.
        beside: other words that the argument takes.

    Raises:
        ParameterError: no code of these lists is called so; the error names the nearest, and the list of which it is.
        AmbiguousNameError: several are.
    """
    found = called([code for code in meant(graph, given) if code.scheme in schemes], given)
    if len(found) == 1:
        return found[0]
    known = codes(graph, *schemes)
    if one := chosen(known, given, lang):
        return one
    near = {"list": _list(graph, schemes, lang), "name": given}
    if others := meant(graph, given):
        near |= {"label": others[0].label(lang), "other": _list(graph, [others[0].scheme], lang)}
        message = marked("'{name}' ({label}) is of another list, the {other}; of the {list} {names}")
    else:
        message = marked("'{name}' is none of the {list}; {names}")
    texts = [given, *(text for code in others for text in (code.en, code.zh))]
    raise ParameterError(parameter=parameter, detail=Phrase(message, names=told(known, texts, lang, beside), **near))


def class_named(graph: Graph, given: str, lang: str = "en") -> str:
    """Return the local name of the class that a name means; raises ParameterError and AmbiguousNameError."""
    known = classes(graph)
    if one := chosen(known, given, lang):
        return one.name
    detail = Phrase("there is no class '{kind}'; {names}", kind=given, names=told(known, [given], lang))
    raise ParameterError(parameter="kind", detail=detail)


def chosen(known: Sequence[Code], given: str, lang: str) -> Code | None:
    """Return the one code that a text means, or None; raises AmbiguousNameError where several may be meant."""
    found = called(known, given) or holding(known, given)
    if len(found) > 1:
        raise AmbiguousNameError(name=given, candidates=[f"{code.name}  {code.label(lang)}" for code in found[:MANY]])
    return found[0] if found else None


def told(known: Sequence[Code], texts: Sequence[str], lang: str, beside: Sequence[str] = ()) -> Phrase:
    """Return the codes whose names come nearest to some texts, for people; all of a short list to which none comes near."""
    names = [(text, code.both(lang)) for code in known for text in (code.name, *code.texts)]
    names += [(word, word) for word in beside]
    near = dict.fromkeys(names[at][1] for text in texts for at in nearest(text, [name for name, _ in names], NEAR))
    comma = "、" if lang.startswith("zh") else ", "
    if near:
        return Phrase("nearest: {names}", names=comma.join(list(near)[:NEAR]))
    every = [*beside, *(code.both(lang) for code in known)]
    if len(every) <= FEW:
        return Phrase("there are {names}", names=comma.join(every))
    return Phrase("there are {number}, such as {names}", number=len(every), names=comma.join(every[:NEAR]))


def _list(graph: Graph, schemes: Sequence[str], lang: str) -> str:
    """Return what people call one or more lists."""
    known = labels(graph, schemes, lang)
    told = [translated(Phrase(CALLED[iri]), lang) if iri in CALLED else known[iri] for iri in schemes]
    return str(translated(Phrase(" and "), lang)).join(told)
