"""The block form of Turtle: one entity a block, one fact a line, blocks in order, so that a diff is a list of facts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from stdgraph.errors import ExportError, FormatError, TurtleSyntaxError
from stdgraph.locale import Phrase
from stdgraph.model.later import later
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import BASE, PREFIXES, RDF, RDFS, SKOS, XSD
from stdgraph.storage.blanks import Labels, difference, labels_needed, labels_of_all
from stdgraph.storage.reading.comments import Comments
from stdgraph.storage.reading.found import Reading
from stdgraph.storage.reading.statements import read
from stdgraph.storage.syntax import check_nesting, syntax_error

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TYPE, FIRST, REST, NIL = (RDF + n for n in ("type", "first", "rest", "nil"))
LABELS = (SKOS + "prefLabel", RDFS + "label")
LOCAL = later(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
RELATIVE = later(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")
BARE = {XSD + "integer": later(r"[+-]?[0-9]+"), XSD + "decimal": later(r"[+-]?[0-9]*\.[0-9]+")}
TOKENS = later(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""|' + r"'''(?:[^'\\]++|\\.|'(?!''))*+'''|"
    r'"(?:[^"\\\n]++|\\.)*+"|' + r"'(?:[^'\\\n]++|\\.)*+'|" + r"<[^<>\n]*>|\\.|(?P<comment>#[^\r\n]*)",
    re.DOTALL,
)
BLANK = " \t\r\n"
CRLF = later(r"\A[^\r\n]*\r\n")
LONG = {"\\": "\\\\", "\n": "\n", "\t": "\t"}
SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""How characters are written in a text over several lines, and in one on its line."""
QUOTES, ESCAPED_QUOTES = '"""', r"\"\"\""
LANGUAGE_ORDER = {"en": 0, "zh-hans": 1, "zh-hant": 2}


def format_turtle(text: str, path: str = "-") -> str:
    """Return the same triples in block form: base and prefixes, then blocks sorted by IRI, one value a line.

    A comment stays with the triple or block above or beside which it stands. Formatting twice changes nothing. The
    result has the line ends of the text, and is read again before it is returned. Language tags get the case that
    BCP 47 recommends (RFC 5646, 2.1.1).

    Raises:
        TurtleSyntaxError: the text is not Turtle.
        FormatError: something would be lost: a blank node that needs a name.

    >>> print(format_turtle("@prefix x: <http://x.org/> . x:a x:c 1 ; x:b 'SAC' ."), end="")
    @base <https://w3id.org/stdgraph/id/> .
    @prefix x: <http://x.org/> .
    <BLANKLINE>
    x:a
        x:b "SAC" ;
        x:c 1 ;
    .
    """
    if not CRLF.search(text):
        return _formatted(text, path)
    unix = text.replace("\r\n", "\n")
    return text if _is_block_form(unix) else _formatted(text, path, "\r\n")


def _is_block_form(text: str) -> bool:
    try:
        return _formatted(text, "-") == text
    except (TurtleSyntaxError, FormatError):  # told of the text as it is
        return False


def _formatted(text: str, path: str, end: str = "\n") -> str:
    triples, prefixes = parse_turtle(text, path)
    _refuse_what_needs_another_form(text, triples, path)
    found = read(text) if _has_comments(text) else None
    comments = Comments(found) if found else None
    written = [stated.triple for stated in found.stated] if found else triples
    body = _text(written, prefixes, path, short=end != "\n", comments=comments)
    done = "".join(f"{line}\n" for line in (comments.header if comments else ())) + body
    if lost := _lost(done, triples, {}) or (found and _comment_lost(found, done)):
        detail = Phrase("nothing was written, for it would not read back the same: {statement}", statement=lost)
        raise FormatError(path=path, line=1, detail=detail)
    return done.replace("\n", end)


def _has_comments(text: str) -> bool:
    return any(match["comment"] for match in TOKENS.finditer(text))


def _comment_lost(found: Reading, done: str) -> str:
    """Return a comment that a text has and its block form has not, "" if there is none."""
    before, after = (Counter(c.text.rstrip(BLANK) for c in r.comments) for r in (found, read(done)))
    return min(before - after, default="")


def _refuse_what_needs_another_form(text: str, triples: list[ox.Triple], path: str) -> None:
    if any(isinstance(t.object, ox.Triple) for t in triples):
        raise triple_term_error(text, path)
    if shared := labels_needed(triples):
        label = next(iter(shared)).value
        detail = Phrase("the blank node _:{label} is used twice or in a ring: give it an IRI", label=label)
        at = _first(text, rf"_:{re.escape(label)}(?![\w.-]*\w)")
        raise FormatError(path=path, line=_line_at(text, at), detail=detail)


def triple_term_error(text: str, path: str) -> TurtleSyntaxError:
    """Return the error for a text that states something about a statement, as only RDF 1.2 can."""
    at = _first(text, r"<<|\{\||~")
    column = at - max(text.rfind(end, 0, at) for end in "\r\n")
    detail = Phrase("a triple as a term is not plain RDF 1.1: use a record instead")
    return TurtleSyntaxError(path=path, line=_line_at(text, at), column=column, detail=detail)


def _first(text: str, mark: str) -> int:
    """Return where a mark stands first, outside of texts, IRIs and comments."""
    found = re.finditer(f"(?P<mark>{mark})|{TOKENS.pattern}", text, re.DOTALL)
    return next((match.start() for match in found if match["mark"]), 0)


def _line_at(text: str, place: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:place])) + 1


def _lost(text: str, triples: list[ox.Triple], labels: Labels) -> str:
    """Return what would not read back the same of what is to be written, "" if nothing.

    It is the last line of defence against a fault of the writer: a file is replaced by nothing less than itself.
    """
    try:
        return difference(triples, parse_turtle(text)[0], labels)
    except TurtleSyntaxError as error:
        return str(error)


def parse_turtle(text: str | bytes, path: str = "-") -> tuple[list[ox.Triple], dict[str, str]]:
    """Return the triples and prefixes of a Turtle text.

    Raises:
        TurtleSyntaxError: with path, line and column.
    """
    data = text.encode() if isinstance(text, str) else text
    check_nesting(data, path)
    try:
        parser = ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=BASE)
        triples = [q.triple for q in parser]
        return triples, dict(parser.prefixes)
    except (SyntaxError, MemoryError) as error:
        raise syntax_error(error, path, data) from None


@dataclass
class _Writer:
    """Writes triples; blank nodes with a label get blocks of their own, `short` keeps each text on one line.

    Each comment stays with what it belongs to.
    """

    triples: list[ox.Triple]
    prefixes: dict[str, str]
    labels: Labels
    short: bool = False
    comments: Comments | None = None
    subjects: dict[Node, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    objects: set[Node] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = {iri: name for name, iri in self.prefixes.items() if iri not in PREFIXES.values() and name}
        known = {iri: name for iri, name in known.items() if name not in PREFIXES}
        self.names = {iri: name for name, iri in PREFIXES.items()} | known
        for triple in self.triples:
            self.subjects[triple.subject].append((triple.predicate.value, triple.object))
            self.objects.add(triple.object)
        self.cells = self.list_cells()

    def text(self) -> str:
        named = sorted((s for s in self.subjects if isinstance(s, ox.NamedNode)), key=lambda s: s.value)
        blocks = [self.block(self.node(s), s) for s in named]
        blank = [s for s in self.subjects if isinstance(s, ox.BlankNode) and s not in self.labels]
        blocks += sorted(self.block("[]", s) for s in blank if s not in self.objects)
        blocks += [self.block(f"_:{label}", node) for node, label in self.labels.items() if node in self.subjects]
        head = [f"@base <{BASE}> ."]
        head += [
            f"@prefix {name}: <{iri}> ."
            for iri, name in sorted(self.names.items(), key=lambda i: i[1])
            if name in self.used
        ]
        last = "\n" + "".join(f"{c}\n" for c in self.comments.last) if self.comments and self.comments.last else ""
        return "\n".join(head) + "\n\n" + "\n".join(blocks) + last

    def block(self, name: str, subject: Node) -> str:
        above = self.comments.above[subject] if self.comments else ()
        return "\n".join([*above, name, *self.lines(subject, 1), ".", ""])

    def lines(self, subject: Node, depth: int) -> list[str]:
        """Return the lines of a subject's triples with the comments that belong to them."""
        pad = "    " * depth
        rows = [(self.rank(p, o), self.verb(p), self.value(o, depth), p, o) for p, o in self.subjects[subject]]
        rows.sort(key=lambda row: row[:3])
        if self.comments is None:
            return [f"{pad}{verb} {value} ;" for _, verb, value, _, _ in rows]
        found = []
        for _, verb, value, predicate, node in rows:
            triple = ox.Triple(subject, ox.NamedNode(predicate), node)  # type: ignore[arg-type]  # a subject is no literal
            beside = self.comments.beside[triple]
            found += [pad + c for c in [*self.comments.above[triple], *beside[1:]]]
            found.append(f"{pad}{verb} {value} ;" + "".join(f"  {c}" for c in beside[:1]))
        return found + [pad + c for c in self.comments.end[subject]]

    def rank(self, predicate: str, value: Node) -> tuple[int, str, int, str]:
        group = 0 if predicate == TYPE else 1 if predicate in LABELS else 2
        tag = getattr(value, "language", None) or ""
        return group, self.verb(predicate), LANGUAGE_ORDER.get(tag, 3 if tag else 0), tag

    def verb(self, predicate: str) -> str:
        return "a" if predicate == TYPE else self.iri(predicate)

    def value(self, node: Node, depth: int) -> str:
        unnamed = isinstance(node, ox.BlankNode) and node not in self.labels
        return self.nested(node, depth) if unnamed else self.node(node)

    def nested(self, node: Node, depth: int) -> str:
        if node in self.cells:
            return f"( {' '.join(self.value(i, depth) for i in self.items(node))} )"
        above = ["    " * (depth + 1) + c for c in self.comments.above[node]] if self.comments else []
        lines = above + self.lines(node, depth + 1)
        return "\n".join(["[", *lines, "    " * depth + "]"]) if lines else "[]"

    def list_cells(self) -> set[Node]:
        """Return the unlabelled cells of well-formed lists, found from their ends."""
        before: dict[Node, Node] = {rest: node for node in self.subjects if (rest := self.rest(node))}
        cells: set[Node] = set()
        for node in self.subjects:
            here: Node | None = node if self.rest(node) == ox.NamedNode(NIL) else None
            while here:
                cells.add(here)
                here = before.get(here)
        return cells

    def rest(self, node: Node) -> Node | None:
        """Return what follows a cell of a list; None for what is no cell."""
        if not isinstance(node, ox.BlankNode) or node in self.labels or node not in self.objects:
            return None
        pairs = self.subjects[node]
        said = dict(pairs)
        return said[REST] if len(pairs) == 2 and set(said) == {FIRST, REST} else None

    def items(self, cell: Node) -> Iterator[Node]:
        while cell != ox.NamedNode(NIL):
            said = dict(self.subjects[cell])
            yield said[FIRST]
            cell = said[REST]

    def node(self, node: Node) -> str:
        if isinstance(node, ox.Literal):
            return self.literal(node)
        if isinstance(node, ox.NamedNode):
            return "()" if node.value == NIL else self.iri(node.value)
        if isinstance(node, ox.BlankNode):
            return f"_:{self.labels[node]}"
        return f"<<( {self.node(node.subject)} {self.verb(node.predicate.value)} {self.node(node.object)} )>>"

    def iri(self, iri: str) -> str:
        if iri.startswith(BASE) and RELATIVE.fullmatch(iri[len(BASE) :]):
            return f"<{iri[len(BASE) :]}>"
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        name = self.names.get(iri[:cut])
        if name and LOCAL.fullmatch(iri[cut:]):
            self.used.add(name)
            return f"{name}:{iri[cut:]}"
        return f"<{iri}>"

    def literal(self, node: ox.Literal) -> str:
        datatype = node.datatype.value
        if datatype == XSD + "boolean" and node.value in ("true", "false"):
            return node.value
        if datatype in BARE and BARE[datatype].fullmatch(node.value):
            return node.value
        text = quoted(node.value, short=self.short)
        if node.language:
            return f"{text}@{language_tag(node.language)}{f'--{node.direction}' if node.direction else ''}"
        return text if datatype == XSD + "string" else f"{text}^^{self.iri(datatype)}"


def quoted(text: str, *, short: bool = False) -> str:
    """Return a text in quotation marks, in three of them where it has several lines."""
    if "\n" in text and "\r" not in text and not short:
        inner = text.rstrip('"')
        last = len(text) - len(inner)
        end = ESCAPED_QUOTES * (last // 3) + ("", '\\"', '"\\"')[last % 3]
        return f'"""{_escaped(inner, LONG).replace(QUOTES, ESCAPED_QUOTES)}{end}"""'
    return f'"{_escaped(text, SHORT)}"'


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}") for c in text)


def language_tag(tag: str) -> str:
    """Return a language tag in the case that BCP 47 recommends.

    >>> language_tag("zh-hans"), language_tag("EN-gb"), language_tag("zh-latn-pinyin")
    ('zh-Hans', 'en-GB', 'zh-Latn-pinyin')
    """
    first, *rest = tag.lower().split("-")
    cased = []
    for at, part in enumerate(rest):
        single = any(len(p) == 1 for p in rest[:at])
        cased.append(part if single or len(part) not in (2, 4) else part.upper() if len(part) == 2 else part.title())
    return "-".join([first, *cased])


def turtle_of(triples: Iterable[ox.Triple]) -> str:
    """Return triples in block form, read again before they are returned.

    A blank node that has no place of its own, or one too deep, gets a label (`_:b0`).

    Raises:
        ExportError: it would not read back the same.
    """
    meant = list(dict.fromkeys(triples))
    labels = labels_needed(meant)
    try:
        text = _Writer(meant, {}, labels).text()
    except RecursionError:
        labels = labels_of_all(meant)
        text = _Writer(meant, {}, labels).text()
    if lost := _lost(text, meant, labels):
        raise ExportError(statement=lost)
    return text


def _text(
    triples: list[ox.Triple], prefixes: dict[str, str], path: str, *, short: bool, comments: Comments | None
) -> str:
    try:
        return _Writer(list(dict.fromkeys(triples)), prefixes, {}, short, comments).text()
    except RecursionError:
        detail = Phrase("blank nodes are nested too deeply: give them IRIs")
        raise FormatError(path=path, line=1, detail=detail) from None
