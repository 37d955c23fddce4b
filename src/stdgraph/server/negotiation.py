"""What a client would rather have: media types (RFC 9110, 12.5.1) and languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST = 50
"""So many entries of a header are looked at."""


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """Yield the entries of an Accept header with their weights; parameters other than `q` are let go.

    >>> list(weighted("text/turtle;q=0.5, */*;q=x, a/b"))
    [('text/turtle', 0.5), ('*/*', 0.0), ('a/b', 1.0)]
    """
    for entry in header.split(",")[:MOST]:
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        weights = [p.partition("=")[2] for p in parameters if p.partition("=")[0].strip() == "q"]
        if name:
            yield name, _weight(weights[0].strip()) if weights else 1.0


def _weight(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def chosen(header: str | None, offered: Sequence[str]) -> str:
    """Return the media type that suits best, of equals the one offered first; "" where none is acceptable.

    >>> chosen("text/*;q=0.3, application/json;q=0.2, text/csv;q=0", ["application/json", "text/csv", "text/html"])
    'text/html'
    >>> chosen(None, ["text/turtle"]), chosen("image/png", ["text/turtle"])
    ('text/turtle', '')
    """
    if header is None or not header.strip():
        return offered[0]
    wanted = list(weighted(header))
    best = max(offered, key=lambda media: _of(media, wanted))
    return best if _of(best, wanted) > 0 else ""


def _of(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return the weight of a type: that of the entry that names it most closely."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if weights := [weight for entry, weight in wanted if entry == name]:
            return max(weights)
    return 0.0


def language(asked: str | None, header: str | None) -> str:
    """Return `en` or `zh`: what was asked for, else what the header puts first.

    >>> language(None, "de, zh-CN;q=0.8, en;q=0.5"), language("en", "zh"), language(None, None)
    ('zh', 'en', 'en')
    """
    if asked:
        return asked.lower().partition("-")[0]
    known = [(weight, tag[:2]) for tag, weight in weighted(header or "") if tag[:2] in ("en", "zh") and weight > 0]
    return max(known, key=lambda pair: pair[0])[1] if known else "en"
