"""Words of the phone that no form has a field for."""

from __future__ import annotations

import re

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.imports.health import HINT, read_health
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.reading.heat import SOME_BAGS

_OUNCES = re.compile(
    r"(?:yes\W+)?(?:about |~ ?)?(?!0+\b)\d+(?:\.\d+)? ?(?:oz|ounces?)\b\W*(?:\d+ bags?)?\W*", re.IGNORECASE
)


def told_health(words: str) -> BabyHealth:
    """Return where the baby is.

    Raises:
        NotClearError: If the words say anything else, too.
    """
    health = read_health(words)
    if health is None:
        raise NotClearError(HINT)
    return health


def heated_bags(kind: FactKind, words: str) -> tuple[Fact, ...]:
    """Return that so many ounces were heated, which is some of the bags, where that is what was told."""
    if kind is not FactKind.HEAT_TREATED or not _OUNCES.fullmatch(words):
        return ()
    return (Fact(kind, Presence.YES, SOME_BAGS, raw=words, source=FactSource.CALL),)
