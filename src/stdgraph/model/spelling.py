"""When two spellings are the same name: case, width, punctuation, accents and Chinese script do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

HAN = re.compile(r"[㐀-鿿豈-﫿]")
KEPT = re.compile(r"[^\w]|_", re.UNICODE)


def key(text: str) -> str:
    """Return the form in which names are compared.

    >>> key("ISO/TC 268") == key("iso／tc268")
    True
    >>> key("國家標準化管理委員會") == key("国家标准化管理委员会")
    True
    """
    if text.isascii():  # most are: a tenth of the time
        return KEPT.sub("", text.lower())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    if HAN.search(folded):
        folded = _simplifier().convert(unicodedata.normalize("NFC", folded))
    return KEPT.sub("", folded)


@cache
def _simplifier() -> Any:
    import opencc  # 16 ms, and only for Chinese text

    return opencc.OpenCC("t2s")


def is_chinese(tag: str | None) -> bool:
    """Tell whether a language tag is Chinese (`zh`, `zh-Hans`, …) and not a romanization.

    >>> is_chinese("zh-hans"), is_chinese("zh-Latn-pinyin"), is_chinese("en")
    (True, False, False)
    """
    low = (tag or "").lower()
    return low.startswith("zh") and "latn" not in low
