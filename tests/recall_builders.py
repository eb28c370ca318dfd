"""A donor's milk in several homes, for the tests of recalls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.pickups import planning
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import SATURDAY, SETUP, a_driver, a_held_lot, put_at

NAMES = ("Inès Roy", "Linh Tran", "Anneliese Featherstonehaugh-Montgomery-Brown", "Noor Haddad")
TOWNS = ("Rollinsford", "Dover", "Portsmouth", "South Berwick")
OUNCES = (40, 30, 25, 20)


@dataclass(frozen=True, slots=True)
class InHomes:
    """Codes: whose milk, her lot, the families it came to, the one to whom more is promised."""

    donor: str
    lot: str
    families: tuple[str, ...]
    waiting: str


IN_HOMES = InHomes("D-0001", "L-0001", ("R-0001", "R-0002", "R-0003", "R-0004"), "R-0005")
"""The codes of a network that has nobody else, as ``in_homes_file`` has it."""


def milk_in_homes(database: Database, today: date = TODAY) -> InHomes:
    """Bring milk of one lot of 200 oz to four families *today*; 24 oz more are promised and planned."""
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Zoë Ahlberg")
        lot = a_stored_lot(session, donor, 200)
        families = [a_recipient(session, name) for name in (*NAMES, "Kateri Ueda")]
        driver = a_driver(session)
        put_at(session, donor.household_id, 43.05)
        put_at(session, driver.household_id, 43.0)
        towns = (*TOWNS, "Kittery")
        for number, (family, town) in enumerate(zip(families, towns, strict=True)):
            put_at(session, family.household_id, 43.1 + number / 20, -70.8 - number / 15)
            _tell_where(session.get_one(HouseholdRow, family.household_id), town, number)
        holds = [
            a_held_lot(session, lot, family, ounces, bags=ounces // 8).code
            for family, ounces in zip(families, (*OUNCES, 24), strict=True)
        ]
        found = InHomes(donor.code, lot.code, _codes(families[:4]), families[4].code)
        driver_code = driver.code
    run = planning.plan_pickup(
        database, PickupKind.RUN, today, holds[:4], driver_code=driver_code, today=today
    )
    planning.settle(database, run, [], today)
    later = today + (SATURDAY - TODAY)
    planning.plan_pickup(database, PickupKind.RUN, later, holds[4:], driver_code=driver_code, today=today)
    return found


def _codes(families: list[RecipientRow]) -> tuple[str, ...]:
    return tuple(family.code for family in families)


def _tell_where(home: HouseholdRow, town: str, number: int) -> None:
    home.town, home.phone = town, f"+1603555011{number}"
