"""Addresses looked up online, so that no server is asked twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base


class LookedUpPlaceRow(Base):
    """What a server said of one address; without a latitude it knew none. Erasable, and not in the audit.

    ``label`` is how exact the answer is (``house``, ``street``…), a line break, and the server's words.
    """

    __tablename__ = "looked_up_place"
    __table_args__ = (sa.UniqueConstraint("server", "query"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    server: Mapped[str]
    query: Mapped[str]
    looked_up_at: Mapped[datetime]
    latitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    longitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    radius_miles: Mapped[float] = mapped_column(sa.Double, default=0.0)
    label: Mapped[str] = mapped_column(default="")


def looked_up(session: Session, server: str, query: str) -> LookedUpPlaceRow | None:
    """Return what *server* said to the normalised *query*, None if it was never asked."""
    return session.scalar(
        sa.select(LookedUpPlaceRow).where(LookedUpPlaceRow.server == server, LookedUpPlaceRow.query == query)
    )


def looked_up_anywhere(session: Session, query: str) -> list[LookedUpPlaceRow]:
    """Return what any server said to the normalised *query*."""
    return list(session.scalars(sa.select(LookedUpPlaceRow).where(LookedUpPlaceRow.query == query)))


def all_looked_up(session: Session) -> list[LookedUpPlaceRow]:
    """Return every answer that is remembered."""
    return list(session.scalars(sa.select(LookedUpPlaceRow)))


def count_looked_up(session: Session) -> int:
    """Return how many answers are remembered."""
    return session.scalar(sa.select(sa.func.count(LookedUpPlaceRow.id))) or 0
