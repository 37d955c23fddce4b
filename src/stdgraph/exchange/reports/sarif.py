"""Findings as SARIF 2.1.0, which code hosts and editors read.

A result has the place to mend, the places that it disagrees with, where its rule is defined, an id that stays from run
to run, and a fix where one is sure. The rules speak both languages: their help has both, and `translations` has the
other one. `helpUri` must be absolute (3.49.12): it is the IRI of the rule, which stays whatever becomes of files; the help names
the section of the documents, which lies in the repository and in the package.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from stdgraph.exchange.reports.causes import following
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.later import later
from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule
from stdgraph.storage.cited import Cited, cited

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
TAGS = {"en": "en", "zh": "zh-Hans"}
OTHER = {"en": "zh", "zh": "en"}
ROOT = "%SRCROOT%"
LINK = later(r"\[(?=[^\]]*\]\()")
"""What would begin a link in a message (3.11.6)."""
ALSO, DEFINED, FIX = marked("also stated here"), marked("rule defined here"), marked("Write {text}.")


def sarif(findings: Sequence[Finding], rules: Sequence[Rule], *, lang: str = "en") -> str:
    """Return a log of one run, as JSON.

    >>> json.loads(sarif([], []))["version"]
    '2.1.0'
    """
    from importlib.metadata import version

    numbers = {rule.name: at for at, rule in enumerate(rules)}
    name, other = f"stdgraph validate {version('stdgraph')}", OTHER[lang]
    driver = {
        "name": "stdgraph",
        "fullName": name,
        "version": version("stdgraph"),
        "language": TAGS[lang],
        "rules": [_rule(rule, lang) for rule in rules],
    }
    localized = {"name": "stdgraph", "language": TAGS[other], "contents": ["localizedData"]}
    run = {
        "tool": {"driver": driver},
        "language": TAGS[lang],
        "columnKind": "unicodeCodePoints",
        "translations": [localized | {"rules": [_said(rule, other) for rule in rules]}],
        "results": [_result(f, rules[numbers[f.rule]], numbers[f.rule], lang) for f in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escape.json(json.dumps(log, ensure_ascii=False, indent=2)).encode("utf-8", "replace").decode() + "\n"


def _said(rule: Rule, lang: str) -> dict[str, Any]:
    return {"id": rule.name, "shortDescription": {"text": rule.text(lang)}}


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    """Return a rule with its help in both languages, the wanted one first."""
    texts = [rule.text(lang), rule.text(OTHER[lang])]
    shown = "\n\n".join(map(escape.markdown, texts))
    link = {"helpUri": rule.iri} if rule.iri else {}
    return (
        _said(rule, lang)
        | link
        | {
            "help": {
                "text": "\n\n".join([*texts, rule.section]),
                "markdown": f"{shown}\n\n[{rule.section}]({rule.section})",
            },
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {"section": rule.section, "tags": [rule.group]},
        }
    )


def _result(finding: Finding, rule: Rule, number: int, lang: str) -> dict[str, Any]:
    found = cited(finding.file, finding.line, finding.column)
    told: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": LEVELS[finding.severity],
        "message": {"text": LINK.sub(r"\[", _message(finding, lang))},
        "locations": [_location(finding, found)],
        "relatedLocations": [*_beside(finding, lang), *_defined(rule, len(finding.beside), lang)],
        "partialFingerprints": {"stdgraphFinding/v1": finding.id},
        "properties": {
            "path": finding.path,
            "value": finding.value,
            "constraints": list(finding.constraints),
            "because": list(finding.because),
            "follows": list(finding.follows),
        },
    }
    fix = _fix(finding, lang)
    return told | ({"fixes": [fix]} if fix else {})


def _message(finding: Finding, lang: str) -> str:
    """Return what is wrong, which branches failed and why, and what follows from it."""
    return "\n".join([f"{finding.focus}: {finding.message}", *finding.because, *following(finding, lang)])


def _location(finding: Finding, found: Cited | None) -> dict[str, Any]:
    logical: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": finding.focus, "kind": "resource"}]}
    return _at(finding.file, _region(finding, found)) | logical if finding.file else logical


def _region(finding: Finding, found: Cited | None) -> dict[str, int]:
    if not finding.line:
        return {}
    region = {"startLine": finding.line, "startColumn": max(finding.column, 1)}
    return region | ({"endColumn": found.end + 1} if found else {})


def _at(path: str, region: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(path)}
    return {"physicalLocation": place | ({"region": region} if region else {})}


def _artifact(path: str) -> dict[str, str]:
    whole = Path(path)
    if whole.is_absolute():
        return {"uri": whole.as_uri()}
    return {"uri": quote(whole.as_posix(), errors="surrogateescape"), "uriBaseId": ROOT}


def _beside(finding: Finding, lang: str) -> list[dict[str, Any]]:
    also = {"message": {"text": translated(Phrase(ALSO), lang)}}
    pairs = [place.rpartition(":") for place in finding.beside]
    return [{"id": n} | _at(path, {"startLine": int(line)}) | also for n, (path, _, line) in enumerate(pairs)]


def _defined(rule: Rule, number: int, lang: str) -> list[dict[str, Any]]:
    if not rule.line:
        return []
    said = {"message": {"text": translated(Phrase(DEFINED), lang)}}
    return [{"id": number} | _at(rule.file, {"startLine": rule.line}) | said]


def _fix(finding: Finding, lang: str) -> dict[str, Any] | None:
    """Return a repair where it is sure, as the change of the file that makes it."""
    edit = finding.edit
    if not edit:
        return None
    region = {
        "startLine": edit.line,
        "startColumn": edit.column,
        "endLine": edit.end_line,
        "endColumn": edit.end_column,
    }
    change = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
    return {
        "description": {"text": translated(Phrase(FIX, text=edit.text), lang)},
        "artifactChanges": [{"artifactLocation": _artifact(finding.file), "replacements": [change]}],
    }
