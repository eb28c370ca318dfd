"""Decisions on medicines, overrulings, split lots and previews, on real databases."""

from dataclasses import replace
from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.db.donors import donor_by_code
from coordinator.db.milk import LotSplitRow
from coordinator.domain.agreements import Side
from coordinator.domain.audit import Action
from coordinator.domain.decisions import Decided
from coordinator.domain.facts import CallOutcome, Fact, FactKind, FactSource, Presence
from coordinator.domain.households import SpokenHow
from coordinator.domain.milk import HeatTreated, KeptIn
from coordinator.domain.verdicts import OverruledBy, VerdictKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services import facts as fact_services
from coordinator.services import milk
from coordinator.services.agreements import hold_milk, holds, record_yes
from coordinator.services.decisions import (
    CannotOverruleError,
    decide_medicine,
    medicine_decisions,
    overrule,
    overruled_for,
    withdraw_decision,
    withdraw_overruling,
)
from coordinator.services.donors import donor
from coordinator.services.facts import note_call, record_fact
from coordinator.services.households import change_profile
from coordinator.services.matching import rank_donors
from coordinator.services.milk import LotInUseError, split_lot
from coordinator.services.previews import preview_fact, preview_removal
from coordinator.services.suitability import judge_lots
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts

SETTING_UP = Action("test", "Set up")
WHO = OverruledBy.PARENT, "Inès Roy", TODAY


@pytest.fixture
def network(database: Database) -> Database:
    """Ada takes sertraline and smokes; Inès's family wants no nicotine, Mia's baby avoids dairy."""
    told = (Fact(FactKind.MEDICINE, Presence.YES, "Sertraline"), Fact(FactKind.NICOTINE, Presence.YES))
    with database.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session, facts=with_facts(*told)))
        a_stored_lot(session, a_donor(session, "Bea Moss"))
        a_recipient(session)
        a_recipient(session, "Mia Hall", must_avoid="dairy")
    return database


def kind_for(network: Database, donor_code: str, recipient: str) -> VerdictKind:
    return judge_lots(network, donor_code, recipient, TODAY)[0].verdict.kind


def texts(network: Database, donor_code: str, recipient: str) -> str:
    verdict = judge_lots(network, donor_code, recipient, TODAY)[0].verdict
    return "\n".join(reason.text for reason in verdict.reasons)


def test_a_decision_on_a_medicine_is_kept_with_name_day_and_reason(network: Database) -> None:
    assert "takes Sertraline: nobody has decided yet" in texts(network, "D-0001", "R-0001")
    made = decide_medicine(
        network, "D-0001", "sertraline", Decided.NO_OBJECTION, "Dr. Fox", TODAY, "low in milk"
    )

    assert "nothing against it (Dr. Fox, Nov 21, 2026)" in texts(network, "D-0001", "R-0001")
    assert [(one.by, one.reason) for one in medicine_decisions(network, "D-0001")] == [
        ("Dr. Fox", "low in milk")
    ]
    assert donor(network, "D-0001", TODAY).decisions[0].decision is Decided.NO_OBJECTION
    withdraw_decision(network, made)
    assert "nobody has decided yet" in texts(network, "D-0001", "R-0001")


def test_only_a_medicine_she_told_of_is_decided_by_somebody_named(network: Database) -> None:
    with pytest.raises(UserError, match="not told of this medicine"):
        decide_medicine(network, "D-0001", "ibuprofen", Decided.NO_OBJECTION, "Dr. Fox", TODAY)
    with pytest.raises(UserError, match="who decided"):
        decide_medicine(network, "D-0001", "sertraline", Decided.NO_OBJECTION, " ", TODAY)


def test_the_parent_may_overrule_and_milk_can_then_be_held(network: Database) -> None:
    assert kind_for(network, "D-0001", "R-0001") is VerdictKind.NOT_A_FIT
    made = overrule(network, "R-0001", "L-0001", "nicotine", *WHO)

    assert kind_for(network, "D-0001", "R-0001") is VerdictKind.ASK
    assert "family wants none — Inès Roy, the receiving parent, decided on" in texts(
        network, "D-0001", "R-0001"
    )
    assert [one.rule for one in overruled_for(network, "R-0001")] == ["nicotine"]
    assert "D-0001" in {match.code for match in rank_donors(network, "R-0001", TODAY).matches}
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(10), TODAY)
    withdraw_overruling(network, made)
    assert kind_for(network, "D-0001", "R-0001") is VerdictKind.NOT_A_FIT


def test_an_overruling_is_for_that_family_and_that_lot(network: Database) -> None:
    with network.writing(SETTING_UP) as session:
        a_stored_lot(session, donor_by_code(session, "D-0001"))
    overrule(network, "R-0001", "L-0001", "nicotine", *WHO)

    first, second = judge_lots(network, "D-0001", "R-0001", TODAY)
    assert [first.verdict.kind, second.verdict.kind] == [VerdictKind.ASK, VerdictKind.NOT_A_FIT]
    assert kind_for(network, "D-0001", "R-0002") is VerdictKind.NOT_A_FIT
    overrule(network, "R-0002", "L-0001", "nicotine", *WHO, whole_donor=True)
    assert {one.verdict.kind for one in judge_lots(network, "D-0001", "R-0002", TODAY)} == {VerdictKind.ASK}


def test_nobody_overrules_what_is_final_or_not_there_or_without_a_name(network: Database) -> None:
    record_fact(network, "D-0001", Fact(FactKind.MEDICINE, Presence.YES, "chemotherapy"), TODAY)

    with pytest.raises(CannotOverruleError, match="in any policy profile"):
        overrule(network, "R-0001", "L-0001", "never_treatment", *WHO)
    with pytest.raises(CannotOverruleError, match="Nothing of that kind"):
        overrule(network, "R-0001", "L-0001", "washout", *WHO)
    with pytest.raises(CannotOverruleError, match="name of the parent"):
        overrule(network, "R-0001", "L-0001", "nicotine", OverruledBy.CLINICIAN, " ", TODAY)


# Before saving.


def test_a_preview_says_which_lots_flip_for_whom_and_saves_nothing(network: Database) -> None:
    known = donor(network, "D-0002", TODAY).facts
    dairy = next(fact for fact in known if fact.kind is FactKind.DAIRY)
    changed = replace(dairy, presence=Presence.YES, end=date(2026, 10, 1))
    preview = preview_fact(network, "D-0002", changed, TODAY)

    assert [(flip.lot_code, flip.recipient_code, flip.before, flip.after) for flip in preview.flips] == [
        ("L-0002", "R-0002", VerdictKind.NO_OBJECTION_IF, VerdictKind.NOT_A_FIT)
    ]
    assert preview.flips[0].is_worse
    assert "milk of Oct 15, 2026 or later" in preview.flips[0].because[0].text
    assert preview.judged == 1
    assert preview.lots == ("L-0002",)
    assert donor(network, "D-0002", TODAY).facts == known


def test_a_preview_names_the_holds_and_agreements_that_flip(network: Database) -> None:
    late = hold_milk(network, "R-0002", "L-0002", Volume.from_oz(10), TODAY, only_from=date(2026, 11, 1))
    early = hold_milk(network, "R-0002", "L-0002", Volume.from_oz(10), TODAY)
    for side in Side:
        record_yes(network, early, side, TODAY)
    known = donor(network, "D-0002", TODAY).facts
    dairy = next(fact for fact in known if fact.kind is FactKind.DAIRY)
    preview = preview_fact(
        network, "D-0002", replace(dairy, presence=Presence.YES, end=date(2026, 10, 1)), TODAY
    )

    assert [(one.hold_code, one.is_agreed) for one in preview.holds] == [(early, True)]
    assert late not in {one.hold_code for one in preview.holds}


def test_a_preview_of_a_removal_is_the_question_it_leaves(network: Database) -> None:
    known = donor(network, "D-0002", TODAY).facts
    alcohol = next(fact for fact in known if fact.kind is FactKind.ALCOHOL)
    preview = preview_removal(network, "D-0002", alcohol.id, TODAY)

    assert {(flip.recipient_code, flip.after) for flip in preview.flips} == {
        ("R-0001", VerdictKind.ASK),
        ("R-0002", VerdictKind.ASK),
    }
    fact_services.remove_fact(network, "D-0002", alcohol.id)
    assert kind_for(network, "D-0002", "R-0001") is VerdictKind.ASK


def test_who_recorded_a_fact_is_kept(network: Database) -> None:
    told = Fact(
        FactKind.ILLNESS,
        Presence.YES,
        "mastitis",
        date(2026, 10, 1),
        date(2026, 10, 8),
        source=FactSource.CALL,
        recorded_by="Ana",
    )
    record_fact(network, "D-0002", told, TODAY)
    kept = donor(network, "D-0002", TODAY).facts[-1]

    assert (kept.recorded_by, kept.recorded_on, kept.source) == ("Ana", TODAY, FactSource.CALL)


def test_a_call_is_a_first_talk_and_a_message_is_not(network: Database) -> None:
    note_call(network, "D-0002", CallOutcome.LEFT_MESSAGE, TODAY)
    assert donor(network, "D-0002", TODAY).household.first_spoken_on is None
    note_call(network, "D-0002", CallOutcome.SPOKE, TODAY)
    household = donor(network, "D-0002", TODAY).household

    assert (household.first_spoken_on, household.first_spoken_how) == (TODAY, SpokenHow.PHONE)
    assert "speaks with her" not in texts(network, "D-0002", "R-0001")


def test_a_familys_own_washout_days_are_typed_and_counted(network: Database) -> None:
    known = donor(network, "D-0002", TODAY).facts
    dairy = next(fact for fact in known if fact.kind is FactKind.DAIRY)
    record_fact(network, "D-0002", replace(dairy, presence=Presence.YES, end=date(2026, 8, 20)), TODAY)
    with pytest.raises(UserError, match="dairy 21, soy 14"):
        change_profile(network, "R-0002", "washout_days", "a while")
    before = kind_for(network, "D-0002", "R-0002")
    change_profile(network, "R-0002", "washout_days", "cow's milk 12 days")

    assert before is VerdictKind.NOT_A_FIT
    assert kind_for(network, "D-0002", "R-0002") is VerdictKind.NO_OBJECTION_IF


# Split lots.


def test_a_split_lot_is_two_whose_volumes_and_bags_add_up(network: Database) -> None:
    code = split_lot(network, "L-0001", date(2026, 10, 15), TODAY)
    older, newer = donor(network, "D-0001", TODAY).lots

    assert (older.code, newer.code) == ("L-0001", code)
    assert older.volume + newer.volume == Volume.from_oz(100)
    assert (older.bags or 0) + (newer.bags or 0) == 25
    assert (older.expressed_from, older.expressed_to) == (date(2026, 9, 1), date(2026, 10, 14))
    assert (newer.expressed_from, newer.expressed_to) == (date(2026, 10, 15), date(2026, 11, 10))
    assert older.is_estimate
    assert newer.heat_treated is HeatTreated.NO
    with network.reading() as session:
        split = session.query(LotSplitRow).one()
    assert split.from_day == date(2026, 10, 15)


def test_a_split_that_was_counted_is_no_estimate(network: Database) -> None:
    split_lot(network, "L-0001", date(2026, 10, 15), TODAY, volume=Volume.from_oz(33), bags=8)
    older, newer = donor(network, "D-0001", TODAY).lots

    assert (older.volume, newer.volume) == (Volume.from_oz(100) - Volume.from_oz(33), Volume.from_oz(33))
    assert (older.bags, newer.bags, newer.is_estimate) == (17, 8, False)


def test_a_hold_on_the_newer_bags_goes_with_them_and_others_are_looked_at_first(network: Database) -> None:
    kept = hold_milk(network, "R-0001", "L-0002", Volume.from_oz(10), TODAY, only_from=date(2026, 11, 1))
    code = split_lot(network, "L-0002", date(2026, 10, 15), TODAY)

    assert [(hold.code, hold.lot_code) for hold in holds(network, TODAY)] == [(kept, code)]
    loose = hold_milk(network, "R-0001", "L-0002", Volume.from_oz(5), TODAY)
    with pytest.raises(UserError, match=f"{loose} does not say"):
        split_lot(network, "L-0002", date(2026, 9, 15), TODAY)


@pytest.mark.parametrize("on", [date(2026, 9, 1), date(2026, 11, 11), date(2026, 1, 1)])
def test_a_lot_is_cut_only_between_its_days(network: Database, on: date) -> None:
    with pytest.raises(UserError, match="dated from 2026-09-01 to 2026-11-10"):
        split_lot(network, "L-0001", on, TODAY)


def test_a_split_never_leaves_less_than_is_held(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0002", Volume.from_oz(60), TODAY, only_from=date(2026, 11, 1))

    with pytest.raises(LotInUseError):
        split_lot(network, "L-0002", date(2026, 11, 1), TODAY, volume=Volume.from_oz(20))


def test_place_and_thawing_are_kept(network: Database) -> None:
    milk.change_lot(network, "L-0001", "place", KeptIn.THAWED.value, today=TODAY)
    milk.change_lot(network, "L-0001", "thawed_on", TODAY, today=TODAY)
    lot = donor(network, "D-0001", TODAY).lots[0]

    assert (lot.place, lot.thawed_on) == (KeptIn.THAWED, TODAY)
