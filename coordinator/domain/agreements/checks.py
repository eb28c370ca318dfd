"""What must be so before milk is held for a baby and before a family's yes counts.

The sentences name codes and amounts only: why a baby is referred stands on the Match page.
"""

from __future__ import annotations

from datetime import date

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
from coordinator.sayings import Saying, plural, saying


class NotEnoughMilkError(UserError):
    """More was asked for than is free."""

    def __init__(self, lot: str, free: Volume, asked: Volume, unit: VolumeUnit) -> None:
        wanted = _plain(asked, unit)
        super().__init__(
            saying(
                "Only {free} of {lot} are free, {asked} were asked for: hold what is free, or other milk.",
                free=_plain(free, unit),
                lot=lot,
                asked=wanted,
            )
            if free
            else saying(
                "Nothing of {lot} is free, {asked} were asked for: hold other milk.", lot=lot, asked=wanted
            )
        )
        self.free = free
        self.asked = asked


class NotEnoughBagsError(UserError):
    """More bags were asked for than are free."""

    def __init__(self, lot: str, free: int, asked: int) -> None:
        super().__init__(
            saying(
                "Only {free} bags of {lot} are free, {asked} were asked for: type fewer bags, or none.",
                free=free,
                lot=lot,
                asked=asked,
            )
        )
        self.free = free
        self.asked = asked


class PartTooSmallError(UserError):
    """More was asked for than the bags dated a day or later probably hold beside what is promised of them."""

    def __init__(self, part: str | Saying, lot: str, only_from: date, asked: str | Saying) -> None:
        super().__init__(
            saying(
                "About {part} of {lot} are free and dated {on} or later, {asked} were asked for: "
                "hold less, or say how much was counted.",
                part=part,
                lot=lot,
                on=only_from,
                asked=asked,
            )
        )
        self.lot = lot
        self.only_from = only_from


class CountedHeldError(UserError):
    """More was asked for of counted bags than others left of them; *held* of the *counted* is on hold."""

    def __init__(self, held: str | Saying, counted: str | Saying, free: str) -> None:
        super().__init__(
            saying(
                "{held} of these are on hold already, so {free} of the {counted} counted are free: "
                "hold less, or release a hold first.",
                held=held,
                free=free,
                counted=counted,
            )
            if free
            else saying(
                "{held} of these are on hold already, and only {counted} were counted: "
                "hold less, or release a hold first.",
                held=held,
                counted=counted,
            )
        )


class OutsideLotError(UserError):
    """The day from which bags are wanted lies outside the lot's dates."""

    def __init__(self, lot: str, first: date | None, last: date | None) -> None:
        super().__init__(
            saying(
                "The bags of {lot} are dated from {first} to {last}; choose a day among these.",
                lot=lot,
                first=str(first or "…"),
                last=str(last or "…"),
            )
        )
        self.lot = lot


class NotMatchedError(UserError):
    """This milk is not held for this baby; the reasons are on the Match page."""


class ClinicianNotAskedError(UserError):
    """The family's yes waits for the clinician of a baby born early, or of unknown gestation."""

    def __init__(self, recipient: str) -> None:
        super().__init__(
            saying(
                "Ask first: has the baby's clinician agreed to donor milk? "
                "Note the name and the date in the profile of {family}, then note the family's yes.",
                family=recipient,
            )
        )
        self.recipient = recipient


class HoldClosedError(UserError):
    """The hold is no longer one that this can be done to."""


def paused_words(code: str) -> Saying:
    """Return why no milk is offered to a family that rests."""
    return saying(
        "{code} is paused, so no milk is offered to it; change that in its profile first.", code=code
    )


def check_not_paused(code: str, *, is_paused: bool) -> None:
    """Raise ``NotMatchedError`` for a family that rests."""
    if is_paused:
        raise NotMatchedError(paused_words(code))


def check_not_own(donor: str, family: str, *, is_own: bool) -> None:
    """Raise ``NotMatchedError`` where donor and family are one household, which gets none of its own."""
    if is_own:
        raise NotMatchedError(
            saying(
                "{donor} and {family} are one family; its own milk is not held.", donor=donor, family=family
            )
        )


def check_baby(code: str, baby: Baby, policy: MatchingPolicy, today: date) -> None:
    """Raise ``NotMatchedError`` for a baby who is referred."""
    if judge_baby(baby, policy, today).kind is VerdictKind.REFER:
        raise NotMatchedError(
            saying("{code} is referred, not matched; the reason is on the Match page.", code=code)
        )


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
        raise UserError(saying("Type how much milk to hold, more than nothing."))
    part = part_from(lot, only_from).volume
    if volume > lot.free:
        raise NotEnoughMilkError(lot.code, lot.free, volume, unit)
    if only_from is not None and volume > part:
        raise PartTooSmallError(_plain(part, unit), lot.code, only_from, _plain(volume, unit))
    most = most_bags(lot, only_from)
    if bags is not None and most is not None and bags > most:
        if only_from is not None and may_part(lot, only_from):
            raise PartTooSmallError(_bags(most), lot.code, only_from, _bags(bags))
        raise NotEnoughBagsError(lot.code, most, bags)


def check_counted(lot: Lot, counted: CountedPart, volume: Volume, unit: VolumeUnit) -> LaterPart:
    """Return what of the *counted* bags of *lot* is free.

    Raises:
        CountedHeldError: If holds of these bags leave less than *volume*, or are more than was counted.
        UserError: If fewer than no bags were counted.
    """
    if counted.bags is not None and counted.bags < 0:
        raise UserError(saying("Type how many bags were counted; a number of bags cannot be below zero."))
    held, free = held_from(lot, counted.only_from), free_of_counted(lot, counted)
    is_more = as_part(volume, free.volume, unit) > free.volume
    if free.volume < Volume() or (held.volume and is_more):
        left = _plain(free.volume, unit) if free.volume >= Volume() else ""
        raise CountedHeldError(_plain(held.volume, unit), _plain(counted.volume, unit), left)
    if counted.bags is not None and (free.bags or 0) < 0:
        raise CountedHeldError(_bags(held.bags or 0), _bags(counted.bags), "")
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


def _bags(count: int) -> Saying:
    return plural("{n} bags", "{n} bags", count)


def _plain(volume: Volume, unit: VolumeUnit) -> str:
    return format_volume(volume, unit).replace("\u00a0", " ")


def check_day(lot: Lot, only_from: date | None) -> None:
    """Raise ``OutsideLotError`` if *only_from* is no day of the lot."""
    if only_from is None:
        return
    first, last = lot.expressed_from, lot.expressed_to
    if (first is not None and only_from < first) or (last is not None and only_from > last):
        raise OutsideLotError(lot.code, first, last)
