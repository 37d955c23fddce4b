"""The front end as it was built: by the build of the wheel, or in a checkout by whoever changes it."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from stdgraph.errors import InputError
from stdgraph.locale import Phrase
from stdgraph.model.light import dataclass
from stdgraph.storage.files import content

BUILD = "npm --prefix web ci && npm --prefix web run build"
"""What builds it in a checkout."""
LAST = "licences.txt"
"""What `web/build.mjs` writes last."""


@dataclass(frozen=True)
class Front:
    """A folder with what `web/build.mjs` writes."""

    place: Path

    def read(self, *parts: str) -> bytes:
        """Return a file."""
        return self.place.joinpath(*parts).read_bytes()

    def text(self, *parts: str) -> str:
        """Return a file of text."""
        return self.read(*parts).decode("utf-8")

    @property
    def modules(self) -> dict[str, bytes]:
        """The program as modules that are loaded when used, and its style, by the names of their files."""
        return {path.name: path.read_bytes() for path in sorted((self.place / "site").iterdir())}

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the program that the one page runs when they are used, by the names of their files."""
        folder = self.place / "one" / "parts"
        return {path.name: self.text("one", "parts", path.name) for path in sorted(folder.glob("*.js"))}

    @cached_property
    def messages(self) -> list[str]:
        """What it says, in English."""
        found: list[str] = json.loads(self.text("messages.json"))
        return found


def front() -> Front:
    """Return the front end that comes with the package; raises InputError where it was not built."""
    place = content("web", "dist")
    if (place / LAST).is_file():
        return Front(place)
    if content("web", "build.mjs").is_file():
        raise InputError(
            detail=Phrase("The explorer is not built in this checkout. Build it: {command}", command=BUILD)
        )
    raise InputError(
        detail=Phrase(
            "This stdgraph was installed without the explorer, which needs Node and its packages. Install it anew; {variable} tells why it fails",
            variable="STDGRAPH_EXPLORER=must",
        )
    )
