"""A donor for a family: what she offers, whom it is for, and how both stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coordinator.domain.families.babies import Baby, Reach
from coordinator.domain.matching.reach import ReachKind, Way
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.needs import Need
from coordinator.domain.places.positions import Position, distance_miles, is_exact
from coordinator.domain.policies.verdicts import Overruling, Verdict
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.parts import Part
from coordinator.domain.suitability.standing import Standing, StandingKind, standing_of, together
from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class Past:
    """What passed between a donor and a family before: hand-overs, the last one, all the milk."""

    deliveries: int
    last_on: date
    volume: Volume


@dataclass(frozen=True, slots=True)
class Offer:
    """A donor with milk free. ``lots`` are only those with something free, oldest first.

    ``is_own``: she is of the household that milk is looked for; ``may_be_own``: that is still asked.
    ``rests_until`` is the day she is open again, of a donor who rests today.
    """

    code: str
    name: str
    town: str
    state_code: str
    lots: tuple[Lot, ...]
    disclosures: Disclosures
    gestation_weeks: int | None = None
    baby_born: date | None = None
    position: Position | None = None
    place_label: str = ""
    hours: str = ""
    wishes: str = ""
    last_contact_on: date | None = None
    read_before_ringing: bool = False
    open_questions: int = 0
    past: Past | None = None
    is_place_uncertain: bool = False
    is_own: bool = False
    may_be_own: bool = False
    phone: str = ""
    languages: str = ""
    is_bereaved: bool = False
    ring_note: str = ""
    rests_until: date | None = None


@dataclass(frozen=True, slots=True)
class Seeker:
    """The family milk is looked for, as matching sees it; ``need`` is ``None`` when it cannot be told.

    ``mourns``: it lost a baby; told only where families are looked for, for milk there is.
    """

    code: str
    name: str
    baby: Baby
    position: Position | None
    reach: Reach
    need: Need | None = None
    place_label: str = ""
    overruled: tuple[Overruling, ...] = ()
    is_paused: bool = False
    mourns: bool = False


class LotPart(NamedTuple):
    """One lot for one family: the verdict on the best of it, and which days that is.

    ``part`` is ``None`` where the whole lot is alike or does not tell its days.
    """

    lot: Lot
    verdict: Verdict
    part: Part | None = None

    @property
    def words(self) -> str:
        """What must be left out (``only bags dated Mar 15, 2026 or later``); empty for nothing."""
        return self.part.words if self.part else ""

    @property
    def only_from(self) -> date | None:
        """The day a hold writes down as "only bags from"; ``None`` where the whole lot is meant."""
        return self.part.only_from if self.part else None

    @property
    def is_held_as_it_is(self) -> bool:
        """Whether a hold can say which bags are meant; other parts need the lot split first."""
        return self.part is None or self.part.only_from is not None


class Match(NamedTuple):
    """One donor for one family, with every reason.

    ``verdict`` is that of the best part of her milk: ``parts`` has her lots, that one first, each with what
    must be left out of it. ``way`` is the vectorised estimate that sorts; ``miles`` is the figure shown.
    ``baby_standing`` is the baby's own, the same for every donor.
    """

    offer: Offer
    seeker: Seeker
    today: date
    verdict: Verdict
    way: Way
    parts: tuple[LotPart, ...] = ()
    baby_standing: Standing = Standing(StandingKind.READY)

    @property
    def standing(self) -> Standing:
        """What still has to happen before this milk goes; what is the baby's own is not in it."""
        return standing_of(self.verdict, self.today)

    @property
    def pair(self) -> Standing:
        """How donor and family stand with all that is asked of both: the worse of the two."""
        return together(self.baby_standing, self.standing)

    @property
    def leave_out(self) -> str:
        """What must be left out of her best lot for its verdict to hold; empty for nothing."""
        return self.parts[0].words if self.parts else ""

    @property
    def code(self) -> str:
        """The donor's code."""
        return self.offer.code

    @property
    def name(self) -> str:
        """The donor's name."""
        return self.offer.name

    @property
    def town(self) -> str:
        """The donor's town."""
        return self.offer.town

    @property
    def lots(self) -> tuple[Lot, ...]:
        """The donor's free lots."""
        return self.offer.lots

    @property
    def free(self) -> Volume:
        """The milk free in all her lots."""
        return Volume(sum(lot.free.microlitres for lot in self.lots))

    @property
    def free_bags(self) -> int | None:
        """How many bags that is; ``None`` when some were not counted."""
        bags = [lot.free_bags for lot in self.lots]
        return None if None in bags else sum(count for count in bags if count is not None)

    @property
    def reach(self) -> ReachKind:
        """Whether the family gets there."""
        return self.way.reach

    @property
    def minutes(self) -> float | None:
        """The drive one way; ``None`` when either place is unknown."""
        return self.way.minutes

    @property
    def road_host(self) -> str:
        """The server that knew the road; empty when the drive is an estimate."""
        return self.way.host

    @property
    def crosses_water(self) -> bool:
        """Whether the straight line crosses so much water that the road should be looked at."""
        return self.way.crosses_water

    @property
    def miles(self) -> float | None:
        """The straight-line geodesic, worked out when it is shown; ``None`` when either place is unknown."""
        if self.seeker.position is None or self.offer.position is None:
            return None
        return _miles_shown(self.seeker.position, self.offer.position)

    @property
    def is_exact(self) -> bool:
        """Whether both ends are known to the address, so that tenths of a mile mean something."""
        ends = (self.seeker.position, self.offer.position)
        return is_exact(*(end for end in ends if end is not None)) and None not in ends

    @property
    def milk_dates(self) -> tuple[date, date] | None:
        """The days of the oldest and the newest bag; ``None`` when a lot does not tell."""
        return _span(self.lots)

    @property
    def milk_age_weeks(self) -> tuple[int, int] | None:
        """Full weeks since the newest and since the oldest bag was pumped."""
        dates = self.milk_dates
        return (
            None if dates is None else ((self.today - dates[1]).days // 7, (self.today - dates[0]).days // 7)
        )

    @property
    def donors_baby_age_days(self) -> tuple[int, int] | None:
        """How old the donor's own baby was at the oldest and the newest bag, in days."""
        dates = self.milk_dates
        if dates is None or self.offer.baby_born is None:
            return None
        return (dates[0] - self.offer.baby_born).days, (dates[1] - self.offer.baby_born).days

    @property
    def baby_age_days(self) -> int | None:
        """How old the baby who needs milk is today, in days; negative before birth."""
        born = self.seeker.baby.born
        return None if born is None else (self.today - born).days


_miles_shown = lru_cache(maxsize=4096)(distance_miles)


def _span(lots: Sequence[Lot]) -> tuple[date, date] | None:
    starts = [lot.expressed_from for lot in lots if lot.expressed_from is not None]
    ends = [lot.expressed_to for lot in lots if lot.expressed_to is not None]
    if not lots or len(starts) < len(lots) or len(ends) < len(lots):
        return None
    return min(starts), max(ends)
