"""Settings: the file, the environment, and the place of what is wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import TINY

Run = Callable[..., Result]


def test_the_settings_file_and_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'lang = "zh"\nformat = "csv"\ndata = ["{TINY}"]\n')
    assert "甲国标准化管理委员会" in run("--config", config, "-q", "ask", "posts", "--person", "Ann Ash").stdout
    assert run("--config", config, "-q", "show", "Ann Ash").exit_code == 0, "a usual form binds only who can give it"
    assert "agreement/2017-06-tea-mou>" in run("--config", config, "why", "ASA", "BeSI", "--proof").stdout
    config.write_text(f'lang = "zh"\ndata = "{TINY}"\n')
    assert "文献甲" in run("--config", config, "-q", "ask", "posts", "--person", "Ann Ash").stdout
    monkeypatch.setenv("STDGRAPH_ENDPOINT", "http://127.0.0.1:9/")
    assert run("find", "x").exit_code == 3


SETTINGS = {
    "no setting": ("colour = 1\n", ":1: 'colour' is no setting"),
    "a table": ("\n[lang]\nx = 1\n", ":2: 'lang' is a text in quotes"),
    "a number": ("lang = 'en'\nformat = 7\n", ":2: 'format' is a text"),
    "a list of numbers": ("data = [1, 2]\n", ":1: 'data' is a text in quotes, or a list"),
    "an empty text": ("with = ''\n", ":1: 'with' is a text in quotes, or a list"),
    "another language": ("lang = 'fr'\n", "'lang' is one of en, zh"),
    "another form": ("format = 'docx'\n", "'format' is one of table, csv"),
    "nested": (f"data = {'[' * 5000}{']' * 5000}\n", "nested too deeply"),
    "no TOML": ("lang = \n", "line 1"),
    "not UTF-8": (b"lang = '\xff'\n", "not UTF-8"),
}


@pytest.mark.parametrize(("text", "words"), SETTINGS.values(), ids=SETTINGS)
def test_a_fault_in_the_settings_names_the_place(run: Run, tmp_path: Path, text: str | bytes, words: str) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run("--config", config, "ask")
    assert done.exit_code == 2
    assert f"{config}" in done.stderr
    assert words in done.stderr
