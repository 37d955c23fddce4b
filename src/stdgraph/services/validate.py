"""Validation: the SHACL shapes of `shapes/` through pySHACL, and findings that people can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import DERIVED_BOUNDS, DERIVED_LINKS, RDF, SH, XSD, short
from stdgraph.storage import rules
from stdgraph.storage.files import GraphFile, content

SEVERITIES = ("Violation", "Warning", "Info")
DERIVED_SHAPES = "Derived"


@dataclass(frozen=True)
class Report:
    """The findings of a validation, worst first, and the SHACL report as triples."""

    findings: tuple[Finding, ...]
    triples: tuple[ox.Triple, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation; warnings and infos do not count."""
        return not any(f.severity == "Violation" for f in self.findings)

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each severity."""
        return {s: sum(f.severity == s for f in self.findings) for s in SEVERITIES}


def validate(files: Sequence[GraphFile], new: Sequence[GraphFile] = (), *, lang: str = "en") -> Report:
    """Return what the shapes find in the asserted graph, or in new files merged into it.

    The shapes run on the asserted triples with the ontology's class hierarchy and computed date bounds, never after
    the closure; the shapes of `Derived.ttl` run on what is derived. With new files, only findings about things that
    the new files speak of are returned.

    Args:
        files: ontology, data and added files.
        new: files to check inside that graph.
        lang: language of messages.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    store = ox.Store()
    home: dict[str, str] = {}
    for file in [*files, *new]:
        for quad in file.quads():
            store.add(quad)
            if quad.predicate.value == RDF + "type":
                home.setdefault(str(getattr(quad.subject, "value", "")), str(file.path))
    rules.add_bounds(store)
    focus = {getattr(q.subject, "value", "") for file in new for q in file.quads()} if new else None
    asserted = _run((q.triple for q in store), _shapes(lambda stem: stem != DERIVED_SHAPES))
    found = _findings(asserted, home, lang)
    if focus is None:
        rules.derive(store)
        derived = _run(_derived(store), _shapes(lambda stem: stem == DERIVED_SHAPES))
        found += _findings(derived, home, lang)
    kept = [(f, t) for f, t in found if focus is None or f.focus in focus or f.value in focus]
    order = {name: at for at, name in enumerate(SEVERITIES)}
    kept.sort(key=lambda pair: (order.get(pair[0].severity, 9), pair[0]))
    conforms = not any(f.severity == "Violation" for f, _ in kept)
    triples = _report([t for _, result in kept for t in result], conforms)
    return Report(tuple(_shortened(f) for f, _ in kept), tuple(triples))


def _derived(store: ox.Store) -> Iterable[ox.Triple]:
    """Yield the derived links and bounds, of which alone the derived shapes speak."""
    for graph in (DERIVED_LINKS, DERIVED_BOUNDS):
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple


def _shapes(wanted: Any) -> list[ox.Triple]:
    prefixes = ("General", "Prefixes")
    paths = sorted(p for p in content("shapes").glob("*.ttl") if wanted(p.stem))
    paths += [p for p in sorted(content("shapes").glob("*.ttl")) if p.stem in prefixes and p not in paths]
    triples = [q.triple for p in paths for q in GraphFile(p, "urn:shapes").quads()]
    if wanted(DERIVED_SHAPES):
        triples = _only_targets(triples, paths)
    return triples


def _only_targets(triples: list[ox.Triple], paths: Sequence[Any]) -> list[ox.Triple]:
    """Keep the derived shapes, and of the shared file only the prefix declarations that they need."""
    own = {q.triple for p in paths if p.stem == DERIVED_SHAPES for q in GraphFile(p, "urn:shapes").quads()}
    declares = {ox.NamedNode(SH + n) for n in ("declare", "prefix", "namespace")}
    return [t for t in triples if t in own or t.predicate in declares]


def _run(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> Any:
    import pyshacl

    from stdgraph.storage.bridge import to_rdflib

    _, report, _ = pyshacl.validate(
        to_rdflib(data), shacl_graph=to_rdflib(shapes), inference="none", advanced=False, allow_infos=True
    )
    return report


def _findings(report: Any, home: dict[str, str], lang: str) -> list[tuple[Finding, list[ox.Triple]]]:
    import rdflib

    sh = rdflib.Namespace(SH)
    findings = []
    for result in sorted(report.objects(None, sh.result), key=lambda r: _key(report, r)):
        focus = str(report.value(result, sh.focusNode))
        finding = Finding(
            severity=str(report.value(result, sh.resultSeverity)).removeprefix(SH),
            focus=focus,
            path=_path(report, report.value(result, sh.resultPath)),
            value=str(report.value(result, sh.value) or ""),
            shape=short(str(report.value(result, sh.sourceShape))),
            message=_message(list(report.objects(result, sh.resultMessage)), lang),
            file=home.get(focus, ""),
        )
        findings.append((finding, _result(report, result)))
    return findings


RESULT = (
    "focusNode",
    "resultPath",
    "value",
    "resultSeverity",
    "resultMessage",
    "sourceShape",
    "sourceConstraintComponent",
)


def _key(report: Any, result: Any) -> tuple[str, ...]:
    return tuple(str(report.value(result, ox_iri)) for ox_iri in _terms("focusNode", "sourceShape", "value"))


def _terms(*names: str) -> list[Any]:
    import rdflib

    return [rdflib.URIRef(SH + name) for name in names]


def _result(report: Any, result: Any) -> list[ox.Triple]:
    """Return a result's own triples, paths copied, so that each can be written inline."""
    node = ox.BlankNode()
    triples = [ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(SH + "ValidationResult"))]
    for term in _terms(*RESULT):
        for value in report.objects(result, term):
            triples += _copied(report, node, str(term), value)
    return triples


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


def _report(results: list[ox.Triple], conforms: bool) -> list[ox.Triple]:
    """Return the results with the report node above them."""
    node, boolean = ox.BlankNode(), ox.NamedNode(XSD + "boolean")
    kind, result = ox.NamedNode(RDF + "type"), ox.NamedNode(SH + "ValidationResult")
    heads = [t.subject for t in results if t.predicate == kind and t.object == result]
    return [
        ox.Triple(node, kind, ox.NamedNode(SH + "ValidationReport")),
        ox.Triple(node, ox.NamedNode(SH + "conforms"), ox.Literal(str(conforms).lower(), datatype=boolean)),
        *(ox.Triple(node, ox.NamedNode(SH + "result"), head) for head in heads),
        *results,
    ]


def _path(report: Any, node: Any) -> str:
    import rdflib

    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return short(str(node))
    steps = [_path(report, item) for item in rdflib.collection.Collection(report, node)]
    if steps:
        return "/".join(steps)
    for kind, sign in (("alternativePath", "|"), ("inversePath", "^"), ("zeroOrMorePath", "*"), ("oneOrMorePath", "+")):
        inner = report.value(node, rdflib.URIRef(SH + kind))
        if inner is not None:
            told = _path(report, inner)
            return told.replace("/", sign) if sign == "|" else sign + told if sign == "^" else told + sign
    return ""


def _message(found: list[Any], lang: str) -> str:
    wanted = [m for m in found if (m.language or "").startswith(lang[:2])] or found
    return min((str(m) for m in wanted), default="")


def _shortened(finding: Finding) -> Finding:
    from dataclasses import replace

    return replace(
        finding, focus=short(finding.focus), value=short(finding.value) if "://" in finding.value else finding.value
    )
