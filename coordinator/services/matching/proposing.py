"""How much a hold proposes for a family, by its need and the days of the runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.pickups import PickupRow
from coordinator.domain.matching.proposing import Wanted, wanted
from coordinator.domain.milk.needs import Runway
from coordinator.domain.pickups.plans import PickupKind, PickupState

_USUAL: Final = timedelta(weeks=8)
"""Runs longer ago tell nothing about the usual day."""


def wanted_by(database: Database, runway: Runway, today: date) -> Wanted | None:
    """Return how much to propose for the family with *runway*; ``None`` while its need is not known."""
    query = sa.select(PickupRow.on_day).where(
        PickupRow.kind == PickupKind.RUN,
        PickupRow.state != PickupState.CANCELLED,
        PickupRow.on_day >= today - _USUAL,
    )
    with database.reading() as session:
        runs = tuple(session.scalars(query))
    return wanted(runway.need, runway.coming, runs, today)
