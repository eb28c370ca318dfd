"""Hand-overs: who carries which agreed milk when, and what was delivered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

import coordinator.db.drivers  # noqa: F401 - the table that driver_id points to must be known
from coordinator.db.base import Base, Versioned, words
from coordinator.domain.pickups.overruled import Overruled
from coordinator.domain.pickups.plans import Condition, PickupKind, PickupState, StopKind
from coordinator.domain.volume import Volume


class PickupRow(Versioned, Base):
    """One hand-over or run of a day. ``printed_digest`` is of the sheet's values as last printed.

    The odometer is the carrier's, typed from the sheet; road miles between the two are what was driven.
    ``sheet_note`` is what the paper said besides; it waits until somebody dealt with it.
    """

    __tablename__ = "pickup"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    kind: Mapped[PickupKind] = mapped_column(words(PickupKind))
    on_day: Mapped[date] = mapped_column(index=True)
    state: Mapped[PickupState] = mapped_column(words(PickupState), default=PickupState.PLANNED)
    starts_at: Mapped[time | None] = mapped_column(default=None)
    driver_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("driver.id", ondelete="RESTRICT"), index=True, default=None
    )
    driver_yes_on: Mapped[date | None] = mapped_column(default=None)
    lunch_at: Mapped[time | None] = mapped_column(default=None)
    lunch_minutes: Mapped[int | None] = mapped_column(default=None)
    meeting_place: Mapped[str] = mapped_column(default="")
    meeting_latitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    meeting_longitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    note: Mapped[str] = mapped_column(default="")
    prints: Mapped[int] = mapped_column(default=0)
    printed_at: Mapped[datetime | None] = mapped_column(default=None)
    printed_digest: Mapped[str] = mapped_column(default="")
    odometer_start_miles: Mapped[float | None] = mapped_column(sa.Double, default=None)
    odometer_end_miles: Mapped[float | None] = mapped_column(sa.Double, default=None)
    sheet_note: Mapped[str] = mapped_column(default="")
    sheet_note_dealt_on: Mapped[date | None] = mapped_column(default=None)


class SecondDriverRow(Versioned, Base):
    """The volunteer who comes along on a run and takes turns at the wheel."""

    __tablename__ = "second_driver"

    pickup_id: Mapped[int] = mapped_column(sa.ForeignKey("pickup.id", ondelete="RESTRICT"), unique=True)
    driver_id: Mapped[int] = mapped_column(sa.ForeignKey("driver.id", ondelete="RESTRICT"), index=True)


class LoadRow(Versioned, Base):
    """A hold that travels with a pickup."""

    __tablename__ = "pickup_load"

    pickup_id: Mapped[int] = mapped_column(sa.ForeignKey("pickup.id", ondelete="RESTRICT"), index=True)
    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), unique=True)


class StopRow(Versioned, Base):
    """One stop of a pickup, in the order to drive; ``place`` counts from 1.

    ``arrived_at`` is when the driver came, ``freezer_at`` when the milk left the freezer there or went
    into it, both from the sheet.
    """

    __tablename__ = "stop"

    pickup_id: Mapped[int] = mapped_column(sa.ForeignKey("pickup.id", ondelete="RESTRICT"), index=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[StopKind] = mapped_column(words(StopKind))
    place: Mapped[int]
    window_from: Mapped[time | None] = mapped_column(default=None)
    window_to: Mapped[time | None] = mapped_column(default=None)
    arrived_at: Mapped[time | None] = mapped_column(default=None)
    freezer_at: Mapped[time | None] = mapped_column(default=None)


class OverruledRow(Versioned, Base):
    """That a pickup breaks a rule of its day, and why she lets it. ``about`` is a code or empty."""

    __tablename__ = "overruled_rule"

    pickup_id: Mapped[int] = mapped_column(sa.ForeignKey("pickup.id", ondelete="RESTRICT"), index=True)
    rule: Mapped[str]
    note: Mapped[str]
    on_day: Mapped[date]
    about: Mapped[str] = mapped_column(default="")


class DeliveryRow(Versioned, Base):
    """What became of one hold on its pickup: delivered, left behind, lost.

    What was left behind waits to be planned again, until somebody lets it go and says why. What came is asked
    after once: when, and what the family said. ``received_by`` is who signed for it. ``note`` waits until
    somebody dealt with it. ``against`` is what was against the milk when it was written down that it came:
    it joined no stock, and stands until somebody has rung the family. ``with_driver`` of what was left behind
    stayed with who drove: it is not free until that is settled.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        sa.CheckConstraint("delivered >= 0 AND left_behind >= 0 AND lost >= 0", name="volumes"),
    )

    pickup_id: Mapped[int] = mapped_column(sa.ForeignKey("pickup.id", ondelete="RESTRICT"), index=True)
    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), unique=True)
    on_day: Mapped[date]
    delivered: Mapped[Volume]
    left_behind: Mapped[Volume]
    lost: Mapped[Volume]
    bags: Mapped[int | None] = mapped_column(default=None)
    condition: Mapped[Condition | None] = mapped_column(words(Condition), default=None)
    nobody_home: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    note_dealt_on: Mapped[date | None] = mapped_column(default=None)
    let_go_on: Mapped[date | None] = mapped_column(default=None)
    let_go_why: Mapped[str] = mapped_column(default="")
    asked_after_on: Mapped[date | None] = mapped_column(default=None)
    asked_after: Mapped[str] = mapped_column(default="")
    received_by: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="")
    against_dealt_on: Mapped[date | None] = mapped_column(default=None)
    with_driver: Mapped[Volume] = mapped_column(default=Volume(), server_default="0")


def overruled_by_pickup(session: Session, pickup_ids: Collection[int]) -> dict[int, list[OverruledRow]]:
    """Return what was overruled for these pickups, by pickup id, oldest first."""
    query = sa.select(OverruledRow).where(OverruledRow.pickup_id.in_(pickup_ids)).order_by(OverruledRow.id)
    result: dict[int, list[OverruledRow]] = defaultdict(list)
    for row in session.scalars(query):
        result[row.pickup_id].append(row)
    return result


def to_overruled(row: OverruledRow) -> Overruled:
    """Return what was overruled, as a value."""
    return Overruled(row.rule, row.about, row.note, row.on_day)


def second_drivers(session: Session, pickup_ids: Collection[int]) -> dict[int, int]:
    """Return who comes along on these pickups: the driver's id by pickup id."""
    query = sa.select(SecondDriverRow.pickup_id, SecondDriverRow.driver_id)
    found = session.execute(query.where(SecondDriverRow.pickup_id.in_(pickup_ids)))
    return {row.pickup_id: row.driver_id for row in found}


def pickups_of_days(session: Session, first: date, last: date) -> list[PickupRow]:
    """Return the pickups from *first* to *last*, both included, by day, start, code; cancelled ones too."""
    return _in_order(session, PickupRow.on_day.between(first, last))


def planned_until(session: Session, last: date) -> list[PickupRow]:
    """Return the pickups up to *last* that are neither settled nor cancelled, in the same order."""
    return _in_order(session, PickupRow.state == PickupState.PLANNED, PickupRow.on_day <= last)


def _in_order(session: Session, *conditions: sa.ColumnElement[bool]) -> list[PickupRow]:
    rows = session.scalars(sa.select(PickupRow).where(*conditions))
    return sorted(rows, key=lambda row: (row.on_day, row.starts_at or time.max, row.code))


def stops_of(session: Session, pickup_id: int) -> list[StopRow]:
    """Return the stops in the order to drive."""
    query = sa.select(StopRow).where(StopRow.pickup_id == pickup_id)
    return list(session.scalars(query.order_by(StopRow.place, StopRow.id)))


def loads_of(session: Session, pickup_id: int) -> list[LoadRow]:
    """Return what ties holds to the pickup, in the order they were added."""
    return list(
        session.scalars(sa.select(LoadRow).where(LoadRow.pickup_id == pickup_id).order_by(LoadRow.id))
    )


def stops_by_pickup(session: Session, pickup_ids: Sequence[int]) -> dict[int, list[StopRow]]:
    """Return the stops of these pickups by pickup id, each pickup's in the order to drive."""
    query = sa.select(StopRow).where(StopRow.pickup_id.in_(pickup_ids))
    result: dict[int, list[StopRow]] = defaultdict(list)
    for stop in session.scalars(query.order_by(StopRow.place, StopRow.id)):
        result[stop.pickup_id].append(stop)
    return result


def deliveries_by_pickup(session: Session, pickup_ids: Sequence[int]) -> dict[int, list[DeliveryRow]]:
    """Return what became of the holds of these pickups, by pickup id."""
    query = sa.select(DeliveryRow).where(DeliveryRow.pickup_id.in_(pickup_ids))
    result: dict[int, list[DeliveryRow]] = defaultdict(list)
    for delivery in session.scalars(query.order_by(DeliveryRow.id)):
        result[delivery.pickup_id].append(delivery)
    return result
