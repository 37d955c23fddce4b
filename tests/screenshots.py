"""`python tests/screenshots.py DIR [--page NAME]…`: pictures of the explorer's pages, to look at as a person would.

Ten pages in both languages, on a desktop and on a phone, and on a dark screen in English. The page is written anew; the
program has to be built (`npm --prefix web run build`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "web")]

import stdgraph  # noqa: E402
from explored import ANSWERED, go, launched  # noqa: E402

DRAWN = ".paper[data-state=drawn]"
PAGES = {
    "start": ("", ".land"),
    "pair": ("/of/country/CN/%2B/country/DE", ANSWERED),
    "country": ("/of/country/KZ", ANSWERED),
    "several": ("/of/org/cn-sac/%2B/org/gb-bsi/%2B/org/fr-afnor", ANSWERED),
    "year": ("/of/year/2019", ANSWERED),
    "find": ("/find?q=Qingdao", ANSWERED),
    "ask": ("/ask/agreement-levels", ANSWERED),
    "network": ("/network?view=cooperation&of=country%2FKZ", DRAWN),
    "query": ("/query", ".cm-content, textarea"),
    "schema": ("/schema/Agreement", "h1"),
}
"""The place of each page behind its language, and what is there when it is done."""
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
HIGH = 2400
"""Pixels of a page's height that are shown at most."""


def shots(browser: Any, atlas: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes, int]]:
    """Yield the name of each picture, the picture, and by how many pixels the page is wider than the screen."""
    for screen, settings in SCREENS.items():
        page = browser.new_page(**settings)
        page.goto(f"{atlas.as_uri()}#/en/ask")
        page.wait_for_selector("h1")
        page.evaluate("stdgraph.engine.ready")
        for lang in ("en", "zh") if screen != "dark" else ("en",):
            for name in names:
                place, wait = PAGES[name]
                go(page, f"#/{lang}{place}", wait)
                page.wait_for_timeout(400)
                size = page.viewport_size
                tall = min(page.evaluate("document.documentElement.scrollHeight"), HIGH)
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                box = {"x": 0, "y": 0, "width": size["width"], "height": tall}
                yield f"{name}-{lang}-{screen}.png", page.screenshot(full_page=True, clip=box), wider
        page.close()


def main() -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", action="append", choices=PAGES, help="only this page; repeatable")
    parser.add_argument(
        "--atlas", type=Path, help="a page that `stdgraph site --one-file` wrote, in place of a new one"
    )
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        atlas = given.atlas or Path(folder) / "atlas.html"
        if not given.atlas:
            stdgraph.open().site(atlas, one_file=True)
        for name, picture, wider in shots(browser, atlas.resolve(), given.page or list(PAGES)):
            (given.folder / name).write_bytes(picture)
            print(name, f"{wider} pixels wider than the screen" if wider > 0 else "", flush=True)  # noqa: T201 (it takes minutes)


if __name__ == "__main__":
    main()
