"""Chinese says all that English says: each message that a user can meet has its entry, and each entry its message."""

from __future__ import annotations

import ast
import csv
import errno
import gettext
import gzip
import http.client
import inspect
import io
import json.decoder
import json.scanner
import os
import pickle
import re
import tomllib._parser
from collections.abc import Callable
from itertools import pairwise
from string import Formatter
from typing import Any

import click
import pyoxigraph as ox
import pytest

import console
import messages as catalogue
import stdgraph
from conftest import ROOT
from messages import PO, REPAIR, SOURCE
from stdgraph.errors import ParameterError, TurtleSyntaxError
from stdgraph.graph.time import UNDATED
from stdgraph.locale import Foreign, Phrase, located, translated
from stdgraph.locale.fault import NotCompiledError
from stdgraph.locale.patterns import matched
from stdgraph.model.changes import KINDS
from stdgraph.model.results import Answer
from stdgraph.packs.findings import LEVELS
from stdgraph.packs.igo.memberships import COUNTED as IGO
from stdgraph.packs.iso.compared import COMPARISON
from stdgraph.packs.registers import registers
from stdgraph.packs.trade.entries import PUBLISHERS
from stdgraph.services.ask import questions
from stdgraph.services.schema.shown import USED
from stdgraph.services.verify import RESULTS

CATALOG = catalogue.read(PO.read_bytes())
MESSAGES = [message for message in CATALOG if message.id]
CLICKS = catalogue.clicks()


def within(context: str) -> dict[str, str]:
    """Return the entries of a context."""
    return {str(m.id): str(m.string) for m in MESSAGES if m.context == context}


def both(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return the singular and the plural of a text, or the text alone."""
    return [text] if isinstance(text, str) else [*text]


def test_messages_have_their_chinese() -> None:
    assert catalogue.missing(CATALOG) == [], REPAIR
    assert [m.id for m in MESSAGES if m.fuzzy or not all(both(m.string))] == [], REPAIR
    assert [m.id for m in MESSAGES if not any(map(speaks_chinese, both(m.string)))] == ["pagerank"]  # a name


def speaks_chinese(text: str) -> bool:
    """Tell whether a text has Chinese characters or marks, or no words at all but those of its places."""
    return bool(re.search(r"[\u3000-\u9fff\uff00-\uffef]", text) or not re.sub(r"\{.*?\}|\W", "", text))


def test_each_entry_is_used() -> None:
    assert catalogue.left_over(CATALOG) == [], REPAIR


def test_entries_keep_their_places() -> None:
    for message in MESSAGES:
        ours = not message.context and message.id not in CLICKS
        for text in both(message.string):
            there, here = places_of("".join(both(message.id))), places_of(text)
            assert here == there if ours else here <= there, message.id


def places_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_a_message_without_an_entry_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    new = Phrase("{x} is new", x=1)
    monkeypatch.setattr(catalogue, "messages", lambda: {new.message})
    assert catalogue.missing(CATALOG) == ["{x} is new"]
    assert "'{text}' is not a whole number" in catalogue.left_over(CATALOG)


def test_the_catalogue_is_kept_in_one_form() -> None:
    assert catalogue.written(CATALOG) == PO.read_bytes(), REPAIR


def test_the_catalogue_is_compiled() -> None:
    compiled, fresh = (
        gettext.GNUTranslations(io.BytesIO(data))
        for data in (PO.with_suffix(".mo").read_bytes(), catalogue.compiled(CATALOG))
    )
    entries = [{key: zh for key, zh in t._catalog.items() if key} for t in (compiled, fresh)]
    assert entries[0] == entries[1], "run `pip install -e .`, or `python tests/messages.py --write`"


def test_what_is_not_compiled_is_not_spoken(monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any], tmp_path) -> None:
    from stdgraph.locale import catalogue as reader

    reader.catalogue.cache_clear()
    monkeypatch.setattr(reader, "SOURCE", tmp_path / "stdgraph.po")
    with pytest.raises(NotCompiledError):
        Phrase("is empty").chinese()
    done = run("--lang", "zh", "find", "x")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "pip install -e ." in done.stderr
    within = run("intake", "--template", "bodies", "-o", tmp_path / "bodies.csv")
    assert (within.exit_code, "internal fault" in within.stderr) == (3, False)
    (tmp_path / "stdgraph.mo").write_bytes(PO.with_suffix(".mo").read_bytes())
    assert reader.catalogue()
    reader.catalogue.cache_clear()
    (tmp_path / "stdgraph.po").write_bytes(PO.read_bytes())
    os.utime(tmp_path / "stdgraph.mo", (0, 0))
    with pytest.raises(NotCompiledError):
        reader.catalogue()


def test_texts_go_through_a_pipe() -> None:
    phrase = Phrase("there is no class '{kind}'; {names}", kind="x", names=Foreign("Permission denied"))
    error = pickle.loads(pickle.dumps(ParameterError(parameter="kind", detail=phrase)))
    assert error.message("en") == "--kind: there is no class 'x'; Permission denied."
    assert error.message("zh") == "--kind：没有类“x”；权限不足。"
    assert translated(pickle.loads(pickle.dumps(phrase)), "zh") == "没有类“x”；权限不足"


def test_a_call_in_chinese_leaves_nothing_behind(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    english, domain = run("find", "-h").stdout, gettext.textdomain()
    assert "用法" in run("--lang", "zh", "find", "-h").stdout
    assert (gettext.textdomain(), os.environ["LANGUAGE"]) == (domain, "fr")
    assert run("find", "-h").stdout == english
    assert not re.search(r"[\u4e00-\u9fff]", english.replace("石墨烯", ""))


# What stands under a context


def test_contexts_are_those_that_are_looked_up() -> None:
    assert {m.context for m in MESSAGES if m.context} == {
        *("cell.after", "cell.before", "cell.certainty", "cell.change", "cell.kind", "cell.level", "cell.relation"),
        *("cell.result", "cell.severity", "cell.sure", "cell.unit", "cell.why"),
        *("count", "foreign", "heading", "locator", "parameter", "placeholder", "term"),
    }


def test_placeholders_are_those_of_the_commands() -> None:
    found = set()
    for command in catalogue.commands():
        context = catalogue.context_of(command)
        found.update(command.collect_usage_pieces(context))
        found.update(p.make_metavar(context) for p in command.get_params(context) if getattr(p, "is_flag", 0) is False)
    words = {word for text in found for word in re.findall(r"\b[A-Z]+(?: [A-Z]+)*\b", text)}
    assert words - {"A", "B", "F"} == within("placeholder").keys()


def test_every_parameter_has_a_short_chinese_name() -> None:
    names = {parameter.name for asked in questions() for parameter in asked.parameters}
    assert within("parameter").keys() == names
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{1,5}", said) for said in within("parameter").values())


def test_a_title_says_what_was_given_in_its_language() -> None:
    from stdgraph.cli.ask import _title

    for asked in questions():
        given = Answer(
            ("x",),
            (),
            lang="zh",
            title=asked.title["zh"],
            parameters=dict.fromkeys(sorted({p.name for p in asked.parameters}), "中"),
        )
        assert not re.search(r"[a-z_]+[:：]", _title(given)), asked.name
    given = Answer(("x",), (), title="Which?", parameters={"actor": "A", "year": "2019"})
    assert _title(given) == "Which?  (actor: A, year: 2019)"
    chinese = Answer(("x",), (), lang="zh", title="哪些？", parameters={"actor": "中国", "with": "德国"}, as_of="2020")
    assert _title(chinese) == "哪些？（主体：中国，对方：德国）  [2020]"


def test_wrong_numbers_are_whole_ones() -> None:
    """The Chinese of click's message does not say of which kind: a name that click keeps in the first call's language."""
    numbers = {
        param.type.name
        for command in catalogue.commands()
        for param in command.get_params(catalogue.context_of(command))
        if isinstance(param.type, click.types.FloatParamType | click.types.IntParamType)
    }
    assert numbers == {"integer", "integer range"}


def test_codes_in_cells_are_those_of_the_services() -> None:
    assert within("cell.after") == within("cell.before")
    assert within("cell.after").keys() == {"O-member", "P-member"} <= {*COMPARISON.read.values()}
    assert within("cell.change").keys() == {*KINDS} | {
        change for register in registers() for change in register.comparison().order
    }
    assert within("cell.kind").keys() == {*USED}
    assert within("cell.level").keys() == {*LEVELS}
    assert within("cell.certainty").keys() == {"certain", "possible", UNDATED}
    assert within("cell.result").keys() == {*RESULTS}
    assert within("cell.sure").keys() == {"yes", "no"}
    assert within("cell.severity").keys() == {"Violation", "Warning", "Info"}
    asked = "".join(path.read_text("utf-8") for path in (ROOT / "queries" / "questions").glob("*.rq"))
    for context in ("cell.relation", "cell.why"):
        assert within(context).keys() == set(re.findall(rf'"([a-z ]+)" AS \?{context[5:]}\b', asked))


def test_counts_are_those_of_packs() -> None:
    from stdgraph.packs.iso.seats import COUNTED

    counted = {*COUNTED, "classes", "standards", "editions", "projects", "replacements"}
    counted |= {"organizations", "memberships", "states", *IGO.values()}
    counted |= {"agreements", "shared", "parties", *(f"parties_{publisher}" for publisher in PUBLISHERS)}
    assert within("count").keys() == {f"{{number:,}} {name.replace('_', ' ')}" for name in counted}
    assert {name for register in registers() for name in register.settings["plausible"]} <= counted


def test_headings_are_names_of_columns() -> None:
    said = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert within("heading").keys() <= said


@pytest.mark.parametrize(
    "command",
    [
        *(
            "find SAC --limit 1",
            "why SAC BSI",
            "path BSI UNIDO",
            "sources",
            "sources BSI",
            "ledger BSI",
            "ask",
            "show SAC",
            "timeline SAC",
            "timeline SAC BSI",
            "compare SAC BSI --list ties",
        ),
        *("network backbone --limit 1", "network compare cooperation records", "network compare cooperation"),
        *("network compare cooperation records --model mrqap", "network compare --define"),
        *("network metrics", "query 'SELECT (1 AS ?value) {}'", "pack list"),
    ],
)
def test_every_column_has_a_heading(command: str) -> None:
    lines = console.Console().run(f"stdgraph --lang zh {command}")
    heads = [above for above, line in pairwise(lines) if line.startswith("──")]
    heads += re.findall(r"· ([^·\n:]+):(?: |$)", "\n".join(lines), re.MULTILINE)  # of cards
    assert heads or command == "pack list"
    assert [head for head in heads if re.search(r"[a-z]{2,}", head.replace("PageRank", ""))] == []


def test_units_are_those_of_the_data(repository: stdgraph.Graph) -> None:
    rows = repository.reads.select("SELECT DISTINCT ?unit { ?figure stdg:unit ?unit }")
    assert within("cell.unit").keys() == {"actor", "item"} | {row["unit"].value for row in rows}


REGISTER = re.compile(r"committee [0-9]+|member body [0-9]+ \([A-Za-z' -]+\)")
"""What a register calls its own records."""


def test_words_for_places_have_their_chinese(repository: stdgraph.Graph) -> None:
    rows = repository.reads.select("SELECT DISTINCT ?place { ?evidence stdg:locator ?place }")
    told = [part for row in rows for part in located(row["place"].value, "zh").split(" / ")]
    ours = [part for part in told if re.match(r"[a-z]", part) and not REGISTER.fullmatch(part)]
    assert [part for part in ours if part not in {"committee 1"}] == []


def test_terms_are_those_without_a_label(repository: stdgraph.Graph) -> None:
    from stdgraph.model.vocabulary import BASE, short

    rows = repository.reads.select("SELECT DISTINCT ?t { GRAPH ?g { { ?x ?t ?y } UNION { ?x a ?t } } }")
    terms = {row["t"].value for row in rows}
    nameless = {short(t) for t in terms - repository.reads.names.labels(terms, "zh").keys() if not t.startswith(BASE)}
    years = {"skos:Year"}  # a kind of the index alone
    assert within("term").keys() - years == {term for term in nameless if "://" not in term}


def source_of(*modules: Any) -> str:
    """Return the source of modules, strings that stand on several lines made whole."""
    return re.sub(r'"\s*\n?\s*"', "", "".join(map(inspect.getsource, modules)))


RESOLVER = {"Name or service not known", "Temporary failure in name resolution"}
"""What the C library says of names of hosts."""


def test_entries_for_other_programs_are_what_they_say() -> None:
    """Of a fault of Turtle or SPARQL the engine says it in a case: see below."""
    said = source_of(csv, gzip, http.client, json.decoder, json.scanner, tomllib._parser)
    system = {os.strerror(number) for number in errno.errorcode} | RESOLVER
    others = [en for en in within("foreign") if en not in system and not in_a_case(within("foreign")[en])]
    assert [en for en in others if "{detail}" not in en and not all(part in said for part in literals(en))] == []


def in_a_case(zh: str) -> bool:
    """Tell whether the Chinese for a fault of syntax is what some case expects."""
    told = "\n".join([*FAULTS.values(), (ROOT / "tests" / "cases" / "chinese.md").read_text("utf-8")])
    return all(part in told for part in literals(zh))


def literals(template: str) -> list[str]:
    """Return the words of a template, without the quotation marks, stops and brackets around values."""
    return [t.strip(" '.:()[],") for t, *_ in Formatter().parse(template) if len(t.strip(" '.:()[],/")) > 1]


def test_an_entry_takes_values_as_they_are() -> None:
    view = Phrase("'{view}' is no view; there are {views}", view="{x}", views="a, b")
    assert view == "'{x}' is no view; there are a, b"
    assert view.chinese() == "没有视图“{x}”；可用的有 a, b"
    assert matched("foreign", "Expecting value: line 1 column 2 (char 1)") == "缺少值（第 1 行第 2 列）"
    assert located("paragraph 6, work with the subcommittee", "zh") == "第6段，与分委员会的工作"


# What is said


def test_chinese_output_holds_no_english_sentence() -> None:
    text = (ROOT / "tests" / "cases" / "chinese.md").read_text("utf-8")
    outputs = [line for block in console.CONSOLE.finditer(text) for line in block["body"].splitlines()]
    assert len(outputs) > 300
    found = [line for line in outputs if not line.startswith(console.PROMPT) and has_sentence(line)]
    assert found == []


def has_sentence(line: str) -> bool:
    """Tell whether three English words follow each other, outside of examples, code and what was read.

    >>> has_sentence("Error: Option '--kind' requires an argument."), has_sentence("运行 `stdgraph pack list` 可查看。")
    (True, False)
    """
    line = re.sub(r"\([a-z][^()]*\)", "", line) if " · " in line else line  # codes, told in both languages
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
    from stdgraph.storage.syntax import syntax_error

    with pytest.raises(SyntaxError) as refused:
        list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    told = syntax_error(refused.value, "-").message("zh")
    assert told.split("：", 1)[1] == f"{detail}。请修改此处后重试。"


@pytest.mark.parametrize("text", FAULTS)
def test_causes_of_faults_are_told_in_chinese(text: str) -> None:
    from stdgraph.storage.turtle import format_turtle

    with pytest.raises(TurtleSyntaxError) as told:
        format_turtle(text)
    assert told.value.message("zh").endswith("请修改此处后重试。")
    assert not has_sentence(told.value.message("zh"))
