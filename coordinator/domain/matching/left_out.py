"""Who is left out, counted by the first reason: the kinds of reasons, and what each count is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from coordinator.domain.families.babies import Reach
from coordinator.sayings import NOTHING, Saying, plural, saying


class LeftKind(IntEnum):
    """Why somebody is left out, the strongest first."""

    OWN = 0
    FAMILY_PAUSED = 1
    MOURNS = 2
    REFERRED = 3
    NOT_OFFERING = 4
    RESTS = 5
    SET_ASIDE = 6
    PAIR_PAUSED = 7
    NO_MILK = 8
    NO_NEED = 9
    RULES = 10
    BEYOND = 11
    CLINICIAN = 12
    WAITS = 13
    TO_ASK = 14
    FAMILY_TO_ASK = 15


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who is left out, and what would change it."""

    code: str
    name: str
    why: Saying
    step: Saying


@dataclass(frozen=True, slots=True)
class LeftGroup:
    """All who are left out for the same first reason, by code."""

    kind: LeftKind
    said: Saying
    left: tuple[Left, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.left)


@dataclass(frozen=True, slots=True)
class First:
    """The first reason of one who is left out; those of the same ``key`` are counted together."""

    kind: LeftKind
    why: Saying
    step: Saying
    key: Saying = NOTHING


def grouped(
    left: Iterable[tuple[First, str, str]], reach: Reach | None, *, of_families: bool
) -> tuple[LeftGroup, ...]:
    """Return them by the first reason, the strongest first, of the rules the most frequent first."""
    by: dict[tuple[LeftKind, Saying], list[tuple[First, Left]]] = defaultdict(list)
    for first, code, name in left:
        by[first.kind, first.key].append((first, Left(code, name, first.why, first.step)))
    order = sorted(by.items(), key=lambda item: (item[0][0], -len(item[1]), str(item[0][1])))
    return tuple(
        LeftGroup(
            kind,
            _counted(kind, [first for first, _ in found], reach, of_families=of_families),
            tuple(one for _, one in found),
        )
        for (kind, _), found in order
    )


def _counted(kind: LeftKind, found: Sequence[First], reach: Reach | None, *, of_families: bool) -> Saying:
    n = len(found)
    if kind is LeftKind.RULES:
        what = found[0].key if n > 1 and not of_families else found[0].why
        return (
            saying("{n} {what}", n=n, what=what) if not of_families else saying("{n}: {what}", n=n, what=what)
        )
    if kind is LeftKind.BEYOND:
        return _beyond(n, reach)
    return _COUNTED[kind](n)


def _beyond(n: int, reach: Reach | None) -> Saying:
    if reach is not None and reach.minutes is not None:
        return plural(
            "{n} more than {far:g} minutes away", "{n} more than {far:g} minutes away", n, far=reach.minutes
        )
    if reach is not None and reach.miles is not None:
        return plural(
            "{n} more than {far:g} miles away by road",
            "{n} more than {far:g} miles away by road",
            n,
            far=reach.miles,
        )
    return plural("{n} farther than they drive", "{n} farther than they drive", n)


_COUNTED: Mapping[LeftKind, Callable[[int], Saying]] = {
    LeftKind.OWN: lambda n: plural("{n} of the same household", "{n} of the same household", n),
    LeftKind.FAMILY_PAUSED: lambda n: plural(
        "{n} while the family is paused", "{n} while the family is paused", n
    ),
    LeftKind.MOURNS: lambda n: plural("{n} to read about first", "{n} to read about first", n),
    LeftKind.REFERRED: lambda n: plural(
        "{n} while the baby is referred", "{n} while the baby is referred", n
    ),
    LeftKind.NOT_OFFERING: lambda n: plural("{n} offers no milk now", "{n} offer no milk now", n),
    LeftKind.RESTS: lambda n: plural("{n} pauses", "{n} pause", n),
    LeftKind.SET_ASIDE: lambda n: plural("{n} set aside", "{n} set aside", n),
    LeftKind.PAIR_PAUSED: lambda n: plural("{n} paused as a pair", "{n} paused as pairs", n),
    LeftKind.NO_MILK: lambda n: plural("{n} without free milk", "{n} without free milk", n),
    LeftKind.NO_NEED: lambda n: plural("{n} needs no milk now", "{n} need no milk now", n),
    LeftKind.CLINICIAN: lambda n: plural(
        "{n} for a clinician or this network to decide", "{n} for a clinician or this network to decide", n
    ),
    LeftKind.WAITS: lambda n: plural("{n} waits for its day", "{n} wait for their day", n),
    LeftKind.TO_ASK: lambda n: plural("{n} not asked yet", "{n} not asked yet", n),
    LeftKind.FAMILY_TO_ASK: lambda n: plural(
        "{n} wait for an answer of the family", "{n} wait for an answer of the family", n
    ),
}
"""What each count is called; the rules and the distance have words of their own."""
