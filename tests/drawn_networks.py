"""Networks for the plan, drawn by hypothesis: donors with several lots, parts of lots, freezers, calls."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from coordinator.domain.planning.network import Pair, PlanBaby, PlanLot, PlanNetwork, Wishes
from tests.planning_networks import a_baby, a_lot, a_network, a_pair

MARCH = date(2026, 3, 1)


@st.composite
def networks(draw: st.DrawFn, *, are_uncounted: bool = True) -> PlanNetwork:
    """Draw up to five babies and five lots of up to three donors, and which may go to whom."""
    babies = [draw(_babies(n)) for n in range(1, draw(st.integers(1, 5)) + 1)]
    lots = [draw(_lots(n, are_uncounted=are_uncounted)) for n in range(1, draw(st.integers(1, 5)) + 1)]
    pairs = [draw(_pairs(lot, baby)) for baby in babies for lot in lots if draw(st.integers(0, 3))]
    return a_network(babies, lots, pairs)


@st.composite
def _babies(draw: st.DrawFn, number: int) -> PlanBaby:
    return a_baby(
        f"R-{number}",
        draw(st.sampled_from([3.0, 10.5, 25.0])),
        draw(st.sampled_from([4, 11, 28])),
        room_oz=draw(st.sampled_from([0.0, 45.0, 120.5, math.inf])),
        weight=draw(st.sampled_from([1.0, 1.5])),
    )


@st.composite
def _lots(draw: st.DrawFn, number: int, *, are_uncounted: bool) -> PlanLot:
    bag = draw(st.sampled_from([3.0, 4.1, 33.0, 0.0] if are_uncounted else [3.0, 4.1, 33.0]))
    free = draw(st.integers(0, 60)) * (bag or 5.0)
    donor = draw(st.integers(1, 3))
    cuts = tuple(
        (MARCH + timedelta(days=10 * (n + 1)), free * share)
        for n, share in enumerate(sorted(draw(st.lists(st.sampled_from([0.2, 0.5, 0.8]), max_size=2)))[::-1])
    )
    return replace(
        a_lot(f"L-{number}", 1),
        donor=f"D-{donor}",
        donor_name=f"Donor D-{donor}",
        home=1000 + donor,
        free_oz=free,
        bag_oz=bag,
        cuts=cuts,
        expiring_oz=draw(st.sampled_from([0.0, free / 2, free])),
    )


@st.composite
def _pairs(draw: st.DrawFn, lot: PlanLot, baby: PlanBaby) -> Pair:
    homes = frozenset(home for home in (lot.home, baby.home) if not draw(st.integers(0, 2)))
    return replace(
        a_pair(lot.code, baby.code, draw(st.sampled_from([5.0, 20.0, 70.0]))),
        donor=lot.donor,
        only_from=draw(st.sampled_from([None, *(day for day, _ in lot.cuts)])),
        homes=homes,
        hope=0.8 ** len(homes),
        is_kept=draw(st.booleans()),
        needs_driver=draw(st.booleans()),
    )


def rungs(network: PlanNetwork) -> st.SearchStrategy[frozenset[int]]:
    """Draw which households were rung."""
    asked = sorted({home for pair in network.pairs for home in pair.homes})
    return st.frozensets(st.sampled_from(asked)) if asked else st.just(frozenset())


@st.composite
def pinned(draw: st.DrawFn, network: PlanNetwork, amounts: dict[tuple[str, str], float]) -> Wishes:
    """Draw what a coordinator does to a plan: some of it made smaller or kept, and some forbidden."""
    bags = {lot.code: lot.bag_oz for lot in network.lots}
    keys = sorted(amounts)
    chosen = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)) if keys else []
    pins = {}
    for key in chosen:
        unit = bags[key[0]] or 1.0
        most = max(math.floor(amounts[key] / unit + 1e-6), 1)
        pins[key] = draw(st.integers(1, most)) * unit
    rest = sorted({pair.key for pair in network.pairs} - pins.keys())
    forbidden = draw(st.frozensets(st.sampled_from(rest), max_size=3)) if rest else frozenset()
    return Wishes(pins=pins, forbidden=forbidden, before=amounts)
