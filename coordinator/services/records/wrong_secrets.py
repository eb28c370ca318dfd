"""Why a secret that was typed opens nothing, said so that a slip of the pen is found."""

from __future__ import annotations

from coordinator.adapters.computer.sealing import WORDS, are_words_of_a_sheet, wrong_word
from coordinator.errors import WrongKeyError, WrongWordsError
from coordinator.sayings import saying


def why_not(secret: str) -> WrongKeyError:
    """Return why *secret* opens nothing; what looks like recovery words may have a slip of the pen."""
    words = len(secret.split())
    if abs(words - WORDS) > 1 or (words != WORDS and wrong_word(secret) is not None):
        return WrongKeyError(key_given=True)
    number = wrong_word(secret)
    if words != WORDS:
        return WrongWordsError(
            saying(
                "This does not open the network. A recovery sheet has twelve words; these are {n}.", n=words
            )
        )
    if number is not None:
        return WrongWordsError(
            saying(
                "This does not open the network. If these are recovery words: word {number} is on no sheet, "
                "so look at it again.",
                number=number,
            )
        )
    if not are_words_of_a_sheet(secret):
        return WrongWordsError(
            saying(
                "This does not open the network. One of the twelve words is another one on the sheet, or "
                "they stand in another order there."
            )
        )
    return WrongWordsError(
        saying(
            "This does not open the network. The words are those of a recovery sheet, but of another network "
            "or an older sheet."
        )
    )
