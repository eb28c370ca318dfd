"""A donor's facts and lots on one line of days, and what a changed fact flips."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.profiles import load_profile
from coordinator.domain.disclosures import disclosures_of
from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.flips import flips_between, with_fact
from coordinator.domain.suitability import suitability
from coordinator.domain.timeline import BarKind, timeline_of
from tests.builders import TODAY, a_baby, a_lot, with_facts

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


def test_a_changed_fact_flips_the_lots_and_holds_it_is_about_and_no_others() -> None:
    policy = load_profile()
    facts = with_facts(DAIRY)
    clean = a_lot("L-1", expressed_from=MARCH + timedelta(20), expressed_to=MARCH + timedelta(40))
    late = a_lot("L-2", expressed_from=MARCH + timedelta(60), expressed_to=MARCH + timedelta(80))
    families = [("R-1", a_baby(must_avoid=("dairy",))), ("R-2", a_baby())]
    before = disclosures_of(facts, policy)
    moved = with_fact(facts, replace(DAIRY, end=MARCH + timedelta(20)))

    found = flips_between(before, disclosures_of(moved, policy), [clean, late], families, [], MARCH)

    assert [(one.lot_code, one.better, one.worse) for one in found.lots] == [("L-1", 0, 1)]
    assert not flips_between(before, before, [clean, late], families, [], MARCH)


@given(DAYS)
def test_a_flip_is_what_the_verdicts_say(end: date) -> None:
    policy, on = load_profile(), date(2026, 12, 31)
    facts, baby = with_facts(DAIRY), a_baby(must_avoid=("dairy",))
    lot = a_lot(expressed_from=date(2026, 6, 1), expressed_to=date(2026, 7, 1))
    changed = with_fact(facts, replace(DAIRY, end=end))

    found = flips_between(
        disclosures_of(facts, policy), disclosures_of(changed, policy), [lot], [("R-1", baby)], [], on
    )

    old = suitability(lot, baby, facts, policy, on).kind
    new = suitability(lot, baby, changed, policy, on).kind
    assert bool(found) == (old != new)
