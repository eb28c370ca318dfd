"""Addresses looked up online, so that no server is asked twice."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base


class LookedUpPlaceRow(Base):
    """What a server said of one address; without a latitude it knew none. Erasable, and not in the audit."""

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
