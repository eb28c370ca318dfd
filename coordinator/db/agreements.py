"""Holds, and the agreements they become."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.volume import Volume


class HoldRow(Versioned, Base):
    """Ounces of a lot reserved for a baby. ``only_from``: only bags dated that day or later.

    ``carried_from`` is the code of the hold that left this milk with a volunteer; empty: it is the donor's.
    """

    __tablename__ = "hold"
    __table_args__ = (sa.CheckConstraint("volume > 0", name="volume"),)

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id", ondelete="RESTRICT"), index=True)
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    volume: Mapped[Volume]
    made_on: Mapped[date]
    expires_on: Mapped[date]
    bags: Mapped[int | None] = mapped_column(default=None)
    only_from: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[HoldState] = mapped_column(words(HoldState), default=HoldState.OPEN)
    carried_from: Mapped[str] = mapped_column(sa.String(12), default="", server_default="")


class AgreementRow(Versioned, Base):
    """Who said yes to a hold, and when; both families' yes make it an agreement."""

    __tablename__ = "agreement"

    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), unique=True)
    donor_yes_on: Mapped[date | None] = mapped_column(default=None)
    family_yes_on: Mapped[date | None] = mapped_column(default=None)


class HoldContactRow(Versioned, Base):
    """What passed with one side of a hold, in the order it was noted: asked, or took its yes back."""

    __tablename__ = "hold_contact"

    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), index=True)
    side: Mapped[Side] = mapped_column(words(Side))
    kind: Mapped[ContactKind] = mapped_column(words(ContactKind))
    on_day: Mapped[date]
