"""The registers of trade agreements of manytrade: agreements, their parties and dates, as two publishers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdgraph.locale import Phrase
from stdgraph.packs.inputs import FileKind, SourceTitle
from stdgraph.packs.registers import Register

if TYPE_CHECKING:
    from stdgraph.packs.changes import Comparison
    from stdgraph.packs.job import Job


def write(job: Job) -> None:
    """Write the triples of an import; raises PackError where no agreement can be read."""
    from stdgraph.packs.trade import agreements, entries, parties
    from stdgraph.packs.trade.identity import identified

    found = identified(entries.read(job))
    if not found:
        raise job.refuse("agreements", Phrase("agreement"))
    core = agreements.write(job, found)
    parties.write(job, found, core)


def comparison() -> Comparison:
    """Return what two snapshots are compared by."""
    from stdgraph.packs.trade.compared import COMPARISON

    return COMPARISON


REGISTER = Register(
    name="trade",
    files=(
        FileKind("agreements", "trade: agreements, as CSV; may be given repeatedly.", is_needed=True, is_many=True),
        FileKind("parties", "trade: parties with their dates, as CSV; may be given repeatedly.", is_many=True),
    ),
    sources={
        "manytrade-desta": SourceTitle(
            "Design of Trade Agreements (DESTA), as in manytrade",
            "贸易协定设计数据库（DESTA），据manytrade",
        ),
        "manytrade-huggo": SourceTitle(
            "HUGGO, trade agreements of manytrade coded by hand",
            "manytrade人工编码贸易协定（HUGGO）",
        ),
    },
    write=write,
    told=("agreements", "parties"),
    comparison=comparison,
    optional=frozenset(("shared", "parties", "parties_desta", "parties_huggo", "states")),
)
