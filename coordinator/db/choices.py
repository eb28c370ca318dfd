"""Each side's choice on a hold, and the papers that were scanned for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, Versioned, words
from coordinator.domain.agreements.choices import Choice, ChoiceHow, ChoiceKind, FileKind, HomeHeating
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


def choices_by_hold(session: Session, hold_ids: Collection[int] | None = None) -> dict[int, list[Choice]]:
    """Return what was chosen about each of these holds, or about all, in the order it was noted."""
    row, scan = ChoiceRow, ChoiceFileRow
    query = (
        sa.select(row, HoldRow.code, scan.name)
        .join(HoldRow, HoldRow.id == row.hold_id)
        .outerjoin(scan, scan.id == row.file_id)
        .order_by(row.id)
    )
    if hold_ids is not None:
        query = query.where(row.hold_id.in_(hold_ids))
    found: dict[int, list[Choice]] = defaultdict(list)
    for one, code, file_name in session.execute(query):
        found[one.hold_id].append(to_choice(one, code, file_name or ""))
    return found


def to_choice(row: ChoiceRow, hold_code: str, file_name: str = "") -> Choice:
    """Return a choice as a value."""
    return Choice(
        row.id,
        hold_code,
        row.side,
        row.kind,
        row.how,
        row.text_version,
        row.told_on,
        row.chosen_on,
        row.noted_on,
        row.chosen_by,
        row.noted_by,
        row.heats,
        row.file_id,
        file_name,
        row.ended_on,
    )


def choices_in_force(session: Session, hold_ids: Collection[int]) -> list[tuple[ChoiceRow, str]]:
    """Return the choices about these holds that count, each with the name of its scanned paper."""
    row, scan = ChoiceRow, ChoiceFileRow
    query = sa.select(row, scan.name).outerjoin(scan, scan.id == row.file_id).order_by(row.id)
    found = session.execute(query.where(row.hold_id.in_(hold_ids), row.ended_on.is_(None)))
    return [(one, name or "") for one, name in found]


def end_choice(session: Session, hold_id: int, side: Side, on: date) -> None:
    """Let what a side chose about a hold count no more from the day *on*; it stays as history."""
    for row, _ in choices_in_force(session, (hold_id,)):
        if row.side is side:
            row.ended_on = on


def scanned_file(session: Session, name: str, kind: FileKind, sha256: str, content: bytes) -> int:
    """Return the number of the scanned paper with these bytes and this name; it is kept once."""
    row = ChoiceFileRow
    query = sa.select(row.id).where(row.sha256 == sha256, row.name == name, row.kind == kind)
    known = session.scalar(query)
    if known is not None:
        return known
    new = row(name=name, kind=kind, sha256=sha256, content=content)
    session.add(new)
    session.flush()
    return new.id


def content_of(session: Session, file_id: int) -> tuple[str, bytes] | None:
    """Return name and bytes of a scanned paper."""
    row = ChoiceFileRow
    found = session.execute(sa.select(row.name, row.content).where(row.id == file_id)).first()
    return (found[0], found[1]) if found else None
