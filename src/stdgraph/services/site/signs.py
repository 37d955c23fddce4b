"""Bytes as text that stands in a page: seven bits a sign, a sixth shorter than in base 64. Its twin is `web/src/bundle/signs.ts`."""

from __future__ import annotations

import re

AWAY = b"\x00\n\r<"
"""Signs that a browser, or a program that carries the page, may change: they share a sign of two bytes with the one behind."""
GROUP = 7
BITS = 7
PAIR = re.compile(rf"([{re.escape(AWAY.decode())}])(.?)", re.DOTALL)


def signs(data: bytes) -> str:
    """Return bytes as text, in UTF-8 some 1.17 times as long.

    Eight signs hold seven bytes. One of AWAY, and the sign behind it, are the sign 128 + 128 · its place + that other sign;
    the last of all stands alone as 128 + 128 · the number of AWAY + its place.

    >>> signs(b"\\xff\\xff").encode()
    b'\\x7f\\x7f`'
    """
    length = -(-len(data) * 8 // BITS)
    padded = data + bytes(-len(data) % GROUP)
    found = bytearray(len(padded) // GROUP * (GROUP + 1))
    for at in range(GROUP + 1):
        before = padded[at - 1 :: GROUP].translate(_low(at)) if at else bytes(len(padded) // GROUP)
        here = padded[at::GROUP].translate(_high(at)) if at < GROUP else bytes(len(padded) // GROUP)
        both = int.from_bytes(before, "big") | int.from_bytes(here, "big")
        found[at :: GROUP + 1] = both.to_bytes(len(before), "big")
    return PAIR.sub(_together, found[:length].decode("ascii"))


def _low(at: int) -> bytes:
    """Return what the last bits of the byte before a sign give it, for each byte."""
    return bytes((byte << (BITS - at)) & 0x7F for byte in range(256))


def _high(at: int) -> bytes:
    """Return what the first bits of the byte of a sign give it, for each byte."""
    return bytes(byte >> (at + 1) for byte in range(256))


def _together(pair: re.Match[str]) -> str:
    place = AWAY.index(pair[1].encode())
    return chr(128 + 128 * place + ord(pair[2])) if pair[2] else chr(128 + 128 * len(AWAY) + place)
