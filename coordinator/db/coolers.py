"""The coolers that are lent about: whose they are, and where they are now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned
from coordinator.db.households import HouseholdRow
from coordinator.domain.pickups.cooler_places import Cooler, Whom


class CoolerRow(Versioned, Base):
    """One cooler. No owner: it is the network's; nobody has it: it is with the coordinator."""

    __tablename__ = "cooler"
    __table_args__ = (sa.CheckConstraint("quarts > 0", name="quarts"),)

    name: Mapped[str]
    quarts: Mapped[int]
    owner_household_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True, default=None
    )
    at_household_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True, default=None
    )
    since: Mapped[date | None] = mapped_column(default=None)
    archived_on: Mapped[date | None] = mapped_column(default=None)


def coolers_of(session: Session, household_ids: Collection[int] | None = None) -> list[Cooler]:
    """Return the coolers that are in use, by name; of some households those that are theirs or with them."""
    query = sa.select(CoolerRow).where(CoolerRow.archived_on.is_(None))
    if household_ids is not None:
        theirs = (
            CoolerRow.owner_household_id.in_(household_ids),
            CoolerRow.at_household_id.in_(household_ids),
        )
        query = query.where(sa.or_(*theirs))
    rows = list(session.scalars(query.order_by(CoolerRow.name, CoolerRow.id)))
    people = _people(
        session, {id_ for row in rows for id_ in (row.owner_household_id, row.at_household_id) if id_}
    )
    return [
        Cooler(
            row.id,
            row.name,
            row.quarts,
            people.get(row.owner_household_id or 0),
            people.get(row.at_household_id or 0),
            row.since,
        )
        for row in rows
    ]


def _people(session: Session, ids: Collection[int]) -> dict[int, Whom]:
    """Return these households, each with its first code; one whose roles are all gone keeps its name."""
    if not ids:
        return {}
    codes: dict[int, str] = {}
    for name in ("donor", "recipient", "driver"):
        role = sa.table(name, *map(sa.column, ("code", "household_id", "archived_on")))
        query = sa.select(role.c.household_id, role.c.code).where(role.c.household_id.in_(ids))
        in_use_last = (role.c.archived_on.is_(None), role.c.code.desc())
        codes |= {row.household_id: row.code for row in session.execute(query.order_by(*in_use_last))}
    names = session.execute(sa.select(HouseholdRow.id, HouseholdRow.name).where(HouseholdRow.id.in_(ids)))
    return {row.id: Whom(row.id, codes.get(row.id, ""), row.name) for row in names}
