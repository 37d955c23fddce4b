"""Runs the examples of the documents, and writes what is generated in them.

    python tests/examples.py            names the stale parts; exit code 1 if there are any
    python tests/examples.py --write    rewrites them in place
    python tests/examples.py docs/ask.md …    the same for these alone

An example is a fenced block `console`: lines `$ stdgraph …` (also `$ cat FILE` and `$ echo $?`), each followed by its
output. `2>&1` shows messages too, `| grep TEXT` and `| head -n N` narrow the output; a line `…` stands for any lines.
Between `<!-- generated: NAME -->` and `<!-- end -->` stands what the function of that name writes, and below
`<!-- block: ID -->` the block of that thing in `data/ttl`; `without PROPERTY …` leaves lines out.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyoxigraph as ox

ROOT = Path(__file__).parents[1]
REPAIR = "run `python tests/examples.py --write`, read the difference, and commit it"
REST = "…"
CONSOLE = re.compile(r"(?m)^```console\n(?P<body>(?:.*\n)*?)```$")
PROMPT = "$ "
PART = re.compile(r"(?m)^<!-- generated: (?P<name>\w+) -->\n(?:.*\n)*?<!-- end -->$")
BLOCK = re.compile(r"(?m)^<!-- block: (?P<id>\S+?)(?: without (?P<without>.+))? -->\n```turtle\n(?:.*\n)*?```$")


def documents() -> list[Path]:
    """Return the documents whose examples are run: those at the top of the repository, `docs/`, and cases in Chinese."""
    tops = [p for n in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md") if (p := ROOT / n).exists()]
    return [*tops, *sorted((ROOT / "docs").glob("*.md")), ROOT / "tests" / "cases" / "chinese.md"]


@dataclass
class Example:
    """A command with the output that a document shows for it."""

    path: Path
    line: int
    command: str
    shown: list[str]

    @property
    def place(self) -> str:
        """Where the example stands."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def examples(path: Path, text: str) -> list[Example]:
    """Return the examples of a document, in their order."""
    found = []
    for block in CONSOLE.finditer(text):
        first = text.count("\n", 0, block.start("body")) + 1
        for at, line in enumerate(block["body"].splitlines(), start=first):
            if line.startswith(PROMPT):
                found.append(Example(path, at, line.removeprefix(PROMPT), []))
            elif found:
                found[-1].shown.append(line)
    return found


class Console:
    """Runs commands as a shell would, in the repository's folder and in this process."""

    def __init__(self) -> None:
        self.code = 0

    def run(self, command: str) -> list[str]:
        """Return the lines that a command prints."""
        first, *filters = [part.strip() for part in re.split(r" \| (?=grep |head )", command)]
        lines = self._first(first)
        for words in map(shlex.split, filters):
            lines = [x for x in lines if words[-1] in x] if words[0] == "grep" else lines[: int(words[-1])]
        return lines

    def _first(self, command: str) -> list[str]:
        both = command.endswith("2>&1")
        words = shlex.split(command.removesuffix("2>&1"))
        if words == ["echo", "$?"]:
            return [str(self.code)]
        if words[0] == "cat":
            return "".join((ROOT / w).read_text("utf-8") for w in words[1:]).splitlines()
        if words[0] != "stdgraph":
            raise ValueError(f"examples run stdgraph, cat and echo $?, not: {command}")
        return self._stdgraph(words[1:], both)

    def _stdgraph(self, words: list[str], both: bool) -> list[str]:
        from stdgraph.cli import cli

        quiet = [] if both and words[:1] == ["query"] else ["-q"]  # what a query is told is its answer
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        with plain_terminal(), redirect_stdout(out), redirect_stderr(out if both else io.StringIO()):
            try:
                cli.main([*quiet, *words], prog_name="stdgraph")
                self.code = 0
            except SystemExit as end:
                self.code = int(end.code or 0)
        out.seek(0)
        return [line.rstrip() for line in out.read().replace(f"{ROOT}/", "").splitlines()]


@cache
def data_folder() -> TemporaryDirectory[str]:
    """Return a data folder for the examples: what one of them attaches the next ones find, and nobody else."""
    return TemporaryDirectory(prefix="stdgraph-examples-")


@contextmanager
def plain_terminal() -> Iterator[None]:
    """Let commands run in the repository's folder, without the user's settings, on a screen 110 wide."""
    saved, here = dict(os.environ), Path.cwd()
    os.environ.update(COLUMNS="110", NO_COLOR="1", XDG_CONFIG_HOME=os.devnull, STDGRAPH_DATA=data_folder().name)
    os.environ.pop("STDGRAPH_ENDPOINT", None)
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(saved)


def agrees(shown: list[str], real: list[str]) -> bool:
    """Tell whether the shown lines are the real ones, `…` standing for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == REST else re.escape(line) + r"\n" for line in trimmed(shown))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in trimmed(real))) is not None


def trimmed(lines: list[str]) -> list[str]:
    """Return lines without blanks at their ends and without empty lines after the last."""
    return "\n".join(line.rstrip() for line in lines).rstrip().splitlines()


def renewed(shown: list[str], real: list[str]) -> list[str]:
    """Return what to show now: as it is where it agrees, else as many lines before and after `…` as there were."""
    if agrees(shown, real):
        return shown
    rests = [at for at, line in enumerate(shown) if line.strip() == REST]
    real = trimmed(real)
    if not rests:
        return real
    before, after = rests[0], len(trimmed(shown)) - rests[-1] - 1
    if before + after >= len(real):
        return real
    return [*real[:before], REST, *(real[-after:] if after else [])]


def with_outputs(text: str) -> str:
    """Return a document with the outputs of its examples as they are now."""
    console = Console()

    def block(match: re.Match[str]) -> str:
        parts = []
        for example in examples(ROOT / "docs", match[0] + "\n"):
            parts += [PROMPT + example.command, *renewed(example.shown, console.run(example.command))]
        return "\n".join(["```console", *parts, "```"])

    return CONSOLE.sub(block, text)


def stale_examples(path: Path) -> list[str]:
    """Return a line for each example of a document whose output is not the one shown."""
    console = Console()
    found = []
    for example in examples(path, path.read_text("utf-8")):
        real = console.run(example.command)
        if not agrees(example.shown, real):
            found.append(f"{example.place}: $ {example.command}\n  now gives:\n    " + "\n    ".join(real[:40]))
    return found


def with_parts(text: str) -> str:
    """Return a document with its generated parts and its blocks of data as they are now."""
    text = PART.sub(lambda m: f"<!-- generated: {m['name']} -->\n{PARTS[m['name']]()}\n<!-- end -->", text)
    return BLOCK.sub(lambda m: m[0].partition("\n")[0] + "\n" + data_block(m["id"], (m["without"] or "").split()), text)


def data_block(name: str, without: Iterable[str]) -> str:
    """Return the block of a thing as it stands in `data/ttl`, fenced."""
    head = name if ":" in name else f"<{name}>"
    for path in sorted((ROOT / "data" / "ttl").rglob("*.ttl")):
        _, found, after = ("\n" + path.read_text("utf-8")).partition(f"\n{head}\n")
        if found:
            lines = (found + after.partition("\n.\n")[0]).strip().splitlines()
            kept = [line for line in lines if line.split()[0] not in without]
            return "\n".join(["```turtle", *kept, ".", "```"])
    raise LookupError(f"data/ttl has no block {head}: choose another for the document")


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
    """Return every shape with its severity and message."""
    parts = []
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        rows = [
            _shape(n, p) for n, p in sorted(triples(path).items()) if {"sh:NodeShape", "sh:PropertyShape"} & _kinds(p)
        ]
        if rows:
            parts.append(f"## {path.stem}\n\n" + grid(("shape", "severity", "message", "提示"), rows))
    return "\n\n".join(parts)


def checks() -> str:
    """Return the checks that no shape can make, with their severity and message."""
    from stdgraph.services.validate.rules import checks

    rows = [(f"`{c.name}`", c.severity, c.english, c.chinese) for c in sorted(checks())]
    return grid(("check", "severity", "message", "提示"), rows)


def _kinds(properties: dict[str, list[Any]]) -> set[str]:
    return set(names(properties.get("rdf:type", [])))


def _shape(name: str, properties: dict[str, list[Any]]) -> tuple[str, ...]:
    severity = (names(properties.get("sh:severity", [])) or ["sh:Violation"])[0]
    messages = properties.get("sh:message", [])
    return f"`{name}`", severity.removeprefix("sh:"), phrase(messages, "en"), phrase(messages, "zh")


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


PARTS: dict[str, Callable[[], str]] = {
    "checks": checks,
    "classes": classes,
    "cli": cli,
    "questions": questions,
    "reasons": reasons,
    "rules": rules,
    "shapes": shapes,
}
"""Name in a marker to the function that writes the part."""


def main(write: bool, paths: Iterable[str] = ()) -> int:
    """Tell which documents are stale, or rewrite them, all or some; return the exit code."""
    wanted = {Path(path).resolve() for path in paths}
    chosen = [path for path in documents() if not wanted or path in wanted]
    faults = [fault for path in chosen for fault in (rewrite(path) if write else stale(path))]
    for fault in faults:
        sys.stdout.write(fault + "\n")
    if faults and not write:
        sys.stdout.write(f"To repair: {REPAIR}.\n")
    return 1 if faults else 0


def stale(path: Path) -> list[str]:
    """Return a line for each stale part of a document."""
    return stale_parts(path) + stale_examples(path)


def stale_parts(path: Path) -> list[str]:
    """Return a line for each generated part, or block of data, that a document shows as it no longer is."""
    shown = path.read_text("utf-8")
    found = []
    for part in [*PART.finditer(shown), *BLOCK.finditer(shown)]:
        place = f"{path.relative_to(ROOT)}:{shown.count(chr(10), 0, part.start()) + 1}: {part[0].partition(chr(10))[0]}"
        try:
            found += [f"{place} is stale"] if with_parts(part[0]) != part[0] else []
        except LookupError as error:
            found.append(f"{place}: {error}")
    return found


def rewrite(path: Path) -> list[str]:
    """Bring a document up to date; return a line for what a person must do."""
    shown = path.read_text("utf-8")
    try:
        fresh = with_outputs(with_parts(shown))
    except LookupError as error:
        return [f"{path.relative_to(ROOT)}: not rewritten: {error}"]
    if fresh != shown:
        path.write_text(fresh, "utf-8")
    return []


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src")]
    sys.exit(main("--write" in sys.argv[1:], [word for word in sys.argv[1:] if word != "--write"]))
