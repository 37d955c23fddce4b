"""`stdgraph infer`: what the graph entails, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stdgraph.cli.options import Settings, settings, shared, tell
from stdgraph.cli.render import as_json, as_lines, chosen, emit, rendered
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.model import escape
from stdgraph.model.results import Cell, table

if TYPE_CHECKING:
    from stdgraph.services.infer import Inference


@click.command("infer")
@click.option(
    "--explain", nargs=3, metavar="S P O", help="Prove one triple: its shortest proof, down to file and source."
)
@click.option("--engine", type=click.Choice(["rules", "owlrl"]), default="rules", help="owlrl is the slow reference.")
@click.option("--store", metavar="FOLDER", help="Write all triples into a new Oxigraph store, and print none.")
@click.option("--profile", is_flag=True, help="Tell on standard error what each rule derived and cost.")
@shared
@click.pass_context
def infer_command(
    ctx: click.Context, explain: tuple[str, str, str] | None, engine: str, store: str | None, profile: bool
) -> None:
    """Print the triples that the ontology (OWL 2 RL) and the cooperation rules entail, without the asserted ones.

    Contradictions are reported on standard error, with the triples that clash (exit code 1).

    Example: stdgraph infer --explain SAC coPartyWith BSI
    """
    options = settings(ctx)
    options.no_as_of("infer")
    options.copied()
    if explain:
        _explain(ctx, options, explain)
        return
    found = _inference(options, engine, counting=profile)
    if store:
        _into(options, found, store)
    else:
        _print(options, found)
    if profile:
        _profile(options, found)
    _report(options, found)
    if found.clashes:
        ctx.exit(1)


def _inference(options: Settings, engine: str, *, counting: bool) -> Inference:
    from stdgraph.services.build import input_files
    from stdgraph.services.infer import inference
    from stdgraph.storage.files import given_files, once

    say = options.say if options.given.get("verbose") or engine == "owlrl" else None
    base = input_files(options.given.get("data", ()), packs=options.given.get("pack", ()), say=options.say)
    added = given_files(options.given.get("with", ()), options.say)
    new = once([*base, *added])[len(base) :]
    base = [file for file in base if not file.bulk]  # of the large parts of packs no rule speaks
    return inference(base, new, engine=engine, counting=counting, say=say)


def _print(options: Settings, found: Inference) -> None:
    from stdgraph.storage.export import ntriples
    from stdgraph.storage.turtle import turtle_of

    form = chosen(options, ("ttl", "nt"))
    emit(options, turtle_of(found.triples) if form == "ttl" else ntriples(found.triples))
    options.say(Phrase("{number} derived triples", number=len(found.triples)))


def _into(options: Settings, found: Inference, folder: str) -> None:
    from stdgraph.storage.export import write_store

    if options.output:
        raise ParameterError(parameter="store", detail=Phrase("not together with --output"))
    write_store(found.store, Path(folder))
    counts = {"quads": len(found.store), "triples": len(found.triples)}
    options.say(Phrase("{quads} quads, {triples} derived triples among them", **counts))


def _profile(options: Settings, found: Inference) -> None:
    rows: list[dict[str, Cell]] = [
        {"rule": name, "runs": runs, "derived": derived, "ms": round(seconds * 1000, 1)}
        for name, runs, derived, seconds in found.profile.rows()
    ]
    told = table(("rule", "runs", "derived", "ms"), rows)
    click.echo(rendered(Settings({"format": "table", "lang": options.lang}), told, numbered=False), err=True, nl=False)


def _report(options: Settings, found: Inference) -> None:
    for clash in found.clashes:
        tell(f"{clash.rule}: {clash.message(options.lang)}")
        for triple in clash.triples:
            tell(f"    {escape.line(' '.join(triple))} .")
    if found.left_out:
        names = ", ".join(found.left_out)
        options.say(Phrase("No rule here covers {names}: `--engine owlrl` does.", names=names))


def _explain(ctx: click.Context, options: Settings, triple: tuple[str, str, str]) -> None:
    from stdgraph.storage.turtle import turtle_of

    form = chosen(options, ("table", "json", "ttl"))
    proof = options.graph.explain(*triple)
    if proof is None:
        told = Phrase("Nothing in the graph entails: {triple}", triple=" ".join(triple))
        tell(translated(told, options.lang))
        ctx.exit(1)
    if form == "json":
        emit(options, as_json(proof.plain()))
    else:
        text = turtle_of(proof.triples()) if form == "ttl" else as_lines(proof.lines(options.lang))
        emit(options, text)
