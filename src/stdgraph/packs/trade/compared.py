"""What two snapshots of the registers of trade agreements are compared by."""

from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.packs.changes import Comparison, Records
from stdgraph.packs.states import state_name

COMPARISON = Comparison(
    thing="agreement",
    holder="party",
    source="manytrade-huggo",
    read={
        SKOS + "prefLabel": "title",
        STDG + "identifier": "reference",
        STDG + "date": "date",
        STDG + "start": "start",
        STDG + "end": "end",
        STDG + "party": "party",
        STDG + "toAgreement": "agreement",
    },
    key="reference",
    texts=(
        ("agreement renamed", "title"),
        ("signature changed", "date"),
        ("entry into force changed", "start"),
        ("end changed", "end"),
    ),
    links=(),
    labels=("title", "reference"),
    code="reference",
    seated=("party changed", "party added", "party removed"),
    order=(
        *("agreement added", "agreement removed", "agreement renamed", "signature changed"),
        *("entry into force changed", "end changed", "party changed", "party added", "party removed"),
    ),
    records=Records("party", "agreement", ("date", "start", "end")),
    is_whole=True,
    named=state_name,
)
