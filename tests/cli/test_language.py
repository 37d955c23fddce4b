"""Help and wrong use in Chinese: where the language comes from, and that English stays as it is. See tests/cases/chinese.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from conftest import ROOT, TINY
from stdgraph.cli import cli
from stdgraph.cli.language import ARGUMENTS, language, typeset

Run = Callable[..., Result]
CASES = ROOT / "tests" / "cases" / "pack"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    place = tmp_path / "stdgraph" / "config.toml"
    place.parent.mkdir()
    place.write_text('lang = "zh"\n', encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        ("find x", "en"),
        ("--lang zh find x", "zh"),
        ("find x --lang=zh-Hans", "zh"),
        ("--lang zh find x --lang en", "en"),
        ("find -- --lang zh", "en"),
        ("find x --lang", "en"),
        ("--config no-such-file find x", "en"),
        ("--lang zh --config no-such-file find x", "zh"),
    ],
)
def test_the_language_is_the_last_one_given(arguments: str, lang: str) -> None:
    context = click.Context(cli)
    context.meta[ARGUMENTS] = tuple(arguments.split())
    assert language(context) == lang


def test_the_settings_file_speaks_for_help_and_wrong_use(run: Run, config: Path) -> None:
    assert "显示本帮助后退出。" in run("find", "--help").stdout
    assert run("find").stderr.endswith("错误：缺少参数“文本”。\n")
    assert "Show this message and exit." in run("find", "--help", "--lang", "en").stdout


def test_a_settings_file_given_on_the_line_speaks_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "用法：" in run("--config", tmp_path / "own.toml", "-h").stdout


def test_english_stays_english(run: Run) -> None:
    done = run("find")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "Usage: stdgraph find [OPTIONS] TEXT",
        "Try 'stdgraph find --help' for help.",
        "",
        "Error: Missing argument 'TEXT'.",
    ]


@pytest.mark.parametrize(
    "arguments", [["find"], ["xyzzy"], ["find", "x", "--kind"], ["network"], ["--xyzzy"]], ids=" ".join
)
def test_the_exit_code_is_that_of_english(run: Run, arguments: list[str]) -> None:
    assert run("--lang", "zh", *arguments).exit_code == run(*arguments).exit_code == 2


def test_messages_are_told_in_chinese(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path))
    (tmp_path / "a.ttl").write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n", "utf-8")
    done = run("--lang", "zh", "--data", tmp_path / "a.ttl", "network", "export", "-f", "json")
    compiling, counted = done.stderr.splitlines()
    assert compiling.startswith("正在编译 ")
    assert compiling.endswith(" 个文件（首次使用）……")
    assert counted == "0 个节点，0 条边"


def test_a_fault_inside_is_told_in_chinese(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stdgraph.cli.find.settings", lambda ctx: 1 / 0)
    done = run("--lang", "zh", "find", "x")
    assert done.exit_code == 3
    assert done.stderr == "stdgraph: 内部故障：ZeroDivisionError: division by zero（用 -vv 重试可查看详情）\n"


def test_an_interruption_is_told_in_chinese(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(ctx: click.Context) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stdgraph.cli.find.settings", interrupt)
    done = run("--lang", "zh", "find", "x")
    assert (done.exit_code, done.stderr) == (1, "\n已中止！\n")


def test_chinese_lines_stay_within_the_screen(run: Run) -> None:
    from stdgraph.cli.layout import columns

    lines = run("--lang", "zh", "pack", "counts", "-h").stdout.splitlines()
    assert max(map(columns, lines)) == 80  # of click's test runner
    assert not [line for line in lines if line.lstrip()[:1] in ("，", "。", "：")]


def test_packs_are_told_of_in_chinese(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    first = run("--lang", "zh", "pack", "add", "iso", "--committees", CASES / "committees_2022-01-24.jsonl")
    assert "警告  少于合理下限：下载是否完整？（4；合理范围为 550 至 1150）" in first.stdout
    assert first.stderr.startswith("iso 2022-01-24: 4 个委员会，4 个在运作，4 个秘书处，")
    run("-q", "pack", "add", "iso", "--committees", CASES / "committees_2025-01-15.jsonl")
    changes = run("--lang", "zh", "pack", "diff", "iso", "2022-01-24", "2025-01-15", "--sources").stdout
    assert "成员身份变更  Cups             ISO/TC 901     NEN   积极成员  观察成员  [3, 4]" in changes
    assert "国际标准化组织开放数据：技术委员会, committee 300, 2025-01-15" in changes
    listed = run("--lang", "zh", "pack", "list").stdout.splitlines()
    assert [line.partition(":")[0] for line in listed[:4]] == ["数据包", "快照", "委员会数", "机构数"]
    assert run("--lang", "zh", "pack", "remove", "iso", "2022-01-24").stderr == "已删除 iso 2022-01-24\n"


def test_completion_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", f"stdgraph --data {TINY} --lang zh show Beland")
    monkeypatch.setenv("COMP_CWORD", "6")
    completed = CliRunner().invoke(cli, [], prog_name="stdgraph", env={"_STDGRAPH_COMPLETE": "zsh_complete"})
    assert "乙国标准协会" in completed.stdout


def test_json_has_the_label_of_a_class_beside_its_name(run: Run) -> None:
    for lang, label in (("zh", "政府部门"), ("en", "government body")):
        (found,) = json.loads(
            run("--data", TINY, "-q", "--lang", lang, "find", "ASA", "--limit", "1", "-f", "json").stdout
        )
        assert (found["kind"], found["kind_label"]) == ("GovernmentBody", label)


def test_a_class_goes_by_its_name_where_programs_read(run: Run) -> None:
    found = run("--data", TINY, "-q", "--lang", "zh", "find", "ASA", "--limit", "1", "-f", "csv").stdout
    assert "GovernmentBody" in found
    assert "政府部门" in run("--data", TINY, "-q", "--lang", "zh", "find", "ASA", "--limit", "1").stdout


def test_places_in_documents_are_told_in_chinese_and_stay_as_they_are_in_json(run: Run) -> None:
    asked = ("--data", TINY, "-q", "--lang", "zh", "why", "ASA", "BeSI")
    assert ", 1 / 第2段\n" in run(*asked, "--sources").stdout
    assert ", 1 / 第2段" in run(*asked, "-f", "csv", "--sources").stdout
    assert '"locator": "1 / paragraph 2"' in run(*asked, "-f", "json").stdout


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("缺少选项 '--committees'.", "缺少选项“--committees”。"),
        (
            "'-f' / '--format'的值无效：'x'不在可选值'a', 'b'之中。",
            "“-f”或“--format”的值无效：“x”不在可选值“a”、“b”之中。",
        ),
        ("没有选项'--a'。 是否要用'--b'？", "没有选项“--a”。是否要用“--b”？"),
    ],
)
def test_what_click_says_gets_chinese_marks(text: str, finished: str) -> None:
    assert typeset(text) == finished
