"""No choice survives a changed disclosure unmarked, and nothing else marks one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.disclosed import as_stored, changes, disclosed, stored_told
from coordinator.domain.agreements.holds import Hold, HoldState, Side
from coordinator.domain.agreements.informed_choice import (
    SHOWN_OF_DONOR,
    Statements,
    Told,
    as_text,
    choice_letter,
    of_donor,
)
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.families.households import Household
from coordinator.domain.volume import Volume

DAY = date(2026, 11, 20)
days = st.one_of(st.none(), st.dates(DAY - timedelta(days=9), DAY))
facts = st.lists(
    st.builds(
        Fact,
        kind=st.sampled_from(FactKind),
        presence=st.sampled_from(Presence),
        subject=st.sampled_from(["", "Zoloft", "soy"]),
        start=days,
        end=st.none(),
        source=st.sampled_from(FactSource),
        recorded_on=days,
    ),
    max_size=4,
).map(tuple)
babies = st.builds(
    Baby,
    born=days,
    must_avoid=st.one_of(st.none(), st.sampled_from([(), ("soy",), ("soy", "dairy")])),
    medicine_ok=st.sampled_from([None, *Willing]),
    nicotine_ok=st.sampled_from([None, *Willing]),
)
ZOE, INES = Household(1, "Zoë", ""), Household(2, "Inès", "")
HOLD = Hold(
    *("H-0001", "L-0001", "D-0001", "Zoë", "Dover", "R-0001", "Inès", "Exeter"),
    Volume.from_oz(100),
    bags=20,
    only_from=None,
    made_on=DAY,
    expires_on=DAY,
    state=HoldState.AGREED,
)
knowns = st.builds(
    Told,
    hold=st.sampled_from([HOLD, replace(HOLD, volume=Volume.from_oz(60)), replace(HOLD, only_from=DAY)]),
    donor=st.just(ZOE),
    family=st.just(INES),
    baby=babies,
    facts=facts,
    pumped=st.tuples(days, days),
)


@given(knowns, knowns, st.sampled_from(Side))
def test_what_is_told_otherwise_is_named_and_what_is_the_same_is_not(
    before: Told, after: Told, side: Side
) -> None:
    told, now = disclosed(before, side), disclosed(after, side)
    is_same = {(one.topic, one.value) for one in told} == {(one.topic, one.value) for one in now}

    found = changes(stored_told(as_stored(told)), now)

    assert bool(found) is not is_same
    assert all(str(one) for one in found)


@given(knowns, facts)
def test_a_family_whose_letter_reads_otherwise_is_marked(before: Told, later: tuple[Fact, ...]) -> None:
    undated = [replace(one, recorded_on=None) for one in (*before.facts, *later)]
    before, after = (
        replace(before, facts=tuple(undated[: len(before.facts)])),
        replace(before, facts=tuple(undated)),
    )
    lines = [{str(one) for one in of_donor(known.facts)} for known in (before, after)]
    if lines[0] != lines[1]:
        told, now = (disclosed(known, Side.FAMILY) for known in (before, after))
        assert changes(told, now)


@given(knowns)
def test_nothing_is_kept_that_no_letter_shows(known: Told) -> None:
    kept = " ".join(one.topic for one in disclosed(known, Side.FAMILY))
    hidden = [kind for kind in FactKind if kind not in SHOWN_OF_DONOR]

    assert not [kind for kind in hidden if f'"{kind.value}"' in kept]


def test_what_time_alone_changes_marks_nobody() -> None:
    known = Told(HOLD, ZOE, INES, Baby(born=DAY), ())

    for side in Side:
        later = replace(known, need=Volume.from_oz(30), still_asked=())
        assert not changes(disclosed(known, side, DAY + timedelta(days=1)), disclosed(later, side))


@pytest.mark.parametrize(("babies", "words"), [(1, "a baby of 3 months"), (2, "2 babies of 3 months")])
def test_a_donor_is_told_for_how_many_babies_it_is(babies: int, words: str) -> None:
    known = Told(HOLD, ZOE, INES, Baby(born=date(2026, 8, 12), count=babies), ())

    letter = choice_letter(known, Statements("", ()), Side.DONOR, DAY)

    assert f"- {words}" in as_text(letter).splitlines()


def test_the_letter_to_a_donor_opens_with_the_twins_it_is_about() -> None:
    known = Told(HOLD, ZOE, INES, Baby(born=DAY, count=2), ())

    opening = choice_letter(known, Statements("2026-11", ()), Side.DONOR, DAY).opening
    gentle = choice_letter(replace(known, is_gentle=True), Statements("2026-11", ()), Side.DONOR, DAY).opening

    assert "for 2 babies in Exeter" in str(opening)
    assert "for 2 babies in Exeter" in str(gentle)
