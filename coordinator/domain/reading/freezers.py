"""Where milk is kept: which freezer, or that it is not in one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.milk.lots import Freezer, KeptIn
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.readings import WHAT_IS_MEANT, Reading, unread, what_does_it_mean
from coordinator.domain.reading.tokens import Token, tokenise
from coordinator.sayings import Saying, saying

_KINDS = {
    frozenset({"chest"}): Freezer.CHEST,
    frozenset({"deep"}): Freezer.DEEP,
    frozenset({"chest", "deep"}): Freezer.CHEST,
    frozenset({"chest", "deep_manual"}): Freezer.CHEST,
    frozenset({"deep_manual"}): Freezer.DEEP_MANUAL,
    frozenset({"deep", "deep_manual"}): Freezer.DEEP_MANUAL,
    frozenset({"upright", "deep_manual"}): Freezer.DEEP_MANUAL,
    frozenset({"frost_free"}): Freezer.UPRIGHT_FROST_FREE,
    frozenset({"upright", "frost_free"}): Freezer.UPRIGHT_FROST_FREE,
    frozenset({"deep", "frost_free"}): Freezer.UPRIGHT_FROST_FREE,
    frozenset({"upright", "deep", "frost_free"}): Freezer.UPRIGHT_FROST_FREE,
    frozenset({"side_by_side"}): Freezer.SIDE_BY_SIDE,
    frozenset({"fridge_freezer"}): Freezer.FRIDGE_FREEZER,
}
_PLACES = {
    "fridge": KeptIn.FRIDGE,
    "mini_fridge": KeptIn.FRIDGE,
    "fresh": KeptIn.FRIDGE,
    "cooler": KeptIn.COOLER,
    "room": KeptIn.ROOM,
    "thawed": KeptIn.THAWED,
}
_HALF_TOLD = frozenset({"upright", "freezer", "regular", "one_door", "commercial", "standalone"})
"""A freezer of which kind is not told: that is asked, and the milk is judged by every kind it could be."""
_WHERE = frozenset({"garage", "basement", "kitchen", "freezer", "standalone"})
"""Words that say where it stands, and nothing about how long milk keeps there."""
_SILENT = frozenset({"number", "unit", "use", "just", ",", "and", "/", "-", ";", "yes"})


@dataclass(frozen=True, slots=True)
class StoredReading:
    """Where milk is kept. ``freezer`` and ``place`` are ``None`` where that was not understood.

    ``reading`` has a fact that is not clear where the words may matter for the milk (a power cut, two
    places); what was understood beside it is told all the same.
    """

    reading: Reading
    freezer: Freezer | None = None
    place: KeptIn | None = None


def read_stored(text: str, rule: DateRule) -> StoredReading:
    """Return where milk is kept; a word that is not understood is asked, and holds the milk at "ask"."""
    tokens = tokenise(_TEMPERATURE.sub(lambda match: " " * len(match[0]), text), rule, ("freezers",))
    known = [token for token in tokens if token.kind == "freezers"]
    left = [token for token in tokens if token.kind not in {"freezers", *_SILENT} and not _is_size(token)]
    keys = frozenset(token.key for token in known) - _WHERE
    freezer, place = _KINDS.get(keys), _place(keys)
    doubtful = [
        token
        for token in known
        if token.key not in _WHERE and token.concept and token.concept.group == "handling"
    ]
    words = unread(text, [*left, *(token for token in doubtful if place is None)])
    if words or (freezer is None and place is None and not keys <= _HALF_TOLD):
        return StoredReading(_held(text, words), freezer, place)
    if freezer is None and place is None:
        return StoredReading(Reading((), (_which(known),)))
    return StoredReading(Reading((_fact(text, freezer, place),)), freezer, place)


def freezer_told(text: str) -> Freezer | None:
    """Return which freezer *text* names, such as "7 cu ft chest freezer"; ``None`` where all is not clear."""
    found = read_stored(text, _NO_DATES)
    return None if found.reading.questions else found.freezer


_NO_DATES = DateRule(DateOrder.MONTH_FIRST, date.max)
_TEMPERATURE = re.compile(r"-?\d+\s*°\s*[fc]?\b|-?\d+\s*(?:degrees?|f)\b", re.IGNORECASE)


def _is_size(token: Token) -> bool:
    return token.kind == "word" and token.word in _SIZES


_SIZES = frozenset({"cu", "ft", "cubic", "feet", "foot", "f", "°", "degrees", "c"})


def _place(keys: Iterable[str]) -> KeptIn | None:
    names = frozenset(keys)
    return _PLACES.get(next(iter(names))) if len(names) == 1 else None


def _held(text: str, words: tuple[str, ...]) -> Reading:
    question = what_does_it_mean(words, saying("two places: which of the milk was where, and since when"))
    return Reading((Fact(FactKind.FREEZER, Presence.UNCLEAR, raw=text),), (question,), words)


def _which(known: Iterable[Token]) -> Saying:
    """Return the question for a freezer whose kind is half told."""
    keys = {token.key for token in known}
    if "upright" in keys:
        return saying("an upright freezer: frost-free, or defrosted by hand")
    return saying("which kind of freezer: chest, upright, or one above the fridge") if keys else WHAT_IS_MEANT


def _fact(text: str, freezer: Freezer | None, place: KeptIn | None) -> Fact:
    subject = freezer.value if freezer else place.value if place else ""
    return Fact(FactKind.FREEZER, Presence.YES, subject, raw=text)
