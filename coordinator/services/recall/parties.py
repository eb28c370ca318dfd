"""Who is to be rung in a recall, worked out anew from the rows, with what was noted of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.households import HouseholdRow, to_position
from coordinator.db.living import now_part_of
from coordinator.db.milk import LotRow
from coordinator.db.practice_copy import is_practice
from coordinator.db.recalls import RecallRow, contacts_of, told_of
from coordinator.db.roles import role_by_code
from coordinator.domain.records.recall import NotGiven, PumpedDays, Recall
from coordinator.domain.records.recall_work import (
    Contact,
    Party,
    PartyKind,
    RecallWork,
    Told,
    in_order,
    with_words,
)
from coordinator.domain.volume import Volume, total
from coordinator.errors import NotFoundError
from coordinator.services.records.recalling import recall_in

Said = TypeVar("Said", Told, Contact)


def work_in(session: Session, row: RecallRow, today: date) -> RecallWork:
    """Return a recall with everybody to ring, as all rows are now."""
    found = recall_in(session, row.about, today, PumpedDays(row.first_day, row.last_day))
    told = _told(session, row.id)
    contacts = _contacts(session, row.id)
    due = {one.who: one for one in _parties(session, found)}
    for who in dict.fromkeys([*told, *contacts]):
        if who not in due and (named := _named(session, who)) is not None:
            due[who] = named
    return RecallWork(
        row.code,
        row.about,
        row.because,
        row.began_at,
        row.closed_at,
        found,
        in_order(with_words(due.values(), told, contacts)),
        untold=_untold(session, found.lots),
        is_drill=is_practice(session),
    )


def _parties(session: Session, found: Recall) -> Iterator[Party]:
    """Yield the families in the order to ring, then each donor, whatever is with her, and the volunteers."""
    for home in found.homes:
        party = _of(session, home.recipient_code, PartyKind.FAMILY)
        yield replace(party, due=home.volume, home=home)
    with_whom: dict[str, list[NotGiven]] = {donor: [] for donor in found.donors}
    for one in found.not_given:
        with_whom.setdefault(one.driver_code or one.donor_code, []).append(one)
    for who, milk in with_whom.items():
        kind = PartyKind.DONOR if who in found.donors else PartyKind.VOLUNTEER
        there = total([one.volume for one in milk])
        yield replace(_of(session, who, kind), due=there, not_given=tuple(milk))


def _named(session: Session, who: str) -> Party | None:
    """Return somebody who was rung and has none of the milk any more: a hand-over was corrected since."""
    kinds = {"R": PartyKind.FAMILY, "D": PartyKind.DONOR, "V": PartyKind.VOLUNTEER}
    try:
        return _of(session, who, kinds[who[:1]])
    except (KeyError, NotFoundError):
        return None


def _of(session: Session, who: str, kind: PartyKind) -> Party:
    home = session.get_one(HouseholdRow, role_by_code(session, who).household_id)
    return Party(
        who,
        home.name,
        home.phone,
        kind,
        Volume(),
        position=to_position(home.latitude_deg, home.longitude_deg, home.precision),
        languages=home.languages,
        read_first=home.read_before_ringing,
    )


def code_now(session: Session, who: str) -> str:
    """Return the code in use of somebody who may have become part of another family since."""
    try:
        row = role_by_code(session, who)
    except NotFoundError:
        return who
    return now_part_of(row) or row.code


def _told(session: Session, recall_id: int) -> Mapping[str, list[Told]]:
    return _by_who(
        Told(row.id, code_now(session, row.who), row.became, row.volume, row.on_day, row.note)
        for row in told_of(session, recall_id)
    )


def _contacts(session: Session, recall_id: int) -> Mapping[str, list[Contact]]:
    return _by_who(
        Contact(row.id, code_now(session, row.who), row.at, row.outcome, row.note)
        for row in contacts_of(session, recall_id)
    )


def _by_who(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        found[one.who].append(one)
    return found


def _untold(session: Session, lots: Iterable[str]) -> tuple[str, ...]:
    """Return those of the lots of which nobody said how much they hold, and that are on the lists."""
    query = sa.select(LotRow.code).where(
        LotRow.code.in_(list(lots)), LotRow.volume == Volume(), LotRow.archived_on.is_(None)
    )
    return tuple(session.scalars(query.order_by(LotRow.code)))
