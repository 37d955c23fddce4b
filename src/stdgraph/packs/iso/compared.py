"""What two snapshots of ISO's register are compared by."""

from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.packs.changes import Comparison
from stdgraph.packs.iso.committees import SOURCE

COMPARISON = Comparison(
    thing="committee",
    holder="body",
    source=SOURCE,
    read={
        SKOS + "prefLabel": "title",
        STDG + "reference": "reference",
        STDG + "isoCommitteeId": "number",
        STDG + "isoOrganizationId": "register id",
        STDG + "acronym": "acronym",
        STDG + "organizationStatus": "status",
        STDG + "subBodyOf": "parent",
        STDG + "secretariatHeldBy": "secretariat",
        STDG + "participatingMemberOf": "P-member",
        STDG + "observingMemberOf": "O-member",
        STDG + "listsLiaisonWith": "liaison",
    },
    key="number",
    texts=(("committee renumbered", "reference"), ("committee renamed", "title"), ("status changed", "status")),
    links=(("parent changed", "parent"), ("secretariat moved", "secretariat")),
    labels=("title", "acronym", "reference"),
    code="reference",
    seated=("membership changed", "member added", "member removed"),
    order=(
        *("committee added", "committee removed", "committee renumbered", "committee renamed", "status changed"),
        *("parent changed", "secretariat moved", "membership changed", "member added", "member removed"),
        *("body renamed", "liaison added", "liaison removed"),
    ),
    seats=frozenset(("P-member", "O-member")),
    renamed=("body renamed", "register id"),
    pairs=("liaison",),
)
