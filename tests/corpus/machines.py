"""What scripts and language models write: nearly right namespaces and types, words of other vocabularies, thought-up ids."""

from __future__ import annotations

from random import Random

from corpus.blocks import Block, File, World
from corpus.forms import _other
from corpus.kinds import DATE, LABEL, LABEL_ZH, Change, Kind, add, swap

XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
SCHEMA = "@prefix schema: <http://schema.org/> ."
RDFS = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
DCTERMS = "@prefix dcterms: <http://purl.org/dc/terms/> ."
PROV = "@prefix prov: <http://www.w3.org/ns/prov#> ."
THING = r"^(    stdg:(?:hasParty|inBody|member|issuedBy|participant|inEvent|contributor|subBodyOf|partOf|figureOf|ofCountry) )<([a-z]+)/([^>]+)>( ;)$"
EXAMPLE = "Agreement|Meeting|Conference|OfficeHolding|Participation|Company|Association"


def _unnamed(block: Block, _rng: Random, _world: World) -> Change | None:
    return Change(["_:b1", *block.lines[1:]], frozenset({0, 1}))


def _typed_twice(block: Block, _rng: Random, _world: World) -> Change | None:
    return Change([block.lines[0], block.lines[1], "    a <http://www.w3.org/2002/07/owl#NamedIndividual> ;", *block.lines[2:]], frozenset({2}))  # fmt: skip


def _class_of_our_own(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    at = text.count("\n") + 2
    lines = ["<https://w3id.org/stdgraph/ontology#Cooperation>", "    a <http://www.w3.org/2002/07/owl#Class> ;", "."]
    return text + "\n" + "\n".join(lines) + "\n", set(range(at, at + 3))


def _code_of_our_own(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    at = text.count("\n") + 2
    lines = ["<https://w3id.org/stdgraph/concept/role-facilitator>", "    a <http://www.w3.org/2004/02/skos/core#Concept> ;", '    <http://www.w3.org/2004/02/skos/core#prefLabel> "facilitator"@en ;', "."]  # fmt: skip
    return text + "\n" + "\n".join(lines) + "\n", set(range(at, at + 4))


def _rest_omitted(block: Block, _rng: Random, _world: World) -> Change:
    at = len(block.lines) - 1
    return Change([*block.lines[:-1], "    ...", "."], frozenset({at, at + 1}))


def _stub(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    """A block with nothing but a class."""
    at = text.count("\n") + 2
    return text + "\n<event/2019-placeholder-x9>\n    a stdg:Meeting ;\n.\n", {at, at + 1, at + 2}


def _without_class(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    at = text.count("\n") + 2
    return text + '\n<org/zz-x9>\n    <http://www.w3.org/2004/02/skos/core#prefLabel> "Xylo Quorum"@en ;\n.\n', {at, at + 1, at + 2}  # fmt: skip


def _said_in_words(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    return "Here is the Turtle you asked for:\n\n" + text, {1}


def _named_graph(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    at = text.count("\n") + 2
    return text + "\nGRAPH <graph/x9> {\n    <org/x9> a stdg:Company .\n}\n", {at, at + 1}


def _sparql(text: str, _file: File, _rng: Random, _world: World) -> tuple[str, set[int]]:
    at = text.count("\n") + 2
    return text + "\nINSERT DATA { <org/x9> a stdg:Company . }\n", {at}


KINDS: list[Kind] = [
    swap("date-typed-as-a-year", r'^(    stdg:(?:date|start|asOf) "\d{4}")( ;)$', r"\1^^xsd:gYear\2", heads=(XSD,)),
    swap("date-typed-as-edtf", DATE, r'\1\2"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;'),
    swap("type-in-capitals", r"^(    stdg:(?:ordinal|statedActorCount|statedItemCount|listNumber) )(\d+)( ;)$", r'\1"\2"^^xsd:Integer\3', heads=(XSD,)),
    swap("type-of-a-whole-number", r"^(    stdg:(?:ordinal|statedActorCount|statedItemCount|listNumber) )(\d+)( ;)$", r'\1"\2"^^xsd:int\3', heads=(XSD,)),
    swap("truth-in-capitals", r"^(    stdg:(?:planned|listIsComplete) )(true|false)( ;)$", lambda m, _r, _w: f'{m[1]}"{m[2].title()}"^^xsd:boolean{m[3]}', heads=(XSD,)),
    swap("truth-without-quotes-in-capitals", r"^(    stdg:(?:planned|listIsComplete) )(true|false)( ;)$", lambda m, _r, _w: m[1] + m[2].title() + m[3]),
    swap("number-with-commas-as-text", r"^(    stdg:value )(\d+)\.0( ;)$", r'\1"1,\2"\3'),
    swap("value-as-a-double", r"^(    stdg:value )([\d.]+)( ;)$", r'\1"\2"^^xsd:double\3', heads=(XSD,)),
    swap("value-of-type-string", r"^(    stdg:value )([\d.]+)( ;)$", r'\1"\2"^^xsd:string\3', heads=(XSD,)),
    swap("type-that-is-no-address", r'^(    stdg:locator "[^"]+")( ;)$', r"\1^^<string>\2"),
    swap("language-in-three-letters", LABEL, r"\1\2" + '"@eng ;'),
    swap("language-of-a-region", LABEL, r"\1\2" + '"@en-US ;'),
    swap("language-in-capitals", LABEL, r"\1\2" + '"@EN ;'),
    swap("language-in-words", LABEL, r"\1\2" + '"@english ;'),
    swap("script-in-capitals", LABEL_ZH, r"\1\2" + '"@zh-HANS ;'),
    swap("chinese-of-another-name", LABEL_ZH, r"\1\2" + '"@cmn ;'),
    swap("percent-in-an-iri", THING, lambda m, _r, _w: f"{m[1]}<{m[2]}/{m[3].replace('-', '%2D')}>{m[4]}" if "-" in m[3] else m[0]),
    swap("slash-doubled", THING, r"\1<\2//\3>\4"),
    swap("slash-in-front", THING, r"\1</\2/\3>\4"),
    swap("hash-for-a-slash", THING, r"\1<\2#\3>\4"),
    swap("colon-for-a-slash", THING, r"\1<\2:\3>\4"),
    swap("host-in-capitals", THING, r"\1<https://W3ID.org/stdgraph/id/\2/\3>\4"),
    swap("host-with-www", THING, r"\1<https://www.w3id.org/stdgraph/id/\2/\3>\4"),
    swap("host-of-examples", THING, r"\1<http://example.org/\2/\3>\4"),
    swap("ending-of-a-file", THING, r"\1<\2/\3.ttl>\4"),
    swap("kind-in-the-plural", THING, r"\1<\2s/\3>\4"),
    swap("kind-in-capitals", THING, lambda m, _r, _w: f"{m[1]}<{m[2].title()}/{m[3]}>{m[4]}"),
    swap("id-with-a-non-breaking-hyphen", THING, lambda m, _r, _w: f"{m[1]}<{m[2]}/{m[3].replace('-', '‑', 1)}>{m[4]}" if "-" in m[3] else m[0]),
    swap("id-with-a-cyrillic-letter", THING, lambda m, _r, _w: f"{m[1]}<{m[2]}/{m[3].replace('c', 'с', 1)}>{m[4]}"),
    swap("node-without-a-name-as-object", THING, r"\1_:\2\4"),
    swap("empty-node", THING, r"\1[]\4"),
    swap("empty-iri", THING, r"\1<>\4"),
    swap("empty-list", THING, r"\1()\4"),
    swap("fragment-alone", THING, r"\1<#\3>\4"),
    swap("a-code-for-a-thing", THING, r"\1stdgc:role-chair\4"),
    swap("a-class-for-a-thing", THING, r"\1stdg:Organization\4"),
    swap("wikidata-for-a-thing", THING, r"\1<http://www.wikidata.org/entity/Q148>\4"),
    swap("source-for-a-thing", THING, r"\1<https://w3id.org/stdgraph/source/cn-uk-wg>\4"),
    swap("graph-for-a-thing", THING, r"\1<https://w3id.org/stdgraph/graph/entities/bodies>\4"),
    swap("date-in-schema-org", r"^    stdg:date (.*)$", r"    schema:startDate \1", heads=(SCHEMA,)),
    swap("comment-of-rdfs-for-a-note", r"^    skos:note (.*)$", r"    rdfs:comment \1", heads=(RDFS,)),
    swap("source-of-dublin-core", r"^    stdg:fromSource (.*)$", r"    dcterms:source \1", heads=(DCTERMS,)),
    swap("evidence-of-prov", r"^    stdg:evidence (.*)$", r"    prov:wasDerivedFrom \1", heads=(PROV,), of="Agreement|OfficeHolding|Participation"),
    swap("date-of-dublin-core", r"^    stdg:date (.*)$", r"    dcterms:date \1", heads=(DCTERMS,)),
    swap("inverse-that-is-thought-up", r"^    stdg:(?:hasParty|member|participant) (.*)$", r"    stdg:isPartyTo \1"),
    swap("inverse-in-place", r"^    stdg:partOf (.*)$", r"    stdg:hasPart \1"),
    swap("rule-that-is-computed", r"^    stdg:hasParty (.*)$", r"    stdg:coPartyWith \1"),
    add("citation-of-a-machine", 'skos:note "According to the document, the parties agreed to cooperate【4†source】"@en ;', of=EXAMPLE),
    add("doubt-of-a-machine", 'skos:note "As an AI language model, I cannot verify this date"@en ;', of=EXAMPLE),
    add("other-name-in-json", 'skos:altLabel "[\\"SAC\\", \\"国标委\\"]"@en ;', of=EXAMPLE),
    add("other-names-in-one", 'skos:altLabel "SAC; Standardization Administration; GB body"@en ;', of="Company|Association|Agreement"),
    add("same-as-wikidata", "owl:sameAs <http://www.wikidata.org/entity/Q148> ;", of=EXAMPLE, heads=(OWL,)),
    add("none-as-text", 'stdg:acronym "None" ;', of="Company|Association", without="acronym"),
    add("nan-as-text", 'skos:altLabel "nan"@en ;', of=EXAMPLE),
    add("null-as-a-note", 'skos:note "null"@en ;', of=EXAMPLE),
    add("unknown-as-an-acronym", 'stdg:acronym "n/a" ;', of="Company|Association", without="acronym"),
    add("unfilled-template", 'skos:altLabel "{{ name }}"@en ;', of=EXAMPLE),
    add("lorem-ipsum", 'skos:note "Lorem ipsum dolor sit amet"@en ;', of=EXAMPLE),
    add("secret-of-a-script", 'skos:note "<script>alert(1)</script>"@en ;', of=EXAMPLE),
    add("formula-of-a-table", 'skos:altLabel "=HYPERLINK(\\"https://example.org\\",\\"x\\")"@en ;', of=EXAMPLE),
    add("error-of-a-table", 'skos:altLabel "#REF!"@en ;', of=EXAMPLE),
    Kind("subject-without-a-name", _unnamed, of=EXAMPLE, changed=False),
    Kind("individual-of-owl", _typed_twice, of=EXAMPLE),
    Kind("a-class-in-the-data", spoil=_class_of_our_own),
    Kind("a-code-in-the-data", spoil=_code_of_our_own),
    Kind("rest-omitted", _rest_omitted),
    Kind("nothing-but-a-class", spoil=_stub),
    Kind("label-without-a-class", spoil=_without_class),
    Kind("words-of-a-chat", spoil=_said_in_words),
    Kind("graph-of-trig", spoil=_named_graph),
    Kind("update-of-sparql", spoil=_sparql),
    _other("base-with-two-slashes", r"^@base <https://w3id.org/stdgraph/id/> .$", "@base <https://w3id.org/stdgraph/id//> ."),
    _other("base-without-its-slash", r"^@base <https://w3id.org/stdgraph/id/> .$", "@base <https://w3id.org/stdgraph/id> ."),
    _other("prefix-of-old-dublin-core", r"^@prefix dcterms: .*$", "@prefix dcterms: <http://purl.org/dc/elements/1.1/> ."),
    _other("prefix-of-skos-without-its-hash", r"^(@prefix skos: <.*)#>", r"\1>"),
    _other("prefix-of-sources-in-the-plural", r"^@prefix src: .*$", "@prefix src: <https://w3id.org/stdgraph/sources/> ."),
    _other("prefix-of-codes-in-the-plural", r"^@prefix stdgc: .*$", "@prefix stdgc: <https://w3id.org/stdgraph/concepts/> ."),
    _other("prefix-in-capitals", r"^@prefix stdg: <https://w3id.org/stdgraph/ontology#>", "@prefix stdg: <https://w3id.org/stdgraph/Ontology#>"),
    _other("licence-not-free", r"^    dcterms:license <.*$", "    dcterms:license <https://creativecommons.org/licenses/by-nc/4.0/> ;"),
    _other("title-in-one-language-twice", r'^(    dcterms:title "[^"]+")@zh-Hans ;$', r"\1@en ;"),
]  # fmt: skip
