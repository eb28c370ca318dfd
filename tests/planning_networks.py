"""Made-up networks for the plan: babies, lots and pairs, without a database."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.domain.planning.network import Home, Pair, PlanBaby, PlanLot, PlanNetwork, Week
from coordinator.domain.planning.weights import PlanPolicy

POLICY = load_plan_policy()
ONLY_DAYS = replace(
    POLICY,
    early_week=0,
    minute=0,
    trip=0,
    driver_trip=0,
    donor=0,
    kept=0,
    expiring=0,
    nothing=0,
    smallest_oz=0,
)
"""Every weight but the days that babies are not covered at nothing."""


def a_baby(code: str, a_day: float = 25, days: float = 28, **more: object) -> PlanBaby:
    """Return a baby who drinks so much and lacks milk on so many of the last days of four weeks."""
    weeks = [min(7.0, max(0.0, 7 * (week + 1) - (28 - days))) for week in range(4)]
    made = PlanBaby(code, f"Baby {code}", int(code[2:]), tuple(Week(a_day * lack, lack) for lack in weeks))
    return replace(made, is_at_nothing=days >= 28, **more)  # type: ignore[arg-type]


def a_lot(code: str, bags: int, bag_oz: float = 5, **more: object) -> PlanLot:
    """Return a lot of a donor of its own."""
    donor = code.replace("L", "D")
    made = PlanLot(code, donor, f"Donor {donor}", 1000 + int(code[2:]), bags * bag_oz, bag_oz)
    return replace(made, **more)  # type: ignore[arg-type]


def a_pair(lot: str, baby: str, minutes: float = 20, **more: object) -> Pair:
    """Return a pair about which nothing is left to ask."""
    return replace(Pair(lot, baby, lot.replace("L", "D"), minutes), **more)  # type: ignore[arg-type]


def a_network(babies: list[PlanBaby], lots: list[PlanLot], pairs: list[Pair]) -> PlanNetwork:
    """Return the network, in which each household may be rung."""
    homes = {baby.home: Home(baby.home, baby.code, baby.name) for baby in babies}
    homes |= {lot.home: Home(lot.home, lot.donor, lot.donor_name) for lot in lots}
    return PlanNetwork(tuple(babies), tuple(lots), tuple(pairs), homes)


def small_networks(count: int) -> Iterator[PlanNetwork]:
    """Yield networks small enough to try everything."""
    for seed in range(count):
        random = Random(seed)
        babies = [
            a_baby(
                f"R-{n}",
                random.choice([3.0, 4.0, 7.5]),
                random.choice([6, 14, 28]),
                room_oz=random.choice([60.0, math.inf]),
                weight=random.choice([1.0, 1.0, 1.5]),
            )
            for n in range(1, random.randint(2, 3) + 1)
        ]
        lots = [
            a_lot(
                f"L-{n}",
                random.randint(1, 3),
                random.choice([20.0, 33.0, 41.5]),
                expiring_oz=random.choice([0.0, 25.0]),
            )
            for n in range(1, random.randint(2, 3) + 1)
        ]
        yield a_network(babies, lots, list(_some_pairs(babies, lots, random, 5)))


def large_network(babies: int, lots: int, seed: int, nearest: int | None = None) -> PlanNetwork:
    """Return a region 60 miles wide where some pairs are not a fit, with the *nearest* lots of each baby."""
    random = Random(seed)
    needing = [
        a_baby(
            f"R-{n}",
            random.choice([12, 20, 22, 25]),
            random.randint(8, 28),
            room_oz=random.choice([250.0, 500.0, math.inf]),
        )
        for n in range(babies)
    ]
    giving = []
    for n in range(lots):
        bags, size = random.randint(8, 300), random.choice([3.0, 4.0, 5.5])
        expiring = random.choice([0.0, 0.0, 0.3]) * bags * size
        giving.append(a_lot(f"L-{n}", bags, size, expiring_oz=expiring))
    places = [(random.random() * 60, random.random() * 60) for _ in range(babies + lots)]
    pairs: list[Pair] = []
    for at, baby in enumerate(needing):
        ways = sorted(
            (math.dist(places[at], places[babies + n]), n) for n in range(lots) if random.random() >= 0.15
        )
        for miles, n in ways[:nearest]:
            pairs.append(
                a_pair(
                    giving[n].code,
                    baby.code,
                    1.3 * miles,
                    is_kept=random.random() < 0.02,
                    needs_driver=miles > 30,
                )
            )
    return a_network(needing, giving, pairs)


def _some_pairs(babies: list[PlanBaby], lots: list[PlanLot], random: Random, most: int) -> Iterator[Pair]:
    every = [(lot, baby) for baby in babies for lot in lots]
    for lot, baby in random.sample(every, min(most, len(every))):
        homes = frozenset(home for home in (lot.home, baby.home) if random.random() < 0.3)
        yield a_pair(
            lot.code,
            baby.code,
            random.randint(5, 70),
            homes=homes,
            hope=0.8 ** len(homes),
            is_kept=random.random() < 0.2,
            needs_driver=random.random() < 0.3,
        )


def rung_in(network: PlanNetwork, seed: int) -> frozenset[int]:
    """Return some of the households that milk waits for."""
    random = Random(seed)
    asked = sorted({home for pair in network.pairs for home in pair.homes})
    return frozenset(home for home in asked if random.random() < 0.6)


def policy(**changes: float) -> PlanPolicy:
    """Return the policy with *changes*."""
    return replace(POLICY, **changes)  # type: ignore[arg-type]
