"""What a policy asks for about a donor, and how each of it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import day, title
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.values import Choice
from coordinator.domain.policies.verdicts import Basis
from coordinator.domain.suitability.blood_tests import coverage

FIRST_CONTACT = "first_contact"
SIGN_OFFS = "sign_offs"
"""Topics of the checklist that are no kind of fact."""

ASKED_TOGETHER = (FactKind.TATTOO, FactKind.TRANSFUSION)
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
    ``holds``: her milk waits for the answer.
    """

    topic: str
    state: ItemState
    bases: tuple[Basis, ...]
    on: date | None = None
    ask: str = ""
    holds: bool = True

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
class Told:
    """What is known about a donor on a day, as far as her checklist goes by it."""

    facts: tuple[Fact, ...] = ()
    first_spoken_on: date | None = None
    lots: tuple[Lot, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()


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
    if policy["first_contact"].value != Choice.NOT_ASKED_FOR:
        items.append(_first_contact(policy, is_spoken=told.first_spoken_on is not None))
    if people_to_sign(policy):
        names = signers(signed_under(told.sign_offs, policy))
        state = ItemState.ANSWERED if len(names) >= people_to_sign(policy) else ItemState.MISSING
        items.append(ChecklistItem(SIGN_OFFS, state, (policy["sign_offs"].basis,)))
    items += [_besides(kind, _question_state(kind, presences, told), policy) for kind in policy.asked_besides]
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


_WORDS_BESIDES = {
    FactKind.ILLNESS: "Has anybody at home been ill since her oldest milk: with what, from when to when?"
}


@lru_cache(maxsize=64)
def _besides(kind: FactKind, state: ItemState, policy: Policy) -> ChecklistItem:
    """Return a question for which no milk waits as it stands."""
    ask = _question(kind, state, policy).ask
    if state is ItemState.MISSING:
        ask = _WORDS_BESIDES.get(kind, ask)
    return ChecklistItem(kind.value, state, (policy["asked_besides"].basis,), ask=ask, holds=False)


def _question_state(kind: FactKind, presences: Mapping[FactKind, set[Presence]], told: Told) -> ItemState:
    said = presences.get(kind, set())
    if kind in ASKED_TOGETHER:
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
