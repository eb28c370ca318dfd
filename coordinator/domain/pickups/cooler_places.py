"""Coolers that are lent about: whose they are, where they are, and which a volunteer has at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator.sayings import Saying, plural, saying

NONE_HERE: Final = (0,)
"""What a volunteer has at home whose coolers are all lent away: known to be none, unlike ``()``."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A household by one of its codes: a volunteer's before a family's before a donor's."""

    household_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Cooler:
    """A cooler. Without an owner it is the network's; ``at`` nobody it is with the coordinator.

    ``since`` is the day it came where it is, if that was noted.
    """

    number: int
    name: str
    quarts: int
    owner: Whom | None = None
    at: Whom | None = None
    since: date | None = None

    @property
    def is_out(self) -> bool:
        """Whether it is anywhere but at its owner's, or of the network's own at somebody's."""
        return _id(self.at) != _id(self.owner)

    def days_out(self, today: date) -> int | None:
        """Return for how many days it has been away; ``None`` when it is not, or nobody noted since when."""
        return (today - self.since).days if self.is_out and self.since is not None else None


def away_words(cooler: Cooler, today: date) -> Saying:
    """Return since when a cooler has been away, as a list shows it: "3 weeks"."""
    days = cooler.days_out(today)
    if days is None:
        return saying("not known") if cooler.is_out else saying("at home")
    if days < 14:
        return plural("{n} day", "{n} days", days)
    return plural("{n} week", "{n} weeks", days // 7)


def out_by_place(
    coolers: Iterable[Cooler], today: date, day: Callable[[date], str] = str
) -> tuple[Saying, ...]:
    """Return in sentences whose coolers are where, longest away first; *day* writes a date."""
    groups: dict[tuple[int | None, int | None], list[Cooler]] = {}
    for one in coolers:
        if one.is_out:
            groups.setdefault((_id(one.owner), _id(one.at)), []).append(one)
    ordered = sorted(
        groups.values(), key=lambda group: (min(one.since or today for one in group), group[0].name)
    )
    return tuple(_sentence(group, today, day) for group in ordered)


def _sentence(group: Sequence[Cooler], today: date, day: Callable[[date], str]) -> Saying:
    first = group[0]
    owner = first.owner.name if first.owner else saying("the network")
    at = saying("{name} ({code})", name=first.at.name, code=first.at.code) if first.at else saying("you")
    told = [one for one in group if one.since is not None]
    if not told:
        return plural(
            "{n} cooler of {owner} is with {at}.", "{n} coolers of {owner} are with {at}.",
            len(group), owner=owner, at=at,
        )  # fmt: skip
    longest = min(told, key=lambda one: one.since or today)
    return plural(
        "{n} cooler of {owner} is with {at} since {day}, {long}.",
        "{n} coolers of {owner} are with {at}, the first since {day}, {long}.",
        len(group),
        owner=owner,
        at=at,
        day=day(longest.since or today),
        long=away_words(longest, today),
    )


def at_home(told_qt: Sequence[int], household_id: int, coolers: Iterable[Cooler]) -> tuple[int, ...]:
    """Return the quarts of the coolers a volunteer has at home now.

    They are those she told and her own that are noted, without what she lent away, and what others lent her.
    A cooler that is noted and told counts once. ``()`` where she told none and none is noted;
    :data:`NONE_HERE` where all are away.
    """
    noted = list(coolers)
    own = [one for one in noted if _id(one.owner) == household_id]
    lent_away = Counter(one.quarts for one in own if one.is_out)
    lent_to_her = Counter(
        one.quarts for one in noted if _id(one.owner) != household_id and _id(one.at) == household_id
    )
    here = ((Counter(told_qt) | Counter(one.quarts for one in own)) - lent_away) + lent_to_her
    found = tuple(sorted(here.elements()))
    if found == tuple(sorted(told_qt)):
        return tuple(told_qt)
    return found or (NONE_HERE if lent_away else ())


def _id(whom: Whom | None) -> int | None:
    return None if whom is None else whom.household_id
