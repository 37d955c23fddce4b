"""The user's own texts of source documents, in the user's data folder: KEY.txt with its seal KEY.json."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from stdgraph.errors import FileError, OutputError, TextError
from stdgraph.locale import Phrase
from stdgraph.model.passages import Cutting
from stdgraph.storage.descriptions import cutting
from stdgraph.storage.documents import MAX_TEXT, document_text
from stdgraph.storage.files import read_text
from stdgraph.storage.folders import data_folder
from stdgraph.storage.writing import write_atomic

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
"""The key of a source document, as its IRI has it, and as a file may be called."""


@dataclass(frozen=True)
class Attached:
    """A text that was attached: its key, the name of the file it was read from, its checksum and length."""

    key: str
    file: str
    checksum: str
    characters: int


def folder() -> Path:
    """Return the folder of the attached texts."""
    return data_folder() / "texts"


def checksum(text: str) -> str:
    """Return the SHA-256 of a text, in UTF-8, lines ended by a line feed.

    >>> checksum("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def attach(key: str, path: Path) -> Attached:
    """Keep the text of a document in the user's data folder, in place of one that was there.

    Raises:
        TextError: the key is none.
        DocumentError: the file cannot be read, or holds no text.
        OutputError: the data folder cannot be written.
    """
    _checked(key)
    text = document_text(path)
    kept = Attached(key, path.name, checksum(text), len(text))
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path=place, detail=error.strerror or str(error)) from None
    write_atomic(place / f"{key}.txt", text.encode())
    write_atomic(place / f"{key}.json", (json.dumps(asdict(kept), ensure_ascii=False, indent=2) + "\n").encode())
    return kept


def attached(key: str) -> Cutting | None:
    """Return the attached text of a document, cut into its passages, or None where none is attached.

    Raises:
        TextError: it is not what was attached.
    """
    _checked(key)
    place = folder() / f"{key}.txt"
    if not place.is_file():
        return None
    try:
        text = read_text(place, 4 * MAX_TEXT)
        seal = json.loads(read_text(place.with_suffix(".json")))["checksum"]
    except (FileError, ValueError, KeyError, TypeError):
        raise TextError(key=key, detail=Phrase("the attached text cannot be read")) from None
    if checksum(text) != seal:
        raise TextError(key=key, detail=Phrase("the attached text was changed since"))
    return cutting(key, text)


def keys() -> list[str]:
    """Return the keys of the documents of which a text is attached."""
    return sorted(path.stem for path in folder().glob("*.txt") if KEY.fullmatch(path.stem))


def _checked(key: str) -> None:
    if not KEY.fullmatch(key):
        raise TextError(key=key, detail=Phrase("this is no key of a source document"))
