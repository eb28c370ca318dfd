"""Needs, milk near its last day and milk banks, on both databases."""

from datetime import date, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.milk.needs import Arrival
from coordinator.domain.milk.runways import TraitKind
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.families import recipients
from coordinator.services.families.households import change_profile
from coordinator.services.milk import banks, expiring, needs
from coordinator.services.pickups import planning, settling
from coordinator.services.records import history
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import SETUP, a_held_lot

OZ = Volume.from_oz
SATURDAY = TODAY + timedelta(days=7)


def test_what_is_on_hold_comes_on_the_day_of_its_pickup_or_in_a_week(database: Database) -> None:
    with database.writing(SETUP) as session:
        lot = a_stored_lot(session, a_donor(session), 300)
        family = a_recipient(session, stock=OZ(100), stock_on=TODAY)
        planned = a_held_lot(session, lot, family, 40)
        a_held_lot(session, lot, family, 30, donor_yes=False, family_yes=False)
        over = a_held_lot(session, lot, family, 20, donor_yes=False, family_yes=False)
        over.made_on, over.expires_on = TODAY - timedelta(days=8), TODAY - timedelta(days=1)
        code = planned.code
    tuesday = TODAY + timedelta(days=3)
    planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, tuesday, [code], today=TODAY)

    runway = recipients.recipient(database, "R-0001", TODAY).runway

    assert runway.to_come == (
        Arrival(tuesday, OZ(40), is_planned=True),
        Arrival(TODAY + timedelta(days=7), OZ(30)),
    )
    assert runway.lasts_until == TODAY + timedelta(days=3)
    assert runway.then_until is not None
    assert runway.then_until > runway.lasts_until
    assert recipients.list_recipients(database, TODAY)[0].runway == runway


def test_milk_that_was_delivered_is_at_home_and_comes_no_more(database: Database) -> None:
    with database.writing(SETUP) as session:
        lot = a_stored_lot(session, a_donor(session), 300)
        family = a_recipient(session, stock=OZ(100), stock_on=TODAY)
        code = a_held_lot(session, lot, family, 40).code
    pickup = planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, [code], today=TODAY)
    before = recipients.recipient(database, "R-0001", TODAY).runway

    settling.settle(database, pickup, [Outcome(code)], TODAY)

    after = recipients.recipient(database, "R-0001", TODAY).runway
    assert (after.stock, after.to_come) == (OZ(140), ())
    assert after.lasts_until == before.then_until


def test_the_network_counts_whom_it_can_and_names_the_others(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session), 300)
        a_recipient(session, "Fresh", stock=OZ(0), stock_on=TODAY, must_avoid="dairy, soy")
        a_recipient(session, "Old", stock=OZ(0), stock_on=TODAY - timedelta(days=90))
        a_recipient(session, "Nobody asked")
        a_recipient(session, "Ill", stock=OZ(0), stock_on=TODAY, health=BabyHealth.HOSPITAL)
        a_recipient(session, "Rests", stock=OZ(0), stock_on=TODAY, paused=True)

    found = needs.needs(database, TODAY)

    weeks = found.weeks
    assert (weeks.unknown, weeks.referred, weeks.paused) == (("R-0003",), ("R-0004",), 1)
    counted = {str(row.trait.words): row.families for row in weeks.rows}
    assert counted == {"all families": 2, "without dairy": 1, "without soy": 1, "no nicotine": 2}
    first = weeks.rows[0].weeks[0]
    assert first.by_old_figures * 2 == first.expected
    assert weeks.rows[0].trait.kind is TraitKind.ALL
    assert found.free == OZ(300)


def test_milk_near_its_last_day_is_on_today_unless_words_are_to_be_read_first(database: Database) -> None:
    with database.writing(SETUP) as session:
        donor = a_donor(session)
        old = date(2025, 12, 1)
        a_stored_lot(session, donor, 60, expressed_from=old, freezer=Freezer.DEEP_MANUAL)
        a_stored_lot(session, donor, 40, freezer=Freezer.DEEP_MANUAL)

    found = today_page(database, TODAY).near_last_day

    assert [(line.donor_code, line.milk.lot.code, line.milk.last.on) for line in found] == [
        ("D-0001", "L-0001", date(2026, 12, 1))
    ]
    outlook = expiring.donor_outlook(database, "D-0001", TODAY)
    assert (outlook.ready, outlook.soon_volume, outlook.past) == (OZ(60) + OZ(40), OZ(60), ())
    change_profile(database, "D-0001", "read_before_ringing", "Her son died in May.")
    assert today_page(database, TODAY).near_last_day == ()


def test_a_loss_brings_the_banks_without_a_minimum_first(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session), 10)
    assert not banks.bank_referral(database, "D-0001", TODAY).is_bereaved

    change_profile(database, "D-0001", "read_before_ringing", "Her son died in May.")

    found = banks.bank_referral(database, "D-0001", TODAY)
    assert found.is_bereaved
    assert [line.bank.name for line in found.lines[:2]] == ["MAMMB", "NY Milk Bank"]
    change_profile(database, "D-0001", "read_before_ringing", "Ring after six.")
    assert not banks.bank_referral(database, "D-0001", TODAY).is_bereaved


def test_a_phone_is_kept_with_the_network_and_undone_like_anything_else(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session))

    def phone() -> str:
        lines = banks.bank_referral(database, "D-0001", TODAY).lines
        return next(line.bank.phone for line in lines if line.bank.id == "mmbne")

    banks.set_bank_phone(database, "mmbne", "(207) 555-0109")
    assert phone() == "+12075550109"
    with pytest.raises(UserError):
        banks.set_bank_phone(database, "mmbne", "ring them")
    banks.set_bank_phone(database, "mmbne", "")
    assert phone() == "+16175276263"
    history.undo(database)
    assert phone() == "+12075550109"
