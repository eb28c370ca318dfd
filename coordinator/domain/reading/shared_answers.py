"""One question about several habits ("Do you smoke, drink or use cannabis?"): which words are about which.

A bare no is a no to each. What names one of them says nothing about the others: those were not answered.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from coordinator.domain.facts.dated_facts import Presence
from coordinator.domain.reading import read
from coordinator.domain.reading.dates import DateRule

HABITS = frozenset({"nicotine", "alcohol", "cannabis"})
"""The fields that one question often asks about together."""
_PARTS = re.compile(r"[,;\n]|\bbut\b|\band\b(?=\s+(?:i|no)\b)", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|y|et)\s+|\s*[&+/]\s*", re.IGNORECASE)
_DENIED = re.compile(r"\W*(?:no|not|never|non|don['’]?t|do not|i don['’]?t)\b", re.IGNORECASE)
_OR = re.compile(r"(?:or|nor)\b\s*", re.IGNORECASE)
_NO = "no "
_BARE = re.compile(r"\W*(?:yes|yep|yeah|y|no|nope|n|sometimes|true|false|x)\W*", re.IGNORECASE)
_NEITHER = re.compile(
    r"\W*(?:no|nope|n|none|never|neither|false|none of (?:these|the above|them)|ninguno|non|aucun)\W*",
    re.IGNORECASE,
)


def own_words(key: str, text: str, keys: Collection[str], rule: DateRule) -> str | None:
    """Return what *text*, which answers all of *keys* at once, says about *key*; empty for nothing.

    ``None`` where it is not plain which of them it is about: then it is asked of each.
    """
    if _NEITHER.fullmatch(text):
        return "no"
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) > 1 and _BARE.fullmatch(parts[0]) and not _NEITHER.fullmatch(parts[0]):
        parts = parts[1:]
    parts = _denied_through(parts)
    if not parts:
        return None
    own: list[str] = []
    for part in parts:
        told = _told(part, keys, rule)
        if not told:
            return None
        own += [words for about, words in told if about == key]
    return "; ".join(own)


def _denied_through(parts: list[str]) -> list[str]:
    """Return *parts* with the one "no" before a list said of each: "No alcohol, tobacco, or cannabis".

    A bare word behind a "no" may be denied with it or be an answer of its own: "no alcohol, cigarettes".
    """
    later = parts[1:]
    if not later or not _DENIED.match(parts[0]):
        return parts
    words = [_OR.sub("", part) for part in later]
    if words != later:
        are_bare = all(len(part.split()) == 1 or _DENIED.match(part) for part in words)
        return (
            [parts[0], *(part if _DENIED.match(part) else _NO + part for part in words)] if are_bare else []
        )
    return [] if any(len(part.split()) == 1 and not _BARE.fullmatch(part) for part in later) else parts


def _told(part: str, keys: Collection[str], rule: DateRule) -> list[tuple[str, str]]:
    """Return which of *keys* the words are about, each with its words; nothing where that is not plain."""
    about = _about(part, keys, rule)
    if about:
        return [(about, part)]
    pieces = [] if _DENIED.match(part) else _AND.split(part)
    told = [(_about(piece, keys, rule), piece) for piece in pieces]
    return told if len(told) > 1 and all(one for one, _ in told) else []


def _about(part: str, keys: Collection[str], rule: DateRule) -> str:
    """Return the one of *keys* whose reader, and no other's, understands all the words."""
    if _BARE.fullmatch(part) or _NEITHER.fullmatch(part):
        return ""
    about = [key for key in keys if _is_understood(key, part, rule)]
    return about[0] if len(about) == 1 else ""


def _is_understood(key: str, part: str, rule: DateRule) -> bool:
    reading = read(key, part, rule)
    is_clear = all(fact.presence is not Presence.UNCLEAR for fact in reading.facts)
    names_it = any(fact.subject or fact.is_dated or fact.presence is Presence.NO for fact in reading.facts)
    return bool(reading.facts) and is_clear and names_it
