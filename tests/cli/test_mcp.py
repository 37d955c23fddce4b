"""`stdgraph mcp`: tools answer what the commands answer, with the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import anyio
import jsonschema
import pytest
from click.testing import Result
from mcp.types import ResourceTemplateReference

from assistant import Assistant, assistant
from stdgraph.mcp.tools import tools

Run = Callable[..., Result]
Answers = Callable[[str], Any]


@pytest.fixture(scope="module")
def asked(repository: Any) -> Iterator[Assistant]:
    """A client that asks the graph of the package."""
    with assistant() as found:
        yield found


@pytest.fixture(scope="module")
def answers(asked: Assistant) -> Answers:
    """What a call of SAME answers, asked once."""
    return cache(lambda name: asked.call(SAME[name][0], **SAME[name][1]))


BSI = {"actor": "BSI"}
SAME: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "find": ("find", {"text": "石墨烯"}, ["find", "石墨烯", "--limit", "10"]),
    "find by kind": ("find", {"text": "iso", "kind": "TechnicalCommittee", "limit": 3}, ["find", "iso", "--kind", "TechnicalCommittee", "--limit", "3"]),
    "ask": ("ask", {"question": "agreements", "parameters": {"actor": "China"}, "limit": 5}, ["ask", "agreements", "--actor", "China", "--limit", "5"]),
    "ask in Chinese": ("ask", {"question": "officers", "parameters": {"body": "ISO"}, "lang": "zh"}, ["ask", "officers", "--body", "ISO", "--lang", "zh"]),
    "ask on a day": (
        "ask", {"question": "mechanisms", "parameters": {"actor": "China"}, "as_of": "2016", "undated": True},
        ["ask", "mechanisms", "--actor", "China", "--as-of", "2016", "--undated", "--limit", "30"],
    ),
    "ask why": ("ask", {"question": "who-cooperates-with", "parameters": BSI, "why": True}, ["ask", "who-cooperates-with", "--actor", "BSI", "--why"]),
    "ask a flag": ("ask", {"question": "partners", "parameters": BSI | {"bilateral": True}}, ["ask", "partners", "--actor", "BSI", "--bilateral"]),
    "ask in words": ("ask", {"question": "Which agreements has China signed with Belarus?"}, ["ask", "Which agreements has China signed with Belarus?"]),
    "ask in Chinese words": ("ask", {"question": "中国与白俄罗斯签署了哪些协议？"}, ["ask", "中国与白俄罗斯签署了哪些协议？"]),
    "why": ("why", {"a": "China", "b": "Germany"}, ["why", "China", "Germany"]),
    "why of themselves": ("why", {"a": "China", "b": "Germany", "level": "own", "bilateral": True}, ["why", "China", "Germany", "--level", "own", "--bilateral"]),
    "path": ("path", {"a": "BSI", "b": "UNIDO", "limit": 2}, ["path", "BSI", "UNIDO", "--limit", "2"]),
    "path of a kind": ("path", {"a": "浙江省市场监督管理局", "b": "ASTM", "kind": "recognizes"}, ["path", "浙江省市场监督管理局", "ASTM", "--kind", "recognizes"]),
    "sources": ("sources", {}, ["sources"]),
    "sources of a thing": ("sources", {"name": "BSI", "limit": 200}, ["sources", "BSI"]),
    "profile": ("profile", {"names": ["BSI"]}, ["profile", "BSI"]),
    "profile of two": ("profile", {"names": ["China", "Germany"], "lang": "zh"}, ["profile", "China", "Germany", "--lang", "zh"]),
    "profile, one list": ("profile", {"names": ["China"], "panels": ["partners"], "limit": 7}, ["profile", "China", "--panel", "partners", "--limit", "7"]),
    "query": ("query", {"sparql": "SELECT ?x WHERE { ?x a stdg:JointCommission } ORDER BY ?x"}, ["query", "SELECT ?x WHERE { ?x a stdg:JointCommission } ORDER BY ?x"]),
    "query, bound": (
        "query", {"sparql": "SELECT ?p WHERE { ?a stdg:cooperatesWith ?p } ORDER BY ?p", "bind": {"a": "BSI"}},
        ["query", "SELECT ?p WHERE { ?a stdg:cooperatesWith ?p } ORDER BY ?p", "--bind", "a=BSI"],
    ),
    "query, empty": ("query", {"sparql": "SELECT ?x WHERE { ?x a stdg:Nothing }"}, ["query", "SELECT ?x WHERE { ?x a stdg:Nothing }"]),
}  # fmt: skip
"""A call of a tool, and the command that answers the same."""


@pytest.mark.parametrize("name", SAME)
def test_a_tool_answers_what_its_command_prints_as_json(name: str, answers: Answers, run: Run) -> None:
    real = json.loads(run(*SAME[name][2], "-f", "json").stdout)
    answer = answers(name)
    told = answer.structured_content
    assert not answer.is_error, answer.content[0].text
    expected = real if isinstance(real, dict) else {"rows": real}
    assert {key: told[key] for key in expected} == expected
    assert told.keys() - expected.keys() <= {"columns", "count", "next", "notes"}


@pytest.mark.parametrize("name", SAME)
def test_an_answer_is_text_too_and_each_source_stands_in_it(name: str, answers: Answers) -> None:
    answer = answers(name)
    text, told = answer.content[0].text, answer.structured_content
    rows = told.get("rows") or [row for panel in told.get("panels", ()) for row in panel["rows"]]
    titles = {source["title"] for row in rows for source in row.get("sources", ())}
    listed = text.replace("\\", "")
    assert not [title for title in titles if title not in listed]
    assert all(note in text for note in told.get("notes", ()))


def test_tools_are_few_exact_and_short(asked: Assistant) -> None:
    found = asked.do("list_tools")
    assert [tool.name for tool in found.tools] == ["find", "profile", "ask", "why", "path", "sources", "query"]
    for tool in found.tools:
        assert tool.annotations.read_only_hint
        assert tool.description.endswith(".")
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
    assert len(found.model_dump_json(by_alias=True, exclude_unset=True)) < 7000


@pytest.mark.parametrize("name", SAME)
def test_calls_and_answers_keep_to_the_schemas(name: str, asked: Assistant, answers: Answers) -> None:
    tool, arguments, _ = SAME[name]
    known = {one.name: one for one in asked.do("list_tools").tools}[tool]
    jsonschema.validate(arguments, known.input_schema)
    jsonschema.validate(answers(name).structured_content, known.output_schema)


def test_the_parts_of_a_long_answer_make_the_whole(asked: Assistant) -> None:
    whole = asked.call("sources", name="BSI", limit=1000).structured_content
    rows: list[Any] = []
    part: dict[str, Any] = {"next": 0}
    while "next" in part:
        part = asked.call("sources", name="BSI", limit=50, offset=part["next"]).structured_content
        rows += part["rows"]
    assert (part["count"], rows) == (len(rows), whole["rows"])
    assert asked.call("sources", name="BSI", offset=10_000).structured_content["rows"] == []


def test_truth_and_triples(asked: Assistant) -> None:
    told = asked.call("query", sparql="ASK { ?x a stdg:JointCommission }")
    assert (told.structured_content, told.content[0].text) == ({"truth": True}, "true\n")
    told = asked.call("query", sparql="CONSTRUCT WHERE { ?x a stdg:JointCommission }", limit=2).structured_content
    assert told["turtle"].count("a stdg:JointCommission ;") == 2
    assert told["notes"] == ["Only the first 2 rows were read; OFFSET in the query brings others."]


WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "no such name": ("find", {"txt": "BSI"}, "txt: there is no such argument; there are text, kind, limit, lang."),
    "lacking": ("why", {"a": "SAC"}, "b: is needed."),
    "of another type": ("find", {"text": 3}, "text: is to be a text."),
    "truth for a number": ("find", {"text": "BSI", "limit": True}, "limit: is to be a whole number."),
    "out of range": ("find", {"text": "BSI", "limit": 0}, "limit: is to be a whole number from 1 to 1000."),
    "none of a few": ("find", {"text": "BSI", "lang": "de"}, "lang: is to be one of en, zh."),
    "empty": ("find", {"text": " "}, "text: is empty."),
    "too long": ("find", {"text": "x" * 1001}, "text: is longer than 1000 characters."),
    "too many": ("profile", {"names": ["x"] * 51}, "names: is to be one to 50 texts."),
    "a list within": ("profile", {"names": [["x"]]}, "names: is to be a list of texts."),
    "an object within": ("ask", {"question": "agreements", "parameters": {"actor": {}}}, 'parameters: is to be an object of texts, such as {"actor": "BSI"}.'),
    "unknown thing": ("why", {"a": "SAC", "b": "BSII"}, "Nothing in the graph is named 'BSII' (Actor). Nearest: org/gb-bsi  British Standards Institution"),
    "several things": ("profile", {"names": ["Working Group 1"]}, "Nearest:"),
    "unknown question": ("ask", {"question": "agreement"}, "There is no question 'agreement'. Nearest: agreements,"),
    "words that fit nothing": ("ask", {"question": "agreements China never foo zzz"}, '  {"question": "agreements", "parameters": {"actor": "China"}}'),
    "unknown parameter": ("ask", {"question": "agreements", "parameters": {"actr": "BSI"}}, "actr: agreements has no such parameter; it takes actor,"),
    "lacking parameter": ("ask", {"question": "officers"}, "body: needed:"),
    "unknown code": ("path", {"a": "BSI", "b": "SAC", "kind": "coPartWith"}, "kind: 'coPartWith' is none of the"),
    "unknown class": ("find", {"text": "zzzz", "kind": "Bodyy"}, "kind: there is no class 'Bodyy'; there are "),
    "no day": ("ask", {"question": "events", "as_of": "soon"}, "as_of: "),
    "undated without a day": ("ask", {"question": "events", "undated": True}, "undated: goes with as_of; without a day nothing is left out."),
    "unknown list": ("profile", {"names": ["BSI"], "panels": ["partner"]}, "'partner' is no panel of this page; nearest: partners"),
    "the same twice": ("profile", {"names": ["BSI", "org/gb-bsi"]}, "'org/gb-bsi' is the same as 'BSI'; name it once."),
    "syntax": ("query", {"sparql": "SELECT ?x WHERE { ?x a }"}, "query:1:24: "),
    "update": ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "This query is refused: "),
    "another server": ("query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "This query is refused: "),
    "unbound": ("query", {"sparql": "ASK { ?s ?p ?o }", "bind": {"x": "BSI"}}, "bind: "),
    "too much": ("sources", {"name": "China", "limit": 1000}, "The answer is longer than 1024 KiB. Ask for fewer rows"),
    "in Chinese": ("find", {"text": "BSI", "limit": 0, "lang": "zh"}, "limit：应为1至1000的整数。"),
    "Chinese words": ("ask", {"question": "呜呼哀哉？"}, "没有适合"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_call_is_told_in_its_own_terms(name: str, asked: Assistant) -> None:
    tool, arguments, told = WRONG[name]
    answer = asked.call(tool, **arguments)
    text = answer.content[0].text
    assert answer.is_error
    assert told in text
    assert "Traceback" not in text
    assert "--" not in text.replace("--endpoint", "").replace("--pack", "")


def test_an_unknown_tool_is_an_error_of_the_protocol(asked: Assistant) -> None:
    with pytest.raises(Exception, match=r"There is no tool 'seek'. There are find, profile, ask"):
        asked.call("seek")


READ = {
    "stdgraph://questions": "| agreements | Which agreements exist",
    "stdgraph://questions/agreements": '`ask {"question": "agreements", "parameters": {"actor": "country/CN"',
    "stdgraph://schema": "| stdg:Agreement | agreement | class |",
    "stdgraph://schema/Agreement": "| Agreement | skos:prefLabel |",
    "stdgraph://codes/agrtype": "| mou | memorandum of understanding | 谅解备忘录 |",
    "stdgraph://codes/agrtype/MoU": "| mou | memorandum of understanding | 谅解备忘录 |",
    "stdgraph://codes/stdg:cooperatesWith": "coPartyWith",
    "stdgraph://codes/classes/NationalStandardsBody": "national standards body",
    "stdgraph://things/BSI": "8. Zhejiang special action plan for the internationalization of standards (2020-2022), 附件 1 / item 39",
    "stdgraph://things/org/gb-bsi": "# British Standards Institution (national standards body)",
    "stdgraph://things/%E8%8B%B1%E5%9B%BD%E6%A0%87%E5%87%86%E5%8D%8F%E4%BC%9A": "org/gb-bsi",
    "stdgraph://things/英国标准协会": "org/gb-bsi",
    "stdgraph://turtle/BSI": "stdg:locator",
}


@pytest.mark.parametrize("address", READ)
def test_a_resource_is_read(address: str, asked: Assistant) -> None:
    (content,) = asked.do("read_resource", address).contents
    assert READ[address] in content.text
    assert (content.mime_type == "text/turtle") is address.startswith("stdgraph://turtle/")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("stdgraph://thing/BSI", "There is no resource 'stdgraph://thing/BSI'. There are stdgraph://questions,"),
        ("file:///etc/passwd", "There is no resource"),
        ("stdgraph://things/BSII", "Nearest: org/gb-bsi"),
        ("stdgraph://questions/..%2Frules%2Fco-party-with", "There is no question"),
        ("stdgraph://codes/agrtyp", "There is no list of codes 'agrtyp'. There are "),
        ("stdgraph://codes/agrtype/mouu", "nearest: mou"),
        ("stdgraph://schema/Agreementt", "Nearest: stdg:Agreement"),
    ],
)
def test_what_cannot_be_read_is_told(address: str, told: str, asked: Assistant) -> None:
    with pytest.raises(Exception, match=r"There is|Nearest|nearest") as found:
        asked.do("read_resource", address)
    assert told in str(found.value)


def test_resources_and_templates_are_listed(asked: Assistant) -> None:
    assert [one.uri for one in asked.do("list_resources").resources] == ["stdgraph://questions", "stdgraph://schema"]
    templates = asked.do("list_resource_templates").resource_templates
    assert [one.uri_template for one in templates] == [
        *("stdgraph://questions/{name}", "stdgraph://schema/{term}", "stdgraph://codes/{list}"),
        *("stdgraph://codes/{list}/{code}", "stdgraph://things/{+name}", "stdgraph://turtle/{+name}"),
    ]


@pytest.mark.parametrize(
    ("address", "argument", "typed", "first"),
    [
        ("stdgraph://things/{+name}", "name", "British St", "British Standards Institution"),
        ("stdgraph://turtle/{+name}", "name", "英国标", "英国标准协会"),
        ("stdgraph://questions/{name}", "name", "agree", "agreement-levels"),
        ("stdgraph://questions/{name}", "name", "year", "agreements-by-year"),
        ("stdgraph://codes/{list}", "list", "agr", "agrlevel"),
        ("stdgraph://codes/{list}/{code}", "list", "rol", "role"),
        ("stdgraph://codes/{list}/{code}", "code", "谅解", "mou"),
        ("stdgraph://schema/{term}", "term", "national st", "NationalStandardsBody"),
        ("stdgraph://things/{+name}", "name", "zzzzz", None),
        ("stdgraph://things/{+name}", "other", "B", None),
        ("stdgraph://nothing/{name}", "name", "B", None),
    ],
)
def test_names_are_completed(address: str, argument: str, typed: str, first: str | None, asked: Assistant) -> None:
    given = {"list": "agrtype"} if argument == "code" else None
    ref = ResourceTemplateReference(uri=address)
    values = asked.do("complete", ref, {"name": argument, "value": typed}, given).completion.values
    assert (values[0] if values else None) == first
    assert len(values) <= 100


def test_twenty_calls_at_once_answer_as_one_after_the_other(asked: Assistant, answers: Answers) -> None:
    names = list(SAME)[:20]

    async def at_once() -> list[str]:
        found: dict[int, str] = {}

        async def call(at: int) -> None:
            found[at] = (await asked.client.call_tool(*SAME[names[at]][:2])).model_dump_json()

        async with anyio.create_task_group() as group:
            for at in range(20):
                group.start_soon(call, at)
        return [found[at] for at in range(20)]

    assert asked.portal.call(at_once) == [answers(name).model_dump_json() for name in names]


def test_another_server_in_the_newer_protocol_sends_the_same(answers: Answers) -> None:
    with assistant(mode="auto") as other:
        for name in ("ask", "why", "profile of two", "query"):
            mine, theirs = answers(name), other.call(SAME[name][0], **SAME[name][1])
            assert mine.content[0].text == theirs.content[0].text
            assert mine.structured_content == theirs.structured_content


def test_it_speaks_chinese(repository: Any) -> None:
    with assistant("--lang", "zh", "--limit", "3") as asked:
        found = asked.do("list_tools").tools
        assert found[0].description.startswith("按任何名称查找")
        assert {tool.input_schema["properties"]["limit"]["maximum"] for tool in found} == {3, 50}
        told = asked.call("ask", question="agreements", parameters={"actor": "中国"})
        assert "第1至3行" in told.content[0].text
        assert "来源：" in told.content[0].text
        assert told.structured_content["title"] == "有哪些协议，类型、层级和缔约方是什么？"


def test_without_the_library_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "stdgraph.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    done = run("mcp")
    assert done.exit_code == 2
    assert done.stderr == "stdgraph: Assistants need a library that is not installed: pip install 'stdgraph[mcp]'\n"


def test_tool_rows_are_bounded_by_the_command() -> None:
    assert tools(3)["ask"].arguments.read({})["limit"] == 3
