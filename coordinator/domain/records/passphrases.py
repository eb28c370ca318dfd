"""Whether a passphrase is hard enough to guess."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from zxcvbn import zxcvbn

from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

ENOUGH: Final = 3
"""Of 0 to 4: at least 10^8 guesses, by the library's own scale. A stolen file is tried at leisure, and each
try costs what deriving a key costs. Our choice."""

_LONGEST: Final = 100
"""The library reads no more; what comes after it counts for nothing, and makes nothing worse."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess, 0 to 4, in words, and whether it is enough."""

    score: int
    words: Saying

    @property
    def is_enough(self) -> bool:
        """Whether it may lock a network."""
        return self.score >= ENOUGH


class WeakPassphraseError(UserError):
    """The passphrase is too easy to guess."""


_SCORES = (
    saying("too easy to guess: a few unusual words in a row are better"),
    saying("very easy to guess: add another word"),
    saying("easy to guess: add another word"),
    saying("hard to guess"),
    saying("very hard to guess"),
)


@lru_cache(maxsize=1)
def strength(passphrase: str) -> Strength:
    """Return how hard *passphrase* is to guess."""
    score = int(zxcvbn(passphrase[:_LONGEST])["score"]) if passphrase else 0
    return Strength(score, _SCORES[score])


def check_passphrase(passphrase: str) -> None:
    """Raise :class:`WeakPassphraseError` unless *passphrase* is hard enough to guess."""
    found = strength(passphrase)
    if not found.is_enough:
        raise WeakPassphraseError(
            saying("This passphrase is {strength}. Nothing was changed.", strength=found.words)
        )
