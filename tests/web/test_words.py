"""Questions in one's own words mean in the explorer what they mean to `stdgraph ask`: the twin has no rule of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stdgraph
import words as measure
from stdgraph.cli.render import as_json
from stdgraph.errors import UnfitWordsError
from stdgraph.services.ask import ask
from stdgraph.services.words import Found, ask_words, index_of, suggestions
from stdgraph.services.words.filling import fillings
from stdgraph.services.words.fitting import fits
from stdgraph.services.words.ranking import Weights, ranked
from stdgraph.services.words.splitting import clauses, leading
from stdgraph.services.words.wording import worded

UNDERSTAND = """async texts => {
  const told = []
  for (const text of texts) told.push(await stdgraph.words.understand(text))
  return told
}"""
ROWS = """words => stdgraph.words.postings().then(all => words.map(word => all[word] ?? []).concat([[Object.keys(all).length]]))"""
ODD = [
    "?",
    "   ",
    "zz zz",
    "2016?",
    "中英",
    "Who? Who? Who? Who?",
    "top ten partners of China",
    "前三大合作伙伴",
    "x " * 300,
]
ASKED = {
    "en": [
        *("Who chairs ISO/TC 321?", "What did China and Germany sign?", "top ten partners of China"),
        *("compare France and Germany", "which events took place in Qingdao in 2019", "Who is the weather?"),
        "Who attended the 120th ISO Council and where was it held?",
    ],
    "zh": [
        *("中国和德国签过哪些协议", "中国的前十大合作伙伴", "北京明天天气怎么样？", "2019年在青岛举行了哪些会议"),
        *("比较法国和德国", "中英石墨烯工作组何时成立，制定了哪些标准？"),
    ],
}


def test_the_index_of_answers_is_the_same(page: Any, repository: stdgraph.Graph) -> None:
    index = index_of(repository.reads)
    words = [word for (word,) in index.rows("SELECT word FROM posting ORDER BY word")]
    some = words[::40]
    *rows, [number] = page.evaluate(ROWS, some)
    assert number == len(words)
    wanted = index.postings(some)
    assert [word for word, found in zip(some, rows, strict=True) if found != list(wanted[word])] == []


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_words_choose_the_same_questions_and_arguments(page: Any, repository: stdgraph.Graph, lang: str) -> None:
    cases = [*measure.cases("open"), *measure.cases("elsewhere")]
    texts = [*(case[f"question_{lang}"] for case in cases), *ODD]
    told = page.evaluate(UNDERSTAND, texts)
    odd = [text for text, one in zip(texts, told, strict=True) if in_short(one) != understood(repository, text)]
    assert odd == []
    assert sum(one["fits"] for one in told) > len(measure.cases("open")) // 2


def in_short(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is compared of what the page understands."""
    names = ("text", "fits", "things", "limit", "clauses")
    meant = [(one["question"], one["given"], one["tries"], one["runs"], one["score"]) for one in told["meant"]]
    return {name: told[name] for name in names} | {"meant": meant, "expects": [sorted(one) for one in told["expects"]]}


def understood(graph: stdgraph.Graph, text: str) -> dict[str, Any]:
    """Return what the library understands of words: the questions that may be meant, with all arguments that are tried."""
    index, wording = index_of(graph.reads), worded(graph.reads.names, text)
    weights = Weights(index, wording)
    candidates, first = ranked(index, wording, weights), leading(wording)
    return {
        "text": wording.text,
        "fits": fits(wording, candidates, weights.knows),
        "things": list(dict.fromkeys(one.thing.iri for one in wording.spotted if one.is_thing)),
        "limit": wording.limit,
        "clauses": clauses(wording),
        "meant": [
            (
                c.question.name,
                c.arguments,
                *(fillings(c.question, c.arguments, one) for one in (wording, first)),
                c.score,
            )
            for c in candidates
        ],
        "expects": [sorted(one) for one in wording.expects],
    }


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_the_answers_are_the_same(page: Any, lang: str) -> None:
    graph = stdgraph.open(lang=lang)
    told = page.evaluate(
        "async ([texts, lang]) => { const all = []; for (const text of texts) all.push(await stdgraph.words.ask(text, lang)); return all }",
        [ASKED[lang], lang],
    )
    assert [rows(one) for one in told] == [wanted(graph, text, lang) for text in ASKED[lang]]
    assert any(isinstance(one, list) and len(one) > 1 for one in map(rows, told)), "none asks two things"
    assert any(isinstance(one, set) for one in map(rows, told)), "none is refused"


def rows(told: dict[str, Any]) -> Any:
    """Return the answers that the page gives, or the questions that it names where it refuses."""
    if "nearest" in told:
        return {one["question"] for one in told["nearest"]}
    return [one["answer"] for one in (told, *told["also"])]


def wanted(graph: stdgraph.Graph, text: str, lang: str) -> Any:
    """Return the answers that the library gives, or the questions that it names where it refuses."""
    try:
        found = ask_words(graph.reads, text, asker(graph, lang), lang=lang)
    except UnfitWordsError as error:
        return {line.split()[2] for line in error.nearest if line.startswith("stdgraph ask ")}
    return [plain(one) for one in (found, *found.also)]


def plain(found: Found) -> Any:
    """Return what `stdgraph ask -f json` prints."""
    return json.loads(as_json(found.answer.to_json()))


def asker(graph: stdgraph.Graph, lang: str) -> Any:
    """Return what answers a canned question."""
    return lambda name, arguments: ask(graph.reads, name, dict(arguments), lang=lang)


@pytest.mark.parametrize("lang", measure.LANGUAGES)
def test_the_suggestions_are_the_same(page: Any, lang: str) -> None:
    graph, text = stdgraph.open(lang=lang), ASKED[lang][0]
    told = page.evaluate("([text, lang]) => stdgraph.words.suggest(text, lang)", [text, lang])
    found = suggestions(graph.reads, text, asker(graph, lang), lang=lang)
    assert [one["answer"] for one in told] == [plain(one) for one in found]
