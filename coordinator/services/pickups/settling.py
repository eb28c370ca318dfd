"""Writing down what became of a pickup: one key when it went as planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy.orm import Session

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.before_settling import SETTLED
from coordinator.db.database import Database
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.ledger import lot_ledgers
from coordinator.db.milk import UNTOUCHED, LotRow, balances
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.driving.odometers import Odometer, OdometerError, check_odometer
from coordinator.domain.pickups.plans import Delivered, Outcome, PickupKind, PickupState
from coordinator.domain.pickups.settling import OutcomeError, left_with, settled
from coordinator.domain.pickups.sheet_told import NOTHING_MORE, SheetTold
from coordinator.domain.records.history import Action
from coordinator.domain.records.ledger import Movement, Went, check_closing
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, saying
from coordinator.services.pickups.aftermath import add_to_stock, note_contact
from coordinator.services.pickups.reading import loaded
from coordinator.services.pickups.sheet_told import keep_told
from coordinator.services.settings.values import load_settings


class NotAgreedError(UserError):
    """Milk moved, but both families' yes was not written down; ``codes`` names the holds."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(saying("Note both families' yes for {holds} first; nothing was saved.", holds=codes))
        self.codes = codes


def settle(
    database: Database,
    code: str,
    outcomes: Sequence[Outcome] | None,
    today: date,
    *,
    odometer: Odometer | None = None,
    sheet: SheetTold = NOTHING_MORE,
    sure: bool = False,
) -> tuple[str, ...]:
    """Write down what became of every hold of a pickup; ``None`` means all went as planned.

    Returns the names of the families whose milk was counted after that day: what came is in that figure, and
    joined nothing.

    Each hold is done: what was delivered or lost leaves its lot, what stayed behind is free again,
    or with the volunteer of the run until that is settled. What was
    delivered joins the family's stock, which is first rolled forward from its own day at the expected
    intake; without a birth date it counts in full, and a stock nobody told counts as none. One counted
    after that day holds it already. Both families
    were in touch that day, unless nobody was home. The day is the pickup's, or *today* if that is earlier.
    Of a run the *odometer* is kept; one that looks wrong is taken when somebody is *sure*. So are the times
    and the note of its *sheet*.

    Raises:
        OutcomeError: If what was typed does not add up; nothing is saved.
        OdometerError: If the odometer cannot be right; nothing is saved.
        OdometerDoubtError: If far more was driven than planned and nobody is *sure*; nothing is saved.
        TimesDoubtError: If the times do not follow each other and nobody is sure of them.
        NotAgreedError: If a yes is missing.
        UnbalancedError: If a lot on it would not add up, and by how much.
        UserError: If the pickup is settled or cancelled already.
    """
    with database.writing(Action(SETTLED, saying("Settled {pickup}", pickup=code.upper())), today) as session:
        row = by_code(session, PickupRow, code)
        stays = settle_in(session, row, outcomes, today)
        if odometer is not None:
            keep_odometer(session, row, odometer, today, sure=sure)
        session.flush()
        keep_told(session, row, sheet, today)
        return stays


def settle_in(
    session: Session,
    row: PickupRow,
    outcomes: Sequence[Outcome] | None,
    today: date,
    *,
    against: Mapping[str, Saying] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Write down in the caller's transaction what became of a pickup, as :func:`settle` does.

    *against*, by the code of the hold, is what was against milk that came all the same: it joins no stock.
    """
    if row.state is not PickupState.PLANNED:
        raise UserError(saying("{pickup} is {state} already.", pickup=row.code, state=row.state.words))
    held = held_milk(session, LoadRow.pickup_id == row.id)
    not_agreed = tuple(one.hold.code for one in held if one.hold.state is not HoldState.AGREED)
    if not_agreed:
        raise NotAgreedError(not_agreed)
    if not held:
        raise UserError(saying("Nothing travelled with {pickup}; cancel it instead.", pickup=row.code))
    unit = load_settings(session).volume_unit
    on = min(row.on_day, today)
    said = {one.hold_code: one.where for one in outcomes or ()}
    results = tuple(
        left_with(result, said.get(result.hold_code), is_run=row.kind is PickupKind.RUN)
        for result in settled([one.hold for one in held], outcomes, unit)
    )
    check_bags(
        session,
        [Bags(one, one.hold.bags, result) for one, result in zip(held, results, strict=True)],
        today,
    )
    _check_balance(session, row, list(zip(held, results, strict=True)), today, unit)
    row.state = PickupState.SETTLED
    session.flush()  # the database takes deliveries of a settled pickup only
    stays = [
        one.hold.recipient_name
        for one, result in zip(held, results, strict=True)
        if not _write_down(session, row, one, result, on, against.get(one.hold.code, NOTHING))
    ]
    return tuple(dict.fromkeys(stays))


def _check_balance(
    session: Session,
    row: PickupRow,
    came: Sequence[tuple[HeldMilk, Delivered]],
    today: date,
    unit: VolumeUnit,
) -> None:
    """Raise if a lot would not add up once what *came* is written down."""
    leaving: dict[str, list[Movement]] = {}
    for one, result in came:
        lot = one.hold.lot_code
        gone = result.delivered + result.lost
        leaving.setdefault(lot, []).append(Movement(lot, Went.DELIVERED, gone, row.on_day))
    books = lot_ledgers(session, today, [one.lot_id for one, _ in came])
    after = (replace(lot, movements=(*lot.movements, *leaving[lot.lot_code])) for lot in books)
    check_closing(row.code, after, unit)


class Bags(NamedTuple):
    """A hold with how many bags are counted of it so far, and what came of it."""

    held: HeldMilk
    counted: int | None
    result: Delivered


def check_bags(session: Session, came: Sequence[Bags], today: date) -> None:
    """Raise if more bags came than were planned and than the lot has beside what was counted for others.

    Holds of one lot are taken together, or each of two would bring the same spare bags.
    """
    by_lot: dict[int, list[Bags]] = {}
    for one in came:
        by_lot.setdefault(one.held.lot_id, []).append(one)
    known = balances(session, today, by_lot)
    for lot_id, of_it in by_lot.items():
        lot = session.get_one(LotRow, lot_id)
        if lot.bags is not None:
            planned = sum(one.held.hold.bags or 0 for one in of_it)
            counted = sum(one.counted or 0 for one in of_it)
            most = max(planned, lot.bags - known.get(lot_id, UNTOUCHED).taken_bags + counted)
            _check_bags_of_lot([(one.held, one.result.bags or 0) for one in of_it], most)


def _check_bags_of_lot(came: Sequence[tuple[HeldMilk, int]], most: int) -> None:
    """Raise if the bags that *came* of one lot are more than *most*; the last hold that got more is named."""
    everything = sum(bags for _, bags in came)
    if everything <= most:
        return
    named, bags = next((one, bags) for one, bags in reversed(came) if bags > (one.hold.bags or 0))
    others = tuple(one.hold.code for one, bags in came if bags and one is not named)
    left = max(0, most - everything + bags)
    raise OutcomeError(named.hold.code, _too_many(bags, left, others))


def _too_many(bags: int, left: int, others: tuple[str, ...]) -> Saying:
    if others:
        return saying(
            "{bags} bags are more than the {left} there were beside those of {holds}; count them again.",
            bags=bags,
            left=left,
            holds=others,
        )
    return saying("{bags} bags are more than the {left} there were; count them again.", bags=bags, left=left)


def keep_odometer(session: Session, row: PickupRow, odometer: Odometer, today: date, *, sure: bool) -> None:
    """Write down what the odometer of a run showed; errors as in :func:`settle`."""
    if row.kind is not PickupKind.RUN:
        raise OdometerError(saying("Only a volunteer run has an odometer to write down."))
    planned = loaded(session, row, today).printed.timed.road_miles
    unit = load_settings(session).distance_unit
    check_odometer(odometer, planned, load_driving_policy().odometer, unit, sure=sure)
    row.odometer_start_miles, row.odometer_end_miles = odometer.start_miles, odometer.end_miles


def _write_down(
    session: Session, row: PickupRow, one: HeldMilk, result: Delivered, on: date, against: Saying
) -> bool:
    """Write down what came of one hold; return whether the family's stock goes by it."""
    session.get_one(HoldRow, one.id).state = HoldState.DONE
    session.add(
        DeliveryRow(
            pickup_id=row.id,
            hold_id=one.id,
            on_day=on,
            delivered=result.delivered,
            left_behind=result.left_behind,
            lost=result.lost,
            bags=result.bags,
            condition=result.condition,
            nobody_home=result.nobody_home,
            note=result.note,
            received_by=result.received_by,
            against=against.stored(),
            with_driver=result.with_driver,
        )
    )
    family = session.get_one(RecipientRow, one.recipient_id)
    is_none = not result.delivered or bool(against)
    goes_by_it = is_none or add_to_stock(session, family, result.delivered, on)
    if not result.nobody_home:
        for household_id in (one.donor_household_id, one.recipient_household_id):
            note_contact(session.get_one(HouseholdRow, household_id), on)
    return goes_by_it
