from __future__ import annotations

from collections.abc import Iterator

import pytest

import stdgraph
from conftest import SHARED, iso_files
from stdgraph.services.pack import add

COMMITTEES = SHARED / "data" / "iso-committees" / "iso_technical_committees_2025-06-12.jsonl.gz"
MEMBERS = SHARED / "data" / "iso-member-bodies" / "member_bodies.csv"


@pytest.fixture(scope="session")
def with_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stdgraph.Graph]:
    """The packaged graph with the real register of ISO."""
    if not COMMITTEES.exists() or not MEMBERS.exists():
        pytest.skip("needs ../shared/data/iso-committees and iso-member-bodies, the register itself")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_DATA", str(tmp_path_factory.mktemp("data")))
        add("iso", iso_files(COMMITTEES, members=MEMBERS, day="2025-06-12"))
        yield stdgraph.open(pack="iso")
