"""How tests walk through the opened explorer."""

from __future__ import annotations

from typing import Any

ANSWERED = ".answer[aria-busy=false]"


def go(page: Any, place: str, wait: str = ANSWERED) -> None:
    """Go to a place of the opened page; its engine stays."""
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_selector(f'html[data-place="{place}"] {wait}')


def texts(page: Any, selector: str) -> list[str]:
    """Return the texts of some parts of the page."""
    return [text.strip() for text in page.locator(selector).all_inner_texts()]
