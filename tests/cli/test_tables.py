"""Tables for people: all words whole at any width, columns with values only, short notes, and a line that counts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from stdgraph.cli.layout import WIDE, columns
from stdgraph.cli.notes import Notes, short_place, short_places
from stdgraph.cli.tables import as_text, heading, is_noted, told
from stdgraph.errors import UnknownNameError
from stdgraph.model.arranging import Fold
from stdgraph.model.folding import folded, lines_by
from stdgraph.model.results import Answer, Row, Source, Table, table, text_of
from stdgraph.services.ask import question, question_names

WORD = re.compile(rf"[^\s{WIDE}（）《》“”；、，。…]+")
WIDTHS = (60, 73, 80, 100, 120, 160, 200)


@cache
def example(name: str, lang: str) -> Answer:
    """The answer to a question's example on the packaged graph; none where the example is a thing of a register."""
    try:
        return stdgraph.open(lang=lang).ask(name, **question(name).example)
    except UnknownNameError:
        assert question(name).needs, name
        return Answer((), ())


def cells(found: Table, lang: str) -> list[list[str]]:
    """What is printed of a table, its rows drawn together, but the columns without a value and those that the notes tell."""
    found = folded(found)
    kept = [c for c in found.columns if any(told(c, row[c], lang).strip() for row in found) and not is_noted(found, c)]
    rows = [[told(c, row[c], lang) for c in kept] for row in found]
    for at in range(1, len(kept)):
        if len({cells[at] for cells in rows}) == 1:  # cards tell it once
            rows[1:] = [[*cells[:at], "", *cells[at + 1 :]] for cells in rows[1:]]
    return [[heading(found, c, lang) for c in kept], *rows]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", question_names())
def test_no_word_of_an_answer_is_cut(name: str, lang: str) -> None:
    found = example(name, lang)
    for width in WIDTHS:
        text = as_text(found, title=found.title, width=width, lang=lang)
        printed = found.without(*found.aside) if "--columns" in text else found
        words = Counter(word for line in cells(printed, lang)[1:] for cell in line for word in WORD.findall(cell))
        assert words - Counter(WORD.findall(text)) == Counter(), width
        longest = max((columns(word) for word in WORD.findall(text)), default=0)
        assert max(map(columns, text.splitlines())) <= max(width, longest + 4), width


@pytest.mark.parametrize("name", ["agreements", "who-cooperates-with", "platforms"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_terminal_shows_each_line_on_one_line(name: str, lang: str) -> None:
    for width in (60, 100):
        text = as_text(example(name, lang), width=width, lang=lang)
        screen = pyte.Screen(width, text.count("\n") + 2)
        pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
        assert screen.cursor.y == text.count("\n")


TEXTS = st.text("ab国标（）-, é", max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4), st.integers(40, 120))
def test_a_table_fits_the_screen_where_words_do(rows: list[tuple[str, str, str]], width: int) -> None:
    found = table(("a", "b", "c"), [dict(zip("abc", row, strict=True)) for row in rows])
    text = as_text(found, width=width)
    assert max(map(columns, text.splitlines())) <= width
    words = Counter(word for row in rows for cell in row for word in WORD.findall(cell))
    assert words - Counter(WORD.findall(text)) == Counter()


def lines(*rows: dict[str, str | int | None], width: int = 60, **more: bool) -> list[str]:
    return as_text(table(tuple(rows[0]), list(rows)), width=width, **more).splitlines()


def test_columns_without_a_value_are_left_out() -> None:
    assert lines({"name": "A", "until": None, "stated": 3}, {"name": "B", "until": "", "stated": None}) == [
        "name  stated",
        "────  ──────",
        "A     3",
        "B",
        "",
        "2 rows",
    ]


def test_what_does_not_fit_becomes_cards() -> None:
    row = {"name": "x" * 30, "kind": "y" * 30, "date": None}
    assert lines(row, row | {"date": "2019"}) == [
        "name: " + "x" * 30,
        "kind: " + "y" * 30,
        "",
        "name: " + "x" * 30,
        "kind: " + "y" * 30,
        "date: 2019",
        "",
        "2 rows",
    ]


def test_many_cards_are_a_paragraph_each() -> None:
    row = {"name": "x" * 30, "kind": "y" * 30, "date": "2019"}
    found = lines(*({**row, "kind": "y" * 29 + chr(97 + at % 26), "date": f"20{at}"} for at in range(30)))
    assert found[:2] == ["x" * 30 + " · kind:", "  " + "y" * 29 + "a · date: 200"]
    assert len(found) == 62


def test_what_all_cards_say_is_told_once_above_them() -> None:
    row = {"name": "x" * 30, "kind": "y" * 30, "date": "2019"}
    found = lines(*({**row, "kind": f"{at}" * 30} for at in range(3)))
    assert found[:4] == ["every row · date: 2019", "name: " + "x" * 30, "kind: " + "0" * 30, ""]
    found = lines(*({**row, "name": f"{at}" * 30} for at in range(30)))
    assert found[:2] == ["every row · kind: " + "y" * 30 + " · date:", "  2019"]


def test_a_word_longer_than_the_screen_stands_alone() -> None:
    assert lines({"name": "see " + "x" * 70 + " there", "kind": "y" * 30}) == [
        "name: see",
        "  " + "x" * 70,
        "  there",
        "kind: " + "y" * 30,
        "",
        "1 row",
    ]


def test_emoji_and_marks_keep_columns_aligned() -> None:
    found = lines({"name": "👩‍🔬 Zoe\u0301", "kind": "a"}, {"name": "国标", "kind": "b"})
    assert len({columns(line[: line.rindex(end)]) for line, end in zip(found[2:4], "ab", strict=True)}) == 1


def test_colours_are_for_headings_and_names() -> None:
    row = {"name": "x" * 30, "kind": "y" * 30, "date": "2019"}
    rows = ({**row, "kind": "y" * 29 + chr(97 + at % 26), "date": f"20{at}"} for at in range(30))
    assert lines(*rows, color=True)[0] == "\x1b[1m" + "x" * 30 + "\x1b[0m\x1b[2m · kind:\x1b[0m"
    assert lines({"a": "b"}, color=True)[0] == "\x1b[1ma\x1b[0m"


DOC, OTHER = "https://w3id.org/stdgraph/id/source/doc-a", "https://w3id.org/stdgraph/id/source/doc-b"


def read(*places: tuple[str, str]) -> tuple[Source, ...]:
    return tuple(Source(iri, {DOC: "Document A", OTHER: "Document B"}[iri], place) for iri, place in places)


SOURCED = Table(
    ("name",),
    (
        Row({"name": "one"}, read((DOC, "1 / paragraph 1"), (OTHER, "二（一）标题 / paragraph 2"))),
        Row({"name": "two"}, read((DOC, "1 / paragraph 2"), (DOC, "1 / paragraph 3"))),
    ),
)


def test_notes_are_short_and_name_each_document_once() -> None:
    assert as_text(SOURCED, width=60).splitlines() == [
        "name  source",
        "────  ──────",
        "one   [1, 4]",
        "two   [2, 3]",
        "",
        "doc-a: Document A  [1] 1 ¶1 [2] ¶2 [3] ¶3",
        "doc-b: Document B  [4] 二（一）¶2",
        "2 rows, 2 documents",
    ]


def test_notes_in_full_say_all() -> None:
    assert as_text(SOURCED, width=60, full=True).splitlines()[5:] == [
        "[1] Document A, 1 / paragraph 1",
        "[2] Document A, 1 / paragraph 2",
        "[3] Document A, 1 / paragraph 3",
        "[4] Document B, 二（一）标题 / paragraph 2",
        "2 rows, 2 documents",
    ]
    assert "第2段" in as_text(SOURCED, width=60, full=True, lang="zh")


def test_what_was_left_out_is_counted() -> None:
    assert as_text(SOURCED.limit(1)).splitlines()[-1] == "1 of 2 rows, 2 documents"
    assert as_text(SOURCED.limit(1), lang="zh").splitlines()[-1] == "共 2 行，列出 1 行，2 份文件"
    assert as_text(SOURCED[:1][:0]).splitlines()[-1] == "(none)"


@pytest.mark.parametrize(
    ("locator", "short"),
    [
        ("二（一）标准化助力交通能源等基础设施建设 / paragraph 2 / sentence 1", "二（一）¶2 s1"),
        ("主要成果二（二）第二届“一带一路”国际合作高峰论坛标准化成果 / item 3 / sentence 2", "主要成果二（二）(3) s2"),
        ("一、中英智慧城市标准化工作组 / paragraph 2 / item 3 (三是)", "一¶2 (3)"),
        ("3、中英城市可持续发展标准化工作组 / paragraph 1", "3 ¶1"),
        ("三 / （二）双多边交流 / paragraph 1 / cooperation documents", "三（二）¶1 cooperation documents"),
        ("附件 1 / item 27", "附件 1 (27)"),
        ("前言 / paragraph 6 / sentences 2-3", "前言 ¶6 s2-3"),
        ("Tian Shihong attends the 120th ISO Council Meeting / paragraph 3", "Tian Shihong attends… ¶3"),
        ("", ""),
    ],
)
def test_places_are_short(locator: str, short: str) -> None:
    assert short_place(locator) == short


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_short_places_of_a_document_stay_apart(lang: str) -> None:
    places: dict[str, set[str]] = {}
    for source in (s for name in question_names() for row in example(name, lang) for s in row.sources):
        places.setdefault(source.source, set()).add(source.locator)
    assert sum(map(len, places.values())) > 400
    for source, locators in places.items():
        told_short = Counter(short_places(sorted(locators), lang))
        assert [short for short, count in told_short.items() if count > 1] == [], source


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("name", "most"), [("agreements", 130), ("who-cooperates-with", 120)])
def test_a_long_answer_stays_readable(name: str, most: int, lang: str) -> None:
    found = stdgraph.open(lang=lang).ask(name, actor="China")
    assert as_text(found, title=found.title, width=100, lang=lang).count("\n") <= most


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [name for name in question_names() if question(name).fold])
def test_rows_that_are_drawn_together_say_all_that_they_say_apart(name: str, lang: str) -> None:
    found = example(name, lang)
    fold = found.fold
    assert fold is not None
    text = " ".join(as_text(found, width=10_000, lang=lang).split())
    for row in found:
        for column in (*fold.by, *fold.each):
            values = row[column] if isinstance(row[column], tuple) else (row[column],)
            assert all(" ".join(text_of(value).split()) in text for value in values), column
    together = folded(found)
    assert len(together) < len(found)
    assert {source for row in together for source in row.sources} == {s for row in found for s in row.sources}
    assert lines_by(found) == (fold.by[0], len({row[fold.by[0]] for row in found}))
    assert found.to_json()["rows"] == found.to_dicts()


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_passages_stand_under_their_notes(full: bool) -> None:
    sources = [
        Source("x/minutes", "Minutes", "1 / paragraph 2", excerpt="Tea is a drink, said the chair of the committee."),
        Source("x/minutes", "Minutes", "1 / paragraph 3"),
        Source("x/minutes", "Minutes", "1 / paragraph 2", excerpt="Another passage."),
        Source("x/other", "Other", "page 3"),
    ]
    passages = ["    Tea is a drink, said the", "    chair of the committee.", "    Another passage."]
    assert Notes(sources, full=full).lines(30) == (
        ["[1] Minutes, 1 / paragraph 2", *passages, "[2] Minutes, 1 / paragraph 3", "[3] Other, page 3"]
        if full
        else ["minutes: Minutes", "  [1] 1 ¶2", *passages, "  [2] 1 ¶3", "other: Other  [3] p.3"]
    )


TIES = table(
    ("partner", "kind", "since", "records", "body"),
    [
        {"partner": "A", "kind": "meets", "since": "2019", "records": 3, "body": None},
        {"partner": "B", "kind": "meets", "since": None, "records": 1, "body": "X"},
        {"partner": "A", "kind": "signs", "since": "2017-05", "records": 1, "body": None},
        {"partner": "C", "kind": "meets", "since": None, "records": 1, "body": "X"},
    ],
)


def test_rows_of_a_partner_are_one_and_partners_of_the_same_are_too() -> None:
    found = replace(TIES, fold=Fold(("partner", "body"), ("kind",), "records"))
    assert as_text(found, width=60).splitlines() == [
        "partner  kind             since    body",
        "───────  ───────────────  ───────  ────",
        "A        meets ×3; signs  2017-05",
        "B; C     meets                     X",
        "",
        "4 rows, partner: 3",
    ]
    assert as_text(found.limit(2), width=60).splitlines()[-1] == "2 of 4 rows, partner: 2"
    assert as_text(found, width=60, lang="zh").splitlines()[-1].startswith("4 行，")


def test_rows_stay_apart_where_a_column_is_not_wanted() -> None:
    found = replace(TIES, fold=Fold(("partner", "body"), ("kind",), "records"))
    assert len(as_text(found.select("partner", "kind"), width=60).splitlines()) == 8
    assert len(as_text(found.group("kind"), width=60).splitlines()) == 6


def test_values_of_a_row_stay_together_in_a_list() -> None:
    rows = [
        {"name": "P", "figure": "users", "value": 3, "unit": "person"},
        {"name": "P", "figure": "cities", "value": 2, "unit": None},
    ]
    found = replace(table(tuple(rows[0]), rows), fold=Fold(("name",), ("figure", "value", "unit")))
    assert as_text(found, width=60).splitlines()[2] == "P     users: 3 person; cities: 2"


def test_a_column_that_the_notes_tell_is_left_out() -> None:
    from stdgraph.model.results import Entity

    rows = tuple(
        Row({"name": name, "read": Entity(DOC, "Document A")}, read((DOC, place)))
        for name, place in (("a", "1"), ("b", "2"))
    )
    assert as_text(Table(("name", "read"), rows), width=60).splitlines()[0] == "name  source"


@pytest.mark.parametrize(("name", "lang"), [("partners", "en"), ("cooperation-by-year", "en")])
def test_a_column_stands_aside_where_there_is_no_room(name: str, lang: str) -> None:
    found = stdgraph.open(lang=lang).ask(name, actor="China")
    lines = as_text(found, width=100, lang=lang).splitlines()
    (aside,) = found.aside
    assert lines[1].startswith("──")
    assert heading(found, aside, lang) not in lines[0]
    (note,) = [line for line in lines if "--columns" in line]
    assert note.endswith(",".join(found.columns))
    assert heading(found, aside, lang) in note
    assert heading(found, aside, lang) in as_text(found, width=400, lang=lang).splitlines()[0]
    every = as_text(replace(found, aside=()), width=100, lang=lang)
    assert "--columns" not in every
    assert heading(found, aside, lang) in every


def test_headings_in_english_are_words(repository: stdgraph.Graph) -> None:
    found = repository.ask("connectors", actor="France", **{"with": "Germany", "bilateral": "true"})
    assert "tie_to_other" in found.columns
    assert "tie to other" in as_text(found, width=200)
