"""Texts of labels: script against tag, characters that nobody sees, letters of another script, markup, placeholders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from corpus.kinds import LABEL, LABEL_ZH, Kind, add, swap, text
from stdgraph.model.spelling import converter

LATIN_TWINS = str.maketrans("aceopxyOCEAPTHKMBX", "асеорхуОСЕАРТНКМВХ")
GREEK_TWINS = str.maketrans("oAEIOTKMNBHXZ", "οΑΕΙΟΤΚΜΝΒΗΧΖ")
WIDE = {ord("!") + n: 0xFF01 + n for n in range(94)}


def _first(pattern: str, to: str | Callable[[re.Match[str]], str], value: str) -> str:
    return re.sub(pattern, to, value, count=1)


def _twin(table: dict[int, int]) -> Callable[[str], str]:
    return lambda value: _first("|".join(map(chr, table)), lambda m: m[0].translate(table), value)


def _traditional(value: str) -> str:
    return converter("s2t")(value)


def _wide(pattern: str) -> Callable[[str], str]:
    return lambda value: _first(pattern, lambda m: m[0].translate(WIDE), value)


def _into(value: str, sign: str) -> str:
    """Put a sign into the middle of a text."""
    return value[: len(value) // 2] + sign + value[len(value) // 2 :]


def _misread(value: str) -> str:
    return value.encode().decode("cp1252", "ignore")


KINDS: list[Kind] = [
    swap("chinese-under-en", LABEL_ZH, r"\1\2" + '"@en ;'),
    swap("english-under-zh", LABEL, r"\1\2" + '"@zh-Hans ;', where=lambda b, _w: b.lines[2].count(" ") > 7),
    text("chinese-word-in-an-english-label", LABEL, lambda v: f"{v} 标准"),
    text("traditional-under-zh-hans", LABEL_ZH, _traditional),
    text("one-traditional-character", LABEL_ZH, lambda v: next((v[:n] + t + v[n + 1 :] for n, c in enumerate(v) if (t := _traditional(c)) != c and c not in "后里面干云松谷台系制范余才斗丰表冲出"), v)),
    text("japanese-under-zh-hans", LABEL_ZH, lambda v: f"{v}の規格"),
    text("cyrillic-letter", LABEL, _twin(LATIN_TWINS)),
    text("greek-letter", LABEL, _twin(GREEK_TWINS)),
    text("zero-width-blank", LABEL, lambda v: _into(v, "\u200b")),
    text("no-break-space", LABEL, lambda v: v.replace(" ", "\u00a0", 1)),
    text("soft-hyphen", LABEL, lambda v: _into(v, "\u00ad")),
    text("byte-order-mark-inside", LABEL_ZH, lambda v: f"\ufeff{v}"),
    text("direction-mark", LABEL, lambda v: f"{v}\u202e"),
    text("ideographic-blank", LABEL_ZH, lambda v: _into(v, "\u3000")),
    text("full-width-letters", LABEL, _wide("[A-Za-z]{2,}")),
    text("full-width-digits", LABEL_ZH, _wide(r"\d+")),
    text("full-width-comma-in-english", LABEL, lambda v: v.replace(" ", "，", 1)),
    text("full-width-brackets-in-english", LABEL, lambda v: f"{v}（draft）"),
    text("not-composed", LABEL, lambda v: unicodedata.normalize("NFD", v.replace("e", "é", 1))),
    text("blank-at-the-start", LABEL, lambda v: f" {v}"),
    text("blank-at-the-end", LABEL_ZH, lambda v: f"{v} "),
    text("blank-doubled", LABEL, lambda v: v.replace(" ", "  ", 1)),
    text("tab-inside", LABEL, lambda v: v.replace(" ", r"\t", 1)),
    text("line-break-inside", LABEL, lambda v: v.replace(" ", r"\n", 1)),
    text("html-entity", LABEL, lambda v: f"{v} &amp; others"),
    text("html-number", LABEL, lambda v: v.replace(" ", "&#160;", 1)),
    text("html-tag", LABEL, lambda v: f"<b>{v}</b>"),
    text("markdown", LABEL, lambda v: f"**{v}**"),
    text("link-of-markdown", LABEL, lambda v: f"[{v}](https://example.org/)"),
    text("control-character", LABEL, lambda v: v + r"\u0007"),
    text("private-character", LABEL_ZH, lambda v: _into(v, "\ue5e5")),
    text("character-lost", LABEL_ZH, lambda v: v[:-1] + "\ufffd"),
    text("question-marks-for-characters", LABEL_ZH, lambda v: "?" * len(v)),
    text("wrong-encoding", LABEL_ZH, _misread),
    text("wrong-encoding-of-a-letter", LABEL, lambda v: v.replace("e", "Ã©", 1)),
    text("empty", LABEL, lambda _v: ""),
    text("only-a-blank", LABEL, lambda _v: " "),
    text("placeholder", LABEL, lambda _v: "TODO"),
    text("not-applicable", LABEL, lambda _v: "N/A"),
    text("a-whole-page", LABEL, lambda v: (v + ", ") * (2400 // len(v))),
    swap("tag-missing", LABEL, r"\1\2" + '" ;'),
    swap("tag-of-a-country", LABEL_ZH, r"\1\2" + '"@cn ;'),
    swap("tag-without-script", LABEL_ZH, r"\1\2" + '"@zh ;'),
    swap("tag-of-a-region", LABEL_ZH, r"\1\2" + '"@zh-CN ;'),
    swap("tag-of-the-other-script", LABEL_ZH, r"\1\2" + '"@zh-Hant ;', where=lambda b, _w: _traditional("".join(b.lines)) != "".join(b.lines)),
    swap("chinese-as-pinyin", r'^(    skos:altLabel ")[^"]+("@zh-Latn-pinyin ;)$', r"\1标准\2"),
    swap("pinyin-as-chinese", r'^(    skos:altLabel "[^"]+"@zh)-Latn-pinyin( ;)$', r"\1-Hans\2"),
    add("html-in-a-note", 'skos:note "see <a href=\\"https://example.org\\">there</a>"@en ;', of="Event|Agreement|Organization|Project"),
]  # fmt: skip
KINDS += [
    Kind("label-is-its-own-iri", lambda b, r, w: swap("", LABEL, lambda m, _r, _w: f'{m[1]}https://w3id.org/stdgraph/id/{b.id}{m[3]}').spoilt(b, r, w)),
    Kind("label-is-its-own-id", lambda b, r, w: swap("", LABEL, lambda m, _r, _w: f"{m[1]}{b.id}{m[3]}").spoilt(b, r, w)),
]  # fmt: skip
