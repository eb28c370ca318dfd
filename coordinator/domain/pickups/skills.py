"""What a door needs of who drives: stairs to climb, a language to speak. What nobody told is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from coordinator.domain.families.languages import Can, in_common
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from coordinator.domain.families.drivers import Driver
    from coordinator.domain.families.households import Household


Door: TypeAlias = tuple[str, str]
"""The code of a family, and the key of one thing its door needs."""


class NeedKind(StrEnum):
    """What a door needs."""

    STAIRS = "stairs"
    STAIRS_UNKNOWN = "stairs?"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a door needs; *told* are the family's languages, in its words."""

    kind: NeedKind
    told: str = ""

    @property
    def key(self) -> str:
        """The need as one word, such as ``stairs`` or ``language:Spanish``."""
        return f"{self.kind.value}:{self.told}" if self.told else self.kind.value

    @classmethod
    def of(cls, key: str) -> Need:
        """Return the need with this key."""
        kind, _, told = key.partition(":")
        return cls(NeedKind(kind), told)


def needs_of(home: Household) -> frozenset[str]:
    """Return the keys of what the door of a family needs; whether there are stairs may be unknown."""
    stairs = {None: NeedKind.STAIRS_UNKNOWN, True: NeedKind.STAIRS, False: None}[home.stairs]
    found = [Need(stairs)] if stairs else []
    told = " ".join(home.languages.split())
    if told:
        found.append(Need(NeedKind.LANGUAGE, told))
    return frozenset(one.key for one in found)


def can(driver: Driver, key: str, usual_language: str) -> Can:
    """Return whether a volunteer can do what a door needs.

    Where neither was asked about stairs nothing is known to be in the way, and nothing is asked.
    """
    need = Need.of(key)
    match need.kind:
        case NeedKind.STAIRS:
            return {None: Can.ASK, True: Can.YES, False: Can.NO}[driver.climbs_stairs]
        case NeedKind.STAIRS_UNKNOWN:
            return Can.ASK if driver.climbs_stairs is False else Can.YES
        case NeedKind.LANGUAGE:
            return in_common(need.told, driver.household.languages, usual_language)


def skills_of(
    crew: Sequence[Driver], needs: Iterable[str], usual_language: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the *needs* that do not keep a crew away, and those of them to ask about.

    A crew is who drives and who comes along: it is enough if one of them can.
    """
    able = {key: _best(crew, key, usual_language)[0] for key in set(needs)}
    skills = frozenset(key for key, one in able.items() if one is not Can.NO)
    return skills, frozenset(key for key, one in able.items() if one is Can.ASK)


def _best(crew: Sequence[Driver], key: str, usual_language: str) -> tuple[Can, Driver]:
    """Return what the one of a crew can who can most, and who that is."""
    each = [(can(one, key, usual_language), one) for one in crew]
    return min(each, key=lambda one: _ORDER.index(one[0]))


_ORDER: Final = (Can.YES, Can.ASK, Can.NO)


def need_words(key: str) -> Saying:
    """Return what a door needs, as it stands in a list."""
    need = Need.of(key)
    if need.kind is NeedKind.LANGUAGE:
        return saying("speak {languages}", languages=need.told)
    return saying("climb stairs")


def in_the_way(key: str, driver: str, home: str) -> Saying:
    """Return that *driver* cannot do what the door of *home* needs, in words with codes."""
    need = Need.of(key)
    if need.kind is NeedKind.LANGUAGE:
        return saying(
            "{home} speaks {languages}; {driver} told other languages.",
            home=home,
            languages=need.told,
            driver=driver,
        )
    return saying("There are stairs at {home}; {driver} climbs none.", home=home, driver=driver)


def to_ask(driver: str, doors: Sequence[Door]) -> Saying:
    """Return what is to be asked about *driver* and doors of one kind of need, in words with codes."""
    homes = tuple(home for home, _ in doors)
    needs = [Need.of(key) for _, key in doors]
    match needs[0].kind:
        case NeedKind.LANGUAGE if len(doors) == 1:
            return saying(
                "Ask {driver} whether they speak {languages}, as {home} does.",
                driver=driver,
                languages=needs[0].told,
                home=homes[0],
            )
        case NeedKind.LANGUAGE:
            told = [
                saying("{home} ({languages})", home=home, languages=need.told)
                for home, need in zip(homes, needs, strict=True)
            ]
            return saying(
                "Ask {driver} which languages they speak: {homes}.", driver=driver, homes=joined(", ", told)
            )
        case NeedKind.STAIRS:
            return saying(
                "Ask {driver} whether they climb the stairs at {homes}.", driver=driver, homes=homes
            )
        case NeedKind.STAIRS_UNKNOWN:
            return saying(
                "Ask {homes} whether there are stairs; {driver} climbs none.", homes=homes, driver=driver
            )


def by_kind(doors: Iterable[Door]) -> tuple[tuple[Door, ...], ...]:
    """Return doors by what they need, those of one kind of need together, in the order of the kinds."""
    found: dict[NeedKind, list[Door]] = {}
    for door in doors:
        found.setdefault(Need.of(door[1]).kind, []).append(door)
    return tuple(tuple(found[kind]) for kind in NeedKind if kind in found)


def kept_out(
    crew: Sequence[Driver], doors: Iterable[tuple[str, Iterable[str]]], usual_language: str
) -> Iterator[Saying]:
    """Yield in words what is in the way of a crew at *doors*, which are codes with what they need."""
    for home, needs in doors:
        for key in sorted(needs):
            able, who = _best(crew, key, usual_language)
            if able is Can.NO:
                yield in_the_way(key, who.code, home)


def asked_of(
    crew: Sequence[Driver], doors: Iterable[tuple[str, Iterable[str]]], usual_language: str
) -> Iterator[Saying]:
    """Yield in words what is to be asked about a crew at *doors*: each kind once for a volunteer."""
    asks: dict[str, list[Door]] = {}
    for home, needs in doors:
        for key in sorted(needs):
            able, who = _best(crew, key, usual_language)
            if able is Can.ASK:
                asks.setdefault(who.code, []).append((home, key))
    for driver, found in asks.items():
        for same in by_kind(found):
            yield to_ask(driver, same)
