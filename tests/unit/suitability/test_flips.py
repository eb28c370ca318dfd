"""What a changed fact flips is what each verdict by itself would be, before and after."""

from datetime import date, timedelta
from random import Random

import pytest

from coordinator.adapters.policies.profiles import shipped_profiles
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn, Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.suitability.disclosures import Disclosures, disclosures_of, family_key
from coordinator.domain.suitability.flips import Flip, flip_of, flips
from coordinator.domain.suitability.lots import milk_reasons, verdict_on
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


def one_by_one(
    lots: list[Lot], babies: list[tuple[str, Baby]], before: Disclosures, after: Disclosures
) -> list[Flip]:
    """Return what flips, each pair judged by itself."""
    found = []
    for lot in lots:
        for code, baby in babies:
            old, new = (verdict_on(lot, baby, donor, TODAY) for donor in (before, after))
            if old.kind is not new.kind:
                found.append(flip_of(lot.code, code, old, new))
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key + str(policy["room"].is_checked))
def test_every_flip_has_the_kinds_and_the_reasons_of_the_verdicts(policy: Policy, seed: int) -> None:
    random = Random(seed)
    lots, babies = some_lots(random), some_babies(random)
    before = disclosures_of(a_plain_no(), policy, SPOKEN_WITH)
    kinds = set()
    for _ in range(3):
        after = disclosures_of(some_facts(random), policy, SPOKEN_WITH)
        found = flips(lots, babies, before, after, TODAY)
        assert set(found) == set(one_by_one(lots, babies, before, after))
        assert [flip.after for flip in found] == sorted((flip.after for flip in found), reverse=True)
        kinds |= {flip.after for flip in found}

    assert VerdictKind.NOT_A_FIT in kinds


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.key + str(policy["room"].is_checked))
def test_families_that_are_alike_have_the_same_reasons_about_all_milk(policy: Policy) -> None:
    random = Random(4)
    lots, babies = some_lots(random), some_babies(random)
    donor = disclosures_of(some_facts(random), policy, SPOKEN_WITH)
    alike: dict[object, set[object]] = {}
    for _, baby in babies:
        told = tuple(milk_reasons(lot, baby, donor, TODAY) for lot in lots)
        alike.setdefault(family_key(baby), set()).add(told)

    assert all(len(told) == 1 for told in alike.values())
    assert 1 < len(alike) < len(babies)


def test_an_answer_told_again_as_it_was_flips_nothing() -> None:
    random, policy = Random(1), a_checked_policy()
    lots, babies, facts = some_lots(random), some_babies(random), some_facts(random)
    before, again = (disclosures_of(facts, policy, SPOKEN_WITH) for _ in range(2))

    assert flips(lots, babies, before, again, TODAY) == ()


def test_what_was_overruled_is_seen_in_its_pair_alone() -> None:
    lots, babies = [a_lot("L-1"), a_lot("L-2")], [("R-1", a_baby()), ("R-2", a_baby())]
    smokes = (*a_plain_no(), Fact(FactKind.NICOTINE, Presence.YES))
    clear, known = (
        disclosures_of(facts, a_checked_policy(), SPOKEN_WITH) for facts in (a_plain_no(), smokes)
    )
    text = verdict_on(lots[0], a_baby(), known, TODAY).reasons[0].text
    told = Overruling("nicotine", "R-2", OverruledBy.PARENT, "Inès", TODAY, text, "D-0001", "L-1")
    found = flips(lots, babies, clear, known, TODAY, [told])

    assert [(flip.lot_code, flip.recipient_code, flip.after) for flip in found] == [
        ("L-1", "R-1", VerdictKind.NOT_A_FIT),
        ("L-2", "R-1", VerdictKind.NOT_A_FIT),
        ("L-2", "R-2", VerdictKind.NOT_A_FIT),
        ("L-1", "R-2", VerdictKind.NO_OBJECTION_IF),
    ]
    assert found[-1].because[0].overruled
    assert flips(lots, babies, known, known, TODAY, [told]) == ()


def test_no_lots_or_no_recipients_flip_nothing() -> None:
    before, after = (disclosures_of(facts, a_checked_policy(), SPOKEN_WITH) for facts in ((), a_plain_no()))

    assert flips([], [("R-1", a_baby())], before, after, TODAY) == ()
    assert flips([a_lot()], [], before, after, TODAY) == ()


def test_milk_of_another_day_has_other_reasons() -> None:
    donor = disclosures_of(a_plain_no(), a_checked_policy(), SPOKEN_WITH)
    old = a_lot("L-2", expressed_from=date(2026, 3, 1), expressed_to=date(2026, 3, 2))
    new, older = (verdict_on(lot, a_baby(), donor, TODAY) for lot in (a_lot(), old))

    assert new.reasons != older.reasons
    assert (new.kind, older.kind) == (VerdictKind.NO_OBJECTION, VerdictKind.NO_OBJECTION_IF)
