"""Empty forms as faces print them: columns with their words in both languages, and the codes that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CODES = ("Codes", "代码")
"""What the sheet of codes in a workbook is called, by language; it is no form."""
Choices = tuple[tuple[str, str, str], ...]
"""What a column takes: code, English and Chinese label of each."""


@dataclass(frozen=True)
class BlankColumn:
    """A column of an empty form: headings and explanations by language, and what may be chosen."""

    heading: Mapping[str, str]
    about: Mapping[str, str]
    needed: bool = False
    many: bool = False
    choices: Choices = ()


@dataclass(frozen=True)
class Blank:
    """An empty form: its name, title and explanation by language, and its columns."""

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    columns: tuple[BlankColumn, ...]
