"""A clinician's review of a profile: the sheet that is printed or filled in, and what its answers would do.

"Agree" notes that she reviewed the value as it stands. "Change to" sets another one, which she has reviewed.
"Ask" changes nothing and keeps her question with the value; an earlier review of it no longer counts. What
cannot be understood is never guessed: it is listed, and nothing of it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.policies.page_checks import figure_of
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.typed import read_typed
from coordinator.sayings import Saying, saying


class Answer(StrEnum):
    """What a clinician says of a value; as it stands in a workbook's cell."""

    AGREE = "agree"
    CHANGE = "change to"
    ASK = "ask"

    @property
    def words(self) -> Saying:
        """What stands on paper and on screen."""
        return _ANSWER_WORDS[self]


_ANSWER_WORDS = {
    Answer.AGREE: saying("agree"),
    Answer.CHANGE: saying("change to"),
    Answer.ASK: saying("ask"),
}


@dataclass(frozen=True, slots=True)
class PlanningValue:
    """A figure the program plans or prints by, which no profile sets; to be read, and not changed here."""

    title: str
    words: str
    unit: str
    seen_in: tuple[str, ...]
    address: str
    dated: str
    status: str
    checked: date


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """What is given to a clinician: a profile with all its values, and what the program plans by besides."""

    policy: Policy
    planning: tuple[PlanningValue, ...]
    network_name: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a filled-in sheet as it was read; ``figure`` is the value that stood on it."""

    row: int
    rule: str
    figure: str
    answer: str = ""
    change_to: str = ""
    note: str = ""
    is_struck: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether she said nothing about it."""
        return not (self.answer or self.change_to or self.note)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A review sheet as it came back; ``unread`` counts answers where none are taken in."""

    profile: str
    clinician: str
    reviewed_on: date | None
    marks: tuple[Mark, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one answer would do: ``value`` is what stands afterwards, ``now`` what stands today."""

    answer: Answer
    now: PolicyValue
    value: object
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One row that changes nothing, and why."""

    row: int
    title: str
    why: Saying


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that a sheet would do; ``blank`` counts the values she said nothing about."""

    clinician: str
    reviewed_on: date
    proposals: tuple[Proposal, ...]
    not_taken: tuple[NotTaken, ...]
    blank: int = 0
    unread: int = 0


def reviewed(filled: FilledSheet, policy: Policy, reviewed_on: date) -> Reviewed:
    """Return what the answers of *filled* would do to *policy*, in the order of the sheet."""
    by_rule: dict[str, list[Mark]] = {}
    for mark in filled.marks:
        by_rule.setdefault(mark.rule, []).append(mark)
    told = [[mark for mark in marks if not mark.is_blank] for marks in by_rule.values()]
    found = [one for marks in told for one in _of_rule(marks, policy)]
    return Reviewed(
        filled.clinician,
        reviewed_on,
        tuple(one for one in found if isinstance(one, Proposal)),
        tuple(one for one in found if isinstance(one, NotTaken)),
        blank=sum(not marks for marks in told),
        unread=filled.unread,
    )


def _of_rule(marks: list[Mark], policy: Policy) -> Iterator[Proposal | NotTaken]:
    """Yield what the rows of one value come to: one proposal, or why there is none."""
    answers = {(mark.answer, mark.change_to, mark.note) for mark in marks}
    for mark in marks[:1] if len(answers) == 1 else marks:
        why = _why_not_this_row(mark, policy) or _why_not_this_answer(mark)
        if why is None and len(answers) > 1:
            why = saying("The same value has two answers; nothing of it is taken.")
        title = str(RULES[mark.rule].title) if mark.rule in RULES else mark.rule
        if why is not None:
            yield NotTaken(mark.row, title, why)
        else:
            yield _proposal(mark, policy[mark.rule], title)


def _why_not_this_row(mark: Mark, policy: Policy) -> Saying | None:
    """Return why a row cannot be taken, whatever its answer is."""
    if mark.rule not in RULES:
        return saying("This is no value of the profile.")
    if mark.is_struck:
        return saying("The row is struck out.")
    if mark.figure != figure_of(policy[mark.rule]):
        return saying("The value is another one today than on the sheet; make a new sheet.")
    return None


def _why_not_this_answer(mark: Mark) -> Saying | None:
    """Return why an answer cannot be understood as it stands."""
    if mark.answer not in set(Answer):
        return saying("The answer is none of “agree”, “change to” and “ask”.")
    if mark.answer != Answer.CHANGE and mark.change_to:
        return saying("A new value is filled in, but the answer is “{answer}”.", answer=mark.answer)
    if mark.answer == Answer.CHANGE and not mark.change_to:
        return saying("The new value is missing; “unknown” says that it is not known.")
    return None


def _proposal(mark: Mark, now: PolicyValue, title: str) -> Proposal | NotTaken:
    answer = Answer(mark.answer)
    if answer is Answer.ASK:
        return Proposal(answer, now, now.value, mark.note)
    if answer is Answer.AGREE and now.value is None:
        why = saying("Nobody knows this value, so there is nothing to agree with.")
        return NotTaken(mark.row, title, why)
    if answer is Answer.AGREE:
        return Proposal(answer, now, now.value, mark.note)
    try:
        value = read_typed(RULES[mark.rule], mark.change_to)
    except ValueError as error:
        why = saying("“{typed}” {problem}.", typed=mark.change_to, problem=error.args[0])
        return NotTaken(mark.row, title, why)
    is_same = value == now.value and value is not None
    return Proposal(Answer.AGREE if is_same else answer, now, value, mark.note)
