"""When two spellings are the same name: case, width, punctuation, accents and Chinese script do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from stdgraph.model.later import later

HAN = later(r"[㐀-鿿豈-﫿]")
KEPT = later(r"[^\w]|_", re.UNICODE)
WORD = later(r"[㐀-鿿豈-﫿]|(?:(?![㐀-鿿豈-﫿])[^\W\d_])+|\d+")
ASKED = later(r"[\s?？㐀-鿿豈-﫿]")
APOSTROPHE = later("['’ʼ]")

SURROGATE = later("[\ud800-\udfff]")

EMPTY = frozenset(
    ("a", "an", "and", "at", "between", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with")
)
"""English words that people leave out, or put in, when they type a name."""

ENDINGS = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"))
"""British endings, and the American ones by which they are compared."""


def words(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared: English ones in the singular, Chinese characters.

    >>> words("The Organisations' 5G cities（石墨烯）")
    ['organization', '5', 'g', 'city', '石', '墨', '烯']
    """
    found = [_stem(word) for word in WORD.findall(APOSTROPHE.sub("", fold(text)))]
    return [word for word in found if word not in EMPTY] or found


@lru_cache(maxsize=1 << 15)  # a graph has few words, and each of them often
def _stem(word: str) -> str:
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    if len(word) > 5:
        for british, american in ENDINGS:
            if word.endswith(british):
                return word.removesuffix(british) + american
    return word


def key(text: str) -> str:
    """Return the form in which names are compared.

    >>> key("ISO/TC 268") == key("iso／tc268")
    True
    >>> key("國家標準化管理委員會") == key("国家标准化管理委员会")
    True
    """
    return KEPT.sub("", fold(text))


def fold(text: str) -> str:
    """Return a text in which case, width, accents and Chinese script do not count."""
    if text.isascii():  # most are: a tenth of the time
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    if HAN.search(folded):
        folded = converter("t2s")(unicodedata.normalize("NFC", folded))
    return folded


@cache
def converter(kind: str) -> Callable[[str], str]:
    """Return what converts Chinese script: `t2s` to simplified, `s2t` to traditional characters.

    >>> converter("t2s")("標準")
    '标准'
    """
    import opencc  # 16 ms, and only for Chinese text

    convert: Callable[[str], str] = opencc.OpenCC(kind).convert
    return convert


def is_chinese(tag: str | None) -> bool:
    """Tell whether a language tag is Chinese (`zh`, `zh-Hans`, …) and not a romanization.

    >>> is_chinese("zh-hans"), is_chinese("zh-Latn-pinyin"), is_chinese("en")
    (True, False, False)
    """
    low = (tag or "").lower()
    return low.startswith("zh") and "latn" not in low


def is_words(question: str) -> bool:
    """Tell whether a question is asked in one's own words: no name of one has blanks, question marks or Chinese.

    What is no UTF-8, and comes as code points that no text has, is none.

    >>> is_words("agreements"), is_words("Who chairs ISO?"), is_words("谁是主席")
    (False, True, True)
    """
    if question.isascii():  # a pattern with Chinese in it takes milliseconds to compile
        return "?" in question or len(question.split()) > 1
    return bool(ASKED.search(question.strip())) and not SURROGATE.search(question)
