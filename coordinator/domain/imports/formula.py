"""Formula that a family tops up with, as their free words mention it: never an answer, always a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.domain.imports.amounts import NUMBER, UNIT, read_amount
from coordinator.domain.volume import Volume

_FORMULA = re.compile(r"\bformula\b(?!\s+(?:allerg|intoleran))", re.IGNORECASE)
_TOPS_UP = re.compile(
    r"\b(?:top(?:p?ing|p?ed|s)?[ -]?(?:up|off)|supplement\w*|combo|combi\w*|mixed|half|partly|some"
    r"|giv(?:e|es|ing)|gets?|getting|takes?|drinks?|have to use|us(?:e|es|ing)|mak(?:e|ing) up|plus|rest)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|not|never|none|without|cannot|instead|rather|avoid\w*|refus\w+|stopp?ed|quit|off|allerg\w+"
    r"|intoleran\w+|react\w*|sick|vomit\w*|afraid|hop(?:e|ing)|before|used to|until|try(?:ing)? to)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?:\b\d+\s*(?:x|×|\*)\s*)?(?:{NUMBER})(?:\s*(?:-|–|to)\s*(?:{NUMBER}))?\s*-?\s*(?:{UNIT})\b\.?",
    re.IGNORECASE,
)
_NOT_A_DAY = re.compile(
    r"\b(?:week(?:ly)?|month(?:ly)?|feed(?:s|ing|ings)?|bottles?|night|session|times?|each|every)\b|\bx\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """What words tell of formula. ``a_day`` is zero where the amount is not plain.

    ``is_given``: they say that it is given, so that the need is not known before somebody asked.
    """

    words: str
    a_day: Volume
    is_given: bool


def formula_mentioned(texts: Iterable[str]) -> Mention | None:
    """Return the first sentence of *texts* that tells of formula given; else one that only names it.

    A sentence that says there is none is passed over.
    """
    found = [mention for text in texts for part in _sentences(text) if (mention := _mention(part))]
    return max(found, key=lambda one: one.is_given, default=None)


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<!\d)[.;!?\n]|[.;!?\n](?!\d)", text)
    return [part.strip() for part in parts if _FORMULA.search(part)]


def _mention(words: str) -> Mention | None:
    amounts = [match[0] for match in _AMOUNT.finditer(words)]
    is_none = bool(_NONE.search(words))
    if not amounts and is_none and not re.search(r"\btop|\bsupplement", words, re.IGNORECASE):
        return None
    amount = read_amount(re.sub(r"-\s*(?=[a-z])", " ", amounts[0])) if len(amounts) == 1 else None
    if _NOT_A_DAY.search(words.replace("every day", "").replace("each day", "")):
        amount = None
    a_day = amount.low if amount else Volume()
    return Mention(" ".join(words.split()), a_day, is_given=bool(amounts) or bool(_TOPS_UP.search(words)))
