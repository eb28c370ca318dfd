"""Whether a reply says more than its answers, so that none of them counts before she has looked at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from coordinator.domain.worklist.replies import Piece, PieceKind, is_an_amount_or_a_day

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COURTESIES: Final = re.compile(
    r"\b(?:(?:hi|hello|hey|hiya|dear)(?: there| again| all)?|good (?:morning|afternoon|evening|day)"
    r"|thank(?:s| you)(?: (?:so|very) much| a lot| again)?|many thanks|thx|ty|cheers"
    r"|you(?:['’]re| are) welcome"
    r"|(?:please|sorry)(?: for the (?:delay|wait|late reply))?"
    r"|(?:(?:here (?:are|is)|these are) )?(?:my|the) answers?|no problem|happy to help"
    r"|here (?:you go|it is|goes)|ok|okay"
    r"|(?:all the |with )?(?:best|kind|warm)(?: (?:regards|wishes))?|regards|love|take care|xo+|xx+|bye)\b",
    re.IGNORECASE,
)
_GREETED: Final = re.compile(r"\b((?i:hi|hello|hey|hiya|dear))\s+[A-Z][^\W\d_]+(?=\W*(?:$|\n))")
"""``Hi Sam!`` on a line of its own: any name."""
_AFTERTHOUGHT: Final = re.compile(
    r"\b(?:p\.?\s?s\b|actually|wait|oops|whoops|forgot|except|apart from|besides|correction|i meant|i mean)",
    re.IGNORECASE,
)
_FIGURE: Final = r"(?P<figure>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third)"
_NAMED: Final = re.compile(
    rf"(?:\b(?:except|sorry|actually|numbers?|questions?|answers?|but|no\.|nr|the)|#)\W*{_FIGURE}(?![^\W_])",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"(?<![\w./:-])(?P<number>\d{1,2})(?![^\W_]|[./:,-]\d)")


def says_more(pieces: Sequence[Piece], asked: Iterable[int], names: Iterable[str]) -> bool:
    """Whether words stand beside the answers, or one answer tells of another one.

    Greetings, thanks and the *names* of the family are no such words. *asked* are the numbers of the message.
    """
    numbers = frozenset(asked)
    own = {word.casefold() for name in names for word in _WORD.findall(name)}
    return any(_says_more(one, numbers, own) for one in pieces if one.kind is not PieceKind.QUOTED)


def _says_more(piece: Piece, asked: frozenset[int], names: set[str]) -> bool:
    if piece.kind is PieceKind.ANSWER and piece.number in asked:
        return _tells_of_another(piece, asked)
    plain = _COURTESIES.sub(" ", _GREETED.sub(r"\1", piece.text))
    return any(word.casefold() not in names for word in _WORD.findall(plain))


def _tells_of_another(answer: Piece, asked: frozenset[int]) -> bool:
    """Whether an answer names another question, or takes back what was said; better once too often."""
    words, others = answer.words, asked - {answer.number}
    if not others:
        return False
    if _AFTERTHOUGHT.search(words) or _NAMED.search(words):
        return True
    bare = [one for one in _BARE.finditer(words) if int(one["number"]) in others]
    return words.strip(" .!") not in {one["number"] for one in bare} and any(
        not is_an_amount_or_a_day(words, one) for one in bare
    )
