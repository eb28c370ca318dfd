"""Whatever two families are, made one and taken apart they are to the last value what they were before."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.facts import FactRow
from coordinator.db.households import HouseholdRow
from coordinator.db.policies import MedicineDecisionRow
from coordinator.db.recipients import RecipientRow, SetAsideRow
from coordinator.db.screening import DeferralRow, SignOffRow
from coordinator.domain.facts.dated_facts import FactKind, Presence
from coordinator.domain.facts.decisions import Decided
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.babies import Willing
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.places.positions import Precision
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.pickups import planning
from coordinator.services.records import history
from tests.builders import NOW, TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SATURDAY, SETUP, a_driver, a_held_lot

DAYS = st.none() | st.dates(date(2026, 9, 1), date(2026, 11, 20))
WORDS = st.sampled_from(["", "one", "two", "one\ntwo"])
HOME = st.fixed_dictionaries(
    {
        "phone": st.sampled_from(["", "+16035550109"]),
        "street": WORDS,
        "zip_code": st.sampled_from(["", "03820"]),
        "latitude_deg": st.sampled_from([43.1, 43.123456789]),
        "longitude_deg": st.just(-70.8),
        "precision": st.sampled_from(Precision),
        "notes": WORDS,
        "read_before_ringing": WORDS,
        "last_contact_on": DAYS,
        "first_spoken_on": DAYS,
        "first_spoken_how": st.sampled_from([None, *SpokenHow]),
    }
)
DONOR = st.fixed_dictionaries(
    {
        "state": st.sampled_from(DonorState),
        "state_note": WORDS,
        "bereaved": st.booleans(),
        "baby_born": DAYS,
        "gestation_weeks": st.sampled_from([None, 39]),
        "wishes": WORDS,
        "archived_on": st.sampled_from([None, None, TODAY]),
    }
)
RECIPIENT = st.fixed_dictionaries(
    {
        "baby_born": DAYS,
        "babies": st.integers(1, 2),
        "must_avoid": st.sampled_from([None, "", "dairy", "soy, dairy"]),
        "medicine_ok": st.sampled_from([None, *Willing]),
        "oldest_milk_months": st.sampled_from([None, 3, 6]),
        "clinician": WORDS,
        "clinician_agreed_on": DAYS,
        "stock": st.none() | st.integers(0, 10**6).map(Volume),
        "stock_on": DAYS,
        "needs_this_week": st.booleans(),
        "paused": st.booleans(),
        "archived_on": st.sampled_from([None, None, TODAY]),
    }
)
AWAY = st.sampled_from([(None, None), (date(2026, 11, 1), date(2026, 11, 9)), (date(2026, 12, 1), None)])
DRIVER = st.builds(
    lambda lift, away: {"lift_lb": lift, "away_from": away[0], "away_to": away[1]},
    st.sampled_from([None, 30.5]),
    AWAY,
)
ROLES = {"donor": st.none() | DONOR, "recipient": st.none() | RECIPIENT, "driver": st.none() | DRIVER}
FAMILY = st.fixed_dictionaries({"home": HOME} | ROLES).filter(lambda told: any(told[role] for role in ROLES))
RUNS = st.sampled_from(["none", "planned", "settled", "planned by hand", "settled by hand"])
Family = dict[str, Any]


@contextmanager
def a_network(template: Path) -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        database = Database.open(Path(shutil.copy(template, folder)), clock=lambda: NOW)
        yield database
        database.dispose()


def write_family(
    session: Session, told: Family, strangers: tuple[DonorRow, RecipientRow]
) -> tuple[str, list[str]]:
    """Write a family with milk for and from strangers; return a code of it and its holds that travel."""
    donor, recipient = strangers
    home: HouseholdRow | None = None
    roles: list[DonorRow | RecipientRow | DriverRow] = []
    makers: dict[str, Callable[[Session], DonorRow | RecipientRow | DriverRow]] = {
        "donor": a_donor,
        "recipient": a_recipient,
        "driver": a_driver,
    }
    for kind, make in makers.items():
        if told[kind] is not None:
            row = make(session)
            home = home or session.get_one(HouseholdRow, row.household_id)
            row.household_id = home.id
            roles.append(row)
    assert home is not None
    holds = []
    for row in roles:
        if isinstance(row, DriverRow):
            continue
        if isinstance(row, DonorRow):
            _give_belongings(session, row, recipient)
        giver, taker = (row, recipient) if isinstance(row, DonorRow) else (donor, row)
        lot = a_stored_lot(session, giver)
        if told[type(row).__tablename__]["archived_on"] is None:
            holds.append(a_held_lot(session, lot, taker, 20).code)
    for row in roles:
        _set(row, told[type(row).__tablename__])
    _set(home, told["home"])
    return next((row.code for row in roles if row.archived_on is None), roles[0].code), holds


def _set(row: object, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def _give_belongings(session: Session, donor: DonorRow, recipient: RecipientRow) -> None:
    session.add_all(
        [
            FactRow(donor_id=donor.id, kind=FactKind.DAIRY, presence=Presence.YES),
            SetAsideRow(donor_id=donor.id, recipient_id=recipient.id, reason=donor.code),
            DeferralRow(donor_id=donor.id, reason="a cold", from_on=TODAY),
            SignOffRow(donor_id=donor.id, signed_by="Uma Cyr", signed_on=TODAY),
            MedicineDecisionRow(
                donor_id=donor.id,
                medicine="ibuprofen",
                decision=Decided.NO_OBJECTION,
                decided_by="Dr. Fox",
                decided_on=TODAY,
            ),
        ]
    )


@given(FAMILY, FAMILY, RUNS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_families_are_taken_apart_to_the_last_value(
    migrated_file: Path, first: Family, second: Family, run: str
) -> None:
    with a_network(migrated_file) as database:
        with database.writing(SETUP) as session:
            strangers = a_donor(session, "Zoë Ahlberg"), a_recipient(session, "Linh Tran")
            volunteer = a_driver(session, "Ben Ode").code
            holds: list[str] = []
            codes: list[str] = []
            for told in (first, second):
                code, held = write_family(session, told, strangers)
                codes.append(code)
                holds += held
        if run != "none" and holds:
            _plan(database, volunteer, holds, run)
        before = dump(database)

        if not all(_is_living(told) for told in (first, second)):
            with pytest.raises(UserError, match="was removed"):
                merge_households(database, codes[0], codes[1], TODAY)
            return
        merge_households(database, codes[0], codes[1], TODAY)
        merged = dump(database)
        take_apart(database, merged_families(database, codes[0])[0].merge_id, sure=True)
        assert dump(database) == before

        history.undo(database)
        assert dump(database) == merged
        history.undo(database)
        assert dump(database) == before


def _is_living(told: Family) -> bool:
    return any(told[role] and told[role].get("archived_on") is None for role in ROLES)


def _plan(database: Database, volunteer: str, holds: list[str], run: str) -> None:
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, holds, driver_code=volunteer, starts_at=time(9), today=TODAY
    )
    stops = planning.pickup(database, code, TODAY).stops
    planning.set_window(database, code, stops[-1].id, time(10), time(12))
    if run.endswith("by hand"):
        planning.move_stop(database, code, stops[0].id, len(stops))
    if run.startswith("settled"):
        planning.settle(database, code, None, SATURDAY)
