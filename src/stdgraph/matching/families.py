"""Which things are compared with each other: families of classes, and what makes two records one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "person": ("Person",),
    "committee": ("TechnicalBody",),
    "mechanism": ("CooperationMechanism",),
    "place": ("GeopoliticalEntity", "Place"),
    "body": ("Organization",),
    "agreement": ("Agreement",),
    "agreements": ("AgreementSet",),
    "arrangement": ("Arrangement",),
    "series": ("EventSeries",),
    "change": ("ChangeEvent",),
    "event": ("Event",),
    "edition": ("StandardEdition",),
    "standard": ("Standard",),
    "standards": ("StandardSet",),
    "draft": ("Draft",),
    "work item": ("StandardProject",),
    "translation": ("Translation",),
    "issue": ("PeriodicalIssue", "Periodical"),
    "article": ("Article",),
    "source": ("SourceDocument",),
    "document": ("Document",),
    "documents": ("DocumentSeries",),
    "project": ("Project",),
    "platform": ("Platform",),
    "award": ("Award",),
}
"""Families of things with names to the classes above theirs; a thing belongs to the first that fits."""

RECORDS: Mapping[str, tuple[str, ...]] = {
    "SecretariatAssignment": ("forBody", "holder", "onBehalfOf", "role"),
    "Membership": ("member", "inBody", "role"),
    "GroupMembership": ("memberCountry", "inGroup"),
    "Liaison": ("liaisonFrom", "liaisonTo", "liaisonCategory"),
    "Participation": ("inEvent", "participant", "role"),
    "Contribution": ("contributionTo", "contributor", "role"),
    "Adoption": ("adoptedStandard", "adopter"),
    "Recognition": ("recognizer", "recognized", "recognizedAs"),
    "StandardUse": ("usedStandard", "user", "usedIn", "useKind"),
    "AwardGrant": ("award", "recipient"),
    "Twinning": ("leadPartner", "twinnedPartner"),
    "Figure": ("figureOf", "measure", "withRespectTo", "figureStatus", "unit", "value"),
    "Claim": ("claimSubject", "claimProperty", "claimObject"),
}
"""Classes of records to their ends: two of them with the same ends and overlapping times are one, if nothing parts them."""

PARTING = (
    "about", "asOf", "attestedOn", "awardLevel", "basedOn", "breakdownOf", "claimRank", "comparator", "covers", "inCapacity",
    "listNumber", "locatedIn", "officeTitle", "onBehalfOf", "ordinal", "partOf", "planned", "prefLabel", "subject",
)  # fmt: skip
"""What parts two records where both state it, and nothing of it is the same."""


def family_of(kinds: Iterable[str]) -> str:
    """Return the family of a thing by its classes and all above them, "" for what is not compared.

    >>> family_of(["JointCommission", "CooperationMechanism", "Organization"]), family_of(["Evidence"])
    ('mechanism', '')
    """
    held = set(kinds)
    for name in RECORDS:
        if name in held:
            return name
    return next((name for name, roots in FAMILIES.items() if held & set(roots)), "")
