"""`stdgraph ask`: canned questions."""

from __future__ import annotations

from typing import Any

import click

from stdgraph.cli.completion import Code, Name, code_help
from stdgraph.cli.language import language, speaking
from stdgraph.cli.options import Settings, drawing, excerpting, settings, with_rows
from stdgraph.cli.render import (
    DRAWN,
    MADE,
    TABLES,
    WITH_RECORDS,
    arranged,
    as_lines,
    chosen,
    emit,
    emit_made,
    emit_table,
    is_on_screen,
    no_picture,
    record_lines,
    rendered,
    screen_width,
)
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.model.results import Answer, table, text_of
from stdgraph.model.spelling import is_words
from stdgraph.services import ask as service

REFUSAL = marked("'{form}' makes no sense with --why; choose {forms}")


class Questions(click.Group):
    """A group with a command for each question file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions."""
        return service.question_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a question; raises UnknownQuestionError, but not while a shell completes."""
        if ctx.resilient_parsing and cmd_name not in service.question_names():
            return None
        if is_words(cmd_name):
            from stdgraph.cli.words import words_command

            return speaking(words_command(cmd_name, ctx, _print, REFUSAL))
        return speaking(_command(service.question(cmd_name), language(ctx)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions with their titles."""
        with formatter.section(marked("Questions")):
            formatter.write_dl([(q.name, q.title[language(ctx)]) for q in service.questions()])


class Asked(click.Command):
    """The command of a question; its help lists the codes of each option that takes some."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists of codes below the options."""
        code_help(ctx, self.params, formatter)


def _command(asked: service.Question, lang: str) -> click.Command:
    options: list[click.Parameter] = [_option(p, lang) for p in asked.parameters]
    if asked.actors and not any(p.name == service.LEVEL for p in asked.parameters):
        options.append(_level())
    options += [
        click.Option(["--why"], is_flag=True, help="Add the records behind each row."),
        click.Option(["--show-query"], is_flag=True, help="Print the SPARQL that runs, and stop."),
        click.Option(["--all", "whole"], is_flag=True, help="All rows, where the table is long."),
        click.Option(["--like"], metavar="WORDS", help="Of more than 30 rows those that hold most of these words."),
        click.Option(
            ["--sources"], is_flag=True, help="Sources in full: notes of a table, a column of csv, tsv and md."
        ),
    ]
    example = " ".join(f"--{n} {_quoted(v)}" for n, v in asked.example.items())
    text = f"{asked.title[lang]}\n\n{asked.description[lang]}\n\nExample: stdgraph ask {asked.name} {example}"
    command = Asked(asked.name, params=options, help=text, callback=click.pass_context(_run(asked)))
    return with_rows(drawing(excerpting(command)))  # type: ignore[no-any-return]  # click keeps no type of a command


def _quoted(value: str) -> str:
    return f"'{value}'" if " " in value else value


def _level() -> click.Option:
    names = [f"--{service.LEVEL}", f"value_{service.LEVEL}"]
    about = "Whether an actor stands for its bodies and units too; a country does, and a group of countries, unless told otherwise."
    return click.Option(names, type=click.Choice(service.LEVELS), help=about)


def _kind(parameter: service.Parameter) -> Any:
    """Return what completes the values of a parameter."""
    if parameter.schemes:
        return Code(*parameter.schemes, beside=service.LEVELS if parameter.name == service.LEVEL else ())
    return Name(*parameter.kinds) if not parameter.datatype else click.STRING


def _option(parameter: service.Parameter, lang: str) -> click.Option:
    kind = _kind(parameter)
    note = parameter.about[lang] + (translated(Phrase(" (optional)"), lang) if parameter.optional else "")
    names = [f"--{parameter.name}", f"value_{parameter.name}"]
    if parameter.datatype.endswith("boolean"):
        return click.Option(names, flag_value="true", default=None, help=note)
    metavar = (
        "CODE"
        if parameter.schemes
        else "NAME"
        if not parameter.datatype
        else "DATE"
        if parameter.datatype.endswith("date")
        else "VALUE"
    )
    return click.Option(names, type=kind, metavar=metavar, help=note)


def _run(asked: service.Question) -> Any:
    def run(
        ctx: click.Context,
        why: bool,
        show_query: bool,
        whole: bool,
        like: str | None,
        sources: bool,
        excerpt: bool,
        chart: str | None,
        dark: bool,
        **values: str | None,
    ) -> None:
        options = settings(ctx)
        day, undated = options.as_of, options.undated
        arguments = {n.removeprefix("value_"): v for n, v in values.items() if v is not None}
        form = chosen(options, WITH_RECORDS, REFUSAL) if why else chosen(options, (*TABLES, *MADE, *DRAWN))
        no_picture(form, chart, dark)
        graph = options.graph.reads if why or like else options.reads
        if show_query:
            as_it_stands = not arguments and any(not parameter.optional for parameter in asked.parameters)
            emit(options, asked.query if as_it_stands else service.query_of(graph, asked, arguments, options.lang, day))
            return
        answer = service.ask(graph, asked.name, arguments, lang=options.lang, as_of=day, undated=undated, why=why)
        if like:
            answer = options.graph.like(answer, like, say=options.say)
        _print(
            options, answer, form, why=why, excerpt=excerpt, sources=sources, chart=chart or "", dark=dark, whole=whole
        )

    return run


def _print(
    options: Settings,
    answer: Answer,
    form: str,
    *,
    why: bool,
    excerpt: bool,
    sources: bool,
    chart: str = "",
    dark: bool = False,
    whole: bool = True,
) -> None:
    """Write an answer in a form, as the options want it."""
    if why:
        answer = options.graph.proved(answer)
    if excerpt:
        answer = options.quoted(answer)
    answer = arranged(options, answer)
    if form in (*MADE, *DRAWN) and not options.counts:
        emit_made(options, answer, form, chart=chart, dark=dark)
    else:
        short = form == "table" and not (whole or why or excerpt or sources or options.counts)
        if short and is_on_screen(options) and not options.given.get("limit"):
            text = _readable(options, answer)
        else:
            text = rendered(options, answer, form=form, title=_title(answer), sources=sources)
        with_records = why and form == "table" and not options.counts
        emit(options, text + (_records(answer, options.lang) if with_records else ""))
    options.say_hints(answer)
    for name, stood in answer.groups.items():
        options.say(service.standing_told(text_of(answer.parameters[name]), stood))


def _readable(options: Settings, answer: Answer) -> str:
    from stdgraph.cli.long import readable

    by, width = service.question(answer.question).overview, screen_width(options)
    return readable(answer, by=by, title=_title(answer), width=width, color=options.color, lang=options.lang)


def _title(answer: Answer) -> str:
    """Return the title with what was given: by the name of the option, in Chinese by what that means."""
    given = [(in_words("parameter", name, answer.lang), text_of(value)) for name, value in answer.parameters.items()]
    if answer.lang == "zh":
        told = "，".join(f"{name}：{value}" for name, value in given)
        told = f"（{told}）" if told else ""
    else:
        told = ", ".join(f"{name}: {value}" for name, value in given)
        told = f"  ({told})" if told else ""
    return answer.title + told + (f"  [{answer.as_of}]" if answer.as_of else "")


def _records(answer: Answer, lang: str) -> str:
    lines = [""]
    for row in answer:
        lines.append(" · ".join(filter(None, (text_of(row.cells[c]) for c in answer.columns))))
        for record in row.records:
            lines += record_lines(record, lang)
    return as_lines(lines)


@click.group("ask", cls=Questions, invoke_without_command=True)
@with_rows
@click.pass_context
def ask_command(ctx: click.Context) -> None:
    """Answer a canned question; without a name, list the questions with their parameters.

    Example: stdgraph ask who-cooperates-with --actor SAC
    """
    if ctx.invoked_subcommand is None:
        options = settings(ctx)
        listed = table(("question", "parameters", "title"), service.listing(options.lang))
        emit_table(options, listed, numbered=False)
