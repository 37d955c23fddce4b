"""Runs the examples of the documents, and writes what is generated in them.

    python tests/examples.py            names the stale parts; exit code 1 if there are any
    python tests/examples.py --write    rewrites them in place
    python tests/examples.py docs/ask.md …    the same for these alone

What an example may say stands in `console.py`. Between `<!-- generated: NAME -->` and `<!-- end -->` stands what the function of
that name in `generated.py` writes, and below `<!-- block: ID -->` the block of that thing in `data/ttl`; `without PROPERTY …`
leaves lines out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from console import CONSOLE, PROMPT, ROOT, Console, agrees, examples, renewed
from generated import PARTS

REPAIR = "run `python tests/examples.py --write`, read the difference, and commit it"
PART = re.compile(r"(?m)^<!-- generated: (?P<name>\w+) -->\n(?:.*\n)*?<!-- end -->$")
BLOCK = re.compile(r"(?m)^<!-- block: (?P<id>\S+?)(?: without (?P<without>.+))? -->\n```turtle\n(?:.*\n)*?```$")


def documents() -> list[Path]:
    """Return the documents whose examples are run: those at the top of the repository, `docs/`, and cases in Chinese."""
    tops = [p for n in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md") if (p := ROOT / n).exists()]
    return [*tops, *sorted((ROOT / "docs").glob("*.md")), ROOT / "tests" / "cases" / "chinese.md"]


def with_outputs(text: str) -> str:
    """Return a document with the outputs of its examples as they are now."""
    console = Console()

    def block(match: re.Match[str]) -> str:
        parts = []
        for example in examples(ROOT / "docs", match[0] + "\n"):
            parts += [PROMPT + example.command, *renewed(example.shown, console.run(example.command))]
        return "\n".join(["```console", *parts, "```"])

    return CONSOLE.sub(block, text)


def stale_examples(path: Path) -> list[str]:
    """Return a line for each example of a document whose output is not the one shown."""
    console = Console()
    found = []
    for example in examples(path, path.read_text("utf-8")):
        real = console.run(example.command)
        if not agrees(example.shown, real):
            found.append(f"{example.place}: $ {example.command}\n  now gives:\n    " + "\n    ".join(real[:40]))
    return found


def with_parts(text: str) -> str:
    """Return a document with its generated parts and its blocks of data as they are now."""
    text = PART.sub(lambda m: f"<!-- generated: {m['name']} -->\n{PARTS[m['name']]()}\n<!-- end -->", text)
    return BLOCK.sub(lambda m: m[0].partition("\n")[0] + "\n" + data_block(m["id"], (m["without"] or "").split()), text)


def data_block(name: str, without: Iterable[str]) -> str:
    """Return the block of a thing as it stands in `data/ttl`, fenced."""
    head = name if ":" in name else f"<{name}>"
    for path in sorted((ROOT / "data" / "ttl").rglob("*.ttl")):
        _, found, after = ("\n" + path.read_text("utf-8")).partition(f"\n{head}\n")
        if found:
            lines = (found + after.partition("\n.\n")[0]).strip().splitlines()
            kept = [line for line in lines if line.split()[0] not in without]
            return "\n".join(["```turtle", *kept, ".", "```"])
    raise LookupError(f"data/ttl has no block {head}: choose another for the document")


def main(write: bool, paths: Iterable[str] = ()) -> int:
    """Tell which documents are stale, or rewrite them, all or some; return the exit code."""
    wanted = {Path(path).resolve() for path in paths}
    chosen = [path for path in documents() if not wanted or path in wanted]
    faults = [fault for path in chosen for fault in (rewrite(path) if write else stale(path))]
    for fault in faults:
        sys.stdout.write(fault + "\n")
    if faults and not write:
        sys.stdout.write(f"To repair: {REPAIR}.\n")
    return 1 if faults else 0


def stale(path: Path) -> list[str]:
    """Return a line for each stale part of a document."""
    return stale_parts(path) + stale_examples(path)


def stale_parts(path: Path) -> list[str]:
    """Return a line for each generated part, or block of data, that a document shows as it no longer is."""
    shown = path.read_text("utf-8")
    found = []
    for part in [*PART.finditer(shown), *BLOCK.finditer(shown)]:
        place = f"{path.relative_to(ROOT)}:{shown.count(chr(10), 0, part.start()) + 1}: {part[0].partition(chr(10))[0]}"
        try:
            found += [f"{place} is stale"] if with_parts(part[0]) != part[0] else []
        except LookupError as error:
            found.append(f"{place}: {error}")
    return found


def rewrite(path: Path) -> list[str]:
    """Bring a document up to date; return a line for what a person must do."""
    shown = path.read_text("utf-8")
    try:
        fresh = with_outputs(with_parts(shown))
    except LookupError as error:
        return [f"{path.relative_to(ROOT)}: not rewritten: {error}"]
    if fresh != shown:
        path.write_text(fresh, "utf-8")
    return []


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src")]
    sys.exit(main("--write" in sys.argv[1:], [word for word in sys.argv[1:] if word != "--write"]))
