"""The board of promises: everything between a hold and the question how it went."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import sqlalchemy as sa

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.asked_after import AskedAfterRow
from coordinator.db.database import Database
from coordinator.db.pickups import DeliveryRow
from coordinator.domain.agreements.board import Card, board
from coordinator.domain.agreements.promises import Terms
from coordinator.services.agreements.cases import Around, around, promises_by_family
from coordinator.services.settings.values import load_settings


def promises(database: Database, today: date, known: Around | None = None) -> tuple[Card, ...]:
    """Return a card for each promise of families in use, column by column, what stands too long first."""
    known = known or around(database, today)
    with database.reading() as session:
        terms = Terms(today, load_matching_policy(), load_settings(session).volume_unit)
        since = today - timedelta(days=terms.policy.ask_after_until_days)
        asked = sa.select(DeliveryRow.hold_id).where(
            sa.or_(
                DeliveryRow.asked_after_on >= since,
                DeliveryRow.id.in_(sa.select(AskedAfterRow.delivery_id).where(AskedAfterRow.on_day >= since)),
            )
        )
        found = promises_by_family(session, known, terms, HoldRow.id.in_(asked))
    in_use = {one.code for one in known.families}
    held = chain.from_iterable(some for code, some in found.items() if code in in_use)
    return board(held, terms)
