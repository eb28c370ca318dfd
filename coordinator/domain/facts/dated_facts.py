"""Dated facts about a donor, and the questions that stand in for what nobody has said yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.intervals import Interval
from coordinator.sayings import Saying, saying


class FactKind(StrEnum):
    """What a fact is about.

    ``TATTOO_OR_TRANSFUSION`` is one question of the networks' forms: "no" answers each of the two, and a yes
    is told apart by its words. Whatever is recorded by itself has a kind of its own.
    """

    DAIRY = "dairy"
    FOOD_AVOIDED = "food avoided"
    FOOD = "food eaten"
    MEDICINE = "medicine"
    SUPPLEMENT = "supplement"
    HERB = "herb"
    NICOTINE = "nicotine"
    ALCOHOL = "alcohol"
    CANNABIS = "cannabis"
    CAFFEINE = "caffeine"
    BLOOD_TEST = "blood test"
    TATTOO_OR_TRANSFUSION = "tattoo, piercing or transfusion"
    TATTOO = "tattoo or piercing"
    TRANSFUSION = "transfusion"
    TRANSPLANT = "transplant"
    ILLNESS = "illness"
    TRAVEL = "travel"
    HEAT_TREATED = "heat-treated"
    FREEZER = "freezer in use"
    BIRTH = "own baby's birth"

    @property
    def words(self) -> Saying:
        """What it is called on screen."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    FactKind.DAIRY: saying("dairy"),
    FactKind.FOOD_AVOIDED: saying("food avoided"),
    FactKind.FOOD: saying("food eaten"),
    FactKind.MEDICINE: saying("medicine"),
    FactKind.SUPPLEMENT: saying("supplement"),
    FactKind.HERB: saying("herb"),
    FactKind.NICOTINE: saying("nicotine"),
    FactKind.ALCOHOL: saying("alcohol"),
    FactKind.CANNABIS: saying("cannabis"),
    FactKind.CAFFEINE: saying("caffeine"),
    FactKind.BLOOD_TEST: saying("blood test"),
    FactKind.TATTOO_OR_TRANSFUSION: saying("tattoo, piercing or transfusion"),
    FactKind.TATTOO: saying("tattoo or piercing"),
    FactKind.TRANSFUSION: saying("transfusion"),
    FactKind.TRANSPLANT: saying("transplant"),
    FactKind.ILLNESS: saying("illness"),
    FactKind.TRAVEL: saying("travel"),
    FactKind.HEAT_TREATED: saying("heat-treated"),
    FactKind.FREEZER: saying("freezer in use"),
    FactKind.BIRTH: saying("own baby's birth"),
}


class Presence(StrEnum):
    """Whether the thing was so in the interval. "Not asked" is the absence of any fact of its kind."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"

    @property
    def words(self) -> Saying:
        """The answer as it is said back."""
        return _PRESENCE_WORDS[self]


_PRESENCE_WORDS = {
    Presence.YES: saying("yes"),
    Presence.NO: saying("no"),
    Presence.UNCLEAR: saying("not clear"),
}


class FactSource(StrEnum):
    """Where a fact comes from. ``NOTES``: free words mention it, which is asked about and says nothing."""

    FORM = "form"
    CALL = "call"
    DOCUMENT = "document"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something dated about a donor, over the half-open interval [start, end).

    ``start`` ``None`` means since before anybody asked, ``end`` ``None`` that it still holds. "Stopped
    on 1 March" is ``Presence.YES`` with ``end`` 1 March, the first day without. ``subject`` names the
    thing (``amoxicillin``, ``soy``); it is empty where the kind says it all. ``raw`` keeps what was typed.
    ``recorded_on`` is the day of the answer, ``recorded_by`` who noted it; empty for what a form brought.

    A yes with dates says no for all other days: "amoxicillin 9/27 to 11/15" was not taken before or after.
    """

    kind: FactKind
    presence: Presence
    subject: str = ""
    start: date | None = None
    end: date | None = None
    raw: str = ""
    source: FactSource = FactSource.FORM
    id: int = 0
    recorded_on: date | None = None
    recorded_by: str = ""

    @property
    def during(self) -> Interval:
        """The days it is about."""
        return Interval(self.start, self.end)

    @property
    def is_dated(self) -> bool:
        """Whether the answer changes at a date, so that it is not simply yes or no."""
        return self.start is not None or self.end is not None


class QuestionState(StrEnum):
    """Where a question on the call list stands."""

    OPEN = "open"
    ANSWERED = "answered"
    SET_ASIDE = "set aside"


class CallOutcome(StrEnum):
    """What came of ringing."""

    NO_ANSWER = "no answer"
    LEFT_MESSAGE = "left message"
    RING_ON = "ring on"
    SPOKE = "spoke"

    @property
    def words(self) -> Saying:
        """What it is called on screen."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    CallOutcome.NO_ANSWER: saying("no answer"),
    CallOutcome.LEFT_MESSAGE: saying("left message"),
    CallOutcome.RING_ON: saying("ring on"),
    CallOutcome.SPOKE: saying("spoke"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a household; ``raw`` is the cell that could not be read, if there was one.

    ``topic`` is a ``FactKind`` value or the name of a profile field (``gestation``), so that an answer
    given elsewhere closes the question. ``holds``: milk waits for the answer. ``messaged_on``: when it was
    last asked in a message.
    """

    id: int
    household_id: int
    topic: str
    said: Saying
    raw: str = ""
    state: QuestionState = QuestionState.OPEN
    ring_on: date | None = None
    last_outcome: CallOutcome | None = None
    last_called_on: date | None = None
    holds: bool = True
    messaged_on: date | None = None

    @property
    def text(self) -> str:
        """The question in words."""
        return str(self.said)
