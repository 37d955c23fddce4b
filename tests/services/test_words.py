"""Questions in one's own words: what is spotted, what is asked, what is refused; the table of docs/ask.md is current."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import pytest

import stdgraph
import words as measure
from stdgraph.errors import UnfitWordsError
from stdgraph.model.spelling import HAN, is_words
from stdgraph.services.ask import question_names
from stdgraph.services.words import index_of
from stdgraph.services.words.language import language
from stdgraph.services.words.running import entities
from stdgraph.services.words.splitting import clauses
from stdgraph.services.words.tokens import dated, numeral_dates, tokens
from stdgraph.services.words.wording import LONGEST, worded


def asked(graph: stdgraph.Graph, text: str) -> tuple[str, dict[str, str]]:
    """Return which question is asked for words, with the ids of its arguments."""
    answer = graph.ask(text)
    return answer.question, {n: getattr(v, "iri", str(v)).rsplit("/id/")[-1] for n, v in answer.parameters.items()}


@pytest.mark.parametrize(
    ("text", "question", "arguments"),
    [
        (
            "Which agreements has China signed with Belarus?",
            "agreements",
            {"actor": "country/CN", "with": "country/BY"},
        ),
        ("中国和德国签过哪些协议", "agreements", {"actor": "country/CN", "with": "country/DE"}),
        ("What happened in 2019?", "what-happened", {"year": "2019"}),
        ("Which agreements have expired?", "ended", {}),
        ("中国最重要的合作伙伴是谁", "partners", {"actor": "country/CN"}),
    ],
)
def test_words_become_a_question_and_its_arguments(
    repository: stdgraph.Graph, text: str, question: str, arguments: dict[str, str]
) -> None:
    assert asked(repository, text) == (question, arguments)


BASIC = [(case, lang) for case in measure.cases("basic") for lang in measure.LANGUAGES]


@pytest.mark.parametrize(("case", "lang"), BASIC, ids=[f"{case['id']}-{lang}" for case, lang in BASIC])
def test_what_a_newcomer_asks_first_finds_its_question(
    repository: stdgraph.Graph, case: measure.Case, lang: str
) -> None:
    text = case[f"question_{lang}"]
    if not case["asked"]:
        with pytest.raises(UnfitWordsError) as refused:
            repository.ask(text)
        assert refused.value.nearest[0] == "stdgraph compare France Germany"
        return
    question, arguments = asked(repository, text)
    assert question in case["asked"]
    assert {name: arguments[name].rsplit("concept/")[-1] for name in case["arguments"]} == case["arguments"]
    assert len(repository.ask(text)) <= case.get("limit", 10**6)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("top ten partners of China", 10),
        ("top 5 partners of China", 5),
        ("中国的前十大合作伙伴", 10),
        ("中国前5名合作伙伴", 5),
        ("partners of China", 0),
        ("前十年的协议", 0),
        ("the laptop 5 agreement", 0),
    ],
)
def test_a_top_limits_the_rows(repository: stdgraph.Graph, text: str, limit: int) -> None:
    assert worded(repository.reads.names, text).limit == limit


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("what is missing about the China-UK commission", "mechanism/cn-gb-commission"),
        ("中英委员会", "mechanism/cn-gb-commission"),
        ("the Qingdao forum", "series/qingdao"),
        ("青岛论坛", "series/qingdao"),
    ],
)
def test_short_names_are_spotted(repository: stdgraph.Graph, text: str, iri: str) -> None:
    wording = worded(repository.reads.names, text)
    assert iri in {s.thing.iri.rsplit("/id/")[-1] for s in wording.spotted}
    assert wording.inside


def test_both_languages_ask_the_same(repository: stdgraph.Graph) -> None:
    english = asked(repository, "Which agreements has China signed with the United Kingdom?")
    assert english == asked(repository, "中国和英国签署了哪些协议？")


def test_no_name_of_a_question_is_words() -> None:
    assert not any(map(is_words, question_names()))


@pytest.mark.parametrize(
    ("text", "said", "iri"),
    [
        ("Who chairs ISO/TC 145/SC 1/WG 5?", "iso/tc 145/sc 1/wg 5", "committee/iso-tc-145-sc-1-wg-5"),
        ("英国标准协会是谁？", "英国标准协会", "org/gb-bsi"),
        ("who signed in the UK", "the uk", "country/GB"),
        ("GB/T 35273何时发布", "gb/t 35273", "standard/gb-t-35273"),
    ],
)
def test_things_are_spotted_by_any_of_their_names(repository: stdgraph.Graph, text: str, said: str, iri: str) -> None:
    found = {(s.said, s.thing.iri.rsplit("/id/")[-1]) for s in worded(repository.reads.names, text).spotted}
    assert (said, iri) in found


def test_short_words_are_names_only_in_capitals(repository: stdgraph.Graph) -> None:
    spotted = worded(repository.reads.names, "who met in London at the seminar").spotted
    assert not {"in", "at", "who"} & {s.said for s in spotted}
    assert "IN" in {s.said.upper() for s in worded(repository.reads.names, "agreements with IN").spotted}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in July 2016", ["@2016", "@2016-07"]),
        ("on 17 August 2020", ["@2020", "@2020-08", "@2020-08-17"]),
        ("August 17, 2020", ["@2020", "@2020-08", "@2020-08-17"]),
        ("2020年8月17日", ["@2020", "@2020-08", "@2020-08-17"]),
        ("2016年", ["@2016"]),
        ("2020-11-24", ["@2020", "@2020-11", "@2020-11-24"]),
        ("the march of 2020 steps", ["@2020"]),
    ],
)
def test_dates_are_spotted_in_both_languages(text: str, days: list[str]) -> None:
    assert dated(numeral_dates(text.lower())) == days


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Who signed?", [{"person", "body"}]),
        ("How many?", [{"number"}]),
        ("Which countries joined, and when?", [{"country"}, {"date"}]),
        ("由谁签署？何时？", [{"person", "body"}, {"date"}]),
        ("有多少个", [{"number"}]),
        ("Which standards?", []),
    ],
)
def test_the_kind_of_answer_is_known(text: str, kinds: list[set[str]]) -> None:
    assert [set(kind) for kind in language().expected(text)] == kinds


def test_what_words_share_is_compared() -> None:
    assert tokens("organized") == tokens("organizations")
    assert tokens("標準化") == tokens("标准化")


def test_the_command_asks_the_same_again(repository: stdgraph.Graph, run) -> None:
    for text in (
        "top ten partners of China",
        "How many national standards did China publish in 2020?",
        "2020年8月17日谁会见了BSI标准总裁？",
    ):
        first = run("ask", text, "-f", "json")
        told = first.stderr.splitlines()[0]
        command = shlex.split(told.removeprefix("Asked: ").removeprefix("所问："))
        again = run(*command[1:], "-f", "json")
        assert again.stdout == first.stdout


@pytest.mark.parametrize(
    "text",
    [
        "Which agreements has China signed with Belarus?",
        "How many foreign-language versions of national standards are there?",
    ],
)
def test_the_page_shows_what_standard_error_says(repository: stdgraph.Graph, run, text: str) -> None:
    index_of(repository.reads)
    assert f"```text\n{run('ask', text).stderr}```\n" in measure.PAGE.read_text("utf-8")


def test_suggestions_are_commands_that_run(repository: stdgraph.Graph, run) -> None:
    table = repository.suggest("Who took part in the third Belt and Road Forum?")
    assert 1 < len(table) <= 5
    for row in table:
        done = run(*shlex.split(str(row["command"]))[1:], "--count")
        assert (done.exit_code, done.stdout.strip()) == (0, str(row["rows"]))


@pytest.mark.parametrize(
    "text",
    [
        "How do I boil an egg?",
        "今天天气怎么样？",
        "the of and",
        "的了吗",
        "？？？",
        "\x00\x07 \x1b[31m",
        "qwertyuiop asdfgh zxcvbn",
        "x " * 5_000,
        "天" * 10_000,
        "'; DROP TABLE name; --",
    ],
    ids=range(10),
)
def test_what_fits_nothing_is_refused_in_a_clear_line(repository: stdgraph.Graph, run, text: str) -> None:
    with pytest.raises(UnfitWordsError) as refused:
        repository.ask(text)
    assert len(str(refused.value)) < 2_000
    done = run("ask", text)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "\x1b" not in done.stderr
    assert "\x00" not in done.stderr


def test_a_query_is_not_run_but_read_as_words(repository: stdgraph.Graph) -> None:
    assert {row["command"].split()[2] for row in repository.suggest("SELECT * WHERE { ?s a ?o }")} <= set(
        question_names()
    )  # type: ignore[union-attr]


def test_only_the_beginning_of_very_long_words_counts(repository: stdgraph.Graph) -> None:
    text = "Which agreements has China signed with Belarus? "
    assert len(worded(repository.reads.names, text * 1_000).text) <= LONGEST
    assert repository.ask(text * 1_000).question == "agreements"


def test_like_narrows_only_what_is_long(repository: stdgraph.Graph) -> None:
    few, many = repository.ask("alliances"), repository.ask("figures")
    assert repository.like(few, "graphene") == few
    narrowed = repository.like(many, "foreign-language versions")
    assert 0 < len(narrowed) <= 30
    assert narrowed.whole == len(many)
    assert set(map(repr, narrowed)) <= set(map(repr, many))
    assert repository.like(many, "zzz") == many


def test_a_day_is_kept(repository: stdgraph.Graph) -> None:
    answer = repository.ask("Which agreements has China signed with Belarus?", as_of="2019")
    assert answer.as_of == "2019"
    assert "certainty" in answer.columns


def test_chinese_is_answered_in_chinese_unless_told_otherwise(repository: stdgraph.Graph, run) -> None:
    text = "中国和英国签署了哪些协议？"
    assert "有哪些协议" in run("ask", text).stdout
    assert "Which agreements" in run("ask", text, "--lang", "en").stdout


def test_a_graph_of_ones_own_has_an_index_of_its_own(tiny: stdgraph.Graph, repository: stdgraph.Graph) -> None:
    assert 0 < index_of(tiny.reads).size() < index_of(repository.reads).size()


def test_what_is_indexed_are_questions() -> None:
    assert set(language().indexed) <= set(question_names())


def test_an_expected_value_is_looked_for_loosely() -> None:
    assert measure.stands("1,520 from 102 countries", measure.plain("1520 participants · 102 countries from all"))
    assert not measure.stands("1,520 from 102 countries", "1520 participants")
    assert measure.stands("中国 / China", "China")


def test_the_table_is_current() -> None:
    assert measure.table() == measure.written(), "run `python tests/words.py --write`"


def test_the_bounds_hold() -> None:
    """What was promised for the closed questions holds for the open ones, and what is about other things is refused."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in measure.written().splitlines()[2:]]
    first, three = ([int(row[at].split()[0]) for row in rows[:2]] for at in (2, 3))
    assert min(first) >= 40
    assert sum(first) >= 2 * 45
    assert min(three) >= 55
    assert sum(three) >= 2 * 60
    assert all(int(row[-1].split()[0]) <= 0.05 * int(row[-1].split()[-1]) for row in rows[:8])
    assert all(int(row[-1].split()[0]) >= 18 for row in rows[8:])


def test_a_canned_question_loads_none_of_this(repository: stdgraph.Graph) -> None:
    code = (
        "import sys\nfrom stdgraph.cli import cli\n"
        "cli.main(['-q', 'ask', 'alliances', '--count'], prog_name='stdgraph', standalone_mode=False)\n"
        "print([m for m in sys.modules if m.startswith(('stdgraph.services.words', 'stdgraph.storage.answers'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


TWO = {
    "Who chairs ISO/TC 321 and where is its secretariat?": [("secretariats", "committee/iso-tc-321")],
    "Who attended the 120th ISO Council and where was it held?": [("participants", ""), ("events", "")],
    "第120次ISO理事会谁出席，在哪里举行？": [("participants", ""), ("events", "")],
    "中国和德国签过哪些协议，什么时候？": [("agreements", "country/DE")],
    "Which agreements has China signed with Belarus?": [("agreements", "country/BY")],
    "When was the China-UK commission founded and who is its secretary?": [("officers", "cn-gb-commission")],
    "Where is the secretariat of ISO/TC 321 and when was it founded?": [("secretariats", "iso-tc-321")],
    "When was SAC founded and who is its head?": [("officers", "org/cn-sac")],
    "Which companies joined the alliance and when was it founded?": [("alliances", "")],
    "When did the China-UK graphene working group start and which standards has it made?": [
        ("working-group-standards", "cn-gb-graphene-group"),
        ("mechanisms", ""),
    ],
    "中英石墨烯工作组何时成立，制定了哪些标准？": [
        ("working-group-standards", "cn-gb-graphene-group"),
        ("committees-founded", ""),
    ],
}


@pytest.mark.parametrize("text", TWO)
def test_what_is_asked_besides_is_answered_where_the_first_answer_does_not_tell_it(text: str) -> None:
    graph = stdgraph.open(lang="zh" if HAN.search(text) else "en")
    each = [answer for answer, _ in graph.ask_each(text)]
    assert [answer.question for answer in each] == [name for name, _ in TWO[text]]
    for answer, (_, thing) in zip(each, TWO[text], strict=True):
        given = [getattr(value, "iri", "") for value in answer.parameters.values()]
        assert not thing or any(iri.endswith(thing) for iri in given)
    assert graph.ask_words(text)[0].question == each[0].question


@pytest.mark.parametrize("text", [text for text, each in TWO.items() if len(each) > 1])
def test_each_row_of_a_second_answer_is_about_what_is_named(text: str, run) -> None:
    graph = stdgraph.open(lang="zh" if HAN.search(text) else "en")
    first, (second, command) = graph.ask_each(text)
    (named,) = {s.thing.iri for s in worded(graph.reads.names, text).spotted if s.is_thing}
    assert first[0].question != second.question
    assert all(named in entities(row, second.columns[:1]) for row in second)
    assert run(*shlex.split(command)[1:], "--count").stdout == f"{len(second)}\n"


def test_the_second_answer_stands_below_the_first_and_is_named_in_other_forms(run) -> None:
    words = "Who attended the 120th ISO Council and where was it held?"
    done = run("ask", words)
    assert done.stderr.count("Asked: ") == 2
    assert done.stdout.count("Geneva") >= 1
    done = run("ask", words, "-f", "json")
    assert json.loads(done.stdout)["question"] == "participants"
    assert "Asks this, too: stdgraph ask events" in done.stderr


SPLIT = {
    "Who chairs ISO/TC 321 and where is its secretariat?": [
        "Who chairs ISO/TC 321",
        "where is its secretariat iso/tc 321",
    ],
    "Which agreements has China signed with Belarus?": [],
    "When did China and the UK meet?": [],
    "谁主持会议？在哪里？": ["谁主持会议"],
}


@pytest.mark.parametrize("text", SPLIT)
def test_parts_that_ask_something_each_are_told_apart(text: str) -> None:
    names = stdgraph.open().reads.names
    assert clauses(worded(names, text)) == SPLIT[text]
