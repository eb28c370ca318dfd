"""A hand-over that nobody had planned: a donor gave a family milk, and the paper or a call tells it later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.db.audit import begin_next
from coordinator.db.base import by_code, next_code
from coordinator.db.before_settling import SETTLED_AT_ONCE
from coordinator.db.database import Database
from coordinator.db.living import living
from coordinator.db.pickups import PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import Side
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.plans import Condition, Outcome, PickupKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.holds import Wanted, hold_in, note_yes_in
from coordinator.services.pickups import stops
from coordinator.services.pickups.loading import load_in
from coordinator.services.pickups.settling import settle_in


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went from a lot to a family on a day, as it is told afterwards."""

    lot: str
    recipient: str
    volume: Volume
    on: date
    bags: int | None = None
    condition: Condition | None = None
    received_by: str = ""
    note: str = ""


def add_handed_over(database: Database, told: HandedOver, today: date) -> tuple[str, tuple[str, ...]]:
    """Write down a hand-over that no pickup was planned for; one step of undo.

    Both handed over and took it, so both yeses are noted for that day. It is held, agreed, carried and
    settled by the same rules as any other; what is no fit is refused, and nothing is saved then. The
    history keeps the settling as a line of its own, as of every pickup; undo and redo take both together.

    Returns the code of its pickup, and the names of families whose stock stays, as ``settle`` does.

    Raises:
        UserError: If the day is still to come.
        NotMatchedError, NotEnoughMilkError, ClinicianNotAskedError: As when milk is held and agreed on.
        OutcomeError, UnbalancedError: As when a pickup is settled.
        NotFoundError: If there is no such lot or family.
    """
    if told.on > today:
        raise UserError(saying("{on} is still to come; plan a pickup for it.", on=told.on))
    lot, to = told.lot.upper(), told.recipient.upper()
    action = Action("pickup.unplanned", saying("Added a hand-over of {lot} to {family}", lot=lot, family=to))
    with database.writing(action, today) as session:
        family = living(by_code(session, RecipientRow, told.recipient))
        hold = hold_in(session, family, Wanted(told.lot, told.volume, told.bags), told.on)
        for side in (Side.DONOR, Side.FAMILY):
            note_yes_in(session, hold, side, told.on)
        row = PickupRow(
            code=next_code(session, CodeLetter.PICKUP), kind=PickupKind.FAMILY_COLLECTS, on_day=told.on
        )
        session.add(row)
        session.flush()
        load_in(session, row, hold.code, told.on)
        stops.sync_stops(session, row, reorder=True)
        label = saying(
            "Added a hand-over of {lot} to {family} ({pickup})", pickup=row.code, lot=lot, family=to
        )
        writing_of(session).action = Action("pickup.unplanned", label)
        begin_next(session, Action(SETTLED_AT_ONCE, saying("Settled {pickup}", pickup=row.code)))
        outcome = Outcome(
            hold.code,
            bags=told.bags,
            condition=told.condition,
            received_by=told.received_by,
            note=told.note,
        )
        return row.code, settle_in(session, row, [outcome], today)
