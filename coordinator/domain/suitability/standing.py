"""How a match stands: what still has to happen before the milk goes, out of all its reasons.

A verdict says what speaks against milk; a standing says who has to do what next. "Ready" is said of a match
only: nothing is left to ask, and what follows is said in the call and in the letter (``advice``). Forgetting
an answer opens its question again, so it never makes a match ready; an answer that is known to wait may well
stand behind one that nobody has asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from coordinator.domain.policies.verdicts import ASK, IF, Reason, Reasons, Verdict, VerdictKind
from coordinator.domain.suitability.asks import Ask, Whom, asked
from coordinator.sayings import Saying, saying


class StandingKind(IntEnum):
    """How a match stands, nearest first, so that the worst of several is the ``max``."""

    READY = 0
    ONE_CALL = 1
    CLINICIAN = 2
    WAITS = 3
    NOT_A_FIT = 4
    REFER = 5

    @property
    def words(self) -> str:
        """What a group of matches is called."""
        return str(_WORDS[self])


_WORDS = {
    StandingKind.READY: saying("Ready"),
    StandingKind.ONE_CALL: saying("One call away"),
    StandingKind.CLINICIAN: saying("A clinician decides"),
    StandingKind.WAITS: saying("Waits"),
    StandingKind.NOT_A_FIT: saying("Not a fit"),
    StandingKind.REFER: saying("Refer"),
}
_CALLED = frozenset({Whom.DONOR, Whom.FAMILY})
_OF_VERDICT = {
    VerdictKind.NO_OBJECTION: StandingKind.READY,
    VerdictKind.NO_OBJECTION_IF: StandingKind.READY,
    VerdictKind.NOT_A_FIT: StandingKind.NOT_A_FIT,
    VerdictKind.REFER: StandingKind.REFER,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a match stands. ``asks`` is all that is to be asked, ``advice`` all that is only said.

    ``until``: milk of that day or later waits for nothing more; only of one that waits.
    """

    kind: StandingKind
    until: date | None = None
    asks: tuple[Ask, ...] = ()
    advice: Reasons = ()

    @property
    def calls(self) -> int:
        """How many households are to be rung: none, the donor or the family, or both."""
        return len({ask.whom for ask in self.asks} & _CALLED)

    @property
    def order(self) -> tuple[int, int]:
        """What sorts matches: how they stand, then the fewest calls."""
        return self.kind, self.calls

    @property
    def words(self) -> Saying:
        """It in words: ``Ready``, ``Two calls away``, ``Waits until Jul 6, 2027``."""
        if self.kind is StandingKind.ONE_CALL and self.calls > 1:
            return saying("Two calls away")
        if self.kind is StandingKind.WAITS and self.until is not None:
            return saying("Waits until {day}", day=self.until)
        return _WORDS[self.kind]

    @property
    def deciding(self) -> tuple[Ask, ...]:
        """What makes it stand as it does: the questions of a call, a clinician's, or what is waited for."""
        return tuple(ask for ask in self.asks if _kind(ask) is self.kind)

    def of(self, whom: Whom) -> tuple[Ask, ...]:
        """Return what is to be asked of *whom*."""
        return tuple(ask for ask in self.asks if ask.whom is whom)


def standing_of(verdict: Verdict, today: date) -> Standing:
    """Return how what is judged by *verdict* stands on the day *today*."""
    return _standing(verdict.kind, verdict.reasons, today)


def together(*standings: Standing) -> Standing:
    """Return how all of *standings* stand at once, as of a donor's milk and of the baby: the worst."""
    kind = max((one.kind for one in standings), default=StandingKind.READY)
    asks = tuple(dict.fromkeys(ask for one in standings for ask in one.asks))
    advice = tuple(dict.fromkeys(reason for one in standings for reason in one.advice))
    return Standing(kind, _until(kind, asks), asks, advice)


def _standing(worst: VerdictKind, reasons: Iterable[Reason], today: date) -> Standing:
    asks: list[Ask] = []
    advice: list[Reason] = []
    for reason in reasons:
        if reason.kind is ASK:
            asks.append(asked(reason, today))
        elif reason.kind is IF:
            advice.append(reason)
    kind = _OF_VERDICT[worst] if worst is not ASK else max(map(_kind, asks))
    found = tuple(asks)
    return Standing(kind, _until(kind, found), found, tuple(advice))


def _kind(ask: Ask) -> StandingKind:
    if ask.until is not None:
        return StandingKind.WAITS
    return StandingKind.ONE_CALL if ask.whom in _CALLED else StandingKind.CLINICIAN


def _until(kind: StandingKind, asks: Iterable[Ask]) -> date | None:
    """Return the day after which nothing is waited for any more, of a match that waits."""
    ends = [ask.until for ask in asks if ask.until is not None]
    return max(ends, default=None) if kind is StandingKind.WAITS else None
