"""2,000 lots for 2,000 babies: ``verdict_matrix`` against ``suitability`` called for each pair.

The rival has the same compiled policy. It is measured twice: as it is called, with a donor's facts, and with
her facts worked out beforehand for both, which is harder to beat; on a sample of the pairs, scaled to all.
Codes and sets of reasons must be equal on 200 x 200 pairs and on 10,000 random ones, and a changed fact must
have only that donor's lots judged again.

python -m tests.benchmarks.bench_verdicts
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.milk.lots import Freezer, HeatTreated, Lot
from coordinator.domain.suitability.disclosures import Disclosures, disclosures_of
from coordinator.domain.suitability.lots import suitability
from coordinator.domain.suitability.verdict_matrix import VerdictMatrix, verdict_matrix
from tests.benchmarks.bench_ranking import some_facts
from tests.benchmarks.ratio import report, seconds
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_lot

if TYPE_CHECKING:
    from coordinator.domain.policies.profiles import Policy

SEED, SIZE, DONORS, TARGET = 20261124, 2000, 1200, 20
SAMPLE, BLOCK, PAIRS = 4000, 200, 10_000
FOODS = ("dairy", "soy", "egg", "nuts", "wheat")


@dataclass(frozen=True)
class Network:
    """Lots, babies and answers, made up."""

    lots: list[Lot]
    babies: list[tuple[str, Baby]]
    facts: dict[str, tuple[Fact, ...]]
    policy: Policy


def a_network() -> Network:
    """Return 2,000 lots of 1,200 donors, and 2,000 babies with some foods to avoid and days of their own."""
    random = Random(SEED)
    donors = [f"D-{number:04d}" for number in range(DONORS)]
    return Network(
        lots=[_lot(random, number, random.choice(donors)) for number in range(SIZE)],
        babies=[(f"R-{number:04d}", _baby(random)) for number in range(SIZE)],
        facts={code: some_facts(random) for code in donors},
        policy=load_profile(),
    )


def _lot(random: Random, number: int, donor: str) -> Lot:
    start = TODAY - timedelta(days=random.randrange(20, 420))
    return a_lot(
        f"L-{number:04d}",
        donor_code=donor,
        expressed_from=start if random.random() < 0.95 else None,
        expressed_to=start + timedelta(days=random.randrange(0, 60)),
        freezer=random.choice([None, *Freezer]),
        heat_treated=random.choice([None, HeatTreated.NO, HeatTreated.NO, HeatTreated.ALL]),
    )


def _baby(random: Random) -> Baby:
    foods = tuple(sorted(food for food in FOODS if random.random() < 0.2))
    own = tuple((food, random.choice([7, 21])) for food in foods if random.random() < 0.2)
    return a_baby(
        born=date(2026, 1, 1) + timedelta(days=random.randrange(320)),
        gestation_weeks=random.choice([None, 31, 36, 38, 39, 40, 40]),
        health=random.choice([None, BabyHealth.HOSPITAL, *[BabyHealth.HOME] * 8]),
        must_avoid=foods if random.random() < 0.95 else None,
        washout_days=own,
        medicine_ok=random.choice([None, *Willing]),
        nicotine_ok=random.choice([None, *Willing]),
    )


def disclosed(network: Network) -> dict[str, Disclosures]:
    """Return what every donor told, worked out."""
    return {code: disclosures_of(facts, network.policy, SPOKEN_WITH) for code, facts in network.facts.items()}


def ours(network: Network) -> VerdictMatrix:
    """Judge every pair, from the facts on."""
    return verdict_matrix(network.lots, network.babies, disclosed(network), TODAY)


def ours_prepared(network: Network, known: dict[str, Disclosures]) -> VerdictMatrix:
    """Judge every pair from what the donors told, worked out beforehand."""
    return verdict_matrix(network.lots, network.babies, known, TODAY)


def pair_by_pair(network: Network, pairs: list[tuple[int, int]]) -> None:
    """Call ``suitability`` for each of *pairs* with the donor's facts."""
    for row, column in pairs:
        lot = network.lots[row]
        told = network.facts[lot.donor_code]
        suitability(lot, network.babies[column][1], told, network.policy, TODAY, traits=SPOKEN_WITH)


def pair_by_pair_prepared(
    network: Network, known: dict[str, Disclosures], pairs: list[tuple[int, int]]
) -> None:
    """Call ``suitability`` for each of *pairs* with what the donor told worked out beforehand."""
    for row, column in pairs:
        lot = network.lots[row]
        suitability(lot, network.babies[column][1], known[lot.donor_code], network.policy, TODAY)


def agrees(network: Network, matrix: VerdictMatrix, pairs: list[tuple[int, int]]) -> bool:
    """Tell whether both give these pairs the same code and the same reasons."""
    for row, column in pairs:
        lot, baby = network.lots[row], network.babies[column][1]
        told = network.facts[lot.donor_code]
        expected = suitability(lot, baby, told, network.policy, TODAY, traits=SPOKEN_WITH)
        found = matrix.verdict(row, column)
        if matrix.kind(row, column) is not expected.kind or set(found.reasons) != set(expected.reasons):
            return False
    return True


def only_her_lots(network: Network, matrix: VerdictMatrix) -> bool:
    """Tell whether changed facts have only that donor's lots judged again, to what judging all gives."""
    code = network.lots[0].donor_code
    told = disclosures_of(network.facts[code][:-1], network.policy, SPOKEN_WITH)
    changed = matrix.with_donor(code, told)
    whole = verdict_matrix(network.lots, network.babies, {**disclosed(network), code: told}, TODAY)
    hers = sum(lot.donor_code == code for lot in network.lots)
    print(f"one fact changed: {changed.judged} of {whole.judged:,} lots judged again, {hers} are hers")
    return changed.judged == hers and bool((changed.codes == whole.codes).all())


def main() -> int:
    """Print the ratios; 0 if the target was reached and both agree."""
    network = a_network()
    random = Random(SEED)
    matrix, known = ours(network), disclosed(network)
    pairs = [(random.randrange(SIZE), random.randrange(SIZE)) for _ in range(PAIRS)]
    block = [(row, column) for row in range(BLOCK) for column in range(BLOCK)]
    if not (agrees(network, matrix, block) and agrees(network, matrix, pairs)):
        print("the verdicts differ")
        return 1
    if not only_her_lots(network, matrix):
        print("a changed fact had other lots judged again")
        return 1
    print(f"{len(matrix.families.kinds)} kinds of family among {SIZE:,} recipients")
    gc.disable()  # as timeit does, for both
    scale, sample = SIZE * SIZE / SAMPLE, pairs[:SAMPLE]
    plain, prepared = [], []
    for _ in range(5):
        rival = seconds(lambda: pair_by_pair(network, sample)) * scale
        plain.append(rival / seconds(lambda: ours(network)))
        rival = seconds(lambda: pair_by_pair_prepared(network, known, sample)) * scale
        prepared.append(rival / seconds(lambda: ours_prepared(network, known)))
    what = f"{SIZE:,} x {SIZE:,} verdicts"
    reached = report(f"{what}, rival called pair by pair (scaled from {SAMPLE:,})", median(plain), TARGET)
    harder = report(f"{what}, both with each donor's facts worked out before", median(prepared), TARGET)
    return 0 if reached and harder else 1


if __name__ == "__main__":
    sys.exit(main())
