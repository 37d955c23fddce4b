"""The language of help and of wrong use: click's own words, and ours, in Chinese where that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click

from stdgraph.cli.options import read_config
from stdgraph.errors import ConfigError

ARGUMENTS = "stdgraph.arguments"
EXTRAS = re.compile(r"(?P<help>.*)  \[(?P<extras>[^\[\]]*)\]", re.DOTALL)
ENDLESS = 10_000


def language(ctx: click.Context) -> str:
    """Return `en` or `zh`, also where the options of the call are not read yet, or are wrong."""
    arguments = ctx.meta.get(ARGUMENTS, ())
    try:
        lang = _given(arguments, "--lang") or read_config(_given(arguments, "--config")).get("lang", "en")
    except ConfigError:
        lang = "en"
    return "zh" if lang.lower().startswith("zh") else "en"


def _given(arguments: Sequence[str], option: str) -> str | None:
    """Return the value of an option on a command line; the last one counts.

    >>> _given(["--lang", "en", "find", "--lang=zh", "--", "--lang", "en"], "--lang")
    'zh'
    """
    found, rest = None, iter(arguments)
    for word in rest:
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == option:
            found = value if equals else next(rest, None)
    return found


class Context(click.Context):
    """The context of a command whose help speaks the language asked for."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what lays out a help page."""
        if language(self) == "en":
            return super().make_formatter()
        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


def speaking(command: click.Command) -> click.Command:
    """Return a command after letting it, and those below it, speak the language asked for."""
    command.context_class = Context
    for below in getattr(command, "commands", {}).values():
        speaking(below)
    return command


class Formatter(click.HelpFormatter):
    """Lays out a help page in Chinese, whose characters take two columns; its width does not shorten the English."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.columns, self.width = self.width, ENDLESS

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        from stdgraph.chinese import metavars

        self._write(f"用法：{prog} ", metavars(args))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        from stdgraph.chinese import chinese

        self.write(f"{'':>{self.current_indent}}{chinese(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        from stdgraph.chinese import chinese

        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            self._write(" " * self.current_indent, chinese(" ".join(paragraph.split())))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, each with its explanation beside it."""
        from stdgraph.chinese import metavars
        from stdgraph.cli.render import columns

        told = [(metavars(term), _explained(text)) for term, text in rows]
        widest = min(max(columns(term) for term, _ in told), col_max)
        for term, text in told:
            first = f"{'':>{self.current_indent}}{term}"
            if columns(term) > widest:
                self.write(f"{first}\n")
                first = ""
            self._write(first, text, self.current_indent + widest + col_spacing)

    def _write(self, first: str, text: str, indent: int = 0) -> None:
        """Write a text in lines that all begin in one column, and something before the first."""
        from stdgraph.cli.render import columns, wrap

        indent = indent or columns(first)
        head, *rest = wrap(text, max(self.columns - indent, 20))
        self.write(f"{first}{' ' * (indent - columns(first))}{head}\n")
        self.write("".join(f"{'':>{indent}}{line}\n" for line in rest))


def _explained(text: str) -> str:
    """Return the explanation of an option, and what click adds to it: the default, the range."""
    from stdgraph.chinese import chinese

    if not (found := EXTRAS.fullmatch(text)):
        return chinese(text)
    return f"{chinese(found['help'])}[{'；'.join(map(chinese, found['extras'].split('; ')))}]"


class ChineseUsageError(click.UsageError):
    """Wrong use, told in Chinese."""

    def __init__(self, error: click.UsageError) -> None:
        from stdgraph.chinese import chinese

        super().__init__(chinese(error.format_message()), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the error with the usage of the command."""
        if self.ctx:
            click.echo(f"{self.ctx.get_usage()}\n运行 `{self.ctx.command_path} --help` 可查看帮助。\n", file, err=True)
        click.echo(f"错误：{self.message}", file, err=True)


@contextmanager
def usage_errors(ctx: click.Context) -> Iterator[None]:
    """Tell wrong use in the language asked for."""
    try:
        yield
    except click.UsageError as error:
        told = isinstance(error, ChineseUsageError | click.exceptions.NoArgsIsHelpError)
        if told or language(ctx) == "en":
            raise
        raise ChineseUsageError(error) from None
