"""The form of a file: its bytes, directives, head, and what does not belong into a file of data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from random import Random

from corpus.blocks import Block, File, World
from corpus.kinds import Change, Kind

Text = Callable[[str], "tuple[str | bytes, Iterable[int]] | None"]


def _line(text: str, pattern: str) -> int:
    """Return the number of the first line of a pattern; 0 if there is none."""
    return next((at for at, line in enumerate(text.split("\n"), 1) if re.search(pattern, line)), 0)


def _whole(name: str, to: Text, *, of: str = "", new: bool = True) -> Kind:
    def spoil(text: str, _file: File, _rng: Random, _world: World) -> tuple[str | bytes, Iterable[int]] | None:
        return to(text)

    return Kind(name, spoil=spoil, of=of, new=new)


def _other(name: str, pattern: str, to: str, *more: int) -> Kind:
    """A line of directives or head in another form."""

    def put(text: str) -> tuple[str, set[int]] | None:
        at = _line(text, pattern)
        return (re.sub(f"(?m){pattern}", to, text, count=1), {at, *(at + n for n in more)}) if at else None

    return _whole(name, put)


def _without(name: str, pattern: str, *, head: bool = True) -> Kind:
    """Lines of the head left out; it is mended in the head."""

    def put(text: str) -> tuple[str, set[int]] | None:
        if not _line(text, pattern):
            return None
        done = re.sub(f"(?m){pattern}.*\n", "", text)
        first = _line(done, r"^<https://w3id.org/stdgraph/graph/") if head else 1
        used = 0 if head else _line(done, r"\bstdgc:")
        return done, {first, first + 1, used}

    return _whole(name, put)


def _no_head(text: str) -> tuple[str, set[int]] | None:
    found = re.search(r"(?m)^<https://w3id.org/stdgraph/graph/[^\n]*\n(?:    .*\n)*\.\n\n", text)
    at = _line(text, r"^<https://w3id.org/stdgraph/graph/")
    return (text.replace(found[0], "", 1), {1, at, at + 1}) if found else None


def _foreign_source(text: str) -> tuple[str, set[int]] | None:
    at = _line(text, r"^    dcterms:source src:")
    if not at:
        return None
    to = "bri-10y" if "src:bri-10y" not in text.split("\n")[at - 1] else "cn-uk-wg"
    return re.sub(r"(?m)^(    dcterms:source src:)\S+", rf"\g<1>{to}", text, count=1), {at}


def _other_head(text: str) -> tuple[str, set[int]] | None:
    at = _line(text, r"^<https://w3id.org/stdgraph/graph/")
    return re.sub(r"(?m)^<(https://w3id.org/stdgraph/graph/[^>]+)>", r"<\1-old>", text, count=1), {at, at + 1}


def _blank_node(block: Block, rng: Random, _world: World) -> Change | None:
    at = next((n for n, line in enumerate(block.lines) if line.startswith("    stdg:evidence ")), 0)
    if not at:
        return None
    lines = [*block.lines]
    lines[at] = '    stdg:evidence [ a stdg:Evidence ; stdg:locator "paragraph 1" ] ;'
    return Change(lines, frozenset({at}))


def _list(block: Block, _rng: Random, _world: World) -> Change | None:
    at = [n for n, line in enumerate(block.lines) if line.startswith("    stdg:hasParty ")]
    if len(at) < 2:
        return None
    things = [block.lines[n].split(" ")[-2] for n in at]
    lines = [line for n, line in enumerate(block.lines) if n not in at[1:]]
    lines[at[0]] = f"    stdg:hasParty ( {' '.join(things)} ) ;"
    return Change(lines, frozenset({at[0]}))


def _in_bytes(encoding: str) -> Text:
    def put(text: str) -> tuple[bytes, set[int]] | None:
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            return None
        first = next((n for n, line in enumerate(text.split("\n"), 1) if not line.isascii()), 0)
        return (data, {1, first}) if first else None

    return put


def _cut(text: str) -> tuple[str, set[int]]:
    """Lose the end of the file, as a full disk or a broken copy does."""
    lines = text.rstrip("\n").split("\n")[:-3]
    half = lines[-1][: max(9, len(lines[-1]) // 2)]
    return "\n".join([*lines[:-1], half]), {len(lines), len(lines) - 1}


def _fence(text: str) -> tuple[str, set[int]]:
    done = f"```turtle\n{text}```\n"
    return done, {1, done.count("\n")}


def _nul(text: str) -> tuple[str, set[int]]:
    at = text.count("\n") + 1
    return text + "\0\n", {at}


KINDS: list[Kind] = [
    _whole("utf-16", lambda text: (text.encode("utf-16"), {1})),
    _whole("gb18030", _in_bytes("gb18030")),
    _whole("cut-off", _cut),
    _whole("fence-of-markdown", _fence),
    _whole("nul", _nul),
    _whole("empty", lambda _text: ("", {1})),
    _whole("rows-of-csv", lambda _text: ("subject,predicate,object\norg/cn-sac,date,1978\n", {1, 2})),
    _whole("json-ld", lambda _text: ('{\n  "@id": "org/cn-sac",\n  "@type": "NationalStandardsBody"\n}\n', {1, 2})),
    _whole("no-base", lambda text: ("\n".join(text.split("\n")[1:]), {1}) if text.startswith("@base") else None),
    _other("base-of-another-place", r"^@base <https://w3id.org/stdgraph/id/> .$", "@base <https://w3id.org/stdgraph/> ."),
    _other("base-with-http", r"^@base <https://w3id.org/stdgraph/id/> .$", "@base <http://w3id.org/stdgraph/id/> ."),
    _other("base-misspelt", r"^@base ", "@bsae "),
    _other("prefix-misspelt", r"^@prefix skos:", "@perfix skos:"),
    _other("prefix-without-a-stop", r"^(@prefix skos: .*) \.$", r"\1", 1),
    _other("prefix-with-http", r"^@prefix stdg: <https:", "@prefix stdg: <http:"),
    _other("prefix-without-its-hash", r"^(@prefix stdg: <https://w3id.org/stdgraph/ontology)#>", r"\1/>"),
    _other("prefix-of-another", r"^@prefix skos: .*$", "@prefix skos: <http://www.w3.org/2000/01/rdf-schema#> ."),
    _other("prefix-of-codes-wrong", r"^@prefix stdgc: .*$", "@prefix stdgc: <https://w3id.org/stdgraph/ontology#> ."),
    _without("no-prefix", r"^@prefix stdgc: ", head=False),
    _whole("no-head", _no_head),
    _without("no-licence", r"^    dcterms:license "),
    _without("no-title", r"^    dcterms:title "),
    _without("no-source-of-a-file", r"^    dcterms:source "),
    _whole("source-of-another-folder", _foreign_source),
    _whole("head-of-another-file", _other_head),
    _other("licence-of-another-kind", r"^    dcterms:license .*$", '    dcterms:license "CC BY 4.0" ;'),
    Kind("node-without-a-name", _blank_node, of="Agreement|OfficeHolding|Participation|Event|Meeting|Contribution"),
    Kind("list", _list, of="Agreement|Arrangement"),
]  # fmt: skip
