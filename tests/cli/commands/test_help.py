"""Help, version and completion: they need no graph, and their examples run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT, TINY

Run = Callable[..., Result]


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    done = run()
    assert done.exit_code == 0
    assert "stdgraph ask who-cooperates-with --actor SAC" in done.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == "stdgraph 0.1.0\n"


def test_help_lists_the_codes_of_the_right_list_in_both_languages(run: Run) -> None:
    english, chinese = (
        run("--data", TINY, "--lang", lang, "ask", "agreements", "--help").stdout for lang in ("en", "zh")
    )
    assert "--level:\n  own · all · committee (between technical bodies) 技术组织间 ·\n" in english
    assert "--level：\n  own · all · 技术组织间 committee (between technical bodies) ·\n" in chinese
    assert "--level CODE" in english
    assert "--level 代码" in chinese
    assert "memorandum" not in english
    assert "coPartyWith" in run("--data", TINY, "ask", "who-cooperates-with", "--help").stdout


def test_help_needs_no_graph(run: Run) -> None:
    told = run("--endpoint", "http://127.0.0.1:9/sparql", "ask", "agreements", "--help")
    assert told.exit_code == 0
    assert "--level CODE" in told.stdout


def commands() -> list[tuple[str, str]]:
    import click

    from stdgraph.cli import COMMANDS, cli

    found = []
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        example = (command.help or "").rpartition("Example: stdgraph ")[2].strip()
        if name not in ("serve", "push", "pull"):  # a server, and what needs one: their pages are tried
            found.append((name, " ".join(example.split())))
    return found


@pytest.mark.parametrize(("name", "example"), commands())
def test_the_example_of_each_help_text_runs(run: Run, name: str, example: str, tmp_path: Path) -> None:
    import shlex

    (tmp_path / "new-facts.ttl").write_text("<https://w3id.org/stdgraph/id/org/x> a <http://example.org/Odd> .\n")
    words = [str(tmp_path / w) if w.endswith((".ttl", ".nq", ".graphml", ".html")) else w for w in shlex.split(example)]
    folders = {"intake": "tests/cases/intake/agreement-with-a-new-body", "reconcile": "docs/examples"}
    words = [str(ROOT / folders[name] / w) if w.endswith(".csv") else w for w in words]
    if name in ("infer", "intake", "validate", "network") and "--explain" not in words:
        words += ["--data", str(TINY)]
    if name == "format":
        words = ["format", "--check", str(ROOT / "data" / "ttl")]
    fine = {"validate": (0, 1), "site": (0, 2), "push": (3,), "pull": (3,)}.get(name, (0,))
    # 2: a checkout without Node has no explorer; 3: there is no engine
    assert run(*words).exit_code in fine


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_questions_parameters_and_names(shell: str, repository: object) -> None:
    def complete(words: str) -> str:
        asked = {"_STDGRAPH_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
        if words.endswith("甲") or not words.endswith(" "):
            asked["COMP_CWORD"] = str(len(words.split()) - 1)
        last = words.split()[-1]
        env = os.environ | asked | ({"COMP_CWORD": last} if shell == "fish" else {})
        code = "from stdgraph.cli import cli; cli(prog_name='stdgraph')"
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout

    assert "who-cooperates-with" in complete("stdgraph ask who-c")
    assert "--actor" in complete("stdgraph ask who-cooperates-with --act")
    assert "British Standards Institution" in complete("stdgraph ask who-cooperates-with --actor British")
    assert "co-convenor" in complete("stdgraph ask post-holder --role co-c")
    assert "联合召集人" in complete("stdgraph ask post-holder --role 联合召")
    assert "ministerial" in complete("stdgraph ask agreements --level mini")
    assert "own" in complete("stdgraph ask agreements --level ow")
    assert "JointWorkingGroup" in complete("stdgraph find x --kind JointW")
    assert "coPartyWith" in complete("stdgraph path A B --kind coP")
    assert "Beland Standards Institution" in complete(f"stdgraph --data {TINY} show Beland")
    for words in ("ask no-such-question --act", "no-such-command --act", "--data /nonexistent show Beland"):
        assert complete(f"stdgraph {words}").strip() == ""
