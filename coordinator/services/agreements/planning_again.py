"""Milk that was left behind, held for its family once more so that it can be planned."""

from __future__ import annotations

from datetime import date

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.holds import Wanted, hold_wanted
from coordinator.services.pickups.left_behind import waiting


def plan_again(database: Database, hold: str, today: date) -> str:
    """Put what *hold* left behind on hold for its family once more, as far as it is at hand; return its code.

    Both families are asked again: their yes was to another day.

    Raises:
        UserError: If nothing of it waits, or nothing of it is free any more.
        NotMatchedError, RemovedError: As in ``hold_milk``.
    """
    left = waiting(database, hold, today)
    if not left.at_hand:
        raise UserError(
            saying(
                "Nothing of {lot} is free any more; hold other milk on the Match page, then let this go.",
                lot=left.lot_code,
            )
        )
    with database.reading() as session:
        only_from = by_code(session, HoldRow, hold).only_from
    carried_from = left.hold_code if left.with_driver else ""
    wanted = Wanted(left.lot_code, left.at_hand, None, only_from, carried_from)
    return hold_wanted(database, left.recipient_code, wanted, today)
