"""What goes into an import: files by their kind, and the source documents that they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase


@dataclass(frozen=True)
class FileKind:
    """A kind of file that an import takes: its name is that of the option."""

    name: str
    about: str
    is_needed: bool = False
    is_many: bool = False


@dataclass(frozen=True)
class SourceTitle:
    """The title of a source document of a register in both languages, and whether its publisher states a licence."""

    en: str
    zh: str
    is_licensed: bool = True


@dataclass(frozen=True)
class Inputs:
    """The files of one snapshot by kind, and its day."""

    files: Mapping[str, Sequence[Path]]
    day: str = ""

    @property
    def paths(self) -> list[Path]:
        """All files."""
        return [path for paths in self.files.values() for path in paths]

    def check(self, register: str, kinds: Sequence[FileKind]) -> None:
        """Compare the kinds of file with those that a register takes; raises ParameterError."""
        known = {kind.name: kind for kind in kinds}
        for name in self.files.keys() - known.keys():
            detail = Phrase("no file of {name}; it takes {kinds}", name=register, kinds=", ".join(known))
            raise ParameterError(parameter=name, detail=detail)
        for name, kind in known.items():
            given = self.files.get(name, ())
            if kind.is_needed and not given:
                raise ParameterError(parameter=name, detail=Phrase("needed for {name}", name=register))
            if len(given) > 1 and not kind.is_many:
                raise ParameterError(parameter=name, detail=Phrase("give one file"))
