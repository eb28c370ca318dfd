"""The one question a standing pair is renewed by: the same as last time on Saturday?

As in every message there are no health answers and no address. What could make the milk look better than it
is stays out: the donor is asked what has changed, and the family is rung where something is not ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.messages import WEEKDAYS, called, greeting
from coordinator.domain.families.households import Household
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import Saying, as_written, joined, saying


@dataclass(frozen=True, slots=True)
class RenewalLetter:
    """All the question may draw on. ``is_first``: nothing passed between the two yet.

    ``is_gentle``: the donor has lost her baby.
    """

    on: date
    volume: Volume
    lacks: Volume
    donor: Household
    family: Household
    network: str = ""
    signature: str = ""
    unit: VolumeUnit = VolumeUnit.OZ
    is_first: bool = False
    is_gentle: bool = False


def ask_again(letter: RenewalLetter, side: Side) -> Saying:
    """Return the question to one side."""
    reader = letter.donor if side is Side.DONOR else letter.family
    hello = greeting(letter.network, letter.signature, called(reader))
    return joined(" ", (hello, _asked(letter, side)))


def _asked(letter: RenewalLetter, side: Side) -> Saying:
    day = saying("{weekday}, {on:short}", weekday=WEEKDAYS[letter.on.weekday()], on=letter.on)
    milk = as_written(format_volume(letter.volume, letter.unit))
    if side is Side.DONOR:
        return _ask_donor(letter, day, milk)
    said = (
        saying("Shall it be as agreed on {day}: {milk}?", day=day, milk=milk)
        if letter.is_first
        else saying("The same as last time on {day}: {milk}?", day=day, milk=milk)
    )
    if letter.lacks > Volume():
        less = as_written(format_volume(letter.lacks, letter.unit))
        said = saying("{said} That is {less} less than we agreed on; no more is free.", said=said, less=less)
    ask = saying("Just answer yes, or tell me if you need less, or want to skip this one.")
    return joined(" ", (said, ask))


def _ask_donor(letter: RenewalLetter, day: Saying, milk: Saying) -> Saying:
    if letter.is_gentle:
        return saying(
            "I am thinking of you. Only if it feels right for you: {milk} on {day}? "
            "No is a good answer too, and there is nothing you have to explain.",
            milk=milk,
            day=day,
        )
    said = (
        saying("Shall it be as agreed on {day}: {milk}?", day=day, milk=milk)
        if letter.is_first
        else saying("The same as last time on {day}: {milk}?", day=day, milk=milk)
    )
    ask = saying(
        "Just answer yes, or tell me if you would rather skip this one, "
        "and whether anything has changed since we last talked: medicine, an illness, what you eat."
    )
    return joined(" ", (said, ask))
