"""What must give no finding: real records under new ids, and files that only look different."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.blocks import World
from corpus.planting import Fault, controls, new_file

LOOKS: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "comments": lambda text: text.replace("\n\n<", "\n\n# a block: \"quoted\" <x> ; .\n<").replace(" ;\n", " ; # so it stands\n", 9).encode(),
    "reordered": lambda text: _reordered(text).encode(),
    "one-line-a-block": lambda text: _in_one_line(text).encode(),
}  # fmt: skip
LOOKED_AT = (
    "cn-uk-wg/agreements.ttl",
    "cn-uk-wg/offices.ttl",
    "bri-10y/events.ttl",
    "zj-intl-2020/figures.ttl",
    "entities/persons.ttl",
)


def records(world: World, number: int = 300) -> Iterator[Fault]:
    """Yield new files with real records under new ids, and no fault."""
    for blocks in controls(world, number):
        text = new_file(world, *blocks)
        folder = world.files[blocks[0].path].folder
        path = f"{folder}/n7-{blocks[0].path.rpartition('/')[2]}"
        yield Fault("clean", "record", len(blocks), path, True, text.encode(), b"", frozenset(), ())


def looks(world: World) -> Iterator[Fault]:
    """Yield changed files that say the same in another look."""
    for name, change in LOOKS.items():
        for path in LOOKED_AT:
            data = change(world.texts[path])
            yield Fault("clean", name, 0, path, False, data, b"", frozenset(), ())


def _reordered(text: str) -> str:
    """Return a text with its blocks and their lines the other way round."""
    head, *blocks = text.rstrip("\n").split("\n\n")
    turned = []
    for block in blocks:
        lines = block.split("\n")
        turned.append("\n".join([lines[0], *reversed(lines[1:-1]), lines[-1]]))
    return "\n\n".join([head, *reversed(turned)]) + "\n"


def _in_one_line(text: str) -> str:
    head, *blocks = text.rstrip("\n").split("\n\n")
    return "\n\n".join([head, *(" ".join(line.strip() for line in block.split("\n")) for block in blocks)]) + "\n"
