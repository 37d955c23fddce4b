"""Arguments of `tests/cases/hostile/arguments.toml`, and homes, folders and encodings of a bad day: each ends in one clear line."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT, TINY
from stdgraph.graph.questions import parse_question
from stdgraph.storage import folders

FOUND = tomllib.loads((ROOT / "tests/cases/hostile/arguments.toml").read_text("utf-8"))
CASES = {case["name"]: case for case in FOUND["case"]}
LONG = {case["name"]: case for case in FOUND["long"]}
SECONDS = 10
"""No search for a long name takes more of the processor; what grew with the square of a name took twice as much."""

Run = Callable[..., Result]
ODD = """
@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
<org/zz-colour> a stdg:Organization ; skos:prefLabel "Red"@en , "红"@zh-Hans ; stdg:evidence <evidence/doc-a--s1> .
<agreement/zz-colour> a stdg:Agreement ; skos:prefLabel "Red MoU"@en , "红"@zh-Hans ; stdg:date "2019-05" ;
    stdg:agreementType <https://w3id.org/stdgraph/concept/agrtype-mou> ; stdg:evidence <evidence/doc-a--s1> ;
    stdg:hasParty <org/aa-nsb> , <org/zz-colour> .
"""


def surrogates(text: str) -> str:
    """Return an argument as Python gives it to a program: a byte that is not UTF-8 as a code point that no text has."""
    data = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), os.fsencode(text))
    return os.fsdecode(data)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Files whose names are not UTF-8."""
    folder = tmp_path_factory.mktemp("bytes")
    names = {f"${end}": str(folder / surrogates(rf"bad\xff.{end}")) for end in ("ttl", "jsonl")}
    try:
        Path(names["$ttl"]).write_text(ODD, "utf-8")
    except OSError:
        pytest.skip("names of files are UTF-8 on this system")
    Path(names["$jsonl"]).write_bytes((ROOT / "tests/cases/pack/committees_2025-01-15.jsonl").read_bytes())
    return names | {"$new": str(folder / surrogates(r"new\xfe"))}


@pytest.mark.parametrize("name", CASES)
def test_an_argument_ends_as_it_should(
    run: Run, places: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    case = CASES[name]
    arguments = [surrogates(re.sub(r"\$[a-z]+", lambda found: places[found[0]], a)) for a in case["arguments"]]
    done = run("-q", "--data", TINY, *arguments)
    assert done.exit_code == case["code"], done.output
    assert case["says"] in done.stderr
    assert "internal fault" not in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("name", LONG)
def test_a_long_name_costs_little(run: Run, repository: object, name: str) -> None:
    case = LONG[name]
    text = "".join(case["text"].replace("{}", str(number)) for number in range(case["times"]))
    run("-q", "ask", "Who chairs CENELEC?")  # indexes the answers
    calls = {("find", text): 0, ("show", text): 2, ("ask", "who-cooperates-with", "--actor", text): 2}
    for arguments, code in {**calls, ("find", "BSI", "--kind", text): 2, (text,): 2, ("ask", text): None}.items():
        begin = time.process_time()
        done = run("-q", *arguments)
        assert time.process_time() - begin < SECONDS
        assert done.exit_code in ((0, 2) if code is None else (code,)), done.output[:500]
        assert len(done.stderr) < 2500


def test_a_long_text_of_words_that_a_name_holds_still_finds_it(run: Run, repository: object) -> None:
    assert "org/gb-bsi" in run("-q", "find", "british standards institution " * 500, "-f", "csv").stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "gbk", "ascii", "utf-16"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_and_messages_are_utf_8_whatever_the_place_speaks(encoding: str, lang: str) -> None:
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT / "src")}
    for arguments in (["--help"], ["no-such-command"]):
        command = [sys.executable, "-m", "stdgraph", "--lang", lang, *arguments]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        told = (done.stdout + done.stderr).decode("utf-8")
        assert "Traceback" not in told
        assert ("用法" in told or "命令" in told) == (lang == "zh")


def test_without_a_home_there_is_one_clear_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "STDGRAPH_CACHE", "STDGRAPH_DATA", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    parse_question.cache_clear()  # what another test asked
    assert run("--help").exit_code == 0
    for arguments in (
        ["find", "AA"],
        ["ask"],
        ["pack", "list"],
        ["--lang", "zh", "show", "AA"],
        ["--pack", "iso", "ask"],
    ):
        done = run(*arguments)
        assert done.exit_code == 2, done.output
        assert "STDGRAPH_CACHE" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("variable", ["STDGRAPH_CACHE", "STDGRAPH_DATA", "XDG_CONFIG_HOME", "HOME"])
@pytest.mark.parametrize("below", ["", "folder"])
def test_links_in_a_loop_are_no_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, below: str
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    if variable == "HOME":
        for name in ("STDGRAPH_CACHE", "STDGRAPH_DATA", "XDG_CONFIG_HOME"):
            monkeypatch.delenv(name)
    monkeypatch.setenv(variable, str(loop / below))
    committees = ROOT / "tests" / "cases" / "pack" / "committees_2025-01-15.jsonl"
    for arguments in (
        ["--data", TINY, "find", "Aland"],
        ["pack", "list"],
        ["--pack", "iso", "find", "AA"],
        ["pack", "remove", "iso", "--all"],
        ["pack", "add", "iso", "--committees", committees],
    ):
        done = run(*arguments)
        assert done.exit_code in (0, 1, 2), done.output
        assert "internal fault" not in done.stderr


@pytest.mark.parametrize("name", ["loop", "loop/x.csv", "loop.csv/x"])
def test_an_output_behind_links_in_a_loop_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    for loop in ("loop", "loop.csv"):
        (tmp_path / loop).symlink_to(loop)
    done = run("-q", "--data", TINY, "find", "AA", "-f", "csv", "-o", str(tmp_path / name))
    assert done.exit_code == 2, done.output
    assert "cannot be written" in done.stderr


def test_the_folders_are_found_by_the_home_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STDGRAPH_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in folders.cache_folder().parents
