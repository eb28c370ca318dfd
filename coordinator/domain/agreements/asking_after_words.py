"""What a family is asked after milk it got: to read aloud or to paste. Nothing of the donor is in it.

It asks, and leads to the clinician; it says neither what a sign is nor what to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.messages import called, greeting
from coordinator.domain.families.households import Household
from coordinator.sayings import Saying, joined, saying


@dataclass(frozen=True, slots=True)
class AfterLetter:
    """All the question may draw on. ``came_on`` are the days milk came, the first one first."""

    family: Household
    came_on: tuple[date, ...]
    network: str = ""
    signature: str = ""
    is_second: bool = False


def ask_how_it_went(letter: AfterLetter) -> Saying:
    """Return the question."""
    hello = greeting(letter.network, letter.signature, called(letter.family))
    return joined(" ", (hello, _asked(letter), WHAT_TO_ASK, CLINICIAN))


def _asked(letter: AfterLetter) -> Saying:
    days = joined(", ", [saying("{on:short}", on=on) for on in letter.came_on])
    if letter.is_second:
        return saying("It is two weeks since you got milk ({days}). How is it going?", days=days)
    return saying("You got milk on {days}. How is it going?", days=days)


WHAT_TO_ASK = saying(
    "Does your baby take it well? Is the taste fine, or soapy, or refused? "
    "Have you seen a rash, or anything else that is new since then?"
)
CLINICIAN = saying(
    "If anything worries you, please ask your baby's clinician and tell me: "
    "we wait with more of this milk until you have."
)
ASK_CLINICIAN = saying(
    "Please ask your baby's clinician about it, today if you can. If your baby has trouble breathing or "
    "swells up, call the emergency number now. I am no clinician and cannot say what it is. Meanwhile no "
    "more of this milk is arranged for you; tell me once you have asked."
)
"""What is read to a family whose answer worries; breathing and swelling are named by the NHS fact sheet."""
