"""What bash and fish run to complete a command line; click's own scripts take a name apart at its blanks or commas.

zsh quotes what it inserts by itself, and click's script for it serves.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from click.shell_completion import BashComplete, CompletionItem, FishComplete, add_completion_class

from stdgraph.model import escape

BASH = """\
%(complete_func)s() {
    local type value line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE="${line:-${COMP_WORDS[*]:0:COMP_CWORD+1}}" %(complete_var)s=bash_complete "${1:-%(prog_name)s}")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@dataclass
class Typed:
    """A command line as far as it was typed: its words, the last one unfinished, and how bash sees that one.

    `kept` is how much of the last word bash leaves in its place, since a `:`, a `=` or a quotation mark ends a word for
    it; `quote` is the quotation mark that is still open.
    """

    words: list[str] = field(default_factory=lambda: [""])
    kept: int = 0
    quote: str = ""

    @property
    def begun(self) -> str:
        """What of the last word stays as it is."""
        return self.words[-1][: self.kept]


def typed(line: str) -> Typed:
    """Take a command line apart as bash does.

    >>> typed("stdgraph show British\\\\ Stan").words, typed('ask --a="B S').words
    (['stdgraph', 'show', 'British Stan'], ['ask', '--a=B S'])
    >>> typed("show ISO\\\\ 9001:20").begun, typed('show "ISO 9001:20').quote
    ('ISO 9001:', '"')
    """
    found, chars = Typed(), iter(line)
    for char in chars:
        if char == "\\" and found.quote != "'":
            found.words[-1] += next(chars, "")
        elif char == found.quote:
            found.quote = ""
        elif char in "\"'" and not found.quote:
            found.quote, found.kept = char, len(found.words[-1])
        elif char.isspace() and not found.quote:
            found.words += [""] if found.words[-1] else []
            found.kept = 0
        else:
            found.words[-1] += char
            if char in ":=" and not found.quote:
                found.kept = len(found.words[-1])
    return found


class Bash(BashComplete):
    """Completes in bash, whose words are what it splits a line into, and which inserts what it is told as it is."""

    source_template = BASH

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type] # as click calls it
        self.typed: Typed | None = None

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the finished words behind the program's name, and the unfinished one."""
        if "COMP_LINE" not in os.environ:
            return super().get_completion_args()
        self.typed = typed(os.environ["COMP_LINE"])
        return self.typed.words[1:-1], self.typed.words[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Return a completion as it must stand in the line, without what bash keeps of it."""
        if self.typed is None:  # click's own script asks
            return super().format_completion(item)
        begun, value = self.typed.begun, str(item.value)
        if value.lower().startswith(begun.lower()):
            value = value[len(begun) :]
        elif not begun.startswith("-"):
            return ""
        return f"{item.type},{escape.shell(value, self.typed.quote)}"


class Fish(FishComplete):
    """Completes in fish, by click's script, but names with a comma whole."""

    source_template = FishComplete.source_template.replace('split ","', 'split -m 1 ","')


def register() -> None:
    """Let click use these scripts."""
    add_completion_class(Bash)
    add_completion_class(Fish)
