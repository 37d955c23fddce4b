"""What is wrong with a query that the engine does not read: the cause, at its place, and the right way."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage.patterns import FORMS, Element, Taken, Unreadable
from stdgraph.storage.tokens import CLOSING, Token, pairs, place, tokens

KEYWORDS = frozenset(
    """
    SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED AS ORDER BY ASC DESC GROUP
    HAVING LIMIT OFFSET VALUES UNDEF OPTIONAL UNION MINUS GRAPH SERVICE SILENT FILTER BIND EXISTS NOT IN LATERAL
    A TRUE FALSE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI
    BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS
    STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384
    SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
    TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE ADJUST LANGDIR HASLANG HASLANGDIR STRLANGDIR
    """.split()  # noqa: SIM905 (a list of a hundred strings is not read)
)
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
OTHERS = {"AND": "&&", "OR": "||", "LIKE": "CONTAINS", "NULL": "!BOUND", "ISNULL": "!BOUND", "LENGTH": "STRLEN"} | {
    "LOWER": "LCASE",
    "UPPER": "UCASE",
    "LEN": "STRLEN",
}
"""What SQL calls it, and what SPARQL does."""
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
WIDE = dict(
    zip("｛｝（）［］；，．：？＜＞＝！＆｜＋－＊／＂＇＠＾＃＿＄", "{}()[];,.:?<>=!&|+-*/\"'@^#_$", strict=True)
)
WIDE |= {"。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "《": "<", "》": ">", "【": "[", "】": "]"}
WANTED = {
    "{": Phrase("a group in braces is expected here: write {right}", right="{ … }"),
    "(": Phrase("the condition stands in brackets: write {right}", right="(…)"),
    "subject": Phrase("a triple or a keyword is expected here"),
    "predicate": Phrase("a property is missing here: a triple is subject, property and value"),
    "object": Phrase("a value is missing here: a triple is subject, property and value"),
    ".": Phrase("a sign is missing before this: '.' ends a triple, ';' goes on with its subject"),
}
Cause = tuple[int, Phrase]


def mistake(text: str, said: str = "") -> tuple[int, int, Phrase] | None:
    """Return line, column and cause of what is wrong with a query, None where it is not seen here.

    Args:
        text: a query that the engine refused.
        said: what the engine told, which names faults that are none of syntax.

    >>> str(mistake("ASK { ?x a stgd:Body }")[2])
    'the prefix stgd: is not declared; the nearest is stdg:'
    """
    taken = Taken(text)
    for look in (_wide, _strings, _addresses, _names, _words, _brackets, _signs, _heads, _groups, _selected):
        if found := next(iter(look(taken, said)), None):
            at, phrase = found
            return *place(text, at), phrase
    return None


def _wide(taken: Taken, said: str) -> Iterator[Cause]:
    for token in taken.tokens:
        if token.kind == "sign" and token.text in WIDE:
            phrase = Phrase("'{sign}' is a full-width sign: write {right}", sign=token.text, right=WIDE[token.text])
            yield token.start, phrase


def _strings(taken: Taken, said: str) -> Iterator[Cause]:
    for at, token in enumerate(taken.tokens):
        quote = token.text[:3] if token.text[:3] in ('"""', "'''") else token.text[:1]
        if token.kind == "string" and (len(token.text) < 2 * len(quote) or not token.text.endswith(quote)):
            yield token.start, Phrase("this text is not closed: write {right} behind it", right=quote)
        if token.kind == "string" and taken.sign(at + 1) == "@" and "_" in taken.sign(at + 2):
            tag = taken.tokens[at + 2]
            right = tag.text.replace("_", "-")
            yield tag.start, Phrase("'{name}' is no tag of a language: write {right}", name=tag.text, right=right)


def _names(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield prefixes that are not declared, and addresses without their brackets."""
    known = {"_", *PREFIXES}
    for at, token in enumerate(taken.tokens):
        if token.kind != "name":
            continue
        prefix, _, local = token.text.partition(":")
        if taken.sign(at - 1) == "PREFIX":
            known.add(prefix)
        elif taken.sign(at + 1) == taken.sign(at + 2) == "/" and not local:
            right = "<" + taken.text[token.start :].split(None, 1)[0].rstrip(".;,<>{}")[:100] + ">"
            yield token.start, Phrase("an address stands in angle brackets: write {right}", right=right)
        elif prefix not in known:
            nearest = _near(prefix, sorted(known - {"_", ""}), 0.5)
            told = Phrase("the prefix {prefix}: is not declared", prefix=prefix[:100])
            if nearest:
                told = Phrase(
                    "the prefix {prefix}: is not declared; the nearest is {right}:", prefix=prefix[:100], right=nearest
                )
            yield token.start, told


def _near(word: str, known: list[str], cutoff: float) -> str:
    return next(iter(difflib.get_close_matches(word[:40], known, n=1, cutoff=cutoff)), "")


def _words(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield words that SPARQL does not have: all else has a prefix, or stands in quotes or brackets."""
    for at, token in enumerate(taken.tokens):
        if token.kind != "word" or NUMBER.fullmatch(token.text) or taken.sign(at - 1) == "@":
            continue
        if taken.sign(at - 1) == "PREFIX":
            right = f"{token.text[:50]}: <…>"
            yield token.start, Phrase("a prefix ends with a colon: write {right}", right=right)
        elif token.upper not in KEYWORDS or (token.upper == "A" and token.text != "a"):
            yield token.start, _word(taken, at, token)


def _word(taken: Taken, at: int, token: Token) -> Phrase:
    word = token.text[:100]
    if right := "a" if word == "A" else OTHERS.get(token.upper):
        return Phrase("'{name}' is no word of SPARQL: write {right}", name=word, right=right)
    term_before = taken.kind(at - 1) in ("var", "name", "iri") or taken.sign(at - 1) in ("A", ";") if at else False
    is_term = term_before and taken.sign(at + 1) not in ("{", "(") and not word.isupper()
    nearest = "" if is_term else _near(token.upper, sorted(KEYWORDS), 0.75)
    if nearest:
        return Phrase("'{name}' is no word of SPARQL; the nearest is {right}", name=word, right=nearest)
    right = f"stdg:{word}"
    return Phrase(
        "'{name}' is no word of SPARQL: a term has a prefix ({right}), a variable a question mark, a text quotes",
        name=word,
        right=right,
    )


def _brackets(taken: Taken, said: str) -> Iterator[Cause]:
    _, fault = pairs(taken.tokens)
    if not fault:
        return
    opened, closed = fault
    if opened < 0:
        token = taken.tokens[closed]
        yield token.start, Phrase("'{sign}' closes what nothing opens", sign=token.text)
    elif closed < 0:
        token = taken.tokens[opened]
        right = CLOSING[token.text]
        yield (
            token.start,
            Phrase("'{sign}' is not closed: write {right} behind its last part", sign=token.text, right=right),
        )
    else:
        opener, token = taken.tokens[opened], taken.tokens[closed]
        line, column = place(taken.text, opener.start)
        told = Phrase(
            "{right} is expected before '{sign}', for '{opener}' stands open at {line}:{column}",
            right=CLOSING[opener.text],
            sign=token.text,
            opener=opener.text,
            line=line,
            column=column,
        )
        yield token.start, told


def _signs(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield operators of other languages."""
    for at, token in enumerate(taken.tokens):
        pair = taken.text[token.start : token.start + 2]
        if token.text == "=" and pair == "==":
            yield token.start, Phrase("'{sign}' is no sign of SPARQL: write {right}", sign=pair, right="=")
        elif token.text == "<>" and taken.kind(at - 1) in ("var", "string"):
            yield token.start, Phrase("'{sign}' is no sign of SPARQL: write {right}", sign=pair, right="!=")
        elif token.text in "&|" and taken.sign(at - 1) != token.text and _is_alone(taken, at):
            told = Phrase("'{sign}' is no sign of SPARQL: write {right}", sign=token.text, right=token.text * 2)
            yield token.start, told


def _addresses(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield brackets that open an IRI with a space or quote in it."""
    for at, token in enumerate(taken.tokens):
        if token.text == "<" and token.kind == "sign" and taken.kind(at + 1) in ("word", "name"):
            line = taken.text[token.start : token.start + 300].partition("\n")[0]
            if taken.tokens[at + 1].start == token.end and ">" in line:
                yield token.start, Phrase("an IRI in angle brackets has no space, quote or brace in it")


def _is_alone(taken: Taken, at: int) -> bool:
    """Tell whether a sign stands alone, and is none of a path."""
    return taken.sign(at + 1) != taken.sign(at) and (taken.sign(at) == "&" or taken.kind(at - 1) == "string")


def _heads(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield faults of what stands around the groups."""
    first = next((at for at, token in enumerate(taken.tokens) if _begins(taken, at)), -1)
    if taken.sign(0) == "@":
        yield 0, Phrase("this is written for Turtle: write {right}, without '@' and the dot", right="PREFIX x: <…>")
    if taken.form < 0 or first != taken.form:
        start = taken.tokens[max(first, 0)].start if taken.tokens else 0
        yield start, Phrase("a query begins with {right}", right=", ".join(FORMS))
        return
    yield from _clauses(taken)
    for at, token in enumerate(taken.tokens):
        if token.upper == "SELECT":
            yield from _head(taken, at)
        elif token.upper in FORMS and taken.where(at)[0] < 0 and token.upper != "DESCRIBE":
            yield token.start, Phrase("the group of patterns is missing: write {right}", right="{ … }")


def _begins(taken: Taken, at: int) -> bool:
    """Tell whether a token is no part of a prologue."""
    if taken.sign(at) in ("PREFIX", "BASE"):
        return False
    before = taken.sign(at - 1)
    return not (before in ("PREFIX", "BASE") or (taken.kind(at) == "iri" and taken.sign(at - 2) == "PREFIX"))


def _clauses(taken: Taken) -> Iterator[Cause]:
    for at, token in enumerate(taken.tokens):
        after = taken.tokens[at + 1] if at + 1 < len(taken.tokens) else Token("", "", len(taken.text))
        if token.upper in ("ORDER", "GROUP") and after.upper != "BY":
            right = f"{token.upper} BY"
            yield after.start, Phrase("{right} is expected behind {name}", name=token.upper, right=right)
        elif token.upper == "WHERE" and after.text != "{":
            yield after.start, Phrase("a group in braces is expected behind WHERE: write {right}", right="{ … }")
        elif token.upper in ("LIMIT", "OFFSET") and not after.text.isdigit():
            yield after.start, Phrase("a number is expected behind {name}", name=token.upper)
        elif token.upper == "BIND" and after.text == "(" and at + 1 in taken.closed:
            end = taken.closed[at + 1]
            if taken.sign(end - 2) != "AS":
                yield taken.tokens[end].start, Phrase("BIND names a variable at its end: write {right}", right="AS ?x")


def _head(taken: Taken, form: int) -> Iterator[Cause]:
    """Yield faults of what a SELECT names."""
    at, named = form + 1, False
    while at < len(taken.tokens) and taken.sign(at) not in ("{", "WHERE", "FROM", "}", *FORMS):
        token = taken.tokens[at]
        if token.text == ",":
            yield token.start, Phrase("variables stand side by side in SELECT: leave '{sign}' out", sign=",")
        elif token.upper in AGGREGATES or (token.upper and taken.sign(at + 1) == "("):
            end = taken.closed.get(at + 1, at)
            right = f"({taken.between(at, end + 1)[:60]} AS ?n)"
            yield token.start, Phrase("what is computed stands in brackets, with a name: write {right}", right=right)
        elif token.text == "(" and at in taken.closed:
            end = taken.closed[at]
            if taken.sign(end - 2) != "AS":
                right = f"({taken.between(at + 1, end)[:60]} AS ?n)"
                yield (
                    token.start,
                    Phrase("what is computed stands in brackets, with a name: write {right}", right=right),
                )
        named = named or token.text in ("*", "(") or token.kind == "var"
        at = taken.closed.get(at, at) + 1
    if not named:
        start = taken.tokens[at].start if at < len(taken.tokens) else len(taken.text)
        yield start, Phrase("SELECT names variables, or all of them: write {right}", right="SELECT *")
    elif taken.where(form)[0] < 0:
        yield taken.tokens[form].start, Phrase("the group of patterns is missing: write {right}", right="{ … }")


def _groups(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield the first thing in a group that cannot stand there."""
    opened, _ = taken.where(taken.form)
    waiting = [opened] if opened >= 0 else []
    while waiting:
        opened = waiting.pop()
        if taken.sign(opened + 1) == "SELECT":
            waiting += [inner for inner, _ in [taken.where(opened + 1)] if inner >= 0]
            continue
        try:
            parts = list(taken.elements(opened))
        except Unreadable as fault:
            at = taken.tokens[fault.at] if fault.at < len(taken.tokens) else Token("", "", len(taken.text))
            if fault.wanted == "." and taken.sign(fault.at - 2) == ",":
                yield at.start, Phrase("',' goes on with a value: write {right} before another property", right=";")
            yield at.start, WANTED[fault.wanted]
            return
        waiting += [part.opened for part in reversed(parts) if part.opened >= 0]
        yield from _filled(parts)


def _filled(parts: list[Element]) -> Iterator[Cause]:
    """Yield a BIND that names a variable which has a value already."""
    seen: set[str] = set()
    for part in parts:
        if part.kind not in ("bind", "triple"):
            continue
        inner = tokens(part.text)
        named = [token.text for token in inner if token.kind == "var"]
        if part.kind == "bind" and named and (named[-1] in seen or named[-1] in named[:-1]):
            yield part.start, Phrase("{name} has a value already; BIND gives one to a new variable", name=named[-1])
        seen.update(named if part.kind == "triple" else named[-1:])


def _selected(taken: Taken, said: str) -> Iterator[Cause]:
    """Yield a variable that SELECT names and GROUP BY does not, or names twice."""
    form, seen = taken.form, set[str]()
    opened, _ = taken.where(form)
    if taken.sign(form) != "SELECT" or opened < 0:
        return
    by = next((at for at in range(taken.closed[opened], len(taken.tokens)) if taken.sign(at) == "GROUP"), None)
    grouped = set(_goes_by(taken, by)) if by is not None else set[str]()
    at = form + 1
    while at < opened:
        token = taken.tokens[at]
        if token.kind == "var" and token.text in seen:
            yield token.start, Phrase("{name} stands twice in SELECT", name=token.text)
        if token.kind == "var" and "unbound" in said and token.text[1:] not in grouped:
            right = f"GROUP BY {token.text}"
            yield (
                token.start,
                Phrase(
                    "rows are counted, and {name} is not what they go by: write {right}", name=token.text, right=right
                ),
            )
        if token.text == "(" and _is_loose(taken, at, grouped, said):
            computed = taken.between(at, taken.closed[at] + 1)[:100]
            name = taken.tokens[taken.closed[at] - 1].text
            told = Phrase(
                "rows are counted, and {name} is not what they go by: write {right}, and {name} here",
                name=name,
                right="GROUP BY " + computed,
            )
            yield token.start, told
        if token.text == "*" and "GROUP BY" in said:
            yield token.start, Phrase("SELECT * does not go with GROUP BY: name the variables")
        seen.add(token.text)
        at = taken.closed.get(at, at) + 1


def _goes_by(taken: Taken, by: int) -> Iterator[str]:
    """Yield the variables behind GROUP BY, and those that it gives a name to what it computes."""
    at = by + 2
    while at < len(taken.tokens) and taken.sign(at) not in ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"):
        end = taken.closed.get(at, at)
        named = end - 1 if end > at and taken.sign(end - 2) == "AS" else at
        if taken.kind(named) == "var":
            yield taken.tokens[named].text[1:]
        at = end + 1


def _is_loose(taken: Taken, at: int, grouped: set[str], said: str) -> bool:
    """Tell whether what SELECT computes counts nothing, and rests on what rows do not go by, or has the name that they go by."""
    end = taken.closed.get(at, at)
    inner = taken.tokens[at + 1 : end - 2]
    named = {token.text[1:] for token in inner if token.kind == "var"}
    if any(token.upper in AGGREGATES for token in inner):
        return False
    return ("unbound" in said and bool(named - grouped)) or (
        "overrides" in said and taken.tokens[end - 1].text[1:] in grouped
    )
