"""`stdgraph ask "WORDS"`: a question in one's own words."""

from __future__ import annotations

from collections.abc import Callable

import click

from stdgraph.cli.language import ARGUMENTS, wanted
from stdgraph.cli.options import KEY, drawing, excerpting, settings, with_rows
from stdgraph.cli.render import DRAWN, MADE, TABLES, WITH_RECORDS, chosen, emit, emit_table
from stdgraph.locale import Phrase, marked
from stdgraph.model.results import Answer
from stdgraph.model.spelling import HAN

HELP = marked("Answer a question in one's own words: the canned question that fits is asked.")
SUGGEST = marked("Only list the five questions that fit best, with their commands.")


def words_command(text: str, ctx: click.Context, print_answer: Callable[..., None], refusal: str) -> click.Command:
    """Make the command that answers words; what is asked in Chinese is answered in Chinese, unless told otherwise."""
    _speak(text, ctx)

    @click.command(text[:1], help=HELP)
    @click.option("--suggest", is_flag=True, help=SUGGEST)
    @click.option("--why", is_flag=True, help="Add the records behind each row.")
    @click.option("--sources", is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md.")
    @click.pass_context
    def answered(
        ctx: click.Context, suggest: bool, why: bool, sources: bool, excerpt: bool, chart: str | None, dark: bool
    ) -> None:
        options = settings(ctx)
        _speak(text, ctx)
        if suggest:
            found = options.graph.suggest(text, say=options.say)
            emit_table(options, found, title=Phrase("Questions that fit"), numbered=False)
            return
        form = chosen(options, WITH_RECORDS, refusal) if why else chosen(options, (*TABLES, *MADE, *DRAWN))
        graph = options.graph
        each = graph.ask_each(text, as_of=options.as_of, undated=options.undated, why=why, say=options.say)
        several = form == "table" and not options.output and not options.counts
        for at, (answer, command) in enumerate(each):
            if at and not several:
                options.say(Phrase("Asks this, too: {command}", command=command))
                continue
            if at:
                emit(options, "\n")
            options.say(_told(answer, command))
            print_answer(options, answer, form, why=why, excerpt=excerpt, sources=sources, chart=chart or "", dark=dark)

    return with_rows(drawing(excerpting(answered)))  # type: ignore[no-any-return]  # click keeps no type of a command


def _speak(text: str, ctx: click.Context) -> None:
    """Let the call speak Chinese where it is asked in Chinese and says nothing of a language."""
    if HAN.search(text) and wanted(ctx.meta.get(ARGUMENTS, ())) is None:
        ctx.meta[ARGUMENTS] = (*ctx.meta.get(ARGUMENTS, ()), "--lang", "zh")
        ctx.meta.setdefault(KEY, {})["lang"] = "zh"


def _told(answer: Answer, command: str) -> Phrase:
    """Return which question was asked, and of how many rows those are that hold most of the words."""
    if answer.whole in (None, len(answer)) or " --like " not in command:
        return Phrase("Asked: {command}", command=command)
    message = marked(
        "Asked: {command}\n{rows} of its {number} rows hold most of your words; without --like it prints all."
    )
    return Phrase(message, command=command, rows=len(answer), number=answer.whole)
