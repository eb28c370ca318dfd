"""Settings that belong to the network, not to one computer."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned


class SettingRow(Versioned, Base):
    """One setting as text; services.settings gives it its type."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    value: Mapped[str]


def keep_value(session: Session, name: str, value: str) -> None:
    """Keep *value* as the setting *name*."""
    row = session.scalar(sa.select(SettingRow).where(SettingRow.name == name))
    if row is None:
        session.add(SettingRow(name=name, value=value))
    else:
        row.value = value
