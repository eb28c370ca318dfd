"""The checklist, states and pauses of a donor, to the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence, Question
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.intervals import months_later
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.screening.call_list import (
    Deferral,
    Screening,
    blood_tests_running_out,
    deferral_ending,
    is_offering,
    questions_with,
    screen,
)
from coordinator.domain.screening.checklist import (
    FIRST_CONTACT,
    SIGN_OFFS,
    ChecklistItem,
    ItemState,
    SignOff,
    Told,
    checklist,
)
from coordinator.sayings import as_written
from tests.builders import TODAY, a_lot, a_plain_no, an_unchecked_policy, with_facts, without

SPOKEN = date(2026, 11, 1)
MONTH = timedelta(days=30)
PANEL = "HIV/HBV/HCV/HTLV/syphilis negative"


def a_policy(**values: object) -> Policy:
    """Return Community sharing with some values changed."""
    shipped = load_profile()
    changed = {rule: replace(shipped[rule], value=value) for rule, value in values.items()}
    return replace(shipped, values={**shipped.values, **changed})


def a_test(on: date, words: str = PANEL) -> Fact:
    return Fact(FactKind.BLOOD_TEST, Presence.YES, words, on, on + timedelta(days=1))


def told(facts: Iterable[Fact] | None = None, **changes: object) -> Told:
    known = Told(a_plain_no() if facts is None else tuple(facts), first_spoken_on=SPOKEN)
    return replace(known, **changes)  # type: ignore[arg-type] # any field


def screened(
    known: Told, decided: DonorState = DonorState.NEW, deferrals: Iterable[Deferral] = (), on: date = TODAY
) -> Screening:
    return screen(decided, known, load_profile(), on, deferrals)


def item(known: Told, topic: str, policy: Policy | None = None, on: date = TODAY) -> ChecklistItem:
    return next(one for one in checklist(known, policy or load_profile(), on) if one.topic == topic)


def test_a_donor_who_answered_everything_has_nothing_open_and_can_be_set_to_can_offer() -> None:
    found = screened(told())

    assert found.open_items == ()
    assert found.state is DonorState.QUESTIONS
    assert found.proposed is DonorState.CAN_OFFER


def test_a_donor_is_new_until_anything_is_answered_and_then_has_questions() -> None:
    assert screened(told(())).state is DonorState.NEW
    assert screened(told(())).proposed is None
    first = screened(told([Fact(FactKind.DAIRY, Presence.NO)]))
    assert (first.state, first.proposed) == (DonorState.QUESTIONS, None)


def test_what_runs_out_after_the_decision_is_proposed_and_never_done() -> None:
    later = months_later(date(2026, 7, 14), 12)

    before = screened(told(), DonorState.CAN_OFFER, on=later - timedelta(days=1))
    after = screened(told(), DonorState.CAN_OFFER, on=later)

    assert (before.state, before.proposed) == (DonorState.CAN_OFFER, None)
    assert (after.state, after.proposed) == (DonorState.CAN_OFFER, DonorState.QUESTIONS)


@pytest.mark.parametrize("decided", [DonorState.PAUSED, DonorState.NOT_MATCHING, DonorState.FINISHED])
def test_nothing_is_proposed_for_a_donor_who_rests(decided: DonorState) -> None:
    assert screened(told(), decided).proposed is None
    assert screened(told(()), decided).state is decided


def test_every_item_names_its_value_unit_and_source_and_knows_that_nobody_checked_it() -> None:
    for one in checklist(told(), an_unchecked_policy(sign_offs=2), TODAY):
        for basis in one.bases:
            assert basis.words
            assert basis.source
            assert not basis.is_checked
    assert str(item(told(), "blood test").bases[-1].words) == "12 months after the test"


@pytest.mark.parametrize(
    ("tested", "months", "ends"),
    [
        (date(2026, 7, 14), 12, date(2027, 7, 14)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
    ],
)
def test_a_blood_test_counts_to_the_day_over_month_ends(tested: date, months: int, ends: date) -> None:
    policy = a_policy(blood_test_age=months)
    known = told(with_facts(a_test(tested)))

    last = item(known, "blood test", policy, ends - timedelta(days=1))
    first = item(known, "blood test", policy, ends)

    assert (last.state, last.on) == (ItemState.RUNS_OUT, ends)
    assert (first.state, first.on) == (ItemState.RAN_OUT, ends)


def test_the_oldest_part_of_a_panel_put_together_runs_out_first() -> None:
    parts = [
        a_test(date(2026, 3, 1), "HIV, hep B, hep C, syphilis negative"),
        a_test(SPOKEN, "HTLV negative"),
    ]

    assert item(told(with_facts(*parts)), "blood test").on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("fact", "state", "ask"),
    [
        (
            a_test(SPOKEN, "prenatal panel neg"),
            ItemState.NOT_CLEAR,
            "HTLV and HCV among them",
        ),
        (
            a_test(SPOKEN, "HIV, hep B, hep C, syphilis negative"),
            ItemState.NOT_CLEAR,
            "date, HTLV among them",
        ),
        (Fact(FactKind.BLOOD_TEST, Presence.UNCLEAR, raw="can send"), ItemState.NOT_CLEAR, "every result"),
        (Fact(FactKind.BLOOD_TEST, Presence.NO), ItemState.MISSING, "would she have them done"),
        (a_test(SPOKEN, "hep C positive"), ItemState.NOT_CLEAR, "every result"),
    ],
)
def test_a_blood_test_that_says_nothing_plain_is_asked_about(fact: Fact, state: ItemState, ask: str) -> None:
    found = item(told(with_facts(fact)), "blood test")

    assert found.state is state
    assert ask in str(found.ask)


def test_how_long_a_test_counts_is_not_guessed_when_it_is_not_known() -> None:
    found = item(told(), "blood test", a_policy(blood_test_age=None))

    assert (found.state, found.on) == (ItemState.NOT_CLEAR, None)


def test_the_forms_one_question_answers_tattoo_and_transfusion() -> None:
    for kind in (FactKind.TATTOO, FactKind.TRANSFUSION):
        assert item(told(), kind.value).state is ItemState.ANSWERED
        missing = told(without(FactKind.TATTOO_OR_TRANSFUSION))
        assert item(missing, kind.value).state is ItemState.MISSING


def test_what_every_lot_tells_about_heat_answers_the_question() -> None:
    facts = without(FactKind.HEAT_TREATED)
    asked, unasked = a_lot(), a_lot("L-0002", heat_treated=None)

    assert asked.heat_treated is HeatTreated.NO
    assert item(told(facts, lots=(asked,)), "heat-treated").state is ItemState.ANSWERED
    assert item(told(facts, lots=(asked, unasked)), "heat-treated").state is ItemState.MISSING


def test_signatures_are_asked_for_only_where_the_policy_wants_more_than_one_person() -> None:
    two, key = a_policy(sign_offs=2), load_profile().key
    uma = SignOff(1, "Uma Cyr", TODAY, key)
    again, other = replace(uma, id=2, signed_by=" uma  CYR "), replace(uma, id=3, signed_by="Dot Orr")
    elsewhere = replace(other, profile="another")

    assert SIGN_OFFS not in {one.topic for one in checklist(told(), a_policy(sign_offs=1), TODAY)}
    assert SIGN_OFFS not in {one.topic for one in checklist(told(), a_policy(sign_offs=None), TODAY)}
    for signed, state in (
        ((), ItemState.MISSING),
        ((uma,), ItemState.MISSING),
        ((uma, again), ItemState.MISSING),
        ((uma, elsewhere), ItemState.MISSING),
        ((uma, other), ItemState.ANSWERED),
    ):
        assert item(told(sign_offs=signed), SIGN_OFFS, two).state is state


@given(
    before=st.lists(st.builds(Fact, st.sampled_from(FactKind), st.sampled_from(Presence)), max_size=8),
    kind=st.sampled_from(FactKind),
    presence=st.sampled_from((Presence.YES, Presence.NO)),
    tested=st.dates(date(2025, 1, 1), TODAY),
)
def test_adding_an_answer_never_makes_the_checklist_longer(
    before: list[Fact], kind: FactKind, presence: Presence, tested: date
) -> None:
    answer = (
        a_test(tested) if kind is FactKind.BLOOD_TEST and presence is Presence.YES else Fact(kind, presence)
    )

    shorter = screened(told([*before, answer]))
    longer = screened(told(before))

    assert {one.topic for one in shorter.open_items} <= {one.topic for one in longer.open_items}
    assert len(shorter.checklist) == len(longer.checklist)


# Pauses.


def a_pause(days: int | None = 7, start: date = TODAY, **changes: object) -> Deferral:
    until = None if days is None else start + timedelta(days=days)
    return replace(Deferral(1, "a cold", start, until), **changes)  # type: ignore[arg-type] # any field


def test_a_donor_is_paused_until_the_day_she_is_open_again_by_herself() -> None:
    pause = a_pause()
    last, open_again = TODAY + timedelta(days=6), TODAY + timedelta(days=7)

    for on in (TODAY, last):
        found = screened(told(), DonorState.CAN_OFFER, [pause], on)
        assert (found.state, found.paused_until) == (DonorState.PAUSED, open_again)
        assert not is_offering(DonorState.CAN_OFFER, [pause], on)
    for on in (TODAY - timedelta(days=1), open_again):
        assert screened(told(), DonorState.CAN_OFFER, [pause], on).state is DonorState.CAN_OFFER
        assert is_offering(DonorState.CAN_OFFER, [pause], on)


@given(
    st.lists(
        st.tuples(st.integers(-20, 20), st.none() | st.integers(0, 20), st.none() | st.integers(0, 20)),
        max_size=4,
    ),
    st.integers(-30, 50),
)
def test_she_rests_on_a_day_exactly_if_one_of_her_pauses_has_it(
    drawn: list[tuple[int, int | None, int | None]], at: int
) -> None:
    pauses = []
    for number, (start, days, ended) in enumerate(drawn):
        begins = TODAY + timedelta(days=start)
        pause = a_pause(days, begins, id=number)
        pauses.append(replace(pause, ended_on=None if ended is None else begins + timedelta(days=ended)))
    on = TODAY + timedelta(days=at)

    rests = any(
        p.start <= on and (p.until is None or on < p.until) and (p.ended_on is None or on < p.ended_on)
        for p in pauses
    )

    assert is_offering(DonorState.CAN_OFFER, pauses, on) is not rests


def test_a_pause_says_nothing_about_a_donor_who_is_not_matched_or_has_finished() -> None:
    for decided in (DonorState.NOT_MATCHING, DonorState.FINISHED):
        found = screened(told(), decided, [a_pause()])
        assert found.state is decided
        assert deferral_ending(found, TODAY, MONTH) is None


def test_a_pause_that_ends_soon_or_ended_lately_is_told_unless_another_runs_on() -> None:
    week = timedelta(days=7)
    ends = a_pause()

    def on(day: int, *pauses: Deferral) -> Deferral | None:
        at = TODAY + timedelta(days=day)
        return deferral_ending(screened(told(), DonorState.CAN_OFFER, pauses, at), at, week)

    assert on(0, ends) == ends
    assert on(14, ends) == ends
    assert on(15, ends) is None
    assert on(0, a_pause(8)) is None
    assert on(5, replace(ends, ended_on=TODAY + timedelta(days=2))) is None
    assert on(5, ends, a_pause(None, id=2)) is None


def test_tests_are_told_of_thirty_days_before_they_run_out() -> None:
    ends = date(2027, 7, 14)

    def on(days: int) -> date | None:
        at = ends - timedelta(days=days)
        found = blood_tests_running_out(screened(told(), on=at), at, MONTH)
        return found.on if found else None

    assert [on(31), on(30), on(1), on(0)] == [None, ends, ends, None]


# What of it is asked on the phone.


def asked(known: Told, *stored: Question, aside: Iterable[str] = ()) -> list[str]:
    return [question.topic for question in questions_with(stored, screened(known), 1, aside)]


def test_what_is_missing_is_asked_once_and_what_was_set_aside_never() -> None:
    known = told(without(FactKind.DAIRY, FactKind.NICOTINE, FactKind.ALCOHOL))
    stored = Question(7, 1, "nicotine", as_written("Nicotine: not answered"))

    assert asked(known, stored, aside=["alcohol"]) == ["nicotine", "dairy"]


def test_two_missing_kinds_are_the_forms_one_question_and_never_asked_beside_it() -> None:
    known = told(without(FactKind.TATTOO_OR_TRANSFUSION))
    both = FactKind.TATTOO_OR_TRANSFUSION.value

    assert asked(known) == [both]
    assert asked(known, Question(7, 1, both, as_written("…"))) == [both]
    half = told([*known.facts, Fact(FactKind.TATTOO, Presence.NO)])
    assert asked(half) == [FactKind.TRANSFUSION.value]


def test_the_first_talk_is_a_question_only_where_there_is_no_other() -> None:
    silent = told(first_spoken_on=None)

    assert asked(silent) == [FIRST_CONTACT]
    assert asked(silent, Question(7, 1, "own", as_written("Bags back?"))) == ["own"]
    assert asked(replace(silent, facts=without(FactKind.DAIRY))) == ["dairy"]


def test_illness_is_asked_of_everybody_who_offers_and_holds_nothing_back() -> None:
    known = told(without(FactKind.ILLNESS))
    question = questions_with([], screened(known), 1)[0]

    assert question.text.startswith("Has anybody at home been ill since her oldest milk")
    assert screened(known).proposed is DonorState.CAN_OFFER
    assert item(known, "illness").bases[0].rule == "asked_besides"
    assert asked(known, aside=["illness"]) == []
    assert asked(replace(known, first_spoken_on=None)) == [FIRST_CONTACT, "illness"]


def test_an_illness_that_was_not_clear_is_asked_again() -> None:
    unclear = told([*without(FactKind.ILLNESS), Fact(FactKind.ILLNESS, Presence.UNCLEAR, raw="in the fall")])

    assert questions_with([], screened(unclear), 1)[0].text == "Illness: the answer was not clear"


def test_new_questions_wait_for_the_day_the_others_wait_for() -> None:
    later = TODAY + timedelta(days=3)
    stored = Question(7, 1, "own", as_written("Bags back?"), ring_on=later, last_called_on=TODAY)

    added = questions_with([stored], screened(told(without(FactKind.DAIRY))), 1)[1]

    assert (added.topic, added.ring_on, added.last_called_on) == ("dairy", later, TODAY)


def test_a_donor_who_rests_is_asked_nothing_new() -> None:
    known = told(without(FactKind.DAIRY))

    assert questions_with([], screened(known, deferrals=[a_pause()]), 1) == ()
    assert questions_with([], screened(known, DonorState.NOT_MATCHING), 1) == ()
