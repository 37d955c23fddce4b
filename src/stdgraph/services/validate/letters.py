"""How a text is written: its script against its language tag, its blanks, characters that nobody sees, and markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from stdgraph.locale import marked
from stdgraph.model.spelling import converter, is_chinese
from stdgraph.services.validate import titles

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
SENTENCE = re.compile(r"[A-Za-z]{3,}(?:[ ,]+[A-Za-z]{2,}){2,}")
"""Three English words in a row: no acronym, no name of a work that keeps its title."""
QUOTED = re.compile(r"[（(《“\"][^）)》”\"]*[）)》”\"]")
WORD = re.compile(r"[^\W\d_]+")
INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]"
)
FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,15}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,6});")
MARKUP = re.compile(r"</?(?:[a-zA-Z][a-zA-Z0-9]{0,9})(?:\s[^<>]*)?/?>|\*\*[^*]+\*\*|\[[^\]]+\]\(https?:[^)]+\)")
BROKEN = re.compile(r"[\t\n\r]")
FULL_MARKS = re.compile("[\uff0c\u3002\uff1b\uff1a\uff1f\uff01\uff08\uff09\u3001]")
PLACEHOLDER = re.compile(
    r"(?i:todo|tbd|tba|fixme|xxx+|n/?a|n\.a\.|untitled|none|null|test|placeholder|lorem ipsum.*)|[-–—_.*]+"
    r"|待定|待补|暂无|无|不详|未命名|测试"
)
BOTH = frozenset("乾著藉徵覆於瞭麽鍾昇祕夥徬蘋豔閒馀託佔託裏餘彙佈")
"""Characters that OpenCC takes for traditional, and that stand in simplified texts as well: names, and old words."""
BOTH_SIMPLIFIED = frozenset(
    "后里面干云松谷台系制范余才斗丰表冲出丑升只姜家帘并幸征志念扎托折据采旋术朱杆板柜栗沈涂淀游灶尽签纤胡胜致蔑蜡针钟须发万与"
    "了于亚准几凶占叶吊同吃周咨哗唇喂回困坛夫夸奸宁尝岩巨巩弥当御恤恶愈戚扣挂效斤昆暗曲核杰梁沿泄注洒浸涌淳炉炼熏燕犹狸猪獾皂盏眯着"
    "碱秋秘种穗策筑粗粽糊累绷群羡背肴胄脏腌腊舍芸苏荫药虫蚕蛎蜂蝎袜袅裙踊踪躺辟迹采里鉴锈镰闲阴雕霉鞋饥饼马驮体价仆"
)


@dataclass(frozen=True)
class Odd:
    """What is odd about a text: its severity, the words for it, and what finds it (the odd part, "" if none).

    `signs` are those of which an odd text has one at least; `foreign` is what no text in ASCII is.
    """

    severity: str
    words: str
    find: Callable[[str, str], str]
    names_only: bool = False
    signs: str = ""
    foreign: bool = False


def _han_in_english_name(text: str, tag: str) -> str:
    found = HAN.search(QUOTED.sub("", text)) if tag == "en" or tag.startswith("en-") else None
    return found[0] if found else ""


def _chinese_as_english(text: str, tag: str) -> str:
    """Return the first character of a text that is more Chinese than English: a note may quote some."""
    found = HAN.findall(text) if tag == "en" or tag.startswith("en-") else []
    return found[0] if len(found) > len(re.findall("[A-Za-z]", text)) else ""


def _english_in_chinese(text: str, tag: str) -> str:
    if not is_chinese(tag) or HAN.search(text):
        return ""
    found = SENTENCE.search(text)
    return found[0] if found else ""


def _traditional(text: str, tag: str) -> str:
    return _other_script(text, "t2s", BOTH) if tag == "zh-hans" else ""


def _simplified(text: str, tag: str) -> str:
    return _other_script(text, "s2t", BOTH_SIMPLIFIED) if tag == "zh-hant" else ""


def _other_script(text: str, kind: str, both: frozenset[str]) -> str:
    convert = converter(kind)
    if convert(text) == text:
        return ""
    return "".join(dict.fromkeys(char for char in text if char not in both and convert(char) != char))


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((s for s in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "HEBREW", "ARABIC") if name.startswith(s)), "")


def _mixed_word(text: str, _tag: str) -> str:
    if text.isascii():
        return ""
    for word in WORD.findall(text):
        if not word.isascii() and len({script for char in word if (script := _script(char))}) > 1:
            return str(word)
    return ""


def _matched(pattern: re.Pattern[str], *, with_code: bool = False) -> Callable[[str, str], str]:
    def find(text: str, _tag: str) -> str:
        found = pattern.search(text)
        return "" if found is None else f"U+{ord(found[0]):04X}" if with_code else found[0]

    return find


def _not_nfc(text: str, _tag: str) -> str:
    return "" if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _odd_blanks(text: str, _tag: str) -> str:
    return text if text != text.strip() or "  " in text else ""


def _empty(text: str, _tag: str) -> str:
    return "" if text.strip() else '""'


def _whole(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    def find(text: str, _tag: str) -> str:
        return text if pattern.fullmatch(text.strip()) else ""

    return find


def _full_marks(text: str, tag: str) -> str:
    found = FULL_MARKS.search(text) if tag == "en" or tag.startswith("en-") else None
    return found[0] if found and (found[0] == "（" or not HAN.search(text)) else ""


def _han_in_pinyin(text: str, tag: str) -> str:
    found = HAN.search(text) if "latn" in tag.split("-") else None
    return found[0] if found else ""


HAN_TOLD = marked("Chinese ({text}) stands under @en: correct the language tag, or the text.")
UNKNOWN_TOLD = marked("{text} stands for what is not known: write the name, or leave the statement out.")
NOTHING_TOLD = marked("{text} says nothing: write what the source says, or leave the statement out.")
ODDITIES = (
    Odd("Violation", HAN_TOLD, _chinese_as_english, foreign=True),
    Odd("Violation", HAN_TOLD, _han_in_english_name, names_only=True, foreign=True),
    Odd("Violation", marked("English ({text}) stands under a Chinese tag: correct the tag, or the text."), _english_in_chinese),
    Odd("Violation", marked("Traditional characters ({text}) stand under zh-Hans: write them simplified, or tag zh-Hant."), _traditional, foreign=True),
    Odd("Violation", marked("Simplified characters ({text}) stand under zh-Hant: write them traditional, or tag zh-Hans."), _simplified, foreign=True),
    Odd("Violation", marked("Letters of two scripts stand in one word, {text}: type it anew in one script."), _mixed_word, foreign=True),
    Odd("Violation", marked("An invisible or special blank ({text}) stands in this text: take it out, or type a blank."), _matched(INVISIBLE, with_code=True), foreign=True),
    Odd("Violation", marked("Full-width letters or digits stand in this text: write {text} in half width."), _matched(FULL_WIDTH), foreign=True),
    Odd("Violation", marked("This text is not in Unicode's composed form (NFC): write {text}."), _not_nfc, foreign=True),
    Odd("Violation", marked("This text begins or ends with a blank, or has two in a row: write one, and none at the ends."), _odd_blanks),
    Odd("Violation", marked("This text is empty: write it, or leave the statement out."), _empty),
    Odd("Violation", UNKNOWN_TOLD, _whole(PLACEHOLDER), names_only=True),
    Odd("Violation", marked("A tab or a line break ({text}) stands in this name: write one line."), _matched(BROKEN, with_code=True), names_only=True, signs="\t\n\r"),
    Odd("Violation", marked("The full-width mark {text} stands in an English name: write it in half width."), _full_marks, names_only=True, foreign=True),
    Odd("Violation", marked("Chinese ({text}) stands under a tag of Latin letters: write the pinyin, or correct the tag."), _han_in_pinyin, foreign=True),
    Odd("Violation", marked("{text} is a code of HTML: write the character itself."), _matched(ENTITY), signs="&"),
    Odd("Violation", marked("{text} is markup: write plain text."), _matched(MARKUP), signs="<*["),
    Odd("Warning", marked("A font's form of a sign ({text}) stands in this text, as copied from a document: type the sign itself."), titles.fonts, foreign=True),
    Odd("Warning", marked("What a program or a table left ({text}) stands in this text: write what is meant, or leave the statement out."), titles.matched(titles.MADE)),
    Odd("Warning", NOTHING_TOLD, titles.whole(titles.NOTHING)),
    Odd("Warning", marked("A mark of a list, a note or a sentence ({text}) is no part of a name: take it out."), titles.matched(titles.EXTRA), names_only=True),
    Odd("Warning", marked("A slip of copying stands in this name, {text}: type it anew."), titles.matched(titles.SLIP), names_only=True),
    Odd("Warning", marked("A bracket or quotation mark without its other half, or around the whole name ({text}): correct it."), titles.unpaired, names_only=True, signs=titles.MARKS),
    Odd("Warning", marked("A file, an address or low lines ({text}) are no name: write what people call the thing."), titles.matched(titles.PLACE), names_only=True, signs="_./"),
    Odd("Warning", marked("Several names stand in one text, {text}: write each as a name of its own (skos:altLabel)."), titles.whole(titles.SEVERAL), names_only=True, signs=";；/"),
    Odd("Warning", marked("This name is in capitals throughout: write it as a sentence does."), titles.capitals, names_only=True),
    Odd("Warning", marked("Pinyin ({text}) stands under a tag of Chinese characters: write the characters, or tag it zh-Latn-pinyin."), titles.pinyin, names_only=True),
)  # fmt: skip


ASKED = {
    (name, plain): tuple(
        (odd, odd.signs) for odd in ODDITIES if not (odd.names_only and not name) and not (odd.foreign and plain)
    )
    for name in (True, False)
    for plain in (True, False)
}
"""What can be odd about a text, by whether it is a name and in ASCII, with the signs that it then has."""
PRINTED = (HAN_TOLD, ODDITIES[2].words)
"""What is odd about a text that is quoted as it is printed: that its tag names another language."""


def oddities(text: str, tag: str, *, name: bool) -> list[tuple[Odd, str]]:
    """Return what is odd about how a text is written, each with the odd part.

    Args:
        text: a literal's text.
        tag: its language tag, "" if none.
        name: it is a name or title, in which no foreign script is quoted.

    >>> [(odd.severity, part) for odd, part in oddities("标准 body", "en", name=True)]
    [('Violation', '标')]
    >>> [part for _, part in oddities("標準化组织", "zh-Hans", name=True)], oddities("ISO 标准", "zh-Hans", name=True)
    (['標準'], [])
    """
    found: dict[str, tuple[Odd, str]] = {}
    held, low = set(text), tag.lower()
    for odd, signs in ASKED[name, text.isascii()]:
        if not (signs and held.isdisjoint(signs)) and (part := odd.find(text, low)):
            found.setdefault(odd.words, (odd, part))
    if UNKNOWN_TOLD in found:
        found.pop(NOTHING_TOLD, None)
    return list(found.values())
