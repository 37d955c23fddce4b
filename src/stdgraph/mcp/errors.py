"""What is told where a call fails: what was wrong and what to do, in terms of the tools and not of the command line."""

from __future__ import annotations

from stdgraph.errors import (
    UNEXPECTED,
    ParameterError,
    QueryMemoryError,
    StdgraphError,
    TimeLimitError,
    UnfitWordsError,
    UnknownQuestionError,
    limit,
    odd_rows,
)
from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp.replies import Reply
from stdgraph.mcp.wording import arguments, call
from stdgraph.model import escape

INSTEAD: dict[type[StdgraphError], str] = {
    ParameterError: marked("{parameter}: {detail}."),
    UnknownQuestionError: marked(
        "There is no question '{name}'. Nearest: {nearest}. `ask` without a question lists them all; "
        "a question in your own words has a blank or a question mark."
    ),
    TimeLimitError: marked("The query ran longer than {seconds} s and was stopped. Make it more selective."),
    QueryMemoryError: marked(
        "The query needed more than {size} MiB of memory and was stopped. Make it more selective."
    ),
}
"""Messages for assistants in place of those that speak of commands."""
UNFIT = marked(
    "No question fits '{name}'. Nearest, as arguments of `ask`:\n{lines}\n`ask` without a question lists them all."
)


def refusal(error: Exception, lang: str, url: str = "") -> Reply:
    """Return what a call answers where it failed; `url` is the endpoint that was asked, if one was."""
    if url and isinstance(error, UNEXPECTED) and not isinstance(error, StdgraphError):
        error = odd_rows(url, error)
    if isinstance(error, MemoryError | RecursionError):
        error = limit(error)
    if isinstance(error, StdgraphError):
        return Reply(arguments(_message(error, lang)), is_error=True)
    fault = f"{type(error).__name__}: {error}"
    told = Phrase("internal fault: {fault} (run again with -vv)", fault=fault)
    return Reply(str(translated(told, lang)), is_error=True)


def _message(error: StdgraphError, lang: str) -> str:
    if isinstance(error, UnfitWordsError):
        lines = "\n".join(f"  {call(command)}" for command in error.nearest) or "  -"
        return str(translated(Phrase(UNFIT, name=error.values["name"], lines=lines), lang))
    if (message := INSTEAD.get(type(error))) is None:
        return error.message(lang)
    told = {name: translated(value, lang) for name, value in error.values.items()}
    if "parameter" in told:
        told["parameter"] = escape.line(str(told["parameter"])).replace("-", "_")
    return str(translated(Phrase(message, **told), lang))
