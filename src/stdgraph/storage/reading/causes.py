"""Why a Turtle text is faulty, in words that say what to mend: the cause, not the word at which the grammar gave up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage.reading.terms import NO_TAG
from stdgraph.storage.reading.tokens import FULL_WIDTH, FULL_WIDTH_TOLD, STRAY, Token

NO_STOP = marked("A full stop is missing here: the statement before does not end")
NO_SEMICOLON = marked("A semicolon is missing here")
NO_COMMA = marked("A comma is missing between these two values")
NO_OBJECT = marked("Nothing follows {predicate}: an object is missing")
NO_PREDICATE = marked("A predicate is due here, not {text}")
NO_SUBJECT = marked("A statement begins with an IRI or a bracket, not with {text}")
QUOTE_INSIDE = marked('A quotation mark inside a text: write \\" for it')
NOT_CLOSED = marked("The bracket {text} is not closed before the statement ends")
ENDS_INSIDE = marked("The file ends inside a statement")
TOO_DEEP = marked("Brackets are nested too deeply: give these nodes IRIs")
NO_PREFIX = marked("The prefix {prefix}: is not declared")
NO_KNOWN_PREFIX = marked("The prefix {prefix}: is not declared; add @prefix {prefix}: <{iri}>")
TRIPLE_TERM = marked("a triple as a term is not plain RDF 1.1: use a record instead")
NO_START = marked("A quotation mark is missing before {text}")
BAD_PREFIX = marked("After {text} a name with a colon and an IRI in <> are due")
BAD_BASE = marked("After {text} an IRI in <> is due")

SUBJECTS = ("iri", "name", "blank")
VALUES = ("string", "integer", "decimal", "double")
Tell = Callable[[int, Phrase], None]
Where = tuple[int, Phrase]


def mended(found: Iterable[Token], tell: Tell) -> Iterator[Token]:
    """Yield tokens, with full-width marks told and read as what they mean."""
    for token in found:
        odd = next((char for char in token.text if char in FULL_WIDTH), "") if token.kind in ("word", "bad") else ""
        if not odd or (token.kind == "bad" and token.text[0] not in FULL_WIDTH):
            yield token
            continue
        meant = FULL_WIDTH[odd]
        tell(token.start + token.text.index(odd), Phrase(FULL_WIDTH_TOLD, character=odd, meant=meant))
        if len(token.text) == 1 and meant in ";.,()":
            yield Token("mark", meant, token.start)
        elif meant == ":":
            yield Token("name", token.text.replace(odd, ":"), token.start)
        else:
            yield Token("told", token.text, token.start)


def at_line_start(text: str, token: Token) -> bool:
    """Tell whether a token is the first character of a line."""
    return token.kind != "end" and (token.start == 0 or text[token.start - 1] in "\r\n")


def directive(token: Token) -> str:
    """Return the directive that a token begins: `prefix`, `base` or `version`, "" if none."""
    word = token.text.removeprefix("@") if token.kind == "tag" else token.text.lower()
    return word if token.kind in ("tag", "word") and word in ("prefix", "base", "version") else ""


def begins(token: Token) -> bool:
    """Tell whether a statement may begin with a token."""
    is_bracket = token.kind == "mark" and token.text in "[("
    return token.kind in SUBJECTS or is_bracket or bool(directive(token))


def begun_inside(text: str, found: Sequence[Token], first: int, last: int) -> int | None:
    """Return the token at which another statement seems to begin within a broken one: at the start of a line, where
    the broken one indents its own."""
    for at in range(first + 1, last + 1):
        before = found[at - 1]
        ended = before.text == ";" or before.kind not in ("mark", "bad", "word")
        if at_line_start(text, found[at]) and begins(found[at]) and ended and at_line_start(text, found[first]):
            return at
    return None


def after_statement(text: str, found: Sequence[Token], at: int) -> int:
    """Return the token after the end of a broken statement: a full stop that ends its line, or a line that begins."""
    for here in range(at, len(found)):
        token = found[here]
        if at_line_start(text, token) and begins(token):
            return here
        if token.kind == "mark" and token.text == "." and _ends_line(text, found, here):
            return here + 1
    return len(found)


def _ends_line(text: str, found: Sequence[Token], at: int) -> bool:
    return at + 1 == len(found) or breaks(text, found[at].end, found[at + 1].start)


def breaks(text: str, start: int, end: int) -> bool:
    """Tell whether a line ends between two places."""
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def is_predicate(text: str, found: Sequence[Token], at: int) -> bool:
    """Tell whether a predicate with an object seems to stand here, on a line of its own or behind a whole value."""
    token = found[at]
    if at_line_start(text, token) or at + 1 >= len(found):
        return False
    if token.kind not in ("iri", "name") and token.text != "a":
        return False
    following = found[at + 1]
    own_line = breaks(text, found[at - 1].end, token.start)
    is_object = following.kind in (*SUBJECTS, *VALUES) or following.text in ("[", "(", "true", "false")
    return is_object and own_line


def quoted_inside(text: str, found: Sequence[Token], at: int) -> bool:
    """Tell whether the text before seems to have ended at a quotation mark that belongs to it."""
    before = next((t for t in reversed(found[max(at - 3, 0) : at]) if t.kind in ("string", "bad")), None)
    if before is None or before.kind == "bad":
        return False
    line = text[before.end : _line_end(text, before.end)]
    return (found[at].start == found[at - 1].end and found[at].kind != "mark") or _odd_quotes(line)


def _odd_quotes(line: str) -> bool:
    """Tell whether the rest of a line holds an odd number of quotation marks, or a text right behind a word."""
    return line.count('"') % 2 == 1


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def unexpected(text: str, found: Sequence[Token], at: int) -> Where:
    """Return the cause where a full stop, a semicolon or a comma is due."""
    last = found[at - 1]
    if at >= len(found):
        return last.end, Phrase(ENDS_INSIDE)
    token = found[at]
    if last.kind == "tag" and token.start == last.end:
        return last.start, Phrase(NO_TAG, text=last.text + token.text)
    if token.kind == "bad" and token.text[0] == "@":
        return token.start, Phrase(NO_TAG, text=token.text)
    quoted = _quoted_before(text, found, at)
    if quoted is not None and (token.start == quoted.end or '"' in text[token.start : _line_end(text, token.start)]):
        return quoted.end - 1, Phrase(QUOTE_INSIDE)
    if last.kind == "name" and last.text[-1] in FULL_WIDTH:
        meant = FULL_WIDTH[last.text[-1]]
        return last.end - 1, Phrase(FULL_WIDTH_TOLD, character=last.text[-1], meant=meant)
    return _stray(token)


def _quoted_before(text: str, found: Sequence[Token], at: int) -> Token | None:
    """Return the text that stands before a word on its line."""
    if found[at].kind not in ("word", "bad", "name", "tag", *VALUES):
        return None
    quoted = next((t for t in reversed(found[max(at - 3, 0) : at]) if t.kind == "string"), None)
    return quoted if quoted is not None and not breaks(text, quoted.end, found[at].start) else None


def no_subject(token: Token) -> Where:
    """Return the cause where a subject is due."""
    return _stray(token, NO_SUBJECT)


def no_predicate(token: Token) -> Where:
    """Return the cause where a predicate is due."""
    return _stray(token, NO_PREDICATE)


def no_object(token: Token, following: Sequence[Token]) -> Where:
    """Return the cause where an object is due."""
    if token.kind == "word" and any(t.kind in ("string", "bad") and t.text[0] in "\"'" for t in following):
        return token.start, Phrase(NO_START, text=token.text)
    return _stray(token)


def _stray(token: Token, words: str = STRAY) -> Where:
    if token.kind == "end":
        return token.start, Phrase(ENDS_INSIDE)
    if token.kind == "triple":
        return token.start, Phrase(TRIPLE_TERM)
    if token.kind == "bad" and token.fault:
        return token.start, token.fault
    return token.start, Phrase(words, text=token.text)


def undeclared(prefix: str) -> Phrase:
    """Return what to say of a prefix that is not declared."""
    iri = PREFIXES.get(prefix)
    return Phrase(NO_KNOWN_PREFIX, prefix=prefix, iri=iri) if iri else Phrase(NO_PREFIX, prefix=prefix)
