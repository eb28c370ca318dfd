"""A hand-over that nobody had planned: a donor gave a family milk, and the paper or a call tells it later.

It happened, so it is written down whatever is against it: whoever calls milk back has to find it.
What is no fit is said before, joins no stock, and stands on Today until somebody has rung the family.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import milk
from coordinator.db.agreements import HoldRow
from coordinator.db.audit import begin_next
from coordinator.db.base import by_code, next_code
from coordinator.db.before_settling import SETTLED_AT_ONCE
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import held_milk
from coordinator.db.living import living
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pause_between
from coordinator.db.pickups import PickupRow
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.checks import check_not_own
from coordinator.domain.agreements.holds import HoldState, Side, still_counts
from coordinator.domain.codes import CodeLetter
from coordinator.domain.milk.lots import Lot
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.pickups.unplanned import Added, CountDoubtError, GivenPart, HandedOver, Objection
from coordinator.domain.plausible import MOST_COUNTED, MOST_MILK, is_day
from coordinator.domain.policies.verdicts import Verdict, VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.babies import needs_clinician
from coordinator.domain.volume import Volume, VolumeUnit, as_part, format_volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.agreements.holds import Wanted, hold_in, note_yes_in
from coordinator.services.pickups import stops
from coordinator.services.pickups.loading import load_in
from coordinator.services.pickups.settling import settle_in
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.verdicts import is_own_milk, verdict_on_lot


def objections(database: Database, told: HandedOver, today: date) -> tuple[Objection, ...]:
    """Return what is against the milk of a hand-over, to say it before; nothing is written.

    By what is known today of the milk as it was on its day.

    Raises:
        NotFoundError, RemovedError: If a lot, its donor or the family is not there.
    """
    with database.reading() as session:
        family = living(by_code(session, RecipientRow, told.recipient))
        return _objections(session, told, family, today)


def add_handed_over(
    database: Database, told: HandedOver, today: date, *, is_miscounted: bool = False
) -> Added:
    """Write down a hand-over that no pickup was planned for; one step of undo.

    Both handed over and took it, so both yeses are noted for that day. It is held, agreed, carried and
    settled like any other, but nothing is asked of it that is asked of milk that is still to go: what is no
    fit, and milk of two who are paused, is written down as well, and joins nobody's stock.

    The history keeps the settling as a line of its own, as of every pickup; undo and redo take both together.

    Args:
        database: The open network.
        told: What went, to whom, on which day.
        today: The day it is.
        is_miscounted: There was more in the lots than is written down, so that they held what went.

    Raises:
        UserError: If the day is still to come, no milk or a lot twice is told, it is the family's own, or the
            rest of the lot is on hold.
        CountDoubtError: If more went than there is, unless it *is_miscounted*.
        OutcomeError, UnbalancedError: As when a pickup is settled.
        NotFoundError, RemovedError: If a lot, its donor or the family is not there.
    """
    _check_told(told, today)
    with database.writing(_action(told), today) as session:
        family = living(by_code(session, RecipientRow, told.recipient))
        rows = {part.lot.upper(): _lot(session, part.lot) for part in told.parts}
        found = _objections(session, told, family, today)
        by_donor: dict[int, list[tuple[GivenPart, str]]] = {}
        for part in told.parts:
            row = rows[part.lot.upper()]
            _refuse_own(session, row, family)
            held = _hold(session, row, family, part, told.on, today, is_miscounted=is_miscounted)
            by_donor.setdefault(row.donor_id, []).append((part, held))
        pickups = [(_pickup(session, parts, told.on), parts) for parts in by_donor.values()]
        codes = tuple(pickup.code for pickup, _ in pickups)
        writing_of(session).action = _action(told, codes)
        begin_next(session, Action(SETTLED_AT_ONCE, saying("Settled {pickup}", pickup=codes)))
        said = {one.lot_code: one.said for one in found}
        stays: list[str] = []
        for pickup, parts in pickups:
            outcomes = [
                Outcome(
                    hold,
                    bags=part.bags,
                    condition=part.condition,
                    received_by=told.received_by,
                    note=told.note,
                )
                for part, hold in parts
            ]
            against = {hold: said[part.lot.upper()] for part, hold in parts if part.lot.upper() in said}
            stays += settle_in(session, pickup, outcomes, today, against=against)
        return Added(codes, tuple(dict.fromkeys(stays)), found)


def _action(told: HandedOver, pickups: tuple[str, ...] = ()) -> Action:
    lots, to = tuple(part.lot.upper() for part in told.parts), told.recipient.upper()
    if not pickups:
        return Action(
            "pickup.unplanned", saying("Added a hand-over of {lot} to {family}", lot=lots, family=to)
        )
    label = saying("Added a hand-over of {lot} to {family} ({pickup})", pickup=pickups, lot=lots, family=to)
    return Action("pickup.unplanned", label)


def _check_told(told: HandedOver, today: date) -> None:
    if told.on > today:
        raise UserError(saying("{on} is still to come; plan a pickup for it.", on=told.on))
    if not is_day(told.on, today):
        raise UserError(saying("{on} is no day on which it can have been.", on=told.on))
    if not told.parts or any(part.volume <= Volume() for part in told.parts):
        raise UserError(saying("Say how much milk went, more than nothing."))
    lots = [part.lot.upper() for part in told.parts]
    if twice := next((lot for lot in lots if lots.count(lot) > 1), None):
        raise UserError(saying("{lot} is told twice; put its milk on one line.", lot=twice))


def _lot(session: Session, code: str) -> LotRow:
    """Return a lot that is in use, and its donor too."""
    row = living(by_code(session, LotRow, code))
    living(session.get_one(DonorRow, row.donor_id))
    return row


def _refuse_own(session: Session, row: LotRow, family: RecipientRow) -> None:
    donor = session.get_one(DonorRow, row.donor_id)
    check_not_own(donor.code, family.code, is_own=is_own_milk(donor, family))


def _objections(
    session: Session, told: HandedOver, family: RecipientRow, today: date
) -> tuple[Objection, ...]:
    found = [_objection(session, _lot(session, part.lot), family, told.on, today) for part in told.parts]
    return tuple(one for one in found if one is not None)


def _objection(
    session: Session, row: LotRow, family: RecipientRow, on: date, today: date
) -> Objection | None:
    """Return what is against the milk of a lot as it was on its day, if anything is."""
    donor = session.get_one(DonorRow, row.donor_id)
    lot = milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))
    verdict = verdict_on_lot(session, lot, donor, family, on)
    against = list(_against(session, donor, family, verdict))
    return Objection(row.code, joined("; ", against)) if against else None


def _against(session: Session, donor: DonorRow, family: RecipientRow, verdict: Verdict) -> Iterator[Saying]:
    """Yield what keeps the milk from being offered to the family, in the words of the verdict."""
    if verdict.kind >= VerdictKind.NOT_A_FIT:
        reasons = [one.said for one in verdict.reasons if one.kind >= VerdictKind.NOT_A_FIT]
        yield saying("{verdict}: {reasons}", verdict=verdict.kind.said, reasons=joined("; ", reasons))
    elif needs_clinician(to_baby(family), load_matching_policy()):
        yield saying("no clinician’s yes to donor milk is noted for this baby")
    if (pause := pause_between(session, donor.id, family.id)) is not None:
        yield pause.words


def _hold(
    session: Session,
    row: LotRow,
    family: RecipientRow,
    part: GivenPart,
    on: date,
    today: date,
    *,
    is_miscounted: bool,
) -> str:
    """Hold and agree what went of a lot; return the code of the hold."""
    _make_room(session, row, part, today, is_miscounted=is_miscounted)
    hold = hold_in(session, family, Wanted(part.lot, part.volume, part.bags), on, happened=True)
    for side in (Side.DONOR, Side.FAMILY):
        note_yes_in(session, hold, side, on, happened=True)
    return hold.code


def _make_room(session: Session, row: LotRow, part: GivenPart, today: date, *, is_miscounted: bool) -> None:
    """See that the lot has what went of it; where it *is_miscounted*, so much more was in it."""
    donor = session.get_one(DonorRow, row.donor_id)
    lot = milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))
    unit = load_settings(session).volume_unit
    free = max(lot.free, Volume())
    lacking = max(as_part(part.volume, free, unit) - lot.free, Volume())
    bags = 0 if part.bags is None or lot.free_bags is None else max(part.bags - lot.free_bags, 0)
    if not lacking and not bags:
        return
    if lacking <= lot.held and not is_miscounted and (held := _held_of(session, row, today)):
        raise UserError(_on_hold(lot, free, held, unit))
    if not is_miscounted:
        raise CountDoubtError(_too_much(lot, free, part, unit))
    row.volume += lacking
    if row.bags is not None and part.bags is not None:
        row.bags = _bags_in_all(session, row, donor.code, part.bags, today)
    if row.volume > MOST_MILK or (row.bags or 0) > MOST_COUNTED:
        raise UserError(saying("Type how much milk it is."))
    session.flush()


def _bags_in_all(session: Session, row: LotRow, donor: str, wanted: int, today: date) -> int:
    """Return the fewest bags the lot had, so that *wanted* were free.

    Milk that was taken uncounted took its bags by ounces: a share of each bag that is added goes to it.
    """
    lot = milk.to_lot(row, donor, milk.balance_of(session, today, row.id))
    bags = lot.bags or 0
    while (lacking := wanted - (replace(lot, bags=bags).free_bags or 0)) > 0:
        bags += max(lacking * lot.volume.microlitres // max(lot.free.microlitres, 1), lacking)
    return bags


def _held_of(session: Session, row: LotRow, today: date) -> tuple[str, ...]:
    return tuple(
        one.hold.code
        for one in held_milk(session, HoldRow.lot_id == row.id)
        if one.hold.state is not HoldState.DONE and still_counts(one.hold.state, one.hold.expires_on, today)
    )


def _on_hold(lot: Lot, free: Volume, holds: Sequence[str], unit: VolumeUnit) -> Saying:
    return saying(
        "Only {amount} of {lot} are free, the rest is on hold ({holds}). Was that milk given away? "
        "Then release it first. Or was there more in the lot than counted?",
        amount=_plain(free, unit),
        lot=lot.code,
        holds=tuple(holds),
    )


def _too_much(lot: Lot, free: Volume, part: GivenPart, unit: VolumeUnit) -> Saying:
    if not lot.is_told:
        return saying(
            "Nobody has said how much {lot} holds. Was it what went, {asked}?",
            lot=lot.code,
            asked=_plain(part.volume, unit),
        )
    if part.volume > free:
        return saying(
            "Only {free} of {lot} are left, and {asked} are said to have gone. Was the lot counted wrong?",
            free=_plain(free, unit),
            lot=lot.code,
            asked=_plain(part.volume, unit),
        )
    return saying(
        "Only {free} bags of {lot} are left, and {asked} are said to have gone. Was the lot counted wrong?",
        free=lot.free_bags or 0,
        lot=lot.code,
        asked=part.bags or 0,
    )


def _pickup(session: Session, parts: Sequence[tuple[GivenPart, str]], on: date) -> PickupRow:
    """Write down that the family collected the milk of one donor on the day."""
    row = PickupRow(code=next_code(session, CodeLetter.PICKUP), kind=PickupKind.FAMILY_COLLECTS, on_day=on)
    session.add(row)
    session.flush()
    for _, hold in parts:
        load_in(session, row, hold, on, happened=True)
    stops.sync_stops(session, row, reorder=True)
    return row


def _plain(volume: Volume, unit: VolumeUnit) -> str:
    return format_volume(volume, unit).replace("\u00a0", " ")
