"""Who lives in a made-up region: donors and families who come and leave, and the truth of every answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Reach, Willing
from coordinator.domain.places.positions import Position, Precision
from tests.builders import a_plain_no

FIRST_DAY: Final = date(2026, 3, 2)
"""A Monday."""
WEEKS: Final = 26


@dataclass(frozen=True)
class Mix:
    """How many come and what they have, by which one made-up world differs from another."""

    donors: int = 15
    families: int = 10
    donors_a_week: float = 0.9
    families_a_week: float = 0.55
    pumps_oz: tuple[float, float] = (8.0, 28.0)
    told: float = 0.45
    """How much of what is asked was on the form already."""


@dataclass(frozen=True)
class Donor:
    """A donor as she is. ``comes`` and ``leaves`` are days of the season, ``told`` is what her form said."""

    code: str
    home: int
    position: Position
    comes: int
    leaves: int
    pumps_oz: float
    stash_oz: float
    stash_days: int
    facts: tuple[Fact, ...]
    told: tuple[Fact, ...]


@dataclass(frozen=True)
class Family:
    """A family as it is. ``drinks`` is what its baby drinks of what its age lets expect."""

    code: str
    home: int
    position: Position
    comes: int
    leaves: int
    baby: Baby
    told: Baby
    own_supply_oz: float
    stock_oz: float
    drinks: float
    freezer: str
    reach: Reach


@dataclass(frozen=True)
class Made:
    """A made-up region: who comes in the season, and where the two drivers live."""

    seed: int
    donors: tuple[Donor, ...]
    families: tuple[Family, ...]
    drivers: tuple[Position, ...]


def make_region(seed: int, mix: Mix | None = None) -> Made:
    """Return the region of *seed*; the same one whoever coordinates it."""
    wanted, random = mix or Mix(), Random(seed)
    donors = tuple(
        _donor(n, comes, random, wanted)
        for n, comes in enumerate(_coming(wanted.donors, wanted.donors_a_week, random))
    )
    families = tuple(
        _family(n, comes, random, wanted)
        for n, comes in enumerate(_coming(wanted.families, wanted.families_a_week, random))
    )
    return Made(seed, donors, families, (_place(random), _place(random)))


def _coming(there: int, a_week: float, random: Random) -> list[int]:
    """Return the day each comes: so many are there on the first, others come day by day."""
    return [0] * there + [day for day in range(1, WEEKS * 7) if random.random() < a_week / 7]


def _place(random: Random) -> Position:
    """Return a place in a region of about 50 by 50 miles."""
    return Position(43.05 + random.uniform(-0.36, 0.36), -70.9 + random.uniform(-0.5, 0.5), Precision.ADDRESS)


def _donor(number: int, comes: int, random: Random, mix: Mix) -> Donor:
    facts = _facts(comes, random)
    return Donor(
        code=f"D-{number:04}",
        home=1000 + number,
        position=_place(random),
        comes=comes,
        leaves=comes + random.randint(6, 30) * 7,
        pumps_oz=random.uniform(*mix.pumps_oz),
        stash_oz=random.choice([80, 150, 300, 450, 700, 1100]),
        stash_days=random.choice([30, 60, 90, 150, 240, 330]),
        facts=facts,
        told=tuple(fact for fact in facts if random.random() < mix.told),
    )


def _facts(comes: int, random: Random) -> tuple[Fact, ...]:
    """Return every answer of a donor; most have nothing against their milk, two in three eat dairy."""
    came = FIRST_DAY + timedelta(days=comes)
    said: dict[FactKind, Fact] = {fact.kind: fact for fact in a_plain_no()}
    tested = came - timedelta(days=30)
    said[FactKind.BLOOD_TEST] = replace(
        said[FactKind.BLOOD_TEST], start=tested, end=tested + timedelta(days=1)
    )
    if random.random() < 0.65:
        said[FactKind.DAIRY] = Fact(FactKind.DAIRY, Presence.YES)
    dice = random.random()
    if dice < 0.15:
        said[FactKind.MEDICINE] = Fact(FactKind.MEDICINE, Presence.YES, "Zyrtec")
    elif dice < 0.20:
        said[FactKind.NICOTINE] = Fact(FactKind.NICOTINE, Presence.YES)
    elif dice < 0.28:
        ill = came - timedelta(days=random.randint(5, 40))
        said[FactKind.ILLNESS] = Fact(FactKind.ILLNESS, Presence.YES, "flu", ill, ill + timedelta(days=6))
    return tuple(said.values())


def _family(number: int, comes: int, random: Random, mix: Mix) -> Family:
    came = FIRST_DAY + timedelta(days=comes)
    baby = Baby(
        born=came - timedelta(days=random.randint(3, 150)),
        count=2 if random.random() < 0.06 else 1,
        gestation_weeks=random.randint(37, 41),
        health=BabyHealth.HOME,
        must_avoid=("dairy",) if random.random() < 0.3 else (),
        medicine_ok=random.choice([Willing.YES, Willing.IF_COMPATIBLE, Willing.NO]),
        nicotine_ok=Willing.NO,
    )
    return Family(
        code=f"R-{number:04}",
        home=number + 1,
        position=_place(random),
        comes=comes,
        leaves=comes + random.randint(8, 26) * 7,
        baby=baby,
        told=_as_told(baby, random, mix.told),
        own_supply_oz=random.choice([0, 0, 4, 8, 12]),
        stock_oz=random.choice([0, 0, 60, 150, 300]),
        drinks=random.uniform(0.85, 1.15),
        freezer=random.choice(["3.5 cubic feet", "5 cubic feet", "7 cubic feet", ""]),
        reach=Reach(minutes=random.choice([20, 30, 45, 60])),
    )


def _as_told(baby: Baby, random: Random, told: float) -> Baby:
    """Return the baby as the form has it, with some answers missing."""

    def is_told() -> bool:
        return random.random() < told

    return replace(
        baby,
        gestation_weeks=baby.gestation_weeks if is_told() else None,
        health=baby.health if is_told() else None,
        must_avoid=baby.must_avoid if is_told() else None,
        medicine_ok=baby.medicine_ok if is_told() else None,
        nicotine_ok=baby.nicotine_ok if is_told() else None,
    )


FORM_FIELDS: Final = ("gestation_weeks", "health", "must_avoid", "medicine_ok", "nicotine_ok")
"""What a family is asked about its baby."""
