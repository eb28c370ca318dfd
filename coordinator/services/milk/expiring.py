"""Milk near its last day, by the storage rules of the policy in use."""

from __future__ import annotations

from datetime import date

from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, current_donors
from coordinator.domain.milk.expiring import ExpiringLot, LastDay, LastDayOf, NearLastDay, Outlook, outlook
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.suitability.storage import use_by
from coordinator.services.policies.profiles import policy_in_use


def donor_outlook(database: Database, donor: str, today: date) -> Outlook:
    """Return what of a donor's milk is ready, and what is near its last day.

    Raises:
        NotFoundError: If there is no such donor.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        lots = milk.lots(session, today, row.id).get(row.id, [])
        return outlook(lots, last_day_by(policy_in_use(session)), today)


def near_last_day(database: Database, today: date) -> list[NearLastDay]:
    """Return the free lots of current donors that are near or past their last day, soonest first.

    A donor to read about before ringing is not on it: nothing reminds of her milk.
    """
    with database.reading() as session:
        last_day_of = last_day_by(policy_in_use(session))
        lots = milk.lots(session, today)
        found = [
            NearLastDay(donor.code, home.name, home.town, one)
            for donor, home in current_donors(session)
            if donor.state.is_offering and not home.read_before_ringing
            for one in _near(outlook(lots.get(donor.id, ()), last_day_of, today))
        ]
    return sorted(found, key=lambda line: (line.milk.last.on, line.milk.lot.code))


def last_day_by(policy: Policy) -> LastDayOf:
    """Return the rule of *policy* for the last day of a lot."""

    def last_day(lot: Lot) -> LastDay | None:
        found = use_by(lot, policy)
        if found is None:
            return None
        return LastDay(found.on, f"{policy.title}: {found.basis.words}", assumed=found.assumed)

    return last_day


def _near(found: Outlook) -> tuple[ExpiringLot, ...]:
    return (*found.past, *found.soon)
