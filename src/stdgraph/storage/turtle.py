"""The block form of Turtle: one entity a block, one fact a line, blocks in order, so that a diff is a list of facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from stdgraph.errors import FormatError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, PREFIXES, RDF, RDFS, SKOS, XSD
from stdgraph.storage.syntax import syntax_error

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

TYPE, FIRST, REST, NIL = (RDF + n for n in ("type", "first", "rest", "nil"))
LABELS = (SKOS + "prefLabel", RDFS + "label")
LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")
BARE = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}
TOKENS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|" + r"<[^<>\n]*>|\\.|(?P<comment>#[^\n]*)",
    re.DOTALL,
)
LANGUAGE_ORDER = {"en": 0, "zh-hans": 1, "zh-hant": 2}


def format_turtle(text: str, path: str = "-") -> str:
    """Return the same triples in block form: base and prefixes, then blocks sorted by IRI, one value a line.

    The result depends on the triples and the header comments alone, so formatting twice changes nothing.
    Language tags get the case that BCP 47 recommends (RFC 5646, 2.1.1).

    Raises:
        TurtleSyntaxError: the text is not Turtle.
        FormatError: something would be lost: a comment below the header, or a blank node that needs a name.

    >>> print(format_turtle("@prefix x: <http://x.org/> . x:a x:c 1 ; x:b 'SAC' ."), end="")
    @base <https://w3id.org/stdgraph/id/> .
    @prefix x: <http://x.org/> .
    <BLANKLINE>
    x:a
        x:b "SAC" ;
        x:c 1 ;
    .
    """
    header = _header_comments(text, path)
    triples, prefixes = parse_turtle(text, path)
    body = _text(triples, prefixes, path)
    return (header + "\n" if header else "") + body


def parse_turtle(text: str | bytes, path: str = "-") -> tuple[list[ox.Triple], dict[str, str]]:
    """Return the triples and prefixes of a Turtle text.

    Raises:
        TurtleSyntaxError: with path, line and column.
    """
    data = text.encode() if isinstance(text, str) else text
    try:
        parser = ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=BASE)
        triples = [q.triple for q in parser]
        return triples, dict(parser.prefixes)
    except SyntaxError as error:
        raise syntax_error(error, path) from None


def _header_comments(text: str, path: str) -> str:
    lines = []
    rest = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            break
        rest += len(line)
        if line.strip():
            lines.append(line.rstrip())
    for match in TOKENS.finditer(text, rest):
        if match.group("comment"):
            number = text.count("\n", 0, match.start()) + 1
            detail = Phrase("this comment would be lost; put it into skos:editorialNote or into the file's header")
            raise FormatError(path=path, line=number, detail=detail)
    return "\n".join(lines)


@dataclass
class _Writer:
    triples: list[ox.Triple]
    prefixes: dict[str, str]
    path: str
    subjects: dict[Node, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    uses: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    used: set[str] = field(default_factory=set)
    written: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = {iri: name for name, iri in self.prefixes.items() if iri not in PREFIXES.values() and name}
        known = {iri: name for iri, name in known.items() if name not in PREFIXES}
        self.names = {iri: name for name, iri in PREFIXES.items()} | known
        for triple in dict.fromkeys(self.triples):
            self.subjects[triple.subject].append((triple.predicate.value, triple.object))
            if isinstance(triple.object, ox.BlankNode):
                self.uses[triple.object] += 1

    def text(self) -> str:
        named = sorted((s for s in self.subjects if isinstance(s, ox.NamedNode)), key=lambda s: s.value)
        blocks = [self.block(self.node(s), s) for s in named]
        roots = [s for s in self.subjects if isinstance(s, ox.BlankNode) and not self.uses[s]]
        blocks += sorted(self.block("[]", s) for s in roots)
        if unwritten := [s for s in self.subjects if isinstance(s, ox.BlankNode) and s not in self.written]:
            about = self.subjects[unwritten[0]][0][0]
            detail = Phrase("a blank node (with {property}) is used twice: give it an IRI", property=about)
            raise FormatError(path=self.path, line=1, detail=detail)
        head = [f"@base <{BASE}> ."]
        head += [
            f"@prefix {name}: <{iri}> ."
            for iri, name in sorted(self.names.items(), key=lambda i: i[1])
            if name in self.used
        ]
        return "\n".join(head) + "\n\n" + "\n".join(blocks)

    def block(self, name: str, subject: Node) -> str:
        self.written.add(subject)
        lines = [f"    {p} {o} ;" for p, o in self.pairs(subject, 1)]
        return "\n".join([name, *lines, ".", ""])

    def pairs(self, subject: Node, depth: int) -> Iterator[tuple[str, str]]:
        rows = [(self.rank(p, o), self.verb(p), self.value(o, depth)) for p, o in self.subjects[subject]]
        for _, verb, value in sorted(rows):
            yield verb, value

    def rank(self, predicate: str, value: Node) -> tuple[int, str, int, str]:
        group = 0 if predicate == TYPE else 1 if predicate in LABELS else 2
        tag = getattr(value, "language", None) or ""
        return group, self.verb(predicate), LANGUAGE_ORDER.get(tag, 3 if tag else 0), tag

    def verb(self, predicate: str) -> str:
        return "a" if predicate == TYPE else self.iri(predicate)

    def value(self, node: Node, depth: int) -> str:
        return self.nested(node, depth) if isinstance(node, ox.BlankNode) else self.node(node)

    def nested(self, node: ox.BlankNode, depth: int) -> str:
        if self.uses[node] > 1 or node in self.written:
            detail = Phrase("a blank node is used {number} times: give it an IRI", number=self.uses[node])
            raise FormatError(path=self.path, line=1, detail=detail)
        if (items := self.list_items(node)) is not None:
            return f"( {' '.join(self.value(i, depth) for i in items)} )" if items else "()"
        self.written.add(node)
        pad = "    " * (depth + 1)
        lines = [f"{pad}{p} {o} ;" for p, o in self.pairs(node, depth + 1)]
        return "\n".join(["[", *lines, "    " * depth + "]"]) if lines else "[]"

    def list_items(self, node: Node) -> list[Node] | None:
        items: list[Node] = []
        chain: list[Node] = []
        while node != ox.NamedNode(NIL):
            pairs = dict(self.subjects.get(node, []))
            well_formed = len(self.subjects.get(node, [])) == 2 and set(pairs) == {FIRST, REST}
            if not well_formed or not isinstance(node, ox.BlankNode) or self.uses[node] != 1 or node in chain:
                return None
            chain.append(node)
            items.append(pairs[FIRST])
            node = pairs[REST]
        self.written.update(chain)
        return items

    def node(self, node: Node) -> str:
        if isinstance(node, ox.Literal):
            return self.literal(node)
        if isinstance(node, ox.NamedNode):
            return "()" if node.value == NIL else self.iri(node.value)
        raise FormatError(
            path=self.path, line=1, detail=Phrase("a triple as a term is not plain RDF 1.1: use a record instead")
        )

    def iri(self, iri: str) -> str:
        if iri.startswith(BASE) and RELATIVE.fullmatch(iri[len(BASE) :]):
            return f"<{iri[len(BASE) :]}>"
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        name = self.names.get(iri[:cut])
        if name and LOCAL.fullmatch(iri[cut:]):
            self.used.add(name)
            return f"{name}:{iri[cut:]}"
        return str(ox.NamedNode(iri))

    def literal(self, node: ox.Literal) -> str:
        datatype = node.datatype.value
        if datatype == XSD + "boolean" and node.value in ("true", "false"):
            return node.value
        if datatype in BARE and BARE[datatype].fullmatch(node.value):
            return node.value
        quoted = _quote(node.value)
        if node.language:
            return f"{quoted}@{language_tag(node.language)}"
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.iri(datatype)}"


def _quote(text: str) -> str:
    if "\n" in text and "\r" not in text:
        escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        if escaped.endswith('"'):
            escaped = escaped[:-1] + '\\"'
        return f'"""{escaped}"""'
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}") for c in text) + '"'


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
    """Return triples in block form; raises FormatError where a blank node cannot be written without a label."""
    return _text(list(triples), {}, "-")


def _text(triples: list[ox.Triple], prefixes: dict[str, str], path: str) -> str:
    try:
        return _Writer(triples, prefixes, path).text()
    except RecursionError:
        detail = Phrase("blank nodes are nested too deeply: give them IRIs")
        raise FormatError(path=path, line=1, detail=detail) from None
