"""Where the repository's content lies (a checkout, or the copy in the wheel), and how files are read."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, cached_property
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, overload

import pyoxigraph as ox

from stdgraph.errors import FileError, FormatError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.later import later
from stdgraph.model.light import dataclass, field, replace
from stdgraph.model.vocabulary import BASE, DERIVED, GRAPH

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
SUFFIXES = tuple(FORMATS)
PLAIN = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
"""Forms that name no graphs."""
ABOUT = (b"<<", b"{|", b"~")
"""What stands in a file with statements about statements, which the graph does not take."""
Say = Callable[[str], None]
BOM = b"\xef\xbb\xbf"
MAX_BYTES = 1 << 30
"""A larger file is refused: it would not fit the memory that a build may take."""
MAX_STREAM = 1 << 25
"""Of standard input, a device or a pipe, whose end nobody knows, no more bytes are read."""
MAX_TEXT = 1 << 25
"""A larger file is not formatted: its text, what it says and the new text stand in memory at once."""
BLOCK = 1 << 20
BLANK = later(r"(?:^| )_:")
"""A blank node in a quad that is written out."""


@cache
def content(*parts: str) -> Path:
    """Return a folder or file of the repository's content, from the wheel or from the checkout."""
    here = Path(__file__).resolve().parents[1]
    packed = here / "content"
    root = packed if packed.is_dir() else here.parents[1]
    return root.joinpath(*parts)


@dataclass(frozen=True)
class GraphFile:
    """A file of triples and the IRI of the named graph that it becomes; `bulk` is loaded as it is, without rules."""

    path: Path
    graph: str
    bulk: bool = field(default=False, kw_only=True)

    def read(self) -> bytes:
        """Return the bytes; raises FileError where the file cannot be read, or not twice, or is too large."""
        return read_bytes(self.path, again=True)

    def digest(self) -> bytes:
        """Return a hash of the content, and of the form in which it is read."""
        return _sha256(self.path.suffix.lower().encode() + b"\0" + self.read())

    def held(self) -> GraphFile:
        """Return the file as it is now: what is hashed and what is compiled are the same bytes."""
        return HeldFile(self.path, self.graph, self.read())

    def meaning(self) -> bytes:
        """Return a hash of what the file says: of its quads in whatever order, but of the content where nodes are blank."""
        home = ox.NamedNode(self.graph)
        lines = {str(quad.triple) if quad.graph_name == home else str(quad) for quad in self.quads()}
        if any("_:" in line and BLANK.search(line) for line in lines):
            return self.digest()
        return _sha256("\n".join(sorted(lines)).encode())

    def add_to(self, store: ox.Store) -> None:
        """Put the quads into a store; raises as `quads` does."""
        form = FORMATS.get(self.path.suffix.lower())
        data = self.read().removeprefix(BOM) if form in PLAIN else b""
        if form and data and not any(sign in data for sign in ABOUT):  # nothing left out: the engine alone is quicker
            with suppress(SyntaxError, MemoryError):  # told by what follows
                return store.bulk_load(data, format=form, base_iri=BASE, to_graph=ox.NamedNode(self.graph))
        return store.extend(self.quads())

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads, those without a graph in the graph of this file.

        What `stdgraph build` wrote of the ontology and of what is derived is left out: both are made anew.

        Raises:
            TurtleSyntaxError: with path, line and column.
        """
        from stdgraph.storage.syntax import check_nesting, syntax_error

        home, made = ox.NamedNode(self.graph), {*DERIVED, *(file.graph for file in ontology_files())}
        data = self.read().removeprefix(BOM)
        check_nesting(data, self.path)
        try:
            for quad in ox.parse(
                data, format=FORMATS[self.path.suffix.lower()], base_iri=BASE, rename_blank_nodes=True
            ):
                subject, predicate, value, graph = quad  # each asked for once: a file has thousands
                if isinstance(value, ox.Triple):
                    from stdgraph.storage.turtle import triple_term_error

                    raise triple_term_error(data.decode("utf-8", "replace"), str(self.path))
                if isinstance(graph, ox.DefaultGraph):
                    yield ox.Quad(subject, predicate, value, home)
                elif graph.value not in made:
                    yield quad
        except (SyntaxError, MemoryError) as error:
            is_turtle = self.path.suffix.lower() in (".ttl", ".nt")
            raise syntax_error(error, self.path, data if is_turtle else b"") from None


@dataclass(frozen=True)
class HeldFile(GraphFile):
    """A file with the bytes that it had."""

    data: bytes = field(repr=False)

    def digest(self) -> bytes:
        """Return a hash of the content."""
        return self._digest

    @cached_property
    def _digest(self) -> bytes:
        return super().digest()

    @cached_property
    def parsed(self) -> list[ox.Quad]:
        """The quads, once they are asked for."""
        return list(super().quads())

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads."""
        return iter(self.parsed)

    def add_to(self, store: ox.Store) -> None:
        """Put the quads into a store."""
        if "parsed" in self.__dict__:
            store.extend(self.parsed)
        else:
            super().add_to(store)

    def read(self) -> bytes:
        """Return the bytes."""
        return self.data


def read_bytes(path: Path, most: int | None = None, *, again: bool = False) -> bytes:
    """Return a file's bytes, those of a device or a pipe as far as a file may go.

    Args:
        path: the file.
        most: so many bytes it may have.
        again: whether it must be one that can be read a second time.

    Raises:
        FileError: it is not there, not readable or too large.
    """
    most = most or MAX_BYTES
    try:
        known = os.stat(path)
        is_file = stat.S_ISREG(known.st_mode)
        if again and not is_file:
            raise FileError(path=path, detail=Phrase("a device or a pipe, which can be read but once"))
        if known.st_size > most:
            raise _too_large(path, most)
        with open(path, "rb", buffering=0) as stream:
            return read_stream(stream, path, most if is_file else min(most, MAX_STREAM))
    except OSError as error:
        raise FileError(path=path, detail=Foreign(error.strerror or error)) from None


def read_stream(stream: BinaryIO, path: str | Path = "-", most: int = MAX_STREAM) -> bytes:
    """Return all bytes that a stream gives; raises FileError where there are too many."""
    parts, size = [], 0
    while part := stream.read(BLOCK):
        parts.append(part)
        size += len(part)
        if size > most:
            raise _too_large(path, most)
    return b"".join(parts)


def _too_large(path: str | Path, most: int) -> FileError:
    return FileError(path=path, detail=Phrase("larger than {size} MiB", size=most >> 20))


def read_text(path: Path, most: int | None = None) -> str:
    """Return a file's text, which must be UTF-8; raises FileError."""
    try:
        return read_bytes(path, most).removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        raise FileError(path=path, detail=Phrase("not UTF-8 at byte {number}", number=error.start)) from None


def ontology_files() -> list[GraphFile]:
    """Return the ontology, its code lists and its alignments."""
    return [GraphFile(p, f"{GRAPH}ontology/{p.stem}") for p in sorted(content("ontology").glob("*.ttl"))]


def data_files() -> list[GraphFile]:
    """Return the curated data; each file's graph is named after its path below `data/ttl`."""
    return _below(content("data", "ttl"), GRAPH)


def given_files(paths: Iterable[str | Path], say: Say | None = None) -> list[GraphFile]:
    """Return the files that a user gave with `--data` or `--with`, each once, folders walked.

    Args:
        paths: files and folders.
        say: told of what is passed over in a folder.

    Raises:
        FileError: a path does not exist, is no RDF file, or is a folder without any.
    """
    files: list[GraphFile] = []
    for given in map(Path, paths):
        if given.is_dir():
            found = _below(given, GRAPH + "file/", say)
            if not found:
                raise FileError(path=given, detail=Phrase("no .ttl, .nt, .nq or .trig file in this folder"))
            files += found
        elif not given.exists():
            raise FileError(path=given, detail=Phrase("no such file or folder"))
        elif given.suffix.lower() not in FORMATS:
            detail = Phrase("'{suffix}' is no known suffix (.ttl, .nt, .nq, .trig)", suffix=given.suffix)
            raise FileError(path=given, detail=detail)
        else:
            files.append(GraphFile(given, GRAPH + "file/" + quoted(given.stem)))
    return _apart(once(files))


def _apart(files: Iterable[GraphFile]) -> list[GraphFile]:
    """Return files of which those of one name in several folders become graphs of their own: the later one takes its folder's name too."""
    found: dict[str, GraphFile] = {}
    for file in files:
        longer = (f"{GRAPH}file/{quoted(name)}" for name in _longer(file.path))
        free = next(name for name in chain([file.graph], longer) if name not in found)
        found[free] = replace(file, graph=free) if free != file.graph else file
    return list(found.values())


def _longer(path: Path) -> Iterator[str]:
    """Yield longer and longer ends of a path, without its suffix; at last with it, and numbered."""
    steps = path.absolute().with_suffix("").parts
    yield from ("/".join(steps[-number:]) for number in range(2, len(steps)))
    yield from (f"{'/'.join(steps[1:])}{path.suffix}-{number}" for number in count(1))


def once(files: Iterable[GraphFile]) -> list[GraphFile]:
    """Return files without those that are named a second time: by another path, a link, or a folder above them."""
    found: dict[object, GraphFile] = {}
    for file in files:
        found.setdefault(_identity(file.path), file)
    return list(found.values())


def _identity(path: Path) -> object:
    """Return what is the same for all names of a file or folder."""
    try:
        about = path.stat()
    except OSError:  # told when it is read
        return path.absolute()
    return about.st_dev, about.st_ino


def _below(folder: Path, prefix: str, say: Say | None = None) -> list[GraphFile]:
    found = [path.relative_to(folder).as_posix() for path in files_below(folder, SUFFIXES, say)]
    return [GraphFile(folder / name, prefix + quoted(name.rpartition(".")[0])) for name in sorted(found)]


def files_below(folder: Path, suffixes: Sequence[str], say: Say | None = None) -> list[Path]:
    """Return the files of a folder that end so, in any case; hidden ones are left out, linked folders walked once.

    Raises:
        FileError: a folder cannot be read.
    """
    found: list[str] = []
    passed: Counter[str] = Counter()
    for here, names in _folders(folder):
        for name in (name for name in names if name[0] != "."):
            suffix = os.path.splitext(name)[1].lower()
            if suffix in suffixes:
                found.append(os.path.join(here, name))
            else:
                passed[suffix] += 1
    if passed and say:
        told = ", ".join(f"{number} {suffix or '-'}" for suffix, number in sorted(passed.items()))
        say(Phrase("{path}: passed over, by suffix: {files}", path=folder, files=told))
    return [Path(name) for name in sorted(found, key=lambda name: name.split(os.sep))]


def folders_below(top: Path) -> list[Path]:
    """Return a folder and those below it, in which `files_below` looks; raises FileError."""
    return [here for here, _ in _folders(top)]


class Later(Sequence[GraphFile]):
    """Files that are listed when somebody asks for them."""

    def __init__(self, listed: Callable[[], Sequence[GraphFile]]) -> None:
        self.listed = listed

    @cached_property
    def found(self) -> Sequence[GraphFile]:
        """The files."""
        return self.listed()

    @overload
    def __getitem__(self, index: int) -> GraphFile: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[GraphFile]: ...
    def __getitem__(self, index: int | slice) -> GraphFile | Sequence[GraphFile]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)


def _folders(top: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield each folder once with the names of its files, those behind links last; no link leads upwards."""
    seen: set[object] = set()
    linked = [top]
    while linked:
        for name, folders, files in os.walk(linked.pop(0), onerror=_unreadable):
            here = Path(name)
            if _identity(here) in seen:
                folders.clear()
                continue
            seen.add(_identity(here))
            folders[:] = sorted(f for f in folders if f[0] != ".")
            linked += [here / f for f in folders if (here / f).is_symlink() and not _is_above(here / f)]
            yield here, files


def _is_above(link: Path) -> bool:
    return link.resolve() in link.parent.resolve().parents


def _unreadable(error: OSError) -> None:
    raise FileError(path=error.filename, detail=Foreign(error.strerror or error))


def quoted(name: str) -> str:
    """Return a file's name as part of an IRI."""
    if re.fullmatch(r"[A-Za-z0-9._/-]+", name):
        return name
    from urllib.parse import quote

    return quote(os.fsencode(name))


def fingerprint(files: Sequence[GraphFile], *extra: str) -> str:
    """Return a hash of names and contents."""
    return hashed([(file.graph, file.digest()) for file in files], *extra)


def _sha256(data: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(data).digest()


def hashed(parts: Iterable[tuple[str, bytes]], *extra: str) -> str:
    """Return a hash of texts, and of named hashes."""
    import hashlib  # 4 ms, and only where something is read

    digest = hashlib.sha256()
    for text in extra:
        digest.update(text.encode() + b"\0")
    for name, part in parts:
        digest.update(name.encode() + b"\0" + part)
    return digest.hexdigest()[:32]


def format_file(path: Path) -> tuple[str, str]:
    """Return a Turtle file's text as it is and in block form.

    Raises:
        FileError, TurtleSyntaxError, FormatError: the file is unreadable, broken, or would lose something.
    """
    from stdgraph.storage.turtle import format_turtle

    if path.suffix.lower() != ".ttl":
        raise FormatError(path=path, line=1, detail=Phrase("only Turtle (.ttl) has a block form"))
    text = read_text(path, MAX_TEXT)
    return text, format_turtle(text, str(path))
