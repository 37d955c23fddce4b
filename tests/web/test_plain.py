"""Finished pages in a browser: no script, little weight, a way to the explorer and back; no page has a barrier."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import ROOT, TINY

AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] })
  return found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', ')}`)
}"""
READY = ".answer[aria-busy=false]"
EXPLORED = {
    "#/en": ".picture .land",
    "#/zh/ask": "main h2",
    "#/en/ask/country-cooperation?country=country%2FCN": f"{READY} .picture",
    "#/zh/of/country/CN/+/country/DE": f"{READY} .picture",
    "#/en/of/org/gb-bsi": READY,
    "#/en/nowhere": ".failure",
}
"""Each kind of page of the explorer, and what is there when it is done."""
PLAIN = ["en/index.html", "zh/country.html", "en/country/AA.html", "zh/org/aa-nsb.html", "en/year.html"]
LIGHT = 300_000
"""So many bytes a finished page has at most, with its style."""


@pytest.fixture(scope="module")
def site(front: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve the folder of the tiny graph below a path, as any file server does; return its address, and the folder."""
    place = tmp_path_factory.mktemp("served")
    stdgraph.open(data=[TINY]).site(place / "deep" / "public")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(place)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/deep/public/", place / "deep" / "public"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the program that looks for barriers."""
    path = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not here: npm --prefix web ci")
    return path.read_text("utf-8")


def test_a_finished_page_is_read_without_scripts_and_is_light(browser: Any, site: tuple[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sizes: list[int] = []
    faults: list[str] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    page.on("console", lambda told: faults.append(told.text))
    page.goto(f"{site[0]}en/country/AA.html")
    assert page.inner_text("h1") == "Aland"
    assert page.locator(".panel tbody tr").count() > 0
    assert len(sizes) == 2
    assert sum(sizes) < LIGHT
    assert faults == []
    page.click(".language")
    assert page.url == f"{site[0]}zh/country/AA.html"
    page.goto(f"{site[0]}index.html")
    page.click("noscript a >> nth=0")
    assert page.url == f"{site[0]}en/index.html"
    context.close()


def test_a_finished_page_leads_to_the_explorer_and_back(browser: Any, site: tuple[str, Path]) -> None:
    page = browser.new_page()
    page.goto(f"{site[0]}zh/org/aa-nsb.html")
    page.click(".open")
    page.wait_for_selector(READY)
    assert page.url == f"{site[0]}index.html#/zh/of/org/aa-nsb"
    page.click(".around p a")
    page.wait_for_selector(".open")
    assert page.url == f"{site[0]}zh/org/aa-nsb.html"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_finished_page_has_a_barrier(browser: Any, site: tuple[str, Path], axe: str, scheme: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in PLAIN:
        page.goto(site[0] + path)
        page.evaluate(axe)
        found[path] = page.evaluate(AXE)
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_explorer_has_a_barrier(browser: Any, atlas: Path, axe: str, scheme: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{atlas.as_uri()}#/en")
    page.wait_for_selector("h1")
    page.evaluate(axe)
    found = {}
    for place, ready in EXPLORED.items():
        page.evaluate("place => { location.hash = place }", place)
        page.wait_for_selector(f"html[data-place='{place}'] {ready}")
        found[place] = page.evaluate(AXE)
    context.close()
    assert {path: told for path, told in found.items() if told} == {}
