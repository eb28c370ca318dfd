"""Where a donor's screening stands: the checklist of the policy, deferrals, sign-offs, her state.

What we chose: "New" and "Questions" follow from the answers by themselves, they say only what was told.
"Can offer", "Paused", "Not matching" and "Finished" are the coordinator's decisions; where the checklist says
otherwise, that is proposed and never done. A deferral rests a donor on its days and writes nothing when it
ends, so that she is open again on that day whether or not anybody starts the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.intervals import Interval
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import Basis
from coordinator.domain.screening.checklist import (
    ASKED_TOGETHER,
    FIRST_CONTACT,
    ChecklistItem,
    ItemState,
    SignOff,
    Told,
    checklist,
    kind_title,
    not_answered,
    not_clear,
    people_to_sign,
    signed_under,
)
from coordinator.sayings import Saying


@dataclass(frozen=True, slots=True)
class Deferral:
    """Days on which a donor's milk waits: from ``start``, until the day she is open again.

    ``until`` ``None``: until somebody ends it. ``ended_on`` is the day it was ended before its time. The
    reason is private.
    """

    id: int
    reason: str
    start: date
    until: date | None = None
    ended_on: date | None = None

    @property
    def during(self) -> Interval:
        """The days she rests; none when it ended as it began."""
        return Interval(self.start, self.open_again_on)

    @property
    def open_again_on(self) -> date | None:
        """The first day she is open again."""
        return min((end for end in (self.until, self.ended_on) if end is not None), default=None)


@dataclass(frozen=True, slots=True)
class Screening:
    """Where a donor stands on a day. ``decided`` is what is stored, ``state`` what it is on that day.

    ``without_deferral`` is her state but for a deferral; ``proposed`` what the checklist says it should be,
    ``None`` when it agrees. ``running`` is the deferral she rests for. ``signing`` is how many people are to
    sign, 0 where the policy asks for one person, which is the coordinator herself.
    """

    decided: DonorState
    state: DonorState
    without_deferral: DonorState
    proposed: DonorState | None
    checklist: tuple[ChecklistItem, ...]
    deferrals: tuple[Deferral, ...] = ()
    running: Deferral | None = None
    sign_offs: tuple[SignOff, ...] = ()
    signing: int = 0
    policy_title: str = ""

    @property
    def open_items(self) -> tuple[ChecklistItem, ...]:
        """What has to be asked or done."""
        return tuple(item for item in self.checklist if item.state.is_open)

    @property
    def paused_until(self) -> date | None:
        """The day a running deferral ends; ``None`` without one or without an end."""
        return self.running.open_again_on if self.running else None


def screen(
    decided: DonorState, told: Told, policy: Policy, on: date, deferrals: Iterable[Deferral] = ()
) -> Screening:
    """Return where a donor stands on the day *on*."""
    items = checklist(told, policy, on)
    known = tuple(deferrals)
    without = by_answers(decided, told)
    running = running_deferral(known, on)
    proposed = _proposed(without, items)
    rests = running is not None and without.is_offering
    return Screening(
        decided=decided,
        state=DonorState.PAUSED if rests else without,
        without_deferral=without,
        proposed=proposed if proposed is not without else None,
        checklist=items,
        deferrals=known,
        running=running,
        sign_offs=signed_under(told.sign_offs, policy),
        signing=people_to_sign(policy),
        policy_title=policy.title,
    )


def is_offering(decided: DonorState, deferrals: Iterable[Deferral], on: date) -> bool:
    """Whether a donor's milk is looked at for babies on the day *on*: the one place that says so."""
    return decided.is_offering and running_deferral(deferrals, on) is None


def rests_until(decided: DonorState, deferrals: Iterable[Deferral], on: date) -> date | None:
    """Return the day a donor who rests is open again; ``None`` for one who does not, or without an end."""
    running = running_deferral(deferrals, on) if decided.is_offering else None
    return running.open_again_on if running else None


def running_deferral(deferrals: Iterable[Deferral], on: date) -> Deferral | None:
    """Return the deferral a donor rests for on a day; of several the one that ends last."""
    running = (one for one in deferrals if one.during.covers(on))
    return max(running, key=lambda one: (one.open_again_on or date.max, one.id), default=None)


def by_answers(decided: DonorState, told: Told) -> DonorState:
    """Return what is decided; of New and Questions the one that is so: New until anything is answered."""
    if decided not in {DonorState.NEW, DonorState.QUESTIONS}:
        return decided
    return DonorState.QUESTIONS if told.facts else DonorState.NEW


def _proposed(state: DonorState, items: Sequence[ChecklistItem]) -> DonorState:
    """Return what the checklist proposes; nothing else for those who rest or have finished."""
    if not state.is_offering:
        return state
    if not any(item.state.is_open for item in items if item.holds):
        return DonorState.CAN_OFFER
    return DonorState.QUESTIONS if state is DonorState.CAN_OFFER else state


# What of it is asked on the phone.


def questions_with(
    stored: Sequence[Question], screening: Screening, household_id: int, aside: Iterable[str] = ()
) -> tuple[Question, ...]:
    """Return the open questions of a donor with what her checklist asks for besides, each topic once.

    What the checklist adds has no number yet (``id`` 0); it waits for the day the stored ones wait for. What
    was set aside is not asked again, and a donor who rests is asked nothing new. Ringing her is the first
    talk, so that is a question only where milk waits for no other.
    """
    if not screening.state.is_offering:
        return tuple(stored)
    known = {question.topic for question in stored} | set(aside)
    if FactKind.TATTOO_OR_TRANSFUSION.value in known:
        known |= {kind.value for kind in ASKED_TOGETHER}
    items = [item for item in screening.open_items if item.ask and item.topic not in known]
    if stored or any(item.holds and item.topic != FIRST_CONTACT for item in items):
        items = [item for item in items if item.topic != FIRST_CONTACT]
    asked = [(item.topic, item.ask) for item in items]
    besides = {item.topic for item in items if not item.holds}
    waits = stored[0] if stored else None
    added = (
        Question(
            0,
            household_id,
            topic,
            said,
            ring_on=waits.ring_on if waits else None,
            last_outcome=waits.last_outcome if waits else None,
            last_called_on=waits.last_called_on if waits else None,
            holds=topic not in besides,
        )
        for topic, said in _as_on_the_form(asked)
    )
    return (*stored, *added)


def _as_on_the_form(asked: Sequence[tuple[str, Saying]]) -> list[tuple[str, Saying]]:
    """Return the questions with the form's one question where both of it are not answered."""
    both = FactKind.TATTOO_OR_TRANSFUSION.value
    parts = [topic for topic, _ in asked if topic in {kind.value for kind in ASKED_TOGETHER}]
    if len(parts) < len(ASKED_TOGETHER):
        return list(asked)
    what = kind_title(FactKind.TATTOO_OR_TRANSFUSION)
    is_unclear = any(said.code == not_clear(what).code for _, said in asked)
    merged = not_clear(what) if is_unclear else not_answered(what)
    return [
        (both, merged) if topic == parts[0] else (topic, said) for topic, said in asked if topic != parts[1]
    ]


# What runs out.


@dataclass(frozen=True, slots=True)
class DeferralEnding:
    """A donor whose deferral ends soon, or ended lately: she is open again on ``on``."""

    code: str
    name: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ExpiringTests:
    """A donor whose blood tests stop counting for new milk on ``on``."""

    code: str
    name: str
    on: date
    basis: Basis


def deferral_ending(screening: Screening, on: date, within: timedelta) -> Deferral | None:
    """Return the deferral that ends within *within* of a day, or ended so lately; ``None`` if there is none.

    One that was ended by hand, or behind which another runs on, is no news.
    """
    if not screening.without_deferral.is_offering:
        return None
    ends = [one for one in screening.deferrals if one.until is not None and one.open_again_on == one.until]
    last = max(ends, key=lambda one: one.until or date.min, default=None)
    if last is None or last.until is None or last.start == last.until:
        return None
    runs_on = any(one is not last and one.during.covers(last.until) for one in screening.deferrals)
    return None if runs_on or abs(last.until - on) > within else last


def blood_tests_running_out(screening: Screening, on: date, within: timedelta) -> ChecklistItem | None:
    """Return the blood tests of the checklist if they run out within *within* of a day."""
    if not screening.without_deferral.is_offering:
        return None
    for item in screening.checklist:
        if item.state is ItemState.RUNS_OUT and item.on is not None and item.on <= on + within:
            return item
    return None
