"""What a food is called, which foods a word means, and how long each is left out before it counts as out."""

from __future__ import annotations

import re
from functools import lru_cache

from coordinator.domain.vocabulary import Concept, vocabulary, words_of

DAIRY = "dairy"


@lru_cache(maxsize=4096)
def food_key(food: str) -> str:
    """Return *food* as foods are compared: ``Eggs`` and ``egg`` are the same, ``CMPI`` is dairy."""
    concept = _concept(food)
    return concept.key if concept else " ".join(food.casefold().replace("’", "'").split())


def food_label(key: str) -> str:
    """Return how a food is said on screen: ``tree nuts`` for its key."""
    concept = _by_key().get(key)
    return concept.label if concept else key


def _concept(food: str) -> Concept | None:
    words = words_of(food)
    found = vocabulary().phrases(("foods",)).get(words) if words else None
    return found or next((one for one in _by_key().values() if one.label == food.casefold()), None)


@lru_cache(maxsize=1)
def _by_key() -> dict[str, Concept]:
    return {one.key: one for one in vocabulary().phrases(("foods",)).values()}


def read_washouts(text: str) -> tuple[tuple[str, int], ...] | None:
    """Read ``dairy 21, soy 14`` as food keys and days; ``None`` when it is something else."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = re.fullmatch(r"(?P<food>\D*\w)\W+(?P<days>\d{1,3})(?:\s*days?)?", part)
        if match is None:
            return None
        found[food_key(match["food"])] = int(match["days"])
    return tuple(found.items())


@lru_cache(maxsize=1024)
def food_keys(foods: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the keys of what a baby must avoid, each once; none when nobody answered.

    "Nuts", "top 8" and a diet are the foods they stand for: a donor may avoid some of them.
    """
    return tuple(dict.fromkeys(key for food in foods or () for key in _each(food_key(food))))


def _each(key: str) -> tuple[str, ...]:
    concept = _by_key().get(key)
    if concept is None or concept.group not in _SEVERAL or not concept.covers:
        return (key,)
    return tuple(one for part in sorted(concept.covers) for one in _each(part))


_SEVERAL = frozenset({"diet", "family"})


@lru_cache(maxsize=8192)
def is_part_of(food: str, whole: str) -> bool:
    """Whether *food*, a key, is *whole* or among what it stands for: shrimp is shellfish."""
    return food in vocabulary().covered(whole)
