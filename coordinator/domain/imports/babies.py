"""Which baby a request is about: a second one, or the same told again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from coordinator.domain.imports.contacts import same_text
from coordinator.domain.imports.names import nicknames_of

_SLIP = timedelta(days=60)
"""Birth dates nearer than this are one baby's: births lie further apart, and most slips are of days."""
_LIKE_NAMES = 80
"""Least likeness (0-100) of two spellings of a baby's name."""
_NO_NAMES = frozenset(
    ("baby", "girl", "boy", "unnamed", "unborn", "tbd", "na", "none", "not", "yet", "born", "no", "name")
)
"""Words that stand where a baby has no name yet."""


@dataclass(frozen=True, slots=True)
class Baby:
    """The baby of a request, as far as it is told."""

    name: str = ""
    born: date | None = None


def are_others(some: Iterable[Baby], others: Iterable[Baby]) -> bool:
    """Whether two requests of one parent tell of two babies: no baby of one may be one of the other."""
    pairs = [(one, other) for one in some for other in others]
    return bool(pairs) and all(_is_another(one, other) for one, other in pairs)


def _is_another(one: Baby, other: Baby) -> bool:
    """Whether two are told apart: by name, or born months apart."""
    if one.born and other.born and abs(one.born - other.born) > _SLIP:
        return True
    names, others = _names(one.name), _names(other.name)
    return bool(names and others) and not any(_alike(name, like) for name in names for like in others)


def _names(text: str) -> set[str]:
    return set(same_text(text).split()) - _NO_NAMES


def _alike(one: str, other: str) -> bool:
    if one == other or other in nicknames_of(one):
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return fuzz.ratio(one, other) >= _LIKE_NAMES
