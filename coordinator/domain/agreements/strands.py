"""One hold of a case: where it stands, whose turn it is, since when, and the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coordinator.domain.agreements import case_words as words
from coordinator.domain.agreements.asked_after import next_asking
from coordinator.domain.agreements.case_steps import Act, CaseStep, NextStep, Turn, pause_step
from coordinator.domain.agreements.contacts import NEVER, Asked, asked_of
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.promises import OnPickup, Promise, Strand, Terms
from coordinator.sayings import NOTHING, Saying


def strand_of(promise: Promise, terms: Terms) -> Strand | None:
    """Return where one hold stands; ``None`` where nothing of it is to be done or waited for any more."""
    found = _strand(promise, terms)
    if found is None:
        return None
    asked = {side: asked_of(promise.contacts, side) for side in Side}
    said = found.words
    if (
        promise.standing_on is not None
        and promise.pickup is None
        and promise.hold.state is not HoldState.DONE
    ):
        said = words.for_standing_day(said, promise.standing_on)
    pause, asks = promise.hold.pause, _not_said_yet(promise, found)
    found = _stopped(promise, _asked_again(promise, found))
    is_over = promise.hold.state is HoldState.DONE and found.next.act not in _WAITS_FOR_PAIR
    paused = NOTHING if pause is None or is_over else pause.words
    if pause is not None and paused:
        asks = tuple(one for one in asks if one != pause.asks)  # the words of the pause say it
    if asks:
        said = words.still_to_ask(said, asks)
    if paused:
        said = words.though_paused(said, paused)
    return replace(
        found,
        words=said,
        informed=promise.informed,
        asked_donor=asked[Side.DONOR],
        asked_family=asked[Side.FAMILY],
        pickup=promise.pickup,
        paused=paused,
    )


_SETTLES: Final = frozenset({Act.SETTLE, Act.EXTEND, Act.RELEASE, Act.READ_FIRST})
"""What comes before asking anybody again: the milk has moved, is free, or something is read first."""


def _asked_again(promise: Promise, strand: Strand) -> Strand:
    """Return *strand* with asking again as its step, where a side was told something else before its yes."""
    side = next((one.side for one in promise.informed if one.asks_again), None)
    if side is None or strand.next.act in _SETTLES:
        return strand
    step = replace(
        strand.next,
        act=Act.ASK_AGAIN,
        code=_code(promise, side),
        side=side,
        due_on=None,
        instead=strand.next.act,
    )
    return replace(strand, turn=Turn.YOU, next=step)


_GOES_ON_PAUSED: Final = frozenset({Act.SETTLE, Act.RELEASE, Act.READ_FIRST, Act.ASK_AFTER, Act.LET_GO})
"""What is done though the two are paused: the milk has moved, goes back, or something is read first."""


_WAITS_FOR_PAIR: Final = frozenset({Act.ASK_CLINICIAN, Act.GO_ON})


def _stopped(promise: Promise, strand: Strand) -> Strand:
    """Return *strand* as one that waits for whoever lets the two go on, while they are paused.

    None of their milk is asked about, planned or carried meanwhile. On the day of its pickup and after, what
    moved all the same is written down.
    """
    hold, pause, step = promise.hold, promise.hold.pause, strand.next
    is_over = promise.pickup is not None and strand.step is CaseStep.TO_SETTLE
    if pause is None or is_over or (step.act in _GOES_ON_PAUSED and step.act is not Act.SETTLE):
        return strand
    instead = Act.RELEASE if promise.pickup is None else Act.SHOW_PICKUP
    if step.act is Act.SETTLE:
        instead = Act.SETTLE
    if hold.state is HoldState.DONE:
        instead = Act.LET_GO
    step = replace(
        step, act=pause_step(pause), code=hold.recipient_code, side=None, due_on=None, instead=instead
    )
    where = strand.step if hold.state is HoldState.DONE else CaseStep.PAIR_PAUSED
    return replace(strand, step=where, turn=Turn.YOU, since=pause.on, next=step)


def _not_said_yet(promise: Promise, strand: Strand) -> tuple[Saying, ...]:
    """Return what is still to be asked but for the clinician's agreement, where the words tell of it."""
    is_told = promise.needs_clinician and strand.next.side is Side.FAMILY
    asks = promise.hold.still_asked
    return tuple(one for one in asks if not (is_told and one.code == "baby.needs_clinician"))


def _strand(promise: Promise, terms: Terms) -> Strand | None:
    hold = promise.hold
    if hold.state is HoldState.DONE:
        return _after(promise, terms)
    if hold.state is HoldState.RELEASED:
        return None
    if promise.is_own:
        step = NextStep(Act.RELEASE, hold.recipient_code, hold.code)
        return Strand(hold, CaseStep.HELD, Turn.YOU, None, step, words.own_milk(hold, terms.unit))
    if hold.is_expired(terms.today):
        return _expired(promise, terms)
    if hold.state is HoldState.AGREED:
        return _agreed(promise, terms)
    return _asking(promise, terms)


def _expired(promise: Promise, terms: Terms) -> Strand | None:
    hold, since = promise.hold, promise.hold.expires_on + timedelta(days=1)
    if promise.pickup is None and (terms.today - hold.expires_on).days > terms.policy.ended_hold_days:
        return None
    step = NextStep(Act.EXTEND, hold.recipient_code, hold.code, instead=Act.RELEASE)
    said = words.expired(hold, terms.unit, is_planned=promise.pickup is not None)
    return Strand(hold, CaseStep.EXPIRED, Turn.YOU, since, step, said)


def _after(promise: Promise, terms: Terms) -> Strand | None:
    """Return what is left to do once the milk has moved, or did not."""
    hold, came, left = promise.hold, promise.came, promise.left
    if came is None:
        return None
    if left is not None:
        act, instead = (Act.PLAN_AGAIN, Act.LET_GO) if left.at_hand else (Act.LET_GO, Act.NONE)
        instead = Act.NONE if left.with_driver else instead
        step = NextStep(act, hold.recipient_code, hold.code, left.pickup_code, instead=instead)
        said = words.left_behind(left, came.delivered, terms.unit)
        nothing = not came.delivered
        return Strand(hold, CaseStep.LEFT_BEHIND, Turn.YOU, came.on, step, said, nothing_came=nothing)
    days = (terms.today - came.on).days
    asking = next_asking(came.on, came.askings, terms.policy)
    is_over = days > terms.policy.ask_after_until_days
    if not came.delivered or asking is None or is_over or promise.family_rests:
        return None
    is_due = asking.due_on <= terms.today
    if asking.is_second and not is_due:
        return None  # the need is met; the second day comes by itself
    step = NextStep(Act.ASK_AFTER, hold.recipient_code, hold.code, due_on=asking.due_on)
    turn = Turn.YOU if is_due else Turn.NOBODY
    said = words.delivered(came.delivered, came.lost, came.on, terms.unit)
    if came.is_unfit:
        said = words.came_unfit(said)
    if asking.is_second:
        said = words.ask_once_more(said)
    since = asking.due_on if is_due else came.on
    return Strand(hold, CaseStep.DELIVERED, turn, since, step, said, came_unfit=came.is_unfit)


def _agreed(promise: Promise, terms: Terms) -> Strand:
    hold, trip = promise.hold, promise.pickup
    agreed_on = max(filter(None, (hold.donor_yes_on, hold.family_yes_on)), default=hold.made_on)
    if trip is None:
        step = NextStep(Act.PLAN, hold.recipient_code, hold.code)
        return Strand(hold, CaseStep.AGREED, Turn.YOU, agreed_on, step, words.agreed(hold, terms.unit))
    if trip.on < terms.today:
        step = NextStep(Act.SETTLE, hold.recipient_code, hold.code, trip.code)
        said = words.to_settle(hold, trip.on, terms.unit)
        return Strand(hold, CaseStep.TO_SETTLE, Turn.YOU, trip.on, step, said)
    turn, act, missing = _before_the_day(trip, terms.today)
    code = trip.driver_code if act is Act.NOTE_DRIVER_YES else hold.recipient_code
    is_printed = act in (Act.SETTLE, Act.SHOW_PICKUP)
    since = (trip.printed_on if is_printed else None) or agreed_on
    said = words.on_its_way(hold, words.When(trip.on, trip.starts_at, terms.today), trip, missing, terms.unit)
    step = NextStep(act, code, hold.code, trip.code)
    return Strand(hold, CaseStep.PRINTED if is_printed else CaseStep.PLANNED, turn, since, step, said)


def _before_the_day(trip: OnPickup, today: date) -> tuple[Turn, Act, words.Missing]:
    """Return what a planned pickup waits for, today or before its day."""
    if trip.is_run and not trip.driver_code:
        return Turn.YOU, Act.CHOOSE_DRIVER, words.Missing.DRIVER
    if trip.is_run and not trip.driver_said_yes:
        return Turn.DRIVER, Act.NOTE_DRIVER_YES, words.Missing.DRIVERS_YES
    if trip.printed_on is None:
        return Turn.YOU, Act.PRINT, words.Missing.SHEET
    if trip.is_changed:
        return Turn.YOU, Act.PRINT, words.Missing.NEW_SHEET
    if trip.on == today:
        return Turn.YOU, Act.SETTLE, words.Missing.NOTHING
    return Turn.NOBODY, Act.SHOW_PICKUP, words.Missing.NOTHING


def _asking(promise: Promise, terms: Terms) -> Strand:
    """Return whose yes is next: the donor's first, the family's with it where it was asked already."""
    hold = promise.hold
    found = [_side(promise, side, terms) for side in Side if _is_asked_now(promise, side)]
    best = min(found, key=lambda one: _PRESSING_SIDE.index(one.next.act))
    if promise.pickup is None:
        return best
    when = words.When(promise.pickup.on, promise.pickup.starts_at, terms.today)
    said = words.though_planned(best.words, when)
    return replace(best, hold=hold, words=said, next=replace(best.next, pickup_code=promise.pickup.code))


_PRESSING_SIDE: Final = (
    Act.READ_FIRST,
    Act.ASK_CLINICIAN,
    Act.ASK_DONOR,
    Act.ASK_FAMILY,
    Act.NUDGE_DONOR,
    Act.NUDGE_FAMILY,
    Act.NOTE_YES,
)


def _is_asked_now(promise: Promise, side: Side) -> bool:
    hold = promise.hold
    if side is Side.DONOR:
        return hold.donor_yes_on is None
    if hold.family_yes_on is not None:
        return False
    return hold.donor_yes_on is not None or asked_of(promise.contacts, side) != NEVER


def _side(promise: Promise, side: Side, terms: Terms) -> Strand:
    """Return where asking one side stands, whose yes is missing."""
    hold, asked = promise.hold, asked_of(promise.contacts, side)
    others_yes = hold.family_yes_on if side is Side.DONOR else hold.donor_yes_on
    said = words.asking(hold, side, asked, terms, others_yes=others_yes)
    strand = _waiting(promise, side, asked, terms) if asked.on else _to_ask(promise, side, asked)
    strand = replace(strand, words=said, since=strand.since or others_yes or hold.made_on)
    if side is Side.DONOR and promise.donor_reads_first:
        step = replace(strand.next, act=Act.READ_FIRST)
        return replace(strand, turn=Turn.YOU, next=step, words=words.read_first(said))
    if side is Side.FAMILY and promise.needs_clinician:
        strand = replace(strand, words=words.needs_clinician(said))
        if asked.on is not None:
            step = replace(strand.next, act=Act.ASK_CLINICIAN, instead=Act.NONE)
            return replace(strand, turn=Turn.CLINICIAN, next=step)
    return strand


def _to_ask(promise: Promise, side: Side, asked: Asked) -> Strand:
    hold, back = promise.hold, asked.taken_back_on
    act = Act.ASK_DONOR if side is Side.DONOR else Act.ASK_FAMILY
    instead = Act.RELEASE if back else Act.NONE
    step = NextStep(act, _code(promise, side), hold.code, side=side, instead=instead)
    return Strand(hold, CaseStep.YES_BACK if back else CaseStep.HELD, Turn.YOU, back, step)


def _waiting(promise: Promise, side: Side, asked: Asked, terms: Terms) -> Strand:
    """Return that a side was asked and has not answered; after the network's days she is asked once more."""
    hold, on = promise.hold, asked.on or promise.hold.made_on
    due_on = on + timedelta(days=terms.policy.nudge_days)
    act, instead = Act.NOTE_YES, Act.NONE
    if due_on <= terms.today:
        act, instead = Act.NUDGE_DONOR if side is Side.DONOR else Act.NUDGE_FAMILY, Act.NOTE_YES
    step = NextStep(act, _code(promise, side), hold.code, side=side, due_on=due_on, instead=instead)
    turn = Turn.DONOR if side is Side.DONOR else Turn.FAMILY
    return Strand(hold, CaseStep.ASKED, turn, on, step)


def _code(promise: Promise, side: Side) -> str:
    return promise.hold.donor_code if side is Side.DONOR else promise.hold.recipient_code
