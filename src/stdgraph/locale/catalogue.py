"""The Chinese catalogue: what `pybabel compile` makes of `zh/LC_MESSAGES/stdgraph.po` when stdgraph is built."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from stdgraph.locale.fault import NotCompiledError

DOMAIN = "stdgraph"
FOLDER = Path(__file__).parent
SOURCE = FOLDER / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
"""It stands in a checkout only; beside it `.mo`, which is read."""


class Catalogue(gettext.GNUTranslations):
    """Chinese messages by their English ones, and by context and code."""

    _catalog: dict[str | tuple[str, int], str]

    def contexts(self) -> set[str]:
        """Return the contexts that have entries."""
        return {key.partition("\4")[0] for key in self._catalog if isinstance(key, str) and "\4" in key}

    def within(self, context: str) -> dict[str, str]:
        """Return the entries of a context."""
        start = f"{context}\4"
        keys = [key for key in self._catalog if isinstance(key, str) and key.startswith(start)]
        return {key.removeprefix(start): self._catalog[key] for key in keys}


@cache
def catalogue() -> Catalogue:
    """Return the catalogue; raises NotCompiledError rather than let a Chinese run speak English."""
    compiled = SOURCE.with_suffix(".mo")
    if not compiled.exists() or (SOURCE.exists() and SOURCE.stat().st_mtime > compiled.stat().st_mtime):
        raise NotCompiledError
    return gettext.translation(DOMAIN, FOLDER, ["zh"], class_=Catalogue)


def message(text: str) -> str:
    """Return the Chinese message for an English one, itself where there is none."""
    return catalogue().gettext(text) if text else text
