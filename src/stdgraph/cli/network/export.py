"""`stdgraph network export`: a view as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from stdgraph.cli.network.options import network_of, networks_of, no_two_times, with_times, with_view
from stdgraph.cli.options import Settings, settings, shared
from stdgraph.cli.render import chosen, emit
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked

if TYPE_CHECKING:
    from stdgraph.networks.network import Network


@click.command("export")
@shared
@with_view
@with_times
@click.pass_context
def export_command(ctx: click.Context, /, view: str, slices: str | None, days: str | None, **asked: Any) -> None:
    """Write a view as a file: graphml, gexf, csv, zip and more; the suffix tells the form where -f does not.

    Example: stdgraph network export --view cooperation --format graphml -o cooperation.graphml
    """
    from stdgraph.networks.formats import FORMATS

    options = settings(ctx)
    if options.format is None:
        raise ParameterError(parameter="format", detail=Phrase("needed: one of {forms}", forms=", ".join(FORMATS)))
    form = chosen(options, tuple(FORMATS))
    no_two_times(slices, days)
    if slices or days:
        _sliced(options, view, form, days=days, **asked)
        return
    found = network_of(options, view, **asked)
    put(options, found, form)
    counts = {"nodes": found.number_of_nodes(), "edges": found.number_of_edges()}
    options.say(Phrase("{nodes} nodes, {edges} edges", **counts))


def _sliced(options: Settings, view: str, form: str, *, days: str | None, **asked: Any) -> None:
    """Write the network of each year or day into one zip, with what they were made of."""
    from stdgraph.networks.formats import FORMATS, export
    from stdgraph.networks.formats.packed import manifest, zipped

    found = networks_of(options, view, days=days, **asked)
    files = {f"{year}.{form}": export(one, form, lang=options.lang, excel=options.excel) for year, one in found.items()}
    for name, write in FORMATS[form].beside.items():
        files |= {f"{year}.{name}.{form}": write(one, options.lang, options.excel) for year, one in found.items()}
    told = {f"{year}.manifest.json": manifest(one) for year, one in found.items()}
    emit(options, zipped(files | told))
    _say_what_it_loses(options, form, whole=bool(FORMATS[form].beside))
    each = marked("{number} networks, one a day") if days else marked("{number} networks, one a year")
    options.say(Phrase(each, number=len(found)))


def put(options: Settings, found: Network, form: str) -> None:
    """Write a network in a form; what that cannot hold stands in files beside it, or is told."""
    from stdgraph.networks.formats import FORMATS, export

    emit(options, export(found, form, lang=options.lang, excel=options.excel))
    rest = FORMATS[form].beside if options.output else {}
    for name, write in rest.items():
        _rest(options, name, write(found, options.lang, options.excel))
    _say_what_it_loses(options, form, whole=bool(rest))
    if options.output and not FORMATS[form].tells:
        beside(options, found)


def _say_what_it_loses(options: Settings, form: str, *, whole: bool) -> None:
    """Tell what a form cannot hold, unless other files make it whole."""
    from stdgraph.networks.formats import FORMATS

    if FORMATS[form].loses and not whole:
        options.say(Phrase("{form} cannot hold {what}", form=form, what=Phrase(FORMATS[form].loses)))


def _rest(options: Settings, name: str, data: bytes) -> None:
    """Write what else of a network a form has into a file of its own, and tell where."""
    from pathlib import Path

    from stdgraph.storage.writing import write_atomic

    path = Path(options.output or "")
    place = path.with_name(f"{path.stem}.{name}{path.suffix}")
    write_atomic(place, data)
    options.say(Phrase("nodes are in {file}", file=place))


def beside(options: Settings, found: Network) -> None:
    """Write what a file was made of beside it, as JSON."""
    from pathlib import Path

    from stdgraph.networks.formats.packed import manifest
    from stdgraph.storage.writing import write_atomic

    write_atomic(Path(f"{options.output}.manifest.json"), manifest(found))
