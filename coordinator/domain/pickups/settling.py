"""What became of a pickup: from what was typed back in to what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.milk.left_behind import DUST
from coordinator.domain.milk.needs import Babies, IntakePolicy, left_on
from coordinator.domain.pickups.plans import Correction, Delivered, LeftWith, Outcome
from coordinator.domain.plausible import MOST_COUNTED
from coordinator.domain.volume import Volume, VolumeUnit, as_part, format_volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.agreements.holds import Hold

ROUNDING = Volume(2)
"""Three typed amounts and the planned one are each rounded to a microlitre: 32 + 5 + 3 oz are 40 oz."""


class OutcomeError(UserError):
    """What was typed does not add up; ``hold_code`` says where, ``problem`` what alone."""

    def __init__(self, hold_code: str, problem: Saying) -> None:
        super().__init__(saying("{hold}: {problem} Nothing was saved.", hold=hold_code, problem=problem))
        self.hold_code = hold_code
        self.problem = problem


def settled(
    holds: Sequence[Hold], outcomes: Sequence[Outcome] | None, unit: VolumeUnit = VolumeUnit.OZ
) -> tuple[Delivered, ...]:
    """Return what became of every hold; whatever no outcome speaks of went as planned.

    Delivered, left behind and lost always add up to what was planned: what is not spoken of stayed with
    the donor. "Nobody home" without figures means that all of it did.

    Raises:
        OutcomeError: If more came than was planned, an amount is negative, or the hold is not on this pickup.
    """
    told = {outcome.hold_code: outcome for outcome in outcomes or ()}
    known = {hold.code for hold in holds}
    for code in told:
        if code not in known:
            raise OutcomeError(code, saying("this hold does not travel with this pickup."))
    return tuple(_settled(hold, told.get(hold.code, Outcome(hold.code)), unit) for hold in holds)


def _settled(hold: Hold, outcome: Outcome, unit: VolumeUnit) -> Delivered:
    nothing = Volume()
    if (
        min(outcome.left_behind, outcome.lost, outcome.delivered or nothing) < nothing
        or (outcome.bags or 0) < 0
    ):
        raise OutcomeError(hold.code, saying("an amount cannot be below zero."))
    if (outcome.bags or 0) > MOST_COUNTED:
        raise OutcomeError(hold.code, saying("that is more bags than anybody counts."))
    delivered, lost = _came(hold, outcome, unit)
    if outcome.bags and not delivered:
        raise OutcomeError(hold.code, saying("bags came without milk; type how much was in them."))
    return Delivered(
        hold_code=hold.code,
        delivered=delivered,
        bags=_bags_of(hold, delivered) if outcome.bags is None else outcome.bags,
        left_behind=hold.volume - delivered - lost,
        lost=lost,
        condition=outcome.condition,
        nobody_home=outcome.nobody_home,
        note=outcome.note.strip(),
        received_by=outcome.received_by.strip(),
    )


def _came(hold: Hold, outcome: Outcome, unit: VolumeUnit) -> tuple[Volume, Volume]:
    """Return how much was delivered and how much lost; what looks like all that was planned is all of it."""
    nothing, planned = Volume(), hold.volume
    lost, left = outcome.lost, outcome.left_behind
    if not outcome.delivered:
        lost = as_part(lost, planned - left, unit)
        left = as_part(left, planned - lost, unit)
    rest = planned - lost - left
    delivered = outcome.delivered
    if delivered is None:
        delivered = nothing if outcome.nobody_home else rest
    elif delivered and as_part(delivered + lost + left, planned, unit) == planned:
        delivered = max(rest, nothing)
    if delivered + ROUNDING < nothing or delivered + lost + left > planned + ROUNDING:
        came = format_volume(max(delivered, nothing) + lost + left, unit)
        problem = saying(
            "{came} are more than the {planned} planned; hold the rest first.",
            came=came,
            planned=format_volume(planned, unit),
        )
        raise OutcomeError(hold.code, problem)
    lost = min(lost, planned)
    return max(min(delivered, planned - lost), nothing), lost


def corrected(hold: Hold, was: Delivered, typed: Correction, unit: VolumeUnit = VolumeUnit.OZ) -> Delivered:
    """Return what became of *hold* by what was *typed*, where *was* is written down.

    An amount that nobody typed follows: what was lost stays lost where it fits, and what is not spoken of
    stayed with the donor. "Nobody home", where somebody was, means that all of it did.

    Raises:
        OutcomeError: As :func:`settled`.
    """
    nobody = typed.nobody_home and not was.nobody_home
    says_amounts = not typed.delivered is typed.left_behind is typed.lost is None
    if not says_amounts and not nobody:
        outcome = Outcome(hold.code, was.delivered, left_behind=was.left_behind, lost=was.lost)
    else:
        outcome = _retold(hold, was, typed, all_stayed=nobody)
    is_same = outcome.delivered == was.delivered
    bags = was.bags if typed.bags is None and is_same else typed.bags
    outcome = replace(
        outcome,
        bags=bags,
        condition=typed.condition,
        nobody_home=typed.nobody_home,
        note=typed.note,
        received_by=was.received_by if typed.received_by is None else typed.received_by,
    )
    found = _settled(hold, outcome, unit)
    return replace(found, bags=None) if bags is None and is_same else found


def _retold(hold: Hold, was: Delivered, typed: Correction, *, all_stayed: bool) -> Outcome:
    """Return the amounts that were typed, with those that follow from them."""
    nothing = Volume()
    if typed.delivered is typed.left_behind is None and all_stayed:
        return Outcome(hold.code, nothing, lost=typed.lost or nothing)
    delivered, left = typed.delivered, typed.left_behind
    if delivered is left is None:
        left = was.left_behind
    room = max(hold.volume - (delivered or nothing) - (left or nothing), nothing)
    lost = min(was.lost, room) if typed.lost is None else typed.lost
    if delivered is None:
        delivered = hold.volume - (left or nothing) - lost
    return Outcome(hold.code, delivered, left_behind=left or nothing, lost=lost)


def left_with(
    came: Delivered, where: LeftWith | None, *, is_run: bool, was: Delivered | None = None
) -> Delivered:
    """Return *came* with how much of what was left behind is with the volunteer, by *where* it is.

    Not said: what stays as it *was* stays where it was, all else is with the volunteer. Only a run has one.
    """
    left = came.left_behind
    if not is_run or where is LeftWith.DONOR or left < DUST:
        carried = Volume()
    elif where is LeftWith.VOLUNTEER or was is None:
        carried = left
    else:
        carried = min(max(was.with_driver + left - was.left_behind, Volume()), left)
    return replace(came, with_driver=carried)


def _bags_of(hold: Hold, delivered: Volume) -> int | None:
    """Return in how many of the bags of *hold* so much of it came, by ounces; none are counted of nothing."""
    if hold.bags is None or not delivered:
        return None
    return max(1, round(hold.bags * delivered.microlitres / hold.volume.microlitres))


def stock_left(
    policy: IntakePolicy, born: date, babies: int, own_supply: Volume, stock: Volume, stock_on: date, on: date
) -> Volume:
    """Return what a stock counted on *stock_on* has probably come down to by *on*; never negative.

    Eaten at the expected intake, like the day the milk runs out: by stretches of equal need.
    """
    if on <= stock_on:
        return stock
    return left_on(policy, Babies(born, babies, own_supply), stock, stock_on, on)
