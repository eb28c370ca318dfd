"""Holding milk for a baby, and noting both families' yes.

An expired hold frees its milk by itself: whether a hold still counts is worked out from its last day, so
nothing has to be written when that day passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import milk
from coordinator.db.agreements import AgreementRow, HoldContactRow, HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.choices import end_choice
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.in_touch import note_side_in_touch
from coordinator.db.living import check_living_hold, living
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pause_between
from coordinator.db.pickups import LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.checks import (
    HoldClosedError,
    NotMatchedError,
    as_held,
    check_amount,
    check_baby,
    check_counted,
    check_day,
    check_familys_yes,
    check_not_own,
    check_not_paused,
)
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Hold, HoldState, MessageKind, Side, still_counts
from coordinator.domain.agreements.messages import HandOver, Letter, write
from coordinator.domain.agreements.pair_pauses import PairPausedError
from coordinator.domain.codes import CodeLetter
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import CountedPart, counted_of, may_part
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.places.positions import distance_miles, format_distance, is_exact
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.errors import NotFoundError, UserError
from coordinator.sayings import Saying, saying
from coordinator.services.agreements.reaching import is_bereaved
from coordinator.services.milk.splitting import split_in
from coordinator.services.screening.call_list import offers_milk
from coordinator.services.settings.checks import LONGEST_HOLD_DAYS
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.verdicts import is_own_milk, verdict_on_lot


def hold_milk(
    database: Database,
    recipient: str,
    lot: str,
    volume: Volume,
    today: date,
    *,
    bags: int | None = None,
    only_from: date | CountedPart | None = None,
) -> str:
    """Reserve *volume* of a lot for a baby and return the hold's code.

    Of the bags dated *only_from* or later no more is held than they probably hold, by the share of days,
    beside what others were promised of them. Bags that were counted become a lot of their own first.

    Args:
        database: The open network.
        recipient: Code of the family.
        lot: Code of the lot.
        volume: How much; more than nothing and at most what is free, which is meant when it looks like it.
        today: The day it is made; it expires after the setting's days, the last of which still counts.
        bags: How many bags that is, when counted.
        only_from: "Only bags dated that day or later"; a day of the lot, with what was counted from it on.

    Raises:
        NotEnoughMilkError: If less is free.
        NotEnoughBagsError: If fewer bags are free.
        PartTooSmallError: If less is probably dated *only_from* or later.
        MoreThanFreeError: If more was counted than is free.
        CountedHeldError: If others have so much of the counted bags on hold that less is free of them.
        HoldAcrossError: If a hold that begins earlier needs some of the counted bags.
        OutsideLotError: If *only_from* is no day of the lot.
        NotMatchedError: If the baby is referred, the milk is not a fit, or donor or family is paused.
        NotFoundError: If there is no such family or lot, or it was removed.
    """
    return hold_wanted(database, recipient, Wanted(lot, volume, bags, only_from), today)


def hold_wanted(database: Database, recipient: str, wanted: Wanted, today: date) -> str:
    """Reserve what is *wanted* for a baby, as :func:`hold_milk` does."""
    action = Action(
        "hold.made",
        saying(
            "Held {amount} of {lot} for {family}",
            amount=_amount(wanted.volume),
            lot=wanted.lot.upper(),
            family=recipient.upper(),
        ),
    )
    with database.writing(action, today) as session:
        family = living(by_code(session, RecipientRow, recipient))
        hold = hold_in(session, family, wanted, today)
        writing_of(session).action = Action(
            "hold.made",
            saying(
                "Held {amount} of {lot} for {family} ({hold})",
                amount=_amount(hold.volume),
                lot=session.get_one(LotRow, hold.lot_id).code,
                family=family.code,
                hold=hold.code,
            ),
        )
        return hold.code


@dataclass(frozen=True, slots=True)
class Wanted:
    """Milk to hold, as :func:`hold_milk` takes it; who sets ``carried_from`` sees that so much is there."""

    lot: str
    volume: Volume
    bags: int | None = None
    only_from: date | CountedPart | None = None
    carried_from: str = ""


def hold_in(
    session: Session,
    family: RecipientRow,
    wanted: Wanted,
    today: date,
    *,
    last: date | None = None,
    happened: bool = False,
) -> HoldRow:
    """Hold milk in the caller's transaction, as :func:`hold_milk` does; *last* is its last day if told.

    With *happened* the milk has gone on that day already, whether it was a fit or not.
    """
    volume, bags, only_from = wanted.volume, wanted.bags, wanted.only_from
    counted_on = writing_of(session).today if happened else today
    row, found = _locked_lot(session, wanted.lot, counted_on, wanted.carried_from)
    first_day = only_from.only_from if isinstance(only_from, CountedPart) else only_from
    check_day(found, first_day)
    if not happened:
        _check_match(session, row, found, family, today, first_day)
    unit = load_settings(session).volume_unit
    if isinstance(only_from, CountedPart) and may_part(found, first_day):
        counted = counted_of(found, only_from, unit)
        part = check_counted(found, counted, volume, unit)
        later = split_in(session, row, found, counted.only_from, today, free=part)
        row, found = _locked_lot(session, later.code, today)
    volume, bags = as_held(found, volume, bags, unit, first_day)
    check_amount(found, volume, bags, unit, first_day)
    hold = HoldRow(
        code=next_code(session, CodeLetter.HOLD),
        lot_id=row.id,
        recipient_id=family.id,
        volume=volume,
        made_on=today,
        expires_on=last or today + _hold_time(session),
        bags=bags,
        only_from=first_day,
        carried_from=wanted.carried_from,
    )
    session.add(hold)
    session.flush()
    return hold


def release_hold(database: Database, hold: str) -> None:
    """Give the milk of a hold, agreed or not, back to be offered.

    Raises:
        HoldClosedError: If it was released or handed over, or travels with a pickup.
    """
    with database.writing(Action("hold.released", saying("Released {hold}", hold=hold.upper()))) as session:
        release_in(session, hold)


def release_in(session: Session, hold: str) -> None:
    """Give the milk of a hold back in the caller's transaction; raises as :func:`release_hold`."""
    row = living_hold(session, hold)
    pickup = pickup_of(session, row)
    if pickup is not None:
        raise HoldClosedError(
            saying(
                "{hold} travels with {pickup}; take it off that pickup first.",
                hold=row.code,
                pickup=pickup.code,
            )
        )
    row.state = HoldState.RELEASED


def extend_hold(database: Database, hold: str, today: date, days: int | None = None) -> date:
    """Let an open hold, expired or not, last *days* (the setting's) from *today*; return its last day.

    Raises:
        HoldClosedError: If it is agreed, released or handed over.
        UserError: If *days* are none, or more than a hold may last.
        RemovedError: If lot, donor or family was removed.
        NotMatchedError: If the milk is no fit any more, or one of the two is paused.
        NotEnoughMilkError: If it had expired and its milk has gone to others meanwhile.
        PartTooSmallError: If it had expired and the bags it takes have.
    """
    with database.writing(
        Action("hold.extended", saying("Extended {hold}", hold=hold.upper())), today
    ) as session:
        row = living_hold(session, hold)
        if row.state is HoldState.AGREED:
            raise HoldClosedError(saying("{hold} is agreed; it does not expire.", hold=row.code))
        lot_row, lot = _locked_lot(session, session.get_one(LotRow, row.lot_id).code, today)
        family = living(session.get_one(RecipientRow, row.recipient_id))
        _check_match(session, lot_row, lot, family, today, row.only_from)
        if row.expires_on < today:
            check_amount(lot, row.volume, row.bags, load_settings(session).volume_unit, row.only_from)
        row.expires_on = today + (_hold_time(session) if days is None else _days(days))
        return row.expires_on


def record_yes(database: Database, hold: str, side: Side, on: date) -> None:
    """Note that one side said yes on the day *on*; with both it becomes an agreement.

    A yes noted late counts for the day it was said; but the milk must still be there today.

    Raises:
        HoldClosedError: If the hold was released or handed over, had expired by then, or has expired since
            and its milk has gone to others.
        ClinicianNotAskedError: If the family's yes needs a clinician's agreement that nobody noted.
        NotMatchedError: If the baby is referred by now, or donor and family have become one.
        PairPausedError: If the two are paused: what was said after milk that came is with a clinician first.
    """
    with database.writing(Action("hold.yes", _yes_noted(side, hold.upper()))) as session:
        note_yes(session, hold, side, on)


def note_yes(session: Session, hold: str, side: Side, on: date) -> None:
    """Note a yes in the caller's transaction; raises as :func:`record_yes`."""
    note_yes_in(session, living_hold(session, hold), side, on)


def note_yes_in(session: Session, row: HoldRow, side: Side, on: date, *, happened: bool = False) -> None:
    """Note a side's yes in the caller's transaction, as :func:`record_yes` does.

    With *happened* the milk has gone on that day already: no clinician is waited for, nor for two who are
    paused.
    """
    check_living_hold(session, row)
    _refuse_own_hold(session, row)
    if not happened:
        _refuse_paused_pair(
            session,
            session.get_one(DonorRow, session.get_one(LotRow, row.lot_id).donor_id),
            session.get_one(RecipientRow, row.recipient_id),
        )
    if row.state is HoldState.OPEN and on > row.expires_on:
        raise HoldClosedError(
            saying("{hold} expired on {on}; extend it first.", hold=row.code, on=row.expires_on)
        )
    if row.state is HoldState.OPEN and writing_of(session).today > row.expires_on and not happened:
        _check_still_there(session, row, writing_of(session).today)
    if side is Side.FAMILY and not happened:
        family = session.get_one(RecipientRow, row.recipient_id)
        check_familys_yes(family.code, to_baby(family), load_matching_policy(), on)
    agreement = _agreement(session, row)
    if side is Side.DONOR:
        agreement.donor_yes_on = on
    else:
        agreement.family_yes_on = on
    note_side_in_touch(session, row, side, on)
    if agreement.donor_yes_on and agreement.family_yes_on:
        row.state = HoldState.AGREED


def _check_still_there(session: Session, hold: HoldRow, today: date) -> None:
    """Raise if the milk of a hold that has expired by *today* has gone to others meanwhile."""
    _, lot = _locked_lot(session, session.get_one(LotRow, hold.lot_id).code, today)
    try:
        check_amount(lot, hold.volume, hold.bags, load_settings(session).volume_unit, hold.only_from)
    except UserError as gone:
        raise HoldClosedError(
            saying(
                "{hold} expired on {on}, and its milk has gone to others since. {gone}",
                hold=hold.code,
                on=hold.expires_on,
                gone=gone.said,
            )
        ) from None


def take_back_yes(database: Database, hold: str, side: Side) -> None:
    """Take one side's yes back; the hold is open again and ends on its own last day.

    One that was agreed and is past it lasts for today, and until its pickup: the milk on a printed sheet is
    nobody else's, and a yes taken back by mistake can be given again. One that had expired stays expired.

    Raises:
        HoldClosedError: If the hold was released or handed over.
        RemovedError: If lot, donor or family was removed.
    """
    with database.writing(Action("hold.yes_taken_back", _yes_taken_back(side, hold.upper()))) as session:
        row = living_hold(session, hold)
        check_living_hold(session, row)
        agreement = _agreement(session, row)
        _note_taken_back(session, agreement, side)
        end_choice(session, row.id, side, writing_of(session).today)
        if row.state is HoldState.AGREED:
            row.state = HoldState.OPEN
            pickup = pickup_of(session, row)
            last = max(writing_of(session).today, pickup.on_day if pickup else date.min)
            row.expires_on = max(row.expires_on, last)
        if side is Side.DONOR:
            agreement.donor_yes_on = None
        else:
            agreement.family_yes_on = None


def _note_taken_back(session: Session, agreement: AgreementRow, side: Side) -> None:
    """Note that a side took back the yes it had given; it is asked again."""
    said_on = agreement.donor_yes_on if side is Side.DONOR else agreement.family_yes_on
    if said_on is not None:
        on, back = writing_of(session).today, ContactKind.TOOK_BACK
        session.add(HoldContactRow(hold_id=agreement.hold_id, side=side, kind=back, on_day=on))


def holds(
    database: Database,
    today: date,
    *,
    open_only: bool = True,
    recipient: str | None = None,
    donor: str | None = None,
) -> list[Hold]:
    """Return holds by code: those that keep milk on *today*, or all with ``open_only=False``."""
    conditions: list[sa.ColumnElement[bool]] = []
    if open_only:
        conditions.append(HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)))
    if recipient is not None:
        conditions.append(RecipientRow.code == recipient.upper())
    if donor is not None:
        conditions.append(DonorRow.code == donor.upper())
    with database.reading() as session:
        found = [held.hold for held in held_milk(session, *conditions)]
    return [hold for hold in found if not open_only or still_counts(hold.state, hold.expires_on, today)]


def message_text(database: Database, hold: str, kind: MessageKind, to: Side | None = None) -> str:
    """Return a message to paste; the last two kinds go to *to*, the family unless told otherwise.

    Raises:
        AddressNotYetError: If an address is asked for before everybody has said yes.
        HoldClosedError: If the hold was released.
        PairPausedError: If the two are paused: nobody is asked for a yes, or sent on the way, meanwhile.
    """
    with database.reading() as session:
        row = by_code(session, HoldRow, hold)
        if row.state is HoldState.RELEASED:
            raise HoldClosedError(
                saying("{hold} was released; hold the milk again to write about it.", hold=row.code)
            )
        held = held_milk(session, HoldRow.id == row.id)[0]
        one = held.hold
        if one.pause is not None and row.state is not HoldState.DONE:
            raise PairPausedError(one.donor_code, one.recipient_code, one.pause)
        return str(write(_letter(session, held, pickup_of(session, row)), kind, to))


def _letter(session: Session, held: HeldMilk, pickup: PickupRow | None) -> Letter:
    ids = {held.donor_household_id, held.recipient_household_id}
    households = households_by_id(session, ids)
    donor, family = households[held.donor_household_id], households[held.recipient_household_id]
    settings = load_settings(session)
    miles = ""
    if donor.position and family.position:
        exact = is_exact(donor.position, family.position)
        distance = distance_miles(donor.position, family.position)
        miles = format_distance(distance, settings.distance_unit, exact=exact)
    plan = HandOver()
    if pickup is not None:
        waits = pickup.kind is PickupKind.RUN and pickup.driver_yes_on is None
        place = pickup.meeting_place if pickup.kind is PickupKind.MEET else ""
        plan = HandOver(pickup.on_day, pickup.starts_at, place, waits)
    return Letter(
        held.hold,
        donor,
        family,
        network=settings.network_name,
        signature=settings.coordinator_name,
        miles=miles,
        unit=settings.volume_unit,
        hand_over=plan,
        is_gentle=is_bereaved(session, donor),
    )


def _locked_lot(session: Session, code: str, today: date, carried_from: str = "") -> tuple[LotRow, Lot]:
    """Return the lot, held against other writers until the end of the action, with what is free of it."""
    row = session.scalar(sa.select(LotRow).where(LotRow.code == code.upper()).with_for_update())
    if row is None:
        raise NotFoundError(code)
    donor = living(session.get_one(DonorRow, living(row).donor_id))
    balance = milk.balance_of(session, today, row.id, carried_from=carried_from)
    return row, milk.to_lot(row, donor.code, balance)


def _refuse_paused_pair(session: Session, donor: DonorRow, family: RecipientRow) -> None:
    if (pause := pause_between(session, donor.id, family.id)) is not None:
        raise PairPausedError(donor.code, family.code, pause)


def _check_match(
    session: Session, row: LotRow, lot: Lot, family: RecipientRow, today: date, only_from: date | None
) -> None:
    policy, baby = load_matching_policy(), to_baby(family)
    check_not_paused(family.code, is_paused=family.paused)
    check_baby(family.code, baby, policy, today)
    donor = session.get_one(DonorRow, row.donor_id)
    _refuse_own_milk(donor, family)
    _refuse_paused_pair(session, donor, family)
    if not offers_milk(session, donor, today):
        raise NotMatchedError(
            saying("{donor} is not offering milk at the moment; change her state first.", donor=donor.code)
        )
    if verdict_on_lot(session, lot, donor, family, today, only_from).kind >= VerdictKind.NOT_A_FIT:
        raise NotMatchedError(
            saying(
                "These bags are not a fit for {family}, at least not as a whole; "
                "the reasons are on the Match page.",
                family=family.code,
            )
            if only_from
            else saying(
                "{lot} is not a fit for {family}, at least not as a whole; "
                "the reasons are on the Match page.",
                lot=lot.code,
                family=family.code,
            )
        )


def _refuse_own_hold(session: Session, hold: HoldRow) -> None:
    """Raise if a hold, of an older file, keeps a family's milk for that family."""
    lot = session.get_one(LotRow, hold.lot_id)
    _refuse_own_milk(
        session.get_one(DonorRow, lot.donor_id), session.get_one(RecipientRow, hold.recipient_id)
    )


def _refuse_own_milk(donor: DonorRow, family: RecipientRow) -> None:
    check_not_own(donor.code, family.code, is_own=is_own_milk(donor, family))


def _days(days: int) -> timedelta:
    if not 1 <= days <= LONGEST_HOLD_DAYS:
        raise UserError(
            saying("A hold lasts a whole number of days, from 1 to {most}.", most=LONGEST_HOLD_DAYS)
        )
    return timedelta(days=days)


def _hold_time(session: Session) -> timedelta:
    return timedelta(days=load_settings(session).hold_days)


def living_hold(session: Session, code: str) -> HoldRow:
    """Return a hold that is neither released nor handed over."""
    row = by_code(session, HoldRow, code)
    if row.state not in {HoldState.OPEN, HoldState.AGREED}:
        raise HoldClosedError(
            saying("{hold} was released; nothing about it can change any more.", hold=row.code)
            if row.state is HoldState.RELEASED
            else saying("{hold} was handed over; nothing about it can change any more.", hold=row.code)
        )
    return row


def _agreement(session: Session, hold: HoldRow) -> AgreementRow:
    row = session.scalar(sa.select(AgreementRow).where(AgreementRow.hold_id == hold.id))
    if row is None:
        row = AgreementRow(hold_id=hold.id)
        session.add(row)
    return row


def pickup_of(session: Session, hold: HoldRow) -> PickupRow | None:
    """Return the pickup a hold travels with."""
    query = sa.select(PickupRow).join(LoadRow, LoadRow.pickup_id == PickupRow.id)
    return session.scalar(query.where(LoadRow.hold_id == hold.id))


def _yes_noted(side: Side, hold: str) -> Saying:
    if side is Side.DONOR:
        return saying("Noted the donor's yes to {hold}", hold=hold)
    return saying("Noted the family's yes to {hold}", hold=hold)


def _yes_taken_back(side: Side, hold: str) -> Saying:
    if side is Side.DONOR:
        return saying("Took back the donor's yes to {hold}", hold=hold)
    return saying("Took back the family's yes to {hold}", hold=hold)


def _amount(volume: Volume) -> str:
    return format_volume(volume, VolumeUnit.OZ).replace("\u00a0", " ")
