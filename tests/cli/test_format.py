"""`stdgraph format`: it checks and writes, also standard input; the forms it has not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
LOOSE = "<http://x/a> <http://x/b> 1 ."


def test_standard_input_is_checked(run: Run) -> None:
    done = run("format", "--check", "-", stdin=LOOSE)
    assert (done.exit_code, done.stdout) == (1, "-: not in block form; run `stdgraph format -`\n")
    done = run("format", "--check", "-", stdin=run("format", "-", stdin=LOOSE).stdout)
    assert (done.exit_code, done.stdout) == (0, "")
    assert run("format", "--check", "-", stdin="no Turtle").exit_code == 2


@pytest.mark.parametrize(
    "words", [["-f", "csv", "-"], ["--check", "-", "-o", "x.ttl"], ["-", "-o", "x.nq"], ["-", "-"]], ids=" ".join
)
def test_what_it_cannot_do_is_refused(run: Run, words: list[str]) -> None:
    done = run("format", *words, stdin=LOOSE)
    assert done.exit_code == 2
    assert "internal fault" not in done.stderr


def test_a_broken_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    for name, text in {"a.ttl": "<a> <b> ", "b.ttl": LOOSE, "c.ttl": "<a> a <b>\n<c> a <d> .\n<e> 'f' 1 ."}.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = run("format", str(tmp_path))
    assert done.exit_code == 2
    assert done.stdout == f"{tmp_path}/b.ttl: formatted\n"
    assert (tmp_path / "a.ttl").read_text("utf-8") == "<a> <b> "
    assert len(done.stderr.splitlines()) == 3
    assert "c.ttl:1:10: A full stop is missing" in done.stderr
    assert "c.ttl:3:5: A predicate is due here, not 'f'" in done.stderr


def test_format_checks_and_writes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<https://w3id.org/stdgraph/id/org/b> a <http://x/C> , <http://x/B> .")
    check = run("format", "--check", path)
    assert (check.exit_code, "run `stdgraph format" in check.stdout) == (1, True)
    assert run("format", path).exit_code == 0
    assert run("format", "--check", path).exit_code == 0
    assert run("format", "-", stdin="<http://x/a> <http://x/b> 1 .").stdout.endswith("<http://x/b> 1 ;\n.\n")


def test_the_repository_is_formatted(run: Run) -> None:
    assert run("format", "--check").exit_code == 0
