"""The donor role of a household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.decisions import MedicineDecision
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.fields import OWN
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import On
from coordinator.domain.suitability.disclosures import DonorTraits


class DonorRow(Versioned, Base):
    """A donor. Deleting archives: ``archived_on`` hides her everywhere but in history.

    ``state_note`` says why she is in her state, for the coordinator alone.
    """

    __tablename__ = "donor"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    state: Mapped[DonorState] = mapped_column(words(DonorState), default=DonorState.NEW)
    state_note: Mapped[str] = mapped_column(default="")
    bereaved: Mapped[bool] = mapped_column(default=False)
    baby_born: Mapped[date | None] = mapped_column(default=None)
    gestation_weeks: Mapped[int | None] = mapped_column(default=None)
    wishes: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None] = mapped_column(default=None)


IN_TABLE = tuple(field.key for field in OWN[Role.DONOR] if On.TABLE in field.on)
"""The fields of a donor that are columns of the table by their own row."""


def to_traits(row: DonorRow, household: HouseholdRow, decisions: tuple[MedicineDecision, ...]) -> DonorTraits:
    """Return what else than her facts counts for a donor's milk."""
    return DonorTraits(row.gestation_weeks, household.first_spoken_on, decisions, row.baby_born)


def current_donors(session: Session) -> list[tuple[DonorRow, HouseholdRow]]:
    """Return every donor who is not archived, with the household, by code."""
    query = sa.select(DonorRow, HouseholdRow).join(HouseholdRow, HouseholdRow.id == DonorRow.household_id)
    query = query.where(DonorRow.archived_on.is_(None)).order_by(DonorRow.code)
    return [(donor, household) for donor, household in session.execute(query)]


def homes_of_bereaved(session: Session) -> frozenset[int]:
    """Return the ids of the households where a donor lost her baby, also one who is archived by now."""
    return frozenset(session.scalars(sa.select(DonorRow.household_id).where(DonorRow.bereaved)))


def donor_lines(session: Session) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """Yield what the donors table shows of each donor who is not archived and her household, by code.

    Columns, not entities, which take three times as long for a table of thousands.
    """
    home = HouseholdRow
    query = sa.select(
        DonorRow.id,
        DonorRow.code,
        DonorRow.state.label("donor_state"),
        DonorRow.baby_born,
        DonorRow.household_id,
        DonorRow.bereaved,
        home.first_spoken_on,
        home.name,
        home.town,
        home.state,
        home.phone,
        home.email,
        home.hours,
        home.read_before_ringing,
        home.last_contact_on,
        home.latitude_deg,
        home.longitude_deg,
        home.precision,
        home.place_label,
        *(getattr(DonorRow, key) for key in IN_TABLE),
    ).join(home, home.id == DonorRow.household_id)
    yield from session.execute(query.where(DonorRow.archived_on.is_(None)).order_by(DonorRow.code))
