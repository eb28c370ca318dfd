"""The work of a recall: begun, everybody rung, every ounce answered for, closed.

Where this differs from what was agreed for the window: the room is ``services.recall``, since it changes
promises and pickups; ``recalls`` and what reads take *today*, what writes may; a party says what it is by
``kind``; ``RecallWork.may_close`` is a yes or no, and ``against_closing(unit)`` the reasons;
``what_hold_back_does`` and ``hold_back`` return a ``HoldBack``: ``says(unit)`` is the line of the button,
``lines(unit)`` what it does one by one.

What is told back and the books, decided here: a family's milk has left its lot by the hand-over, so *fed*,
*set aside*, *never had* and *they do not know* are of the recall alone. What it *discarded* leaves what it is
thought to have at home in the same act, as far as it was not told there before, so that two recalls of one
milk, or telling it on the family's page as well, count it once. What a donor or a volunteer discarded, or the
donor's own baby drank, leaves the lot in the ledger in the same act. One act is one step of undo.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code, next_code
from coordinator.db.before_settling import TOLD_BACK
from coordinator.db.database import Database
from coordinator.db.recalls import RecallContactRow, RecallRow, RecallToldRow
from coordinator.db.writing import writing_of
from coordinator.domain.codes import CodeLetter
from coordinator.domain.plausible import is_day
from coordinator.domain.records.history import Action
from coordinator.domain.records.recall import PumpedDays
from coordinator.domain.records.recall_work import ContactOutcome, Party, RecallWork, ToldBack
from coordinator.domain.volume import Volume, as_part, format_volume
from coordinator.errors import UserError
from coordinator.sayings import joined, saying
from coordinator.services.recall.books import follow_in_books
from coordinator.services.recall.holding import hold_back, what_hold_back_does
from coordinator.services.recall.parties import code_now, work_in
from coordinator.services.records.recalling import recall_in
from coordinator.services.settings.values import load_settings

__all__ = [
    "close_recall",
    "hold_back",
    "note_contact",
    "note_told",
    "open_recall",
    "recall_work",
    "recalls",
    "reopen_recall",
    "what_hold_back_does",
]


class StillOpenError(UserError):
    """Milk of the recall is not answered for yet."""


def open_recall(
    database: Database, code: str, days: PumpedDays, because: str, now: datetime, today: date | None = None
) -> RecallWork:
    """Begin a recall of what *code* is about, of milk that may have been pumped on *days*.

    Args:
        database: The open network.
        code: Of a donor, a lot or a family, as :func:`recalling.recall` takes it.
        days: The days of pumping; what has none may be of any.
        because: Her own words, or none; seen by her alone.
        now: When it begins, aware.
        today: The day it is, if not the database's own.

    Raises:
        UserError: If *code* is none of these, the days end before they begin, or no lot has such milk.
        NotFoundError: If there is no such donor, lot or family.
    """
    about = code.strip().upper()
    with database.writing(Action("recall.opened", saying("Began a recall")), today) as session:
        found = recall_in(session, about, writing_of(session).today, days)
        if not found.lots:
            raise UserError(
                saying("No lot of {code} has milk of these days; there is nothing to recall.", code=about)
            )
        row = RecallRow(
            code=next_code(session, CodeLetter.RECALL),
            about=about,
            began_at=now,
            because=because.strip(),
            first_day=days.first,
            last_day=days.last,
        )
        session.add(row)
        session.flush()
        writing_of(session).action = Action(
            "recall.opened", saying("Began {recall} about milk of {code}", recall=row.code, code=about)
        )
        return work_in(session, row, writing_of(session).today)


def recalls(database: Database, today: date) -> list[RecallWork]:
    """Return every recall, those that are open or open again first, of these the latest first."""
    with database.reading() as session:
        rows = session.scalars(sa.select(RecallRow).order_by(RecallRow.id.desc()))
        found = [work_in(session, row, today) for row in rows]
    return sorted(found, key=lambda work: work.is_closed and not work.is_open_again)


def recall_work(database: Database, code: str, today: date) -> RecallWork:
    """Return one recall with everybody to ring.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        return work_in(session, by_code(session, RecallRow, code), today)


def note_contact(
    database: Database,
    recall: str,
    who: str,
    outcome: ContactOutcome,
    at: datetime,
    note: str = "",
    *,
    today: date | None = None,
) -> None:
    """Write down that somebody was rung or written to at *at*, and what came of it. Undo takes it back.

    Raises:
        UserError: If the recall is closed, none of its milk is with *who*, or *at* is before it began.
        NotFoundError: If there is no such recall.
    """
    label = saying("Noted for {recall} that {who} was rung", recall=recall.upper(), who=who.upper())
    with database.writing(Action("recall.contact", label), today) as session:
        row, party = _open_party(session, recall, who)
        if at < row.began_at:
            raise UserError(saying("That is before {recall} began; look at the time again.", recall=row.code))
        session.add(
            RecallContactRow(recall_id=row.id, who=party.who, at=at, outcome=outcome, note=note.strip())
        )


def note_told(  # noqa: PLR0913 - what was told, each named at the call
    database: Database,
    recall: str,
    who: str,
    became: ToldBack,
    volume: Volume | None,
    on: date,
    note: str = "",
    *,
    today: date | None = None,
) -> None:
    """Write down what *who* tells became of *volume* of the milk, by the day *on*; ``None`` is all of it.

    The books follow as the module says. Undo takes it all back.

    Raises:
        UserError: If the recall is closed, none of its milk is with *who*, more is told than is open there,
            they do not know and nothing is noted, or the day cannot be meant.
        NotFoundError: If there is no such recall.
    """
    label = saying(
        "Noted for {recall} what {who} told: {became}",
        recall=recall.upper(),
        who=who.upper(),
        became=became.words,
    )
    with database.writing(Action(TOLD_BACK, label), today) as session:
        row, party = _open_party(session, recall, who)
        if became is ToldBack.UNKNOWN and not note.strip():
            raise UserError(
                saying("Type a note about what {who} does know: it closes these ounces.", who=party.who)
            )
        if not is_day(on, writing_of(session).today) or on > writing_of(session).today:
            raise UserError(saying("{on} is no day on which it can have been.", on=on))
        told = RecallToldRow(
            recall_id=row.id,
            who=party.who,
            became=became,
            volume=_volume(session, party, became, volume),
            on_day=on,
            note=note.strip(),
        )
        follow_in_books(session, row, party, told)
        session.add(told)


def close_recall(database: Database, code: str, now: datetime, today: date | None = None) -> None:
    """Close a recall of which every ounce is answered for.

    Raises:
        StillOpenError: If an ounce is not, with every reason.
        UserError: If it is closed already.
        NotFoundError: If there is no such recall.
    """
    action = Action("recall.closed", saying("Closed {recall}", recall=code.upper()))
    with database.writing(action, today) as session:
        row = by_code(session, RecallRow, code)
        if row.closed_at is not None:
            raise UserError(saying("{recall} is closed already.", recall=row.code))
        work = work_in(session, row, writing_of(session).today)
        reasons = work.against_closing(load_settings(session).volume_unit)
        if reasons:
            raise StillOpenError(
                saying("{recall} stays open. {reasons}", recall=row.code, reasons=joined(" ", list(reasons)))
            )
        row.closed_at = max(now, row.began_at)


def reopen_recall(database: Database, code: str) -> None:
    """Let a closed recall be open again: there is more to ask, or milk came to light.

    Raises:
        UserError: If it is open.
        NotFoundError: If there is no such recall.
    """
    action = Action("recall.reopened", saying("Opened {recall} again", recall=code.upper()))
    with database.writing(action) as session:
        row = by_code(session, RecallRow, code)
        if row.closed_at is None:
            raise UserError(saying("{recall} is open.", recall=row.code))
        row.closed_at = None


def _open_party(session: Session, recall: str, who: str) -> tuple[RecallRow, Party]:
    """Return a recall that is open, and the one of it with this code, or with the code it has now."""
    row = by_code(session, RecallRow, recall)
    if row.closed_at is not None:
        raise UserError(saying("{recall} is closed; open it again first.", recall=row.code))
    party = work_in(session, row, writing_of(session).today).party(code_now(session, who))
    if party is None:
        raise UserError(
            saying("None of the milk of {recall} is with {who}.", recall=row.code, who=who.upper())
        )
    return row, party


def _volume(session: Session, party: Party, became: ToldBack, typed: Volume | None) -> Volume:
    """Return how much is told; all that is open where it is shown as so much."""
    unit, most = load_settings(session).volume_unit, party.most(became)
    volume = party.open if typed is None else as_part(typed, party.open, unit)
    if volume > most:
        volume = as_part(volume, most, unit)
    if volume <= Volume():
        raise UserError(
            saying("Type how much milk it is.")
            if typed is not None
            else saying("Every ounce of {who} is answered for.", who=party.who)
        )
    if volume > most:
        raise UserError(
            saying(
                "Only {amount} of {who} are not answered for yet.",
                amount=format_volume(most, unit).replace("\u00a0", " "),
                who=party.who,
            )
        )
    return volume
