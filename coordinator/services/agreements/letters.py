"""The letter to one side of a hold before its yes, as a text and as a PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.policies.statements import load_statements
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.holds import held_milk
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.informed_choice import ChoiceLetter, as_text, choice_letter
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.reaching import is_bereaved
from coordinator.services.families.recipients import recipient
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.still_asked import still_asked
from coordinator.services.suitability.told_before import known_of


def letter(database: Database, hold: str, to: Side, today: date) -> ChoiceLetter:
    """Return the letter to one side of *hold*: what the other told, and what the authorities say.

    Raises:
        HoldClosedError: If the hold was released.
    """
    with database.reading() as session:
        row = by_code(session, HoldRow, hold)
        if row.state is HoldState.RELEASED:
            raise HoldClosedError(saying("{hold} was released; there is nothing to choose.", hold=row.code))
        held = held_milk(session, HoldRow.id == row.id)[0]
        known = known_of(session, (held,))[held.id]
        known = replace(
            known,
            still_asked=still_asked(session, [row.code], today)[row.code],
            is_gentle=is_bereaved(session, known.donor),
        )
    need = recipient(database, held.hold.recipient_code, today).runway.need
    return choice_letter(replace(known, need=need.expected if need else None), load_statements(), to, today)


def letter_text(database: Database, hold: str, to: Side, today: date) -> str:
    """Return the letter to paste or to read aloud; raises as ``letter`` does."""
    return as_text(letter(database, hold, to, today))


def save_letter(database: Database, hold: str, to: Side, path: Path, today: date) -> None:
    """Write the letter to *path*: a PDF where it ends so, else its text.

    Raises:
        HoldClosedError: If the hold was released.
        UserError: If the file cannot be written there.
    """
    from coordinator.adapters.pdf.choice_letter import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_choice_letter,
    )

    found = letter(database, hold, to, today)
    with database.reading() as session:
        paper = load_settings(session).paper
    is_pdf = path.suffix.casefold() == ".pdf"
    content = render_choice_letter(found, paper, today) if is_pdf else as_text(found).encode()
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying("The letter cannot be written there. Choose another folder or name.")
        ) from error
