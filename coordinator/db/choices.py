"""Each side's choice on a hold, and the papers that were scanned for it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.domain.agreements.choices import ChoiceHow, ChoiceKind, FileKind, HomeHeating
from coordinator.domain.agreements.holds import Side


class ChoiceFileRow(Base):
    """A scanned paper, as bytes in the network's own file, so that every backup has it.

    No row of the history holds its bytes: an undone choice leaves it here, and doing it again finds it.
    """

    __tablename__ = "choice_file"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    kind: Mapped[FileKind] = mapped_column(words(FileKind))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(deferred=True)


class ChoiceRow(Versioned, Base):
    """What one side of a hold chose; the row that has not ``ended_on`` counts, older ones stay as history.

    ``told`` is what it was told by ``told_on``: a JSON list of [topic, value, words as stored], so that what
    is another today can be named. ``heats`` is None where nobody asked, or of a donor.
    """

    __tablename__ = "choice"

    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("hold.id", ondelete="RESTRICT"), index=True)
    side: Mapped[Side] = mapped_column(words(Side))
    kind: Mapped[ChoiceKind] = mapped_column(words(ChoiceKind))
    how: Mapped[ChoiceHow] = mapped_column(words(ChoiceHow))
    text_version: Mapped[str]
    told: Mapped[str]
    told_on: Mapped[date]
    chosen_on: Mapped[date]
    noted_on: Mapped[date]
    chosen_by: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[str] = mapped_column(default="")
    heats: Mapped[HomeHeating | None] = mapped_column(words(HomeHeating), default=None)
    file_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("choice_file.id", ondelete="RESTRICT"), index=True, default=None
    )
    ended_on: Mapped[date | None] = mapped_column(default=None)
