"""The PDF that the engine writes, its objects in one order: the engine numbers and lists them in another one each time."""

from __future__ import annotations

import re

LISTED = re.compile(rb"(?:^ +/[a-z]+[0-9]+ [0-9]+ 0 R\n){2,}", re.MULTILINE)
"""Lines of a dictionary of resources, which stand in no order."""
REFERENCE = re.compile(rb"\b([0-9]+) 0 R\b")
OFFSET = re.compile(rb"([0-9]{10}) [0-9]{5} n")
ROOT = re.compile(rb"/(?:Root|Info) ([0-9]+) 0 R")
STREAM = b"\nstream\n"


def steady(pdf: bytes) -> bytes:
    """Return a PDF (1.7, with a plain table of objects) whose objects stand and are numbered as they are met from its root."""
    at = pdf.rindex(b"startxref")
    table = int(pdf[at:].split()[1])
    head, tail = pdf[: pdf.index(b"\n\n") + 2], pdf[table:]
    objects = _objects(pdf, table)
    order: dict[bytes, int] = {}
    waiting = ROOT.findall(tail)[::-1]
    while waiting:
        one = waiting.pop()
        if one not in order:
            order[one] = len(order) + 1
            waiting += REFERENCE.findall(_plain(objects[one]))[::-1]
    out, places = bytearray(head), []
    for one, number in order.items():
        places.append(len(out))
        out += b"%d 0 obj\n" % number + _renumbered(objects[one], order) + b"\n\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(order) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = tail[tail.index(b"trailer") : tail.index(b"startxref")]
    trailer = re.sub(rb"/Size [0-9]+", b"/Size %d" % (len(order) + 1), trailer)
    return bytes(out + _pointed(trailer, order) + b"startxref\n%d\n%%%%EOF" % start)


def _objects(pdf: bytes, table: int) -> dict[bytes, bytes]:
    """Return the objects by their numbers, resources sorted."""
    starts = sorted(int(place) for place in OFFSET.findall(pdf[table:]))
    found = {}
    for start, end in zip(starts, [*starts[1:], table], strict=True):
        number, _, rest = pdf[start:end].partition(b" 0 obj\n")
        words, mark, stream = rest.rstrip(b"\n").partition(STREAM)
        found[number] = LISTED.sub(lambda m: b"".join(sorted(m[0].splitlines(keepends=True))), words) + mark + stream
    return found


def _plain(body: bytes) -> bytes:
    return body.partition(STREAM)[0]


def _renumbered(body: bytes, order: dict[bytes, int]) -> bytes:
    words, mark, stream = body.partition(STREAM)
    return _pointed(words, order) + mark + stream


def _pointed(words: bytes, order: dict[bytes, int]) -> bytes:
    return REFERENCE.sub(lambda m: b"%d 0 R" % order[m[1]], words)
