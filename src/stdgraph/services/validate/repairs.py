"""Repairs that are sure: what a text becomes, where only its writing is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from stdgraph.services.validate.letters import FULL_WIDTH

REPAIRS: dict[str, Callable[[str], str]] = {
    "check:this-text-is-not-in-unicode-s-composed": lambda text: unicodedata.normalize("NFC", text),
    "check:this-text-begins-or-ends-with-a-blank": lambda text: re.sub(" {2,}", " ", text.strip(" ")),
    "check:full-width-letters-or-digits-stand-in-this": lambda text: FULL_WIDTH.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), text
    ),
}


def repaired(check: str, text: str) -> str:
    """Return what a text should be; "" where nobody can be sure.

    >>> repaired("check:this-text-begins-or-ends-with-a-blank", " BSI  Group"), repaired("stdgs:Actor", "BSI")
    ('BSI Group', '')
    """
    repair = REPAIRS.get(check)
    return repair(text) if repair else ""
