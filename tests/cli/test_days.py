"""What nothing places on a day: counted on standard error, brought by `--undated`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from conftest import ROOT, TINY

Run = Callable[..., Result]


def test_undated_records_are_counted_on_standard_error_in_both_languages(run: Run) -> None:
    more = str(ROOT / "tests" / "cases" / "queries" / "agreements-in-force" / "data.trig")
    asked = ("--data", TINY, "--with", more, "ask", "agreements-in-force", "--on", "1950", "-f", "csv")
    done = run(*asked)
    assert done.stdout.splitlines()[1:] == []
    assert done.stderr.splitlines()[-1] == "1 undated record left out; --undated brings it."
    assert run(*asked, "--lang", "zh").stderr.splitlines()[-1].startswith("有1条未注明时间的记录未列出")
    assert "undated record" not in run(*asked, "-q").stderr
    brought = run(*asked, "--undated")
    assert [line.split(",")[3] for line in brought.stdout.splitlines()[1:]] == ["undated"]
    assert "left out" not in brought.stderr


@pytest.mark.parametrize("words", [("why", "ASA", "BeSI"), ("path", "ASA", "BeSI"), ("show", "BeSI"), ("find", "BeSI")])
def test_undated_goes_with_a_day(run_tiny: Run, words: tuple[str, ...]) -> None:
    refused = run_tiny(*words, "--undated")
    assert refused.exit_code == 2
    assert "goes with --as-of" in refused.stderr
