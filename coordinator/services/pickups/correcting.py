"""Correcting what was written down of a settled pickup: the amounts, and everything that followed from them.

The pickup stays settled and its holds handed over. Each correction is an action of its own in the history,
which tells what was written down before and what is now; nothing of before is lost, and undo goes back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db import milk
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.before_settling import SETTLED_AGAIN
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow, deliveries_by_pickup
from coordinator.db.recipients import RecipientRow
from coordinator.db.with_drivers import taken_out_of
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.pickups.plans import Correction, Delivered, PickupKind, PickupState
from coordinator.domain.pickups.settling import OutcomeError, corrected, left_with
from coordinator.domain.pickups.sheet_told import NOTHING_MORE, SheetTold
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.pickups.aftermath import correct_stock, note_contact, take_contact_back
from coordinator.services.pickups.reading import to_delivered
from coordinator.services.pickups.settling import Bags, check_bags, keep_odometer
from coordinator.services.pickups.sheet_told import keep_told
from coordinator.services.settings.values import load_settings


class GivenOnError(UserError):
    """More would have gone than is still there: milk that had stayed behind was given on since."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One hold whose outcome is not as it was written down."""

    held: HeldMilk
    row: DeliveryRow
    was: Delivered
    now: Delivered

    @property
    def more(self) -> Volume:
        """How much more left the lot than was written down; less is below zero."""
        return self.now.delivered + self.now.lost - self.was.delivered - self.was.lost


def settle_again(
    database: Database,
    code: str,
    corrections: Sequence[Correction],
    today: date,
    *,
    odometer: Odometer | None = None,
    sheet: SheetTold = NOTHING_MORE,
    sure: bool = False,
) -> tuple[str, ...]:
    """Correct what is written down of a settled pickup; a hold that nobody speaks of stays as it is.

    Returns the names of the families whose milk was counted since, so that their stock stays though another
    amount came.

    Lots, the families' stock and when they were in touch follow, as if it had been settled so at once; a
    stock that was counted since stays. What was let go waits again where another amount stayed behind.

    Raises:
        OutcomeError: If what was typed does not add up; nothing is saved.
        GivenOnError: If milk that had stayed behind was given on since, and names what took it.
        OdometerError, OdometerDoubtError, TimesDoubtError: As in ``settle``.
        UserError: If the pickup is not settled, nothing would change, or the milk's lot was removed.
    """
    action = Action(SETTLED_AGAIN, saying("Corrected {pickup}", pickup=code.upper()))
    with database.writing(action, today) as session:
        row = by_code(session, PickupRow, code)
        _refuse_unsettled(row)
        using = load_settings(session)
        changes = list(_changes(session, row, corrections, using.volume_unit))
        if odometer is not None:
            keep_odometer(session, row, odometer, today, sure=sure)
        _check_lots(session, row, changes, today, using.volume_unit)
        check_bags(session, [Bags(one.held, one.was.bags, one.now) for one in changes], today)
        stays = _write(session, row, changes)
        session.flush()
        is_told = keep_told(session, row, sheet, today)
        if odometer is None and not changes and not is_told:
            raise UserError(saying("That is what is written down of {pickup} already.", pickup=row.code))
        writing_of(session).action = Action(SETTLED_AGAIN, _label(row, changes, is_told=is_told))
    return stays


def _refuse_unsettled(row: PickupRow) -> None:
    if row.state is PickupState.PLANNED:
        raise UserError(saying("{pickup} is not settled yet; settle it first.", pickup=row.code))
    if row.state is not PickupState.SETTLED:
        raise UserError(
            saying("{pickup} is {state}; nothing came with it.", pickup=row.code, state=row.state.words)
        )


def _changes(
    session: Session, row: PickupRow, corrections: Sequence[Correction], unit: VolumeUnit
) -> Iterator[_Change]:
    held = {one.hold.code: one for one in held_milk(session, LoadRow.pickup_id == row.id)}
    rows = {one.hold_id: one for one in deliveries_by_pickup(session, [row.id])[row.id]}
    for typed in corrections:
        one = held.get(typed.hold_code)
        if one is None:
            raise OutcomeError(typed.hold_code, saying("this hold does not travel with this pickup."))
        was = to_delivered(one.hold.code, rows[one.id])
        now = corrected(one.hold, was, typed, unit)
        now = left_with(now, typed.where, is_run=row.kind is PickupKind.RUN, was=was)
        if now != was:
            yield _Change(one, rows[one.id], was, now)


def _check_lots(
    session: Session, row: PickupRow, changes: Sequence[_Change], today: date, unit: VolumeUnit
) -> None:
    """Raise if milk that had stayed is not there any more, or would come back to a lot that was removed."""
    for lot_id in dict.fromkeys(one.held.lot_id for one in changes):
        more = sum(one.more.microlitres for one in changes if one.held.lot_id == lot_id)
        lot_row = session.get_one(LotRow, lot_id)
        if more < 0 and lot_row.archived_on is not None:
            raise UserError(
                saying(
                    "{lot} was removed since, and milk would come back to it; undo that first, then correct "
                    "{pickup}.",
                    lot=lot_row.code,
                    pickup=row.code,
                )
            )
        donor = session.get_one(DonorRow, lot_row.donor_id).code
        lot = milk.to_lot(lot_row, donor, milk.balance_of(session, today, lot_id))
        carried = [_carried(session, one, today) for one in changes if one.held.lot_id == lot_id]
        more_carried, lacking = (sum(one[place] for one in carried) for place in (0, 1))
        if lacking > 0 or more + more_carried > lot.free.microlitres:
            took = _who_took(session, row, lot_id, today)
            free = Volume() if lacking > 0 else lot.free - Volume(min(more_carried, 0))
            raise GivenOnError(_gone(lot_row.code, Volume(max(more, lacking)), free, took, unit))


def _carried(session: Session, change: _Change, today: date) -> tuple[int, int]:
    """Return how many microlitres more are with the volunteer once it is corrected; less is below zero.

    And how many would be missing of what was held or told of out of it since.
    """
    took = taken_out_of(session, today, session.get_one(HoldRow, change.held.id)).microlitres
    was, now = change.was.with_driver.microlitres, change.now.with_driver.microlitres
    return max(now - took, 0) - max(was - took, 0), max(took - now, 0) - max(took - was, 0)


def _who_took(session: Session, row: PickupRow, lot_id: int, today: date) -> tuple[str, ...]:
    """Return the holds that took milk of a lot since, by code; all others of it if none came later."""
    others = [
        one.hold
        for one in held_milk(session, HoldRow.lot_id == lot_id)
        if one.hold.pickup_code != row.code
        and (one.hold.state is HoldState.DONE or still_counts(one.hold.state, one.hold.expires_on, today))
    ]
    later = [hold for hold in others if hold.made_on >= row.on_day]
    return tuple(hold.code for hold in later or others)


def _gone(lot: str, more: Volume, free: Volume, took: tuple[str, ...], unit: VolumeUnit) -> Saying:
    wanted, left = _plain(more, unit), _plain(max(free, Volume()), unit)
    if took:
        return saying(
            "{more} more of {lot} would have gone, but only {free} of what stayed is still free: {holds} "
            "took the rest since. Release or correct that first; nothing was saved.",
            more=wanted,
            lot=lot,
            free=left,
            holds=took,
        )
    return saying(
        "{more} more of {lot} would have gone, but only {free} of it is left; correct the amount of {lot} "
        "first. Nothing was saved.",
        more=wanted,
        lot=lot,
        free=left,
    )


def _write(session: Session, row: PickupRow, changes: Sequence[_Change]) -> tuple[str, ...]:
    """Write the changes down; return the names of the families whose stock stays all the same."""
    for one in sorted(changes, key=lambda change: change.more):
        _write_down(one)
        session.flush()  # what comes back first, or a lot would seem to give more than it has
    followed = {
        one.held.hold.recipient_name: _correct_stock(
            session, row, one.held.recipient_id, changes, one.row.on_day
        )
        for one in {(one.held.recipient_id, one.row.on_day): one for one in changes}.values()
    }
    for one in changes:
        for household_id in (one.held.donor_household_id, one.held.recipient_household_id):
            home = session.get_one(HouseholdRow, household_id)
            if one.now.nobody_home and not one.was.nobody_home:
                take_contact_back(session, home, one.row.on_day)
            elif one.was.nobody_home and not one.now.nobody_home:
                note_contact(home, one.row.on_day)
    return tuple(name for name, did in followed.items() if not did)


def _correct_stock(
    session: Session, row: PickupRow, recipient_id: int, changes: Sequence[_Change], on: date
) -> bool:
    """Let the family have what this pickup really brought: of all its holds, those that stay too.

    Return whether its stock followed; one counted since stays.
    """
    family = session.get_one(RecipientRow, recipient_id)
    brought = [
        rows.delivered
        for rows in deliveries_by_pickup(session, [row.id])[row.id]
        if session.get_one(HoldRow, rows.hold_id).recipient_id == recipient_id and not rows.against
    ]
    now = total(brought)
    of_it = [one for one in changes if one.held.recipient_id == recipient_id and not one.row.against]
    was = now + total([one.was.delivered for one in of_it]) - total([one.now.delivered for one in of_it])
    before = family.stock, family.stock_on
    correct_stock(session, family, was, now, on)
    return was == now or before == (None, None) or before != (family.stock, family.stock_on)


def _write_down(change: _Change) -> None:
    row, now = change.row, change.now
    if (row.left_behind, row.with_driver) != (now.left_behind, now.with_driver):
        row.let_go_on, row.let_go_why = None, ""
    row.delivered, row.left_behind, row.lost = now.delivered, now.left_behind, now.lost
    row.bags, row.condition = now.bags, now.condition
    if row.note != now.note:
        row.note_dealt_on = None
    row.nobody_home, row.note, row.received_by = now.nobody_home, now.note, now.received_by
    row.with_driver = now.with_driver


def _label(row: PickupRow, changes: Sequence[_Change], *, is_told: bool) -> Saying:
    """Return what was done, with what was written down before and what is now."""
    told = [said for one in changes for said in _told(one)]
    if is_told:
        told.append(saying("times or a note of the sheet"))
    if not told:
        return saying("Corrected {pickup}", pickup=row.code)
    return saying("Corrected {pickup}: {what}", pickup=row.code, what=joined("; ", told))


def _told(change: _Change) -> Iterator[Saying]:
    was, now, hold = change.was, change.now, change.was.hold_code
    amounts = (
        (was.delivered, now.delivered, _handed_over),
        (was.left_behind, now.left_behind, _left_behind),
        (was.lost, now.lost, _lost),
    )
    told = [said(hold, _oz(before), _oz(after)) for before, after, said in amounts if before != after]
    if not told and was.bags != now.bags:
        told = [_bags(hold, _count(was.bags), _count(now.bags))]
    yield from told or [saying("what is noted of {hold}", hold=hold)]


def _handed_over(hold: str, was: str, now: str) -> Saying:
    return saying("{hold} {was} → {now} handed over", hold=hold, was=was, now=now)


def _left_behind(hold: str, was: str, now: str) -> Saying:
    return saying("{hold} {was} → {now} left behind", hold=hold, was=was, now=now)


def _lost(hold: str, was: str, now: str) -> Saying:
    return saying("{hold} {was} → {now} lost", hold=hold, was=was, now=now)


def _bags(hold: str, was: str | Saying, now: str | Saying) -> Saying:
    return saying("{hold} {was} → {now} bags", hold=hold, was=was, now=now)


def _count(bags: int | None) -> str | Saying:
    return saying("not counted") if bags is None else str(bags)


def _oz(volume: Volume) -> str:
    return _plain(volume, VolumeUnit.OZ)


def _plain(volume: Volume, unit: VolumeUnit) -> str:
    return format_volume(volume, unit).replace("\u00a0", " ")
