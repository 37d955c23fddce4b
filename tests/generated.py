"""The parts of documents that are written from the code, the ontology and the queries, a function each; see `PARTS`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import ROOT, Console

if TYPE_CHECKING:
    import pyoxigraph as ox


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines)


def cli() -> str:
    """Return the help of every command."""
    from stdgraph.cli import COMMANDS

    console = Console()
    calls = ["stdgraph"]
    for name in sorted(COMMANDS):
        calls += [f"stdgraph {name}", *(f"stdgraph {name} {sub}" for sub in subcommands(name))]
    pages = [f"## {call}\n\n```text\n" + "\n".join(console.run(f"{call} -h")) + "\n```" for call in calls]
    return "\n\n".join(pages)


def subcommands(name: str) -> list[str]:
    """Return the names of a command's own commands; the questions of `ask` have a page of their own."""
    import click

    from stdgraph.cli import cli as group

    command: Any = group.get_command(click.Context(group), name)
    return sorted(command.commands) if name != "ask" and isinstance(command, click.Group) else []


def questions() -> str:
    """Return every question with its parameters, columns and example."""
    from stdgraph.services import ask

    return "\n\n".join(map(_question, ask.questions()))


def _question(asked: Any) -> str:
    example = " ".join(f"--{n} {shlex.quote(v)}" for n, v in asked.example.items())
    parts = [
        f"## {asked.name}\n\n**{asked.title['en']}**  \n**{asked.title['zh']}**",
        f"{asked.description['en']}  \n{asked.description['zh']}",
        f"```sh\nstdgraph ask {asked.name} {example}".rstrip() + "\n```",
    ]
    if asked.parameters:
        rows = [(f"`--{p.name}`", _takes(p), "no" if p.optional else "yes", *_both(p.about)) for p in asked.parameters]
        parts.append(grid(("parameter", "takes", "needed", "meaning", "含义"), rows))
    parts.append(grid(("column", "meaning", "含义"), [(f"`{c.name}`", *_both(c.about)) for c in asked.columns]))
    if asked.order:
        parts.append("Sorted by " + ", ".join(f"`{name}`" for name in asked.order))
    if asked.competency:
        numbers = ", ".join(f"[{n}](competency.md)" for n in asked.competency)
        parts.append(f"Competency questions: {numbers}")
    return "\n\n".join(parts)


def _takes(parameter: Any) -> str:
    return parameter.datatype.rsplit("#")[-1] if parameter.datatype else ", ".join(parameter.kinds)


def _both(about: dict[str, str]) -> tuple[str, str]:
    return about["en"], about["zh"]


@cache
def triples(path: Path) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal | ox.BlankNode]]]:
    """Return the triples of a Turtle file: subject to property to values, by short names."""
    import pyoxigraph as ox

    from stdgraph.model.vocabulary import BASE, short

    found: dict[str, dict[str, list[Any]]] = {}
    for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=BASE):
        if isinstance(quad.subject, ox.NamedNode):
            named = found.setdefault(short(quad.subject.value), {})
            named.setdefault(short(quad.predicate.value), []).append(quad.object)
    return found


def names(values: Iterable[Any]) -> list[str]:
    """Return short names of IRIs."""
    from stdgraph.model.vocabulary import short

    return [short(v.value) for v in values]


def phrase(values: Iterable[Any], lang: str) -> str:
    """Return the text in a language."""
    return next((v.value for v in values if (v.language or "").lower().startswith(lang)), "")


def shapes() -> str:
    """Return a section for every shape that reports, under its file."""
    from itertools import groupby

    from rulepages import sections
    from stdgraph.services.validate.rules import rules

    found = sorted((r for r in rules() if not r.name.startswith("check:")), key=lambda r: (r.file, r.name))
    groups = groupby(found, key=lambda rule: Path(rule.file).stem)
    return "\n\n".join(f"## {name}\n\n{sections(list(of))}" for name, of in groups)


def checks() -> str:
    """Return a section for every check that no shape can make."""
    from rulepages import sections
    from stdgraph.services.validate.rules import checks

    return sections(sorted(checks()))


def _kinds(properties: dict[str, list[Any]]) -> set[str]:
    return set(names(properties.get("rdf:type", [])))


def rules() -> str:
    """Return every rule file with the link that it derives, in words."""
    rows = []
    for path in sorted((ROOT / "queries" / "rules").glob("*.rq")):
        query = path.read_text("utf-8")
        front = dict(re.findall(r"(?m)^#\+ (\w+): (.*)$", query))
        kind = re.search(r"linkKind stdg:(\w+)|\?a stdg:(\w+) \?b", query)
        above = next((n for n in ("cooperatesWith", "linkedInStandardizationWith") if f"stdg:{n} ?b" in query), "")
        rows.append((f"`{kind[1] or kind[2]}`" if kind else path.stem, above, front["rule"], front["rule_zh"]))
    return grid(("link", "is a kind of", "holds where", "成立条件"), rows)


def reasons() -> str:
    """Return every rule that bounds an undated record by a reason, in words."""
    rows = []
    for path in sorted((ROOT / "queries" / "reasons").glob("*.rq")):
        query = path.read_text("utf-8")
        front = dict(re.findall(r'(?m)^#\+ (\w+): "?(.*?)"?$', query))
        bounds = ", ".join(f"`{name}`" for name in re.findall(r"CONSTRUCT \{ \?x stdg:(\w+)", query))
        rows.append((path.stem, bounds, front["rule"], front["rule_zh"]))
    return grid(("reason", "gives", "in words", "推断理由"), rows)


def classes() -> str:
    """Return the classes of the ontology with their labels and definitions."""
    rows = []
    for name, properties in sorted(triples(ROOT / "ontology" / "stdgraph.ttl").items()):
        if name.startswith("stdg:") and "owl:Class" in _kinds(properties):
            labels, meaning = properties.get("rdfs:label", []), properties.get("skos:definition", [])
            above = ", ".join(n.removeprefix("stdg:") for n in sorted(names(properties.get("rdfs:subClassOf", []))))
            rows.append((f"`{name}`", phrase(labels, "en"), phrase(labels, "zh"), above, phrase(meaning, "en")))
    return grid(("class", "English", "中文", "is a", "definition"), rows)


def tools() -> str:
    """Return a row for each tool of `stdgraph mcp`: name, what it does, arguments; those in brackets may be left out."""
    from stdgraph.mcp.tools import tools as known

    return grid(
        ("tool", "does", "arguments"),
        (
            (
                f"`{one.name}`",
                one.about.replace("<", "&lt;"),
                ", ".join(f"`{a.name}`" if a.needed else f"[`{a.name}`]" for a in one.arguments.of),
            )
            for one in known(1000).values()
        ),
    )


CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("find", {"text": "石墨烯", "limit": 2}),
    ("ask", {"question": "Which agreements has China signed with Belarus?"}),
    ("ask", {"question": "agreements", "parameters": {"actor": "China"}, "limit": 2}),
    ("why", {"a": "China", "b": "Germany", "bilateral": True, "lang": "zh"}),
    ("query", {"sparql": "SELECT ?group WHERE { ?group a stdg:JointWorkingGroup } ORDER BY ?group", "limit": 2}),
    ("ask", {"question": "agreement"}),
    ("why", {"a": "SAC", "b": "BSII"}),
)
"""The calls of the transcript of docs/mcp.md."""


def calls() -> str:
    """Return what tools answer to some calls, as text."""
    import json

    import stdgraph
    from stdgraph.mcp.desk import Desk
    from stdgraph.storage.limited import Running
    from stdgraph.storage.worker import Limits

    desk = Desk(stdgraph.open, Limits(60, 2 << 30, 1000))
    told = []
    for name, arguments in CALLS:
        reply = desk.call(desk.tools[name], arguments, Running())
        error = "  (error)" if reply.is_error else ""
        told.append(f"> {name} {json.dumps(arguments, ensure_ascii=False)}{error}\n\n{reply.text.rstrip()}")
    return "```text\n" + "\n\n".join(told) + "\n```"


PARTS: dict[str, Callable[[], str]] = {
    "calls": calls,
    "checks": checks,
    "classes": classes,
    "cli": cli,
    "questions": questions,
    "reasons": reasons,
    "rules": rules,
    "shapes": shapes,
    "tools": tools,
}
"""Name in a marker to the function that writes the part."""
