"""The import journal: every file read, every row of it with its original cells."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned


class ImportRow(Versioned, Base):
    """One file read. ``headers`` and ``mapping`` are JSON; the mapping is proposed again for like headers."""

    __tablename__ = "import_journal"

    imported_at: Mapped[datetime]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    kind: Mapped[str]
    headers: Mapped[str]
    header_signature: Mapped[str] = mapped_column(sa.String(64), index=True)
    mapping: Mapped[str]
    counts: Mapped[str]


class ImportedCellsRow(Versioned, Base):
    """One row of a file with what was done with it; ``cells`` is JSON.

    It holds the original texts (``cells``) and what was understood of them by field (``values``), with which
    the next export of the same form is compared.
    """

    __tablename__ = "import_row"

    import_id: Mapped[int] = mapped_column(
        sa.ForeignKey("import_journal.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    outcome: Mapped[str]
    cells: Mapped[str]
    household_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True, default=None
    )


class MergeRow(Versioned, Base):
    """Two families made one; ``moved`` is JSON: [table, row id, column, value before, value after]."""

    __tablename__ = "merge"

    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    merged_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    moved: Mapped[str]
