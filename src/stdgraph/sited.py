"""The explorer of an opened graph, and its finished pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import short
from stdgraph.networked import CITE, OWN_LICENCE
from stdgraph.pages import Pages

if TYPE_CHECKING:
    from stdgraph.graph.foretold import Foretold
    from stdgraph.model.results import Answer
    from stdgraph.services.site import Bundle, Front, Places

ENDPOINT = Phrase("the explorer needs the embedded store; leave it out")


class Sited(Pages):
    """An opened graph that writes the explorer; `api.Graph` adds what else one asks of it."""

    def site(self, place: str | Path, *, one_file: bool = False, address: str = "", standards: bool = False) -> int:
        """Write the explorer, and return how many pages: into a folder for any file server, or as one that opens from disk.

        In a folder countries, bodies, committees, agreements, documents and years have finished pages in both languages,
        which need no script. All is written or nothing. Of what is there by other names only what an older explorer wrote
        is taken away.

        Args:
            place: the folder, or the file.
            one_file: whether it is one page.
            address: where the folder will be (`https://example.org/atlas/`), for search engines; they are given a map then.
            standards: also the standards of registers, which are many; without them the explorer says where it may lack some.

        Raises:
            InputError: the explorer is not built in this checkout.
            ParameterError: the graph is an endpoint's.
            OutputError: the place cannot be written.
        """
        from stdgraph.services.site import folder, left_over
        from stdgraph.storage.writing import write_all, write_atomic

        if one_file:
            write_atomic(Path(place), self.site_page(standards=standards))
            return 1
        where = self._places()
        bundle, front = self._site_parts({short(iri): path for iri, path in where.paths.items()}, standards=standards)
        files = folder(bundle, front, dict(self._finished(where, f"{address.rstrip('/')}/" if address else "")))
        old = left_over(Path(place), files)
        write_all({Path(place) / name: data for name, data in files.items()})
        for path in old:
            with suppress(OSError):
                path.unlink()
        return sum(name.endswith(".html") for name in files)

    def site_page(self, *, standards: bool = False) -> bytes:
        """Return the explorer as one page; raises as `site` does."""
        from stdgraph.services.site import one_file

        return one_file(*self._site_parts(standards=standards))

    def site_files(self, endpoint: str = "") -> dict[str, bytes]:
        """Return the explorer as files by their paths, without finished pages; raises as `site` does.

        Args:
            endpoint: where the server that serves them answers SPARQL; the explorer asks there, and its own engine where that fails.
        """
        from stdgraph.services.site import folder

        return folder(*self._site_parts(endpoint=endpoint))

    def _site_parts(
        self, written: Mapping[str, str] | None = None, *, standards: bool = False, endpoint: str = ""
    ) -> tuple[Bundle, Front]:
        from importlib.metadata import version

        from stdgraph.networks.canvas import canvas
        from stdgraph.networks.views import views
        from stdgraph.services.schema.book import book
        from stdgraph.services.site import bundle, front
        from stdgraph.services.site.lighter import NOTHING, left_out
        from stdgraph.services.words import index_of
        from stdgraph.services.words.told import told

        if self.reads.url:
            raise ParameterError(parameter="endpoint", detail=ENDPOINT)
        built = front()
        store: Any = self.reads
        drawn = {name: view.query for name, view in views().items()}
        without = NOTHING if standards else left_out(store, lambda: store.steady(lambda: list(store.store)), drawn)
        made = bundle(
            store,
            built.messages,
            told(index_of(store)),
            networks=canvas(store, without.things),
            data=self.data or "",
            packs=self._packs(),
            version=version("stdgraph"),
            licence=OWN_LICENCE,
            cite=CITE,
            notices=built.text("licences.txt"),
            schema=book(store),
            written=written,
            without=without,
            endpoint=endpoint,
        )
        return made, built

    def _places(self) -> Places:
        """Return the things that have finished pages, and where."""
        from stdgraph.graph.subjects import pages_of_each
        from stdgraph.services.site import places

        if self.reads.url:
            raise ParameterError(parameter="endpoint", detail=ENDPOINT)
        return places(pages_of_each(self.reads))

    def _finished(self, where: Places, address: str = "") -> Iterator[tuple[str, bytes]]:
        """Yield the finished pages by their paths; what many of them ask is asked at once."""
        from importlib.metadata import version

        from stdgraph.graph.foretold import Foretold
        from stdgraph.graph.profiles import plan
        from stdgraph.services.profile import profile
        from stdgraph.services.site import KINDS, LANGS, Frame, counts, finished, first, listed, sitemap

        store: Any = self.reads
        reads = Foretold(store)
        asker = Asker(reads)
        for kind, things in where.kinds.items():
            asker.foretell(kind, things)
        number = counts(reads)
        told: dict[str, Any] = {"packs": self._packs(), "data": self.data}
        for lang in LANGS:
            here = Frame(lang, where, self.data or "", version("stdgraph"), OWN_LICENCE, address)
            labels: dict[str, str] = {}
            kinds: dict[str, str] = {}
            for iri, name in where.profiles:
                page = profile(reads, [iri], partial(asker.ask, lang), lang=lang, made=plan(name), **told)
                of = page.of[0]
                labels[iri], kinds[iri] = (
                    of.entity.label,
                    " · ".join([of.kind, *([of.country.label] if of.country else [])]),
                )
                yield here.at(iri).file(), finished(page, here).encode("utf-8", "replace")
            for kind in filter(where.kinds.get, KINDS):
                yield f"{lang}/{kind}.html", listed(here, kind, labels, kinds).encode("utf-8", "replace")
            yield f"{lang}/index.html", first(here, number).encode("utf-8", "replace")
        if address:
            paths = ["index", *filter(where.kinds.get, KINDS), *where.paths.values()]
            yield "sitemap.xml", sitemap(paths, address).encode()


class Asker:
    """Answers questions for many pages; what is empty in one language is so in all."""

    def __init__(self, reads: Foretold) -> None:
        self.reads = reads
        self.empty: dict[tuple[Any, ...], Answer] = {}

    def ask(self, lang: str, name: str, arguments: Mapping[str, str], as_of: str | None) -> Answer:
        """Return the answer to a question in a language."""
        from stdgraph.services.ask import ask

        key = (name, *sorted(arguments.items()))
        if key in self.empty:
            return self.empty[key]
        found = ask(self.reads, name, arguments, lang=lang, as_of=as_of, hints=False)
        if not len(found):
            self.empty[key] = found
        return found

    def foretell(self, kind: str, things: Sequence[str]) -> None:
        """Ask what the lists of a kind of page ask, of all things of that kind at once."""
        from stdgraph.graph.profiles import FIRST, plan
        from stdgraph.graph.questions import question
        from stdgraph.model.results import Answer
        from stdgraph.services.ask import resolve

        for panel in plan(kind).panels if things else ():
            asked = question(panel.question)
            own = [name for name, value in panel.parameters.items() if value == FIRST]
            if not any([one.name] == own and not (one.datatype or one.schemes) for one in asked.parameters):
                continue
            values = resolve(self.reads, asked, {**panel.parameters, own[0]: things[0]})
            del values[own[0]]
            nothing = Answer(tuple(column.name for column in asked.columns), (), question=asked.name)
            for iri in self.reads.foretell(asked, own[0], values, things):
                self.empty[asked.name, *sorted({**panel.parameters, own[0]: iri}.items())] = nothing
