"""Households and the people to reach there."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.families.households import Household, SpokenHow
from coordinator.domain.places.lookups import place_words
from coordinator.domain.places.positions import Address, Position, Precision


class HouseholdRow(Versioned, Base):
    """One family; its roles are rows of their own. ``merged_into_id`` is set while it is merged away.

    From ``forgotten_on`` nothing is known of it but its codes and what a recall needs.
    """

    __tablename__ = "household"

    name: Mapped[str]
    name_on_paper: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    zip_code: Mapped[str] = mapped_column(default="")
    latitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    longitude_deg: Mapped[float | None] = mapped_column(sa.Double, default=None)
    precision: Mapped[Precision | None] = mapped_column(words(Precision), default=None)
    place_label: Mapped[str] = mapped_column(default="")
    preferred_contact: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    driver_note: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    read_before_ringing: Mapped[str] = mapped_column(default="")
    last_contact_on: Mapped[date | None] = mapped_column(default=None)
    ring_times: Mapped[str] = mapped_column(default="")
    first_spoken_on: Mapped[date | None] = mapped_column(default=None)
    first_spoken_how: Mapped[SpokenHow | None] = mapped_column(words(SpokenHow), default=None)
    other_phone: Mapped[str] = mapped_column(default="")
    other_email: Mapped[str] = mapped_column(default="")
    stairs: Mapped[bool | None] = mapped_column(default=None)
    merged_into_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), default=None
    )
    forgotten_on: Mapped[date | None] = mapped_column(default=None)

    __table_args__ = (sa.Index(None, "phone"), sa.Index(None, "email"))


def to_position(
    latitude_deg: float | None, longitude_deg: float | None, precision: Precision | None
) -> Position | None:
    """Return the position as a value, None while it is not known."""
    if latitude_deg is None or longitude_deg is None or precision is None:
        return None
    return Position(latitude_deg, longitude_deg, precision)


def to_household(row: HouseholdRow) -> Household:
    """Return the household as a value."""
    return Household(
        id=row.id,
        name=row.name,
        name_on_paper=row.name_on_paper,
        email=row.email,
        phone=row.phone,
        address=Address(row.street, row.town, row.state, row.zip_code),
        position=to_position(row.latitude_deg, row.longitude_deg, row.precision),
        place_label=str(place_words(row.place_label)),
        preferred_contact=row.preferred_contact,
        languages=row.languages,
        hours=row.hours,
        driver_note=row.driver_note,
        notes=row.notes,
        read_before_ringing=row.read_before_ringing,
        last_contact_on=row.last_contact_on,
        ring_times=row.ring_times,
        first_spoken_on=row.first_spoken_on,
        first_spoken_how=row.first_spoken_how,
        other_phone=row.other_phone,
        other_email=row.other_email,
        version=row.version,
        is_place_uncertain=row.precision is Precision.UNCERTAIN,
        stairs=row.stairs,
    )
