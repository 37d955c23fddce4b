"""What is no part of a name: marks of lists and notes, slips of copying, files and addresses, what programs leave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
FONT = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
"""Radicals, compatibility ideographs and ligatures: what fonts of documents need, and no text."""
EXTRA = re.compile(
    r"^(?:\(?[0-9]{1,2}[.)、]\s|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[•·●▪◦]\s?|[-–—*]\s)"
    r"|(?:[,;:，；：、。]|\b(?:[a-z]{3,}|[A-Za-z]{5,})[.]|[.]{3}|…|[¹²³⁰-⁹†‡]|(?<![*])[*]|\[[0-9]{1,3}\])$"
)
SLIP = re.compile(
    rf"(?<![A-Za-z0-9])(?:[0-9]+[OolI][0-9]+|l[0-9]+(?:st|nd|rd|th)?|I(?:[0-9]{{3}}|[0-9]+(?:st|nd|rd|th))|2O[0-9]+|[0-9]+l(?:st|th))(?![A-Za-z0-9])"
    rf"|\b([a-z]{{2,}}) \1\b|([{HAN}]{{3,}})\2|[a-z]{{2,}}- (?!(?:and|or|to|through|und|oder|bis|sowie|et|ou|en|of|och|eller|og|ja)\b)[a-z]{{2,}}"
    rf"|(?<![^\s])[{HAN}](?: [{HAN}](?![{HAN}]))+|(?<=[{HAN}]) [{HAN}](?= [{HAN}])|\S (?:[,;:!?)]|[.](?![A-Za-z]))|\( |[{HAN}][,;:?!][{HAN}]"
)
PLACE = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+\.(?:pdf|docx?|xlsx?|pptx?|txt|html?|ttl|csv|json)$|\S*\w_\w\S*", re.IGNORECASE
)
MADE = re.compile(
    r"^[=+@][A-Z]+\(.*|^#(?:REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?|\{\{.*\}\}|\$\{.*\}|<%.*%>|【[0-9]+†[^】]*】|^\[\s*\".*\]$|^\{\s*\".*\}$"
    r"|lorem ipsum.*|\b(?:as an ai(?: language)? model|as a large language model|my knowledge cutoff|i cannot verify)\b",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"(?:null|(?-i:nan|NaN|NAN)|none|n/a|undefined|todo|tbd|fixme|lorem ipsum.*|see (?:the )?(?:document|source|above|below|text))",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"(?!.*&#?\w+;)(?:[^;；]+(?:[;；][^;；]+)+|[^/]+(?:(?!(?<=[A-Z]{2}) / [A-Z]{2}) / [^/]+)+)")
"""Names with `;` or ` / ` between them; acronyms of those who do something together (ISO / IEC) are one name."""
CAPITALS = re.compile(r"(?=.* )(?=(?:[^A-Z]*[A-Z]){12})(?=(?:.*?\b[A-Z]{5,}\b){2}|.*\b[A-Z]{8,}\b)[^a-z]*")
"""Words in capitals, two of them longer than most acronyms or one longer than all: committees have numbers such as ISO/IEC JTC 1/SC 42/WG 5."""
PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」", "〈": "〉", "『": "』"}
ENDS = frozenset(PAIRS.values())
MARKS = '"' + "".join([*PAIRS, *PAIRS.values()])
LOWER = re.compile("[a-z]")
WHOLE = re.compile(r'"[^"]*"|“[^”]*”(?<![\u4e00-\u9fff]”)')
INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
FINAL = "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
SYLLABLE = re.compile(f"(?:{INITIAL}?{FINAL})++")
"""Syllables of pinyin; what is taken for one stays so, or a long word could be read in ever so many ways."""
ORDINAL = re.compile(r"^[0-9]{1,2}[.](?= )")
USUAL = {"fr": re.compile(r" (?=[;:!?])"), "de": ORDINAL, "hu": ORDINAL, "tr": ORDINAL}
"""What is right in a language and wrong in others: a blank before a mark, an ordinal with a full stop."""


def matched(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    """Return what finds the first match of a pattern, without blanks at its ends, but for what is right in its language.

    >>> matched(EXTRA)("3. Guidelines", "en"), matched(EXTRA)("DIN Ltd.", "en"), matched(SLIP)("stan- dards", "en")
    ('3.', '', 'stan- dards')
    """

    def find(text: str, tag: str) -> str:
        usual = USUAL.get(tag[:2])
        found = pattern.search(usual.sub("", text) if usual else text)
        return found[0].strip() or found[0] if found else ""

    return find


def fonts(text: str, _tag: str) -> str:
    """Return the sign of a font with its number, "" if there is none."""
    found = None if text.isascii() else FONT.search(text)
    return f"{found[0]}, U+{ord(found[0]):04X}" if found else ""


def unpaired(text: str, _tag: str) -> str:
    """Return the bracket or quotation mark that has no other, or one of another kind; all, where they hold the whole.

    >>> unpaired("标准（草案)", ""), unpaired("Body (draft", ""), unpaired("《标准》（草案）", ""), unpaired('"Body"', "")
    (')', '(', '', '"Body"')
    """
    open_marks: list[str] = []
    for char in text:
        if char in PAIRS:
            open_marks.append(char)
        elif char in ENDS and (not open_marks or PAIRS[open_marks.pop()] != char):
            return char
    found = WHOLE.fullmatch(text)
    return open_marks[-1] if open_marks else found[0] if found else ""


def capitals(text: str, tag: str) -> str:
    """Return a name in several words that is in capitals throughout."""
    return text if tag.startswith("en") and not LOWER.search(text) and CAPITALS.fullmatch(text) else ""


def pinyin(text: str, tag: str) -> str:
    """Return a name that stands under a tag of Chinese characters and is pinyin.

    >>> pinyin("Zhongguo biaozhunhua xiehui", "zh-hans"), pinyin("ChatGPT", "zh-hans"), pinyin("IEC TS 60904", "zh-hans")
    ('Zhongguo biaozhunhua xiehui', '', '')
    """
    if not tag.startswith("zh") or "latn" in tag or re.search(f"[{HAN}]", text):
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    words = re.findall(r"[A-Za-z']+", bare)
    read = all(SYLLABLE.fullmatch(word.lower().replace("'", "")) for word in words)
    return text if read and sum(map(len, words)) > 6 and len(words) > 1 else ""


def pinyin_of(text: str, syllables: int) -> bool:
    """Tell whether a name can be read as so many syllables of pinyin; one without an initial begins a word.

    >>> pinyin_of("Xu Xi'an", 3), pinyin_of("Zhang Xiaogang", 3), pinyin_of("Zhang Xiao", 3), pinyin_of("John Smith", 2)
    (True, True, False, False)
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = re.sub("[^a-z]+", "'", f" {bare}").rstrip("'")
    return bool(re.fullmatch(f"(?:(?:'{INITIAL}?|{INITIAL}){FINAL}){{{syllables}}}", words))


def whole(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    """Return what finds a text that is nothing but a match of a pattern."""
    return lambda text, _tag: text if pattern.fullmatch(text.strip()) else ""
