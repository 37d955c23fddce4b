"""What does not fit its thing is told, and what only looks like it is not."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from stdgraph.services.validate import fitting
from stdgraph.services.validate.fitting import Fitting
from stdgraph.services.validate.stored import Statements, in_memory
from stdgraph.storage.turtle import parse_turtle

HEAD = """@base <https://w3id.org/stdgraph/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> . @prefix stdgc: <https://w3id.org/stdgraph/concept/> .
<country/CN> a stdg:Country . <country/DE> a stdg:Country . <country/GB> a stdg:Country . <country/FR> a stdg:Country .
<org/cn-sac> a stdg:Organization ; stdg:ofCountry <country/CN> . <org/de-din> a stdg:Organization .
<evidence/doc--p1> stdg:attestedOn "2019-05" . <mechanism/cn-gb-group> a stdg:Mechanism ; stdg:start "2015" .
"""


def told(text: str) -> list[str]:
    """Return the words on what some statements say."""
    quads = [ox.Quad(*triple) for triple in parse_turtle(HEAD + text)[0]]
    rules = Fitting(Statements(in_memory(quads), lambda: quads))
    return [words for quad in quads for words, _ in rules.faults(quad.triple)]


MEETING = "<event/2017-06-meeting> a stdg:Meeting ; stdg:date "


@pytest.mark.parametrize(
    "date", ["2017", "2017-06", "2017-06-15", "2017~", "2016/2018", "2017-06-28/2017-07-02", "201X"]
)
def test_a_date_with_a_day_of_that_in_the_id_fits(date: str) -> None:
    assert told(f'{MEETING}"{date}" .') == []


@pytest.mark.parametrize("date", ["2015", "2017-07", "2018-06-15", "2014/2016"])
def test_another_date_does_not(date: str) -> None:
    assert told(f'{MEETING}"{date}" .') == [fitting.DATE]


def test_a_number_in_an_id_is_no_date() -> None:
    assert told('<policy/1000-steps> a stdg:PolicyDocument ; stdg:date "2016" .') == []
    assert told('<policy/1949-steps> a stdg:PolicyDocument ; stdg:date "2016" .') == [fitting.DATE]


def test_what_is_planned_may_lie_after_its_evidence_and_nothing_else() -> None:
    record = '<event/x> a stdg:Meeting ; stdg:evidence <evidence/doc--p1> ; stdg:date "2021" '
    assert told(record + ".") == [fitting.EARLY]
    assert told(record + "; stdg:planned true .") == []
    assert told('<event/x> a stdg:Meeting ; stdg:evidence <evidence/doc--p1> ; stdg:date "2019-12" .') == []


def test_nothing_is_planned_that_is_long_past() -> None:
    planned = "<event/x> stdg:evidence <evidence/doc--p1> ; stdg:planned true ; stdg:date "
    assert told(planned + '"1911" .') == [fitting.PAST]
    assert told(planned + '"2018" .') == []


def test_nothing_is_done_under_what_begins_later() -> None:
    assert told('<event/x> stdg:underFramework <mechanism/cn-gb-group> ; stdg:date "2014" .') == [fitting.BEFORE]
    assert told('<event/x> stdg:underFramework <mechanism/cn-gb-group> ; stdg:date "2015-01" .') == []


def test_a_body_is_a_part_of_one_of_its_country_and_a_company_of_one_abroad() -> None:
    assert told("<org/de-office> a stdg:Organization ; stdg:subBodyOf <org/cn-sac> .") == [fitting.ABROAD]
    assert told("<org/cn-works> a stdg:Company ; stdg:subBodyOf <org/de-din> .") == []
    assert told("<org/de-office> a stdg:Organization ; stdg:subBodyOf <org/iso> .") == []


def test_the_country_of_an_id_is_one_that_there_is() -> None:
    assert told("<org/de-office> stdg:ofCountry <country/CN> .") == [fitting.LAND]
    assert told("<org/xx-office> stdg:ofCountry <country/CN> .") == []
    assert told("<agreement/2017-cn-gb-mou> stdg:hasParty <country/FR> .") == [fitting.LAND]
    assert told("<agreement/2017-cn-gb-mou> stdg:hasParty <country/GB>, <org/de-din> .") == []


def test_two_sides_are_exchanged_where_the_id_names_them_so() -> None:
    assert told("<office/a-b--cn-sac--head> stdg:member <org/cn-sac> .") == [fitting.TURNED]
    assert told("<office/a-b--cn-sac--head> stdg:inBody <org/cn-sac> ; stdg:member <person/a-b> .") == []


def test_one_of_the_numbers_in_a_name_is_that_of_the_thing() -> None:
    name = '<event/x> skos:prefLabel "5th 21st Century Forum"@en, "第5届论坛"@zh-Hans ; stdg:ordinal '
    assert told(name + "5 .") == []
    assert told(name + "6 .") == [fitting.NUMBER]


def test_the_year_of_a_number_is_that_of_the_edition() -> None:
    assert told('<standard/iso-1/ed/2021> stdg:reference "ISO 1:2021" .') == []
    assert told('<standard/iso-1/ed/2021> stdg:reference "ISO 1:2019" .') == [fitting.DATE]


def test_a_share_is_at_most_all_and_a_growth_may_be_more() -> None:
    assert told('<figure/x> stdg:unit "percent" ; stdg:measure stdgc:measure-share ; stdg:value 130.0 .') == [
        fitting.SHARE
    ]
    assert told('<figure/x> stdg:unit "percent" ; stdg:measure stdgc:measure-growth ; stdg:value 130.0 .') == []
