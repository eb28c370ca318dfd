"""A practice recall on a copy of the network, with the clock running; nothing is written in the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.practice_copy import practice_copy
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.records.recall_work import RecallWork, in_words
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.recall.work import open_recall, recall_work

LAST_MONTH = timedelta(days=31)
"""How far back milk came that a drill is about, where there is any: our choice."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A practice recall. All services of a recall work on ``database``, the copy, by the code ``recall``."""

    database: Database
    recall: str
    lot: str
    today: date

    def work(self) -> RecallWork:
        """Return it with everybody to ring, as it stands now."""
        return recall_work(self.database, self.recall, self.today)

    @property
    def took(self) -> timedelta | None:
        """From the beginning until all families were reached; ``None`` while one was not."""
        return self.work().took

    def result(self) -> Saying:
        """Return how it went, in one sentence."""
        work = self.work()
        if work.took is not None:
            return saying("Practice: all reached in {took}.", took=in_words(work.took))
        families = [one for one in work.families if one.due]
        return saying(
            "Practice: {reached} of {families} families reached.",
            reached=sum(one.reached for one in families),
            families=len(families),
        )

    def end(self) -> None:
        """Forget the copy and all that was done in it."""
        self.database.dispose()


def begin_drill(database: Database, today: date) -> Drill:
    """Begin a practice recall of the lot that went to most homes last month, or ever where none went then.

    The network is only read; its own clock runs in the copy. End it by ``Drill.end``.

    Raises:
        UserError: If no milk ever came to a family.
    """
    with database.reading() as session:
        lot = _lot(session, today - LAST_MONTH) or _lot(session, date.min)
    if lot is None:
        raise UserError(
            saying("No milk has come to a family yet, so there is nothing to practise with; settle a pickup.")
        )
    copy = practice_copy(database)
    try:
        work = open_recall(copy, lot, ANY_DAY, "", copy.clock(), today)
    except BaseException:
        copy.dispose()
        raise
    return Drill(copy, work.code, lot, today)


def _lot(session: Session, since: date) -> str | None:
    """Return the lot of which milk came to most homes since a day, the first of several."""
    homes = sa.func.count(sa.distinct(HoldRow.recipient_id))
    query = (
        sa.select(LotRow.code)
        .join(HoldRow, HoldRow.lot_id == LotRow.id)
        .join(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
        .where(DeliveryRow.delivered > Volume(), DeliveryRow.on_day >= since)
        .group_by(LotRow.id, LotRow.code)
        .order_by(homes.desc(), LotRow.code)
    )
    return session.scalar(query.limit(1))
