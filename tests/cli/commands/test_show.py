"""`show`: also of a record."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def test_show_takes_the_id_of_a_record(run_tiny: Run) -> None:
    assert "office holding: Ann Ash" in run_tiny("show", "office/ann--aa-nsb--head").stdout
    assert run_tiny("show", "office/nobody").exit_code == 2
