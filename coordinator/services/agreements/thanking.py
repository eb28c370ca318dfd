"""The card of thanks from a family to its donor, as a text and as a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from coordinator.adapters.computer.private_files import write_privately
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import households_by_id
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.messages import called
from coordinator.domain.agreements.thank_you import Card, Named, NoCardError, as_text, thank_you_card
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.pairs import pair
from coordinator.services.settings.values import load_settings


def card(
    database: Database, donor: str, recipient: str, today: date, named: Named, *, gentle: bool = False
) -> Card:
    """Return the card; *gentle* are the quiet words, which are for those who mourn.

    Raises:
        NoCardError: If nothing came yet, or one of the two mourns and the words are not the gentle ones.
        NotFoundError: If one of the two does not exist.
    """
    both = pair(database, donor, recipient, today)
    with database.reading() as session:
        giver = by_code(session, DonorRow, donor).household_id
        taker = by_code(session, RecipientRow, recipient).household_id
        homes, settings = households_by_id(session, {giver, taker}), load_settings(session)
    names = (both.donor.code, both.recipient.code)
    if named is Named.FIRST_NAMES:
        names = (called(homes[giver]), called(homes[taker]))
    return thank_you_card(
        both, names, network=settings.network_name, unit=settings.volume_unit, gentle=gentle
    )


def cards_of(database: Database, pairs: Iterable[tuple[str, str]], today: date) -> tuple[Card, ...]:
    """Return a card for each donor and family, by code, where one may be made: none to or from who mourns."""
    made = []
    for donor, recipient in pairs:
        with suppress(NoCardError):
            made.append(card(database, donor, recipient, today, Named.FIRST_NAMES))
    return tuple(made)


def card_text(
    database: Database, donor: str, recipient: str, today: date, named: Named, *, gentle: bool = False
) -> str:
    """Return the card to paste; raises as :func:`card` does."""
    return as_text(card(database, donor, recipient, today, named, gentle=gentle))


def save_card(
    database: Database,
    donor: str,
    recipient: str,
    path: Path,
    today: date,
    named: Named,
    *,
    gentle: bool = False,
) -> None:
    """Write the card to *path* as a PDF of one page; raises as :func:`card` does.

    Raises:
        UserError: If the file cannot be written there.
    """
    from coordinator.adapters.pdf.thank_you import render_card  # noqa: PLC0415 - reportlab costs 0.2 s

    found = card(database, donor, recipient, today, named, gentle=gentle)
    with database.reading() as session:
        paper = load_settings(session).paper
    try:
        write_privately(path, render_card(found, paper))
    except OSError as error:
        raise UserError(saying("The card cannot be written there. Choose another folder or name.")) from error
