"""Regions to plan for: the sample, and others in which the same answers belong to other donors and babies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.bootstrap import make_network, open_database
from coordinator.domain.families.households import Household
from coordinator.domain.matching.ranking import Ranking, rank
from coordinator.domain.planning.network import Home, PlanNetwork
from coordinator.domain.planning.pairing import Around, Paired, paired
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.calls import Call, merged
from coordinator.services.planning.gathering import Asked, Gathered, gather, plan_policy
from coordinator.services.sample.samples import open_sample_region
from coordinator.services.today import today_page
from tests.benchmarks.bench_standings import TODAY, Region, dealt_anew, the_sample

ASKED = Asked(weeks=4, calls=5, minutes=75)


@dataclass(frozen=True)
class PlanRegion:
    """A region to plan for, and its households in the order that Today rang them before there was a plan."""

    name: str
    network: PlanNetwork
    old_order: tuple[int, ...]


def regions(count: int) -> Iterator[PlanRegion]:
    """Yield the sample region and *count* like it."""
    with TemporaryDirectory() as folder:
        database = open_database(make_network(Path(folder) / "network.db"))
        open_sample_region(database, TODAY)
        found, calls = gather(database, ASKED, plan_policy(), TODAY), today_page(database, TODAY).all_calls
        database.dispose()
    yield PlanRegion("sample", found.network, tuple(call.household.id for call in calls))
    sample = the_sample()
    for seed in range(1, count + 1):
        yield _region(str(seed), dealt_anew(sample, seed), found)


def _region(name: str, region: Region, sample: Gathered) -> PlanRegion:
    ids = {baby.code: baby.home for baby in sample.network.babies}
    ids |= {lot.donor: lot.home for lot in sample.network.lots}
    known = replace(sample.network, babies=tuple(replace(one, left_out=()) for one in sample.network.babies))
    around = Around(ids, sample.hopes, plan_policy(), ASKED.minutes)
    policy, driving = load_matching_policy(), load_driving_policy()
    found: list[Paired] = []
    for seeker in region.seekers:
        offers = [replace(one, is_own=ids[one.code] == ids[seeker.code]) for one in region.offers]
        ranking: Ranking = rank(seeker, offers, policy, driving, TODAY)
        found.append(paired(ranking, ids[seeker.code], around, TODAY, asks_need=True))
    hindered = {baby.code for baby in known.babies if baby.hindered}
    pairs = tuple(pair for one in found for pair in one.pairs if pair.baby not in hindered)
    homes = {ids[code]: Home(ids[code], code, code) for code in sorted(ids)}
    network = PlanNetwork(known.babies, known.lots, pairs, homes)
    return PlanRegion(name, network, _as_today_did(network))


def _as_today_did(network: PlanNetwork) -> tuple[int, ...]:
    """Return the households as Today put them: donors by their free milk and families in turn."""
    free: dict[str, float] = {}
    for lot in network.lots:
        free[lot.donor] = free.get(lot.donor, 0.0) + lot.free_oz
    ids = {lot.donor: lot.home for lot in network.lots} | {baby.code: baby.home for baby in network.babies}
    asked = {home for pair in network.pairs for home in pair.homes}
    calls = [
        Call(code, _household(home), (), is_urgent=True, free=Volume.from_oz(round(free.get(code, 0.0), 6)))
        for code, home in sorted(ids.items())
        if home in asked
    ]
    return tuple(call.household.id for call in merged(calls))


def _household(home: int) -> Household:
    return Household(home, str(home), str(home))


def first(order: Sequence[int], calls: int) -> frozenset[int]:
    """Return the first so many households of an order."""
    return frozenset(order[:calls])
