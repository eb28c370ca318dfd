"""The page of a donor and a family who share milk: read in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.db import milk
from coordinator.db.agreements import HoldRow
from coordinator.db.arrivals import arrivals
from coordinator.db.asked_after import came_milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import unread_topics
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pause_between, pauses_of
from coordinator.db.pairs import lent_of, notes_of
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.asked_after import Asking, NextAsking, next_asking
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.lending import Lent, LentBy, Thing
from coordinator.domain.agreements.pair import EventKind, Pair, PairEvent, PairNote, Side, latest_first
from coordinator.domain.agreements.pair_forecast import Trip, forecast
from coordinator.domain.agreements.pair_pauses import PairPause
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.milk.needs import Runway
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.planning.needing import room_oz
from coordinator.domain.volume import Volume, format_volume
from coordinator.sayings import Saying, as_written, saying
from coordinator.services.agreements.standing_pairs import renewals
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.families.recipients import runway_of
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class SharesWith:
    """Another family somebody shares milk with: how much came, and when last; ``None`` where none did yet."""

    donor_code: str
    recipient_code: str
    name: str
    volume: Volume
    last_on: date | None


def pair(database: Database, donor: str, recipient: str, today: date) -> Pair:
    """Return the page of two, whatever passed between them; also of two of whom one was removed.

    Raises:
        NotFoundError: If one of them does not exist.
    """
    standing = renewals(database, today, of=donor)
    with database.reading() as session:
        giver, family = by_code(session, DonorRow, donor), by_code(session, RecipientRow, recipient)
        found = _Two(session, giver, family, today)
        return replace(
            found.pair(),
            standing=tuple(
                one for one in standing if (one.pair.donor_code, one.pair.recipient_code) == found.codes
            ),
        )


def shares_with(database: Database, code: str) -> tuple[SharesWith, ...]:
    """Return with whom the donor or family *code* shares or shared milk, the latest first."""
    with database.reading() as session:
        both = sa.or_(DonorRow.code == code.upper(), RecipientRow.code == code.upper())
        agreed = HoldRow.state.in_((HoldState.AGREED, HoldState.DONE))
        held = held_milk(session, both, agreed)
        came = _came(session, [one.id for one in held])
    found: dict[tuple[str, str], SharesWith] = {}
    for one in held:
        hold, (on, volume) = one.hold, came.get(one.id, (None, Volume()))
        if hold.state is HoldState.DONE and not volume:
            continue
        key = (hold.donor_code, hold.recipient_code)
        name = hold.recipient_name if code.upper() == hold.donor_code else hold.donor_name
        known = found.get(key, SharesWith(*key, name, Volume(), None))
        last = max((day for day in (known.last_on, on) if day is not None), default=None)
        found[key] = replace(known, volume=known.volume + volume, last_on=last)
    return tuple(
        sorted(found.values(), key=lambda one: (one.last_on or date.max, one.donor_code), reverse=True)
    )


def _came(session: Session, hold_ids: Sequence[int]) -> dict[int, tuple[date, Volume]]:
    row = DeliveryRow
    query = sa.select(row.hold_id, row.on_day, row.delivered).where(row.hold_id.in_(hold_ids))
    return {hold_id: (on, came) for hold_id, on, came in session.execute(query) if came}


class _Two:
    """Reads what is written about two, in one session."""

    def __init__(self, session: Session, giver: DonorRow, family: RecipientRow, today: date) -> None:
        self._session, self._giver, self._family, self._today = session, giver, family, today
        self._policy = load_matching_policy()
        self._unit = load_settings(session).volume_unit
        self.codes = giver.code, family.code

    def pair(self) -> Pair:
        """Return the page, without standing pairs."""
        session, giver, family = self._session, self._giver, self._family
        lots = milk.lots(session, self._today, giver.id).get(giver.id, [])
        unread = unread_topics(session, family.household_id).get(family.household_id, frozenset())
        coming = arrivals(session, self._today, family.id).get(family.id, ())
        runway = runway_of(family, self._today, coming, unread)
        smallest = Volume.from_oz(load_plan_policy().smallest_oz)
        trip = Trip(self._today, smallest, self._policy, self._unit)
        notes, lent = notes_of(session, giver.id, family.id), lent_of(session, giver.id, family.id)
        pauses = pauses_of(session, giver.id, family.id)
        counted, (minutes, miles) = self._bags(), self._way()
        pause = pause_between(session, giver.id, family.id)
        expected = forecast(runway, lots, trip)
        if pause is not None:
            said = saying("The next pickup: none is proposed while the pair is paused")
            expected = replace(expected, words=said, by=None)
        return Pair(
            self._side(giver, giver.household_id, is_bereaved=giver.bereaved),
            self._side(family, family.household_id),
            latest_first(self._events(notes, lent, pauses)),
            expected,
            pause=pause,
            lent=tuple(one for one in lent if not _is_bags_back(one)),
            notes=notes,
            asking=self._asking(),
            bags_came=sum(bags for bags in counted if bags is not None),
            uncounted=sum(bags is None for bags in counted),
            bags_back=sum(one.count for one in lent if _is_bags_back(one)),
            wishes=giver.wishes,
            room=self._room(runway),
            minutes=minutes,
            miles=miles,
        )

    def _room(self, runway: Runway) -> Volume | None:
        """Return what the family's freezer still takes beside what is there and coming; None if not known."""
        if not self._family.freezer or runway.stock is None:
            return None
        room = room_oz(self._family.freezer, runway, load_intake_policy(), load_plan_policy(), self._today)
        return Volume.from_oz(room) if isfinite(room) else None

    def _way(self) -> tuple[float, float] | tuple[None, None]:
        """Return the minutes and the straight miles between the two homes; None if one is not known."""
        homes = households_by_id(self._session, {self._giver.household_id, self._family.household_id})
        ends = [homes[row.household_id].position for row in (self._giver, self._family)]
        if None in ends:
            return None, None
        drives = drive_times(self._session).drives([ends[1]], [ends[0]])
        return float(drives.minutes[0, 0]), float(drives.straight_miles[0, 0])

    def _side(self, row: DonorRow | RecipientRow, home: int, *, is_bereaved: bool = False) -> Side:
        household = self._session.get_one(HouseholdRow, home)
        mourns = is_bereaved or bool(words_of_loss(household.read_before_ringing))
        if not mourns:
            query = sa.select(DonorRow.id).where(DonorRow.household_id == home, DonorRow.bereaved)
            mourns = self._session.scalar(query) is not None
        return Side(row.code, household.name, mourns, row.archived_on is not None)

    def _events(
        self, notes: Sequence[PairNote], lent: Sequence[Lent], pauses: Sequence[PairPause]
    ) -> Iterator[PairEvent]:
        both = (LotRow.donor_id == self._giver.id, HoldRow.recipient_id == self._family.id)
        held = held_milk(self._session, *both)
        for one in held:
            yield from self._of_hold(one)
        yield from self._of_deliveries([one.id for one in held])
        for came in came_milk(self._session, *both):
            for asking in came.askings:
                yield _asked(asking)
        for note in notes:
            yield PairEvent(note.on, EventKind.NOTE, saying("note"), private=note.text)
        for pause in pauses:
            yield PairEvent(pause.on, EventKind.PAUSED, pause.words, private=pause.reason)
            if pause.resumed_on is not None:
                said = saying("the pair goes on")
                yield PairEvent(pause.resumed_on, EventKind.RESUMED, said, private=pause.resumed_why)
        for one_lent in lent:
            yield PairEvent(one_lent.lent_on, EventKind.LENT, _lent(one_lent), private=one_lent.note)
            if one_lent.back_on is not None:
                much = one_lent.thing.counted(one_lent.count)
                yield PairEvent(one_lent.back_on, EventKind.BACK, saying("{much} back", much=much))

    def _of_hold(self, one: HeldMilk) -> Iterator[PairEvent]:
        hold = one.hold
        much = self._amount(hold.volume)
        yield PairEvent(
            hold.made_on,
            EventKind.HELD,
            saying("{much} of {lot} held", much=much, lot=hold.lot_code),
            hold.volume,
            hold.code,
        )
        if hold.donor_yes_on is not None and hold.family_yes_on is not None:
            on = max(hold.donor_yes_on, hold.family_yes_on)
            yield PairEvent(
                on, EventKind.AGREED, saying("both said yes to {much}", much=much), code=hold.code
            )

    def _of_deliveries(self, hold_ids: Sequence[int]) -> Iterator[PairEvent]:
        planned = (
            sa.select(PickupRow.on_day, PickupRow.code)
            .join(LoadRow, LoadRow.pickup_id == PickupRow.id)
            .where(LoadRow.hold_id.in_(hold_ids), PickupRow.state == PickupState.PLANNED)
        )
        for on, pickup in {(on, code) for on, code in self._session.execute(planned)}:
            yield PairEvent(on, EventKind.PLANNED, saying("pickup planned"), code=pickup)
        query = (
            sa.select(DeliveryRow, PickupRow.code)
            .join(PickupRow, PickupRow.id == DeliveryRow.pickup_id)
            .where(DeliveryRow.hold_id.in_(hold_ids))
        )
        for row, pickup in self._session.execute(query):
            if row.delivered:
                said = saying("{much} delivered", much=self._amount(row.delivered))
                if row.against:
                    said = saying("{much} delivered, though it was no fit", much=self._amount(row.delivered))
                yield PairEvent(row.on_day, EventKind.DELIVERED, said, row.delivered, pickup, row.note)
            else:
                said = saying("nothing came")
                yield PairEvent(row.on_day, EventKind.MISSED, said, code=pickup, private=row.note)

    def _bags(self) -> list[int | None]:
        query = (
            sa.select(DeliveryRow.bags)
            .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
            .join(LotRow, LotRow.id == HoldRow.lot_id)
            .where(LotRow.donor_id == self._giver.id, HoldRow.recipient_id == self._family.id)
            .where(DeliveryRow.delivered > Volume())
        )
        return list(self._session.scalars(query))

    def _asking(self) -> NextAsking | None:
        both = (LotRow.donor_id == self._giver.id, HoldRow.recipient_id == self._family.id)
        found = [
            asking
            for came in came_milk(self._session, *both)
            if (self._today - came.on).days <= self._policy.ask_after_until_days
            and (asking := next_asking(came.on, came.askings, self._policy)) is not None
        ]
        return min(found, key=lambda one: one.due_on, default=None)

    def _amount(self, volume: Volume) -> Saying:
        return as_written(format_volume(volume, self._unit).replace("\u00a0", " "))


def _asked(asking: Asking) -> PairEvent:
    answers = asking.answers
    said = (
        saying("asked how it goes: {answers}", answers=answers.words)
        if answers.words
        else saying("asked how it goes")
    )
    return PairEvent(asking.on, EventKind.ASKED_AFTER, said, private=answers.note)


def _lent(one: Lent) -> Saying:
    much = one.thing.counted(one.count)
    if _is_bags_back(one):
        return saying("{much} for hers that came with the milk", much=much)
    return saying("{much} lent by {whom}", much=much, whom=one.lent_by.words)


def _is_bags_back(one: Lent) -> bool:
    """Whether it is empty bags the family gave the donor for hers: given, not lent."""
    return one.thing is Thing.BAG and one.lent_by is LentBy.FAMILY
