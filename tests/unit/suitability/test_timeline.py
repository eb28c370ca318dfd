"""A donor's facts and lots on one line of days, and what a changed fact flips."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.suitability.timeline import BarKind, timeline_of
from tests.builders import TODAY, a_lot

MARCH = date(2026, 3, 1)
DAIRY = Fact(FactKind.DAIRY, Presence.YES, end=MARCH, id=1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
INTERVALS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(
    lambda ends: ends[0] is None or ends[1] is None or ends[0] < ends[1]
)


def test_facts_stand_above_lots_each_kind_on_its_lane() -> None:
    amoxicillin = Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", MARCH, MARCH + timedelta(9), id=2)

    found = timeline_of([DAIRY, amoxicillin], [a_lot()], {}, TODAY)

    assert [(lane.label, [bar.label for bar in lane.bars]) for lane in found.facts] == [
        ("Dairy", ["yes"]),
        ("Medicine", ["amoxicillin"]),
    ]
    (bar,) = found.lots[0].bars
    assert (bar.kind, bar.start, bar.end) == (BarKind.LOT, date(2026, 9, 1), date(2026, 11, 11))
    assert found.first < MARCH
    assert found.last > TODAY


@given(st.lists(INTERVALS, max_size=12))
def test_every_fact_is_on_one_lane_and_no_two_on_a_lane_overlap(
    ends: list[tuple[date | None, date | None]],
) -> None:
    facts = [
        Fact(FactKind.MEDICINE, Presence.YES, f"m{nth}", start, end, id=nth + 1)
        for nth, (start, end) in enumerate(ends)
    ]

    found = timeline_of(facts, [], {}, TODAY)

    bars = [bar for lane in found.facts for bar in lane.bars]
    assert sorted(bar.fact_id for bar in bars) == [fact.id for fact in facts]
    for lane in found.facts:
        for before, after in zip(lane.bars, lane.bars[1:], strict=False):
            assert before.end is not None
            assert after.start is not None
            assert before.end <= after.start
