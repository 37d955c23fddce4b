"""`why`, and `--why` of `ask`: the records behind a tie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_the_records_of_why_go_where_the_answer_goes(run_tiny: Run, tmp_path: Path) -> None:
    for name, words in (
        ("ask", ["who-cooperates-with", "--actor", "BeSI", "--why"]),
        ("why", ["ASA", "BeSI", "--proof"]),
    ):
        out = tmp_path / name
        done = run_tiny(name, *words, "-o", out)
        assert done.stdout == ""
        assert out.read_text("utf-8") == run_tiny(name, *words).stdout
        assert "<https://w3id.org/stdgraph/id/agreement/2017-06-tea-mou>" in out.read_text("utf-8")


def test_one_actor_is_no_pair(run_tiny: Run) -> None:
    assert run_tiny("why", "ASA", "甲标委").exit_code == 2
