"""5,000 donors ranked for one family: ``matching.rank`` against a loop with one geopy geodesic per donor.

Both judge by the same functions and give every reason; the order must be the same, donors within 10 m of
each other aside.

python -m tests.benchmarks.bench_ranking
"""

from __future__ import annotations

import gc
import sys
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from geopy.distance import geodesic

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Reach, Willing
from coordinator.domain.matching.ranking import Offer, Ranking, Seeker, judge, rank
from coordinator.domain.places.positions import KM_PER_MILE, Position, Precision
from coordinator.domain.policies.verdicts import Verdict
from tests.benchmarks.ratio import median_ratio, report
from tests.builders import TODAY, a_baby, a_lot, a_plain_no, a_seeker, an_offer

if TYPE_CHECKING:
    from coordinator.domain.driving.minutes import DrivingPolicy

SEED, DONORS, TARGET = 20261122, 5000, 20
SAME_PLACE_MILES = 0.01 / KM_PER_MILE

Row = tuple[bool, float, str, Verdict]


def some_facts(random: Random) -> tuple[Fact, ...]:
    """Return answers as a form brings them: some missing, some with dates."""
    day = date(2026, 6, 1) + timedelta(days=random.randrange(150))
    told = {
        FactKind.DAIRY: Fact(FactKind.DAIRY, Presence.YES, end=random.choice([None, day])),
        FactKind.FOOD_AVOIDED: Fact(
            FactKind.FOOD_AVOIDED, Presence.YES, random.choice(["soy", "nuts", "vegan"])
        ),
        FactKind.MEDICINE: Fact(
            FactKind.MEDICINE, Presence.YES, random.choice(["sertraline", "mini pill"]), day
        ),
        FactKind.NICOTINE: Fact(FactKind.NICOTINE, Presence.YES, "vape", end=day),
        FactKind.ALCOHOL: Fact(FactKind.ALCOHOL, Presence.YES, "rarely"),
        FactKind.CANNABIS: Fact(FactKind.CANNABIS, Presence.YES, "edible", day, day + timedelta(days=1)),
    }
    kept = [fact for fact in a_plain_no() if random.random() < 0.85]
    return tuple(told[f.kind] if f.kind in told and random.random() < 0.4 else f for f in kept)


def some_offers(random: Random) -> list[Offer]:
    """Return donors over New England, one in five with two lots."""
    return [
        an_offer(
            f"D-{number:04d}",
            facts=some_facts(random),
            position=Position(random.uniform(41, 47.5), random.uniform(-73.5, -67), Precision.ADDRESS),
            lots=(a_lot(),) if random.random() < 0.8 else (a_lot(), a_lot("L-2", heat_treated=None)),
        )
        for number in range(DONORS)
    ]


def straightforward(seeker: Seeker, offers: list[Offer], driving: DrivingPolicy) -> list[Row]:
    """Rank as one would first write it: donor by donor, each with its geodesic and every reason."""
    rows = []
    assert seeker.position is not None
    origin = (seeker.position.latitude_deg, seeker.position.longitude_deg)
    for offer in offers:
        assert offer.position is not None
        miles = geodesic(origin, (offer.position.latitude_deg, offer.position.longitude_deg)).miles
        beyond = driving.road_miles(miles) > (seeker.reach.miles or 0)
        rows.append((beyond, miles, offer.code, judge(offer, seeker, TODAY)[0].verdict))
    return sorted(rows, key=lambda row: row[:3])


def agrees(rows: list[Row], ranking: Ranking) -> bool:
    """Tell whether both give each donor the same reasons and the same place, 10 m aside."""
    by_code = {row[2]: row for row in rows}
    found = [*ranking.matches, *ranking.not_a_fit]
    same_reasons = all(
        by_code[match.code][3].kind is match.verdict.kind
        and set(by_code[match.code][3].reasons) == set(match.verdict.reasons)
        for match in found
    )
    in_order = all(
        by_code[a.code][:2] <= (by_code[b.code][0], by_code[b.code][1] + SAME_PLACE_MILES)
        for matches in (ranking.matches, ranking.not_a_fit)
        for a, b in pairwise(matches)
    )
    return len(found) == len(rows) and same_reasons and in_order


def main() -> int:
    """Print the ratio; 0 if the target was reached and both agree."""
    policy, driving = load_matching_policy(), load_driving_policy()
    offers = some_offers(Random(SEED))
    baby = a_baby(must_avoid=("dairy", "soy"), medicine_ok=Willing.NO, nicotine_ok=Willing.YES)
    seeker = a_seeker(baby=baby, reach=Reach(miles=60))
    if not agrees(straightforward(seeker, offers, driving), rank(seeker, offers, policy, driving, TODAY)):
        print("the two rankings differ")
        return 1
    gc.disable()  # as timeit does, for both
    ratio = median_ratio(
        lambda: straightforward(seeker, offers, driving),
        lambda: rank(seeker, offers, policy, driving, TODAY),
    )
    return 0 if report(f"{DONORS:,} donors ranked with every reason", ratio, TARGET) else 1


if __name__ == "__main__":
    sys.exit(main())
