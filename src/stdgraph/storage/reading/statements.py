"""The statements of a Turtle text: triples with the places of their terms, comments, and all faults of syntax.

A recursive descent through the grammar of RDF 1.1 Turtle. After a fault it goes on with the next statement; what is
told is the cause: a full stop that is missing two lines up, not the word at which the grammar gave up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, RDF, XSD
from stdgraph.storage.reading import causes
from stdgraph.storage.reading.found import Block, Fault, Reading, Span, Stated, Term
from stdgraph.storage.reading.terms import TermFault, iri_of, literal, local_of
from stdgraph.storage.reading.tokens import Token, tokens, without_graphs

Made = tuple[Term | None, Span]
"""A term, or none where it is faulty, and where it stands."""

DEEPEST = 100
TYPE, FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
NUMBERS = {kind: ox.NamedNode(XSD + kind) for kind in ("integer", "decimal", "double")}
BOOLEAN = ox.NamedNode(XSD + "boolean")


def read(text: str, base: str = BASE, *, prefixes: Mapping[str, str] | None = None, graphs: bool = False) -> Reading:
    """Return what a Turtle text says, as far as it can be read, with all its faults.

    Args:
        text: Turtle or N-Triples, or a part of it.
        base: resolves relative IRIs until the text says another.
        prefixes: declared before the text.
        graphs: the text is TriG or N-Quads; the names of its graphs are passed over.

    >>> found = read("<a> a <B> ;\\n  <c> 1, [ <d> 'e' ] .")
    >>> [(str(s.triple.predicate), s.object) for s in found.stated][:2]
    [('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', (6, 9)), ('<https://w3id.org/stdgraph/id/c>', (18, 19))]
    >>> [str(fault.words) for fault in read("<a> a <B>\\n<c> a <D> .").faults]
    ['A full stop is missing here: the statement before does not end']
    """
    found = Reading(text)
    found.prefixes.update(prefixes or {})
    _Reader(found, base, graphs=graphs).statements()
    found.faults = sorted(set(found.faults), key=lambda fault: fault.at)
    return found


class _Wrong(Exception):  # noqa: N818 (it never leaves this module)
    """A fault at which a statement is given up."""

    def __init__(self, at: int, words: Phrase) -> None:
        self.at, self.words = at, words


class _Reader:
    """Reads the statements of a text into a Reading."""

    def __init__(self, found: Reading, base: str, *, graphs: bool) -> None:
        self.found, self.base, self.graphs = found, base, graphs
        self.tokens: list[Token] = []
        for token in tokens(found.text):
            (found.comments if token.kind == "comment" else self.tokens).append(token)
        self.tokens = list(causes.mended(without_graphs(self.tokens) if graphs else self.tokens, self.fault))
        self.at = 0
        self.depth = 0
        self.blanks: dict[str, ox.BlankNode] = {}

    def fault(self, at: int, words: Phrase) -> None:
        """Tell a fault and go on."""
        self.found.faults.append(Fault(at, words))

    @property
    def next(self) -> Token:
        """Return the next token; one of kind `end` behind the last."""
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        return Token("end", "", self.tokens[-1].end if self.tokens else 0)

    @property
    def last(self) -> Token:
        """Return the token before the next one."""
        return self.tokens[self.at - 1]

    def take(self) -> Token:
        """Return the next token and go past it."""
        token = self.next
        self.at += 1
        return token

    def takes(self, mark: str) -> bool:
        """Tell whether a mark is next, and go past it."""
        is_next = self.next.kind == "mark" and self.next.text == mark
        self.at += is_next
        return is_next

    def statements(self) -> None:
        """Read all statements; after a fault go on where the next one seems to begin."""
        while self.at < len(self.tokens):
            first, stated = self.at, len(self.found.stated)
            try:
                self.statement()
            except _Wrong as wrong:
                self.recover(wrong, first, stated)

    def recover(self, wrong: _Wrong, first: int, stated: int) -> None:
        """Tell the cause of a fault, and go to where the next statement begins."""
        begun = causes.begun_inside(self.found.text, self.tokens, first, min(self.at, len(self.tokens) - 1))
        if begun is not None:
            start = self.tokens[begun].start
            self.found.stated[stated:] = [s for s in self.found.stated[stated:] if s.predicate[1] <= start]
            self.fault(self.tokens[begun - 1].end, Phrase(causes.NO_STOP))
            self.at = begun
            return
        if not self.is_consequence(wrong, self.tokens[first].start):
            self.fault(wrong.at, wrong.words)
        self.at = causes.after_statement(self.found.text, self.tokens, max(self.at, first + 1))
        self.depth = 0

    def is_consequence(self, wrong: _Wrong, start: int) -> bool:
        """Tell whether a fault follows from one that is told: on the same line, or where the file ends."""
        told = self.found.faults[-1].at if self.found.faults else -1
        if not start <= told <= wrong.at:
            return False
        return self.next.kind == "end" or not causes.breaks(self.found.text, told, wrong.at)

    def statement(self) -> None:
        """Read a directive or the triples of one subject."""
        token = self.next
        if word := causes.directive(token):
            self.directive(word, dotted=token.kind == "tag")
            return
        subject, span = self.subject()
        lone = self.last.text == "]" and self.next.text == "."
        if not lone:
            self.pairs(subject, span)
        if not self.takes("."):
            self.stop(self.tokens[-1] if self.at > len(self.tokens) else self.last)
        self.found.blocks.append(Block(subject, span[0], self.last.end))

    def stop(self, last: Token) -> None:
        """Read on where a full stop is due and is not there, or give up."""
        token = self.next
        if self.graphs and token.kind in causes.SUBJECTS:
            self.at += 1
            if self.takes("."):
                return
        if causes.at_line_start(self.found.text, token) and causes.begins(token):
            self.fault(last.end, Phrase(causes.NO_STOP))
            return
        raise _Wrong(*causes.unexpected(self.found.text, self.tokens, self.at))

    def directive(self, word: str, *, dotted: bool) -> None:
        """Read a prefix, base or version."""
        start = self.take()
        name = self.take() if word == "prefix" else None
        value = self.take()
        named = name is None or (name.kind == "name" and name.text.endswith(":"))
        if not named or value.kind != ("string" if word == "version" else "iri"):
            self.at -= 1
            words = causes.BAD_BASE if name is None else causes.BAD_PREFIX
            raise _Wrong(start.start, Phrase(words, text=start.text))
        if word != "version" and (iri := self.iri(value.text[1:-1], value)):
            if name is None:
                self.base = iri.value
            else:
                self.found.prefixes[name.text[:-1]] = iri.value
        if dotted and not self.takes("."):
            self.stop(value)
        if not self.found.blocks:
            self.found.head = self.last.end

    def iri(self, text: str, token: Token) -> ox.NamedNode | None:
        """Return an IRI, or tell what is wrong with it."""
        try:
            return iri_of(text, self.base)
        except TermFault as wrong:
            self.fault(token.start, wrong.words)
            return None

    def subject(self) -> Made:
        """Read a subject: a name, a list, or a node in brackets."""
        token = self.next
        if token.text in ("[", "("):
            return self.object()
        if token.kind not in causes.SUBJECTS:
            raise _Wrong(*causes.no_subject(token))
        return self.name(self.take())

    def pairs(self, subject: Term | None, span: Span) -> None:
        """Read predicates with their objects, up to what ends them."""
        while True:
            predicate, place = self.predicate()
            self.objects(subject, span, predicate, place)
            if not self.separated():
                return
            while self.takes(";"):
                pass
            if self.next.text in (".", "]") or self.next.kind == "end":
                return

    def separated(self) -> bool:
        """Tell whether a semicolon is next, or was forgotten before another predicate."""
        if self.next.kind == "mark" or self.next.kind == "end":
            return self.next.text == ";"
        if not causes.is_predicate(self.found.text, self.tokens, self.at):
            return False
        if self.last.kind not in ("bad", "told"):
            self.fault(self.last.end, Phrase(causes.NO_SEMICOLON))
        return True

    def predicate(self) -> Made:
        """Read a predicate."""
        token = self.next
        if token.kind == "word" and token.text == "a":
            self.at += 1
            return TYPE, (token.start, token.end)
        if token.kind not in ("iri", "name"):
            raise _Wrong(*causes.no_predicate(token))
        return self.name(self.take())

    def objects(self, subject: Term | None, span: Span, predicate: Term | None, place: Span) -> None:
        """Read the objects of a predicate and keep the triples."""
        while True:
            if self.next.kind == "end" or (self.next.kind == "mark" and self.next.text in ";,.])"):
                raise _Wrong(place[1], Phrase(causes.NO_OBJECT, predicate=self.found.text[place[0] : place[1]]))
            at = len(self.found.stated)
            value, where = self.object()
            if subject is not None and isinstance(predicate, ox.NamedNode) and value is not None:
                triple = ox.Triple(subject, predicate, value)  # type: ignore[arg-type]  # a subject is no literal
                self.found.stated.insert(at, Stated(triple, span, place, where))
            if not self.takes(","):
                if (
                    self.next.kind not in causes.VALUES
                    or self.next.start == self.last.end
                    or self.last.kind in ("bad", "told")
                ):
                    return
                if causes.quoted_inside(self.found.text, self.tokens, self.at):
                    return
                self.fault(self.last.end, Phrase(causes.NO_COMMA))

    def object(self) -> Made:
        """Read an object: a name, a literal, a list, or a node in brackets."""
        token = self.take()
        if token.text == "[" and token.kind == "mark":
            return self.nested(token, self.node)
        if token.text == "(" and token.kind == "mark":
            return self.nested(token, self.items)
        if token.kind in causes.SUBJECTS:
            return self.name(token)
        if token.kind in NUMBERS:
            return ox.Literal(token.text, datatype=NUMBERS[token.kind]), (token.start, token.end)
        if token.kind == "word" and token.text in ("true", "false"):
            return ox.Literal(token.text, datatype=BOOLEAN), (token.start, token.end)
        if token.kind == "string":
            return self.quoted(token)
        if token.kind in ("bad", "told"):
            return self.broken(token)
        self.at -= 1
        raise _Wrong(*causes.no_object(token, self.tokens[self.at + 1 : self.at + 2]))

    def broken(self, token: Token) -> Made:
        """Tell what is wrong with a value, and go past what belongs to it."""
        if token.fault:
            self.fault(token.start, token.fault)
        if self.next.kind == "tag" or (self.takes("^^") and self.next.kind in ("iri", "name")):
            self.at += 1
        return None, (token.start, self.last.end)

    def quoted(self, token: Token) -> Made:
        """Read what may follow a quoted text: a language tag, or a datatype."""
        tag, datatype = "", None
        if self.next.kind == "tag":
            tag = self.take().text
        elif self.takes("^^"):
            if self.next.kind not in ("iri", "name"):
                raise _Wrong(*causes.no_object(self.next, ()))
            datatype, _ = self.name(self.take())
            if datatype is None:
                return None, (token.start, self.last.end)
        end = self.last.end
        try:
            return literal(token.text, tag, datatype), (token.start, end)  # type: ignore[arg-type]  # a name is an IRI
        except TermFault as wrong:
            self.fault(token.start, wrong.words)
            return None, (token.start, end)

    def nested(self, opener: Token, inside: Callable[[Token], Term | None]) -> Made:
        """Read what stands in brackets."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Wrong(opener.start, Phrase(causes.TOO_DEEP))
        found = inside(opener)
        self.depth -= 1
        return found, (opener.start, self.last.end)

    def node(self, opener: Token) -> Term:
        """Read a node in brackets."""
        node = ox.BlankNode()
        if self.takes("]"):
            return node
        self.pairs(node, (opener.start, opener.end))
        self.close(opener, "]")
        return node

    def items(self, opener: Token) -> Term | None:
        """Read the items of a list; its cells stand where their items stand."""
        made: list[Made] = []
        ends: list[int] = []
        while not self.takes(")"):
            if self.next.kind == "end" or self.next.text in (".", ";", "]", ","):
                self.close(opener, ")")
            ends.append(len(self.found.stated))
            made.append(self.object())
        cells = [ox.BlankNode() for _ in made]
        rests: list[Term] = [*cells[1:], NIL]
        added = []
        for cell, rest, (value, span) in zip(cells, rests, made, strict=True) if made else ():
            here = (opener.start, opener.end)
            if value is not None:
                added.append(Stated(ox.Triple(cell, FIRST, value), here, span, span))
            added.append(Stated(ox.Triple(cell, REST, rest), here, span, span))
        self.found.stated += added
        return cells[0] if cells else NIL

    def close(self, opener: Token, closer: str) -> None:
        """Go past a closing bracket; raises where it is missing."""
        if not self.takes(closer):
            if self.next.kind in ("end", "mark"):
                raise _Wrong(opener.start, Phrase(causes.NOT_CLOSED, text=opener.text))
            raise _Wrong(*causes.unexpected(self.found.text, self.tokens, self.at))

    def name(self, token: Token) -> Made:
        """Return what an IRI, a prefixed name or a labelled blank node stands for."""
        span = (token.start, token.end)
        if token.kind == "blank":
            return self.blanks.setdefault(token.text, ox.BlankNode()), span
        if token.kind == "iri":
            return self.iri(token.text[1:-1], token), span
        prefix, _, local = token.text.partition(":")
        if prefix not in self.found.prefixes:
            self.fault(token.start, causes.undeclared(prefix))
            return None, span
        whole = self.found.prefixes[prefix] + local_of(local)
        return self.iri(whole, token), span
