"""Compiles the Chinese messages where they stand, for wheels and for installs from a checkout (`pip install -e .`)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface):
    """Writes `stdgraph.mo` beside `stdgraph.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of the wheel are collected."""
        for source in Path(self.root, "src", "stdgraph", "locale").rglob("*.po"):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as write:
                write_mo(write, read_po(read))
