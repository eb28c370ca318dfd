"""Which names mean the same medicine, so that a decision about it holds whatever she writes.

Doses, how often and tablets are left out; brands and slips of spelling are put to the substance. Two
medicines are never made one: a name that is not surely another's stands for itself, and is decided by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from coordinator.domain.vocabulary import Words, vocabulary, words_of

_SAME = "same_medicine"
_VITAMINS = frozenset({"prenatal", "vitamin_d", "iron", "b12"})
"""Supplements of which every listed name means the same; of others only the very name does."""
_LONG, _SLIPS = 7, 2
_UNIT = r"(?:mg|mcg|µg|ug|g|ml|iu|i\.u\.|units?|milligrams?|micrograms?)"
_NUMBER = r"\d+(?:[.,]\d+)?"
_DOSE = re.compile(
    rf"\(?(?<![\w.]){_NUMBER}(?:\s*[-–/]\s*{_NUMBER})?\s*{_UNIT}\b(?:\s*/\s*(?:day|d|ml)\b)?\)?"
    r"|\b(?:once|twice|one|two|three|\d+)?\s*(?:x|times?)?\s*(?:a|per|each|every|/)\s*(?:day|night|morning|evening|"
    r"week)\b|\b\d+\s*x\s*(?:daily|weekly)\b"
    r"|\b(?:once|twice)?\s*(?:daily|nightly|weekly)\b|\b(?:at|every)\s+(?:night|bedtime)\b"
    r"|\bas needed\b|\bprn\b|\b(?:tablets?|tabs?|pills?|capsules?|caps?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def medicine_key(name: str) -> str:
    """Return *name* as medicines are compared: ``Zoloft 50 mg`` and ``sertraline daily`` are the same."""
    plain = " ".join(name.casefold().split())
    return _known(words_of(plain)) or _by_its_name(_without_doses(plain)) or plain


def is_supplement(name: str) -> bool:
    """Whether *name* is a vitamin, a mineral or another supplement that is known by it."""
    plain = _without_doses(" ".join(name.casefold().split()))
    return words_of(plain) in vocabulary().lists["supplements"].phrases


def _by_its_name(name: str) -> str:
    return _known(words_of(name)) or (name if re.search(r"[^\W\d]", name) else "")


def _without_doses(plain: str) -> str:
    return " ".join(_DOSE.sub(" ", plain).split()).strip(" ,;.-–/")


def _known(words: Words) -> str:
    """Return the key of the one medicine that is surely meant; empty if none is."""
    same = vocabulary().lists[_SAME].phrases.get(words)
    if same is not None:
        return same.key
    vitamin = vocabulary().lists["supplements"].phrases.get(words)
    if vitamin is not None and vitamin.key in _VITAMINS:
        return vitamin.key
    return _misspelt(words[0]) if len(words) == 1 else ""


def _misspelt(word: str) -> str:
    """Return the medicine that a word misspells, by a slip or two, if every list says so."""
    concept = vocabulary().phrases(("medicines",)).get((word,)) or vocabulary().like(word, ("medicines",))
    if concept is None or len(word) < _LONG:
        return ""
    names = [n for n, one in vocabulary().lists[_SAME].phrases.items() if one.key == concept.key]
    near = (n for (n, *rest) in names if not rest and n[0] == word[0])
    return concept.key if any(OSA.distance(word, n) <= _SLIPS for n in near) else ""
