"""A network's own policy profiles, and what people decided under a policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.policies.verdicts import OverruledBy, Overruling


class PolicyProfileRow(Versioned, Base):
    """A copy of a shipped profile (``base`` is its key); ``policy_change`` keeps only what was changed."""

    __tablename__ = "policy_profile"

    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[str]
    base: Mapped[str] = mapped_column(sa.String(60))
    made_on: Mapped[date]
    archived_on: Mapped[date | None] = mapped_column(default=None)


class PolicyChangeRow(Versioned, Base):
    """One value of a network's own profile: what it is now (JSON), why, who said so, who reviewed it.

    ``asked``: what a clinician asks about it instead of agreeing; ``asked_by`` says who.
    """

    __tablename__ = "policy_change"
    __table_args__ = (sa.UniqueConstraint("profile_id", "rule"),)

    profile_id: Mapped[int] = mapped_column(sa.ForeignKey("policy_profile.id", ondelete="RESTRICT"))
    rule: Mapped[str] = mapped_column(sa.String(60))
    value: Mapped[str]
    reason: Mapped[str]
    changed_by: Mapped[str]
    changed_on: Mapped[date]
    clinician: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None] = mapped_column(default=None)
    asked: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[date | None] = mapped_column(default=None)


class PageCheckRow(Versioned, Base):
    """That somebody opened a page and found the figure of a shipped profile there; the newest counts.

    ``figure`` is the value and its unit as JSON: once another figure ships, the check no longer speaks of it.
    """

    __tablename__ = "page_check"
    __table_args__ = (sa.CheckConstraint("length(opened_by) > 0", name="opened_by"),)

    profile: Mapped[str] = mapped_column(sa.String(60), index=True)
    rule: Mapped[str] = mapped_column(sa.String(60))
    figure: Mapped[str]
    address: Mapped[str]
    opened_by: Mapped[str]
    opened_on: Mapped[date]


class MedicineDecisionRow(Versioned, Base):
    """What somebody decided about one medicine of one donor; the newest counts."""

    __tablename__ = "medicine_decision"

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    medicine: Mapped[str]
    decision: Mapped[Decided] = mapped_column(words(Decided))
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


class NetworkDecisionRow(Versioned, Base):
    """What was decided about one medicine for every donor; the newest counts, a donor's own before it."""

    __tablename__ = "network_decision"

    medicine: Mapped[str]
    decision: Mapped[Decided] = mapped_column(words(Decided))
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")


class OverrulingRow(Versioned, Base):
    """A "not a fit" that the receiving parent or a named clinician overruled after disclosure.

    Without a lot it is about all milk of the donor. ``told`` is a list, as JSON, of the keys of the reasons
    that were told; empty where an older program noted their words alone.
    """

    __tablename__ = "overruling"
    __table_args__ = (sa.CheckConstraint("length(name) > 0", name="name"),)

    rule: Mapped[str] = mapped_column(sa.String(60))
    recipient_id: Mapped[int] = mapped_column(sa.ForeignKey("recipient.id", ondelete="RESTRICT"), index=True)
    decided_by: Mapped[OverruledBy] = mapped_column(words(OverruledBy))
    name: Mapped[str]
    on_day: Mapped[date]
    disclosed: Mapped[str]
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"))
    lot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot.id", ondelete="RESTRICT"), default=None)
    told: Mapped[str] = mapped_column(default="")


def decisions_by_donor(
    session: Session, donor_id: int | None = None
) -> dict[int, tuple[MedicineDecision, ...]]:
    """Return what was decided about each donor's medicines, by donor id, oldest first."""
    row = MedicineDecisionRow
    query = sa.select(row).order_by(row.decided_on, row.id)
    if donor_id is not None:
        query = query.where(row.donor_id == donor_id)
    found: dict[int, list[MedicineDecision]] = {}
    for one in session.scalars(query):
        decision = MedicineDecision(
            one.medicine, one.decision, one.decided_by, one.decided_on, one.reason, one.id
        )
        found.setdefault(one.donor_id, []).append(decision)
    return {donor: tuple(many) for donor, many in found.items()}


def network_decisions(session: Session) -> tuple[MedicineDecision, ...]:
    """Return what was decided about medicines for the whole network, oldest first."""
    row = NetworkDecisionRow
    return tuple(
        MedicineDecision(
            one.medicine, one.decision, one.decided_by, one.decided_on, one.reason, one.id, for_everyone=True
        )
        for one in session.scalars(sa.select(row).order_by(row.decided_on, row.id))
    )


def decisions_for(
    session: Session, donor_id: int | None = None
) -> Callable[[int], tuple[MedicineDecision, ...]]:
    """Return what tells the decisions that count for a donor: the network's, then her own, oldest first."""
    everyones, own = network_decisions(session), decisions_by_donor(session, donor_id)
    return lambda donor: (*everyones, *own.get(donor, ()))


def profile_row(session: Session, key: str) -> PolicyProfileRow | None:
    """Return the network's own profile with *key*, ``None`` if it has none or it was removed."""
    row = PolicyProfileRow
    return session.scalar(sa.select(row).where(row.key == key, row.archived_on.is_(None)))


def own_profiles(session: Session) -> list[PolicyProfileRow]:
    """Return the network's own profiles by title."""
    row = PolicyProfileRow
    query = sa.select(row).where(row.archived_on.is_(None)).order_by(row.title, row.id)
    return list(session.scalars(query))


def changes_of(session: Session, profile_id: int) -> list[PolicyChangeRow]:
    """Return the changed values of an own profile, by rule."""
    row = PolicyChangeRow
    return list(session.scalars(sa.select(row).where(row.profile_id == profile_id).order_by(row.rule)))


def page_checks(session: Session) -> dict[tuple[str, str], PageCheckRow]:
    """Return the newest page check of each shipped profile and rule."""
    row = PageCheckRow
    found = session.scalars(sa.select(row).order_by(row.opened_on, row.id))
    return {(one.profile, one.rule): one for one in found}


def overrulings(session: Session, recipient_id: int | None = None) -> list[Overruling]:
    """Return what was overruled, for one recipient or for all, oldest first."""
    row, tables = OverrulingRow, Base.metadata.tables
    recipient, lot, donor = tables["recipient"], tables["lot"], tables["donor"]
    query = (
        sa.select(row, recipient.c.code, lot.c.code, donor.c.code)
        .join(recipient, recipient.c.id == row.recipient_id)
        .outerjoin(lot, lot.c.id == row.lot_id)
        .join(donor, donor.c.id == row.donor_id)
        .order_by(row.on_day, row.id)
    )
    if recipient_id is not None:
        query = query.where(row.recipient_id == recipient_id)
    return [
        Overruling(
            rule=one.rule,
            recipient_code=recipient_code,
            by=one.decided_by,
            name=one.name,
            on=one.on_day,
            disclosed=one.disclosed,
            lot_code=lot_code or "",
            donor_code=donor_code,
            id=one.id,
            told=_keys(one.told),
        )
        for one, recipient_code, lot_code, donor_code in session.execute(query)
    ]


def _keys(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told)) if told.startswith("[") else ()
