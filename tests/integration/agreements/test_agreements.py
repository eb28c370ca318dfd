from datetime import date, timedelta

import pytest

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.pickups import LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.checks import (
    ClinicianNotAskedError,
    HoldClosedError,
    NotEnoughBagsError,
    NotEnoughMilkError,
    NotMatchedError,
    OutsideLotError,
    PartTooSmallError,
)
from coordinator.domain.agreements.holds import HoldState, MessageKind, Side
from coordinator.domain.agreements.messages import AddressNotYetError
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.milk.splitting import CountedPart
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import NotFoundError, UserError
from coordinator.services.agreements.holds import (
    extend_hold,
    hold_milk,
    holds,
    message_text,
    record_yes,
    release_hold,
    take_back_yes,
)
from coordinator.services.milk.lots import list_lots
from coordinator.services.milk.splitting import MoreThanFreeError
from coordinator.services.pickups.stops import sync_stops
from coordinator.services.records.history import undo
from coordinator.services.settings.values import change_setting
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts

SETTING_UP = Action("test", "Set up")
OZ_20 = Volume.from_oz(20)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) has 100 oz (L-0001); Inès (R-0001) and Mia (R-0002) need milk."""
    with database.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
        a_recipient(session, "Mia Hall")
    return database


def test_held_milk_is_not_offered_to_others(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(90), TODAY)

    with pytest.raises(
        NotEnoughMilkError,
        match=r"^Only 10 oz of L-0001 are free, 20 oz were asked for: hold what is free, or other milk\.$",
    ) as refused:
        hold_milk(network, "R-0002", "L-0001", OZ_20, TODAY)

    assert refused.value.free == Volume.from_oz(100) - Volume.from_oz(90)
    assert refused.value.asked == OZ_20


def test_the_last_ounce_can_be_held(network: Database) -> None:
    for recipient in ("R-0001", "R-0002"):
        hold_milk(network, recipient, "L-0001", Volume.from_oz(50), TODAY)

    first, second = (hold.volume for hold in holds(network, TODAY))
    assert first == Volume.from_oz(50)
    assert second == Volume.from_oz(100) - first  # with the microlitre that halving leaves


def test_a_hold_tells_both_families_and_its_last_day(network: Database) -> None:
    code = hold_milk(network, "r-0001", "l-0001", OZ_20, TODAY, bags=5, only_from=date(2026, 10, 1))

    (hold,) = holds(network, TODAY)
    assert (hold.code, code) == ("H-0001", "H-0001")
    assert (hold.donor_name, hold.recipient_name, hold.recipient_code) == ("Ada Lind", "Inès Roy", "R-0001")
    assert (hold.bags, hold.only_from, hold.expires_on) == (5, date(2026, 10, 1), TODAY + timedelta(days=7))


def test_the_setting_says_how_long_a_hold_lasts(network: Database) -> None:
    change_setting(network, "hold_days", "3")
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)

    assert holds(network, TODAY)[0].expires_on == TODAY + timedelta(days=3)


def test_an_expired_hold_frees_its_milk_by_itself(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    last_day, day_after = TODAY + timedelta(days=7), TODAY + timedelta(days=8)

    with pytest.raises(NotEnoughMilkError):
        hold_milk(network, "R-0002", "L-0001", OZ_20, last_day)
    hold_milk(network, "R-0002", "L-0001", OZ_20, day_after)

    assert [hold.code for hold in holds(network, day_after)] == ["H-0002"]
    assert [hold.code for hold in holds(network, day_after, open_only=False)] == ["H-0001", "H-0002"]


def test_an_expired_hold_is_extended_only_while_its_milk_is_there(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    later = TODAY + timedelta(days=10)

    assert extend_hold(network, "H-0001", later) == later + timedelta(days=7)
    much_later = later + timedelta(days=10)
    hold_milk(network, "R-0002", "L-0001", OZ_20, much_later)
    with pytest.raises(NotEnoughMilkError):
        extend_hold(network, "H-0001", much_later)


def test_a_hold_that_counts_is_extended_although_nothing_else_is_free(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)

    assert extend_hold(network, "H-0001", TODAY + timedelta(days=2), days=3) == TODAY + timedelta(days=5)


def test_releasing_a_hold_gives_the_milk_back(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    release_hold(network, "H-0001")

    assert hold_milk(network, "R-0002", "L-0001", Volume.from_oz(100), TODAY) == "H-0002"
    for change in (
        lambda: release_hold(network, "H-0001"),
        lambda: extend_hold(network, "H-0001", TODAY),
        lambda: record_yes(network, "H-0001", Side.DONOR, TODAY),
    ):
        with pytest.raises(HoldClosedError, match="H-0001 was released"):
            change()


def test_a_hold_that_travels_with_a_pickup_is_not_released(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    on_a_pickup(network)

    with pytest.raises(HoldClosedError, match="take it off that pickup first"):
        release_hold(network, "H-0001")


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 11, 11)])
def test_only_bags_from_a_day_of_the_lot_can_be_asked_for(network: Database, day: date) -> None:
    with pytest.raises(OutsideLotError, match="from 2026-09-01 to 2026-11-10"):
        hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, only_from=day)


def test_more_bags_than_are_free_are_refused(network: Database) -> None:
    with pytest.raises(
        NotEnoughBagsError,
        match="Only 25 bags of L-0001 are free, 26 were asked for: type fewer bags, or none",
    ):
        hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, bags=26)


OCT_12 = date(2026, 10, 12)


def test_no_more_is_held_than_the_newer_bags_probably_are(network: Database) -> None:
    with pytest.raises(PartTooSmallError) as refused:
        hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY, bags=25, only_from=OCT_12)

    assert str(refused.value) == (
        "About 42 oz of L-0001 are free and dated Oct 12, 2026 or later, 100 oz were asked for: "
        "hold less, or say how much was counted."
    )
    with pytest.raises(PartTooSmallError, match="About 11 bags of L-0001 are free and dated Oct 12"):
        hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, bags=12, only_from=OCT_12)
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, bags=5, only_from=OCT_12)


def test_what_looks_like_all_of_it_is_all_of_it(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz("62.4"), TODAY)

    hold_milk(network, "R-0002", "L-0001", Volume.from_oz(38), TODAY)

    assert holds(network, TODAY)[1].volume == Volume.from_oz(100) - Volume.from_oz("62.4")


def test_newer_bags_that_are_promised_are_not_held_for_somebody_else(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(40), TODAY, only_from=OCT_12)

    with pytest.raises(PartTooSmallError, match=r"About 2\.3 oz"):
        hold_milk(network, "R-0002", "L-0001", OZ_20, TODAY, only_from=OCT_12)
    hold_milk(network, "R-0002", "L-0001", Volume.from_oz(60), TODAY)


def test_an_expired_hold_of_newer_bags_is_extended_only_while_these_are_there(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(40), TODAY, only_from=OCT_12)
    later = TODAY + timedelta(days=10)
    hold_milk(network, "R-0002", "L-0001", Volume.from_oz(40), later, only_from=OCT_12)

    with pytest.raises(PartTooSmallError):
        extend_hold(network, "H-0001", later)


def test_more_is_held_once_somebody_counted_and_one_undo_takes_it_back(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(10), TODAY)
    counted = CountedPart(OCT_12, Volume.from_oz(70), 18)

    hold_milk(network, "R-0002", "L-0001", Volume.from_oz(70), TODAY, bags=18, only_from=counted)

    hold = holds(network, TODAY)[1]
    assert (hold.lot_code, hold.only_from, hold.is_about) == ("L-0002", OCT_12, False)
    found = {row.lot.code: row.lot for row in list_lots(network, TODAY)}
    assert found["L-0001"].volume + found["L-0002"].volume == Volume.from_oz(100)
    assert str(undo(network)) == "Held 70 oz of L-0002 for R-0002 (H-0002)"
    assert [row.lot.free for row in list_lots(network, TODAY)] == [Volume.from_oz(100) - Volume.from_oz(10)]


def test_more_than_is_free_cannot_have_been_counted(network: Database) -> None:
    counted = CountedPart(OCT_12, Volume.from_oz(101))

    with pytest.raises(MoreThanFreeError):
        hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, only_from=counted)
    with pytest.raises(NotEnoughMilkError, match="Only 15 oz of L-0002 are free, 20 oz were asked for"):
        hold_milk(
            network, "R-0001", "L-0001", OZ_20, TODAY, only_from=CountedPart(OCT_12, Volume.from_oz(15))
        )
    assert len(list_lots(network, TODAY)) == 1


def test_bags_held_with_few_ounces_are_not_held_again(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(10), TODAY, bags=25)

    with pytest.raises(NotEnoughBagsError, match="Only 0 bags of L-0001 are free"):
        hold_milk(network, "R-0002", "L-0001", OZ_20, TODAY, bags=20)


@pytest.mark.parametrize("ounces", [0, -5])
def test_nothing_at_all_cannot_be_held(network: Database, ounces: int) -> None:
    with pytest.raises(UserError, match="more than nothing"):
        hold_milk(network, "R-0001", "L-0001", Volume.from_oz(ounces), TODAY)


def test_no_milk_is_held_for_a_baby_who_is_referred(network: Database) -> None:
    change_baby(network, health=BabyHealth.HOSPITAL)

    with pytest.raises(NotMatchedError, match="R-0001 is referred, not matched") as refused:
        hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    assert "hospital" not in str(refused.value)


def test_milk_that_is_not_a_fit_is_not_held(network: Database) -> None:
    change_baby(network, must_avoid="dairy")
    with network.writing(SETTING_UP) as session:
        donor = a_donor(session, "Bea Moss", facts=with_facts(Fact(FactKind.DAIRY, Presence.YES)))
        a_stored_lot(session, donor)

    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    with pytest.raises(NotMatchedError, match="L-0002 is not a fit for R-0001"):
        hold_milk(network, "R-0001", "L-0002", OZ_20, TODAY)


def test_a_lot_nobody_knows_is_named(network: Database) -> None:
    with pytest.raises(NotFoundError, match="L-0099"):
        hold_milk(network, "R-0001", "L-0099", OZ_20, TODAY)


def test_a_refused_hold_leaves_nothing_behind(network: Database) -> None:
    with pytest.raises(NotEnoughMilkError):
        hold_milk(network, "R-0001", "L-0001", Volume.from_oz(101), TODAY)

    assert holds(network, TODAY, open_only=False) == []
    assert hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY) == "H-0001"


def test_both_yeses_make_it_an_agreement_that_does_not_expire(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    record_yes(network, "H-0001", Side.DONOR, TODAY)
    assert holds(network, TODAY)[0].state is HoldState.OPEN
    record_yes(network, "H-0001", Side.FAMILY, TODAY + timedelta(days=1))

    (hold,) = holds(network, TODAY + timedelta(days=100))
    assert hold.state is HoldState.AGREED
    assert (hold.donor_yes_on, hold.family_yes_on) == (TODAY, TODAY + timedelta(days=1))
    with pytest.raises(HoldClosedError, match="does not expire"):
        extend_hold(network, "H-0001", TODAY)


def test_a_yes_after_the_last_day_asks_to_extend_first(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)

    with pytest.raises(HoldClosedError, match="expired on Nov 28, 2026; extend it first"):
        record_yes(network, "H-0001", Side.DONOR, TODAY + timedelta(days=8))


def test_a_yes_taken_back_opens_the_hold_again(network: Database) -> None:
    agreed(network)
    take_back_yes(network, "H-0001", Side.DONOR)

    (hold,) = holds(network, TODAY)
    assert (hold.state, hold.donor_yes_on, hold.family_yes_on) == (HoldState.OPEN, None, TODAY)


@pytest.mark.parametrize("weeks", [33, None])
def test_the_yes_for_a_baby_born_early_waits_for_the_clinician(network: Database, weeks: int | None) -> None:
    change_baby(network, gestation_weeks=weeks)
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    record_yes(network, "H-0001", Side.DONOR, TODAY)

    with pytest.raises(ClinicianNotAskedError, match="has the baby's clinician agreed"):
        record_yes(network, "H-0001", Side.FAMILY, TODAY)
    change_baby(network, clinician="Dr. Fox", clinician_agreed_on=TODAY)
    record_yes(network, "H-0001", Side.FAMILY, TODAY)

    assert holds(network, TODAY)[0].is_agreed


def test_holds_can_be_asked_for_one_family_or_one_donor(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    hold_milk(network, "R-0002", "L-0001", OZ_20, TODAY)

    assert [hold.code for hold in holds(network, TODAY, recipient="R-0002")] == ["H-0002"]
    assert [hold.code for hold in holds(network, TODAY, donor="D-0001")] == ["H-0001", "H-0002"]


def test_an_address_is_given_only_after_both_yeses(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, bags=5)
    for kind in (MessageKind.ASK_DONOR, MessageKind.ASK_FAMILY, MessageKind.CONFIRM_TIME):
        assert "Elm St" not in message_text(network, "H-0001", kind)
    with pytest.raises(AddressNotYetError):
        message_text(network, "H-0001", MessageKind.ADDRESS)

    record_yes(network, "H-0001", Side.DONOR, TODAY)
    record_yes(network, "H-0001", Side.FAMILY, TODAY)

    assert "Ada: 1 Elm St, Portsmouth NH 03801" in message_text(network, "H-0001", MessageKind.ADDRESS)
    assert "Inès: 1 Elm St" in message_text(network, "H-0001", MessageKind.ADDRESS, Side.DONOR)


def test_an_address_waits_for_the_driver_who_carries_the_milk(network: Database) -> None:
    agreed(network)
    on_a_pickup(network)

    with pytest.raises(AddressNotYetError, match="the driver has said yes too"):
        message_text(network, "H-0001", MessageKind.ADDRESS)


def test_who_meets_at_a_named_place_is_told_the_place_and_no_home(network: Database) -> None:
    agreed(network)
    on_a_pickup(network, PickupKind.MEET, meeting_place="Library, Dover")

    text = message_text(network, "H-0001", MessageKind.ADDRESS)

    assert "You meet Ada at Library, Dover." in text
    assert "Elm St" not in text


def test_a_meeting_place_left_from_an_earlier_plan_is_not_told(network: Database) -> None:
    agreed(network)
    on_a_pickup(network, PickupKind.FAMILY_COLLECTS, meeting_place="Library, Dover")

    assert "Library" not in message_text(network, "H-0001", MessageKind.CONFIRM_TIME)
    assert "Elm St" in message_text(network, "H-0001", MessageKind.ADDRESS)


def test_messages_are_friendly_and_name_neither_family_to_the_other(network: Database) -> None:
    change_setting(network, "network_name", "Seacoast Milk")
    change_setting(network, "coordinator_name", "Rita")
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY, bags=5, only_from=date(2026, 10, 1))

    donor = message_text(network, "H-0001", MessageKind.ASK_DONOR)
    family = message_text(network, "H-0001", MessageKind.ASK_FAMILY)

    assert donor.startswith("Hi Ada, this is Rita from Seacoast Milk. A family in Portsmouth")
    assert "about 20\u00a0oz in about 5 bags, only bags dated Oct 1 or later" in donor
    assert "Inès" not in donor
    assert family.startswith("Hi Inès, ")
    assert "Ada" not in family


def test_the_time_is_confirmed_with_the_day_that_is_planned(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", OZ_20, TODAY)
    assert "Which day and time" in message_text(network, "H-0001", MessageKind.CONFIRM_TIME)
    on_a_pickup(network)

    text = message_text(network, "H-0001", MessageKind.CONFIRM_TIME)
    assert "planned for Saturday, Nov 28" in text


def change_baby(database: Database, **fields: object) -> None:
    with database.writing(SETTING_UP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        for name, value in fields.items():
            setattr(row, name, value)


def agreed(database: Database) -> None:
    hold_milk(database, "R-0001", "L-0001", OZ_20, TODAY)
    for side in Side:
        record_yes(database, "H-0001", side, TODAY)


def on_a_pickup(database: Database, kind: PickupKind = PickupKind.RUN, *, meeting_place: str = "") -> None:
    with database.writing(SETTING_UP) as session:
        pickup = PickupRow(code="P-0001", kind=kind, on_day=date(2026, 11, 28), meeting_place=meeting_place)
        session.add(pickup)
        session.flush()
        hold = session.query(HoldRow).one()
        session.add(LoadRow(pickup_id=pickup.id, hold_id=hold.id))
        sync_stops(session, pickup, reorder=True)
