"""What is missing, and what is there too often."""

from __future__ import annotations

from corpus.kinds import Kind, drop, twice

NAMED = "Organization|Agreement|Event|Place|Project|Award|Platform|EventSeries|Company|Association|NationalStandardsBody|City"

KINDS: list[Kind] = [
    drop("no-class", r"^    a stdg:"),
    drop("no-evidence", r"^    stdg:evidence ", of="Agreement|Meeting|Conference|Event|Figure|OfficeHolding|Participation|Contribution|Recognition|Claim"),
    drop("no-label", r"^    skos:prefLabel ", of=NAMED),
    drop("no-english-label", r'^    skos:prefLabel .*@en ;', of="Agreement|Company|Association|EventSeries|Platform|NationalStandardsBody", least=1),
    drop("no-chinese-label", r'^    skos:prefLabel .*@zh-Hans ;', of="Agreement|Company|Association|EventSeries|Platform|NationalStandardsBody"),
    drop("no-party", r"^    stdg:hasParty ", of="Agreement|Arrangement"),
    drop("one-party", r"^    stdg:hasParty ", of="Agreement|Arrangement", least=2, keep=1),
    drop("no-date", r"^    stdg:(date|start|signedIn|end) ", of="Agreement|Meeting|Conference|Event|Training"),
    drop("no-value", r"^    stdg:value ", of="Figure"),
    drop("no-measure", r"^    stdg:measure ", of="Figure"),
    drop("no-figure-of", r"^    stdg:figureOf ", of="Figure"),
    drop("no-figure-status", r"^    stdg:figureStatus ", of="Figure"),
    drop("no-role-of-an-office", r"^    stdg:role ", of="OfficeHolding"),
    drop("no-role-of-a-participation", r"^    stdg:role ", of="Participation"),
    drop("no-body-of-a-membership", r"^    stdg:inBody ", of="OfficeHolding|Membership"),
    drop("no-member", r"^    stdg:(member|onBehalfOf) ", of="Membership|OfficeHolding"),
    drop("no-event", r"^    stdg:inEvent ", of="Participation"),
    drop("no-participant", r"^    stdg:participant ", of="Participation"),
    drop("no-contributor", r"^    stdg:contributor ", of="Contribution"),
    drop("no-rank-of-a-claim", r"^    stdg:claimRank ", of="Claim"),
    drop("no-object-of-a-claim", r"^    stdg:claimObject ", of="Claim"),
    drop("no-recognizer", r"^    stdg:recognizer ", of="Recognition"),
    drop("no-group", r"^    stdg:inGroup ", of="GroupMembership"),
    drop("no-used-standard", r"^    stdg:usedStandard ", of="StandardUse"),
    drop("no-country-of-a-body", r"^    stdg:ofCountry ", of="Company|Association|NationalStandardsBody|GovernmentBody|ResearchInstitute"),
    drop("no-type-of-an-agreement", r"^    stdg:agreementType ", of="Agreement"),
    drop("no-issue", r"^    stdg:inIssue ", of="Article"),
    drop("no-kind-of-a-change", r"^    stdg:changeKind ", of="ChangeEvent"),
    drop("translation-without-its-label", r'^    skos:prefLabel .*@en ;', of="Conference|Meeting|Project|Event|PolicyDocument"),
    twice("two-bodies", r"^(    stdg:inBody )\S+( ;)$", lambda m, r, w: f"{m[1]}{w.one(r, 'Association')}{m[2]}", of="OfficeHolding|Membership"),
    twice("two-events", r"^(    stdg:inEvent )\S+( ;)$", lambda m, r, w: f"{m[1]}{w.one(r, 'Conference')}{m[2]}"),
    twice("two-values", r"^(    stdg:value )\S+( ;)$", r"\g<1>12.5\2"),
    twice("two-countries", r"^(    stdg:ofCountry )\S+( ;)$", r"\1<country/FR>\2", of="Company|Association|NationalStandardsBody|GovernmentBody"),
    twice("two-ranks", r"^(    stdg:claimRank )\S+( ;)$", r"\1stdgc:rank-deprecated\2"),
    twice("two-ordinals", r"^(    stdg:ordinal )(\d+)( ;)$", lambda m, _r, _w: f"{m[1]}{int(m[2]) + 7}{m[3]}"),
    twice("two-stated-counts", r"^(    stdg:stated(?:Actor|Item)Count )(\d+)( ;)$", lambda m, _r, _w: f"{m[1]}{int(m[2]) + 3}{m[3]}"),
    twice("two-classes", r"^(    a stdg:)(Company|Person|City|Conference|Standard)( ;)$", lambda m, _r, _w: f"{m[1]}{'Figure' if m[2] == 'Conference' else 'Conference'}{m[3]}"),
]  # fmt: skip
