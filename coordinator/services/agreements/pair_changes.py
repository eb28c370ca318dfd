"""What a coordinator writes down about a donor and a family who share milk: notes, things lent, pauses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.living import living
from coordinator.db.pair_pauses import PairPauseRow, open_pauses
from coordinator.db.pairs import LentRow, PairNoteRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.lending import Lending
from coordinator.domain.agreements.pair_pauses import PauseWhy
from coordinator.domain.plausible import MOST_COUNTED, is_day
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

Row = TypeVar("Row")


class _Two(NamedTuple):
    session: Session
    donor: DonorRow
    family: RecipientRow


@contextmanager
def _writing(
    database: Database, kind: str, label: Saying, codes: tuple[str, str], today: date
) -> Iterator[_Two]:
    """Give a session and the two with *codes*, who are both in use."""
    with database.writing(Action(kind, label), today) as session:
        donor, recipient = codes
        yield _Two(
            session,
            living(by_code(session, DonorRow, donor)),
            living(by_code(session, RecipientRow, recipient)),
        )


def add_note(database: Database, donor: str, recipient: str, text: str, today: date) -> None:
    """Write a note on two; it is for the coordinator's eyes.

    Raises:
        UserError: If nothing was typed.
        NotFoundError, RemovedError: If one of the two is not there.
    """
    if not text.strip():
        raise UserError(saying("Type what to note."))
    label = saying(
        "Noted something about {donor} and {family}", donor=donor.upper(), family=recipient.upper()
    )
    with _writing(database, "pair.note", label, (donor, recipient), today) as two:
        two.session.add(
            PairNoteRow(donor_id=two.donor.id, recipient_id=two.family.id, on_day=today, text=text.strip())
        )


def remove_note(database: Database, note_id: int, today: date) -> None:
    """Take a note away again; the history keeps that there was one.

    Raises:
        UserError: If it is gone already.
    """
    action = Action("pair.note_removed", saying("Removed a note on two families"))
    with database.writing(action, today) as session:
        session.delete(_found(session.get(PairNoteRow, note_id)))


def lend(database: Database, donor: str, recipient: str, what: Lending, today: date) -> int:
    """Note that something was lent, or that the family gave the donor empty bags; return its number.

    Raises:
        UserError: If the count or the day cannot be meant.
        NotFoundError, RemovedError: If one of the two is not there.
    """
    _check_count(what.count)
    if not is_day(what.on, today) or what.on > today:
        raise UserError(saying("{on} is no day on which it can have been lent.", on=what.on))
    label = saying(
        "Noted {things} lent for {donor} and {family}",
        things=what.thing.counted(what.count),
        donor=donor.upper(),
        family=recipient.upper(),
    )
    with _writing(database, "pair.lent", label, (donor, recipient), today) as two:
        row = LentRow(
            donor_id=two.donor.id,
            recipient_id=two.family.id,
            lent_by=what.lent_by,
            thing=what.thing,
            count=what.count,
            lent_on=what.on,
            note=what.note.strip(),
        )
        two.session.add(row)
        two.session.flush()
        return row.id


def give_back(database: Database, lent_id: int, on: date, today: date, *, count: int | None = None) -> None:
    """Note that what was lent came back, all of it or *count*; the rest is still out.

    Raises:
        UserError: If it came back before, fewer were lent, the day lies before that, or it is gone.
    """
    action = Action("pair.back", saying("Noted what was lent as back"))
    with database.writing(action, today) as session:
        row = _found(session.get(LentRow, lent_id))
        much = row.count if count is None else count
        _check_count(much)
        if row.back_on is not None:
            raise UserError(saying("That came back on {on}.", on=row.back_on))
        if much > row.count:
            raise UserError(saying("Only {things} are out.", things=row.thing.counted(row.count)))
        if on < row.lent_on or on > today:
            raise UserError(
                saying("It was lent on {on}: it came back that day or later, today at most.", on=row.lent_on)
            )
        if much == row.count:
            row.back_on = on
            return
        row.count -= much
        session.add(
            LentRow(
                donor_id=row.donor_id,
                recipient_id=row.recipient_id,
                lent_by=row.lent_by,
                thing=row.thing,
                count=much,
                lent_on=row.lent_on,
                note=row.note,
                back_on=on,
            )
        )


def pause_pair(database: Database, donor: str, recipient: str, reason: str, today: date) -> None:
    """Propose no milk of *donor* for *recipient* until the pair is resumed; what is held stays held.

    Raises:
        UserError: If they are paused already.
        NotFoundError, RemovedError: If one of the two is not there.
    """
    label = saying("Paused {donor} and {family}", donor=donor.upper(), family=recipient.upper())
    with _writing(database, "pair.paused", label, (donor, recipient), today) as two:
        if open_pauses(two.session, two.donor.id, two.family.id):
            raise UserError(
                saying(
                    "{donor} and {family} are paused already.", donor=two.donor.code, family=two.family.code
                )
            )
        row = PairPauseRow(
            donor_id=two.donor.id,
            recipient_id=two.family.id,
            paused_on=today,
            why=PauseWhy.BY_HAND,
            reason=reason.strip(),
        )
        two.session.add(row)


def resume_pair(database: Database, donor: str, recipient: str, why: str, today: date) -> None:
    """Let milk be proposed for two again; *why* says what has changed, such as what the clinician said.

    Raises:
        UserError: If they are not paused, or nobody says why.
        NotFoundError, RemovedError: If one of the two is not there.
    """
    if not why.strip():
        raise UserError(saying("Say why the pair goes on, such as what the clinician said."))
    label = saying("Let {donor} and {family} share milk again", donor=donor.upper(), family=recipient.upper())
    with _writing(database, "pair.resumed", label, (donor, recipient), today) as two:
        found = open_pauses(two.session, two.donor.id, two.family.id)
        if not found:
            raise UserError(
                saying("{donor} and {family} are not paused.", donor=two.donor.code, family=two.family.code)
            )
        for row in found:
            row.resumed_on, row.resumed_why = max(today, row.paused_on), why.strip()


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_COUNTED:
        raise UserError(saying("Type how many, one or more."))


def _found(row: Row | None) -> Row:
    if row is None:
        raise UserError(saying("That is gone already; somebody took it away."))
    return row
