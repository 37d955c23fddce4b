"""`stdgraph reconcile`: names to ids, duplicates inside the graph, and judgements on both."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext
from typing import Any

import click

from stdgraph.cli.completion import CLASSES, Code
from stdgraph.cli.options import Settings, settings, with_rows
from stdgraph.cli.render import MADE, TABLES, chosen, emit, emit_table, stdin_bytes
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked

SSSOM = "sssom"
SUMMARY = marked("{sure} of {number} names are sure, {open} have candidates, {none} have none.")
WRITTEN = {
    True: marked("{one} is judged the same as {other}, whose id is kept: {path}"),
    False: marked("{one} and {other} are judged two things: {path}"),
}


class Score(click.ParamType[float]):
    """A number from 0 to 1."""

    name = "score"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        try:
            found = float(value)
        except ValueError:
            found = -1.0
        if not 0 <= found <= 1:
            self.fail(gettext("'{value}' is no number from 0 to 1").format(value=value), param, ctx)
        return found


@click.command("reconcile")
@click.argument("file", required=False, metavar="[FILE|-]")
@click.option("--column", metavar="COLUMN", help="The column of names, by its head or its number.")
@click.option("--country-column", metavar="COLUMN", help="The column of countries.")
@click.option("--kind", type=Code(CLASSES), metavar="CLASS", help="Only things of this class, such as Organization.")
@click.option(
    "--top", type=click.IntRange(1, 50), default=1, show_default=True, help="So many candidates of each name."
)
@click.option("--least", type=Score(), metavar="SCORE", help="The lowest score that is told, from 0 to 1.")
@click.option("--same", nargs=2, metavar="ID ID", help="Judge two ids to mean one thing; the second one is kept.")
@click.option("--different", nargs=2, metavar="ID ID", help="Judge two ids to mean two things.")
@click.option("--author", metavar="NAME", help="With a judgement: who judges.")
@click.option("--date", "day", metavar="DATE", help="With a judgement: the day of it.")
@click.option("--comment", metavar="TEXT", help="With a judgement: why.")
@with_rows
@click.pass_context
def reconcile_command(
    ctx: click.Context,
    file: str | None,
    column: str | None,
    country_column: str | None,
    kind: str | None,
    top: int,
    least: float | None,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    author: str | None,
    day: str | None,
    comment: str | None,
) -> None:
    """Find the ids that a column of names means; without FILE, the things that the graph has twice.

    Example: stdgraph reconcile bodies.csv --column Body --kind Organization
    """
    options = settings(ctx)
    options.no_as_of("reconcile")
    about = {"author": author or "", "day": day or "", "comment": comment or ""}
    if same or different:
        _judge(options, same, different, file, about)
        return
    if any(about.values()):
        raise ParameterError(parameter=_first(about), detail=Phrase("goes with --same and --different"))
    form = chosen(options, (*TABLES, *MADE, SSSOM))
    if file is None:
        _duplicates(options, form, kind, least)
    else:
        asked = _asked(options, file, column, country_column)
        _names(options, form, asked, kind=kind, top=top, least=0.5 if least is None else least)


def _judge(
    options: Settings,
    same: Sequence[str] | None,
    different: Sequence[str] | None,
    file: str | None,
    about: dict[str, str],
) -> None:
    if file or (same and different):
        raise ParameterError(parameter="same", detail=Phrase("give one judgement alone, without a file"))
    one, other = same or different or ("", "")
    row, path = options.graph.judge(one, other, same=bool(same), **about)
    options.say(Phrase(WRITTEN[bool(same)], one=row.subject_id, other=row.object_id, path=path))


def _first(about: dict[str, str]) -> str:
    return next("date" if name == "day" else name for name, value in about.items() if value)


def _asked(options: Settings, file: str, column: str | None, country: str | None) -> list[Any]:
    from stdgraph.services.reconcile import entries

    return entries(file, column, country, data=stdin_bytes() if file == "-" else None)


def _names(options: Settings, form: str, asked: list[Any], **how: Any) -> None:
    from stdgraph.services.reconcile import names_as_sssom, names_table

    found = options.graph.reconciled(asked, **how)
    if form == SSSOM:
        emit(options, names_as_sssom(found, lang=options.lang))
    else:
        emit_table(options, names_table(options.graph.reads, found, lang=options.lang), numbered=False)
    sure = sum(any(c.sure for c in of) for _, of in found)
    none = sum(not of for _, of in found)
    options.say(Phrase(SUMMARY, sure=sure, number=len(found), open=len(found) - sure - none, none=none))


def _duplicates(options: Settings, form: str, kind: str | None, least: float | None) -> None:
    from stdgraph.services.reconcile import pairs_as_sssom, pairs_table

    found = options.graph.duplicates(kind=kind, least=0.8 if least is None else least)
    if form == SSSOM:
        emit(options, pairs_as_sssom(options.graph.reads, found, lang=options.lang))
    else:
        emit_table(options, pairs_table(options.graph.reads, found, lang=options.lang), numbered=False)
