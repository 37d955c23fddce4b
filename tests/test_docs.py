"""The documents: their examples give the output shown, generated parts are current, and nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import console
import examples as docs
import generated
from stdgraph.cli import COMMANDS, cli
from stdgraph.services.ask import question_names

ROOT = Path(__file__).parents[1]
DOCUMENTS = docs.documents()
EXAMPLES = [e for path in DOCUMENTS for e in console.examples(path, path.read_text("utf-8"))]
GENERATED = [p for p in DOCUMENTS if docs.PART.search(text := p.read_text("utf-8")) or docs.BLOCK.search(text)]
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(#[^)\s]*)?\)")
VERBS = re.compile(
    "Add|Answer|Ask|Check|Compare|Compile|Convert|Count|Draw|Export|Find|Import|List|Match|Measure|Print|Propose|Read|Remove"
    "|Run|Serve|Show|Start|Tell|Turn|Write"
)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in sorted(COMMANDS):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            inner = click.Context(command)
            yield from (
                (f"{name} {sub}", c) for sub in command.list_commands(inner) if (c := command.get_command(inner, sub))
            )


CALLS = dict(commands())


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if "```console" in p.read_text("utf-8")], ids=lambda p: p.name)
def test_examples_give_the_output_shown(path: Path) -> None:
    stale = docs.stale_examples(path)
    assert not stale, "\n".join([*stale, docs.REPAIR])


@pytest.mark.parametrize("path", GENERATED, ids=lambda p: p.name)
def test_generated_parts_are_current(path: Path) -> None:
    stale = docs.stale_parts(path)
    assert not stale, "\n".join([*stale, docs.REPAIR])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_page_with_examples(name: str) -> None:
    assert page(name).startswith(f"# stdgraph {name}\n"), f"write docs/{name}.md; see docs/show.md"
    shown = [e for e in EXAMPLES if e.path.stem == name and f" {name}" in e.command]
    assert len(shown) >= 3, f"give docs/{name}.md three examples at least"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_on_its_page(name: str) -> None:
    inner = [c for call, c in CALLS.items() if call == name or (name != "ask" and call.startswith(f"{name} "))]
    own = {p.opts[-1] for c in inner for p in c.params if isinstance(p, click.Option) and p.expose_value}
    missing = sorted(option for option in own if option not in page(name))
    assert not missing, f"docs/{name}.md does not explain {', '.join(missing)}"


@pytest.mark.parametrize("name", ["why", "show-query", "sources"])
def test_every_option_that_questions_share_is_on_the_page_of_ask(name: str) -> None:
    assert f"| `--{name}` |" in page("ask")


def test_every_question_is_documented() -> None:
    assert re.findall(r"(?m)^## (.+)$", page("questions")) == question_names(), docs.REPAIR


ASKED = {"stdgs:General-textEn", "stdgs:General-textZhHans"}
"""What a text must be for the shapes of labels; they report nothing by themselves."""


def test_every_shape_is_documented() -> None:
    shapes = {
        n
        for p in (ROOT / "shapes").glob("*.ttl")
        for block in p.read_text("utf-8").split("\n\n")
        for n in re.findall(r"(?m)^(stdgs:\S+)\n    a sh:\w+Shape ", block)
        if '"a condition' not in block and n not in ASKED  # told with the shape that asks it
    }
    assert shapes
    assert shapes - set(re.findall(r"(?m)^#+ (stdgs:\S+)$", page("shapes"))) == set(), docs.REPAIR


def test_every_competency_number_of_a_question_is_in_the_list() -> None:
    listed = set(re.findall(r"(?m)^(\d+)\. ", page("competency")))
    assert set(re.findall(r"\[(\d+)\]\(competency", page("questions"))) <= listed


@pytest.mark.parametrize("call", [c for c in CALLS if not c.startswith("ask ")])
def test_help_starts_with_a_verb(call: str) -> None:
    assert VERBS.fullmatch((CALLS[call].help or "").split()[0].strip(",;:"))


@pytest.mark.parametrize("call", sorted(CALLS))
def test_help_ends_with_an_example(call: str) -> None:
    last = (CALLS[call].help or "").strip().splitlines()[-1].strip()
    assert last.startswith(f"Example: stdgraph {call.split()[0]}")


def test_the_diagram_uses_terms_of_the_ontology() -> None:
    terms = {
        n.removeprefix("stdg:") for n in generated.triples(ROOT / "ontology" / "stdgraph.ttl") if n.startswith("stdg:")
    }
    diagram = page("model").partition("classDiagram\n")[2].partition("```")[0]
    assert set(re.findall(r"\w+", diagram)) - terms == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    prose = re.sub(r"(?m)^```(?:.*\n)*?```$", "", path.read_text("utf-8"))
    for file, anchor in LINK.findall(prose):
        target = path.parent / file if file else path
        assert target.exists(), f"{path.name} links to {file}, which does not exist"
        assert not anchor or anchor in anchors(target), (
            f"{path.name} links to {file}{anchor}, a heading that does not exist"
        )


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"(?m)^#+ (.+)$", path.read_text("utf-8"))
    return {"#" + re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "…", "d"], ["a", "b", "c", "d"], True),
        (["a", "…"], ["a"], True),
        (["a", "…", "e"], ["a", "b", "c", "d"], False),
        (["a "], ["a", ""], True),
        (["a"], ["a", "b"], False),
        (["a.c"], ["abc"], False),
    ],
)
def test_an_ellipsis_stands_for_any_lines(shown: list[str], real: list[str], same: bool) -> None:
    assert console.agrees(shown, real) is same


def test_a_stale_output_is_renewed_around_its_ellipsis() -> None:
    assert console.renewed(["a", "…", "z"], ["b", "c", "d", "y"]) == ["b", "…", "y"]
    assert console.renewed(["a"], ["b", "c"]) == ["b", "c"]
    assert console.renewed(["a", "…", "z"], ["b"]) == ["b"]
