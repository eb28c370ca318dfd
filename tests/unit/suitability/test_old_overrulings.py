"""What programs of step 0005 noted as told in words is still overruled, also once the words are others."""

import json
from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.profiles import shipped_profiles
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Freezer, KeptIn, Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import IF, NOT_A_FIT, OverruledBy, Overruling, Reason
from coordinator.domain.suitability.disclosures import DonorTraits, disclosures_of
from coordinator.domain.suitability.lots import milk_reasons
from coordinator.domain.suitability.overruling import overrule
from coordinator.sayings import Saying, coded
from tests.builders import TODAY
from tests.unit.suitability.test_milk_by_date import BABIES, DAYS, LOOKED_AT, LOTS

step = import_module("coordinator.db.migrations.versions.0006_codes_of_reasons_and_age_of_milk")

WRITTEN = {
    "heat-treated: this policy takes no such milk": "heat.refused",
    "somebody speaks with her by phone or in person before a first match": "contact.first",
    "eats tree nuts; baby must avoid tree nuts": "foods.eaten",
    "eats soy since Oct 9, 2026; baby must avoid soy": "foods.eaten_since",
    "ate soy on Oct 9, 2026; baby must avoid soy": "foods.ate",
    "ate soy until Oct 9, 2026; 7-day wash-out, as the family set it: milk of Oct 16, 2026 or later": (
        "foods.washout"
    ),
    "takes fenugreek, since Oct 9, 2026: an herb this policy does not want": "medicine.herb",
    "takes sertraline; family wants no medicine": "medicine.unwanted",
    "sertraline, Oct 1, 2026 to Oct 9, 2026: family wants no medicine": "medicine.unwanted_dated",
    "takes Zoloft, since Oct 9, 2026; decided not to give it (Dr. Fox, Oct 10, 2026)": (
        "medicine.decided_against"
    ),
    "thawed on Oct 9, 2026: longer ago than 24 hours from thawing": "thawed.too_long",
    "in the refrigerator for longer than 1 day from expression": "fresh.too_long",
    "chest freezer: this policy takes no milk from there": "freezer.refused",
    "in a upright freezer, frost-free for longer than 12 months from expression: milk of Oct 9, 2026 or "
    "later": "freezer.too_long",
    "nicotine, until Oct 9, 2026 and 3 days after: milk of Oct 12, 2026 or later; this policy takes no such "
    "milk": "nicotine.refused",
    "uses nicotine; family wants none": "nicotine.unwanted",
    "Cannabis or CBD, since Oct 9, 2026: this policy takes no such milk": "cannabis.refused",
    "beer; 3 a day, like 4.5 oz of spirits a day: more than 2 oz of spirits, or as much alcohol in another "
    "drink, a day": "alcohol.too_much",
    "Zika, until Oct 9, 2026: how long to wait is not known, ask": "event.unknown",
    "Flu, Oct 1, 2026 to Oct 9, 2026: ask about milk of Sep 30, 2026 to Oct 10, 2026": "event.illness",
    "Tattoo or piercing, on Oct 9, 2026: 12 months to wait, milk of Oct 9, 2027 or later": "event.wait",
}
"""Each sentence as it was written, and its code now."""


def key_told(disclosed: str) -> str:
    told = step.key_of(disclosed)
    (key,) = json.loads(told) if told else [""]
    return str(key)


def noted(*told: str, disclosed: str = "") -> Overruling:
    by = OverruledBy.PARENT
    return Overruling("washout", "R-0001", by, "Inès Roy", TODAY, disclosed, donor_code="D-0001", told=told)


def reworded(key: str) -> Reason:
    code, params = json.loads(key)
    said = Saying(code, "in other words", tuple(params.items()))
    return Reason(NOT_A_FIT, "dairy", said, rule="washout")


def test_every_sentence_of_a_not_a_fit_is_looked_for() -> None:
    assert set(WRITTEN.values()) == {code for code, _ in step.OLD_REASONS}


@pytest.mark.parametrize("sentence", WRITTEN)
def test_a_reason_told_before_is_overruled_when_it_has_other_words(sentence: str) -> None:
    for disclosed in (sentence, f"Told by phone: {sentence}.\nShe is fine with it."):
        key = key_told(disclosed)
        (reason,) = overrule((reworded(key),), [noted(key)])

        assert json.loads(key)[0] == WRITTEN[sentence]
        assert reason.kind is IF
        assert reason.overruled


def test_what_no_program_wrote_is_no_key() -> None:
    assert step.key_of("the family knows and wants the milk") == ""


def test_words_that_could_not_be_read_overrule_the_reason_that_says_the_same() -> None:
    said = coded("foods.eaten", "eats {food}; baby must avoid {food}", food="soy")
    reasons = (Reason(NOT_A_FIT, "food", said, rule="washout"),)

    (reason,) = overrule(reasons, [noted(disclosed="Told that she eats soy; baby must avoid soy.")])
    assert reason.kind is IF
    assert overrule(reasons, [noted(disclosed="Told that she eats eggs.")]) == reasons


# For whatever people answer.

SUBJECTS = st.sampled_from(
    [
        "",
        "soy",
        "eggs",
        "tree nuts",
        "vegan",
        "sertraline",
        "fenugreek",
        "Zika",
        "weed gummies",
        "2 beers a night",
    ]
)
FACTS = st.builds(
    lambda kind, presence, subject, ends: Fact(kind, presence, subject, ends[0], ends[1], subject),
    st.sampled_from([kind for kind in FactKind if kind is not FactKind.BIRTH]),
    st.sampled_from(list(Presence)),
    SUBJECTS,
    st.tuples(DAYS, DAYS).map(lambda ends: ends if None in ends or ends[0] <= ends[1] else ends[::-1]),  # type: ignore[operator] # dates where neither is None
)
PLACES = st.sampled_from([None, *KeptIn])
THAWED = st.one_of(st.none(), st.dates(date(2026, 3, 25), date(2026, 6, 1)))


def strict(policy: Policy) -> Policy:
    """Return the profile with "not a fit" for whatever does not meet it."""
    values = {rule: replace(value, otherwise=NOT_A_FIT) for rule, value in policy.values.items()}
    return replace(policy, values=values)


POLICIES = st.sampled_from([strict(one) for one in shipped_profiles()])
NOT_TO_GIVE = MedicineDecision("sertraline", Decided.NOT_A_FIT, "Dr. Fox", TODAY)
DONORS = st.sampled_from([DonorTraits(), DonorTraits(first_spoken_on=TODAY, decisions=(NOT_TO_GIVE,))])


LOTS_KEPT = st.builds(
    lambda lot, place, on: replace(lot, place=place, thawed_on=on),
    LOTS.filter(lambda lot: lot.freezer is not Freezer.DEEP),
    PLACES,
    THAWED,
)
"""Lots as they were told of when overrulings were kept in words: "deep freezer" was no answer then."""


@given(LOTS_KEPT, st.lists(FACTS, max_size=8), BABIES, POLICIES, DONORS, LOOKED_AT)
@settings(max_examples=300, deadline=None)
def test_what_may_be_overruled_is_recognised_and_has_its_key(
    lot: Lot, facts: list[Fact], baby: Baby, policy: Policy, traits: DonorTraits, on: date
) -> None:
    reasons = milk_reasons(lot, baby, disclosures_of(facts, policy, traits), on)

    for reason in reasons:
        if reason.kind is NOT_A_FIT and not reason.is_final:
            assert key_told(reason.said.in_english) == reason.said.key
