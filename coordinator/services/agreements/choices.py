"""Recording what each side chose, with what it had been told; and telling what is another since."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.computer.scanned_papers import read_scan
from coordinator.adapters.policies.statements import load_statements
from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.audit import noted_before
from coordinator.db.choices import (
    ChoiceRow,
    content_of,
    end_choice,
    scanned_file,
)
from coordinator.db.database import Database
from coordinator.db.facts import FactRow
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.in_touch import note_side_in_touch
from coordinator.domain.agreements.choices import ChoiceHow, ChoiceKind, Informed, Said, Scan
from coordinator.domain.agreements.disclosed import Disclosed, as_stored, disclosed
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.informed_choice import ChoiceLetter, Told
from coordinator.domain.families.households import first_name
from coordinator.domain.records.history import Action
from coordinator.errors import NotFoundError, UserError
from coordinator.sayings import Saying, saying
from coordinator.services.agreements.holds import living_hold, note_yes_in, pickup_of, release_in
from coordinator.services.agreements.letters import letter
from coordinator.services.pickups.planning import take_off_in
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.told_before import informed_in, known_of


@dataclass(frozen=True, slots=True)
class ToTell:
    """What one side is to be told before it chooses, and where its choice stands.

    ``told`` is what the letter discloses, to be kept with a choice that is made by it.
    """

    hold_code: str
    letter: ChoiceLetter
    informed: Informed
    state: HoldState
    told: tuple[Disclosed, ...] = ()


def to_tell(database: Database, hold: str, side: Side, today: date) -> ToTell:
    """Return what *side* of *hold* is to be told, and where its choice stands.

    Raises:
        HoldClosedError: If the hold was released.
    """
    with database.reading() as session:
        known = known_of(session, held_milk(session, HoldRow.code == hold.upper()))
        told = tuple(chain.from_iterable(disclosed(one, side) for one in known.values()))
    text = letter(database, hold, side, today)  # after it: what comes in between is told once more
    with database.reading() as session:
        held = held_milk(session, HoldRow.code == hold.upper())
        (one,) = (one for one in informed_in(session, held)[held[0].id] if one.side is side)
    return ToTell(held[0].hold.code, text, one, held[0].hold.state, told)


def record_choice(database: Database, hold: str, said: Said, today: date) -> int:
    """Record what one side of *hold* chose, with all it was told by then; return the choice's number.

    That is what stood in the text it was told by, else what is known today. Told on a day before, it is what
    was known then: an answer of that very day only where it was there before the milk was held.

    A yes is noted on the hold as well, unless it stands there already: then the choice is recorded after the
    fact, or asked anew, and the day of the yes stays. A no gives the milk back, from its pickup too.

    Raises:
        HoldClosedError: If the hold was released or handed over, or has expired and its milk is gone.
        ClinicianNotAskedError: If the family's yes needs a clinician's agreement that nobody noted.
        NotMatchedError: If the baby is referred by now, or donor and family have become one.
        UserError: If a day lies ahead or before the hold, the side was told after it chose, or it withdraws
            a yes that it has not given.
    """
    _check_days(said, today)
    code = hold.upper()
    with database.writing(Action("choice.recorded", _recorded(said, code)), today) as session:
        row = living_hold(session, hold)
        held = held_milk(session, HoldRow.id == row.id)[0]
        _check_choice(session, row, said)
        if said.kind is ChoiceKind.YES:
            _note_yes(session, row, said)
        end_choice(session, row.id, said.side, today)
        made = _add(session, held, said, today)
        if said.kind is not ChoiceKind.YES:
            _free(session, row)
        return made.id


def withdraw(database: Database, hold: str, side: Side, today: date, how: ChoiceHow | None = None) -> None:
    """Take one side's yes back for good: its choice ends and the milk is free at once, off its pickup too.

    Raises:
        HoldClosedError: If the hold was released or handed over.
    """
    said = Said(side, ChoiceKind.WITHDREW, today, how or ChoiceHow.SPOKEN)
    record_choice(database, hold, said, today)


def scan_of(path: Path) -> Scan:
    """Return the scanned paper at *path*; raises as ``read_scan`` does."""
    return read_scan(path)


def scanned_paper(database: Database, choice: int) -> tuple[str, bytes]:
    """Return name and bytes of the paper that was scanned for a choice.

    Raises:
        NotFoundError: If there is no such choice, or nothing was attached.
    """
    with database.reading() as session:
        row = session.get(ChoiceRow, choice)
        found = content_of(session, row.file_id) if row is not None and row.file_id is not None else None
    if found is None:
        raise NotFoundError(str(choice))
    return found


def save_paper(database: Database, choice: int, path: Path) -> None:
    """Write the paper that was scanned for a choice to *path*, readable by this user only.

    Raises:
        NotFoundError: If there is no such choice, or nothing was attached.
        UserError: If the file cannot be written there.
    """
    _, content = scanned_paper(database, choice)
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying("The paper cannot be written there. Choose another folder or name.")
        ) from error


def _note_yes(session: Session, row: HoldRow, said: Said) -> None:
    if _yes_on(session, row, said.side) is None:
        note_yes_in(session, row, said.side, said.on)
    else:
        note_side_in_touch(session, row, said.side, said.on)


def _yes_on(session: Session, row: HoldRow, side: Side) -> date | None:
    agreement = session.scalar(sa.select(AgreementRow).where(AgreementRow.hold_id == row.id))
    if agreement is None:
        return None
    return agreement.donor_yes_on if side is Side.DONOR else agreement.family_yes_on


def _check_choice(session: Session, row: HoldRow, said: Said) -> None:
    """Raise if that cannot have been chosen: of milk that was not held yet, or a yes that nobody gave."""
    if said.kind is ChoiceKind.YES and (said.told_on or said.on) < row.made_on:
        raise UserError(
            saying("{hold} was made on {on}; nobody was told of it before.", hold=row.code, on=row.made_on)
        )
    if said.kind is ChoiceKind.WITHDREW and _yes_on(session, row, said.side) is None:
        raise UserError(saying("There is no yes to take back from {hold}; record a no.", hold=row.code))


def _add(session: Session, held: HeldMilk, said: Said, today: date) -> ChoiceRow:
    known, settings = known_of(session, (held,))[held.id], load_settings(session)
    home = known.donor if said.side is Side.DONOR else known.family
    told_on = said.told_on or said.on
    scan = said.scan
    file_id = None
    if scan is not None:
        sha256 = hashlib.sha256(scan.content).hexdigest()
        file_id = scanned_file(session, scan.name, scan.kind, sha256, scan.content)
    row = ChoiceRow(
        hold_id=held.id,
        side=said.side,
        kind=said.kind,
        how=said.how,
        text_version=load_statements().version,
        told=as_stored(_told(session, held, known, said, today)),
        told_on=told_on,
        chosen_on=said.on,
        noted_on=today,
        chosen_by=said.by.strip() or first_name(home.name),
        noted_by=settings.coordinator_name,
        heats=said.heats if said.side is Side.FAMILY else None,
        file_id=file_id,
        ended_on=None if said.kind is ChoiceKind.YES else today,
    )
    session.add(row)
    session.flush()
    return row


def _told(session: Session, held: HeldMilk, known: Told, said: Said, today: date) -> Sequence[Disclosed]:
    """Return what the side was told by the day it was told."""
    told_on = said.told_on or said.on
    if told_on >= today:
        return disclosed(known, said.side) if said.told is None else said.told
    facts = [fact.id for fact in known.facts]
    noted = noted_before(session, FactRow.__tablename__, facts, HoldRow.__tablename__, held.id)
    return disclosed(known, said.side, told_on, noted=noted)


def _free(session: Session, row: HoldRow) -> None:
    """Give the milk back, from its pickup as well."""
    pickup = pickup_of(session, row)
    if pickup is not None:
        take_off_in(session, pickup, row)
        session.flush()
    release_in(session, row.code)


def _check_days(said: Said, today: date) -> None:
    if said.on > today:
        raise UserError(saying("{on} lies ahead. Type the day it was said, today or earlier.", on=said.on))
    if said.told_on is not None and said.told_on > said.on:
        raise UserError(
            saying(
                "Told on {told} and chose on {on}: who chooses is told first. Look at the days again.",
                told=said.told_on,
                on=said.on,
            )
        )


def _recorded(said: Said, hold: str) -> Saying:
    is_donor = said.side is Side.DONOR
    if said.kind is ChoiceKind.YES:
        return (
            saying("Recorded the donor's choice about {hold}: yes", hold=hold)
            if is_donor
            else saying("Recorded the family's choice about {hold}: yes", hold=hold)
        )
    if said.kind is ChoiceKind.NO:
        return (
            saying("Recorded the donor's choice about {hold}: no", hold=hold)
            if is_donor
            else saying("Recorded the family's choice about {hold}: no", hold=hold)
        )
    return (
        saying("The donor withdrew from {hold}; its milk is free", hold=hold)
        if is_donor
        else saying("The family withdrew from {hold}; its milk is free", hold=hold)
    )
