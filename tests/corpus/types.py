"""IRIs where a text is due and texts where an IRI is due, numbers as texts, values of another type."""

from __future__ import annotations

from corpus.kinds import LABEL, Kind, add, swap

XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
THING = r"^(    stdg:(?:hasParty|inBody|member|issuedBy|participant|inEvent|contributor|recognizer|subBodyOf|partOf|figureOf|usedStandard|withRespectTo|placeWithin|covers|about) )<([^>]+)>( ;)$"

KINDS: list[Kind] = [
    swap("name-for-a-thing", THING, r'\1"British Standards Institution"@en\3'),
    swap("id-as-text", THING, r'\1"\2"\3'),
    swap("iri-as-text", THING, r'\1"https://w3id.org/stdgraph/id/\2"\3'),
    swap("iri-typed-as-an-address", THING, r'\1"https://w3id.org/stdgraph/id/\2"^^xsd:anyURI\3', heads=(XSD,)),
    swap("bracketed-iri-as-text", THING, r'\1"<\2>"\3'),
    swap("country-as-text", r"^(    stdg:(?:ofCountry|onBehalfOf|memberCountry) )<country/(\w+)>( ;)$", r'\1"\2"\3'),
    swap("thing-for-a-name", r'^(    skos:prefLabel )".*"@en( ;)$', r"\1<org/cn-sac>\2"),
    swap("thing-for-a-note", r'^(    skos:(?:note|editorialNote) )".*"@en( ;)$', r"\1<org/cn-sac>\2"),
    swap("thing-for-a-date", r'^(    stdg:(?:date|start) )"[^"]+"( ;)$', r"\1<event/bri-forum-3>\2"),
    swap("thing-for-a-locator", r'^(    stdg:locator )"[^"]+"( ;)$', r"\1<document/2020-zj-plan>\2"),
    swap("thing-for-an-acronym", r'^(    stdg:acronym )"[^"]+"( ;)$', r"\1<org/cn-sac>\2"),
    swap("thing-for-a-title", r'^(    stdg:officeTitle )"[^"]+"@\S+( ;)$', r"\1<org/cn-sac>\2"),
    swap("thing-for-a-number", r"^(    stdg:(?:statedActorCount|statedItemCount|ordinal|value) )[\d.]+( ;)$", r"\1<org/cn-sac>\2"),
    swap("number-as-text", r"^(    stdg:(?:statedActorCount|statedItemCount|ordinal|value|listNumber) )([\d.]+)( ;)$", r'\1"\2"\3'),
    swap("number-in-words", r"^(    stdg:(?:statedActorCount|statedItemCount|ordinal) )\d+( ;)$", r'\1"three"@en\2'),
    swap("number-with-a-fraction", r"^(    stdg:(?:statedActorCount|statedItemCount|ordinal) \d+)( ;)$", r"\1.5\2"),
    swap("number-negative", r"^(    stdg:(?:statedActorCount|statedItemCount|ordinal) )(\d+)( ;)$", r"\1-\2\3"),
    swap("value-with-its-unit", r"^(    stdg:value )([\d.]+)( ;)$", r'\1"\2 %"\3'),
    swap("value-as-a-float", r"^(    stdg:value )([\d.]+)( ;)$", r"\g<1>1.2e3\3"),
    swap("value-that-is-none", r"^(    stdg:value )([\d.]+)( ;)$", r'\1"NaN"^^xsd:double\3', heads=(XSD,)),
    swap("value-whole", r"^(    stdg:value )(\d+)\.0( ;)$", r"\1\2\3"),
    swap("truth-as-text", r"^(    stdg:(?:planned|listIsComplete) )(true|false)( ;)$", r'\1"\2"\3'),
    swap("truth-in-words", r"^(    stdg:(?:planned|listIsComplete) )(?:true|false)( ;)$", r'\1"yes"\2'),
    swap("truth-as-a-number", r"^(    stdg:(?:planned|listIsComplete) )(?:true|false)( ;)$", r"\g<1>1\2"),
    swap("label-of-a-plain-type", LABEL, r'\1\2"^^xsd:string ;', heads=(XSD,)),
    swap("unit-with-a-language", r'^(    stdg:unit "[^"]+")( ;)$', r"\1@en\2"),
    swap("date-as-an-address", r'^(    stdg:(?:date|start) "[^"]+")( ;)$', r"\1^^xsd:anyURI\2", heads=(XSD,)),
    swap("office-title-without-a-language", r'^(    stdg:officeTitle "[^"]+")@\S+( ;)$', r"\1\2"),
    add("text-for-a-subject", 'stdg:subject "smart cities"@en ;', of="Agreement|Event|Meeting|Conference|Project"),
    add("thing-for-a-printed-form", "stdg:printedForm <org/cn-sac> ;", of="Evidence"),
]  # fmt: skip
