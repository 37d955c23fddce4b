"""The door to pySHACL: shapes in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ShapesError
from stdgraph.locale import Foreign
from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import RDF, SH, expand, short
from stdgraph.services.validate.facts import Facts, Triples
from stdgraph.services.validate.screen import TARGETS, Screen

RESULT = (
    "focusNode",
    "resultPath",
    "value",
    "resultSeverity",
    "resultMessage",
    "sourceShape",
    "sourceConstraintComponent",
)
SIGNS = {"alternativePath": "|", "inversePath": "^", "zeroOrMorePath": "*", "oneOrMorePath": "+"}


NIL = RDF + "nil"


@dataclass(frozen=True)
class Result:
    """A finding, its focus node and value as terms, the properties on its path, and its SHACL result as triples.

    `part` tells whether the value is wrong or the property; `repair` is the term that should stand there, where sure.
    """

    finding: Finding
    focus: Any
    value: Any
    properties: tuple[str, ...]
    triples: Triples
    part: str = "object"
    repair: Any = None


def check_of(words: str) -> str:
    """Return the name of a check: the first words of what it says in English.

    >>> check_of("{term} is not declared: check spelling.")
    'check:is-not-declared'
    """
    found = re.findall(r"[a-z0-9]+", re.sub(r"{\w+}", "", words.partition(":")[0]).lower())
    return "check:" + "-".join(found[:8])


def own_result(triple: ox.Triple, severity: str, message: str, component: str, lang: str, words: str = "") -> Result:
    """Return as a result what we find ourselves wrong with a statement; `words` are the message before it was filled in."""
    node = ox.BlankNode()
    said = {
        "focusNode": triple.subject,
        "resultPath": triple.predicate,
        "value": triple.object,
        "resultSeverity": ox.NamedNode(SH + severity),
        "resultMessage": ox.Literal(message, language="zh-Hans" if lang == "zh" else lang),
        "sourceConstraintComponent": ox.NamedNode(SH + component),
    }
    triples = [ox.Triple(node, ox.NamedNode(SH + name), value) for name, value in said.items()]
    shown = _shown(triple.subject), short(triple.predicate.value), _shown(triple.object)
    finding = Finding(severity, *shown, shape="", message=message, check=check_of(words or message))
    return Result(finding, triple.subject, triple.object, (triple.predicate.value,), (_head(node), *triples))


def _head(node: ox.BlankNode) -> ox.Triple:
    return ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(SH + "ValidationResult"))


def results(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple], *, lang: str = "en") -> list[Result]:
    """Return what pySHACL finds in some data; it looks only at what the screen suspects."""
    screen = Screen(Facts(data), Facts(shapes))
    return judged(screen, screen.suspects(), lang=lang)


def judged(screen: Screen, suspects: Mapping[Any, Sequence[Any]], *, lang: str = "en") -> list[Result]:
    """Return what pySHACL finds where each shape is run for its suspects alone."""
    if not suspects:
        return []
    from stdgraph.storage.bridge import lent

    found = _results(plain_report(lent(screen.data.store), narrowed(screen.shapes, suspects)), lang)
    return [_at_slots(result, screen.shapes) for result in found]


def _at_slots(result: Result, shapes: Facts) -> Result:
    """Return a result on a thing as a whole as one on the properties for which its shape looks at the thing."""
    if result.properties:
        return result
    slots = shapes.objects(ox.NamedNode(expand(result.finding.shape)), SH + "targetSubjectsOf")
    return replace(result, properties=tuple(sorted(slot.value for slot in slots)))


def plain_report(data: Any, shapes: Iterable[ox.Triple]) -> Any:
    """Return pySHACL's report on an rdflib graph, as another; raises ShapesError where it cannot run the shapes."""
    import logging

    import pyshacl

    from stdgraph.storage.bridge import to_rdflib

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # a number that is none is a finding, not a traceback
    given = to_rdflib(shapes)
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=given, inference="none", advanced=False, allow_infos=True)
    except (NotImplementedError, RuntimeError) as error:
        raise ShapesError(detail=Foreign(error)) from None
    except Exception as error:
        if type(error) is not Exception:  # rdflib raises the bare class for a query that it cannot read
            raise
        raise ShapesError(detail=Foreign(error)) from None
    if isinstance(report, pyshacl.errors.ValidationFailure):
        raise ShapesError(detail=Foreign(report))
    return report


def narrowed(shapes: Facts, suspects: Mapping[Any, Sequence[Any]]) -> list[ox.Triple]:
    """Return the shapes that are needed, each with its suspects in place of its targets, and constraints of their own."""
    away = {SH + name for name in TARGETS}
    target = ox.NamedNode(SH + "targetNode")
    triples = [ox.Triple(shape, target, node) for shape, nodes in suspects.items() for node in nodes]
    todo = [*suspects, *shapes.members(ox.NamedNode(SH + "ConstraintComponent"))]
    needed = set(todo)
    while todo:
        node = todo.pop()
        found = [t for t in shapes.about(node) if t.predicate.value not in away]
        triples += found
        new = {t.object for t in found if not isinstance(t.object, ox.Literal)} - needed
        needed |= new
        todo += new
    return triples


def _results(report: Any, lang: str) -> list[Result]:
    nodes = sorted(report.objects(None, _term("result")), key=lambda r: _key(report, r))
    return [_result(report, node, lang) for node in nodes]


def _key(report: Any, result: Any) -> tuple[str, ...]:
    return tuple(str(report.value(result, _term(name))) for name in ("focusNode", "sourceShape", "value"))


def _result(report: Any, node: Any, lang: str) -> Result:
    from stdgraph.storage.bridge import term_of

    said = {name: report.value(node, _term(name)) for name in RESULT}
    focus, value = term_of(said["focusNode"]), term_of(said["value"])
    finding = Finding(
        severity=str(said["resultSeverity"]).removeprefix(SH),
        focus=_shown(focus),
        path=_path(report, said["resultPath"]),
        value=_shown(value),
        shape=short(str(said["sourceShape" if _is_named(said["sourceShape"]) else "sourceConstraintComponent"])),
        message=_message(list(report.objects(node, _term("resultMessage"))), lang),
    )
    return Result(finding, focus, value, tuple(_properties(report, said["resultPath"])), _triples(report, node))


def _is_named(node: Any) -> bool:
    import rdflib

    return not isinstance(node, rdflib.BNode)


def _term(name: str) -> Any:
    import rdflib

    return rdflib.URIRef(SH + name)


def _triples(report: Any, result: Any) -> Triples:
    """Return a result's own triples, paths copied, so that each can be written inline."""
    node = ox.BlankNode()
    triples = [_head(node)]
    for name in RESULT:
        for value in report.objects(result, _term(name)):
            triples += _copied(report, node, SH + name, value)
    return tuple(triples)


def _copied(report: Any, subject: ox.BlankNode, predicate: str, value: Any) -> list[ox.Triple]:
    import rdflib

    from stdgraph.storage.bridge import from_rdflib

    if not isinstance(value, rdflib.BNode):
        one = next(iter(from_rdflib([(rdflib.BNode(), rdflib.URIRef(predicate), value)])))
        return [ox.Triple(subject, one.predicate, one.object)]
    copy = ox.BlankNode()
    triples = [ox.Triple(subject, ox.NamedNode(predicate), copy)]
    for p, o in report.predicate_objects(value):
        triples += _copied(report, copy, str(p), o)
    return triples


def _path(report: Any, node: Any) -> str:
    import rdflib

    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return short(str(node))
    steps = [_path(report, item) for item in rdflib.collection.Collection(report, node)]
    if steps:
        return "/".join(steps)
    for kind, sign in SIGNS.items():
        inner = report.value(node, _term(kind))
        if inner is not None:
            told = _path(report, inner)
            return told.replace("/", sign) if sign == "|" else sign + told if sign == "^" else told + sign
    return ""


def _properties(report: Any, node: Any) -> list[str]:
    """Return the properties on a path, in their order."""
    import rdflib

    if not isinstance(node, rdflib.BNode):
        return [str(node)] if node is not None else []
    return [p for _, inner in sorted(report.predicate_objects(node)) for p in _properties(report, inner) if p != NIL]


def _message(found: list[Any], lang: str) -> str:
    wanted = [m for m in found if (m.language or "").startswith(lang[:2])] or found
    return min((str(m) for m in wanted), default="")


def _shown(term: Any) -> str:
    """Return a term for people: a short id, a text, `[]` for what has no name, nothing for None."""
    if isinstance(term, ox.BlankNode):
        return "[]"
    value = "" if term is None else str(term.value)
    return short(value) if "://" in value else value
