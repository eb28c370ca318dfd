"""Whom to ring: one call a household, with everything open in it, those first whose answers free milk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.families.households import Household
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.out_and_waiting import Waiting

FIRST_ASKED: Final = ("health", "stock")
"""Topics a family is asked about before all others: whether its baby is at home and well, what is there."""
BLOCKS_NO_MATCH: Final = frozenset({"freezer", "freezer_space", *FactKind})
"""What holds up no milk for a family: what matters when it comes, and what is asked of it as a donor."""


@dataclass(frozen=True, slots=True)
class Call:
    """A household to ring: what to ask, and what waits for the answers.

    ``code`` is the role that makes it press, ``codes`` all its roles. ``free`` is the milk that a donor's
    answers hold up, ``lasts_until`` when a family's milk ends. ``waiting`` is what else it is to be asked:
    a yes, or how it went. ``is_bereaved``: a donor there has lost her baby.
    """

    code: str
    household: Household
    questions: tuple[Question, ...]
    is_urgent: bool
    free: Volume | None = None
    lasts_until: date | None = None
    is_old_figure: bool = False
    codes: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    is_bereaved: bool = False

    @property
    def letter(self) -> CodeLetter | None:
        """Which role makes it press."""
        return letter_of(self.code)

    @property
    def messaged_on(self) -> date | None:
        """When any of it was last asked in a message."""
        return max((one.messaged_on for one in self.questions if one.messaged_on), default=None)


def merged(calls: Sequence[Call], waiting: Iterable[Waiting] = ()) -> list[Call]:
    """Return one call a household of the *calls*, one a role; those that press come first.

    Donors by the most free milk and families by the soonest end of theirs take turns; volunteers come after.
    """
    by_home: dict[int, list[Call]] = {}
    for call in sorted(calls, key=_press):
        by_home.setdefault(call.household.id, []).append(call)
    pending: dict[str, list[Waiting]] = {}
    for one in waiting:
        pending.setdefault(one.whom_code, []).append(one)
    return _in_turns([_one_call(roles, pending) for roles in by_home.values()])


def by_opening(calls: Sequence[Call], freed: Mapping[str, Volume]) -> list[Call]:
    """Return *calls* with those donors first whose answers free the most milk for babies who need it now.

    *freed* is how much that is, by the donor's code; the others keep their order.
    """

    def opens(call: Call) -> tuple[bool, int]:
        amount = max((freed[code].microlitres for code in call.codes if code in freed), default=0)
        return not call.is_urgent, -amount

    return _in_turns(sorted(calls, key=opens))


def _press(call: Call) -> tuple[bool, int, bool, date, int, str]:
    """Return the order of calls of one kind of role; of one household the pressing role comes first."""
    role = _ROLES.index(call.letter) if call.letter in _ROLES else len(_ROLES)
    free = -(call.free or Volume()).microlitres
    return not call.is_urgent, role, call.is_old_figure, call.lasts_until or date.max, free, call.code


_ROLES: Final = (CodeLetter.DONOR, CodeLetter.RECIPIENT, CodeLetter.DRIVER)


def _one_call(roles: Sequence[Call], pending: Mapping[str, list[Waiting]]) -> Call:
    """Return the calls of one household as one: its questions once each, a family's first."""
    lead = roles[0]
    by_role = sorted(roles, key=lambda call: call.letter is not CodeLetter.RECIPIENT)
    asked = {(question.id or question.topic): question for call in by_role for question in call.questions}
    codes = tuple(sorted(call.code for call in roles))
    return replace(
        lead,
        questions=tuple(sorted(asked.values(), key=_asked_first)),
        free=next((call.free for call in roles if call.free), lead.free),
        lasts_until=next((call.lasts_until for call in roles if call.lasts_until), None),
        codes=codes,
        waiting=tuple(one for code in codes for one in pending.get(code, ())),
    )


def _asked_first(question: Question) -> int:
    topics = FIRST_ASKED
    return topics.index(question.topic) if question.topic in topics else len(topics)


def _in_turns(calls: Sequence[Call]) -> list[Call]:
    kinds: dict[bool, list[Call]] = {False: [], True: []}
    drivers = [call for call in calls if call.letter is CodeLetter.DRIVER]
    for call in calls:
        if call.letter is not CodeLetter.DRIVER:
            kinds[call.letter is CodeLetter.RECIPIENT].append(call)
    turns = [(turn, call) for kind in kinds.values() for turn, call in enumerate(kind)]
    return [call for _, call in sorted(turns, key=lambda pair: (not pair[1].is_urgent, pair[0]))] + drivers
