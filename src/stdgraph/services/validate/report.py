"""What a validation returns: findings for people, and the same as a SHACL report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule
from stdgraph.model.vocabulary import RDF, SH, XSD
from stdgraph.services.validate.facts import Triples

if TYPE_CHECKING:
    from stdgraph.services.validate.fixing import Mended

SEVERITIES = ("Violation", "Warning", "Info")


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

    def first(self, number: int | None) -> Report:
        """Return the report with so many findings, the worst; with all for None."""
        return Report(self.findings[:number], self.results[:number])

    def fails(self, severity: str = "Violation") -> bool:
        """Tell whether there is a finding of a severity, or of a worse one."""
        return bool(self.at_least(severity).findings)

    def by_rule(self) -> dict[str, int]:
        """Return how many findings there are of each rule, in the order of the findings."""
        return dict(Counter(f.rule for f in self.findings))

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules that were checked."""
        from stdgraph.services.validate.rules import rules

        return rules(self.findings)

    def mended(self, whole: Sequence[Path] = ()) -> list[Mended]:
        """Return the files that change when all sure repairs are made; those of `whole` are brought into block form."""
        from stdgraph.services.validate.fixing import mended_files

        return mended_files(self.findings, whole)

    @property
    def triples(self) -> Triples:
        """The SHACL report: the results with the report node above them."""
        node, kind = ox.BlankNode(), ox.NamedNode(RDF + "type")
        conforms = ox.Literal(str(self.conforms).lower(), datatype=ox.NamedNode(XSD + "boolean"))
        result = ox.NamedNode(SH + "ValidationResult")
        heads = [t.subject for triples in self.results for t in triples if t.object == result]
        return (
            ox.Triple(node, kind, ox.NamedNode(SH + "ValidationReport")),
            ox.Triple(node, ox.NamedNode(SH + "conforms"), conforms),
            *(ox.Triple(node, ox.NamedNode(SH + "result"), head) for head in heads),
            *(triple for triples in self.results for triple in triples),
        )
