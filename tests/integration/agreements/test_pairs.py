"""Two families who share milk in a real file: asked after, paused, resumed, merged, undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from coordinator.bootstrap import Database
from coordinator.db.donors import DonorRow
from coordinator.db.undo import CannotUndoError
from coordinator.domain.agreements.asked_after import Answers, Signs, Tolerated
from coordinator.domain.agreements.board import Card, Station
from coordinator.domain.agreements.case_steps import Act, Turn
from coordinator.domain.agreements.holds import MessageKind, Side
from coordinator.domain.agreements.lending import Lending, LentBy, Thing
from coordinator.domain.agreements.pair_pauses import PairPausedError
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.domain.agreements.thank_you import Named, NoCardError
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import pair_changes
from coordinator.services.agreements.asking import asked_after_text, record_asked_after
from coordinator.services.agreements.board import promises
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.holds import hold_milk, message_text, record_yes
from coordinator.services.agreements.pairs import pair
from coordinator.services.agreements.standing_pairs import add_standing, renewals
from coordinator.services.agreements.thanking import card_text, cards_of, save_card
from coordinator.services.asking.replies import asked_of
from coordinator.services.families.households import change_profile
from coordinator.services.families.merging import merge_households
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper.sheets import StopNotAgreedError, print_pickup_sheet, week_schedule
from coordinator.services.pickups.planning import holds_to_plan, pickup, pickups_between, plan_pickup
from coordinator.services.pickups.settling import settle
from coordinator.services.records.checks import check_network
from coordinator.services.records.history import history, undo, undo_action
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, a_region

DONOR, FAMILY = "D-0001", "R-0001"
THIRD = TODAY + timedelta(days=3)
RASH = Answers(Tolerated.YES, signs=Signs.RASH, note="red cheeks since Tuesday")
oz = Volume.from_oz


@pytest.fixture
def network(database: Database) -> Database:
    """40 oz of D-0001 came to R-0001 today; she has more."""
    a_region(database)
    plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    settle(database, "P-0001", None, TODAY)
    return database


def donors_for(network: Database) -> set[str]:
    return {match.code for match in rank_donors(network, FAMILY, THIRD).matches}


def test_an_answer_that_worries_pauses_the_pair_and_nothing_more(network: Database) -> None:
    agreed = Agreed(oz(10), is_a_day=False, rhythm=Rhythm(5, 1), first_on=THIRD)
    add_standing(network, DONOR, FAMILY, agreed, TODAY)

    asked = asked_of(network, FAMILY, THIRD).items
    assert [one.standing_on for one in asked if one.standing_code] == [SATURDAY]

    found = record_asked_after(network, FAMILY, THIRD, answers=RASH)

    assert (found.count, found.asks_clinician, found.paused) == (1, True, (DONOR,))
    page = pair(network, DONOR, FAMILY, THIRD)
    assert page.pause is not None
    assert "ask their clinician first" in str(page.pause.words)
    assert page.forecast.by is None
    assert donors_for(network) == {"D-0002"}
    aside = rank_donors(network, FAMILY, THIRD).set_aside
    assert [one.donor_code for one in aside] == [DONOR]
    assert "red cheeks" not in aside[0].reason + history(network)[0].label
    with pytest.raises(PairPausedError, match="paused since Nov 24"):
        hold_milk(network, FAMILY, "L-0001", oz(5), THIRD)
    (renewal,) = renewals(network, THIRD)
    assert renewal.proposal is not None
    assert "the pair is paused" in str(renewal.proposal.hindered)
    assert (renewal.next.act, renewal.next.code) == (Act.ASK_CLINICIAN, FAMILY)
    asked = asked_of(network, FAMILY, THIRD).items
    assert not [one for one in asked if one.standing_code], "no yes is taken for a day that is hindered"

    undo(network)

    assert pair(network, DONOR, FAMILY, THIRD).pause is None
    assert donors_for(network) == {DONOR, "D-0002"}


def test_milk_held_before_a_pause_says_whom_to_ask_until_the_pair_goes_on(network: Database) -> None:
    code = hold_milk(network, FAMILY, "L-0001", oz(5), TODAY)
    for side in Side:
        record_yes(network, code, side, TODAY)
    trip = plan_pickup(network, PickupKind.FAMILY_COLLECTS, THIRD, [code], today=TODAY)
    clinician = "their clinician (the pair is paused since Nov 24)"

    record_asked_after(network, FAMILY, THIRD, answers=RASH)

    (strand,) = [one for one in case_of(network, FAMILY, THIRD).strands if one.hold.code == code]
    assert clinician in str(strand.words)
    assert any(clinician in str(rule) for rule in pickup(network, trip, THIRD).rules)
    others = {hold.code: hold.still_asked for hold in holds_to_plan(network, THIRD)}
    assert not any(clinician in str(asked) for asks in others.values() for asked in asks)

    pair_changes.resume_pair(network, DONOR, FAMILY, "clinician: go on", THIRD)
    assert not any(clinician in str(rule) for rule in pickup(network, trip, THIRD).rules)


def agreed_milk(network: Database) -> str:
    code = hold_milk(network, FAMILY, "L-0001", oz(5), TODAY)
    for side in Side:
        record_yes(network, code, side, TODAY)
    return code


def coming(network: Database, today: date) -> set[Volume]:
    (family,) = [one for one in list_recipients(network, today) if one.code == FAMILY]
    return {one.volume for one in family.runway.to_come}


def card_of_hold(network: Database, code: str) -> Card:
    return next(one for one in promises(network, THIRD) if one.hold.code == code)


def test_agreed_milk_of_two_who_are_paused_waits_for_the_clinician_and_is_not_carried(
    network: Database,
) -> None:
    code = agreed_milk(network)
    assert card_of_hold(network, code).next.act is Act.PLAN
    assert oz(5) in coming(network, THIRD)
    record_asked_after(network, FAMILY, THIRD, answers=RASH)

    assert oz(5) not in coming(network, THIRD), "no milk that is stopped hides that a baby runs out"
    card = card_of_hold(network, code)
    assert (card.station, card.turn, card.next.act) == (Station.TO_CARRY, Turn.YOU, Act.ASK_CLINICIAN)
    assert (card.next.code, card.next.instead) == (FAMILY, Act.RELEASE)
    case = case_of(network, FAMILY, THIRD)
    assert (case.next.act, case.next.hold_code) == (Act.ASK_CLINICIAN, code)
    with pytest.raises(PairPausedError, match="Resume the pair on its page first"):
        plan_pickup(network, PickupKind.FAMILY_COLLECTS, THIRD, [code], today=THIRD)
    with pytest.raises(PairPausedError):
        message_text(network, code, MessageKind.ADDRESS)

    pair_changes.resume_pair(network, DONOR, FAMILY, "clinician: go on", THIRD)

    assert card_of_hold(network, code).next.act is Act.PLAN
    assert plan_pickup(network, PickupKind.FAMILY_COLLECTS, THIRD, [code], today=THIRD)
    assert "Thank you both" in message_text(network, code, MessageKind.ADDRESS)


def test_a_pickup_planned_before_the_pause_has_no_sheet_but_is_settled_as_it_went(network: Database) -> None:
    code = agreed_milk(network)
    trip = plan_pickup(network, PickupKind.FAMILY_COLLECTS, THIRD, [code], today=TODAY)
    print_pickup_sheet(network, trip, TODAY)
    record_asked_after(network, FAMILY, THIRD, answers=RASH)

    card = card_of_hold(network, code)
    assert (card.station, card.next.act, card.next.instead) == (
        Station.ON_A_RUN,
        Act.ASK_CLINICIAN,
        Act.SHOW_PICKUP,
    )
    with pytest.raises(StopNotAgreedError, match="the clinician of R-0001 to the milk of D-0001 is missing"):
        print_pickup_sheet(network, trip, THIRD)
    assert week_schedule(network, THIRD, THIRD).rows == ()
    (line,) = pickups_between(network, THIRD, THIRD, THIRD)
    assert str(*line.stopped) == "the answer of the clinician of Inès Roy to the milk of Zoë Ahlberg"
    told = today_page(network, THIRD)
    assert Act.ASK_CLINICIAN in {one.strand.next.act for one in told.waiting} | {
        one.next.act for one in told.now
    }

    day_after = THIRD + timedelta(days=1)
    assert oz(5) in coming(network, day_after), "it may have come"
    cards = {one.hold.code: one for one in promises(network, day_after)}
    assert cards[code].next.act is Act.SETTLE, "what moved all the same is written down"
    settle(network, trip, None, day_after)


def test_nobody_is_asked_for_a_yes_between_two_who_are_paused(network: Database) -> None:
    code = hold_milk(network, FAMILY, "L-0001", oz(5), TODAY)
    pair_changes.pause_pair(network, DONOR, FAMILY, "they argue", THIRD)

    card = card_of_hold(network, code)

    assert (card.next.act, card.next.side) == (Act.GO_ON, None)
    assert "they argue" not in repr(card)
    with pytest.raises(PairPausedError):
        message_text(network, code, MessageKind.ASK_DONOR)


@pytest.mark.parametrize("side", Side)
def test_nobody_agrees_on_more_milk_while_the_pair_is_paused(network: Database, side: Side) -> None:
    held = hold_milk(network, FAMILY, "L-0001", oz(5), TODAY)
    record_asked_after(network, FAMILY, THIRD, answers=RASH)

    with pytest.raises(PairPausedError, match="Resume the pair on its page first"):
        record_yes(network, held, side, THIRD)

    pair_changes.resume_pair(network, DONOR, FAMILY, "its doctor says it is eczema", THIRD)
    record_yes(network, held, side, THIRD)


def test_a_pair_is_resumed_with_a_reason(network: Database) -> None:
    record_asked_after(network, FAMILY, THIRD, answers=RASH)
    with pytest.raises(UserError, match="Say why"):
        pair_changes.resume_pair(network, DONOR, FAMILY, "  ", THIRD)

    pair_changes.resume_pair(network, DONOR, FAMILY, "clinician: go on", THIRD)

    assert hold_milk(network, FAMILY, "L-0001", oz(5), THIRD)
    with pytest.raises(UserError, match="not paused"):
        pair_changes.resume_pair(network, DONOR, FAMILY, "again", THIRD)
    pair_changes.pause_pair(network, DONOR, FAMILY, "they argue", THIRD)
    assert donors_for(network) == {"D-0002"}


def test_it_is_asked_of_all_that_is_due_or_of_what_came_last(network: Database) -> None:
    assert "You got milk on Nov 21" in asked_after_text(network, FAMILY, THIRD)
    record_asked_after(network, FAMILY, THIRD, "all well")
    with pytest.raises(UserError, match="nobody has asked after"):
        record_asked_after(network, FAMILY, THIRD)

    later = record_asked_after(network, FAMILY, THIRD + timedelta(days=4), answers=RASH)

    assert later.paused == (DONOR,), "a family rings by itself a week later"


def test_a_worry_is_about_all_milk_of_late_and_not_only_what_is_due(network: Database) -> None:
    record_asked_after(network, FAMILY, THIRD, answers=Answers(Tolerated.YES))
    for side in Side:
        record_yes(network, "H-0003", side, TODAY)
    plan_pickup(network, PickupKind.FAMILY_COLLECTS, THIRD, ["H-0003"], today=TODAY)
    settle(network, "P-0002", None, THIRD)

    worried = record_asked_after(network, FAMILY, THIRD + timedelta(days=2), answers=RASH)

    assert set(worried.paused) == {DONOR, "D-0002"}, "nobody can tell whose milk it was"
    assert donors_for(network) == set()


@pytest.mark.parametrize("note", ["", "lost their baby in May", "gate code 5"])
def test_who_rests_or_mourns_is_not_asked(network: Database, note: str) -> None:
    if note:
        change_profile(network, FAMILY, "read_before_ringing", note)
    else:
        change_profile(network, FAMILY, "paused", value=True)

    asked = [one for one in case_of(network, FAMILY, THIRD).strands if one.hold.code == "H-0001"]

    assert bool(asked) is (note == "gate code 5")


def test_undoing_the_delivery_names_the_asking_that_came_after_it(network: Database) -> None:
    record_asked_after(network, FAMILY, THIRD)
    asked, settled, *_ = (one.id for one in history(network))

    with pytest.raises(CannotUndoError, match="Asked R-0001 after its milk") as refused:
        undo_action(network, settled)

    assert refused.value.together == (asked, settled)


def test_what_is_lent_comes_back_in_parts(network: Database) -> None:
    lent = Lending(LentBy.OTHERS, Thing.COOLER, 6, TODAY, "friends")
    number = pair_changes.lend(network, DONOR, FAMILY, lent, THIRD)
    pair_changes.lend(network, DONOR, FAMILY, Lending(LentBy.FAMILY, Thing.BAG, 5, THIRD), THIRD)

    pair_changes.give_back(network, number, THIRD, THIRD, count=4)

    page = pair(network, DONOR, FAMILY, THIRD)
    assert [(one.count, one.back_on) for one in page.lent] == [(2, None), (4, THIRD)]
    assert (page.bags_came, page.bags_back, page.bags_owed) == (12, 5, 7)
    for count, on, said in ((3, THIRD, "Only 2 coolers"), (1, TODAY - timedelta(days=1), "was lent on")):
        with pytest.raises(UserError, match=said):
            pair_changes.give_back(network, number, on, THIRD, count=count)
    undo(network)
    assert [one.count for one in pair(network, DONOR, FAMILY, THIRD).lent] == [6]


def test_two_families_who_become_one_keep_notes_and_pauses(network: Database) -> None:
    pair_changes.add_note(network, DONOR, "R-0002", "meet at the library", TODAY)
    pair_changes.pause_pair(network, DONOR, "R-0002", "", TODAY)

    merge_households(network, FAMILY, "R-0002", TODAY)

    page = pair(network, DONOR, FAMILY, TODAY)
    assert [one.text for one in page.notes] == ["meet at the library"]
    assert page.pause is not None
    assert check_network(network).faults == ()
    undo(network)
    assert pair(network, DONOR, FAMILY, TODAY).pause is None


def test_the_card_has_plain_words_and_is_refused_to_who_mourns(network: Database, tmp_path: Path) -> None:
    save_card(network, DONOR, FAMILY, tmp_path / "card.pdf", TODAY, Named.FIRST_NAMES)

    (page,) = PdfReader(tmp_path / "card.pdf").pages
    text = " ".join(page.extract_text().split())
    assert "Dear Zoë, you gave us 40 oz of your milk" in text
    assert "Ahlberg" not in text
    assert "Dear D-0001," in card_text(network, DONOR, FAMILY, TODAY, Named.CODES)
    assert len(cards_of(network, [(DONOR, FAMILY)], TODAY)) == 1
    with network.writing(SETUP) as session:
        session.scalars(sa.select(DonorRow).where(DonorRow.code == DONOR)).one().bereaved = True

    assert cards_of(network, [(DONOR, FAMILY)], TODAY) == ()
    with pytest.raises(NoCardError, match="quiet words"):
        save_card(network, DONOR, FAMILY, tmp_path / "other.pdf", TODAY, Named.FIRST_NAMES)

    assert not (tmp_path / "other.pdf").exists()
    gentle = card_text(network, DONOR, FAMILY, TODAY, Named.FIRST_NAMES, gentle=True)
    for cheerful in ("oz", "baby", "!", "glad"):
        assert cheerful not in gentle
