"""What the network decided once for every donor."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.policies.decisions import Decides, NetworkDecision


class PolicyDecisionRow(Versioned, Base):
    """One decision about a name, a figure (JSON, with its unit) or a panel; of each subject there is one."""

    __tablename__ = "policy_decision"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject"),
        sa.CheckConstraint("length(decided_by) > 0", name="decided_by"),
    )

    kind: Mapped[Decides] = mapped_column(words(Decides))
    subject: Mapped[str]
    decided_by: Mapped[str]
    decided_on: Mapped[date]
    reason: Mapped[str]
    figure: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    is_clinician: Mapped[bool] = mapped_column(default=False)


def policy_decisions(session: Session) -> tuple[NetworkDecision, ...]:
    """Return what was decided, oldest first."""
    row = PolicyDecisionRow
    return tuple(map(_decision, session.scalars(sa.select(row).order_by(row.decided_on, row.id))))


def to_row(decision: NetworkDecision) -> PolicyDecisionRow:
    """Return the row of a new decision."""
    return PolicyDecisionRow(
        kind=decision.kind,
        subject=decision.subject,
        decided_by=decision.by,
        decided_on=decision.on,
        reason=decision.reason,
        figure="" if decision.figure is None else json.dumps(decision.figure, ensure_ascii=False),
        unit=decision.unit,
        is_clinician=decision.is_clinician,
    )


def _decision(row: PolicyDecisionRow) -> NetworkDecision:
    return NetworkDecision(
        row.kind,
        row.subject,
        row.decided_by,
        row.decided_on,
        row.reason,
        _figure(row.figure),
        row.unit,
        row.is_clinician,
        row.id,
    )


def _figure(stored: str) -> float | str | None:
    """Return a stored figure; what is none, as in a file somebody wrote by hand, decides nothing."""
    try:
        found = json.loads(stored) if stored else None
    except ValueError:
        return None
    return found if isinstance(found, int | float | str) and not isinstance(found, bool) else None
