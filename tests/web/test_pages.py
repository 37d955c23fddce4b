"""The pages as a reader meets them: both languages, search by keyboard, permalinks, phones, texts that stay texts."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import TINY
from explored import ANSWERED, go, texts
from stdgraph.graph.questions import question_names

ASKED = "/ask/agreements?actor=SAC&with=BSI"
THINGS = [
    ["org/cn-sac"],
    ["country/CN", "country/DE"],
    ["country/KZ"],
    ["src:cn-uk-wg"],
    ["event/2016-cn-south-asia-1"],
]
BROKEN = """pattern => {
  const found = []
  const walker = document.createTreeWalker(document.querySelector('table'), NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode()); ) {
    for (const word of node.data.matchAll(new RegExp(pattern, 'g'))) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      if (range.getClientRects().length > 1) found.push(word[0])
    }
  }
  return found
}"""
"""Returns the words of a table that stand in more than one line."""
WIDTH = {"phone": 360, "desk": 1280}


@pytest.mark.parametrize(("lang", "word"), [("en", "agreements"), ("zh", "协议")])
def test_the_start_page_tells_how_much_there_is(page: Any, lang: str, word: str) -> None:
    go(page, f"#/{lang}", ".counts")
    told = dict(zip(texts(page, ".counts dt"), texts(page, ".counts dd"), strict=True))
    found = len(stdgraph.open().query("SELECT DISTINCT ?x { ?x a stdg:Agreement }"))
    assert told[word] == str(found)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_names_document_and_place(page: Any, lang: str) -> None:
    go(page, f"#/{lang}{ASKED}")
    answer = stdgraph.open(lang=lang).ask("agreements", actor="SAC", with_="BSI")
    assert texts(page, "tbody tr td:first-child") == [row.cells["agreement"].label for row in answer]
    notes = " ".join(texts(page, ".places li"))
    assert all(source.title in notes for row in answer for source in row.sources)


def test_an_answer_is_saved_as_the_command_line_writes_it(page: Any) -> None:
    go(page, f"#/en{ASKED}")
    with page.expect_download() as begun:
        page.click("text=Save as JSON")
    assert begun.value.suggested_filename == "agreements.json"
    saved = json.loads(Path(begun.value.path()).read_text("utf-8"))
    assert saved == stdgraph.open().ask("agreements", actor="SAC", with_="BSI").to_json()


def test_the_language_changes_and_the_place_stays(page: Any) -> None:
    go(page, f"#/en{ASKED}")
    page.click(".language")
    page.wait_for_selector(f"html[data-place='#/zh{ASKED}']")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.go_back()
    page.wait_for_selector(f"html[data-place='#/en{ASKED}']")


@pytest.mark.parametrize("things", THINGS, ids=" ".join)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_has_the_panels_of_the_command_line(page: Any, things: list[str], lang: str) -> None:
    told = page.evaluate("([ids, lang]) => stdgraph.profile(ids, lang)", [things, lang])
    wanted = stdgraph.open(lang=lang).profile(*things)
    own = {panel.name for panel in wanted.panels if panel.answer.columns[:1] not in (("of",), ("one",))}
    assert told["profile"] == wanted.profile
    assert told["panels"] == [[p.name, p.title, p.count] for p in wanted.panels if p.name in own]


@pytest.mark.parametrize(("lang", "words"), [("en", "2020"), ("zh", "2020"), ("en", "ISO 21586")])
def test_a_page_is_narrowed_to_a_year_or_to_words(page: Any, lang: str, words: str) -> None:
    place = f"#/{lang}/of/country/CN/%2B/country/DE"
    go(page, place)
    whole = page.locator(".panel").count()
    page.fill("[name=only]", words)
    page.press("[name=only]", "Enter")
    page.wait_for_selector("html[data-place*='only='] .only a")
    assert 0 < page.locator(".panel").count() < whole
    assert all("21586" in text or "2020" in text for text in texts(page, "#panel-timeline tbody tr"))
    assert page.locator("#panel-timeline tbody tr").count() > 0
    page.click(".only a")
    page.wait_for_selector(f"html[data-place='{place}'] .only:not(:has(a))")
    assert page.locator(".panel").count() == whole


def test_words_that_no_row_of_a_page_has_are_told(page: Any) -> None:
    go(page, "#/en/of/country/KZ?only=qqqqqq")
    assert "No row of this page has these words." in page.inner_text(".answer")
    assert page.locator(".panel").count() == 0


def test_search_is_walked_by_keyboard(page: Any) -> None:
    go(page, "#/en", ".counts")
    page.focus("main [role=combobox]")
    page.keyboard.type("石墨烯工作组")
    page.wait_for_selector("main [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("main [role=combobox]", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"html[data-place^='#/en/of/'] {ANSWERED}")
    assert "graphene" in page.inner_text("h1")


def test_a_form_completes_names_and_codes(page: Any) -> None:
    go(page, "#/en/ask/agreements", "form")
    page.fill("[name=actor]", "")
    page.locator("[name=actor]").press_sequentially("British Stand")
    page.click(".asking [role=option] >> text=British Standards Institution")
    page.press("[name=actor]", "Enter")
    page.wait_for_selector(f"html[data-place*='actor=British'] {ANSWERED} tbody")


def test_questions_stand_under_headings(page: Any) -> None:
    go(page, "#/en/ask", "main h2")
    assert page.locator("main section li").count() == len(question_names())
    page.fill("input[type=search]", "liaison")
    assert 0 < page.locator("main section").count() < 4
    assert page.locator("main section:not(:has(li))").count() == 0


def test_no_word_of_a_table_and_no_date_is_broken(page: Any) -> None:
    go(page, f"#/en{ASKED}")
    assert page.locator("td .number").count() > 0
    assert page.evaluate(BROKEN, r"[\w]+") == []
    assert page.evaluate(BROKEN, r"\b\d{4}-\d{2}(-\d{2})?\b") == []


def test_the_head_is_a_line_of_links_and_one_of_pages_on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": WIDTH["phone"], "height": 800})
    go(page, f"#/en{ASKED}", "h1")
    for links in (".top > a", ".top nav a"):
        tops = page.evaluate(
            "links => [...document.querySelectorAll(links)].map(one => Math.round(one.getBoundingClientRect().top))",
            links,
        )
        assert max(tops) - min(tops) < 10
    page.set_viewport_size({"width": WIDTH["desk"], "height": 800})


def test_what_is_searched_in_vain_is_told(page: Any) -> None:
    go(page, "#/zh", ".counts")
    page.fill("main [role=combobox]", "qqqq")
    page.press("main [role=combobox]", "Enter")
    page.wait_for_selector(f"html[data-place='#/zh/find?q=qqqq'] {ANSWERED} >> text=qqqq")


def test_all_that_is_found_stands_on_a_page_with_its_kinds(page: Any) -> None:
    go(page, "#/en/find?q=Qingdao", ".hits li")
    assert page.inner_text(".hits li:first-child a") == "Qingdao"
    assert page.inner_text(".hits li:first-child .why") == "called so"
    kinds = dict(zip(texts(page, ".kinds a"), page.locator(".kinds a small").all_inner_texts(), strict=True))
    assert len(kinds) > 3
    page.click(".kinds a >> text=conference")
    page.wait_for_selector(f"html[data-place*='kind='] {ANSWERED} .hits li")
    assert page.locator(".hits li").count() == int(page.inner_text(".kinds [aria-current] small"))


def test_enter_leads_to_what_is_meant_or_to_all_that_may_be(page: Any) -> None:
    for typed, place in (("國標委", "#/en/of/org/cn-sac"), ("Qingdao forum", "#/en/find?q=Qingdao+forum")):
        go(page, "#/en", "main [role=search]")
        page.fill("main [role=combobox]", typed)
        page.press("main [role=combobox]", "Enter")
        page.wait_for_selector(f"html[data-place='{place}'] {ANSWERED}")


def test_what_is_found_nowhere_is_told_with_what_is_near(page: Any) -> None:
    go(page, "#/zh/find?q=qqqqqq")
    assert "qqqqqq" in page.inner_text(".found, .answer")
    assert page.locator(".hits li").count() == 0
    go(page, "#/en/find?q=zzstandards", ".hits li")
    assert page.inner_text(".hits li:first-child .why")


def test_a_question_is_answered_with_its_sources(page: Any) -> None:
    go(page, "#/en/find?q=What+did+China+and+Germany+sign%3F", ".asked table")
    assert page.locator(".asked .places li").count() > 0
    page.click(".asked a >> text=Ask this question")
    page.wait_for_selector(f"html[data-place*='=country%2FDE'] {ANSWERED} tbody tr")


def test_a_long_answer_is_narrowed_to_the_rows_that_hold_some_words(page: Any) -> None:
    go(page, "#/en/ask/agreements?actor=China&like=smart+city", f"{ANSWERED} tbody")
    whole = stdgraph.open().ask("agreements", actor="China")
    assert 0 < page.locator("tbody tr").count() < len(whole)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_foot_tells_the_licences(page: Any, lang: str) -> None:
    go(page, f"#/{lang}", ".counts")
    page.click("footer summary")
    told = page.inner_text("footer pre")
    assert all(name in told for name in ("preact", "oxigraph", "Permission is hereby granted", "Apache License"))
    page.click("footer summary")


def test_an_address_of_a_word_that_every_object_has_leads_nowhere(page: Any) -> None:
    for word in ("constructor", "__proto__", "toString"):
        go(page, f"#/en/{word}", ".failure")
        assert page.inner_text("h1") == "There is no such page"


def test_what_is_unknown_is_told_with_what_one_can_do(page: Any) -> None:
    go(page, "#/zh/ask/agreements?actor=Nobody", ".failure")
    assert "Nobody" in page.inner_text(".failure")
    go(page, "#/en/ask/agreements?actor=Brittish%20Standards", ".failure")
    assert "org/gb-bsi" in page.inner_text(".failure")
    go(page, "#/en/of/org/none", ".failure")
    go(page, "#/en/nowhere", ".failure")
    go(page, "#/en/ask/nothing", ".failure")
    assert "There is no question 'nothing'." in page.inner_text(".failure")


@pytest.mark.parametrize("place", ["#/en", "#/zh/ask", f"#/en{ASKED}", "#/zh/of/org/cn-sac"])
@pytest.mark.parametrize("width", WIDTH)
def test_no_page_is_wider_than_the_screen(page: Any, place: str, width: str) -> None:
    page.set_viewport_size({"width": WIDTH[width], "height": 800})
    go(page, place, "h1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": WIDTH["desk"], "height": 800})


def test_the_one_page_cannot_connect(page: Any) -> None:
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'went', () => 'refused')") == "refused"
    assert [fault for fault in page.faults if "Content Security Policy" in fault]
    page.faults.clear()


def test_texts_of_the_data_are_shown_as_texts(browser: Any, front: Path, tmp_path: Path) -> None:
    hostile = "</script><img src=x onerror=alert(1)><b>bold</b>"
    text = TINY.read_text("utf-8").replace('"Aland Standards Administration"@en', f'"{hostile}"@en')
    assert hostile in text
    (tmp_path / "hostile.ttl").write_text(text, "utf-8")
    stdgraph.open(data=[tmp_path / "hostile.ttl"]).site(tmp_path / "atlas.html", one_file=True)
    page = browser.new_page()
    page.goto(f"{(tmp_path / 'atlas.html').as_uri()}#/en/of/org/aa-nsb")
    page.wait_for_selector(ANSWERED)
    assert page.inner_text("h1") == hostile
    assert page.locator("img, b").count() == 0
    page.close()


@pytest.fixture
def served(front: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the folder as any file server does; return its address."""
    stdgraph.open(data=[TINY]).site(tmp_path / "public")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "public")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_folder_on_a_file_server_answers_as_well(browser: Any, served: str) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{served}#/en/ask/who-cooperates-with?actor=org/aa-nsb")
    page.wait_for_selector(f"{ANSWERED} tbody tr")
    assert faults == []
    assert {worker.url[:5] for worker in page.workers} == {"blob:"}, "a worker from a file has no policy"
    page.close()
