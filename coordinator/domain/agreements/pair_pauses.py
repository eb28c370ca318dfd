"""A pause between a donor and a family: nothing new is proposed for the two until it is resumed.

What is said of it anywhere but on the page of the two is a code's words: never what a family told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.errors import UserError
from coordinator.sayings import Saying, saying


class PauseWhy(StrEnum):
    """Why two are paused."""

    CLINICIAN = "clinician"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class PairPause:
    """A pause of two; ``reason`` is what the coordinator wrote, for her eyes."""

    on: date
    why: PauseWhy
    reason: str = ""
    resumed_on: date | None = None
    resumed_why: str = ""

    @property
    def words(self) -> Saying:
        """Since when and why, without anything a family told."""
        if self.why is PauseWhy.CLINICIAN:
            return saying("the pair is paused since {on:short}: ask their clinician first", on=self.on)
        return saying("the pair is paused since {on:short} by this network", on=self.on)

    @property
    def asks(self) -> Saying:
        """Whom to ask before milk that is held for the two goes, after "ask:"."""
        if self.why is PauseWhy.CLINICIAN:
            return saying("their clinician (the pair is paused since {on:short})", on=self.on)
        return saying("whether the two go on (the pair is paused since {on:short})", on=self.on)

    def missing(self, donor: str, family: str) -> Saying:
        """Return what keeps milk of the two from being carried, before "is missing"."""
        if self.why is PauseWhy.CLINICIAN:
            return saying(
                "the answer of the clinician of {family} to the milk of {donor}", family=family, donor=donor
            )
        return saying("your word that {donor} and {family} go on", donor=donor, family=family)


class PairPausedError(UserError):
    """No milk is held or agreed on for the two while they are paused."""

    def __init__(self, donor: str, family: str, pause: PairPause) -> None:
        super().__init__(
            saying(
                "{donor} and {family}: {why}. Resume the pair on its page first.",
                donor=donor,
                family=family,
                why=pause.words,
            )
        )
        self.pause = pause
