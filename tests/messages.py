"""The messages of the program, and the catalogue that says them in Chinese.

    python tests/messages.py            names what the catalogue lacks, and what nobody says any more; exit code 1 if any
    python tests/messages.py --write    adds and removes these, and compiles; the Chinese you fill in yourself

Messages stand in the source as `Phrase("…")`, `marked("…")` or `gettext("…")`, as docstrings and options of commands,
and in the explorer (`web/src`) as `phrase('…')` or `marked('…')`.
Click's own are used where the catalogue has them. What stands under a context (a code in a cell, a heading, a finished
text of another program) is entered by hand; `tests/test_chinese.py` says where each comes from.
"""

from __future__ import annotations

import inspect
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "stdgraph"
PO = SOURCE / "locale" / "zh" / "LC_MESSAGES" / "stdgraph.po"
REPAIR = (
    "run `python tests/messages.py --write`, and fill in the Chinese in src/stdgraph/locale/zh/LC_MESSAGES/stdgraph.po"
)
KEYWORDS = {"Phrase": None, "marked": None, "gettext": None}
IN_SCRIPT = re.compile(r"""\b(?:phrase|marked)\(\s*(['"])((?:\\.|(?!\1)[^\\\n])*)\1""")
"""A message in the explorer's source; `web/build.mjs` finds the same."""
EXAMPLE = "Example: "
HEAD = """\
# Chinese messages of stdgraph: CONTRIBUTING.md, "Add a message". The dates stand still: same messages, same bytes.
msgid ""
msgstr ""
"POT-Creation-Date: 2000-01-01 00:00+0000\\n"
"PO-Revision-Date: 2000-01-01 00:00+0000\\n"
"Language: zh\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
Id = str | tuple[str, ...]
"""A message, or its singular and plural."""


def extracted(path: Path, keywords: dict[str, None] = KEYWORDS) -> set[str]:
    """Return the messages of a module."""
    with path.open("rb") as file:
        return {str(message) for _, message, _, _ in extract("python", file, keywords=keywords)}


def modules() -> list[Path]:
    """Return the modules of the program."""
    return sorted(SOURCE.rglob("*.py"))


def explorer() -> set[str]:
    """Return the messages of the explorer."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "web" / "src").rglob("*.ts*"))]
    found = (match[2] for text in texts for match in IN_SCRIPT.finditer(text))
    return {re.sub(r"\\(.)", r"\1", message) for message in found}


def commands() -> Iterator[click.Command]:
    """Yield the group and all commands, but the questions, whose files say all in both languages."""
    from stdgraph.cli import COMMANDS, cli
    from stdgraph.cli.ask import Questions

    context = context_of(cli)
    for command in [cli, *(cli.get_command(context, name) for name in COMMANDS)]:
        yield command
        yield from getattr(command, "commands", {}).values()
    questions = cli.get_command(context, "ask")
    assert isinstance(questions, Questions)
    yield questions.get_command(context, "agreements")


def context_of(command: click.Command) -> click.Context:
    """Return a context like that of a call: a command keeps the help option that it makes for the first."""
    from stdgraph.cli import cli

    return click.Context(command, **cli.context_settings)


def help_texts() -> Iterator[str]:
    """Yield what help pages say, paragraph by paragraph."""
    from stdgraph.cli import COMMANDS

    yield from COMMANDS.values()
    for command in commands():
        if command.name != "agreements":
            yield from (" ".join(p.split()) for p in inspect.cleandoc(command.help).split("\n\n"))
        for option in command.get_params(context_of(command)):
            if isinstance(option, click.Option) and not option.name.startswith("value_"):
                yield option.help


def messages() -> set[str]:
    """Return all messages of the program."""
    ours = set().union(*map(extracted, modules()))
    return ours | explorer() | {text for text in help_texts() if not text.startswith(EXAMPLE)}


def clicks() -> set[Id]:
    """Return all messages of click."""
    found: set[Id] = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords={"_": None, "ngettext": (1, 2)}):
                found.add(tuple(message) if isinstance(message, tuple) else message)
    return found | {"required"}  # which click looks up by a variable


def read(po: bytes) -> Catalog:
    """Return a catalogue."""
    return read_po(io.BytesIO(po))


def entries(catalog: Catalog) -> dict[Id, str | tuple[str, ...]]:
    """Return the messages of a catalogue that have no context, and their Chinese."""
    return {m.id: m.string for m in catalog if m.id and not m.context}


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as it is kept: sorted by context and message, one line each, and no clock in its header."""
    out = io.BytesIO()
    kept = read(HEAD.encode())
    for message in sorted((m for m in catalog if m.id), key=lambda m: (m.context or "", str(m.id))):
        kept[message.id] = message
        message.flags.clear()
    write_po(out, kept, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    return HEAD.encode() + out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Return the messages without an entry."""
    return sorted(messages() - entries(catalog).keys())


def left_over(catalog: Catalog) -> list[Id]:
    """Return the entries that nobody says."""
    return sorted(entries(catalog).keys() - messages() - clicks(), key=str)


def write() -> None:
    """Bring the catalogue up to date, and compile it."""
    catalog = read(PO.read_bytes())
    for message in left_over(catalog):
        catalog.delete(message)
    for message in missing(catalog):
        catalog.add(message)
    PO.write_bytes(written(catalog))
    PO.with_suffix(".mo").write_bytes(compiled(catalog))


def told(title: str, faults: Iterable[object]) -> str:
    """Return a line for each fault, under a title; "" if there are none."""
    lines = [f"  {fault}\n" for fault in faults]
    return "".join([f"{title}:\n", *lines]) if lines else ""


def main(arguments: list[str]) -> int:
    """Tell what is wrong, or mend it; return the exit code."""
    if "--write" in arguments:
        write()
    catalog = read(PO.read_bytes())
    empty = [m.id for m in catalog if m.id and not all(m.string if isinstance(m.string, tuple) else [m.string])]
    faults = (
        told("no entry", missing(catalog)) + told("nobody says", left_over(catalog)) + told("no Chinese yet", empty)
    )
    sys.stdout.write(faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src")]
    sys.exit(main(sys.argv[1:]))
