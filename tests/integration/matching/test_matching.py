from datetime import date

import pytest
from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.matching.matches import Past
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import NotFoundError
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.matching.ranking import bring_back, rank_donors, set_aside
from coordinator.services.pickups.stops import sync_stops
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot

SETTING_UP = Action("test", "Set up")


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) and Bea (D-0002) have 100 oz each, Cleo (D-0003) is paused; Inès (R-0001) needs milk."""
    with database.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session, "Ada Lind"))
        a_stored_lot(session, a_donor(session, "Bea Moss"))
        a_stored_lot(session, a_donor(session, "Cleo Nye", state=DonorState.PAUSED))
        a_recipient(session)
    return database


def codes(database: Database) -> list[str]:
    return [match.code for match in rank_donors(database, "R-0001", TODAY).matches]


def test_current_donors_with_milk_free_are_ranked(network: Database) -> None:
    ranking = rank_donors(network, "R-0001", TODAY)

    assert [match.code for match in ranking.matches] == ["D-0001", "D-0002"]
    assert {match.verdict.kind for match in ranking.matches} == {VerdictKind.NO_OBJECTION_IF}
    assert [reason.rule for reason in ranking.matches[0].verdict.reasons][:2] == [
        "first_contact",
        "blood_panel",
    ]
    assert ranking.need is not None
    assert ranking.need.expected == Volume.from_oz(25) - Volume.from_oz(4)


def test_a_donor_whose_milk_is_all_held_is_not_offered(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)

    assert codes(network) == ["D-0002"]


def test_what_is_left_of_a_lot_is_offered(network: Database) -> None:
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(60), TODAY)

    first = rank_donors(network, "R-0001", TODAY).matches[0]
    assert first.free == Volume.from_oz(100) - Volume.from_oz(60)


def test_a_donor_set_aside_can_be_brought_back(network: Database) -> None:
    set_aside(network, "R-0001", "D-0001", "too far")
    set_aside(network, "R-0001", "D-0001", "her freezer broke")

    ranking = rank_donors(network, "R-0001", TODAY)
    assert [match.code for match in ranking.matches] == ["D-0002"]
    assert [(d.donor_code, d.reason) for d in ranking.set_aside] == [("D-0001", "her freezer broke")]

    bring_back(network, "R-0001", "D-0001")
    bring_back(network, "R-0001", "D-0001")
    assert codes(network) == ["D-0001", "D-0002"]


def test_what_passed_between_the_two_before_is_told(network: Database) -> None:
    with network.writing(SETTING_UP) as session:
        for number, (on, ounces) in enumerate([(date(2026, 9, 5), 30), (date(2026, 10, 3), 20)], start=1):
            delivered(session, number, on, ounces)

    match = rank_donors(network, "R-0001", TODAY).matches[0]

    assert match.offer.past == Past(2, date(2026, 10, 3), Volume.from_oz(30) + Volume.from_oz(20))
    assert match.free == Volume.from_oz(100) - Volume.from_oz(30) - Volume.from_oz(20)
    assert rank_donors(network, "R-0001", TODAY).matches[1].offer.past is None


def test_a_family_nobody_knows_is_named(network: Database) -> None:
    with pytest.raises(NotFoundError, match="R-0099"):
        rank_donors(network, "R-0099", TODAY)


def delivered(session: Session, number: int, on: date, ounces: int) -> None:
    volume = Volume.from_oz(ounces)
    pickup = PickupRow(code=f"P-000{number}", kind=PickupKind.FAMILY_COLLECTS, on_day=on)
    hold = HoldRow(
        code=f"H-000{number}",
        lot_id=by_code(session, LotRow, "L-0001").id,
        recipient_id=1,
        volume=volume,
        made_on=on,
        expires_on=on,
        state=HoldState.AGREED,
    )
    session.add_all([pickup, hold])
    session.flush()
    session.add(AgreementRow(hold_id=hold.id, donor_yes_on=on, family_yes_on=on))
    session.add(LoadRow(pickup_id=pickup.id, hold_id=hold.id))
    sync_stops(session, pickup, reorder=True)
    session.flush()
    pickup.state, hold.state = PickupState.SETTLED, HoldState.DONE
    session.flush()
    session.add(
        DeliveryRow(
            pickup_id=pickup.id,
            hold_id=hold.id,
            on_day=on,
            delivered=volume,
            left_behind=Volume(),
            lost=Volume(),
        )
    )
