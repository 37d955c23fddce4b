"""Documents of an opened graph, and what a steward enters from them: sources, citations, new facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from stdgraph.errors import ParameterError, UnknownNameError
from stdgraph.locale import Phrase
from stdgraph.model.light import replace
from stdgraph.model.results import Table
from stdgraph.model.vocabulary import SRC, expand
from stdgraph.opened import Opened, remote_faults_told
from stdgraph.storage.files import HeldFile, content

if TYPE_CHECKING:
    from stdgraph.model.blanks import Blank
    from stdgraph.model.results import Finding
    from stdgraph.services.intake import Intake
    from stdgraph.services.new_source import NewSource
    from stdgraph.services.verify import Verification

AnyTable = TypeVar("AnyTable", bound=Table)
RECORDS = "sources.ttl"
"""The file of the source documents: where it lies is the folder of the data."""


class Documents(Opened):
    """An opened graph whose documents are asked, and into whose files facts are entered."""

    @remote_faults_told
    def sources(self, name: str | None = None) -> Table:
        """Return the source documents, or every statement about one thing with its place, confidence and rank."""
        from stdgraph.services.sources import documents, statements

        if name is None:
            return documents(self.reads, lang=self.lang)
        return statements(self.reads, self.iri(name), lang=self.lang)

    def attach(self, key: str, path: str | Path) -> Table:
        """Keep the user's own text of a source document in the user's data folder; see `stdgraph.services.verify`."""
        from stdgraph.services.verify import attach, attachment, checksum_read

        iri = self._source(key)
        return attachment(attach(iri.removeprefix(SRC), Path(path)), checksum_read(self.reads, iri))

    def places(self, key: str, form: str = "") -> Table:
        """Return the passages of the attached text of a document with their locators, or where a printed form stands."""
        from stdgraph.services.verify import passages

        return passages(self._source(key).removeprefix(SRC), form)

    @remote_faults_told
    def verify(self, *keys: str) -> Verification:
        """Return what came of looking up all citations of documents in their attached texts, of all where none is named."""
        from stdgraph.services.verify import verify

        return verify(self.reads, [self._source(key).removeprefix(SRC) for key in keys], lang=self.lang)

    @remote_faults_told
    def annotations(self, verified: Verification) -> dict[str, Any]:
        """Return what was found in the attached texts as W3C Web Annotations (JSON-LD)."""
        from stdgraph.services.verify import web_annotations

        return web_annotations(self.reads, verified)

    def excerpts(self, found: AnyTable) -> AnyTable:
        """Return a table whose sources bring the passages of the attached texts."""
        from stdgraph.services.excerpt import with_excerpts

        return with_excerpts(found)[0]

    def blanks(self, *forms: str) -> list[Blank]:
        """Return empty forms with their code lists, all where none is named; see `stdgraph.services.intake`.

        >>> import stdgraph
        >>> stdgraph.open().blanks("offices")[0].columns[0].heading["zh"]
        '人员'
        """
        from stdgraph.services.intake import blanks, template, templates

        return blanks(self.reads, [template(name) for name in forms or templates()])

    def intake(
        self,
        *files: str | Path | tuple[str, bytes],
        template: str | None = None,
        encoding: str = "",
        root: str | Path | None = None,
        write: bool = True,
        fail_on: str = "Violation",
    ) -> Intake:
        """Return what came of filled-in forms: faults by cell, or what was added to the files of the data.

        All is written or nothing: not where there is a fault, nor where the shapes find one so bad in the result.

        Args:
            files: CSV, TSV or XLSX files, or pairs of a name and the bytes.
            template: the form that they all are; by default their names or headings tell.
            encoding: of CSV and TSV, where it is neither told by the file nor to be seen.
            root: the folder of the data, which holds `sources.ttl`; by default that of the opened graph.
            write: whether to write.
            fail_on: how bad a finding must be to be a fault: `Violation`, `Warning` or `Info`.

        Raises:
            FileError, ParameterError: a file cannot be read, or is no form.
            OutputError: the files cannot be written; none was.
        """
        from stdgraph.services import intake
        from stdgraph.storage.writing import write_all

        form = intake.template(template) if template else None
        place = self.data_folder(root) if write or root else self._any_folder()
        read = [sheet for file in files for sheet in intake.sheets(*_named(file), encoding=encoding)]
        plan = intake.plan(self.reads, read, self.files, place, form=form, lang=self.lang)
        texts = {} if plan.faults else plan.texts(place)
        if plan.additions:
            plan = plan.traced(self._found(plan.texts(place)))
        sound = not plan.fails(fail_on)
        if write and sound and texts:
            write_all({path: after.encode() for path, (_, after) in texts.items()})
        return intake.Intake(plan, place, texts if sound else {}, written=write and sound)

    def new_source(
        self,
        key: str,
        *,
        title_en: str,
        title_zh: str,
        translated: str,
        language: str | Sequence[str],
        issuer: Sequence[str] = (),
        text: str | Path | None = None,
        root: str | Path | None = None,
        write: bool = True,
        **about: Any,
    ) -> tuple[NewSource, Sequence[Finding]]:
        """Return the record of a new source document, and what the shapes find of it; it is written, with its folder.

        Args:
            key: by which the document is cited.
            title_en: its title in English.
            title_zh: in Chinese.
            translated: which titles are ours: `en`, `zh`, `both` or `none`.
            language: tag of its language, or several.
            issuer: who issued it, by any name.
            text: a file with its text, which is attached; length and checksum go into the record.
            root: the folder of the data; by default that of the opened graph.
            write: whether to write.
            about: `date`, `type`, `rights`, `license`, `url`, `notes`; see `stdgraph.services.new_source`.

        Raises:
            ParameterError, UnknownNameError, AmbiguousNameError: something said is not so; nothing was written.
        """
        from stdgraph.services.new_source import Description, check_key, new_source
        from stdgraph.services.verify import attach
        from stdgraph.storage.writing import write_all

        place, tags = self.data_folder(root), [language] if isinstance(language, str) else list(language)
        check_key(self.reads, key)
        issuers = [self._exactly(name, "Actor") for name in issuer]
        said = Description(key, title_en, title_zh, translated, tags, issuers, **about)
        new_source(self.reads, said, place, lang=self.lang)  # what is wrong is told before the text is kept
        if text:
            kept = attach(key, Path(text))
            said = replace(said, characters=kept.characters, checksum=kept.checksum)
        made = new_source(self.reads, said, place, lang=self.lang)
        findings = self._found(made.texts)
        if write and not any(f.severity == "Violation" for f in findings):
            write_all({path: after.encode() for path, (_, after) in made.texts.items()})
        return made, findings

    def data_folder(self, root: str | Path | None = None) -> Path:
        """Return the folder of the data into which facts are written; raises ParameterError where there is none."""
        if root is not None:
            return Path(root)
        found = {file.path.parent for file in self.files if file.path.name == RECORDS}
        packed = content("data", "ttl") if content().name == "content" else None
        if len(found) != 1 or packed in found:
            detail = Phrase("give the folder of your data that holds {file}, such as data/ttl", file=RECORDS)
            raise ParameterError(parameter="data", detail=detail)
        return Path(found.pop())

    def _exactly(self, name: str, kind: str) -> str:
        """Return the one thing that bears a name; raises UnknownNameError for one that only holds its words."""
        iri, names = self.iri(name, kind), self.reads.names
        if iri != expand(name) and iri not in names.keyed(name):
            found = names.get(iri)
            raise UnknownNameError(name=name, nearest=[names.line(found, self.lang)] if found else [], kind=kind)
        return iri

    def _any_folder(self) -> Path:
        """Return the folder of the data, that of the package where there is no other: nothing will be written."""
        try:
            return self.data_folder()
        except ParameterError:
            return content("data", "ttl")

    def _found(self, texts: Mapping[Path, tuple[str, str]]) -> tuple[Finding, ...]:
        """Return what validation finds of what files are to say, each in place of what it says now."""
        from stdgraph.services.validate import Change, judge

        known = {file.path.resolve(): file for file in self.files}
        beside = [
            HeldFile(path, path.resolve().as_uri(), before.encode())
            for path, (before, _) in texts.items()
            if before and path.resolve() not in known
        ]  # what a file says that the graph at hand leaves out is nothing new
        known |= {file.path.resolve(): file for file in beside}
        gone = [known[path.resolve()] for path in texts if path.resolve() in known]
        new = [
            HeldFile(
                path,
                known[path.resolve()].graph if path.resolve() in known else path.resolve().as_uri(),
                after.encode(),
            )
            for path, (_, after) in texts.items()
            if path.suffix == ".ttl"
        ]
        files = [*self.files, *(file for file in beside if file.path.suffix == ".ttl")]
        gone = [file for file in gone if file in files]
        return judge(files, Change(new, gone), lang=self.lang).findings


def _named(file: str | Path | tuple[str, bytes]) -> tuple[Path, bytes | None]:
    return (Path(file[0]), file[1]) if isinstance(file, tuple) else (Path(file), None)
