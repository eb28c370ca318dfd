"""Noting that a side was asked about a hold, and that a family was asked after the milk it got."""

from __future__ import annotations

from datetime import date

from coordinator.db.agreements import HoldContactRow, HoldRow
from coordinator.db.base import by_code
from coordinator.db.contacts import deliveries_to_ask_after
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.in_touch import note_in_touch, note_side_in_touch
from coordinator.db.living import check_living_hold, living
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying


def record_asked(
    database: Database, hold: str, side: Side, on: date, kind: ContactKind = ContactKind.PHONE
) -> str:
    """Note that one side was asked about a hold on the day *on*, once or once more; return the family's code.

    Raises:
        HoldClosedError: If the hold is agreed, released or handed over.
        RemovedError: If lot, donor or family was removed.
        UserError: If the day lies before the hold was made.
    """
    if not kind.is_asking:
        raise ValueError(kind)
    with database.writing(Action("hold.asked", _asked(side, hold.upper()))) as session:
        row = by_code(session, HoldRow, hold)
        if row.state is not HoldState.OPEN:
            raise HoldClosedError(
                saying("{hold} is {state}; there is nothing to ask.", hold=row.code, state=row.state.words)
            )
        check_living_hold(session, row)
        if on < row.made_on:
            raise UserError(
                saying("{hold} was made on {on}; nobody was asked before.", hold=row.code, on=row.made_on)
            )
        session.add(HoldContactRow(hold_id=row.id, side=side, kind=kind, on_day=on))
        note_side_in_touch(session, row, side, on)
        return session.get_one(RecipientRow, row.recipient_id).code


def record_asked_after(database: Database, recipient: str, on: date, words: str = "") -> int:
    """Note that a family was asked how it went with all milk it got up to *on*; return of how many holds.

    Raises:
        UserError: If nothing came that nobody has asked after.
        RemovedError: If the family was removed.
    """
    label = saying("Asked {family} after its milk", family=recipient.upper())
    with database.writing(Action("delivery.asked_after", label), on) as session:
        family = living(by_code(session, RecipientRow, recipient))
        found = [row for row in deliveries_to_ask_after(session, family.id) if row.on_day <= on]
        if not found:
            raise UserError(saying("{family} got no milk that nobody has asked after.", family=family.code))
        for row in found:
            row.asked_after_on, row.asked_after = on, words.strip()
        note_in_touch(session.get_one(HouseholdRow, family.household_id), on)  # by phone or in writing
        return len(found)


def _asked(side: Side, hold: str) -> Saying:
    if side is Side.DONOR:
        return saying("Asked the donor about {hold}", hold=hold)
    return saying("Asked the family about {hold}", hold=hold)
