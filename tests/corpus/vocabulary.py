"""Words that nobody declares: misspelt, of another case, of another vocabulary, or used as what they are not."""

from __future__ import annotations

from corpus.kinds import LABEL, Kind, mistyped, swap

RDFS = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
SCHEMA = "@prefix schema: <https://schema.org/> ."
FOAF = "@prefix foaf: <http://xmlns.com/foaf/0.1/> ."
OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
CLASS = r"^(    a stdg:)(\w+)( ;)$"


def _snake(word: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in word)


KINDS: list[Kind] = [
    swap("property-misspelt", r"^(    stdg:)(\w{5,})( .*)$", lambda m, _r, _w: m[1] + mistyped(m[2]) + m[3]),
    swap("property-capital", r"^(    stdg:)(\w)(.*)$", lambda m, _r, _w: m[1] + m[2].upper() + m[3]),
    swap("property-lower-case", r"^(    stdg:)(\w*[A-Z]\w*)( .*)$", lambda m, _r, _w: m[1] + m[2].lower() + m[3]),
    swap("property-snake-case", r"^(    stdg:)(\w*[A-Z]\w*)( .*)$", lambda m, _r, _w: m[1] + _snake(m[2]) + m[3]),
    swap("property-plural", r"^(    stdg:(?:evidence|role|subject|member))( .*)$", r"\1s\2"),
    swap("property-of-the-wrong-prefix", r"^    stdg(:(?:evidence|date|locator|member|hasParty) .*)$", r"    skos\1",
         heads=("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",)),
    swap("property-of-a-code", r"^    stdg(:\w+ .*)$", r"    stdgc\1"),
    swap("class-as-property", r"^    stdg:evidence( .*)$", r"    stdg:Evidence\1"),
    swap("property-that-was-thought-up", r"^(    stdg:)(?:date|start)( .*)$", r"\1signingDay\2"),
    swap("foreign-property-misspelt", r"^    skos:prefLabel( .*)$", r"    skos:prefLable\1"),
    swap("foreign-title-misspelt", r"^    dcterms:title( .*)$", r"    dcterms:titel\1"),
    swap("label-of-rdfs", LABEL.replace("|dcterms:title", ""), r'    rdfs:label "\2\3', heads=(RDFS,)),
    swap("name-of-schema-org", LABEL.replace("|dcterms:title", ""), r'    schema:name "\2\3', heads=(SCHEMA,)),
    swap("same-as-of-owl", r"^(    stdg:(?:partOf|about|subBodyOf|issuedBy|figureOf)) (<.*)$", r"    owl:sameAs \2", heads=(OWL,)),
    swap("class-misspelt", CLASS, lambda m, _r, _w: m[1] + mistyped(m[2]) + m[3]),
    swap("class-lower-case", CLASS, lambda m, _r, _w: m[1] + m[2][0].lower() + m[2][1:] + m[3]),
    swap("class-plural", CLASS, r"\1\2s\3"),
    swap("class-of-another-vocabulary", r"^    a stdg:(Person|Organization|Event)( ;)$", r"    a foaf:\1\2", heads=(FOAF,)),
    swap("class-of-the-prefix-of-codes", CLASS, r"    a stdgc:\2\3"),
    swap("property-as-class", r"^    a stdg:OfficeHolding( ;)$", r"    a stdg:inBody\1"),
]  # fmt: skip
