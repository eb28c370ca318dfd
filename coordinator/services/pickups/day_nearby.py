"""Milk in donors' freezers that nobody is promised, and how far it is from everywhere on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from coordinator.db import milk
from coordinator.db.donors import current_donors
from coordinator.db.holds import households_by_id
from coordinator.domain.pickups.day.nearby import FreeMilk
from coordinator.domain.volume import total
from coordinator.services.driving.drive_times import drive_times

if TYPE_CHECKING:
    from coordinator.db.database import Database
    from coordinator.domain.pickups.day.question import DayQuestion


def free_milk(database: Database, question: DayQuestion, today: date) -> tuple[FreeMilk, ...]:
    """Return the free milk of every current donor whose place is known, with the minutes to the day's places.

    Whoever lost her baby is left out: nobody is to be reminded of her milk.
    """
    if not question.where:
        return ()
    with database.reading() as session:
        by_donor = milk.lots(session, today)
        donors = [donor for donor, _ in current_donors(session) if not donor.bereaved]
        homes = households_by_id(session, {donor.household_id for donor in donors})
        found = []
        for donor in donors:
            lots = [lot for lot in by_donor.get(donor.id, []) if lot.free]
            home = homes[donor.household_id]
            if lots and home.position is not None:
                oldest = min((lot.expressed_from for lot in lots if lot.expressed_from), default=None)
                found.append((donor.code, home, total([lot.free for lot in lots]), oldest))
        places = [home.position for _, home, _, _ in found]
        drives = drive_times(session).drives(places, question.where)
    minutes = np.ceil(drives.minutes - 1e-9).astype(np.int64)
    return tuple(
        FreeMilk(code, home.name, home.address.town, volume, oldest, tuple(map(int, row)))
        for (code, home, volume, oldest), row in zip(found, minutes, strict=True)
    )
