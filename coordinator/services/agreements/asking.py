"""Noting that a side was asked about a hold, and that a family was asked after the milk it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db.agreements import HoldContactRow, HoldRow
from coordinator.db.asked_after import AskedAfterRow, CameMilk, came_milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import households_by_id
from coordinator.db.households import HouseholdRow
from coordinator.db.in_touch import note_in_touch, note_side_in_touch
from coordinator.db.living import check_living_hold, living
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import PairPauseRow, pause_between
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.asked_after import Answers, next_asking
from coordinator.domain.agreements.asking_after_words import AfterLetter, ask_how_it_went
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.pair_pauses import PauseWhy
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.settings.values import load_settings


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


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """What came of asking a family after its milk: after how many deliveries, and with whom it is paused.

    ``asks_clinician``: an answer worries, and the family is to ask its clinician.
    """

    count: int
    asks_clinician: bool = False
    paused: tuple[str, ...] = ()


def record_asked_after(
    database: Database,
    recipient: str,
    on: date,
    words: str = "",
    answers: Answers | None = None,
    donor: str = "",
) -> AskedAfter:
    """Note that a family was asked on the day *on* how it goes with the milk it got, and what it said.

    It is about all milk that is to be asked after by then, or that of *donor* alone. An answer is also taken
    of milk nobody has to ask after: a family may ring by itself. One that worries pauses the family with each
    donor whose milk it is about, as nobody can tell which it was; nothing more follows from it here.

    Args:
        database: The open network.
        recipient: Code of the family.
        on: The day it was asked.
        words: Its own words, for the coordinator's eyes.
        answers: What it said; nothing where it was only asked.
        donor: Code of the donor whose milk it is about; empty for all.

    Raises:
        UserError: If nothing came that it is about.
        RemovedError: If the family was removed.
        NotFoundError: If there is no such family or donor.
    """
    found = replace(answers or Answers(), note=(words or (answers.note if answers else "")).strip())
    label = saying("Asked {family} after its milk", family=recipient.upper())
    with database.writing(Action("delivery.asked_after", label), on) as session:
        family = living(by_code(session, RecipientRow, recipient))
        conditions = [HoldRow.recipient_id == family.id, DeliveryRow.on_day <= on]
        if donor:
            conditions.append(LotRow.donor_id == by_code(session, DonorRow, donor).id)
        came = _asked_about(came_milk(session, *conditions), on, found)
        if not came:
            raise UserError(saying("{family} got no milk that nobody has asked after.", family=family.code))
        for one in came:
            session.add(
                AskedAfterRow(
                    delivery_id=one.delivery_id,
                    on_day=on,
                    tolerated=found.tolerated,
                    taste=found.taste,
                    signs=found.signs,
                    note=found.note,
                )
            )
        note_in_touch(session.get_one(HouseholdRow, family.household_id), on)  # by phone or in writing
        paused = _pause(session, came, on) if found.worries else ()
        return AskedAfter(len(came), found.worries, paused)


def _asked_about(came: Sequence[CameMilk], on: date, answers: Answers) -> list[CameMilk]:
    """Return the milk an asking is about: what is due by *on*; else, if anything is said, what came last.

    An answer that worries is about all milk of late, also what went well when it was asked after before.
    """
    policy = load_matching_policy()
    due = [
        one
        for one in came
        if (asking := next_asking(one.on, one.askings, policy)) is not None
        and not (asking.is_second and asking.due_on > on)
    ]
    if (due and not answers.worries) or not answers.is_said or not came:
        return due
    since = on - timedelta(days=policy.ask_after_until_days)
    lately = [one for one in came if one.on >= since or one in due]
    return lately or [one for one in came if one.on == came[-1].on]


def _pause(session: Session, came: Sequence[CameMilk], on: date) -> tuple[str, ...]:
    """Pause the family with each donor whose milk it is; return the codes of those newly paused."""
    paused = []
    for donor_id, recipient_id in dict.fromkeys((one.donor_id, one.recipient_id) for one in came):
        if pause_between(session, donor_id, recipient_id) is None:
            row = PairPauseRow(
                donor_id=donor_id, recipient_id=recipient_id, paused_on=on, why=PauseWhy.CLINICIAN
            )
            session.add(row)
            paused.append(session.get_one(DonorRow, donor_id).code)
    return tuple(paused)


def asked_after_text(database: Database, recipient: str, today: date) -> str:
    """Return what the family is asked, to read aloud or to paste.

    Raises:
        UserError: If nothing came that is to be asked after.
        RemovedError: If the family was removed.
    """
    with database.reading() as session:
        family = living(by_code(session, RecipientRow, recipient))
        came = _asked_about(came_milk(session, HoldRow.recipient_id == family.id), today, Answers())
        if not came:
            raise UserError(saying("{family} got no milk that nobody has asked after.", family=family.code))
        settings = load_settings(session)
        letter = AfterLetter(
            households_by_id(session, {family.household_id})[family.household_id],
            tuple(dict.fromkeys(one.on for one in came)),
            network=settings.network_name,
            signature=settings.coordinator_name,
            is_second=all(one.askings for one in came),
        )
    return str(ask_how_it_went(letter))


def _asked(side: Side, hold: str) -> Saying:
    if side is Side.DONOR:
        return saying("Asked the donor about {hold}", hold=hold)
    return saying("Asked the family about {hold}", hold=hold)
