"""Answers the open questions of the evaluation in the explorer, by search and clicks alone, and says which pages hold the answers.

    python tests/clicked.py [--lang en|zh] [--atlas FILE] [ID …]

Each question is typed into the search as it stands. What counts is what the reader sees on the page of all that is found; where
that does not hold each expected value, also one click from there: the question that was asked, the questions that come near, the
first things by name, and the answer's own things, with all their rows; then these once more in the other language, which is a click,
too. Values are compared, and judged, as in `answered.py`. The program has to be built (`npm --prefix web run build`).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import stdgraph
from answered import holds, judged, plain, questions
from explored import go, launched

DONE = ".answer[aria-busy=false]:not(:has(.wait))"
LINKS = {
    ".asked > p > a": 2,
    ".answer section:not(.asked) ul.list a, .answer a.button": 3,
    ".hits li > a:first-child": 3,
    ".asked tbody tr:first-child .thing a": 2,
}
"""What is clicked on the page of all that is found, and how many of each."""
MORE = ".panel > p > button[aria-expanded=false]"


def read(page: Any, place: str) -> str:
    """Return all that a page tells, with the lists that a reader opens, as it is compared."""
    go(page, place, DONE)
    page.evaluate("more => document.querySelectorAll(more).forEach(one => one.click())", MORE)
    page.wait_for_timeout(50)
    return plain(page.evaluate("document.querySelector('main .answer').textContent.replace(/\\s+/g, ' ')"))


def walked(page: Any, lang: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the place of each page that a reader comes to, and what it tells: the page of all that is found first."""
    begun = f"#/{lang}/find?{urlencode({'q': text})}"
    yield begun, read(page, begun)
    found = page.evaluate(
        "links => Object.entries(links).flatMap(([one, most]) =>"
        " [...document.querySelectorAll(one)].slice(0, most).map(link => link.getAttribute('href')))",
        LINKS,
    )
    places = [place for place in dict.fromkeys(found) if place]
    other = "zh" if lang == "en" else "en"
    for place in places + [f"#/{other}/" + place.removeprefix(f"#/{lang}/") for place in places]:
        yield place, read(page, place)


def lacking(page: Any, lang: str, asked: dict[str, Any]) -> tuple[list[str], int]:
    """Return the expected values that no page holds, and how many pages were read."""
    wanted = {value: judged().get((asked["id"], value), ((value,), ""))[0] for value in map(str, asked["expected"])}
    told, read_ = "", 0
    for _, text in walked(page, lang, asked[f"question_{lang}"]):
        told, read_ = f"{told}\n{text}", read_ + 1
        left = [value for value, parts in wanted.items() if not all(holds(told, part) for part in parts)]
        if not left:
            break
    return left, read_


def main() -> None:
    """Print a line for each question that is not answered in full, and how many are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these questions")
    parser.add_argument("--lang", choices=("en", "zh"), action="append")
    parser.add_argument(
        "--atlas", type=Path, help="a page that `stdgraph site --one-file` wrote, in place of a new one"
    )
    given = parser.parse_args()
    wanted = [one for one in questions() if not given.ids or one["id"] in given.ids]
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        atlas = given.atlas or Path(folder) / "atlas.html"
        if not given.atlas:
            stdgraph.open().site(atlas, one_file=True)
        for lang in given.lang or ("en", "zh"):
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{atlas.resolve().as_uri()}#/{lang}/ask")
            page.wait_for_selector("h1")
            page.evaluate("stdgraph.engine.ready")
            full = first = 0
            for asked in wanted:
                left, pages = lacking(page, lang, asked)
                full += not left
                first += not left and pages == 1
                if left:
                    print(lang, asked["id"], pages, "pages, lacks", left, flush=True)  # noqa: T201 (it takes minutes)
            print(f"{lang}: {full} of {len(wanted)} in full, {first} of them on the first page", flush=True)  # noqa: T201
            page.close()


if __name__ == "__main__":
    main()
