"""Answers the open questions of the evaluation, each by one command, and says how many expected values its answer holds.

    python tests/answered.py            names what docs/questions-answered.md has stale; exit code 1 if anything
    python tests/answered.py --write    runs the commands of tests/cases/answered.tsv and rewrites that page
    python tests/answered.py ID …       prints what is missing from the answers to these questions

The questions stand outside the repository, in `../shared/eval/questions.jsonl`. An expected value that no answer can hold as it
is printed there ("yes: …", several facts in one) is judged: `tests/cases/answered-judged.tsv` says which texts the answer
must hold in its place, and why.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from console import ROOT, Console

QUESTIONS = next(
    (p for up in ROOT.parents[:2] if (p := up / "shared" / "eval" / "questions.jsonl").exists()),
    ROOT.parent / "shared" / "eval" / "questions.jsonl",
)
COMMANDS = ROOT / "tests" / "cases" / "answered.tsv"
JUDGED = ROOT / "tests" / "cases" / "answered-judged.tsv"
PAGE = ROOT / "docs" / "questions-answered.md"
ROWS = 30
"""An answer to the point has no more rows."""


@dataclass(frozen=True)
class Found:
    """What the answer to a question holds: each expected value, whether it is there, and the reason where it was judged."""

    id: str
    question: str
    command: str
    rows: int
    values: tuple[tuple[str, bool, str], ...] = field(default=())

    @property
    def held(self) -> int:
        """How many of the expected values the answer holds."""
        return sum(there for _, there, _ in self.values)


def plain(text: str) -> str:
    """Return a text as it is compared: width, case, spaces and punctuation do not matter.

    >>> plain("ISO 28564-1：2010"), plain("“一带一路”")
    ('iso2856412010', '一带一路')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table with tabs."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def commands() -> dict[str, tuple[str, str]]:
    """Return the commands of each question, in English and Chinese: what is typed after `stdgraph`."""
    return {row["id"]: (row["command"], row["command_zh"] or row["command"]) for row in rows_of(COMMANDS)}


@cache
def judged() -> dict[tuple[str, str], tuple[tuple[str, ...], str]]:
    """Return the texts that stand for an expected value of a question, and why."""
    return {(r["id"], r["expected"]): (tuple(r["holds"].split(" & ")), r["reason"]) for r in rows_of(JUDGED)}


@cache
def questions() -> list[dict[str, object]]:
    """Return the open questions, in their order."""
    return [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]


def answer(command: str, lang: str) -> list[dict[str, str]]:
    """Return the rows that a command prints: those of a question, or the lines of a page; raises ValueError where it fails."""
    console = Console()
    form = "csv" if command.startswith("ask ") else "md"
    lines = console.run(f"stdgraph --lang {lang} {command} -f {form} 2>&1")
    if console.code:
        raise ValueError(f"{command}: " + " ".join(lines))
    return list(csv.DictReader(lines)) if form == "csv" else [{"": line} for line in lines if line.strip()]


def holds(told: str, values: str) -> bool:
    """Tell whether a told text holds any of the values between `|` (and ` / `)."""
    return any(_stands(value, told) for value in re.split(r"\||\s/\s", values) if plain(value))


def _stands(value: str, told: str) -> bool:
    """Tell whether a value stands in a told text; a number is no part of a longer one."""
    if value.strip().isdecimal():
        return bool(re.search(rf"(?<!\d){plain(value)}(?!\d)", told))
    return plain(value) in told


def found(asked: dict[str, object], command: str, command_zh: str) -> Found:
    """Return what the answers to a question hold, in English and Chinese together."""
    answers = [answer(command, "en"), answer(command_zh, "zh")]
    told = "\n".join(plain(cell) for rows in answers for row in rows for cell in row.values())
    values = []
    for expected in map(str, asked["expected"]):  # type: ignore[call-overload]
        parts, reason = judged().get((str(asked["id"]), expected), ((expected,), ""))
        values.append((expected, all(holds(told, part) for part in parts), reason))
    return Found(str(asked["id"]), str(asked["question_en"]), command, len(answers[0]), tuple(values))


def all_found() -> list[Found]:
    """Return what the answer to each question holds, in the order of the questions."""
    known = commands()
    return [found(asked, *known[str(asked["id"])]) for asked in questions() if str(asked["id"]) in known]


def page(answers: list[Found]) -> str:
    """Return the page of the documentation: each question with its command, and what its answer holds."""
    values = [value for one in answers for value in one.values]
    full = sum(one.held == len(one.values) for one in answers)
    lines = [
        "# Questions answered",
        "",
        "The open questions of the evaluation, each with the one command that answers it. Made by `python tests/answered.py --write`;",
        "a test runs every command and looks whether the page is current.",
        "",
        f"{full} of {len(answers)} questions are answered in full, with {sum(there for _, there, _ in values)} of {len(values)} expected",
        f"values; {sum(one.rows <= ROWS for one in answers)} answers have at most {ROWS} rows (or lines of a page). A value counts where the answer holds it in",
        "English or Chinese; what cannot stand there as it is printed in the list is judged below.",
        "",
        "| id | question | command | found | rows |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.id} | {_cell(one.question)} | `stdgraph {_cell(one.command)}` | {one.held} of {len(one.values)} | {one.rows} |"
        for one in answers
    ]
    lines += ["", "## Judged", "", "| id | expected | the answer holds | why |", "|---|---|---|---|"]
    lines += [
        f"| {key[0]} | {_cell(key[1])} | {_cell('; '.join(parts))} | {_cell(reason)} |"
        for key, (parts, reason) in judged().items()
    ]
    missing = [(one.id, value) for one in answers for value, there, _ in one.values if not there]
    if missing:
        lines += ["", "## Not found", "", "| id | expected |", "|---|---|"]
        lines += [f"| {name} | {_cell(value)} |" for name, value in missing]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def told(name: str) -> str:
    """Return a line on what the answer to a question holds and lacks."""
    asked = next(q for q in questions() if q["id"] == name)
    try:
        one = found(asked, *commands()[name])
    except ValueError as error:
        return f"{name} fails: {error}"
    lacks = [value for value, there, _ in one.values if not there]
    return f"{name} {one.held}/{len(one.values)}, {one.rows} rows" + (f", lacks {lacks}" if lacks else "")


def main(words: list[str]) -> int:
    """Print what the answers to some questions lack, or compare or write the page."""
    if words and words != ["--write"]:
        sys.stdout.write("".join(f"{told(word)}\n" for word in words))
        return 0
    fresh = page(all_found())
    if words:
        PAGE.write_text(fresh, "utf-8")
        return 0
    current = PAGE.exists() and PAGE.read_text("utf-8") == fresh
    stale = f"{PAGE.relative_to(ROOT)} is stale: run `python tests/answered.py --write`"
    sys.stdout.write(f"{'current' if current else stale}\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
