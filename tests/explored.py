"""How tests walk through the opened explorer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ANSWERED = ".answer[aria-busy=false]"
FLAGS = [
    *(
        "--no-sandbox",
        "--enable-unsafe-swiftshader",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ),
    *("--disable-component-update", "--disable-sync"),
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Return the path of a browser, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def launched() -> Iterator[Any]:
    """Start the browser that is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=executable(), args=FLAGS)
        yield started
        started.close()


def go(page: Any, place: str, wait: str = ANSWERED) -> None:
    """Go to a place of the opened page; its engine stays."""
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_selector(f'html[data-place="{place}"] {wait}')


def texts(page: Any, selector: str) -> list[str]:
    """Return the texts of some parts of the page."""
    return [text.strip() for text in page.locator(selector).all_inner_texts()]
