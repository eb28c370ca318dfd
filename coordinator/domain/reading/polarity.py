"""Answers below a heading that asks the other way round: "Are you dairy-free? Yes" is no dairy.

An answer becomes the words that say the same by themselves, which the reader of its field then reads. Only
what is plain is turned: "mostly" or "yes, except cheese" is asked, never turned blindly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.reading import read
from coordinator.domain.reading.dates import DateRule, find_dates


@dataclass(frozen=True, slots=True)
class _Words:
    """What it is called not to do it, to do it, and what an answer names that speaks of it by itself."""

    never: str
    ever: str
    named: str


_WORDS: Mapping[str, _Words] = {
    "dairy": _Words("no dairy", "dairy", r"dairy|milk|lact|cheese|vegan|\bd\W?f\b|\bplv\b|l[aá]cteos"),
    "nicotine": _Words("no nicotine", "nicotine", r"smok|nicotin|vap|cig|tobacco|juul|fum|tabac"),
    "alcohol": _Words("no alcohol", "alcohol", r"alcohol|drink|wine|beer|liquor|sober"),
    "cannabis": _Words("no cannabis", "cannabis", r"cannabis|marijuana|weed|thc|cbd|edible|\bpot\b"),
    "tattoo": _Words("no", "yes", r"tattoo|pierc|transfus|\bink"),
    "medicines": _Words("no medicines", "yes", r"\bmed|drug|vitamin|pill"),
    "foods_avoided": _Words("none", "yes", r"avoid|free|allerg"),
    "heat_treated": _Words("not heated", "heated", r"scald|heat|boil|raw|pasteur"),
}
REVERSED = frozenset(_WORDS)
"""The fields whose answers can be turned."""
_YES = r"yes|yep|yeah|y|true|s[ií]|oui|correct|x|✓|✔|1"
_NO = r"no(?:pe)?|non|n|false|nah|0"
_BEGAN = r"(?:since|from|as of|starting|started|began|desde|depuis)\b\s*"
# "No smoking" is one statement, "no, I smoke" an answer and what it means.
_HEAD = re.compile(
    rf"\s*(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?:\s*[,;:.!–—(-][\s,;:.!(–—-]*|\s*$|\s+(?={_BEGAN}))",
    re.IGNORECASE,
)
_SINCE = re.compile(_BEGAN, re.IGNORECASE)
_ENDED = re.compile(r"\b(?:until|till?|to|through|thru|hasta|jusqu\w*)\b|(?<=\s)[-–—](?=\s)", re.IGNORECASE)


WILLING = frozenset({"medicine_ok", "nicotine_ok"})
"""The fields of what a family takes."""
_DEPENDS = re.compile(r"\W*(?:(?:it )?depends|ask|maybe|if compatible)\b.*", re.IGNORECASE | re.DOTALL)


def turned_willing(text: str) -> str | None:
    """Return what *text* says of what a family takes, below a heading such as "No medication, please?".

    Yes is a no. That somebody does not insist is no yes: it is asked, as is whatever is not plain.
    """
    head = _HEAD.match(text)
    if head and head["yes"] and head.end() == len(text):
        return "no"
    return text if _DEPENDS.fullmatch(text) else None


def plain_words(key: str, text: str, rule: DateRule) -> str | None:
    """Return what *text*, typed where yes means no to the field *key*, says by itself.

    ``None`` where it is not plain: then it must be asked.
    """
    words = _WORDS.get(key)
    if words is None:
        return None
    head = _HEAD.match(text)
    rest = text[head.end() :].strip(" .!)") if head else text.strip()
    if head and not rest:
        return words.never if head["yes"] else words.ever
    if since := _SINCE.match(rest):
        is_plain = (head is None or head["yes"]) and not _has_ended(rest, rule)
        return f"{words.never} since {rest[since.end() :]}" if is_plain else None
    if _HEAD.match(rest) if head else not re.search(words.named, rest, re.IGNORECASE):
        return None
    says_never = _says_never(key, rest, rule)
    if says_never is None or (head is not None and says_never is not bool(head["yes"])):
        return None
    return rest


def _has_ended(text: str, rule: DateRule) -> bool:
    """Whether what began is over again: "since 3/1 until 5/1" tells of two months and not of today."""
    return _ENDED.search(text) is not None or len(find_dates(text, rule)) > 1


def _says_never(key: str, text: str, rule: DateRule) -> bool | None:
    """Return whether *text* by itself denies it, at least by now; ``None`` where that is not plain."""
    reading = read(key, text, rule)
    if not reading.facts or any(fact.presence is Presence.UNCLEAR for fact in reading.facts):
        return None
    told = {_is_over(fact) for fact in reading.facts}
    return told.pop() if len(told) == 1 else None


def _is_over(fact: Fact) -> bool:
    return fact.presence is Presence.NO or fact.end is not None
