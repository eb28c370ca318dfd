"""Which kind of list these columns are, and which column is which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from coordinator.domain.families.fields import FIELDS, OWN_ASKED
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.families.typed_fields import Kind

_LIKELY = 82
"""Least likeness (0-100) of a header to a synonym; below it a person must say which column it is."""


_OTHER_UNITS = frozenset({"day", "days", "week", "weeks", "wks", "year", "years"})


def guess_kind(headers: Sequence[str]) -> Role | None:
    """Return which of the three lists these headers belong to; ``None`` when nothing speaks for any.

    Only what one kind alone is asked counts, so that shared columns (name, town) decide nothing.
    """
    found = {role: _matches(headers, fields) for role, fields in OWN_ASKED.items()}
    strength = {role: sum(score for score, _, _ in matches) for role, matches in found.items()}
    best = max(strength, key=lambda role: strength[role])
    return best if strength[best] >= 2 * _LIKELY else None


def guess_mapping(headers: Sequence[str], kind: Role) -> dict[str, int]:
    """Return which column each field is read from; a column serves one field, the likest first."""
    return {key: index for _, key, index in _matches(headers, FIELDS[kind])}


def _matches(headers: Sequence[str], fields: Iterable[Field]) -> list[tuple[float, str, int]]:
    """Return (likeness, field key, column), each field and column at most once, likest first."""
    plain = [_plain(header) for header in headers]
    candidates = sorted(
        (
            (score, field.topic, index)
            for field in fields
            for index, header in enumerate(plain)
            if header and (score := _likeness(header, field)) >= _LIKELY
        ),
        key=lambda found: (-found[0], found[2]),
    )
    keys: set[str] = set()
    columns: set[int] = set()
    chosen = []
    for score, key, index in candidates:
        if key not in keys and index not in columns:
            keys.add(key)
            columns.add(index)
            chosen.append((score, key, index))
    return chosen


def _likeness(header: str, field: Field) -> float:
    if field.kind is Kind.MONTHS and _OTHER_UNITS & set(header.split()):
        return 0  # A bare 6 below "How old may it be (weeks)?" is not six months.
    if field.question is not None and header == _plain(str(field.question.words)):
        return 110  # Microsoft's own "Name" stands before it, and is empty.
    return max(_likeness_of_words(header, _plain(synonym)) for synonym in field.synonyms)


def _likeness_of_words(header: str, synonym: str) -> float:
    if header == synonym:
        return 100
    words = set(header.split())
    # A longer header that holds the whole synonym ("Town where you live") is likely it; a short word
    # such as "name" in "Baby's first name" is not.
    if set(synonym.split()) <= words and len(synonym.split()) * 2 >= len(words):
        return 90
    return fuzz.token_sort_ratio(header, synonym) * 0.95


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", header.casefold().replace("'", "").replace("’", "")).split())
