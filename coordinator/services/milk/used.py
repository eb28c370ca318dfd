"""Telling what a family did with the milk it had at home: fed, spilled, thrown out."""

from __future__ import annotations

from datetime import date

from coordinator.db import fates
from coordinator.db.base import by_code
from coordinator.db.before_settling import USED
from coordinator.db.database import Database
from coordinator.db.fates import MilkUsedRow
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow
from coordinator.domain.milk.fates import MilkUsed, Used
from coordinator.domain.plausible import MOST_MILK, is_day
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups.aftermath import use_of_stock


def tell_used(
    database: Database, recipient: str, how: Used, volume: Volume, on: date, today: date, *, note: str = ""
) -> None:
    """Write down what a family did with milk it had, and let its stock follow; what was delivered stays.

    Raises:
        UserError: If the amount or the day cannot be meant.
        NotFoundError, RemovedError: If the family is not there.
    """
    if not Volume() < volume <= MOST_MILK:
        raise UserError(saying("Type how much milk it is."))
    if not is_day(on, today) or on > today:
        raise UserError(saying("{on} is no day on which it can have been.", on=on))
    label = saying("Noted milk of {family} as {how}", family=recipient.upper(), how=how.words)
    with database.writing(Action(USED, label), today) as session:
        family = living(by_code(session, RecipientRow, recipient))
        use_of_stock(session, family, how, volume, on)
        row = MilkUsedRow(recipient_id=family.id, how=how, volume=volume, on_day=on, note=note.strip())
        session.add(row)


def milk_used(database: Database, recipient: str) -> tuple[MilkUsed, ...]:
    """Return what a family did with milk it had, the latest first.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        return fates.used_by(session, by_code(session, RecipientRow, recipient).id)
