"""Chinese says all that English says: each text that a user can meet has its entry, and each entry its text."""

from __future__ import annotations

import ast
import errno
import inspect
import os
import re
import tomllib
from collections.abc import Iterator
from string import Formatter
from typing import Any

import click
import pytest

import examples as docs
from conftest import ROOT
from stdgraph.chinese import catalogue, chinese
from stdgraph.cli import COMMANDS, cli
from stdgraph.cli.ask import Questions
from stdgraph.errors import TurtleSyntaxError
from stdgraph.packs.findings import LEVELS
from stdgraph.packs.iso.compared import COMPARISON

SOURCE = ROOT / "src" / "stdgraph"
TOLD = {"say", "tell", "ValueError", "KeyError", "UsageError", "BadParameter", "_TextError"}
"""Calls whose first argument is a text for the user."""
TELLING = {"detail", "remark"}
"""Arguments that hold such a text; where there is a `zh_detail` beside it, it is told in both languages."""
RETURNED = {"_incomplete", "_failure", "_why"}
"""Functions that return such a text."""


class Texts(ast.NodeVisitor):
    """Collects the English texts of a module as templates, `{}` for each value."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: set[str] = set()
        self.scopes: list[ast.AST] = [tree]
        self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.scopes.append(node)
        if node.name == "chosen":
            self.keep(*node.args.defaults)
        self.generic_visit(node)
        if node.name in RETURNED:
            self.keep(*(n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value))
        self.scopes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in TOLD and node.args:
            self.keep(node.args[0])
        if name == "chosen":
            self.keep(*node.args[2:])
        if "zh_detail" not in {k.arg for k in node.keywords}:
            self.keep(*(k.value for k in node.keywords if k.arg in TELLING))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if any(getattr(target, "id", "") == "message" for target in node.targets):
            self.keep(node.value)
        self.generic_visit(node)

    def keep(self, *nodes: ast.AST) -> None:
        for node in nodes:
            self.found |= {t for t in self.texts(node) if re.search(r"[A-Za-z]{2}", re.sub(r"\{\}", "", t))}

    def texts(self, node: ast.AST) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text.replace("{", "{{").replace("}", "}}")]
            case ast.JoinedStr():
                return ["".join(map(self.part, node.values))]
            case ast.IfExp():
                return self.texts(node.body) + self.texts(node.orelse)
            case ast.BoolOp():
                return [t for value in node.values for t in self.texts(value)]
            case ast.BinOp(op=ast.Add()):
                return [a + b for a in self.texts(node.left) for b in self.texts(node.right)]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="format")):
                return [shape(ast.literal_eval(value)) for value in self.assigned(name)]
            case ast.Call(func=ast.Attribute(value=ast.JoinedStr() as text, attr="strip")):
                return self.texts(text)
            case ast.Name(id=name):
                return [t for value in self.assigned(name) for t in self.texts(value)]
        return []

    def part(self, node: ast.AST) -> str:
        """Return a part of an f-string; what its values say is kept for itself."""
        if not isinstance(node, ast.FormattedValue):
            return self.texts(node)[0]
        if isinstance(node.value, ast.IfExp | ast.BoolOp | ast.Name | ast.JoinedStr):
            self.keep(node.value)
        return "{}"

    def assigned(self, name: str) -> Iterator[ast.AST]:
        for scope in (self.scopes[-1], self.scopes[0]):
            for node in ast.walk(scope) if scope is not self.scopes[0] else scope.body:
                mine = isinstance(node, ast.Assign) and name in [getattr(t, "id", "") for t in node.targets]
                if mine and not any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.value)):
                    yield node.value


def shape(template: str) -> str:
    """Return a template without the names of its places.

    >>> shape("'{kind}' is no class {{ … }}")
    "'{}' is no class {{ … }}"
    """
    parts = Formatter().parse(template)
    return "".join(t.replace("{", "{{").replace("}", "}}") + ("{}" if n is not None else "") for t, n, _, _ in parts)


def messages() -> dict[str, set[str]]:
    """Return the templates of each module."""
    return {
        path.relative_to(SOURCE).as_posix(): found
        for path in sorted(SOURCE.rglob("*.py"))
        if (found := Texts(ast.parse(path.read_text("utf-8"))).found)
    }


def commands() -> Iterator[click.Command]:
    """Yield the group and all commands, but the questions, whose files say all in both languages."""
    context = context_of(cli)
    for command in [cli, *(cli.get_command(context, name) for name in COMMANDS)]:
        yield command
        yield from getattr(command, "commands", {}).values()
    questions = cli.get_command(context, "ask")
    assert isinstance(questions, Questions)
    yield questions.get_command(context, "agreements")


def context_of(command: click.Command) -> click.Context:
    """Return a context like that of a call: a command keeps the help option that it makes for the first."""
    return click.Context(command, **cli.context_settings)


def help_texts() -> Iterator[str]:
    yield from COMMANDS.values()
    for command in commands():
        if command.name != "agreements":
            yield from (" ".join(p.split()) for p in inspect.cleandoc(command.help).split("\n\n"))
        context = context_of(command)
        for option in command.get_params(context):
            if isinstance(option, click.Option) and not option.name.startswith("value_"):
                yield option.help


def placeholders() -> set[str]:
    found = set()
    for command in commands():
        context = context_of(command)
        found.update(command.collect_usage_pieces(context))
        found.update(p.make_metavar(context) for p in command.get_params(context) if getattr(p, "is_flag", 0) is False)
    return {word for text in found for word in re.findall(r"\b[A-Z]+(?: [A-Z]+)*\b", text)}


def click_source() -> str:
    modules = (click.core, click.decorators, click.exceptions, click.parser, click.types)
    return source_of(*modules)


def foreign_source() -> str:
    import csv
    import gzip
    import http.client
    import json.decoder
    import json.scanner
    import tomllib._parser

    modules = (csv, gzip, http.client, json.decoder, json.scanner, tomllib._parser)
    return source_of(*modules)


def source_of(*modules: Any) -> str:
    """Return the source of modules, strings that stand on several lines made whole."""
    return re.sub(r'"\s*\n?\s*"', "", "".join(map(inspect.getsource, modules)))


RESOLVER = {"Name or service not known", "Temporary failure in name resolution"}
"""What the C library says of names of hosts."""


def section(*names: str) -> dict[str, str]:
    return {shape(en): zh for name in names for en, zh in catalogue()[name].items()}


@pytest.mark.parametrize(("module", "texts"), messages().items(), ids=messages())
def test_messages_have_their_chinese(module: str, texts: set[str]) -> None:
    assert sorted(texts - section("errors", "messages", "places", "remarks").keys()) == []


def test_help_has_its_chinese() -> None:
    known = {*section("commands", "descriptions", "options", "click")}
    texts = (text for text in help_texts() if not text.startswith("Example: "))
    assert sorted(set(texts) - known) == []
    assert sorted(placeholders() - catalogue()["placeholders"].keys() - {"A", "B", "F"}) == []


def test_each_entry_is_used() -> None:
    said = set().union(*messages().values())
    assert sorted(section("errors", "messages", "places", "remarks").keys() - said) == []
    assert sorted(section("commands", "descriptions", "options").keys() - {*help_texts(), "Example: {}"}) == []
    assert sorted(catalogue()["placeholders"].keys() - placeholders()) == []


def test_entries_for_other_programs_are_what_they_say() -> None:
    source, foreign = click_source(), foreign_source()
    for template in catalogue()["click"]:
        assert all(part in source for part in literals(template)), template
    for template in catalogue()["foreign"].keys() - RESOLVER:
        assert "{detail}" in template or all(part in foreign for part in literals(template)), template
    assert {*catalogue()["system"]} <= {os.strerror(number) for number in errno.errorcode}


def literals(template: str) -> list[str]:
    """Return the words of a template, without the quotation marks, stops and brackets around values."""
    return [t.strip(" '.:()[],") for t, *_ in Formatter().parse(template) if len(t.strip(" '.:()[],/")) > 1]


def test_codes_in_cells_are_those_of_the_services() -> None:
    cells = catalogue()["cells"]
    assert cells.keys() == {"after", "before", "certainty", "change", "level"}
    assert cells["after"] == cells["before"]
    assert cells["after"].keys() == {"O-member", "P-member"} <= {*COMPARISON.read.values()}
    assert cells["change"].keys() == {*COMPARISON.order}
    assert cells["level"].keys() == {*LEVELS}
    assert cells["certainty"].keys() == {"certain", "possible"}


def test_counts_are_those_of_packs() -> None:
    from stdgraph.packs.iso.seats import COUNTED

    counted = {*COUNTED, "classes", "standards", "editions", "projects", "replacements"}
    assert section("counts").keys() == {f"{{}} {name.replace('_', ' ')}" for name in counted}


def test_entries_are_sorted_and_keep_their_values() -> None:
    sections: dict[str, dict[str, Any]] = tomllib.loads((SOURCE / "chinese.toml").read_text("utf-8"))
    cells = sections.pop("cells")
    for entries in [*sections.values(), *cells.values()]:
        assert [*entries] == sorted(entries)
        for en, zh in entries.items():
            assert places_of(zh) <= places_of(en), en
            assert re.search(r"[\u4e00-\u9fff]", zh) or places_of(zh), en


def places_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_an_entry_takes_values_as_they_are() -> None:
    assert chinese("'{x}' is no view; there are a, b") == "没有视图“{x}”；可用的有 a, b"
    assert chinese("not UTF-8 at byte 7") == "第 7 字节处不是 UTF-8 编码"
    assert chinese("there is no class 'x'; nearest: Actor, Event") == "没有类“x”；最接近的有：Actor, Event"


def test_a_text_without_an_entry_is_found() -> None:
    assert Texts(ast.parse('def f(x):\n    raise E(detail=f"{x} is new")')).found == {"{} is new"}
    assert not section("errors").keys() & {"{} is new"}


def test_chinese_output_holds_no_english_sentence() -> None:
    text = (ROOT / "tests" / "cases" / "chinese.md").read_text("utf-8")
    outputs = [line for block in docs.CONSOLE.finditer(text) for line in block["body"].splitlines()]
    assert len(outputs) > 300
    found = [line for line in outputs if not line.startswith(docs.PROMPT) and has_sentence(line)]
    assert found == []


def has_sentence(line: str) -> bool:
    """Tell whether three English words follow each other, outside of examples, code and what was read.

    >>> has_sentence("Error: Option '--kind' requires an argument."), has_sentence("运行 `stdgraph pack list` 可查看。")
    (True, False)
    """
    bare = re.sub(r"`[^`]*`|示例：.*|用法：\S+.*?(?=\[)|[(（]An open knowledge.*", "", line)
    return re.search(r"(?:\b[A-Za-z]{2,} ){2}[A-Za-z]{2,}\b", re.sub(r"\S*[-=/\\]\S*|['\"]", "", bare)) is not None


FAULTS = {
    "x y": "x 不能作主语或图名",
    "<http://a> <http://b> .": ". 不能作宾语",
    '<http://a> <http://b> "c"@ .': "语言代码应以字母开头",
    '<http://a> "x" <http://c> .': '"x" 不能作谓语',
    "<http://a> <http://b> <http://c": "缺少引号或“>”：至文件末尾仍未出现",
    "<http://a> a x:y .": "前缀x:未声明",
    "@prefix x <http://a> .": "PREFIX 之后应为“ex:”这样的前缀",
    "@prefix x: http://a .": "前缀声明中应有前缀及其 IRI",
    "@base .": "BASE 之后应为 IRI",
    '<http://a> <http://b> "\\q" .': "转义序列“\\q”无效",
    '<http://a> <http://b> "a" ^^ ;': "^^ 之后应为数据类型的 IRI，实为 ;",
    "<http://a> <http://b> [ <http://c> 1 .": "空白节点的属性列表应以“]”结束",
    '<http://a> <http://b> "x"@en-toolongtagxx .': "语言子标签最多八个字符",
    "<http://a> <http://b> 1e .": "浮点数的指数不能为空",
    "_:a <http://b> _: .": "空白节点的标识不能为空",
    "<http://a> & <http://c> .": "前缀名不能以“&”开头",
    "<http://a%zz> <http://b> 1 .": "IRI 中的百分号编码“%zz”无效",
    "<http://a> <http://b> <http://[x> .": "主机名中不能含有“[”",
}
"""Turtle that the engine refuses, and what is wrong with it."""


@pytest.mark.parametrize(("text", "detail"), FAULTS.items(), ids=FAULTS)
def test_faults_of_turtle_are_told_in_chinese(text: str, detail: str) -> None:
    from stdgraph.storage.turtle import format_turtle

    with pytest.raises(TurtleSyntaxError) as told:
        format_turtle(text)
    assert told.value.message("zh").split("：", 1)[1] == f"{detail}。请修改此处后重试。"


def test_each_entry_for_a_fault_of_syntax_has_a_case() -> None:
    cases = (ROOT / "tests" / "cases" / "chinese.md").read_text("utf-8")
    told = "\n".join([*FAULTS.values(), cases])
    assert [zh for zh in catalogue()["syntax"].values() if not all(part in told for part in literals(zh))] == []
