"""What the program says: English in the source, Chinese in a gettext catalogue that is read only where it is asked for.

    Phrase("'{view}' is no view; there are {views}", view=view, views=", ".join(VIEWS))

is its English text, and keeps what its Chinese one is made of. The catalogue is `zh/LC_MESSAGES/stdgraph.po`; see
CONTRIBUTING.md, "Add a message".
"""

from __future__ import annotations

from typing import Any, Self


class Text(str):
    """An English text that knows its Chinese."""

    def chinese(self) -> str:
        """Return the text in Chinese."""
        raise NotImplementedError


class Phrase(Text):
    """A sentence of ours: a message with `{named}` places, which is what the catalogue translates, and their values.

    >>> Phrase("'{text}' is not a day of the calendar", text="2016-13")
    "'2016-13' is not a day of the calendar"
    >>> Phrase("'{text}' is not a day of the calendar", text="2016-13").chinese()
    '“2016-13”不是有效的日历日期'
    """

    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, /, **values: Any) -> Self:  # noqa: D102 (as the class says)
        phrase = super().__new__(cls, message.format(**values))
        phrase.message, phrase.values = message, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.message,), self.values

    def chinese(self) -> str:
        """Return the sentence in Chinese, values that are texts themselves too."""
        from stdgraph.locale.catalogue import message

        return message(self.message).format(**{name: translated(value, "zh") for name, value in self.values.items()})


class Foreign(Text):
    """A sentence that another program has finished: a library's fault of syntax, the system's word for an error.

    >>> Foreign("No space left on device").chinese(), Foreign("BSI").chinese()
    ('设备上没有剩余空间', 'BSI')
    """

    def chinese(self) -> str:
        """Return what the catalogue has for it under `foreign`, itself where that is nothing."""
        from stdgraph.locale.patterns import matched

        return matched("foreign", str(self))


def marked(message: str) -> str:
    """Return a message as it is: marks one for the catalogue that becomes a Phrase elsewhere."""
    return message


def translated(value: Any, lang: str) -> Any:
    """Return a text in a language, `en` or `zh`; what is no text of ours stays as it is."""
    return value.chinese() if isinstance(value, Text) and lang.startswith("zh") else value


def in_words(context: str, code: str, lang: str) -> str:
    """Return what people say for a code of a list: the code itself in English, and where the list does not have it.

    >>> in_words("cell.certainty", "possible", "zh"), in_words("cell.certainty", "possible", "en")
    ('可能', 'possible')
    """
    if not lang.startswith("zh"):
        return code
    from stdgraph.locale.catalogue import catalogue

    return catalogue().pgettext(context, code)


def located(locator: str, lang: str) -> str:
    """Return a place in a document as people read it; what stands in the document itself stays as it is.

    >>> located("一（一） / paragraph 1 / item 2 (二是)", "zh")
    '一（一） / 第1段 / 第2项（二是）'
    """
    if not lang.startswith("zh"):
        return locator
    from stdgraph.locale.patterns import matched

    return " / ".join(matched("locator", part) for part in locator.split(" / "))
