"""Many verdicts at once are those of one at a time."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from coordinator.adapters.policies.profiles import shipped_profiles
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn, Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.suitability.disclosures import Disclosures, disclosures_of
from coordinator.domain.suitability.lots import suitability
from coordinator.domain.suitability.verdict_matrix import verdict_matrix
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, a_plain_no

POLICIES = [a_checked_policy(), *shipped_profiles()]


def some_facts(random: Random) -> tuple[Fact, ...]:
    kinds = [FactKind.DAIRY, FactKind.MEDICINE, FactKind.NICOTINE, FactKind.FOOD, FactKind.TATTOO]
    day = TODAY - timedelta(days=random.randrange(20, 300))
    more = [
        Fact(
            random.choice(kinds),
            random.choice(list(Presence)),
            random.choice(["", "soy", "sertraline", "prenatals"]),
            random.choice([None, day]),
            random.choice([None, day + timedelta(days=random.randrange(1, 30))]),
        )
        for _ in range(4)
    ]
    return (*(fact for fact in a_plain_no() if random.random() < 0.8), *more)


def some_lots(random: Random) -> list[Lot]:
    return [
        a_lot(
            f"L-{number}",
            donor_code=f"D-{number % 8}",
            expressed_from=random.choice([None, *[TODAY - timedelta(days=random.randrange(60, 420))] * 4]),
            expressed_to=random.choice([None, *[TODAY - timedelta(days=random.randrange(0, 60))] * 4]),
            freezer=random.choice([None, *Freezer]),
            heat_treated=random.choice([None, *HeatTreated]),
            place=random.choice([None, None, *KeptIn]),
        )
        for number in range(25)
    ]


def some_babies(random: Random) -> list[tuple[str, Baby]]:
    foods = ["dairy", "soy", "egg"]
    return [
        (
            f"R-{number}",
            a_baby(
                must_avoid=random.choice([None, *[tuple(f for f in foods if random.random() < 0.5)] * 3]),
                washout_days=random.choice([(), (("dairy", 30),)]),
                medicine_ok=random.choice([None, *Willing]),
                nicotine_ok=random.choice([None, *Willing]),
                health=random.choice([BabyHealth.HOME, BabyHealth.HOSPITAL, None]),
                gestation_weeks=random.choice([39, 35, None]),
            ),
        )
        for number in range(25)
    ]


def all_known(random: Random, policy: Policy) -> dict[str, Disclosures]:
    return {f"D-{number}": disclosures_of(some_facts(random), policy, SPOKEN_WITH) for number in range(8)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key + str(policy["room"].is_checked))
def test_every_verdict_has_the_code_and_the_reasons_of_suitability(policy: Policy, seed: int) -> None:
    random = Random(seed)
    lots, babies, known = some_lots(random), some_babies(random), all_known(random, policy)
    matrix = verdict_matrix(lots, babies, known, TODAY)
    sets: dict[int, frozenset[object]] = {}
    for row, lot in enumerate(lots):
        for column, (_, baby) in enumerate(babies):
            expected = suitability(lot, baby, known[lot.donor_code], policy, TODAY)
            found = matrix.verdict(row, column)
            assert matrix.kind(row, column) is expected.kind is found.kind
            assert set(found.reasons) == set(expected.reasons)
            number = int(matrix.set_ids[row, column])
            assert sets.setdefault(number, frozenset(found.reasons)) == frozenset(found.reasons)
    assert len({matrix.codes[row, column] for row in range(25) for column in range(25)}) > 1


def test_a_changed_fact_has_only_that_donors_lots_judged_again() -> None:
    random, policy = Random(1), a_checked_policy()
    lots, babies, known = some_lots(random), some_babies(random), all_known(random, policy)
    before = verdict_matrix(lots, babies, known, TODAY)
    told = disclosures_of((Fact(FactKind.NICOTINE, Presence.YES),), policy)
    after = before.with_donor("D-3", told)
    whole = verdict_matrix(lots, babies, {**known, "D-3": told}, TODAY)

    assert (before.judged, after.judged) == (25, 3)
    assert np.array_equal(after.codes, whole.codes)
    for row, lot in enumerate(lots):
        for column in range(25):
            assert set(after.verdict(row, column).reasons) == set(whole.verdict(row, column).reasons)
        if lot.donor_code != "D-3":
            assert np.array_equal(after.set_ids[row], before.set_ids[row])
        else:
            assert not set(after.set_ids[row]) & set(before.set_ids.ravel())


def test_what_was_overruled_is_seen_in_its_pair_alone() -> None:
    lots, smokes = [a_lot("L-1"), a_lot("L-2")], (*a_plain_no(), Fact(FactKind.NICOTINE, Presence.YES))
    known = {"D-0001": disclosures_of(smokes, a_checked_policy(), SPOKEN_WITH)}
    text = suitability(lots[0], a_baby(), known["D-0001"], a_checked_policy(), TODAY).reasons[0].text
    told = Overruling("nicotine", "R-2", OverruledBy.PARENT, "Inès", TODAY, text, "D-0001", "L-1")
    matrix = verdict_matrix(lots, [("R-1", a_baby()), ("R-2", a_baby())], known, TODAY, [told])

    assert matrix.codes.tolist() == [
        [VerdictKind.NOT_A_FIT, VerdictKind.NO_OBJECTION_IF],
        [VerdictKind.NOT_A_FIT, VerdictKind.NOT_A_FIT],
    ]
    assert matrix.verdict(0, 1).reasons[0].overruled
    again = matrix.with_donor("D-0001", known["D-0001"])
    assert np.array_equal(again.codes, matrix.codes)


def test_no_lots_or_no_recipients_are_an_empty_matrix() -> None:
    known = {"D-0001": disclosures_of((), a_checked_policy())}

    assert verdict_matrix([], [("R-1", a_baby())], known, TODAY).codes.shape == (0, 1)
    assert verdict_matrix([a_lot()], [], known, TODAY).codes.shape == (1, 0)


def test_milk_of_another_day_is_another_set() -> None:
    known = {"D-0001": disclosures_of(a_plain_no(), a_checked_policy(), SPOKEN_WITH)}
    old = replace(a_lot("L-2"), expressed_from=date(2026, 3, 1), expressed_to=date(2026, 3, 2))
    matrix = verdict_matrix([a_lot(), old], [("R-1", a_baby())], known, TODAY)

    assert matrix.set_ids[0, 0] != matrix.set_ids[1, 0]
    assert matrix.codes.tolist() == [[VerdictKind.NO_OBJECTION], [VerdictKind.NO_OBJECTION_IF]]
