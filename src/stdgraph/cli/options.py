"""Options that every command shares. They stand before or after the command and mean the same."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stdgraph.cli.config import FORMS, LANGUAGES, REPEATABLE, read_config
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.light import dataclass, field
from stdgraph.model.results import Table

if TYPE_CHECKING:
    from stdgraph.api import Graph

AnyTable = TypeVar("AnyTable", bound=Table)
KEY = "stdgraph.options"
ASKED = "stdgraph.endpoint"
"""Where a context keeps the endpoint that is asked, so that the faults of its answers are told as such."""

ROWS = ("sort", "limit", "columns", "group_by", "count", "from", "to")
"""What arranges rows, on commands that print some."""
SUFFIXES = {".txt": "table"} | {f".{form}": form for form in FORMS} | {".mmd": "mermaid"}
SUFFIXES |= {".sarif": "sarif", ".xml": "junit", ".net": "pajek"}
"""Suffix of the file to write to the form that it means, where -f does not say it."""
PLACES = ("PATH", "FILE", "FOLDER", "F.rq")
"""What the help calls an argument that names a file or folder."""


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Keep a value for all commands; the innermost wins, repeatable ones add up."""
    if value == "" or (isinstance(value, tuple) and "" in value):
        raise click.BadParameter(gettext("is empty; give a value, or leave the option out"), ctx, param)
    _check_text(ctx, param, value)
    kept = ctx.meta.setdefault(KEY, {})
    if value is None or value in ((), False, 0):
        return value
    if isinstance(value, tuple):
        kept[param.name] = kept.get(param.name, ()) + value
    elif param.name == "verbose":
        kept[param.name] = kept.get(param.name, 0) + value
    else:
        kept[param.name] = value
    return value


def _option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_keep, **attributes)


SHARED = (
    _option("--data", multiple=True, metavar="PATH", help="Use these files or folders instead of the packaged graph."),
    _option("--with", "with", multiple=True, metavar="PATH", help="Add these files or folders to the packaged graph."),
    _option(
        "--pack", multiple=True, metavar="NAME", help="Add an imported data pack; `stdgraph pack list` shows them."
    ),
    _option(
        "--endpoint",
        metavar="URL",
        envvar="STDGRAPH_ENDPOINT",
        help="Ask this SPARQL 1.1 endpoint, or one that the settings file names.",
    ),
    _option("--lang", type=click.Choice(LANGUAGES), help="Language of labels, titles and messages."),
    _option("--as-of", metavar="DATE", help="What held on that day: YYYY, YYYY-MM or YYYY-MM-DD."),
    _option("--undated", is_flag=True, help="With a day: also what no date, attestation or reason places."),
    _option(
        "-f",
        "--format",
        metavar="FORM",
        help="Form of the result: table, csv, tsv, json, md, …; else the suffix of FILE tells it.",
    ),
    _option("-o", "--output", metavar="FILE", help="Write there, in the form of the suffix; - is standard output."),
    _option("--excel", is_flag=True, help="csv and tsv as Excel reads them: UTF-8 is told, no cell begins a formula."),
    _option("--config", metavar="FILE", help="Settings file (TOML)."),
    _option("--no-color", is_flag=True, help="No colour."),
    _option("--no-pager", is_flag=True, help="No pager for what is longer than the screen."),
    _option("-q", "--quiet", is_flag=True, help="No messages but errors."),
    _option("-v", "--verbose", count=True, help="More messages; -vv shows tracebacks."),
)


OF_ROWS = (
    _option("--sort", multiple=True, metavar="COLUMN", help="Sort rows by this column; -COLUMN is descending."),
    _option("--limit", type=click.IntRange(1), metavar="N", help="Print at most so many rows."),
    _option("--columns", metavar="A,B", help="Print only these columns."),
    _option(
        "--group-by",
        multiple=True,
        metavar="COLUMN",
        help="Count the rows by this column, or by year, country, region, continent or group.",
    ),
    _option("--count", is_flag=True, help="Print only how many rows there are."),
    _option("--from", "from", metavar="DATE", help="Only rows of this time or later."),
    _option("--to", "to", metavar="DATE", help="Only rows of this time or earlier."),
)


def shared(command: Any) -> Any:
    """Add the shared options to a command or group, but those whose name the command needs for itself.

    `stdgraph ask agreements --with UK` is the question's parameter; `--with PATH` then stands before the question.
    """
    return _added(command, SHARED)


def with_rows(command: Any) -> Any:
    """Add the shared options to a command that prints rows, and those that arrange rows; see `shared`."""
    return _added(command, SHARED + OF_ROWS)


def _added(command: Any, options: tuple[click.Option, ...]) -> Any:
    """Add options behind those that a command, or a function that is to become one, has of its own."""
    is_made = isinstance(command, click.Command)
    params = command.params if is_made else command.__dict__.setdefault("__click_params__", [])
    own = {name for param in params if param.expose_value for name in param.opts}
    fit = [option for option in options if not own & set(option.opts)]
    if is_made:
        params.extend(fit)
    else:
        params[:0] = reversed(fit)  # click reads them from the last to the first
    return command


def excerpting(command: Any) -> Any:
    """Add the option for passages of the user's own texts to a command."""
    told = "Print the passage of each source from the text that you attached."
    return click.option("--excerpt", is_flag=True, help=told)(command)


def drawing(command: Any) -> Any:
    """Add the options of pictures to a command."""
    charts = click.option("--chart", metavar="NAME", help="The picture that svg, png, pdf and html have.")
    dark = click.option("--dark", is_flag=True, help="A picture in the colours for a dark screen.")
    return charts(dark(command))


bilateral_option = click.option("--bilateral", is_flag=True, help="Only what rests on records of two actors.")
"""Leaves out what three or more stand in together."""


def verbosity(ctx: click.Context) -> int:
    """Return how often -v was given."""
    return int(ctx.meta.get(KEY, {}).get("verbose", 0))


def tell(message: str) -> None:
    """Tell the user something on standard error, whatever it quotes."""
    click.echo(escape.lines(message), err=True)


@dataclass
class Settings:
    """The shared options of one call: from the command line, else the environment, else the settings file.

    `usual_format` is the form that the settings file wishes for, where a command can give it; `endpoints` are those that
    it names.
    """

    given: dict[str, Any] = field(default_factory=dict)
    usual_format: str | None = None
    endpoints: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ctx: click.Context) -> Settings:
        """Return the settings of a call."""
        given = dict(ctx.meta.get(KEY, {}))
        usual = read_config(given.get("config"))
        usual_format = usual.pop("format", None)
        found = cls({}, usual_format, usual.pop("endpoints", {}))
        found.given |= usual | given
        ctx.meta[ASKED] = found.endpoint
        return found

    @property
    def lang(self) -> str:
        """Return `en` or `zh`."""
        return str(self.given.get("lang", "en"))

    @property
    def as_of(self) -> str | None:
        """Return the day asked for."""
        return self.given.get("as_of")

    @property
    def undated(self) -> bool:
        """Tell whether records that nothing places on the day are wanted too."""
        return bool(self.given.get("undated"))

    @property
    def format(self) -> str | None:
        """Return the form asked for: by -f, else by the suffix of the file to write."""
        return self.given.get("format") or SUFFIXES.get(Path(self.output or "").suffix.lower())

    @property
    def output(self) -> str | None:
        """Return the file to write, None for standard output."""
        output = self.given.get("output")
        return None if output in (None, "-") else str(output)

    @property
    def excel(self) -> bool:
        """Tell whether a spreadsheet will open what is written."""
        return bool(self.given.get("excel"))

    @property
    def counts(self) -> bool:
        """Tell whether only the number of rows is asked for."""
        return bool(self.given.get("count"))

    @property
    def endpoint(self) -> str | None:
        """Return the URL of the endpoint to ask."""
        given = self.given.get("endpoint")
        return self.named(given)[0] if given else None

    def named(self, endpoint: str) -> tuple[str, tuple[str, str]]:
        """Return the URL of an endpoint given so or by its name, and the name and password that the settings file has for it."""
        told = self.endpoints.get(endpoint, {"url": endpoint})
        return told["url"], (told.get("user", ""), told.get("password", ""))

    @property
    def color(self) -> bool:
        """Tell whether to colour what is printed."""
        unwanted = self.given.get("no_color") or os.environ.get("NO_COLOR") or self.output is not None
        return not unwanted and sys.stdout.isatty()

    def say(self, message: str) -> None:
        """Tell the user something on standard error."""
        if message and not self.given.get("quiet"):
            tell(translated(message, self.lang))

    def say_hints(self, found: Table) -> None:
        """Tell what a table brings beside its rows: what lies near where it is empty, and how much a day leaves out."""
        for hint in found.hints:
            self.say(hint)
        self.say_left_out(found.left_out)

    def say_left_out(self, number: int | None) -> None:
        """Tell how many undated records an answer for a day leaves out."""
        one = marked("1 undated record left out; --undated brings it.")
        more = marked("{number} undated records left out; --undated brings them.")
        if number:
            self.say(Phrase(one if number == 1 else more, number=number))

    def no_odd_suffix(self) -> None:
        """Refuse a file to write whose suffix means no form, where -f does not name one."""
        suffix = Path(self.output or "").suffix
        if suffix and self.format is None:
            forms = ", ".join(SUFFIXES)
            detail = Phrase("'{suffix}' is the suffix of no form; there are {forms}", suffix=suffix, forms=forms)
            raise ParameterError(parameter="output", detail=detail)

    def no_rows_of(self, command: click.Command) -> None:
        """Refuse what arranges rows, given before a command that prints none."""
        known = {param.name for param in command.params}
        for name in ROWS:
            if self.given.get(name) and not known & set(ROWS):
                detail = Phrase("`{command}` prints no rows; leave it out", command=command.name)
                raise ParameterError(parameter=name.replace("_", "-"), detail=detail)

    def no_as_of(self, verb: str) -> None:
        """Refuse --as-of and --undated for a command that speaks of the graph as a whole."""
        self.no_undated(day=False)
        if self.as_of is not None and not self.given.get("pack"):
            detail = Phrase("`stdgraph {command}` does not look at a day; ask, show, why and path do", command=verb)
            raise ParameterError(parameter="as-of", detail=detail)

    def no_undated(self, *, day: bool) -> None:
        """Refuse --undated where no day is asked for."""
        if self.undated and not day:
            detail = Phrase("goes with --as-of; without a day nothing is left out")
            raise ParameterError(parameter="undated", detail=detail)

    def embedded_only(self, verb: str) -> None:
        """Refuse --endpoint for a command that works on files."""
        if self.endpoint:
            detail = Phrase("`stdgraph {command}` works on files; leave --endpoint out", command=verb)
            raise ParameterError(parameter="endpoint", detail=detail)

    def copied(self) -> None:
        """Work on files from now on: those of the endpoint, where one is asked, are read into the user's cache.

        Raises:
            EndpointError: it cannot be read, or holds more than is read for that.
        """
        if not (given := self.given.pop("endpoint", None)):
            return
        if any(self.given.get(name) for name in REPEATABLE):
            raise ParameterError(parameter="endpoint", detail=Phrase("not together with --data, --with or --pack"))
        from stdgraph.services.push import copy
        from stdgraph.storage.engine import Engine

        url, credentials = self.named(given)
        self.given["data"] = (str(copy(Engine(url, credentials=credentials), self.say)),)

    def quoted(self, found: AnyTable) -> AnyTable:
        """Return a table with the passages of its sources; tell which texts are not attached."""
        from stdgraph.services.excerpt import with_excerpts

        found, notes = with_excerpts(found)
        for note in notes:
            self.say(note)
        return found

    @cached_property
    def reads(self) -> Any:
        """Open the graph that the options name for a command that asks and prints, and needs no more of it."""
        from stdgraph.opened import opened_now

        if self.endpoint:
            return self.graph.reads
        store, _, message = opened_now(*self._where(), self.say)
        self.say(message)
        return store

    def _where(self) -> tuple[Any, Any, Any, str | None]:
        """Return files, more files, packs, and the day of these."""
        packs = self.given.get("pack", ())
        return self.given.get("data", ()), self.given.get("with", ()), packs, self.as_of if packs else None

    @cached_property
    def graph(self) -> Graph:
        """Open the graph that the options name."""
        self.say((graph := self.uncompiled.compiled()).message)
        return graph

    @cached_property
    def uncompiled(self) -> Graph:
        """The graph that the options name, which is compiled when something needs it."""
        from stdgraph import api

        where: dict[str, Any] = dict(zip(("data", "extra", "pack", "as_of"), self._where(), strict=True))
        if self.endpoint and any(where.values()):
            raise ParameterError(parameter="endpoint", detail=Phrase("not together with --data, --with or --pack"))
        if given := self.given.get("endpoint"):
            where["endpoint"], where["credentials"] = self.named(given)
        return api.open(**where, lang=self.lang, say=self.say, compiled=False)


def settings(ctx: click.Context) -> Settings:
    """Return the settings of a call.

    Raises:
        click.BadParameter: an argument or option of its own is empty, or is no text and names no file.
    """
    for param in ctx.command.params:
        value = ctx.params.get(param.name or "")
        if value == "" or (param.nargs in (1, -1) and isinstance(value, tuple) and "" in value):
            raise click.BadParameter(gettext("is empty"), ctx, param)
        _check_text(ctx, param, value)
    found = Settings.of(ctx)
    found.no_odd_suffix()
    found.no_rows_of(ctx.command)
    return found


def _check_text(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Refuse bytes that are not UTF-8 in what names no file; a file may have any name."""
    several = value if isinstance(value, tuple) else (value,)
    is_place = any(place in (param.metavar or "") for place in PLACES)
    if not is_place and any(isinstance(v, str) and not is_text(v) for v in several):
        raise click.BadParameter(gettext("is not UTF-8"), ctx, param)


def is_text(value: str) -> bool:
    """Tell whether an argument was UTF-8: what was not comes as code points that no text has."""
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
