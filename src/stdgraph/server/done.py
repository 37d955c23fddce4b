"""What a deed gives."""

from __future__ import annotations

from stdgraph.model.light import dataclass


@dataclass(frozen=True)
class Done:
    """The body of an answer and its media type; `cut` where rows were left out. Without a type no form suits the client."""

    body: bytes
    media: str
    cut: bool = False
