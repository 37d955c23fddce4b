"""What stands on the pages of the explorer beside tables: pictures, exports, days, several things, folding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import stdgraph
from stdgraph.charts.fields import drawing
from stdgraph.charts.files import chart
from stdgraph.cli.render import as_csv

ANSWERED = ".answer[aria-busy=false]"
ASKED = "/ask/agreements?actor=SAC&with=BSI"
DAY = "2019-06-30"


def go(page: Any, place: str, wait: str = ANSWERED) -> None:
    """Go to a place of the opened page; its engine stays."""
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_selector(f"html[data-place='{place}'] {wait}")


def texts(page: Any, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def saved(page: Any, button: str) -> str:
    with page.expect_download() as begun:
        page.click(f"{ANSWERED} >> text={button}")
    return Path(begun.value.path()).read_bytes().decode("utf-8")


def test_an_answer_is_saved_as_csv_as_the_command_line_writes_it(page: Any) -> None:
    go(page, f"#/en{ASKED}")
    answer = stdgraph.open().ask("agreements", actor="SAC", with_="BSI")
    assert saved(page, "Save as CSV") == as_csv(answer, ",", excel=True)


def test_the_records_of_an_answer_are_saved_as_turtle(page: Any) -> None:
    import pyoxigraph as ox

    go(page, f"#/en{ASKED}")
    triples = set(ox.parse(saved(page, "Save the records as Turtle").encode(), format=ox.RdfFormat.TURTLE))
    answer = stdgraph.open().ask("agreements", actor="SAC", with_="BSI", why=True)
    assert {one.subject.value for one in triples} == {record.iri for row in answer for record in row.records}


def test_the_query_of_an_answer_is_saved(page: Any) -> None:
    go(page, f"#/en{ASKED}")
    assert saved(page, "Save the query") == page.locator(f"{ANSWERED} pre code").last.text_content()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_map_shades_the_countries_that_the_command_line_draws(page: Any, lang: str) -> None:
    go(page, f"#/{lang}/ask/country-cooperation?country=country%2FCN", f"{ANSWERED} .land")
    drawn = drawing(stdgraph.open(lang=lang).ask("country-cooperation", country="China"), chart("map"), lang)
    shown = {r["country_label"]: r["value"] for r in drawn.rows if "country_label" in r}
    told = dict(title.rsplit(": ", 1) for title in page.locator(".land title").all_text_contents())
    small = {name for name in shown if name not in told}
    assert {name: int(value) for name, value in told.items()} == {n: v for n, v in shown.items() if n not in small}
    assert all(name in page.inner_text("figcaption") for name in small)
    assert texts(page, ".legend li") == [band for band in drawn.bands if band[:1].isdigit()]


def test_bars_are_those_of_the_command_line(page: Any) -> None:
    go(page, "#/en/ask/partners?actor=country%2FCN&countries=true", f"{ANSWERED}")
    answer = stdgraph.open().ask("partners", actor="China", countries="true")
    if answer.chart != "bars":
        pytest.fail("the question has another chart by now: choose one with bars")
    drawn = drawing(answer, chart("bars"), "en")
    sums: dict[str, int] = {}
    for row in drawn.rows:
        sums[row["partner"]] = sums.get(row["partner"], 0) + row["value"]
    told = [title.rsplit(": ", 1) for title in page.locator(".picture g title").all_text_contents()]
    assert {name: int(value) for name, value in told} == sums


def test_a_matrix_is_that_of_the_command_line(page: Any) -> None:
    go(page, "#/en/ask/agreement-levels", f"{ANSWERED} .picture")
    drawn = drawing(stdgraph.open().ask("agreement-levels"), chart("matrix"), "en")
    wanted = {(row["level"], row["type"]): row["value"] for row in drawn.rows}
    told = [title.rsplit(": ", 1) for title in page.locator(".picture g title").all_text_contents()]
    assert {tuple(ends.split(" – ")): int(value) for ends, value in told} == wanted
    assert texts(page, ".legend li") == list(drawn.bands)


def test_lines_are_those_of_the_command_line(page: Any) -> None:
    go(page, "#/en/ask/figures", f"{ANSWERED} .picture")
    drawn = drawing(stdgraph.open().ask("figures"), chart("lines"), "en")
    told = [title.rsplit(": ", 1)[1] for title in page.locator(".picture g title").all_text_contents()]
    assert sorted(map(float, told)) == sorted(float(row["value"]) for row in drawn.rows)


SEVERAL = (("org/cn-sac", "org/gb-bsi", "org/fr-afnor"), ("country/CN", "country/DE"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("ids", SEVERAL)
def test_lists_that_ask_of_each_thing_are_those_of_the_command_line(page: Any, ids: tuple[str, ...], lang: str) -> None:
    place = f"#/{lang}/of/{'/%2B/'.join(ids)}"
    go(page, place)
    wanted = stdgraph.open(lang=lang).profile(*ids)
    assert texts(page, ".panel h2") == [panel.title for panel in wanted.panels]
    for panel in wanted.panels:
        shown = page.locator(f"#panel-{panel.name}")
        assert shown.locator("summary small").first.inner_text() == str(panel.count)
        if panel.answer.columns[0] in ("of", "one"):
            first = shown.locator("tbody tr").first.locator("td").first.inner_text().strip()
            assert first == panel.answer.rows[0].cells[panel.answer.columns[0]].label


def test_a_timeline_draws_what_has_a_date_and_says_what_has_none(page: Any) -> None:
    go(page, "#/en/of/country/CN/+/country/GB", f"{ANSWERED} .picture")
    panel = stdgraph.open().profile("China", "UK").panels[0]
    drawn = drawing(panel.answer, chart("timeline"), "en")
    figure = page.locator(f"#panel-{panel.name} figure")
    assert figure.locator("g title").count() == len(drawn.rows)
    assert figure.locator("figcaption").inner_text() == " ".join(drawn.notes)


def test_a_day_stays_in_the_address_and_lists_are_those_of_that_day(page: Any) -> None:
    go(page, "#/en/of/country/CN/+/country/GB")
    page.fill("[name=as_of]", DAY)
    page.press("[name=as_of]", "Enter")
    place = f"#/en/of/country/CN/%2B/country/GB?as_of={DAY}"
    page.wait_for_selector(f"html[data-place='{place}'] {ANSWERED}")
    page.wait_for_timeout(50)
    counts = {
        name.split("-", 1)[1]: int(count)
        for name, count in page.evaluate(
            "[...document.querySelectorAll('.panel')].map(one => [one.id, one.querySelector('summary small').textContent])"
        )
    }
    wanted = stdgraph.open().profile("China", "UK", as_of=DAY)
    assert counts == {p.name: p.count for p in wanted.panels}


def test_another_thing_is_put_beside(page: Any) -> None:
    go(page, "#/en/of/country/KZ")
    page.locator("[name=beside]").press_sequentially("Belarus")
    page.wait_for_selector(".around [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"html[data-place='#/en/of/country/KZ/%2B/country/BY'] {ANSWERED}")


def test_lists_fold_and_show_all_their_rows(page: Any) -> None:
    go(page, "#/en/of/org/cn-sac")
    page.click("text=Fold all")
    assert page.locator(".panel[open]").count() == 0
    page.click("text=Open all")
    panel = page.locator(".panel:has([aria-expanded])").first
    count = int(panel.locator("summary small").first.inner_text())
    assert panel.locator("tbody tr").count() < count
    panel.locator("[aria-expanded]").click()
    assert panel.locator("tbody tr").count() == count


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_year_has_its_page(page: Any, lang: str) -> None:
    go(page, f"#/{lang}/of/year/2019")
    wanted = stdgraph.open(lang=lang).profile("2019")
    assert texts(page, ".panel h2") == [panel.title for panel in wanted.panels]
    assert [int(text) for text in texts(page, ".panel summary > small")] == [panel.count for panel in wanted.panels]


def test_rows_are_those_with_the_words_that_are_typed(page: Any) -> None:
    go(page, "#/en/ask/agreements?actor=country%2FCN")
    page.fill(f"{ANSWERED} .filter input", "graphene")
    answer = stdgraph.open().ask("agreements", actor="China")
    wanted = [row for row in answer if any("graphene" in str(cell).lower() for cell in row.cells.values())]
    assert page.locator("tbody tr").count() == len(wanted) > 0
    page.fill(f"{ANSWERED} .filter input", "qqqq")
    assert page.locator("tbody tr").count() == 0
