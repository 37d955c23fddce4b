"""How many questions in one's own words are answered: the table of docs/ask.md.

    python tests/words.py            prints it
    python tests/words.py --write    puts it into the page
    python tests/words.py --misses   prints what was not answered in full at first, and what was asked instead

A question counts as answered in full where at most 30 rows were printed and each of its expected values stands in them; see
`stands`. Things are looked for under their labels in both languages, since the expected values are given now in one, now in the
other. `tests/cases/words/open.jsonl` are the project's open questions, of which a third (`HELD_OUT`) was not looked at while
the weights were set; `own.jsonl` are others, written from the source documents; `asked.jsonl` are harder ones, written later before the
questions were read, with what must not be said, a third of which no word was chosen for; `elsewhere.jsonl` are about other things. `basic.jsonl`, what a newcomer
asked first, says which question is asked, with which arguments; `tests/services/test_words.py` asks each.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import stdgraph
from stdgraph.errors import UnfitWordsError
from stdgraph.model.results import Answer, text_of
from stdgraph.model.spelling import key, words
from stdgraph.services.ask import ask
from stdgraph.services.words import Found, ask_words, suggestions

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "words"
PAGE = ROOT / "docs" / "ask.md"
LANGUAGES = ("en", "zh")
MOST, THREE = 30, 3
SEED, HELD_BACK, LATER_BACK = 12, 25, 20
ENOUGH = 0.6
"""An expected value of several words stands where so many of its words, and all its numbers, stand."""

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """Return the questions of a file."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def held_out() -> list[Case]:
    """Return the third of the open questions that was left out while the weights were set."""
    found = sorted(cases("open"), key=lambda case: case["id"])
    random.Random(SEED).shuffle(found)
    return found[:HELD_BACK]


def left_out() -> list[Case]:
    """Return the third of the questions asked later for which nothing was chosen."""
    found = cases("asked")
    random.Random(SEED).shuffle(found)
    return found[:LATER_BACK]


def told(answer: Answer) -> str:
    """Return what the rows of an answer print."""
    return plain("\n".join(" ".join(text_of(cell) for cell in row.cells.values()) for row in answer))


def plain(text: str) -> str:
    """Return a text in which large numbers stand in figures: 1,520, 2.6 million and 132万."""
    text = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    text = re.sub(r"([\d.]+)\s*million", lambda m: str(round(float(m[1]) * 1e6)), text)
    return re.sub(r"([\d.]+)\s*万", lambda m: str(round(float(m[1]) * 1e4)), text)


def stands(expected: str, text: str) -> bool:
    """Tell whether one of the forms of an expected value stands in a text: `a|b`, also written `a / b`.

    Case, width, punctuation and Chinese script do not count. Of a form of several words, such as "22 international cities",
    all numbers and six in ten words must stand somewhere in the rows.

    >>> stands("97 (2020-12-31, 54 bodies)", "54 bodies 97 documents 2020-12-31"), stands("AFSEC|非洲电工", "非洲电工标准化委员会")
    (True, True)
    >>> stands("22 international cities", "17 Chinese cities")
    False
    """
    whole, there = key(text), set(words(text))
    for form in re.split(r"\||\s/\s", plain(expected)):
        parts = words(form)
        if key(form) and key(form) in whole:
            return True
        numbers = all(part in there for part in parts if part.isdigit())
        if len(parts) > 1 and numbers and sum(part in there for part in parts) >= ENOUGH * len(parts):
            return True
    return False


class Asker:
    """Asks the repository's graph in both languages, each question with the same arguments once."""

    def __init__(self) -> None:
        self.graphs = {lang: stdgraph.open(lang=lang, in_memory=True) for lang in LANGUAGES}

    @cache  # noqa: B019 (it lives as long as the script)
    def _answer(self, name: str, arguments: tuple[tuple[str, str], ...], lang: str) -> Answer:
        return ask(self.graphs[lang].reads, name, dict(arguments), lang=lang)

    def in_language(self, lang: str) -> Any:
        """Return what answers a canned question in a language."""
        return lambda name, arguments: self._answer(name, tuple(sorted(arguments.items())), lang)

    def first(self, text: str, lang: str) -> Found | None:
        """Return the answer to words, None where they are refused."""
        try:
            return ask_words(self.graphs[lang].reads, text, self.in_language(lang), lang=lang)
        except UnfitWordsError:
            return None

    def three(self, text: str, lang: str) -> list[Found]:
        """Return the three best answers."""
        return suggestions(self.graphs[lang].reads, text, self.in_language(lang), lang=lang, most=THREE)

    def full(self, found: Found | None, expected: Sequence[str]) -> bool:
        """Tell whether an answer holds all that was expected, in at most 30 rows."""
        if found is None or sum(len(one.answer) for one in (found, *found.also)) > MOST:
            return False
        text = "\n".join(told(answer) for one in (found, *found.also) for answer in self.both(one.answer))
        return all(stands(value, text) for value in expected)

    def both(self, answer: Answer) -> list[Answer]:
        """Return an answer, and the same rows in the other language."""
        other = "zh" if answer.lang == "en" else "en"
        arguments = {name: getattr(value, "iri", None) or str(value) for name, value in answer.parameters.items()}
        whole = self.in_language(other)(answer.question, arguments)
        same = {_id(row.cells): row for row in whole}
        return [
            answer,
            stdgraph.Answer(whole.columns, tuple(same[i] for row in answer if (i := _id(row.cells)) in same)),
        ]


def _id(cells: Mapping[str, Any]) -> str:
    """Return what tells a row in both languages: its things and plain values, in no order."""
    found = []
    for name, cell in cells.items():
        values = cell if isinstance(cell, tuple) else (cell,)
        found.append((name, sorted(str(getattr(value, "iri", value)) for value in values)))
    return repr(found)


def row(asker: Asker, title: str, questions: Sequence[Case], lang: str) -> str:
    """Return a line of the table."""
    first = [asker.first(case[f"question_{lang}"], lang) for case in questions]
    refused = f"{sum(found is None for found in first)} of {len(questions)}"
    if "expected" not in questions[0]:
        return f"| {title} | {lang} | | | {refused} |"
    at_first = [asker.full(found, case["expected"]) for found, case in zip(first, questions, strict=True)]
    among = [
        is_full or any(asker.full(found, case["expected"]) for found in asker.three(case[f"question_{lang}"], lang))
        for is_full, case in zip(at_first, questions, strict=True)
    ]
    return f"| {title} | {lang} | {share(at_first)} | {share(among)} | {refused} |"


def share(found: Sequence[bool]) -> str:
    """Return how many are true, in per cent."""
    return f"{round(100 * sum(found) / len(found))} %"


def table() -> str:
    """Return the table, computed."""
    asker = Asker()
    groups = {
        "the 75 open questions": cases("open"),
        "of these the 25 left out while weights were set": held_out(),
        "60 more, from the source documents": cases("own"),
        "20 harder ones, for which nothing was chosen": left_out(),
        "20 about other things": cases("elsewhere"),
    }
    lines = ["| questions | language | in full at first | among the first three | refused |", "|---|---|---|---|---|"]
    lines += [row(asker, title, questions, lang) for title, questions in groups.items() for lang in LANGUAGES]
    return "\n".join(lines) + "\n"


def written() -> str:
    """Return the table as the page has it."""
    return PAGE.read_text("utf-8").partition("<!-- computed by tests/words.py -->\n")[2].partition("<!-- end -->")[0]


def misses() -> None:
    """Print what was not answered in full at first."""
    asker = Asker()
    for lang in LANGUAGES:
        unseen = {case["id"] for case in left_out()}
        for case in [*cases("open"), *cases("own"), *(c for c in cases("asked") if c["id"] not in unseen)]:
            found = asker.first(case[f"question_{lang}"], lang)
            if not asker.full(found, case["expected"]):
                print(case["id"], case[f"question_{lang}"], case["expected"], found and found.command, sep="\n    ")  # noqa: T201


def main(arguments: Sequence[str]) -> None:
    """Do what the call asks for."""
    if "--misses" in arguments:
        misses()
    elif "--write" in arguments:
        made = table()
        head, mark, rest = PAGE.read_text("utf-8").partition("<!-- computed by tests/words.py -->\n")
        PAGE.write_text(head + mark + made + rest[rest.index("<!-- end -->") :], "utf-8")
    else:
        print(table())  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
