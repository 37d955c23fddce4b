"""Every exception of stdgraph. Each keeps the offending values and tells the way out; `template` is a message of the catalogue.

StdgraphError
├── InputError                  wrong use or unreadable input (exit code 2)
│   ├── FileError               a file or folder cannot be read, or holds nothing to read
│   │   ├── PackFileError       a file of a register cannot be read
│   │   ├── DocumentError       a file with the text of a source document cannot be read
│   │   ├── FormFileError       a filled-in form cannot be read, or is none
│   │   └── TableError          a file with names cannot be read
│   ├── RevisionError           git knows no such revision, or there is no git here
│   ├── TurtleSyntaxError       a file is not valid RDF; knows line and column
│   ├── FormatError             a file cannot be written in block form without losing something
│   ├── ExportError             a result would not read back the same in the form asked for
│   ├── QuerySyntaxError        a SPARQL query does not parse
│   ├── QueryRefusedError       a query asks for what is not allowed: an update, SERVICE, too long, too deep
│   ├── QuestionError           a question file is not well formed
│   ├── ProfileError            a file of a profile is not well formed
│   ├── UnknownQuestionError    there is no question of that name
│   ├── UnfitWordsError         no question fits what was asked in one's own words
│   ├── UnknownColumnError      a table has no column of that name
│   ├── ParameterError          a parameter is missing, unknown or has a value of the wrong form
│   ├── UnknownNameError        no thing bears that name
│   ├── AmbiguousNameError      several things bear that name
│   ├── ConfigError             the settings file cannot be read, or says what is no setting
│   ├── ExtraError              what is asked for needs a library that is not installed
│   ├── HomeError               the user has no home folder, and no other place was given
│   ├── PackError               there is no such pack or snapshot, or it is damaged
│   ├── TextError               there is no text of a source document, or it is damaged
│   ├── PackFaultError          a file of a register has a fault, and --strict was given
│   ├── NestingError            an input is nested too deeply
│   ├── ClosureError            a rule concludes too much from an input
│   └── OutputError             the result cannot be written there
│       └── PackPlaceError      the data directory cannot be written
└── EngineError                 the engine or the endpoint failed (exit code 3)
    ├── EndpointError           a remote endpoint refused, failed or answered nonsense
    ├── ChangedError            a compiled graph is damaged, and its files are others by now
    ├── DamagedError            a compiled graph is damaged as soon as it is made
    ├── DownloadError           a file cannot be downloaded from its publisher
    ├── MemoryLimitError        there is not enough memory
    │   └── QueryMemoryError    a query needed more than allowed
    └── TimeLimitError          a query ran longer than allowed
"""

from __future__ import annotations

from collections.abc import Sequence
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, ClassVar

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.later import later

if TYPE_CHECKING:
    import re

LONGEST = {"name": 100, "lines": 1 << 20}
"""Characters that a message tells of a value: the beginning and the end of what is longer."""
LONG = 1000
OPTION = later(r"(?<![\w-])--([A-Za-z]+(?:[-_][a-z]+)*)")


class StdgraphError(Exception):
    """Base of all errors; `message(lang)` gives the text of the command line in English or Chinese.

    `str()` gives the English one for callers in Python: it speaks of their arguments (`as_of`), not of options (`--as-of`).
    """

    exit_code: ClassVar[int] = 2
    template: ClassVar[str] = "{detail}"

    def __init__(self, **values: Any) -> None:
        self.values = values
        for name, value in values.items():
            setattr(self, name, value)
        text = OPTION.sub(_argument, self.message("en"))
        if argument := values.get("argument"):
            text = f"{argument}:{text.partition(':')[2]}"
        super().__init__(text)

    def __reduce__(self) -> Any:
        return _remake, (type(self), self.values)

    def message(self, lang: str = "en") -> str:
        """Return what was wrong, where, and what to do, in the language asked for."""
        told = {name: _told(name, translated(value, lang)) for name, value in self.values.items()}
        return str(translated(Phrase(self.template, **told), lang))


def _argument(option: re.Match[str]) -> str:
    """Return the argument in Python that an option stands for."""
    name = option[1].replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def _told(name: str, value: Any) -> Any:
    """Return a value as a message tells it: what somebody typed may be as long as a book, or steer a terminal."""
    text, longest = str(value), LONGEST.get(name, LONG)
    shown = escape.lines(text) if name == "lines" else escape.line(text)
    if len(shown) <= longest:
        return value if shown == text else shown
    return f"{shown[: longest // 2]} … {shown[-longest // 2 :]}"


def _remake(kind: type[StdgraphError], values: dict[str, Any]) -> StdgraphError:
    """Return an error as it was before it went through a pipe."""
    error = kind.__new__(kind)
    StdgraphError.__init__(error, **values)
    return error


class InputError(StdgraphError):
    """Wrong use or unreadable input."""


class FileError(InputError):
    """A file or folder cannot be read, or holds nothing to read."""

    template = marked("{path}: {detail}. Give a readable Turtle file or a folder that holds some.")


class PackFileError(FileError):
    """A file of a register cannot be read."""

    template = marked("{path}: {detail}. Give the file as its publisher offers it.")


class DocumentError(FileError):
    """A file with the text of a source document cannot be read."""

    template = marked("{path}: {detail}. Give the text of the document as .txt (UTF-8), .docx or .pdf.")


class RevisionError(InputError):
    """Git knows no such revision, or there is no git here."""

    template = marked("{revision}: {detail}. Give a revision of the git repository in which you stand.")


class TableError(FileError):
    """A file with names cannot be read."""

    template = marked(
        "{path}: {detail}. Give a table (.csv, .tsv), or a list with a name on each line (.txt), in UTF-8."
    )


class FormFileError(FileError):
    """A filled-in form cannot be read, or is none."""

    template = marked(
        "{path}: {detail}. Give a form as `stdgraph intake --template NAME` prints it: .csv, .tsv or .xlsx."
    )


class TurtleSyntaxError(InputError):
    """A file is not valid RDF; `others` are the further faults of the file, as far as they can be told."""

    template = marked("{path}:{line}:{column}: {detail}. Mend this place and run again.")
    others: Sequence[TurtleSyntaxError] = ()

    def message(self, lang: str = "en") -> str:
        """Return a line for each fault."""
        return "\n".join([super().message(lang), *(other.message(lang) for other in self.others)])


class ShapesError(InputError):
    """Shapes are no valid SHACL, or ask what cannot be run."""

    template = marked("The shapes cannot be run: {detail}. Mend them and run again.")


class FormatError(InputError):
    """A file cannot be written in block form without losing something."""

    template = marked("{path}:{line}: {detail}")


class ExportError(InputError):
    """A result would not read back the same in the form asked for."""

    template = marked(
        "Nothing was written, for it would not read back the same: {statement}. Try another form with -f."
    )


class QuerySyntaxError(InputError):
    """A SPARQL query does not parse."""

    template = marked("query:{line}:{column}: {detail}. See https://www.w3.org/TR/sparql11-query/ for the syntax.")


class QueryRefusedError(InputError):
    """A query asks for something that is not allowed."""

    template = marked("This query is refused: {detail}. Only read-only SPARQL 1.1 over the loaded graph runs here.")


class QuestionError(InputError):
    """A question file is not well formed."""

    template = marked("{path}: {detail}. Compare it with the other files in queries/questions/.")


class ProfileError(InputError):
    """A file of a profile is not well formed."""

    template = marked("{path}: {detail}. Compare it with the other files in queries/profiles/.")


class UnknownQuestionError(InputError):
    """There is no question of that name."""

    template = marked("There is no question '{name}'. Nearest: {nearest}. `stdgraph ask` lists them all.")


class UnfitWordsError(InputError):
    """No question fits what was asked in one's own words; `nearest` holds commands, best first."""

    template = marked("No question fits '{name}'. Nearest:\n{lines}\n`stdgraph ask` lists all questions.")

    def __init__(self, *, text: str, nearest: list[str]) -> None:
        self.nearest = nearest
        super().__init__(name=text, lines="\n".join(f"  {line}" for line in nearest) or "  -")


class ParameterError(InputError):
    """A parameter is missing, unknown or has a value of the wrong form; `argument` is its name in Python, if another."""

    template = marked("--{parameter}: {detail}.")


class UnknownColumnError(InputError):
    """A table has no column of that name; `nearest` holds those that come closest."""

    template = marked("There is no column '{name}' here. Nearest: {nearest}. There are {columns}.")


class UnknownNameError(InputError):
    """No thing bears that name; `nearest` holds the names that come closest."""

    template = marked("Nothing in the graph is named '{name}'{kind}. Nearest: {nearest}.")

    def __init__(self, *, name: str, nearest: list[str], kind: str = "") -> None:
        super().__init__(name=name, nearest=", ".join(nearest) or "-", kind=f" ({kind})" if kind else "")


class AmbiguousNameError(InputError):
    """Several things bear that name; `candidates` holds a line for each: label, kind, country, id."""

    template = marked("'{name}' names {count} things. Give one of these ids instead:\n{lines}")

    def __init__(self, *, name: str, candidates: list[str]) -> None:
        self.candidates = candidates
        super().__init__(name=name, count=len(candidates), lines="\n".join(f"  {c}" for c in candidates))


class ConfigError(InputError):
    """The settings file cannot be read, or says what is no setting."""

    template = marked("{place}: {detail}. Mend the settings file, or give another one with --config.")


class HomeError(InputError):
    """The user has no home folder, and no other place was given."""

    template = marked("There is no home folder. Set HOME, or STDGRAPH_CACHE and STDGRAPH_DATA to folders of yours.")


class ExtraError(InputError, ImportError):
    """What is asked for needs a library that is not installed; `extra` brings it."""

    template = marked("{what} need a library that is not installed: pip install 'stdgraph[{extra}]'")


class PackError(InputError):
    """There is no such pack or snapshot, or it is damaged."""

    template = marked("Pack {name}: {detail}. `stdgraph pack list` shows what is there.")


class TextError(InputError):
    """There is no text of a source document, or it is damaged."""

    template = marked("{key}: {detail}. `stdgraph sources attach {key} FILE` takes the text of this document.")


class PackFaultError(InputError):
    """A file of a register has a fault, and nothing may be left out."""

    exit_code = 1
    template = marked("{file}:{line}: {detail}. Nothing was imported; without --strict the rest would be.")


class NestingError(InputError):
    """An input is nested too deeply."""

    template = marked("The input is nested too deeply. Give its inner parts names of their own.")


class ClosureError(InputError):
    """A rule concludes too much from an input."""

    template = marked(
        "The rule '{rule}' concludes more than {number} statements ({example} …). Leave out the data that it runs on."
    )


class OutputError(InputError):
    """The result cannot be written there."""

    template = marked("{path}: cannot be written ({detail}). Choose another place with -o.")


class PackPlaceError(OutputError):
    """The data directory cannot be written."""

    template = marked("{path}: cannot be written ({detail}). Make room, or set STDGRAPH_DATA to another folder.")


class EngineError(StdgraphError):
    """The engine or the endpoint failed."""

    exit_code = 3


class EndpointError(EngineError):
    """A remote endpoint refused, failed or answered nonsense."""

    template = marked(
        "The endpoint {url} {detail}. Check the address, or leave out --endpoint to use the embedded store."
    )
    is_refusal = False
    """Whether it is the query that the engine does not take; another one may do."""


class ChangedError(EngineError):
    """A compiled graph is damaged, and its files are others by now."""

    template = marked("The compiled graph is damaged, and its files have changed since it was opened. Open it again.")


class DamagedError(EngineError):
    """A compiled graph is damaged as soon as it is made."""

    template = marked(
        "{path}: the compiled graph was damaged, was made again, and is damaged again. Check the disk, or set STDGRAPH_CACHE to another folder."
    )


class DownloadError(EngineError):
    """A file cannot be downloaded from its publisher; `passing` tells that another try may do."""

    template = marked(
        "{url} {detail}. Try again later, or download the file yourself and give it to `stdgraph pack add`."
    )

    def __init__(self, *, url: str, detail: str, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(url=url, detail=detail, passing=passing)


class MemoryLimitError(EngineError):
    """There is not enough memory."""

    template = marked("There is not enough memory for this. Give fewer or smaller files, or ask for less (LIMIT).")


class QueryMemoryError(MemoryLimitError):
    """A query needed more memory than allowed."""

    template = marked(
        "The query needed more than {size} MiB of memory and was stopped. Make it more selective, or raise --memory."
    )


class TimeLimitError(EngineError):
    """A query ran longer than allowed."""

    template = marked(
        "The query ran longer than {seconds} s and was stopped. Make it more selective, or raise --timeout."
    )


def limit(error: MemoryError | RecursionError) -> StdgraphError:
    """Return what Python's own error means for a user."""
    return MemoryLimitError() if isinstance(error, MemoryError) else NestingError()


UNEXPECTED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What code meets in rows that its query cannot have: no value, or another kind of it, where each row has one."""


def odd_rows(url: str, error: Exception) -> EndpointError:
    """Return what such an error means where the rows came from an endpoint."""
    detail = Phrase("answered with rows that the query cannot have ({kind})", kind=type(error).__name__)
    return EndpointError(url=url, detail=detail)
