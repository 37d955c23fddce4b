from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from hostile.labels import write_labels

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of labels."""
    path = tmp_path_factory.mktemp("hostile") / "labels.ttl"
    write_labels(path)
    return path


@pytest.fixture
def told(hostile: Path, run: Run) -> Callable[..., str]:
    """What a command writes on standard output."""

    def call(*arguments: str, code: int = 0) -> str:
        done = run("-q", "--data", hostile, *arguments)
        assert done.exit_code == code, done.output
        return done.stdout_bytes.decode("utf-8")

    return call
