"""Standing pairs: a donor and a family who agreed once on how much and how often.

Nothing is promised by it. For each day one pickup is proposed; it is held and counts once both said yes to
that day, and then it goes the way of every agreement. A day that was skipped or proposed is not proposed
again; what lacks, and a pair that is not ready any more, is said before the yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.pair_pauses import PairPause
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.suitability.standing import Standing, StandingKind, together
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, is_dust, is_shown_alike, total
from coordinator.sayings import NOTHING, Saying, as_written, joined, saying


class StandingState(StrEnum):
    """Whether a standing pair goes on."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"

    @property
    def words(self) -> Saying:
        """The state as it is shown."""
        return _STATES[self]


_STATES = {
    StandingState.ACTIVE: saying("goes on"),
    StandingState.PAUSED: saying("paused"),
    StandingState.ENDED: saying("ended"),
}


@dataclass(frozen=True, slots=True)
class DayOfPair:
    """What became of one day: skipped, or proposed with these holds."""

    on: date
    is_skipped: bool = False
    holds: tuple[tuple[str, HoldState], ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether it is not to be proposed (again): what was released may be."""
        return self.is_skipped or self.has_milk

    @property
    def has_milk(self) -> bool:
        """Whether milk is held for it, or was handed over."""
        return any(state is not HoldState.RELEASED for _, state in self.holds)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the two agreed on once: how much, a day or a pickup, how often, from when, until when."""

    volume: Volume
    is_a_day: bool
    rhythm: Rhythm
    first_on: date
    ends_on: date | None = None

    def volume_on(self, on: date) -> Volume:
        """Return how much the pickup on its day *on* is: so much a day, until the next, skipped or not."""
        if not self.is_a_day:
            return self.volume
        return self.volume * self.rhythm.days_to_next(self.first_on, on)

    def words(self, unit: VolumeUnit) -> Saying:
        """It in words: ``25 oz a day, every other Saturday``."""
        much = amount(self.volume, unit)
        said = saying("{much} a day", much=much) if self.is_a_day else saying("{much} a pickup", much=much)
        said = joined(", ", (said, self.rhythm.words))
        return saying("{said}, until {on}", said=said, on=self.ends_on) if self.ends_on else said


@dataclass(frozen=True, slots=True)
class StandingPair:
    """A donor and a family, by code and name, what they agreed on, and the days that were thought of."""

    code: str
    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    agreed: Agreed
    state: StandingState
    agreed_on: date
    days: tuple[DayOfPair, ...] = ()
    donor_reads_first: bool = False

    def next_on(self, today: date) -> date | None:
        """Return the first day from *today* on that is neither skipped nor proposed; none where it ended."""
        if self.state is StandingState.ENDED:
            return None
        taken = {day.on for day in self.days if day.is_taken}
        agreed = self.agreed
        for on in agreed.rhythm.days(agreed.first_on, max(today, agreed.first_on) - timedelta(days=1)):
            if agreed.ends_on is not None and on > agreed.ends_on:
                return None
            if on not in taken:
                return on
        return None

    def coming(self, today: date, count: int) -> list[date]:
        """Return the next *count* days of the rhythm from *today* on, skipped ones with them."""
        agreed, found = self.agreed, list[date]()
        for on in agreed.rhythm.days(agreed.first_on, max(today, agreed.first_on) - timedelta(days=1)):
            if len(found) == count or (agreed.ends_on is not None and on > agreed.ends_on):
                break
            found.append(on)
        return found

    def held_on(self, on: date) -> list[tuple[str, HoldState]]:
        """Return the holds of the day *on* that were not released, by code."""
        holds = [one for day in self.days if day.on == on for one in day.holds]
        return [(code, state) for code, state in holds if state is not HoldState.RELEASED]

    def lasting(self) -> list[tuple[date, date]]:
        """Return each day that has milk, and the day before which it lasts: the next that has none."""
        taken = {day.on for day in self.days if day.is_taken}
        found = list[tuple[date, date]]()
        for day in self.days:
            if day.has_milk:
                after = self.agreed.rhythm.days(self.agreed.first_on, day.on)
                found.append((day.on, next(on for on in after if on not in taken)))
        return found

    def has_milk_for(self, agreed: Agreed, today: date) -> tuple[date, ...]:
        """Return the days of what is *agreed* now whose milk is held, or was handed over, already.

        Days that the pair knows of itself are left out of it.
        """
        known = {day.on for day in self.days if day.is_taken}
        return tuple(on for on in self.covers(agreed, today) if on not in known)

    def covers(self, agreed: Agreed, today: date) -> tuple[date, ...]:
        """Return the days of what is *agreed*, by this pair or by another, that milk of this pair is for."""
        spans = self.lasting()
        last = max((until for _, until in spans), default=today)
        found = list[date]()
        for on in agreed.rhythm.days(agreed.first_on, max(today, agreed.first_on) - timedelta(days=1)):
            if on >= last or (agreed.ends_on is not None and on > agreed.ends_on):
                break
            until = on + timedelta(days=agreed.rhythm.days_to_next(agreed.first_on, on))
            if any(start < until and on < end for start, end in spans):
                found.append(on)
        return tuple(found)

    @property
    def skipped(self) -> frozenset[date]:
        """The days that were skipped."""
        return frozenset(day.on for day in self.days if day.is_skipped)


@dataclass(frozen=True, slots=True)
class When:
    """How many days before it a day is asked about, and by when both should have said yes."""

    ask_days: int
    renew_days: int

    def asks_from(self, on: date) -> date:
        """Return from when on the two are asked about the day *on*."""
        return on - timedelta(days=max(self.ask_days, self.renew_days))

    def renew_by(self, on: date) -> date:
        """Return by when both should have said yes to the day *on*."""
        return on - timedelta(days=self.renew_days)


@dataclass(frozen=True, slots=True)
class FitLot:
    """Free milk of one lot as it will stand on the day: how much, which bags of it, and the standing."""

    lot_code: str
    volume: Volume
    standing: Standing
    only_from: date | None = None

    def without(self, taken: Mapping[str, Volume]) -> FitLot | None:
        """Return what is left of it where so much is *taken* of each lot, by code; ``None`` for nothing."""
        left = self.volume - taken.get(self.lot_code, Volume())
        return replace(self, volume=left) if left > Volume() else None


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken of one lot."""

    lot_code: str
    volume: Volume
    only_from: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The milk for one day of a pair: ``parts`` of her lots, oldest first, and what lacks of what was agreed.

    ``hindered`` says why nothing can be held, ``pause`` is that of the two where it is for that.
    ``standing`` is that of the worst part with the baby's own. ``is_after_others``: some of her milk is
    proposed for an earlier day of another family.
    """

    on: date
    wanted: Volume
    parts: tuple[Part, ...] = ()
    standing: Standing = Standing(StandingKind.READY)  # noqa: RUF009 - immutable
    hindered: Saying = NOTHING
    is_after_others: bool = False
    pause: PairPause | None = None

    @property
    def volume(self) -> Volume:
        """How much there is for that day."""
        return total([part.volume for part in self.parts])

    @property
    def lacks(self) -> Volume:
        """How much less than agreed that is."""
        return self.wanted - self.volume

    @property
    def is_ready(self) -> bool:
        """Whether it can be renewed without asking anything else."""
        return not self.hindered and bool(self.parts) and self.standing.kind is StandingKind.READY

    @property
    def is_possible(self) -> bool:
        """Whether milk can be held for it at all, asked about or not."""
        return not self.hindered and bool(self.parts)

    def words(self, unit: VolumeUnit) -> Saying:
        """How much there is, what lacks, and why it is not ready."""
        if self.hindered:
            return self.hindered
        if not self.parts and self.is_after_others:
            return saying("all she has that fits is proposed for another family's day before")
        if not self.parts:
            return saying("she has no milk free that fits on that day")
        said = amount(self.volume, unit)
        if not is_shown_alike(self.volume, self.wanted, unit):
            wanted = amount(self.wanted, unit)
            said = saying("only {much} of the agreed {wanted} is there", much=said, wanted=wanted)
            if self.is_after_others:
                said = saying("{said}, after another family's day before", said=said)
        if not self.is_ready:
            said = saying("{said} · not ready: {standing}", said=said, standing=self.standing.words)
        return said


def proposed(on: date, wanted: Volume, lots: Sequence[FitLot], baby: Standing) -> Proposal:
    """Return the milk for the day *on*: of what stands nearest, the oldest first; never filled up with other.

    *lots* come oldest first, without those that are not a fit.
    """
    if not lots:
        return Proposal(on, wanted, standing=baby)
    nearest = min(one.standing.order for one in lots)
    left, parts, standings = wanted, list[Part](), [baby]
    for one in lots:
        if one.standing.order != nearest or not left or is_dust(left, VolumeUnit.OZ):
            continue
        volume = min(left, one.volume)
        parts.append(Part(one.lot_code, volume, one.only_from))
        standings.append(one.standing)
        left = left - volume
    return Proposal(on, wanted, tuple(parts), together(*standings))


def amount(volume: Volume, unit: VolumeUnit) -> Saying:
    """Return an amount with its unit."""
    return as_written(format_volume(volume, unit).replace("\u00a0", " "))
