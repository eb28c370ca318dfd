"""What notes and reasons mention: whole words, quoted, asked once, and never a fact."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.households import Role
from coordinator.domain.imports.elsewhere import donor_mentions, health_words
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.policies.verdicts import Verdict, VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.parts import parts_of
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, a_plain_no, with_facts

POLICY = a_checked_policy()


def asked(notes: str, *facts: Fact) -> list[str]:
    """Return what is asked about a donor's notes beside her answers."""
    return [question.text for question in donor_mentions([(True, notes)], facts)[1]]


def judged(notes: str, *avoid: str) -> Verdict:
    """Return the verdict on milk that has nothing against it but what the notes mention."""
    mentioned, _ = donor_mentions([(True, notes)], a_plain_no())
    facts = (*a_plain_no(), *mentioned)
    return verdict_on(a_lot(), a_baby(must_avoid=avoid), disclosures_of(facts, POLICY, SPOKEN_WITH), TODAY)


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("I take Prozac since June", "Prozac"),
        ("Had covid in September", "covid"),
        ("we lost power for two days", "lost power"),
        ("freezer broke, all moved to mom's", "freezer broke"),
        ("my husband smokes outside", "husband smokes"),
        ("the kids had a stomach bug", "kids had a stomach bug"),
        ("I was in the hospital in October", "hospital"),
        ("got a tattoo in May", "tattoo"),
        ("milk has high lipase", "high lipase"),
        ("CBD gummies for sleep", "CBD gummies"),
        ("a glass of wine at dinner", "glass of wine"),
    ],
)
def test_what_notes_mention_is_quoted_and_milk_waits_for_the_answer(notes: str, words: str) -> None:
    verdict = judged(notes)

    assert asked(notes)[0].startswith(f"Notes mention “{words}”: ")
    assert verdict.kind is VerdictKind.ASK
    assert f"Notes mention “{words}”: ask" in [reason.text for reason in verdict.reasons]


@pytest.mark.parametrize(
    "notes",
    [
        "Please bring replacement bags",
        "Dog in yard, use side door",
        "3rd floor, no elevator",
        "milk is ready to go, bags are frozen flat",
        "our daughter was in the NICU",
        "got my flu shot",
        "I take a prenatal vitamin",
        "zolofting about",
        "Would prefer it goes to a NICU baby",
        "I drink coffee every morning",
        "I'm a vegetarian",
        "cokefield road, second house",
    ],
)
def test_other_notes_ask_nothing(notes: str) -> None:
    assert asked(notes) == []
    assert judged(notes).kind is VerdictKind.NO_OBJECTION


def test_a_food_in_the_notes_matters_only_to_a_baby_who_must_avoid_it() -> None:
    assert judged("I eat cheese now and then").kind is VerdictKind.NO_OBJECTION
    assert judged("I eat cheese now and then", "dairy").kind is VerdictKind.ASK
    assert "Notes mention “cheese”: ask" in [
        reason.text for reason in judged("I eat cheese now and then", "dairy").reasons
    ]


@pytest.mark.parametrize(
    ("notes", "food"),
    [
        ("I cut out dairy in June", "dairy"),
        ("I drink milk with breakfast", "dairy"),
        ("tofu twice a week", "soy"),
        ("I had soy", "soy"),
    ],
)
def test_a_food_is_found_by_what_it_is_part_of(notes: str, food: str) -> None:
    assert judged(notes, food).reasons != judged("", food).reasons
    assert any("Notes mention" in reason.text for reason in judged(notes, food).reasons)
    assert not any("Notes mention" in reason.text for reason in judged(notes, "egg").reasons)


def test_what_her_own_answer_names_already_is_not_asked_again() -> None:
    told = Fact(FactKind.MEDICINE, Presence.YES, "sertraline 50 mg", raw="sertraline 50 mg")

    assert asked("on Zoloft for years", told) == []
    assert asked("on Zoloft and Zyrtec", told) == ["Notes mention “Zyrtec”: what does she take, since when?"]


def test_notes_that_agree_with_a_plain_no_ask_nothing_and_others_do() -> None:
    no = Fact(FactKind.NICOTINE, Presence.NO)

    assert asked("No one smokes in our house", no) == []
    assert asked("No one smokes in our house") != []
    assert asked("I have not smoked since March", no) != []
    assert asked("I don't smoke any more", no) != []


def test_each_concept_is_asked_once_whatever_it_is_called() -> None:
    assert len(asked("I take Zoloft. Sertraline is fine, my doctor says.")) == 1


def test_a_mention_concludes_nothing() -> None:
    (fact,), _ = donor_mentions([(True, "I take Prozac")], ())

    assert (fact.presence, fact.source) == (Presence.UNCLEAR, FactSource.NOTES)


# A family's reason and notes.


@pytest.mark.parametrize(
    "words",
    ["failure to thrive, heart defect", "baby in NICU", "heart", "surgery next week", "feeding tube"],
)
def test_words_of_illness_refer_until_somebody_has_answered(words: str) -> None:
    refer, ask = health_words(words, "")
    baby = a_baby(health=None, refer_for=refer, ask_about=ask)

    assert judge_baby(baby, POLICY, TODAY).kind is VerdictKind.REFER
    assert judge_baby(a_baby(health=BabyHealth.HOME, refer_for=refer), POLICY, TODAY).kind is (
        VerdictKind.NO_OBJECTION
    )


@pytest.mark.parametrize("words", ["adoption", "IGT / low supply", "surrogacy", "single dad", "triplets"])
def test_other_reasons_conclude_nothing(words: str) -> None:
    assert health_words(words, words) == ((), ())


def row(role: Role, **typed: str) -> Answers:
    return read_typed(role, typed, TODAY)


def test_every_family_is_asked_once_whether_the_baby_is_well_with_its_words_quoted() -> None:
    plain = row(Role.RECIPIENT, name="Inès", reason="adoption", notes="can meet halfway")
    ill = row(Role.RECIPIENT, name="Inès", reason="low supply", notes="baby is in the NICU")

    assert [q.text for q in plain.questions if q.topic == "health"] == ["Is the baby at home and well?"]
    (asked_of_ill,) = [q.text for q in ill.questions if q.topic == "health"]
    assert "NICU" in asked_of_ill
    assert asked_of_ill.endswith("Is the baby at home and well?")


# Answers that cannot both be so.


def donor(**typed: str) -> DonorAnswers:
    detail = row(Role.DONOR, name="Ada", **typed).detail
    assert isinstance(detail, DonorAnswers)
    return detail


def test_bags_older_than_her_baby_are_asked_about_and_the_others_are_not() -> None:
    lot = a_lot(expressed_from=date(2026, 8, 20), expressed_to=date(2026, 9, 30))
    traits = SPOKEN_WITH.__class__(first_spoken_on=TODAY, baby_born=date(2026, 9, 1))
    parts = parts_of(lot, a_baby(), disclosures_of(a_plain_no(), POLICY, traits), TODAY)

    assert [(part.first, part.verdict.kind) for part in parts] == [
        (date(2026, 8, 20), VerdictKind.ASK),
        (date(2026, 8, 31), VerdictKind.NO_OBJECTION),
    ]
    (colostrum,) = parts_of(
        a_lot(expressed_from=date(2026, 8, 20), expressed_to=date(2026, 9, 30), note="colostrum"),
        a_baby(),
        disclosures_of(a_plain_no(), POLICY, traits),
        TODAY,
    )
    assert colostrum.verdict.kind is VerdictKind.NO_OBJECTION


def test_bags_dated_ahead_are_asked_about_with_a_day_of_grace() -> None:
    for last, kind in (("2026-11-22", VerdictKind.NO_OBJECTION), ("2026-11-23", VerdictKind.ASK)):
        lot = a_lot(expressed_to=date.fromisoformat(last))
        verdict = verdict_on(lot, a_baby(), disclosures_of(a_plain_no(), POLICY, SPOKEN_WITH), TODAY)
        assert verdict.kind is kind


def test_a_baby_of_hers_who_is_yet_to_be_born_is_asked_about() -> None:
    traits = SPOKEN_WITH.__class__(first_spoken_on=TODAY, baby_born=date(2027, 1, 1))

    assert (
        verdict_on(a_lot(), a_baby(), disclosures_of(a_plain_no(), POLICY, traits), TODAY).kind
        is VerdictKind.ASK
    )


@pytest.mark.parametrize(
    ("food", "kind"),
    [
        (Fact(FactKind.FOOD_AVOIDED, Presence.YES, "cheese"), VerdictKind.ASK),
        (Fact(FactKind.FOOD, Presence.YES, "pizza"), VerdictKind.NOT_A_FIT),
    ],
)
def test_no_dairy_and_some_dairy_is_asked(food: Fact, kind: VerdictKind) -> None:
    facts = with_facts(Fact(FactKind.DAIRY, Presence.NO), food)
    verdict = verdict_on(
        a_lot(), a_baby(must_avoid=("dairy",)), disclosures_of(facts, POLICY, SPOKEN_WITH), TODAY
    )

    assert verdict.kind is kind
    assert any("no dairy, and" in reason.text for reason in verdict.reasons)


def test_no_dairy_and_vegan_agree() -> None:
    vegan = Fact(FactKind.FOOD_AVOIDED, Presence.YES, "vegan")
    facts = with_facts(Fact(FactKind.DAIRY, Presence.NO), vegan)
    verdict = verdict_on(
        a_lot(), a_baby(must_avoid=("dairy",)), disclosures_of(facts, POLICY, SPOKEN_WITH), TODAY
    )

    assert verdict.kind is VerdictKind.NO_OBJECTION


def test_milk_newer_than_the_form_is_asked_for_those_days_only() -> None:
    detail = donor(timestamp="11/5/2026 10:00", expressed_from="10/1/2026", expressed_to="11/10/2026")
    (mentioned,) = detail.mentioned

    assert mentioned.start == date(2026, 11, 6)
    assert "is newer than the form" in mentioned.raw
    same_day = donor(timestamp="11/5/2026 10:00", expressed_from="10/1/2026", expressed_to="11/6/2026")
    assert same_day.mentioned == ()
