"""The language of a call: help and wrong use, click's words and ours, in Chinese where that is asked for."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from stdgraph.cli.config import read_config
from stdgraph.errors import ConfigError
from stdgraph.locale import Phrase, in_words, marked
from stdgraph.model import escape
from stdgraph.model.later import later

ARGUMENTS = "stdgraph.arguments"
EXTRAS = later(r"(?P<help>.*)  \[(?P<extras>[^\[\]]*)\]", re.DOTALL)
EXAMPLE = "Example: "
ENDLESS = 10_000


def language(ctx: click.Context) -> str:
    """Return `en` or `zh`, also where the options of the call are not read yet, or are wrong."""
    return spoken(ctx.meta.get(ARGUMENTS, ()))


def spoken(arguments: Sequence[str]) -> str:
    """Return the language that a command line, or else the settings file, asks for: `en` or `zh`."""
    return "zh" if (wanted(arguments) or "en").lower().startswith("zh") else "en"


def wanted(arguments: Sequence[str]) -> str | None:
    """Return the language that a command line, or else the settings file, names; None where neither does."""
    try:
        found: str | None = _given(arguments, "--lang") or read_config(_given(arguments, "--config")).get("lang")
    except ConfigError:
        found = None
    return found


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


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Let click say its words in a language: they are gettext messages, and our catalogue has the Chinese ones.

    Raises:
        NotCompiledError: there is no Chinese to speak.
    """
    if lang == "en":
        yield
        return
    from stdgraph.locale.catalogue import DOMAIN, FOLDER, catalogue

    catalogue()
    domain, languages = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = "zh"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        del os.environ["LANGUAGE"]
        if languages is not None:
            os.environ["LANGUAGE"] = languages


class Context(click.Context):
    """The context of a command whose help speaks the language asked for."""

    def __init__(self, command: click.Command, *more: Any, **attributes: Any) -> None:
        super().__init__(command, *more, **attributes)
        if option := command.get_help_option(self):
            option.help = marked("Show this message and exit.")  # click keeps it as the first call said it

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
        self._write(f"{_told('Usage:')}{prog} ", metavars(args))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_told(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            self._write(" " * self.current_indent, _paragraph(" ".join(paragraph.split())))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, each with its explanation beside it."""
        from stdgraph.cli.layout import columns

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
        from stdgraph.cli.layout import columns, wrap

        indent = indent or columns(first)
        head, *rest = wrap(text, max(self.columns - indent, 20))
        self.write(f"{first}{' ' * (indent - columns(first))}{head}\n")
        self.write("".join(f"{'':>{indent}}{line}\n" for line in rest))


def _told(text: str) -> str:
    """Return a text of a help page in Chinese; one that says it already stays as it is."""
    from stdgraph.locale.catalogue import message

    return message(text)


def _paragraph(text: str) -> str:
    if text.startswith(EXAMPLE):
        return Phrase("Example: {command}", command=text.removeprefix(EXAMPLE)).chinese()
    return _told(text)


def _explained(text: str) -> str:
    """Return the explanation of an option, and what click adds to it: the default, the range."""
    if not (found := EXTRAS.fullmatch(text)):
        return _told(text)
    return f"{_told(found['help'])}[{found['extras'].replace('; ', '；')}]"


def metavars(text: str) -> str:
    """Return a usage line with its placeholders in Chinese.

    >>> metavars("[OPTIONS] NAME")
    '[选项] 名称'
    """
    return re.sub(r"\b[A-Z]+(?: [A-Z]+)*\b", lambda found: in_words("placeholder", found[0], "zh"), text)


@contextmanager
def usage_errors(ctx: click.Context) -> Iterator[None]:
    """Tell wrong use in the language asked for: click says it, with the marks of English around what was typed."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        if language(ctx) == "en":
            if error.message.isprintable():
                raise
            raise click.UsageError(_shown(error), error.ctx) from None
        if isinstance(error, click.BadParameter) and isinstance(error.param, click.Argument):
            error.param_hint = metavars(error.param.get_error_hint(error.ctx))
        raise click.UsageError(typeset(_shown(error)), error.ctx) from None


def _shown(error: click.UsageError) -> str:
    """Return what click says of wrong use, and quotes of it, in one line; a list of choices keeps its lines."""
    text = error.format_message()
    return escape.lines(text) if isinstance(error, click.MissingParameter) else escape.line(text)


def typeset(text: str) -> str:
    """Return a Chinese sentence with the marks of Chinese where a program has put English ones.

    >>> typeset("没有选项'--kin'。 是否要用其中之一：'--kind', '--king'？"), typeset("缺少参数 '文本'.")
    ('没有选项“--kin”。是否要用其中之一：“--kind”、“--king”？', '缺少参数“文本”。')
    """
    text = re.sub(r" ?(['\"])(.*?)\1", r"“\2”", text)
    return text.replace("”,“", "”、“").replace("” /“", "”或“").replace("。 ", "。").replace("”.", "”。")
