"""What two snapshots of the register of memberships are compared by."""

from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.packs.changes import Comparison, Records
from stdgraph.packs.igo.organizations import SOURCE
from stdgraph.packs.states import state_name

COMPARISON = Comparison(
    thing="organization",
    holder="member",
    source=SOURCE,
    read={
        SKOS + "prefLabel": "title",
        STDG + "identifier": "number",
        STDG + "acronym": "reference",
        STDG + "member": "member",
        STDG + "inBody": "body",
        STDG + "role": "role",
        STDG + "start": "start",
        STDG + "end": "end",
    },
    key="number",
    texts=(
        ("organization renamed", "title"),
        ("acronym changed", "reference"),
        ("start changed", "start"),
        ("end changed", "end"),
    ),
    links=(),
    labels=("title", "reference"),
    code="reference",
    seated=("membership changed", "member added", "member removed"),
    order=(
        *("organization added", "organization removed", "organization renamed", "acronym changed"),
        *("start changed", "end changed", "membership changed", "member added", "member removed"),
    ),
    records=Records("member", "body", ("role", "start", "end")),
    is_whole=True,
    named=state_name,
)
