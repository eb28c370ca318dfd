"""What must be so before milk is held for a baby and before a family's yes counts.

The sentences name codes and amounts only: why a baby is referred stands on the Match page.
"""

from __future__ import annotations

from datetime import date

from coordinator.domain.facts.wording import day
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import (
    CountedPart,
    LaterPart,
    free_of_counted,
    held_from,
    may_part,
    most_bags,
    part_from,
)
from coordinator.domain.policies.profiles import MatchingPolicy
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.babies import judge_baby, needs_clinician
from coordinator.domain.volume import Volume, VolumeUnit, as_part, format_volume
from coordinator.errors import UserError


class NotEnoughMilkError(UserError):
    """More was asked for than is free."""

    def __init__(self, lot: str, free: Volume, asked: Volume, unit: VolumeUnit) -> None:
        wanted = f"{_plain(asked, unit)} were asked for"
        super().__init__(
            f"Only {_plain(free, unit)} of {lot} are free, {wanted}: hold what is free, or other milk."
            if free
            else f"Nothing of {lot} is free, {wanted}: hold other milk."
        )
        self.free = free
        self.asked = asked


class NotEnoughBagsError(UserError):
    """More bags were asked for than are free."""

    def __init__(self, lot: str, free: int, asked: int) -> None:
        super().__init__(
            f"Only {free} bags of {lot} are free, {asked} were asked for: type fewer bags, or none."
        )
        self.free = free
        self.asked = asked


class PartTooSmallError(UserError):
    """More was asked for than the bags dated a day or later probably hold beside what is promised of them."""

    def __init__(self, part: str, lot: str, only_from: date, asked: str) -> None:
        super().__init__(
            f"About {part} of {lot} are free and dated {day(only_from)} or later, {asked} were asked for: "
            "hold less, or say how much was counted."
        )
        self.lot = lot
        self.only_from = only_from


class CountedHeldError(UserError):
    """More was asked for of counted bags than others left of them; *held* of the *counted* is on hold."""

    def __init__(self, held: str, counted: str, free: str) -> None:
        rest = f"so {free} of the {counted} counted are free" if free else f"and only {counted} were counted"
        super().__init__(f"{held} of these are on hold already, {rest}: hold less, or release a hold first.")


class OutsideLotError(UserError):
    """The day from which bags are wanted lies outside the lot's dates."""

    def __init__(self, lot: str, first: date | None, last: date | None) -> None:
        dates = f"from {first or '…'} to {last or '…'}"
        super().__init__(f"The bags of {lot} are dated {dates}; choose a day among these.")
        self.lot = lot


class NotMatchedError(UserError):
    """This milk is not held for this baby; the reasons are on the Match page."""


class ClinicianNotAskedError(UserError):
    """The family's yes waits for the clinician of a baby born early, or of unknown gestation."""

    def __init__(self, recipient: str) -> None:
        super().__init__(
            f"Ask first: has the baby's clinician agreed to donor milk? "
            f"Note the name and the date in the profile of {recipient}, then note the family's yes."
        )
        self.recipient = recipient


class HoldClosedError(UserError):
    """The hold is no longer one that this can be done to."""


def paused_words(code: str) -> str:
    """Return why no milk is offered to a family that rests."""
    return f"{code} is paused, so no milk is offered to it; change that in its profile first."


def check_not_paused(code: str, *, is_paused: bool) -> None:
    """Raise ``NotMatchedError`` for a family that rests."""
    if is_paused:
        raise NotMatchedError(paused_words(code))


def check_baby(code: str, baby: Baby, policy: MatchingPolicy, today: date) -> None:
    """Raise ``NotMatchedError`` for a baby who is referred."""
    if judge_baby(baby, policy, today).kind is VerdictKind.REFER:
        raise NotMatchedError(f"{code} is referred, not matched; the reason is on the Match page.")


def check_familys_yes(code: str, baby: Baby, policy: MatchingPolicy, on: date) -> None:
    """Raise if the baby is referred, or ``ClinicianNotAskedError`` if a clinician's yes must come first."""
    check_baby(code, baby, policy, on)
    if needs_clinician(baby, policy):
        raise ClinicianNotAskedError(code)


def check_amount(
    lot: Lot, volume: Volume, bags: int | None, unit: VolumeUnit, only_from: date | None = None
) -> None:
    """Raise if nothing is asked for, or more milk or bags than are free and dated *only_from* or later.

    *unit* is for the sentence.
    """
    if volume.microlitres <= 0 or (bags is not None and bags <= 0):
        raise UserError("Type how much milk to hold, more than nothing.")
    part = part_from(lot, only_from).volume
    if volume > lot.free:
        raise NotEnoughMilkError(lot.code, lot.free, volume, unit)
    if only_from is not None and volume > part:
        raise PartTooSmallError(_plain(part, unit), lot.code, only_from, _plain(volume, unit))
    most = most_bags(lot, only_from)
    if bags is not None and most is not None and bags > most:
        if only_from is not None and may_part(lot, only_from):
            raise PartTooSmallError(f"{most} bags", lot.code, only_from, f"{bags} bags")
        raise NotEnoughBagsError(lot.code, most, bags)


def check_counted(lot: Lot, counted: CountedPart, volume: Volume, unit: VolumeUnit) -> LaterPart:
    """Return what of the *counted* bags of *lot* is free.

    Raises:
        CountedHeldError: If holds of these bags leave less than *volume*, or are more than was counted.
        UserError: If fewer than no bags were counted.
    """
    if counted.bags is not None and counted.bags < 0:
        raise UserError("Type how many bags were counted; a number of bags cannot be below zero.")
    held, free = held_from(lot, counted.only_from), free_of_counted(lot, counted)
    is_more = as_part(volume, free.volume, unit) > free.volume
    if free.volume < Volume() or (held.volume and is_more):
        left = _plain(free.volume, unit) if free.volume >= Volume() else ""
        raise CountedHeldError(_plain(held.volume, unit), _plain(counted.volume, unit), left)
    if counted.bags is not None and (free.bags or 0) < 0:
        raise CountedHeldError(f"{held.bags} bags", f"{counted.bags} bags", "")
    return free


def as_held(
    lot: Lot, volume: Volume, bags: int | None, unit: VolumeUnit, only_from: date | None = None
) -> tuple[Volume, int | None]:
    """Return what somebody means who holds *volume* in *bags* of *lot*, dated *only_from* or later.

    All there is, where it looks like it; dust that would be left goes with the last bag.
    """
    part = part_from(lot, only_from)
    meant = as_part(volume, part.volume, unit)
    if meant > volume and bags is not None:
        bags = max(bags, part.bags or 0)
    return meant, bags


def _plain(volume: Volume, unit: VolumeUnit) -> str:
    return format_volume(volume, unit).replace("\u00a0", " ")


def check_day(lot: Lot, only_from: date | None) -> None:
    """Raise ``OutsideLotError`` if *only_from* is no day of the lot."""
    if only_from is None:
        return
    first, last = lot.expressed_from, lot.expressed_to
    if (first is not None and only_from < first) or (last is not None and only_from > last):
        raise OutsideLotError(lot.code, first, last)
