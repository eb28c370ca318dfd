"""Rows of families, volunteers and agreed milk, for the tests of pickups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.base import next_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.codes import CodeLetter
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import record_yes
from coordinator.services.pickups import planning
from tests.builders import TODAY, a_donor, a_household, a_recipient, a_stored_lot

SETUP = Action("test.set_up", "Set up a test")
SATURDAY = TODAY + timedelta(days=7)


def put_at(session: Session, household_id: int, latitude_deg: float, longitude_deg: float = -70.8) -> None:
    """Move a household."""
    row = session.get_one(HouseholdRow, household_id)
    row.latitude_deg, row.longitude_deg, row.precision = latitude_deg, longitude_deg, Precision.ADDRESS


def a_driver(session: Session, name: str = "Ana Berg", **fields: Any) -> DriverRow:  # noqa: ANN401 - any column
    """Add a volunteer with two 28-quart coolers."""
    household = a_household(session, name, phone="+12075550133")
    defaults: dict[str, Any] = {"coolers_qt": "28,28", "lift_lb": 50.0}
    row = DriverRow(
        code=next_code(session, CodeLetter.DRIVER), household_id=household.id, **(defaults | fields)
    )
    session.add(row)
    session.flush()
    return row


def a_held_lot(
    session: Session,
    lot: LotRow,
    recipient: RecipientRow,
    ounces: float = 50,
    *,
    donor_yes: bool = True,
    family_yes: bool = True,
    **fields: Any,  # noqa: ANN401 - any column
) -> HoldRow:
    """Hold milk of *lot*, agreed by both unless told otherwise."""
    row = HoldRow(
        code=next_code(session, CodeLetter.HOLD),
        lot_id=lot.id,
        recipient_id=recipient.id,
        volume=Volume.from_oz(ounces),
        made_on=TODAY,
        expires_on=TODAY + timedelta(days=7),
        state=HoldState.AGREED if donor_yes and family_yes else HoldState.OPEN,
        **({"bags": 12} | fields),
    )
    session.add(row)
    session.flush()
    yes = {"donor_yes_on": TODAY if donor_yes else None, "family_yes_on": TODAY if family_yes else None}
    session.add(AgreementRow(hold_id=row.id, **yes))
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Region:
    """Codes of a small network: two donors north of two families, one volunteer south of all."""

    donors: tuple[str, str]
    recipients: tuple[str, str]
    lots: tuple[str, str]
    holds: tuple[str, ...]
    driver: str


def a_region(
    database: Database,
    *,
    oldest: date | None = None,
    **hold: Any,  # noqa: ANN401 - any argument of ``a_held_lot``
) -> Region:
    """Write a small network: each donor's lot is held for each family, H-0001 to H-0004.

    *oldest* is the day of the lots' oldest milk, where not the builder's own.
    H-0001 and H-0002 are milk of the first donor for the first and second family, the others of the second.
    """
    with database.writing(SETUP) as session:
        donors = [a_donor(session, "Zoë Ahlberg"), a_donor(session, "Mia Quist")]
        families = [a_recipient(session, "Inès Roy"), a_recipient(session, "Linh Tran")]
        driver = a_driver(session)
        put_at(session, driver.household_id, 43.0)
        everybody: list[DonorRow | RecipientRow] = [*families, *donors]
        for row, latitude in zip(everybody, (43.1, 43.2, 43.3, 43.4), strict=True):
            put_at(session, row.household_id, latitude)
            _give_details(session, row)
        dated: dict[str, Any] = {} if oldest is None else {"expressed_from": oldest}
        lots = [a_stored_lot(session, donor, **dated) for donor in donors]
        holds = [a_held_lot(session, lot, family, 40, **hold) for lot in lots for family in families]
        return Region(
            (donors[0].code, donors[1].code),
            (families[0].code, families[1].code),
            (lots[0].code, lots[1].code),
            tuple(row.code for row in holds),
            driver.code,
        )


def _give_details(session: Session, row: DonorRow | RecipientRow) -> None:
    home = session.get_one(HouseholdRow, row.household_id)
    home.phone = "+16035550109"
    home.street, home.town = f"{row.id} {type(row).__name__} Ln", "Rollinsford"
    home.notes, home.driver_note = "a private word", "side door"
    home.preferred_contact = "Text message"


def free_the_milk(database: Database) -> None:
    """Take back every pickup of the sample region, and note both yeses but those of H-0006."""
    for one in planning.pickups_between(database, TODAY, TODAY + timedelta(days=14), TODAY):
        planning.cancel_pickup(database, one.code)
    for hold in planning.holds_to_plan(database, TODAY):
        if hold.code != "H-0006":
            for side, on in ((Side.DONOR, hold.donor_yes_on), (Side.FAMILY, hold.family_yes_on)):
                if on is None:
                    record_yes(database, hold.code, side, TODAY)
