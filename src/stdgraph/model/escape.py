"""Texts that others wrote, in places where characters give orders: a terminal, XML, HTML, Markdown, a shell, a spreadsheet.

Every writer takes labels, names and messages through one of these. They share one rule: a tab or a line break is a blank,
and what else would steer a reader is spelt as Python spells it (`\\x1b`, `\\u202e`), so that it is seen and does nothing:
control characters (C0, DEL, C1), line and paragraph separators, controls of writing direction, and bytes that are no
text. All other characters, of any script, stay as they are.
"""

from __future__ import annotations

import re
from typing import Any

from stdgraph.model.later import later

STEERING = "\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Characters that a reader would obey. The marks of direction that Arabic and Hebrew are typed with are not among them."""

CONTROL = later(f"[{STEERING}]")
INSIDE = later(f"(?![\n\t])[{STEERING}]")
COLOURED = later(f"(\x1b\\[[0-9]{{1,2}}m)|(?![\n\t])[{STEERING}]")
BREAK = later(r"\r\n|[\t\n\r]")
NO_XML = later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKDOWN = later(r"[\\`|\[\]<>]|&(?=#?\w+;)")
SHELL = later(r"[^\w./,@%+-]")
FORMULA = later(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = later(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
WEB = later(r"https?://", re.IGNORECASE)


def _spelt(found: re.Match[str]) -> str:
    """Return a character as Python spells it; what stands for a byte of a file's name, as that byte."""
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def line(text: str) -> str:
    """Return a text as a terminal can show it in one line.

    >>> line("Red \\x1b[31m Office\\nnext"), line("国标 🙂 é")
    ('Red \\\\x1b[31m Office next', '国标 🙂 é')
    """
    return text if text.isprintable() else CONTROL.sub(_spelt, BREAK.sub(" ", text))


def lines(text: str, *, coloured: bool = False) -> str:
    """Return finished lines as a terminal can show them: line breaks and tabs stay, and our own colours where wanted.

    >>> lines("a\\tb\\nc\\x07")
    'a\\tb\\nc\\\\x07'
    """
    if coloured:
        return COLOURED.sub(lambda found: found[0] if found[1] else _spelt(found), text)
    return INSIDE.sub(_spelt, text)


def json(text: str) -> str:
    """Return a JSON document in which no character steers a terminal; it says the same.

    >>> json('"\\x9b31m"')
    '"\\\\u009b31m"'
    """
    return INSIDE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def as_json(value: Any) -> str:
    """Return plain values as a JSON document, Chinese as it is, with a final line break.

    >>> as_json({"名": [1]})
    '{\\n  "名": [\\n    1\\n  ]\\n}\\n'
    """
    from json import dumps

    return json(dumps(value, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def xml(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold (2.2 Char), spelt; what it can hold stays.

    >>> xml("Office\\x0bBureau\\ufffe")
    'Office\\\\x0bBureau\\\\ufffe'
    """
    return NO_XML.sub(_spelt, text.replace("\r\n", "\n").replace("\r", "\n"))


def html(text: str) -> str:
    """Return a text as HTML shows it, in an element or an attribute.

    >>> html('<b onclick="x">')
    '&lt;b onclick=&quot;x&quot;&gt;'
    """
    import html as entities

    return entities.escape(line(text), quote=True)


def link(address: str, text: str) -> str:
    """Return a text as a link in HTML; an address that is not of the web is none.

    >>> link("https://example.org/a", "A & B"), link("javascript:alert(1)", "A")
    ('<a href="https://example.org/a">A &amp; B</a>', 'A')
    """
    return f'<a href="{html(address)}">{html(text)}</a>' if WEB.match(address) else html(text)


def markdown(text: str) -> str:
    """Return a text as Markdown shows it in a cell of a table: neither markup nor HTML nor a link.

    >>> markdown("[x](javascript:y) <b> A|B R&D &amp;")
    '\\\\[x\\\\](javascript:y) &lt;b&gt; A\\\\|B R&D &amp;amp;'
    """
    return MARKDOWN.sub(_marked, line(text))


def _marked(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[0], f"\\{found[0]}")


def shell(text: str, quote: str = "") -> str:
    """Return a text as one word of a shell's command line, or the rest of it inside quotation marks that are open.

    >>> shell("British $(touch x)"), shell("a $(b)", '"'), shell("it's", "'")
    ('British\\\\ \\\\$\\\\(touch\\\\ x\\\\)', 'a \\\\$(b)', "it'\\\\''s")
    """
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", text)
    return text.replace("'", "'\\''") if quote else SHELL.sub(lambda found: f"\\{found[0]}", text)


def is_typable(text: str) -> bool:
    """Tell whether a text can be typed in one line of a shell.

    >>> is_typable("ISO/TC 268"), is_typable("a\\nb")
    (True, False)
    """
    return not CONTROL.search(text)


def spreadsheet(text: str) -> str:
    """Return a text as a spreadsheet shows it in a cell: what it would take for a formula begins with an apostrophe.

    >>> spreadsheet("=HYPERLINK(1)"), spreadsheet("-0.5"), spreadsheet("甲")
    ("'=HYPERLINK(1)", '-0.5', '甲')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
