"""One finding for one wrong statement: its constraints are listed, and it has an id that stays."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from stdgraph.model.results import Finding
from stdgraph.model.vocabulary import SH
from stdgraph.services.validate.causes import Told, grouped, with_consequences
from stdgraph.services.validate.repairs import mended
from stdgraph.services.validate.report import Report
from stdgraph.services.validate.shacl import Result

COMPONENT = SH + "sourceConstraintComponent"
END = "ConstraintComponent"


def folded(told: Iterable[tuple[Finding, Result]]) -> Report:
    """Return a report with one finding for each wrong statement, and its repair where one is sure.

    A shape reports each of its constraints apart. Findings of one rule at one place, with one value, are one; that
    which has no value, since it counts values, is told with the first that has. What follows from another is told
    under it.
    """
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    pairs = list(told)
    for finding, (_, result) in zip(mended(pairs), pairs, strict=True):
        groups[_statement(finding)].append((finding, result))
    parts = [part for group in groups.values() for part in _by_value(group)]
    ones = [(_one(part), part[0][1]) for part in parts]
    causes = grouped(ones)
    findings = [with_consequences(ones[first][0], [ones[at][0] for at in rest]) for first, *rest in causes]
    results = (tuple(t for at in cause for _, result in parts[at] for t in result.triples) for cause in causes)
    return Report(tuple(_numbered(findings)), tuple(results))


def _statement(finding: Finding) -> tuple[object, ...]:
    place = (finding.file, finding.line, finding.column)
    message = finding.message if not finding.shape else ""
    return finding.severity, finding.focus, finding.path, finding.rule, message, *place


def _by_value(group: Sequence[Told]) -> list[list[Told]]:
    """Return the findings of one rule at one place by their values."""
    values: dict[str, list[Told]] = defaultdict(list)
    for one in group:
        values[one[0].value].append(one)
    counted = values.pop("", []) if len(values) > 1 else []
    parts = list(values.values())
    parts[0].extend(counted)
    return parts


def _one(part: Sequence[Told]) -> Finding:
    first = part[0][0]
    beside = tuple(dict.fromkeys(place for f, _ in part for place in f.beside))
    broken = {
        str(t.object.value).removeprefix(SH).removesuffix(END)
        for _, result in part
        for t in result.triples
        if t.predicate.value == COMPONENT and hasattr(t.object, "value")
    }
    because = tuple(dict.fromkeys(words for f, _ in part for words in f.because))
    return replace(first, beside=beside, constraints=tuple(sorted(broken)), because=because)


def _numbered(findings: Iterable[Finding]) -> list[Finding]:
    """Give each finding an id made of what it says, in no language and on no line; the second of the same gets another."""
    seen: Counter[str] = Counter()
    found = []
    for f in findings:
        said = "\x1f".join((f.rule, f.focus, f.path, f.value))
        seen[said] += 1
        digest = hashlib.sha256(f"{said}\x1f{seen[said]}".encode("utf-8", "surrogatepass")).hexdigest()
        found.append(replace(f, id=digest[:16]))
    return found
