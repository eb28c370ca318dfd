"""``milkrun read``: one answer read as a cell would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    """Give the command line with no network at all."""
    return CommandLine(tmp_path / "network.db", makes=False)


def test_a_fact_has_its_first_day_and_the_first_day_without(milkrun: CommandLine) -> None:
    told = milkrun.read("read", "dairy", "stopped 10/9/2026")

    assert told == {
        "field": "dairy",
        "facts": [{"kind": "dairy", "presence": "yes", "subject": "", "from": None, "to": "2026-10-09"}],
        "questions": [],
        "not_understood": [],
        "value": None,
    }


def test_the_last_day_told_is_a_day_with_it(milkrun: CommandLine) -> None:
    (fact,) = milkrun.read("read", "medicines", "amoxicillin 9/27/2026 to 10/6/2026")["facts"]

    assert (fact["subject"], fact["from"], fact["to"]) == ("amoxicillin", "2026-09-27", "2026-10-07")


def test_the_lines_say_the_same_days_in_words(milkrun: CommandLine) -> None:
    assert milkrun.do("read", "dairy", "stopped 10/9/2026") == (
        "dairy: yes, up to Oct 8, 2026, no more from Oct 9, 2026\n"
    )
    assert milkrun.do("read", "medicines", "Zoloft since 10/1/2026, prenatal") == (
        "medicine: yes, Zoloft, since Oct 1, 2026\nmedicine: yes, prenatal\n"
    )


def test_what_is_not_clear_is_asked_and_makes_no_dates(milkrun: CommandLine) -> None:
    told = milkrun.read("read", "dairy", "No, stopped in March")

    assert [(fact["presence"], fact["from"], fact["to"]) for fact in told["facts"]] == [
        ("unclear", None, None)
    ]
    assert "No, stopped in March" in told["questions"][0]
    assert milkrun.do("read", "dairy", "No, stopped in March").splitlines() == [
        "dairy: not clear",
        f"Asked: {told['questions'][0]}",
    ]


def test_a_field_that_makes_no_facts_says_how_it_is_kept(milkrun: CommandLine) -> None:
    assert milkrun.read("read", "must_avoid", "Dairy and soy")["value"] == "dairy, soy"
    assert milkrun.do("read", "medicine_ok", "ok if compatible") == "medicine_ok: yes, if compatible\n"


def test_words_of_no_grammar_are_named(milkrun: CommandLine) -> None:
    told = milkrun.read("read", "nicotine", "no but my sister vapes")

    assert "sister" in " ".join(told["not_understood"])
    assert "Not understood: “" in milkrun.do("read", "nicotine", "no but my sister vapes")


def test_what_only_calls_ask_is_read_too(milkrun: CommandLine) -> None:
    (fact,) = milkrun.read("read", "illness", "mastitis 10/1/2026 to 10/7/2026")["facts"]

    assert (fact["kind"], fact["subject"], fact["from"], fact["to"]) == (
        "illness",
        "mastitis",
        "2026-10-01",
        "2026-10-08",
    )


def test_where_milk_is_kept_is_a_fact_and_a_value(milkrun: CommandLine) -> None:
    told = milkrun.read("read", "freezer", "side by side freezer")

    assert told["value"] == "side-by-side freezer"
    assert [(fact["kind"], fact["presence"]) for fact in told["facts"]] == [("freezer in use", "yes")]
    assert milkrun.read("read", "freezer", "chest freezer, lost power 10/1/2026")["value"] is None


def test_only_what_these_words_leave_open_is_asked(milkrun: CommandLine) -> None:
    assert milkrun.read("read", "gestation", "38")["questions"] == []
    (question,) = milkrun.read("read", "gestation", "early")["questions"]
    assert "early" in question


def test_nothing_typed_is_an_answer_not_given(milkrun: CommandLine) -> None:
    assert milkrun.do("read", "alcohol", " ") == "Asked: Alcohol: not answered\n"


def test_days_are_judged_by_the_day_it_is(milkrun: CommandLine) -> None:
    ahead = milkrun.read("read", "nicotine", "vape, quit 12/1/2026", "--today", "2026-11-21")
    past = milkrun.read("read", "nicotine", "vape, quit 12/1/2026", "--today", "2026-12-02")

    assert [fact["presence"] for fact in ahead["facts"]] == ["unclear"]
    assert [fact["to"] for fact in past["facts"]] == ["2026-12-01"]


def test_a_field_both_are_asked_is_the_donors_unless_told(milkrun: CommandLine) -> None:
    assert milkrun.read("read", "nicotine", "ask me", "--kind", "donor")["facts"]
    assert "nothing recipients are asked" in milkrun.refused("read", "nicotine", "no", "--kind", "recipient")
    assert milkrun.read("read", "notes", "twins", "--kind", "recipient")["value"] == "twins"


def test_an_unknown_field_names_those_there_are(milkrun: CommandLine) -> None:
    said = milkrun.refused("read", "tobacco", "no")

    assert said.startswith("milkrun: “tobacco” is nothing anybody is asked; ")
    assert "; the fields are: address, alcohol," in said
    assert " must_avoid," in said


def test_no_network_is_opened_or_made(milkrun: CommandLine) -> None:
    milkrun.do("read", "dairy", "no")

    assert not milkrun.network.exists()
