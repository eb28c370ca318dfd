"""Asking after milk that came: when, what a family may say, and which answers lead to its clinician.

The days are values of ``resources/policies/matching.toml``. No answer is judged beyond that it worries: a
coordinator does not say what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coordinator.domain.policies.profiles import MatchingPolicy
from coordinator.sayings import NOTHING, Saying, joined, saying


class Tolerated(StrEnum):
    """Whether the baby takes the milk well."""

    YES = "yes"
    NO = "no"

    @property
    def words(self) -> Saying:
        """The answer in words."""
        return _TOLERATED[self]


_TOLERATED = {Tolerated.YES: saying("taken well"), Tolerated.NO: saying("not taken well")}


class Taste(StrEnum):
    """What was said of taste and smell."""

    FINE = "fine"
    SOAPY = "soapy"
    REFUSED = "refused"

    @property
    def words(self) -> Saying:
        """The answer in words."""
        return _TASTES[self]


_TASTES = {
    Taste.FINE: saying("taste fine"),
    Taste.SOAPY: saying("tastes soapy (lipase)"),
    Taste.REFUSED: saying("the baby refuses it"),
}


class Signs(StrEnum):
    """Whether anything was seen on the baby."""

    NONE = "none"
    RASH = "rash"
    OTHER = "other"
    BOTH = "rash and other"

    @property
    def words(self) -> Saying:
        """The answer in words."""
        return _SIGNS[self]


_SIGNS = {
    Signs.NONE: saying("no rash or other signs"),
    Signs.RASH: saying("a rash"),
    Signs.OTHER: saying("other signs"),
    Signs.BOTH: saying("a rash and other signs"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a family said of milk it got; ``None`` for what nobody said. ``note`` is in its own words."""

    tolerated: Tolerated | None = None
    taste: Taste | None = None
    signs: Signs | None = None
    note: str = ""

    @property
    def worries(self) -> bool:
        """Whether the family is to ask its clinician, and no more milk is proposed until it has."""
        has_signs = self.signs is not None and self.signs is not Signs.NONE
        return self.tolerated is Tolerated.NO or has_signs

    @property
    def is_said(self) -> bool:
        """Whether anything was said."""
        return any(one is not None for one in (self.tolerated, self.taste, self.signs)) or bool(self.note)

    @property
    def words(self) -> Saying:
        """What was chosen, without the family's own words: ``taken well, taste fine``."""
        chosen = [one.words for one in (self.tolerated, self.taste, self.signs) if one is not None]
        return joined(", ", chosen) if chosen else NOTHING


@dataclass(frozen=True, slots=True)
class Asking:
    """One time the family was asked."""

    on: date
    answers: Answers = Answers()


@dataclass(frozen=True, slots=True)
class NextAsking:
    """When a family is to be asked next; ``is_second``: once more, about what shows late."""

    due_on: date
    is_second: bool = False


def next_asking(came_on: date, askings: Sequence[Asking], policy: MatchingPolicy) -> NextAsking | None:
    """Return when milk that came on *came_on* is asked after next; ``None`` once it was in full.

    An asking on or after the second day settles both: nobody is asked about the first days two weeks later.
    """
    again_on = came_on + timedelta(days=policy.ask_after_again_days)
    if any(one.on >= again_on for one in askings):
        return None
    if askings:
        return NextAsking(again_on, is_second=True)
    return NextAsking(came_on + timedelta(days=policy.ask_after_days))
