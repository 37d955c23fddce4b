"""Finished pages: the lists of `graph.profile()` as HTML that needs no script, each link leading to a page that is there."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

import stdgraph
from conftest import TINY
from stdgraph.graph import foretold
from stdgraph.services.site import KINDS, Frame, places
from stdgraph.services.site.finished import ROWS

ADDRESS = "https://example.org/atlas/"
LINK = re.compile(r'href="([^"]+)"')
HOSTILE = '</script><img src=x onerror=alert(1)>"<b>'


def pages(graph: stdgraph.Graph, address: str = "") -> dict[str, str]:
    return {path: data.decode() for path, data in graph._finished(graph._places(), address)}


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Return the finished pages of the tiny graph."""
    return pages(stdgraph.open(data=[TINY]), ADDRESS)


def html(written: dict[str, str]) -> dict[str, str]:
    return {path: page for path, page in written.items() if path.endswith(".html")}


def test_each_page_stands_in_both_languages_and_lists_lead_to_it(written: dict[str, str]) -> None:
    english = {path.removeprefix("en/") for path in html(written) if path.startswith("en/")}
    assert english == {path.removeprefix("zh/") for path in html(written) if path.startswith("zh/")}
    assert {"index.html", "country.html", "body.html", "country/AA.html", "org/aa-nsb.html"} <= english
    listed = {path for kind in KINDS if f"{kind}.html" in english for path in LINK.findall(written[f"en/{kind}.html"])}
    assert {f"../en/{path}" for path in english if "/" in path} <= listed


def test_every_link_leads_to_a_page_that_is_there(written: dict[str, str]) -> None:
    there = {*written, "index.html", "style.css"}
    for path, page in html(written).items():
        for link in map(unescape, LINK.findall(page)):
            if not re.match(r"https?://|data:|#", link):
                parts: list[str] = []
                for part in (PurePosixPath(path).parent / link.partition("#")[0]).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in there, (path, link)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["country/AA", "org/aa-nsb"])
def test_a_page_has_the_lists_of_its_profile(written: dict[str, str], lang: str, name: str) -> None:
    profile = stdgraph.open(data=[TINY], lang=lang).profile(name)
    page = written[f"{lang}/{name}.html"]
    assert re.findall(r'<section class="panel" id="([\w-]+)"', page) == [panel.name for panel in profile.panels]
    for panel in profile.panels:
        section = page.split(f'id="{panel.name}"')[1].split("</section>")[0]
        assert section.count("<tr>") - 1 == min(panel.count, ROWS)
        first = next(iter(panel.answer))
        assert unescape(section).count(str(first.cells[(panel.columns or panel.answer.columns)[0]]).split("; ")[0])
    assert all(one.title in unescape(page) for one in profile.nothing)


def test_what_is_asked_at_once_is_what_is_asked_one_by_one(
    written: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foretold, "FEW", 1)
    monkeypatch.setattr(foretold, "PART", 3)
    assert pages(stdgraph.open(data=[TINY]), ADDRESS) == written


def test_a_page_says_what_it_is_and_where(written: dict[str, str]) -> None:
    page = written["zh/country/AA.html"]
    assert '<html lang="zh-Hans">' in page
    assert f'<link rel="canonical" href="{ADDRESS}zh/country/AA.html">' in page
    assert f'hreflang="en" href="{ADDRESS}en/country/AA.html"' in page
    assert re.search(r'<meta name="description" content="[^"]{20,}">', page)
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert (told["@type"], told["about"]["@type"], told["inLanguage"]) == ("WebPage", "Country", "zh-Hans")
    titles = [re.findall("<title>(.*?)</title>", one)[0] for one in html(written).values()]
    assert len(set(titles)) > len(titles) * 0.9


def test_what_all_pages_say_is_said_in_chinese(written: dict[str, str]) -> None:
    page = written["zh/country/AA.html"]
    told = re.sub(r"<script.*?</script>", "", page.split("<main")[0] + page.split("</main>")[1], flags=re.DOTALL)
    words = re.findall(r">([^<>]*[a-z][^<>]*)<", told)
    assert {word for word in words if not re.search("[\u4e00-\u9fff]", word)} == {"stdgraph", "English"}


def test_the_map_of_the_site_names_each_page_once(written: dict[str, str]) -> None:
    found = [one.text for one in ElementTree.fromstring(written["sitemap.xml"]).iter() if one.tag.endswith("}loc")]
    assert sorted(map(str, found)) == sorted(ADDRESS + path for path in html(written))


def test_without_an_address_links_are_relative_and_there_is_no_map() -> None:
    made = pages(stdgraph.open(data=[TINY]))
    assert "sitemap.xml" not in made
    assert '<link rel="canonical" href="../../en/country/AA.html">' in made["en/country/AA.html"]


def test_texts_of_the_data_stay_texts(tmp_path: object) -> None:
    text = TINY.read_text("utf-8").replace('"Aland Standards Administration"@en', json.dumps(HOSTILE) + "@en")
    path = TINY.__class__(str(tmp_path)) / "hostile.ttl"
    path.write_text(text, "utf-8")
    made = pages(stdgraph.open(data=[path]))
    page = made["en/org/aa-nsb.html"]
    assert not re.search("<img|<b>", page)
    data = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert [json.loads(one)["name"] for one in data] == [HOSTILE]


def test_an_id_that_is_no_path_has_no_page_and_two_never_share_one() -> None:
    base = "https://w3id.org/stdgraph/id/"
    ids = ["org/a", "org/A", "org/../../etc", "org/a b", "org/.hidden", "alone", "https://elsewhere.org/x"]
    found = places({one if "://" in one else base + one: "body" for one in ids})
    assert found.paths == {f"{base}org/a": "org/a"}
    here = Frame("en", found, "", "0", "none").at(f"{base}org/a")
    assert here.link(f"{base}org/b c") == "../../index.html#/en/of/org/b%20c"
    assert here.link(f"{base}org/a") == "../../en/org/a.html"


def test_of_very_many_things_the_first_have_pages() -> None:
    found = places({f"https://w3id.org/stdgraph/id/org/x{n}": "body" for n in range(9)}, most=4)
    assert len(found.paths) == 4
