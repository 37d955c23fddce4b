"""`stdgraph format` on standard input, and the forms it has not."""

from __future__ import annotations

from collections.abc import Callable

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
