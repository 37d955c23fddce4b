"""The rules that a validation knows: the shapes that report, and the checks that no shape can make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.model.results import Finding
from stdgraph.model.rules import Rule
from stdgraph.model.vocabulary import RDF, SH, short
from stdgraph.services.validate import (
    agreeing,
    days,
    declared,
    doubles,
    fitting,
    forms,
    kinds,
    listed,
    printed,
    repeats,
    tables,
    terms,
    texts,
    twins,
    usual,
)
from stdgraph.services.validate.facts import Facts
from stdgraph.services.validate.letters import ODDITIES
from stdgraph.services.validate.shacl import check_of
from stdgraph.storage.files import GraphFile, content, read_text

SHAPES = "docs/shapes.md"
CHECKS = f"{SHAPES}#checks"
ASKED = ("not", "node", "qualifiedValueShape")
SECTION = re.compile(r"(?ms)^### (\S+)\n(.*?)(?=^### |^## |^<!-- end|\Z)")
PAIR = re.compile(r"(?m)^(\*\*.*?)  \n(.*)$")
EMPHASIS = re.compile(r"(?m)(?<=^)\*\*|(?<=\w)\*\*(?= \(|（)|(?<=[.。\w])\*\*(?= )|\\(?=[<*_])|^```\w*$\n?")
LISTS = ("or", "and", "xone")
KINDS = [ox.NamedNode(SH + "NodeShape"), ox.NamedNode(SH + "PropertyShape")]


def rules(findings: Iterable[Finding] = ()) -> tuple[Rule, ...]:
    """Return all rules by name, and with them those of some findings that are none of ours: of foreign shapes.

    >>> [rule.severity for rule in rules() if rule.name == "stdgs:Agreement-parties"]
    ['Violation']
    """
    found = {rule.name: rule for rule in (*_shapes(), *checks())}
    for f in findings:
        found.setdefault(f.rule, Rule(f.rule, f.severity, f.message, f.message, CHECKS))
    return tuple(sorted(found.values()))


def section_of(name: str) -> str:
    """Return where a rule is explained.

    >>> section_of("stdgs:Agreement-parties")
    'docs/shapes.md#stdgsagreement-parties'
    """
    return f"{SHAPES}#{re.sub(r'[^a-z0-9-]', '', name.lower())}"


def explained(name: str, lang: str = "en") -> str:
    """Return what the documents say of a rule: problem, a failing example, the repair, why.

    Args:
        name: of a shape, or of a check; `stdgs:` or `check:` may be left out.
        lang: `en` or `zh`.

    Raises:
        ParameterError: there is no such rule; the error names the nearest.
    """
    text = read_text(content(*SHAPES.split("/")))
    found = dict(SECTION.findall(text))
    meant = next((n for n in (name, f"stdgs:{name}", f"check:{name}") if n in found), "")
    if not meant:
        near = ", ".join(get_close_matches(name, [*found, *(n.partition(":")[2] for n in found)], n=2, cutoff=0.6))
        detail = Phrase("there is no rule {name}. Nearest: {names}", name=name, names=near or "-")
        raise ParameterError(parameter="explain", detail=detail)
    parts = found[meant].strip().split("\n\n## ")[0]
    chosen = PAIR.sub(lambda pair: pair[2 if lang.startswith("zh") else 1], parts)
    return f"{meant}\n\n{EMPHASIS.sub(r'', chosen)}\n"


def checks() -> Iterator[Rule]:
    """Yield the checks: each is named by the first words of what it says."""
    faults = [fault for fault in vars(texts).values() if isinstance(fault, texts.Fault)]
    told = [(one.severity, one.words) for one in faults] + [(one.severity, one.words) for one in ODDITIES]
    told += [("Violation", words) for words in forms.TOLD]
    told += [("Violation", words) for words in (*tables.CHECKS, *declared.CHECKS)]
    told += (
        *terms.TOLD,
        *kinds.TOLD,
        *days.TOLD,
        *fitting.TOLD,
        *agreeing.TOLD,
        *listed.TOLD,
        *printed.TOLD,
        *usual.TOLD,
    )
    told += [("Warning", words) for words in (*twins.CHECKS, *repeats.CHECKS, doubles.GONE)]
    for severity, words in dict.fromkeys(told):
        phrase = Phrase(words, **dict.fromkeys(re.findall(r"{(\w+)}", words), "…"))
        yield Rule(check_of(words), severity, str(phrase), translated(phrase, "zh"), section_of(check_of(words)))


def _shapes() -> Iterator[Rule]:
    for path in sorted(content("shapes").glob("*.ttl")):
        facts = Facts(q.triple for q in GraphFile(path, "urn:shapes").quads())
        lines = {line: at for at, line in enumerate(read_text(path).split("\n"), 1)}
        shapes = set().union(*(facts.members(kind) for kind in KINDS))
        for shape in sorted(shapes - _asked(facts), key=lambda node: str(node.value)):
            name = short(shape.value)
            severity = [s.value.removeprefix(SH) for s in facts.objects(shape, SH + "severity")] or ["Violation"]
            said = {m.language: m.value for m in facts.objects(shape, SH + "message")}
            section = section_of(name)
            at = f"shapes/{path.name}", lines.get(name, 0)
            yield Rule(name, severity[0], said.get("en", name), said.get("zh-hans", said.get("en", name)), section, *at)


def _asked(facts: Facts) -> set[ox.NamedNode]:
    """Return the shapes that others ask: these never report on their own."""
    heads = [o for name in LISTS for of in facts.out.get(SH + name, {}).values() for o in of]
    found = [o for name in ASKED for of in facts.out.get(SH + name, {}).values() for o in of]
    return {*found, *(item for head in heads if facts.objects(head, RDF + "first") for item in facts.items(head))}
