"""The letters of a recall: one page for each home, its donor and who carries, none of which names another.

Their steps are CDC's (``StepsSource``), the sentences ours. What is done with milk that is left, apart and
not fed until the coordinator rings, is our choice: the page does not speak of it. No letter says why the milk
is in question: that may be about somebody's health.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.languages import languages_of
from coordinator.domain.records.recall import PumpedDays
from coordinator.domain.records.recall_work import Party, PartyKind, RecallWork
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, Saying, as_written, joined, saying


@dataclass(frozen=True, slots=True)
class StepsSource:
    """The page whose steps are followed, and the day on which it was read."""

    title: str
    publisher: str
    address: str
    read_on: date
    is_reviewed: bool = False

    @property
    def line(self) -> Saying:
        """Where the steps are from."""
        return saying(
            "The steps follow “{title}”, {publisher}, {address}, read on {on}; the words are ours.",
            title=self.title,
            publisher=self.publisher,
            address=self.address,
            on=self.read_on,
        )

    @property
    def review(self) -> Saying:
        """Whether a clinician has looked at our words."""
        if self.is_reviewed:
            return saying("This is no medical advice: ask the baby's doctor.")
        return saying(
            "No clinician has reviewed these words yet. This is no medical advice: ask the baby's doctor."
        )


@dataclass(frozen=True, slots=True)
class LetterMilk:
    """One line of the milk a letter is about. ``came_on`` is missing where it went to nobody.

    ``kept`` is how it was kept and carried, as far as somebody told.
    """

    lot: str
    volume: Volume
    pumped: PumpedDays
    came_on: date | None = None
    bags: int | None = None
    kept: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the network and its coordinator, each as far as it is set."""

    network: str = ""
    name: str = ""
    phone: str = ""

    @property
    def of_network(self) -> Saying:
        """The network's name, or what stands for it."""
        return as_written(self.network) if self.network else saying("our network")

    @property
    def ring(self) -> Saying:
        """Whom to ring."""
        phone = national_phone(self.phone)
        if self.name and self.phone:
            return saying("Ring {name}, {phone}, with any question.", name=self.name, phone=phone)
        if self.phone:
            return saying("Ring {phone} with any question.", phone=phone)
        if self.name:
            return saying("Ring {name} of your network with any question.", name=self.name)
        return saying("Ring the coordinator of your network with any question.")


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A heading and its lines; ``is_asked`` leaves room below each to write on."""

    heading: Saying
    lines: tuple[Saying, ...]
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class RecallLetter:
    """One page. ``fill_in`` are amounts to write down; ``language`` says that it is in none of theirs."""

    who: str
    to: str
    recall: str
    title: Saying
    opening: tuple[Saying, ...]
    milk: tuple[LetterMilk, ...]
    parts: tuple[LetterPart, ...]
    fill_in: tuple[Saying, ...]
    sender: Sender
    source: StepsSource
    language: Saying = NOTHING
    is_drill: bool = False


PRACTICE = saying("Practice only. This is no recall: send this to nobody.")


def letter_to(
    party: Party,
    work: RecallWork,
    milk: Sequence[LetterMilk],
    sender: Sender,
    source: StepsSource,
) -> RecallLetter:
    """Return the letter to one of those to ring; *milk* is what is or was there."""
    title, opening, parts, fill_in = _WORDS[party.kind](sender)
    return RecallLetter(
        party.who,
        party.name,
        work.code,
        title,
        opening,
        tuple(milk),
        parts,
        fill_in,
        sender,
        source,
        language_note(party.languages),
        work.is_drill,
    )


def language_note(languages: str) -> Saying:
    """Return that a page is in English only, for those who told other languages and not this one."""
    spoken, _ = languages_of(languages)
    if not languages.strip() or "english" in spoken:
        return NOTHING
    return saying(
        "This page is in English only. Ring us if you would rather be told in {languages}.",
        languages=languages.strip(),
    )


def kept_in_words(kept: Sequence[Saying]) -> Saying:
    """Return how milk was kept in one line; that nobody told is said, too."""
    return joined(", ", list(kept)) if kept else saying("not told")


SMALL_RISK = saying("Few illnesses pass through milk, and the risk of an infection is small.")
APART = saying(
    "Keep what is left of this milk apart from other milk, frozen as it is, and mark it. "
    "Do not feed it until we ring you."
)
DOCTOR = saying(
    "Tell your baby's doctor, and hand on this page: it says when the milk was pumped and how it was kept, "
    "as far as we know."
)
NO_ADVICE = saying(
    "Whether your baby is examined or tested is for you and the doctor to decide together. "
    "We give no advice about it."
)
QUESTIONS = (
    saying("When was it pumped?"),
    saying("How was it kept, and how was it carried, until it was handed over?"),
    saying("Which medicines did you take in that time?"),
    saying("Did you have an infection in that time or shortly before?"),
    saying("Were your nipples cracked or bleeding while you pumped?"),
)
"""What the donor is asked, in the order of CDC's first step; she may leave out what she likes."""

_Words: TypeAlias = tuple[Saying, tuple[Saying, ...], tuple[LetterPart, ...], tuple[Saying, ...]]
"""Title, opening, parts, and the amounts to write down."""


def _to_a_family(sender: Sender) -> _Words:
    opening = saying(
        "Some of the milk that came to you through {network} is in question. It is another mother's milk. "
        "We tell every home that was given of it; nobody did anything wrong.",
        network=sender.of_network,
    )
    please = LetterPart(
        saying("Please do this now"),
        (
            APART,
            DOCTOR,
            NO_ADVICE,
            saying(
                "Tell us how much was fed, how much was thrown out and how much is left. "
                "That you do not know is an answer, too."
            ),
        ),
    )
    fill_in = saying("Fed"), saying("Thrown out"), saying("Left, set apart")
    return saying("About milk that came to you"), (opening, SMALL_RISK), (please,), fill_in


def _to_a_donor(sender: Sender) -> _Words:
    opening = saying(
        "Some of the milk you gave through {network} is in question. Nobody blames you. We ask so that the "
        "families and their babies' doctors know what there is to know.",
        network=sender.of_network,
    )
    asked = LetterPart(
        saying("Please answer what you can, and leave out what you would rather not say"),
        QUESTIONS,
        is_asked=True,
    )
    left = LetterPart(
        saying("What is still with you"),
        (saying("Keep it apart, frozen as it is, and give none of it away until we ring you."),),
    )
    fill_in = saying("Discarded"), saying("Left, set apart")
    return saying("About milk you gave"), (opening, SMALL_RISK), (asked, left), fill_in


def _to_a_volunteer(sender: Sender) -> _Words:
    opening = saying(
        "Some of the milk you carry for {network} is in question. "
        "We tell everybody with whom some of it waits.",
        network=sender.of_network,
    )
    left = LetterPart(
        saying("Please do this now"),
        (saying("Keep it apart, frozen as it is, and bring it to nobody until we ring you."),),
    )
    return (
        saying("About milk that waits with you"),
        (opening,),
        (left,),
        (saying("Discarded"), saying("Left, set apart")),
    )


_WORDS: Mapping[PartyKind, Callable[[Sender], _Words]] = {
    PartyKind.FAMILY: _to_a_family,
    PartyKind.DONOR: _to_a_donor,
    PartyKind.VOLUNTEER: _to_a_volunteer,
}
