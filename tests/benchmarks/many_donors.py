"""A network of many made-up households in a real file, with the schema the program itself makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, CodeCounterRow
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.facts.dated_facts import FactKind, FactSource, Presence, QuestionState
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.babies import BabyHealth, Willing
from coordinator.domain.milk.lots import Freezer, HeatTreated
from coordinator.domain.places.positions import Precision
from coordinator.domain.volume import Volume
from tests.networks import opened_network

SEED = 20261122
TOWNS = (
    ("Portsmouth", "NH", "03801", 43.07, -70.76),
    ("Dover", "NH", "03820", 43.20, -70.87),
    ("Kittery", "ME", "03904", 43.09, -70.74),
    ("Saco", "ME", "04072", 43.50, -70.44),
    ("Newburyport", "MA", "01950", 42.81, -70.87),
)
FIRST = ("Ada", "Inès", "Zoë", "Mary", "Phượng", "Olga", "Ruth", "Carla", "Nour", "Jo")
LAST = ("Lind", "Roy", "Ueda", "O’Brien", "Rollins", "García", "Smith", "Nguyen", "Weiss", "Bell")
KINDS = tuple(kind for kind in FactKind if kind is not FactKind.ILLNESS)

Values = dict[str, Any]


def write_network(path: Path, today: date, donors: int, families: int = 0) -> None:
    """Write *donors* donors and *families* receiving families to a new file at *path*.

    A donor has one or two lots, nine answers on file and now and then a question; one in ten has a hold
    if there are families. The same numbers give the same network.
    """
    random = Random(SEED)
    database = opened_network(path, origin="benchmark")
    with database.engine.begin() as connection:
        for table, rows in (
            (HouseholdRow, (_household(random, number, today) for number in range(1, donors + families + 1))),
            (DonorRow, (_donor(random, number, today) for number in range(1, donors + 1))),
            (RecipientRow, (_recipient(random, at, donors + at, today) for at in range(1, families + 1))),
            (LotRow, _lots(random, donors, today)),
            (FactRow, _facts(random, donors, today)),
            (QuestionRow, _questions(random, donors)),
            (HoldRow, _holds(donors if families else 0, families, today)),
            (CodeCounterRow, _counters(donors, families)),
        ):
            _insert(connection, table, list(rows))
    database.dispose()


def _insert(connection: sa.Connection, table: type[Base], rows: list[Values]) -> None:
    """Insert *rows*; a row gets what the table has as default where it says nothing."""
    if rows:
        defaults = {"version": 1} if "version" in table.__table__.columns else {}
        connection.execute(sa.insert(table), [defaults | row for row in rows])


def _household(random: Random, number: int, today: date) -> Values:
    name = f"{random.choice(FIRST)} {random.choice(LAST)}"
    town, state, zip_code, latitude, longitude = random.choice(TOWNS)
    return {
        "name": name,
        "name_on_paper": name.partition(" ")[0],
        "email": f"family{number}@example.org",
        "phone": f"+1207{random.randrange(2000000, 9999999)}",
        "street": f"{random.randrange(1, 400)} Elm St",
        "town": town,
        "state": state,
        "zip_code": zip_code,
        "latitude_deg": latitude + random.uniform(-0.2, 0.2),
        "longitude_deg": longitude + random.uniform(-0.2, 0.2),
        "precision": Precision.ZIP,
        "place_label": f"ZIP {zip_code}",
        "hours": random.choice(("", "evenings", "after 4 pm", "weekends")),
        "last_contact_on": today - timedelta(days=random.randrange(1, 90)),
    }


def _donor(random: Random, number: int, today: date) -> Values:
    return {
        "code": f"D-{number:04d}",
        "household_id": number,
        "state": random.choices(list(DonorState), (3, 2, 12, 1, 1, 1))[0],
        "baby_born": today - timedelta(days=random.randrange(30, 360)),
        "gestation_weeks": 39,
    }


def _recipient(random: Random, number: int, household_id: int, today: date) -> Values:
    return {
        "code": f"R-{number:04d}",
        "household_id": household_id,
        "baby_born": today - timedelta(days=random.randrange(20, 300)),
        "gestation_weeks": 39,
        "health": BabyHealth.HOME,
        "must_avoid": "",
        "medicine_ok": Willing.IF_COMPATIBLE,
        "nicotine_ok": Willing.NO,
        "reach_miles": 30.0,
        "own_supply_low": Volume.from_oz(4),
        "stock": Volume.from_oz(random.randrange(0, 900)),
        "stock_on": today - timedelta(days=random.randrange(0, 9)),
    }


def _lots(random: Random, donors: int, today: date) -> Iterator[Values]:
    number = 0
    for donor_id in range(1, donors + 1):
        for _ in range(random.randrange(1, 3)):
            number += 1
            start = today - timedelta(days=random.randrange(30, 200))
            bags = random.randrange(10, 200)
            yield {
                "code": f"L-{number:04d}",
                "donor_id": donor_id,
                "volume": Volume.from_oz(4) * bags,
                "bags": bags,
                "expressed_from": start,
                "expressed_to": start + timedelta(days=random.randrange(0, 29)),
                "freezer": Freezer.CHEST,
                "heat_treated": HeatTreated.NO,
            }


def _facts(random: Random, donors: int, today: date) -> Iterator[Values]:
    for donor_id in range(1, donors + 1):
        for kind in KINDS:
            is_stopped = kind is FactKind.DAIRY and random.random() < 0.2
            yield {
                "donor_id": donor_id,
                "kind": kind,
                "presence": Presence.YES if is_stopped else Presence.NO,
                "end_on": today - timedelta(days=20) if is_stopped else None,
                "raw": "no",
                "source": FactSource.FORM,
            }


def _questions(random: Random, donors: int) -> Iterator[Values]:
    for household_id in range(1, donors + 1):
        if random.random() < 0.3:
            yield {
                "household_id": household_id,
                "topic": "freezer",
                "text": "Which freezer?",
                "state": QuestionState.OPEN,
            }


def _holds(donors: int, families: int, today: date) -> Iterator[Values]:
    for number in range(1, donors // 10 + 1):
        yield {
            "code": f"H-{number:04d}",
            "lot_id": number * 10,
            "recipient_id": number % families + 1,
            "volume": Volume.from_oz(20),
            "bags": 5,
            "made_on": today,
            "expires_on": today + timedelta(days=7),
            "state": HoldState.OPEN,
        }


def _counters(donors: int, families: int) -> Iterator[Values]:
    """Let the next code of each kind be one that is not taken."""
    for prefix, last in (("D", donors), ("R", families), ("L", 2 * donors), ("H", donors // 10)):
        yield {"prefix": prefix, "last": last}
