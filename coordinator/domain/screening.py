"""Where a donor's screening stands: the checklist of the policy, deferrals, sign-offs, her state.

What we chose: "New" and "Questions" follow from the answers by themselves, they say only what was told.
"Can offer", "Paused", "Not matching" and "Finished" are the coordinator's decisions; where the checklist says
otherwise, that is proposed and never done. A deferral rests a donor on its days and writes nothing when it
ends, so that she is open again on that day whether or not anybody starts the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from coordinator.domain.blood_tests import coverage
from coordinator.domain.donors import DonorState
from coordinator.domain.facts import Fact, FactKind, Presence, Question
from coordinator.domain.intervals import Interval
from coordinator.domain.milk import Lot
from coordinator.domain.policies import Policy
from coordinator.domain.verdicts import Basis
from coordinator.domain.wording import day, title

FIRST_CONTACT = "first_contact"
SIGN_OFFS = "sign_offs"
"""Topics of the checklist that are no kind of fact."""

_TOGETHER = (FactKind.TATTOO, FactKind.TRANSFUSION)
"""Kinds that the networks' forms ask as one question."""


class ItemState(StrEnum):
    """How one thing of the checklist stands on a day."""

    ANSWERED = "answered"
    RUNS_OUT = "runs out"
    RAN_OUT = "ran out"
    NOT_CLEAR = "not clear"
    MISSING = "missing"

    @property
    def is_open(self) -> bool:
        """Whether something has to be asked or done."""
        return self in {ItemState.RAN_OUT, ItemState.NOT_CLEAR, ItemState.MISSING}


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing the policy asks for. ``on`` is the first day the answer no longer counts, if it runs out.

    ``bases`` are the values of the policy it follows from; ``ask`` is what to ask her, empty when nothing is.
    """

    topic: str
    state: ItemState
    bases: tuple[Basis, ...]
    on: date | None = None
    ask: str = ""

    @property
    def title(self) -> str:
        """What it is about."""
        return {FIRST_CONTACT: "Talk by phone or in person", SIGN_OFFS: "Sign-offs"}.get(
            self.topic, title(self.topic)
        )


@dataclass(frozen=True, slots=True)
class SignOff:
    """That a named person read a donor's answers and signed, under one policy profile."""

    id: int
    signed_by: str
    signed_on: date
    profile: str = ""
    note: str = ""


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
class Told:
    """What is known about a donor on a day, as far as her checklist goes by it."""

    facts: tuple[Fact, ...] = ()
    first_spoken_on: date | None = None
    lots: tuple[Lot, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()


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
    if not any(item.state.is_open for item in items):
        return DonorState.CAN_OFFER
    return DonorState.QUESTIONS if state is DonorState.CAN_OFFER else state


# The checklist.


def checklist(told: Told, policy: Policy, on: date) -> tuple[ChecklistItem, ...]:
    """Return what *policy* asks for, each with how it stands on the day *on*, in the order of the policy."""
    presences: dict[FactKind, set[Presence]] = {}
    for fact in told.facts:
        presences.setdefault(fact.kind, set()).add(fact.presence)
    items = [
        _blood_test(told, policy, on)
        if kind is FactKind.BLOOD_TEST
        else _question(kind, _question_state(kind, presences, told), policy)
        for kind in _asked(policy)
    ]
    if policy["first_contact"].value != "not asked for":
        items.append(_first_contact(policy, is_spoken=told.first_spoken_on is not None))
    if people_to_sign(policy):
        names = signers(signed_under(told.sign_offs, policy))
        state = ItemState.ANSWERED if len(names) >= people_to_sign(policy) else ItemState.MISSING
        items.append(ChecklistItem(SIGN_OFFS, state, (policy["sign_offs"].basis,)))
    return tuple(items)


@lru_cache(maxsize=16)
def _asked(policy: Policy) -> tuple[FactKind, ...]:
    return tuple(FactKind(word) for word in policy["questions"].value or ())


@lru_cache(maxsize=32)
def _first_contact(policy: Policy, *, is_spoken: bool) -> ChecklistItem:
    state = ItemState.ANSWERED if is_spoken else ItemState.MISSING
    ask = "" if is_spoken else "Nobody has spoken with her yet: by phone or in person?"
    return ChecklistItem(FIRST_CONTACT, state, (policy["first_contact"].basis,), ask=ask)


@lru_cache(maxsize=512)
def _question(kind: FactKind, state: ItemState, policy: Policy) -> ChecklistItem:
    """Return a plain question as it stands; kept, for thousands of donors stand alike."""
    ask = {
        ItemState.MISSING: f"{title(kind.value)}: not answered",
        ItemState.NOT_CLEAR: f"{title(kind.value)}: the answer was not clear",
    }.get(state, "")
    return ChecklistItem(kind.value, state, (policy["questions"].basis,), ask=ask)


def _question_state(kind: FactKind, presences: Mapping[FactKind, set[Presence]], told: Told) -> ItemState:
    said = presences.get(kind, set())
    if kind in _TOGETHER:
        said = said | presences.get(FactKind.TATTOO_OR_TRANSFUSION, set())
    if Presence.UNCLEAR in said:
        return ItemState.NOT_CLEAR
    if said:
        return ItemState.ANSWERED
    heat_known = kind is FactKind.HEAT_TREATED and told.lots
    if heat_known and all(lot.heat_treated is not None for lot in told.lots):
        return ItemState.ANSWERED
    return ItemState.MISSING


def _blood_test(told: Told, policy: Policy, on: date) -> ChecklistItem:
    """Return how the blood tests stand: a full panel counts for so long after the test, and then ran out."""
    facts = [fact for fact in told.facts if fact.kind is FactKind.BLOOD_TEST]
    # "No tests so far" is put right by any test that is told.
    tests = tuple(
        Fact(fact.kind, fact.presence, fact.subject, fact.start)
        for fact in facts
        if fact.presence is not Presence.NO
    )
    state, end, ask = _tests_told(tests, policy)
    if not tests and facts:
        ask = "No blood tests so far: would she have them done?"
    if end is not None and on >= end:
        state, ask = ItemState.RAN_OUT, f"Blood tests ran out on {day(end)}: has she newer ones?"
    return ChecklistItem(FactKind.BLOOD_TEST.value, state, _test_bases(policy), end, ask)


@lru_cache(maxsize=4096)
def _tests_told(tests: tuple[Fact, ...], policy: Policy) -> tuple[ItemState, date | None, str]:
    """Return how tests stand while they count, the first day they do not, and what to ask."""
    if not tests:
        return ItemState.MISSING, None, "Blood tests: not answered"
    tested = coverage(tests, policy)
    # A test in pregnancy that the policy does not take is no problem once there is another.
    problems = [one for one in tested.problems if one.reason.rule != "pregnancy_test"]
    if problems or not tested.whole:
        return ItemState.NOT_CLEAR, None, _test_question(tested.never_tested)
    if not isinstance(policy["blood_test_age"].value, int | float):
        return ItemState.NOT_CLEAR, None, ""
    # Every test speaks for all milk before it, so that the days of the whole panel are one interval.
    end = tested.whole[-1].end
    return ItemState.ANSWERED if end is None else ItemState.RUNS_OUT, end, ""


@lru_cache(maxsize=16)
def _test_bases(policy: Policy) -> tuple[Basis, ...]:
    return policy["blood_panel"].basis, policy["blood_test_age"].basis


def _test_question(never_tested: Sequence[str]) -> str:
    if not never_tested:
        return "Blood tests: ask for every result and its date"
    *most, last = never_tested
    names = f"{', '.join(most)} and {last}" if most else last
    return f"Blood tests: ask for every result and its date, {names} among them"


def people_to_sign(policy: Policy) -> int:
    """Return how many people are to sign; 0 unless the policy asks for more than one."""
    value = policy["sign_offs"].value
    return int(value) if isinstance(value, int | float) and value > 1 else 0


def signed_under(sign_offs: Iterable[SignOff], policy: Policy) -> tuple[SignOff, ...]:
    """Return the sign-offs that were made under *policy*."""
    return tuple(one for one in sign_offs if one.profile == policy.key)


def signers(sign_offs: Iterable[SignOff]) -> frozenset[str]:
    """Return the names, each once however it was written."""
    return frozenset(" ".join(one.signed_by.casefold().split()) for one in sign_offs)


# What of it is asked on the phone.


def questions_with(
    stored: Sequence[Question], screening: Screening, household_id: int, aside: Iterable[str] = ()
) -> tuple[Question, ...]:
    """Return the open questions of a donor with what her checklist asks for besides, each topic once.

    What the checklist adds has no number yet (``id`` 0); it waits for the day the stored ones wait for. What
    was set aside is not asked again, and a donor who rests is asked nothing new. Ringing her is the first
    talk, so that is a question only where there is no other.
    """
    if not screening.state.is_offering:
        return tuple(stored)
    known = {question.topic for question in stored} | set(aside)
    if FactKind.TATTOO_OR_TRANSFUSION.value in known:
        known |= {kind.value for kind in _TOGETHER}
    items = [item for item in screening.open_items if item.ask and item.topic not in known]
    asked = [(item.topic, item.ask) for item in items if item.topic != FIRST_CONTACT]
    if not asked and not stored:
        asked = [(item.topic, item.ask) for item in items]
    waits = stored[0] if stored else None
    added = (
        Question(
            0,
            household_id,
            topic,
            text,
            ring_on=waits.ring_on if waits else None,
            last_outcome=waits.last_outcome if waits else None,
            last_called_on=waits.last_called_on if waits else None,
        )
        for topic, text in _as_on_the_form(asked)
    )
    return (*stored, *added)


def _as_on_the_form(asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the questions with the form's one question where both of it are not answered."""
    both = FactKind.TATTOO_OR_TRANSFUSION.value
    parts = [topic for topic, _ in asked if topic in {kind.value for kind in _TOGETHER}]
    if len(parts) < len(_TOGETHER):
        return list(asked)
    how = "the answer was not clear" if any("not clear" in text for _, text in asked) else "not answered"
    merged = [
        (both, f"{title(both)}: {how}") if topic == parts[0] else (topic, text) for topic, text in asked
    ]
    return [(topic, text) for topic, text in merged if topic != parts[1]]


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
