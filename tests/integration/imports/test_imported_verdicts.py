"""What the sample region's form answers mean for milk, once they are facts."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.adapters.policies.profiles import load_profile
from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.families.babies import Baby
from coordinator.domain.families.households import Role
from coordinator.domain.imports.row_answers import DonorAnswers
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.screening.donors import Donor
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.parts import best_part, parts_of
from coordinator.services.families.donors import donor, list_donors
from coordinator.services.imports.typed_in import add_family
from tests.builders import NOW, SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, with_facts


def told(key: str, words: str) -> tuple[Fact, ...]:
    detail = read_typed(Role.DONOR, {key: words}, TODAY).detail
    assert isinstance(detail, DonorAnswers)
    return detail.facts


def reasons(facts: tuple[Fact, ...], baby: Baby | None = None, **lot: Any) -> list[str]:  # noqa: ANN401 - any field
    donor = disclosures_of(with_facts(*facts), a_checked_policy(), SPOKEN_WITH)
    verdict = verdict_on(a_lot(**lot), baby or a_baby(), donor, TODAY)
    return [reason.text for reason in verdict.reasons if reason.kind is verdict.kind]


def test_no_stopped_on_a_day_is_dairy_until_that_day() -> None:
    facts = with_facts(*told("dairy", "No, stopped 8/10/26"))
    lot = a_lot(expressed_from=date(2026, 8, 1), expressed_to=date(2026, 9, 30))
    donor = disclosures_of(facts, a_checked_policy(), SPOKEN_WITH)
    best = best_part(parts_of(lot, a_baby(must_avoid=("dairy",)), donor, TODAY))

    assert best is not None
    assert best.words == "only bags dated Aug 24, 2026 or later"


def test_a_medicine_with_its_days_concerns_those_bags() -> None:
    facts = told("medicines", "amoxicillin 9/27/26 to 11/5/26")

    assert reasons(facts, expressed_from=date(2026, 9, 1), expressed_to=date(2026, 9, 26)) == [
        "Blood tests negative on Jul 14, 2026"
    ]
    assert reasons(facts) == [
        "amoxicillin, Sep 27, 2026 to Nov 5, 2026: nobody has decided yet",
        "amoxicillin ended on Nov 6, 2026 and may last in milk: how long is not known, ask",
    ]


def test_a_day_without_its_year_is_asked_and_never_guessed() -> None:
    assert reasons(told("medicines", "amoxicillin 9/27 to 11/15")) == [
        "Amoxicillin: the answer was not clear"
    ]
    assert reasons(told("nicotine", "vape, quit 10/20")) == ["Nicotine: the answer was not clear"]


def test_a_mini_pill_waits_for_a_persons_decision() -> None:
    assert reasons(told("medicines", "mini pill")) == ["takes mini pill: nobody has decided yet"]


def test_a_prenatal_panel_does_not_answer_htlv_and_can_send_answers_nothing() -> None:
    assert (
        "ask whether HTLV and HCV were tested" in reasons(told("blood_tests", "prenatal panel 2/6/26 neg"))[0]
    )
    assert reasons(told("blood_tests", "can send")) == ["Blood test: the answer was not clear"]


def test_eating_dairy_as_a_vegan_is_a_contradiction_to_ask_about() -> None:
    facts = (*told("dairy", "yes"), *told("foods_avoided", "vegan (take B12)"))

    assert reasons(facts, a_baby(must_avoid=("dairy",))) == [
        "says vegan or dairy-free, and eats dairy: ask which"
    ]


def test_an_alcohol_habit_without_dates_leaves_out_the_bags_of_those_hours() -> None:
    facts = with_facts(*told("alcohol", "1 glass wine on weekends, I pump and dump"))
    verdict = verdict_on(a_lot(), a_baby(), disclosures_of(facts, a_checked_policy(), SPOKEN_WITH), TODAY)

    assert verdict.kind is VerdictKind.NO_OBJECTION_IF
    assert verdict.reasons[0].text == (
        "drinks now and then: bags from those hours are left out (12 hours after a drink)"
    )


def test_milk_newer_than_the_form_means_she_is_still_pumping(database: Database) -> None:
    typed = {
        "name": "Ada Lind",
        "timestamp": "11/5/2026 10:00",
        "ounces": "80",
        "expressed_from": "10/1/2026",
        "expressed_to": "11/10/2026",
        "freezer": "chest freezer",
    }
    code = add_family(database, Role.DONOR, typed, TODAY)
    ada = donor(database, code, TODAY)

    assert [lot.note for lot in ada.lots] == ["still pumping when the form was sent"]
    assert "expressed_to" not in {question.topic for question in ada.questions}


@pytest.fixture
def everyone(tmp_path: Path, seacoast_file: Path) -> Iterator[list[Donor]]:
    """Give the donors of the sample region as the forms tell of them."""
    database = Database.open(shutil.copy(seacoast_file, tmp_path / "network.db"), clock=lambda: NOW)
    yield [donor(database, row.code, TODAY) for row in list_donors(database, TODAY)]
    database.dispose()


def test_many_donors_of_the_sample_have_milk_for_a_dairy_free_baby_only_from_a_day_on(
    everyone: list[Donor],
) -> None:
    baby, policy, found = a_baby(must_avoid=("dairy",)), load_profile(), []
    for one in everyone:
        known = disclosures_of(one.facts, policy, SPOKEN_WITH)
        for lot in one.lots:
            best = best_part(parts_of(lot, baby, known, TODAY))
            stopped = any(f.kind is FactKind.DAIRY and f.end for f in one.facts)
            if best is not None and best.only_from is not None and stopped:
                found.append(best)

    assert len(found) >= 5
    assert all(part.verdict.kind < VerdictKind.NOT_A_FIT for part in found)


def test_no_milk_of_the_sample_has_no_objection_by_values_nobody_checked(everyone: list[Donor]) -> None:
    policy = load_profile()
    kinds = {
        verdict_on(lot, a_baby(), disclosures_of(one.facts, policy, SPOKEN_WITH), TODAY).kind
        for one in everyone
        for lot in one.lots
    }

    assert VerdictKind.NO_OBJECTION not in kinds
    assert kinds & {VerdictKind.NO_OBJECTION_IF, VerdictKind.ASK}
