"""A bridge for `packs/`, whose texts are no phrases yet: their entries have the context `packs`. It goes with them."""

from __future__ import annotations

from stdgraph.locale.patterns import matched


def chinese(text: str) -> str:
    """Return a text in Chinese; one that has no entry stays as it is."""
    found = matched("packs", text)
    return matched("foreign", text) if found == text else found
