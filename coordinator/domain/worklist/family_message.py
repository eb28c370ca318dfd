"""A message that asks a family what is open: kind, short, numbered, to be answered by the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coordinator.domain.agreements.holds import Hold, Side
from coordinator.domain.agreements.messages import milk_in_words
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household, first_name
from coordinator.domain.volume import VolumeUnit
from coordinator.domain.worklist.calls import FIRST_ASKED
from coordinator.domain.worklist.family_questions import spoken
from coordinator.sayings import NOTHING, Saying, joined, saying

YES: Final = "yes"
"""The topic of a question for the yes to milk that is held."""


class Channel(StrEnum):
    """How a message went out."""

    TEXT = "text message"
    EMAIL = "e-mail"
    PASTED = "pasted"

    @property
    def words(self) -> Saying:
        """How, in words."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.TEXT: saying("by text message"),
    Channel.EMAIL: saying("by e-mail"),
    Channel.PASTED: saying("by message"),
}


@dataclass(frozen=True, slots=True)
class AskedYes:
    """A yes that is waited for: of which side, to the milk of which hold."""

    hold: Hold
    side: Side


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One numbered question of a message: to a question of the call list, or for a yes.

    ``said`` is as it is put to the family. ``question_id`` is 0 for what is on no list yet.
    """

    number: int
    topic: str
    said: Saying
    question: Question | None = None
    hold_code: str = ""
    side: Side | None = None

    @property
    def question_id(self) -> int:
        """The number of the question on the call list; 0 where it has none."""
        return self.question.id if self.question else 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: the coordinator and the network, as far as the settings tell."""

    name: str = ""
    network: str = ""


def items_of(
    questions: Iterable[Question], yeses: Iterable[AskedYes], unit: VolumeUnit, *, is_gentle: bool
) -> tuple[AskedItem, ...]:
    """Return what a message asks, numbered: a yes first, then what presses, then the rest of the call list.

    Two questions that would be put in the same words are one. What has no sentence for a family is left out.
    """
    found = [
        AskedItem(0, YES, yes_asked(one, unit, is_gentle=is_gentle), None, one.hold.code, one.side)
        for one in yeses
    ]
    for question in sorted(questions, key=lambda one: one.topic not in FIRST_ASKED):
        said = spoken(question, is_gentle=is_gentle)
        if said and said not in [item.said for item in found]:
            found.append(AskedItem(0, question.topic, said, question))
    return tuple(
        AskedItem(number, one.topic, one.said, one.question, one.hold_code, one.side)
        for number, one in enumerate(found, 1)
    )


def yes_asked(one: AskedYes, unit: VolumeUnit, *, is_gentle: bool) -> Saying:
    """Return how a family is asked for its yes to the milk of a hold."""
    milk = milk_in_words(one.hold, unit)
    if one.side is Side.FAMILY:
        return saying(
            "A donor has milk that may suit you: {milk}. Would you like it? "
            "Ring me first and I tell you all she told us.",
            milk=milk,
        )
    if is_gentle:
        return saying(
            "Your milk could help a baby: {milk}. Only if it feels right for you: no is a good answer too.",
            milk=milk,
        )
    return saying("A family would be glad of some of your milk: {milk}. Would you share it?", milk=milk)


def text_of(
    items: Sequence[AskedItem],
    household: Household,
    sender: Sender,
    *,
    is_gentle: bool = False,
    asked_before: date | None = None,
) -> Saying:
    """Return the whole message; nothing where there is nothing to ask.

    *asked_before* is the day the same was asked; who lost her baby is never reminded of that.
    """
    if not items:
        return NOTHING
    lines = [saying("{number}. {question}", number=one.number, question=one.said) for one in items]
    opening = joined(
        " ", (_greeting(household, sender), _opening(is_gentle=is_gentle, asked_before=asked_before))
    )
    return joined("\n", (opening, *lines, _how_to_answer(len(items), is_gentle=is_gentle)))


def around_the_questions() -> tuple[str, ...]:
    """Return what stands above and below the questions, as far as it is the same in every message."""
    openings = (_opening(is_gentle=gentle, asked_before=None) for gentle in (False, True))
    closings = (_how_to_answer(count, is_gentle=gentle) for count in (1, 2) for gentle in (False, True))
    return tuple(dict.fromkeys(map(str, (*openings, *closings))))


def _greeting(household: Household, sender: Sender) -> Saying:
    name = household.name_on_paper or first_name(household.name)
    me = sender.name or saying("your milk coordinator")
    if sender.network:
        return saying("Hi {name}, this is {me} from {network}.", name=name, me=me, network=sender.network)
    return saying("Hi {name}, this is {me}.", name=name, me=me)


def _opening(*, is_gentle: bool, asked_before: date | None) -> Saying:
    if is_gentle:
        return saying(
            "I am thinking of you. Only when it suits you: there is no hurry, and you may leave out "
            "whatever you like. If you would rather talk, tell me a time."
        )
    if asked_before is not None:
        return saying(
            "I asked you this on {day:short}. Would you answer when you have a minute?", day=asked_before
        )
    return saying("Would you answer this when you have a minute?")


def _how_to_answer(count: int, *, is_gentle: bool) -> Saying:
    if count == 1:
        return saying("Just write back here. Thank you.")
    if is_gentle:
        return saying("If you like, write back with the numbers, such as “1 no, 2 yes”. Thank you.")
    return saying(
        "Please reply with the numbers, such as “1 no, 2 since June 3, 2026, 3 yes”. "
        "“I don't know” is a good answer too. Thank you!"
    )
