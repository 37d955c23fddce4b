"""What a thing takes part in, and what that comes to."""

from __future__ import annotations

import stdgraph
from stdgraph.graph.records import glance, parts, tying
from stdgraph.model.dates import as_of_day
from stdgraph.model.vocabulary import BASE


def test_a_body_takes_part_in_what_sources_state_of_it(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.iri("ASA"))
    tea = found[BASE + "agreement/2017-06-tea-mou"]
    assert {role.rpartition("#")[2] for role in tea.roles} == {"hasParty"}
    assert not tea.through
    assert BASE + "agreement/2015-11-aa-bb-mou" not in found


def test_a_country_takes_part_through_its_bodies(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.iri("country/AA"))
    assert found[BASE + "agreement/2015-11-aa-bb-mou"].through == set()
    assert found[BASE + "agreement/2017-06-tea-mou"].through == {tiny.iri("ASA")}


def test_who_took_part_in_an_event_does_so_with_the_event(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.iri("ASA"))
    events = [part for part in found.values() if "/event/" in part.record]
    assert events
    assert all(part.record not in part.behind for part in events if part.behind - {part.record})
    assert not [record for record in found if "/participation/" in record]


def test_figures_claims_and_sayings_are_no_records(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.iri("country/AA"))
    assert not [record for record in found if "/figure/" in record or "/claim/" in record or "/evidence/" in record]


def test_a_dated_thing_is_a_record_of_its_own(tiny: stdgraph.Graph) -> None:
    agreement = BASE + "agreement/2017-06-tea-mou"
    assert agreement in parts(tiny.reads, agreement)
    assert tiny.iri("country/AA") not in parts(tiny.reads, tiny.iri("country/AA"))


def test_a_year_holds_what_is_dated_in_it(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.iri("2017"))
    assert BASE + "agreement/2017-06-tea-mou" in found
    assert BASE + "agreement/2015-11-aa-bb-mou" not in found


def test_a_document_holds_what_was_read_in_it(tiny: stdgraph.Graph) -> None:
    found = parts(tiny.reads, tiny.thing("doc-a"))
    assert BASE + "agreement/2017-06-tea-mou" in found
    assert BASE + "agreementset/aa-nsb" not in found


def test_a_glance_counts_records_dates_and_documents(tiny: stdgraph.Graph) -> None:
    records = [BASE + f"agreement/{name}" for name in ("2017-06-tea-mou", "2015-11-aa-bb-mou")]
    assert glance(tiny.reads, records).plain() == {"records": 2, "first": "2015-11", "last": "2017-06", "documents": 1}
    assert glance(tiny.reads, records, as_of_day("2016")).plain()["records"] == 1
    assert glance(tiny.reads, []).plain() == {"records": 0, "first": None, "last": None, "documents": 0}


def test_records_that_tie_each_two(tiny: stdgraph.Graph) -> None:
    a, b, c = (tiny.iri(f"country/{code}") for code in ("AA", "BB", "CC"))
    found = tying(tiny.reads, [a, b, c])
    assert list(found) == [(a, b), (a, c), (b, c)]
    assert BASE + "agreement/2015-11-aa-bb-mou" in found[a, b]
    assert found[a, b] == tying(tiny.reads, [b, a])[b, a]
