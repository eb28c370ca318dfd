"""Letting a hold travel with a pickup, in the caller's transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.living import check_living_hold
from coordinator.db.pickups import LoadRow, PickupRow
from coordinator.domain.agreements.checks import check_not_own
from coordinator.domain.agreements.holds import still_counts
from coordinator.domain.agreements.pair_pauses import PairPausedError
from coordinator.domain.pickups.plans import PickupKind
from coordinator.errors import NotFoundError, UserError
from coordinator.sayings import saying


def load_in(session: Session, row: PickupRow, hold_code: str, today: date, *, happened: bool = False) -> None:
    """Let a hold travel with this pickup; with *happened* it has travelled, paused or not.

    Raises:
        PairPausedError: If its donor and its family are paused.
        UserError: If it cannot travel: it travels already, is over, or one of its families was removed.
    """
    found = held_milk(session, HoldRow.code == hold_code.upper())
    if not found:
        raise NotFoundError(hold_code)
    hold = found[0].hold
    if hold.pickup_code:
        raise UserError(
            saying("{hold} already travels with {pickup}.", hold=hold.code, pickup=hold.pickup_code)
        )
    if not still_counts(hold.state, hold.expires_on, today):
        state = saying("expired") if hold.is_expired(today) else hold.state.words
        raise UserError(saying("{hold} is {state}; hold the milk again first.", hold=hold.code, state=state))
    check_living_hold(session, session.get_one(HoldRow, found[0].id))
    is_own = found[0].donor_household_id == found[0].recipient_household_id
    check_not_own(hold.donor_code, hold.recipient_code, is_own=is_own)
    if hold.pause is not None and not happened:
        raise PairPausedError(hold.donor_code, hold.recipient_code, hold.pause)
    session.add(LoadRow(pickup_id=row.id, hold_id=found[0].id))
    session.flush()


def refuse_unfit(row: PickupRow, held: list[HeldMilk]) -> None:
    """Let only a run serve several families: the others would show one family's place to another."""
    pairs = {(one.donor_household_id, one.recipient_household_id) for one in held}
    if row.kind is not PickupKind.RUN and len(pairs) > 1:
        raise UserError(
            saying("Only a volunteer run serves several families; plan one pickup for each family.")
        )
    if row.kind is PickupKind.MEET and not row.meeting_place:
        raise UserError(saying("Name the place where they meet."))
