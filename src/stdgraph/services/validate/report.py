"""What a validation returns: findings for people, and the same as a SHACL report."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import RDF, SH, XSD

SEVERITIES = ("Violation", "Warning", "Info")

Triples = tuple[ox.Triple, ...]


@dataclass(frozen=True)
class Report:
    """The findings of a validation, worst first, and the SHACL result of each as triples."""

    findings: tuple[Finding, ...]
    results: tuple[Triples, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation; warnings and infos do not count."""
        return not any(f.severity == "Violation" for f in self.findings)

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each severity."""
        return {s: sum(f.severity == s for f in self.findings) for s in SEVERITIES}

    def at_least(self, severity: str) -> Report:
        """Return the report with the findings of a severity and of worse ones alone."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        pairs = zip(self.findings, self.results, strict=True)
        kept = [(f, triples) for f, triples in pairs if f.severity in wanted]
        return Report(tuple(f for f, _ in kept), tuple(triples for _, triples in kept))

    @property
    def triples(self) -> Triples:
        """The SHACL report: the results with the report node above them."""
        node, kind = ox.BlankNode(), ox.NamedNode(RDF + "type")
        conforms = ox.Literal(str(self.conforms).lower(), datatype=ox.NamedNode(XSD + "boolean"))
        heads = [triples[0].subject for triples in self.results]
        return (
            ox.Triple(node, kind, ox.NamedNode(SH + "ValidationReport")),
            ox.Triple(node, ox.NamedNode(SH + "conforms"), conforms),
            *(ox.Triple(node, ox.NamedNode(SH + "result"), head) for head in heads),
            *(triple for triples in self.results for triple in triples),
        )
