"""Milk that was left in the car and goes to another family that waits near by, on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.holds import held_milk, households_by_id
from coordinator.db.living import living
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.with_drivers import carried_of
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import Side
from coordinator.domain.codes import CodeLetter
from coordinator.domain.places.positions import distance_miles
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume, format_volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.holds import Wanted, hold_in, note_yes_in
from coordinator.services.matching.ranking import rank_with_donor
from coordinator.services.pickups import stops
from coordinator.services.pickups.loading import load_in
from coordinator.services.settings.values import load_settings


def pass_on(
    database: Database, hold: str, recipient: str, today: date, *, volume: Volume | None = None
) -> str:
    """Plan that what *hold* left behind goes to another family that day; return the code of that run.

    Both were asked and said yes: their yeses are noted for that day. It is a run of its own by the same
    volunteer, to be settled like any other, so that the first run stays as it was written down. What the
    first family was promised still waits for another day.

    Args:
        database: The open network.
        hold: What was not handed over, or not all of it.
        recipient: The family that takes it.
        today: The day of the coordinator.
        volume: How much; all that *hold* left with the volunteer, or left behind and is free, if not told.

    Raises:
        UserError: If *hold* left nothing behind, or more is told than that.
        NotMatchedError, NotEnoughMilkError, ClinicianNotAskedError: As when milk is held and agreed on.
    """
    action = Action("milk.passed_on", saying("Passed on what {hold} left behind", hold=hold.upper()))
    with database.writing(action, today) as session:
        old = by_code(session, HoldRow, hold)
        came = session.scalar(sa.select(DeliveryRow).where(DeliveryRow.hold_id == old.id))
        if came is None or not came.left_behind:
            raise UserError(saying("{hold} left nothing behind that could be passed on.", hold=old.code))
        carried = carried_of(session, today, old)
        most = carried or came.left_behind
        much = most if volume is None else volume
        _check_much(session, old, most, much)
        family = living(by_code(session, RecipientRow, recipient))
        lot = session.get_one(LotRow, old.lot_id)
        wanted = Wanted(lot.code, much, None, old.only_from, old.code if carried else "")
        made = hold_in(session, family, wanted, came.on_day)
        for side in (Side.DONOR, Side.FAMILY):
            note_yes_in(session, made, side, came.on_day)
        code = _run_on(session, came, made)
        label = saying(
            "Passed on what {hold} left behind to {family} ({pickup})",
            hold=old.code,
            family=family.code,
            pickup=code,
        )
        writing_of(session).action = Action("milk.passed_on", label)
        return code


def _check_much(session: Session, old: HoldRow, most: Volume, much: Volume) -> None:
    if not Volume() < much <= most:
        unit = load_settings(session).volume_unit
        raise UserError(
            saying(
                "{hold} left {amount} behind; type that or less.",
                hold=old.code,
                amount=format_volume(most, unit).replace("\u00a0", " "),
            )
        )


def _run_on(session: Session, came: DeliveryRow, made: HoldRow) -> str:
    """Plan a run of its own for the hold *made*, driven as the run of *came* was; return its code."""
    run = session.get_one(PickupRow, came.pickup_id)
    row = PickupRow(
        code=next_code(session, CodeLetter.PICKUP),
        kind=run.kind,
        on_day=came.on_day,
        driver_id=run.driver_id,
        driver_yes_on=run.driver_yes_on,
        meeting_place=run.meeting_place,
    )
    session.add(row)
    session.flush()
    load_in(session, row, made.code, came.on_day)
    stops.sync_stops(session, row, reorder=True)
    return row.code


@dataclass(frozen=True, slots=True)
class NearBy:
    """A family that could take milk left in the car: how far from where it was meant to go, how it stands."""

    code: str
    name: str
    miles: float | None
    standing: StandingKind


def near_by(database: Database, hold: str, today: date) -> tuple[NearBy, ...]:
    """Return whom what *hold* left behind could go to: none that is not a fit.

    Those who need at most a call come first; of those that stand alike, the nearest to its own family.

    Raises:
        NotFoundError: If there is no such hold.
    """
    with database.reading() as session:
        (one,) = held_milk(session, HoldRow.id == by_code(session, HoldRow, hold).id)
        home = households_by_id(session, {one.recipient_household_id})[one.recipient_household_id]
    found = []
    for ranking in rank_with_donor(database, one.hold.donor_code, today, one.hold.lot_code):
        seeker = ranking.seeker
        if not ranking.matches or seeker.code == one.hold.recipient_code or seeker.is_paused:
            continue
        miles = None
        if home.position is not None and seeker.position is not None:
            miles = distance_miles(home.position, seeker.position)
        found.append(NearBy(seeker.code, seeker.name, miles, ranking.matches[0].pair.kind))
    return tuple(sorted(found, key=_nearest_first))


def _nearest_first(near: NearBy) -> tuple[bool, bool, float, str]:
    """Return the order: who waits for more than a call comes after those who do not."""
    return near.standing > StandingKind.ONE_CALL, near.miles is None, near.miles or 0.0, near.code
