"""What an import would do with each row: who is who, what counts, what changed."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import columns_of
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.people import KnownPerson
from coordinator.domain.imports.planning import Outcome, RowPlan, count, plan_rows
from coordinator.domain.imports.row_answers import Answers, DonorAnswers, DriverAnswers, RecipientAnswers
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell

TODAY = date(2026, 11, 21)
DONOR_HEADERS = (
    "Timestamp",
    "Name",
    "Email",
    "Phone",
    "Street address",
    "ZIP",
    "Ounces",
    "Do you eat dairy?",
    "Notes",
)


def a_table(headers: Sequence[str], *rows: Sequence[str]) -> Table:
    padded = [(*row, *[""] * (len(headers) - len(row))) for row in rows]
    source = [SourceRow(number, tuple(map(Cell, row))) for number, row in enumerate(padded, start=2)]
    return Table("list.csv", "0" * 64, tuple(headers), tuple(source))


def read(kind: Role, headers: Sequence[str], *rows: Sequence[str]) -> tuple[Answers, ...]:
    table = a_table(headers, *rows)
    return read_sheet(table, kind, guess_list(table, kind).mapping, TODAY).answers


def donors(*rows: Sequence[str]) -> tuple[Answers, ...]:
    return read(Role.DONOR, DONOR_HEADERS, *rows)


def known(row: Answers, code: str = "D-0007", **stored: str) -> KnownPerson:
    asked = frozenset(question.key for question in row.questions)
    return KnownPerson(
        7, row.contact, {row.role: code}, {row.role: row.values}, {**row.values, **stored}, asked
    )


def outcomes(plans: Sequence[RowPlan]) -> list[Outcome]:
    return [plan.outcome for plan in plans]


ADA = (
    "11/16/2026 18:04",
    "Ada Roy",
    "ada@example.org",
    "207 555 0100",
    "1 Elm St",
    "03909",
    "100 oz",
    "no",
    "",
)


def but(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    keys = ("timestamp", "name", "email", "phone", "street", "zip", "ounces", "dairy", "notes")
    return tuple(changes.get(key, value) for key, value in zip(keys, row, strict=True))


def test_of_two_answers_the_one_of_the_later_day_counts() -> None:
    late, early = plan_rows(
        donors(but(ADA, timestamp="11/20/2026 8:00"), but(ADA, email="ADA@Example.org")), ()
    )

    assert (late.outcome, early.outcome) == (Outcome.NEW, Outcome.OLDER_ANSWER)
    assert early.replaced_by == late.number


def test_of_two_answers_of_one_day_the_one_of_the_later_time_counts() -> None:
    upper, lower = plan_rows(donors(but(ADA, timestamp="11/16/2026 19:00"), but(ADA, name="ada roy")), ())

    assert (upper.outcome, lower.outcome, lower.replaced_by) == (
        Outcome.NEW,
        Outcome.OLDER_ANSWER,
        upper.number,
    )


def test_of_two_answers_with_the_same_day_alone_the_lower_row_counts() -> None:
    day = but(ADA, timestamp="11/16/2026")

    upper, lower = plan_rows(donors(day, but(day, name="ada roy")), ())

    assert (upper.outcome, upper.replaced_by) == (Outcome.OLDER_ANSWER, lower.number)


def test_the_same_name_and_phone_are_one_person_whatever_the_email() -> None:
    plans = plan_rows(donors(ADA, but(ADA, email="new@example.org", timestamp="11/18/2026")), ())

    assert outcomes(plans) == [Outcome.OLDER_ANSWER, Outcome.NEW]


def test_the_same_name_and_street_are_one_person_however_the_street_is_written() -> None:
    moved = but(ADA, email="", phone="207 555 0199", street="1 Elm Street.")

    assert outcomes(plan_rows(donors(ADA, moved), ())) == [Outcome.OLDER_ANSWER, Outcome.NEW]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (but(ADA, name="Bea Poe", email="bea@example.org", street="2 Elm St"), "same phone as row 2"),
        (
            but(ADA, email="b@example.org", phone="2075550101", street="9 Oak", zip="04002"),
            "same name as row 2",
        ),
        (but(ADA, name="Luis Díaz", phone="", street=""), "same e-mail, another name as row 2"),
        (
            but(ADA, name="Adah Roy", email="b@example.org", phone="2075550101", street="9 Oak"),
            "similar name and ZIP as row 2",
        ),
    ],
)
def test_what_two_people_may_share_is_shown_and_never_makes_them_one(
    other: Sequence[str], reason: str
) -> None:
    first, second = plan_rows(donors(ADA, other), ())

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.NEEDS_A_LOOK)
    assert [alike.sentence for alike in second.look_alikes] == [reason]


def test_strangers_in_one_town_need_no_look() -> None:
    stranger = (
        "11/16/2026",
        "Bea Poe",
        "bea@example.org",
        "207 555 0101",
        "2 Elm St",
        "03909",
        "90",
        "yes",
        "",
    )

    assert outcomes(plan_rows(donors(ADA, stranger), ())) == [Outcome.NEW, Outcome.NEW]


def test_the_same_row_again_changes_nothing() -> None:
    (ada,) = donors(ADA)

    assert outcomes(plan_rows([ada], [known(ada)])) == [Outcome.UNCHANGED]


def test_only_what_she_answered_differently_is_an_update() -> None:
    (ada,) = donors(ADA)
    (later,) = donors(but(ADA, name="ADA ROY", phone="(207) 555-0100", ounces="1,200 oz", dairy="No"))

    (plan,) = plan_rows([later], [known(ada)])

    assert plan.outcome is Outcome.UPDATE
    assert [(c.key, c.old, c.new) for c in plan.changes] == [("ounces", "100 oz", "1200 oz")]


def test_a_correction_made_in_the_program_is_not_undone_by_the_same_form() -> None:
    (ada,) = donors(ADA)

    assert outcomes(plan_rows([ada], [known(ada, phone="+16035550111", ounces="90 oz")])) == [
        Outcome.UNCHANGED
    ]


def test_a_blank_in_a_later_export_erases_nothing() -> None:
    (ada,) = donors(ADA)
    (blank,) = donors(but(ADA, phone="", ounces="", notes=""))

    assert outcomes(plan_rows([blank], [known(ada)])) == [Outcome.UNCHANGED]


def test_a_cell_that_becomes_unreadable_is_asked_about() -> None:
    (ada,) = donors(ADA)
    (unreadable,) = donors(but(ADA, ounces="two freezers full"))

    (plan,) = plan_rows([unreadable], [known(ada)])

    assert (plan.outcome, [question.raw for question in plan.questions]) == (
        Outcome.UPDATE,
        ["two freezers full"],
    )


def test_an_answer_older_than_the_known_one_changes_nothing() -> None:
    (ada,) = donors(ADA)
    (older,) = donors(but(ADA, timestamp="11/1/2026", ounces="50"))

    (plan,) = plan_rows([older], [known(ada)])

    assert (plan.outcome, plan.replaced_by) == (Outcome.OLDER_ANSWER, None)


def test_a_family_known_in_another_role_gets_a_second_one() -> None:
    (ada,) = donors(ADA)
    (driver,) = read(Role.DRIVER, ("Driver", "Phone", "Coolers (quarts)"), ("Ada Roy", "207-555-0100", "28"))

    (plan,) = plan_rows([driver], [known(ada)])

    assert plan.outcome is Outcome.UPDATE
    assert ("role", "donor", "driver") in [(c.key, c.old, c.new) for c in plan.changes]


def test_a_row_like_somebody_known_names_her_code() -> None:
    (ada,) = donors(ADA)
    (plan,) = plan_rows(donors(but(ADA, name="Bea Poe", email="", street="")), [known(ada)])

    assert [alike.sentence for alike in plan.look_alikes] == ["same phone as D-0007"]


CELLS = st.sampled_from(
    ["", "Ada Roy", "Bea Poe", "ada@example.org", "2075550100", "1 Elm St", "03909", "11/2/2026"]
)


@given(st.lists(st.tuples(*[CELLS] * 9), max_size=8), st.lists(st.tuples(*[CELLS] * 9), max_size=3))
def test_every_row_has_one_outcome_and_the_counts_add_up(
    rows: list[tuple[str, ...]], before: list[tuple[str, ...]]
) -> None:
    answers = donors(*rows)
    plans = plan_rows(answers, [known(row, f"D-{number}") for number, row in enumerate(donors(*before))])
    counts = count(plans)

    assert [plan.number for plan in plans] == [row.number for row in answers]
    assert (
        counts.rows
        == len(rows)
        == (counts.new + counts.updated + counts.unchanged + counts.older_answers + counts.needs_a_look)
    )
    standing = {plan.number for plan in plans if plan.outcome is not Outcome.OLDER_ANSWER}
    assert all(plan.replaced_by in standing for plan in plans if plan.replaced_by is not None)


@given(
    st.lists(st.lists(st.text(max_size=25), min_size=40, max_size=40), max_size=3),
    st.sampled_from(list(Role)),
)
def test_no_cells_make_a_row_fail_and_none_is_lost(rows: list[list[str]], kind: Role) -> None:
    headers = [field.synonyms[0] for field in FIELDS[kind]]
    headers += [f"extra {number}" for number in range(40 - len(headers))]

    answers = read(kind, headers, *rows)

    assert [list(row.cells) for row in answers] == rows


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("Name", "Phone", "Cooler sizes", "Max hours"), Role.DRIVER),
        (("Mother's name", "How many ounces?", "Oldest bag", "Newest bag", "Freezer type"), Role.DONOR),
        (("Parent name", "Baby's DOB", "Allergies", "Why do you need milk?"), Role.RECIPIENT),
        (("Name", "Town", "Phone"), None),
        (("Product", "Price"), None),
    ],
)
def test_the_kind_of_list_is_guessed_from_what_only_it_asks(
    headers: tuple[str, ...], kind: Role | None
) -> None:
    assert guess_list(a_table(headers)).kind is kind


def test_a_babys_first_name_is_not_the_mothers() -> None:
    table = a_table(("First name", "Last name", "Baby's first name", "Baby's DOB"))
    columns = columns_of(guess_list(table, Role.RECIPIENT).mapping)

    assert columns == {0: "first_name", 1: "last_name", 2: "baby_name", 3: "baby_born"}


def test_a_name_in_two_columns_is_one() -> None:
    (row,) = read(Role.DRIVER, ("First name", "Last name", "Coolers"), ("Ada", "Roy", "28"))

    assert row.contact.name == "Ada Roy"


def test_every_blank_that_matters_becomes_a_question() -> None:
    (row,) = donors(("", "Ada Roy"))

    texts = {question.text for question in row.questions}
    assert {"Dairy: not answered", "Ounces offered: not answered", "Phone: not answered"} <= texts


def test_a_cell_that_cannot_be_read_is_quoted_in_its_question() -> None:
    (row,) = donors(but(ADA, ounces="two freezers full", dairy="can't remember"))

    assert isinstance(row.detail, DonorAnswers)
    assert row.detail.lot.offered is None
    raws = {question.topic: question.raw for question in row.questions}
    assert raws["ounces"] == "two freezers full"
    assert raws[FactKind.DAIRY.value] == "can't remember"


def test_a_state_is_shortened_and_one_nobody_knows_is_kept_and_asked_about() -> None:
    headers = ("Name", "Phone", "State")
    known_one, unknown_one = read(
        Role.DONOR, headers, ("Ada", "2075550101", "new Hampshire"), ("Bea", "2075550102", "Mayne")
    )

    assert known_one.contact.address.state == "NH"
    assert unknown_one.contact.address.state == "Mayne"
    assert [q.text for q in unknown_one.questions if q.topic == "state"] == ["State: what does “Mayne” mean?"]


def test_eating_dairy_and_being_vegan_is_a_contradiction_to_ask_about() -> None:
    (row,) = read(
        Role.DONOR, ("Name", "Do you eat dairy?", "Other foods you avoid"), ("Ada", "yes", "vegan (take B12)")
    )

    assert any("says she eats it and that she avoids it" in question.text for question in row.questions)


def test_milk_dates_that_contradict_each_other_are_asked_about() -> None:
    headers = ("Name", "Your baby's birth date", "Oldest milk", "Newest milk")
    turned, ahead, before = read(
        Role.DONOR,
        headers,
        ("Ada", "2026-05-01", "2026-09-01", "2026-08-01"),
        ("Bea", "2026-05-01", "2026-09-01", "2027-08-01"),
        ("Cyd", "2026-05-01", "2026-02-01", "2026-03-01"),
    )

    for row, words in (
        (turned, "younger than the newest"),
        (ahead, "lies ahead"),
        (before, "older than the baby"),
    ):
        assert any(words in question.text for question in row.questions)


def test_a_request_is_read_with_its_notes() -> None:
    headers = ("Parent's name", "Baby's DOB", "Gestation (weeks)", "Own supply", "Baby must avoid", "Notes",
               "How far can you drive? (miles)", "Milk in freezer")  # fmt: skip
    (row,) = read(
        Role.RECIPIENT,
        headers,
        ("Uma Cyr", "1/7/26", "term", "4-5", "dairy and soy",
         "twins! no car, can meet halfway, needs milk this week", "", "none"),
    )  # fmt: skip
    told = row.detail

    assert isinstance(told, RecipientAnswers)
    assert (told.babies, told.gestation_weeks, told.must_avoid) == (2, 40, ("dairy", "soy"))
    assert told.own_supply is not None
    assert told.stock is not None
    assert (round(told.own_supply.low.oz), round(told.own_supply.high.oz), told.stock.low.oz) == (4, 5, 0)
    assert (told.has_car, told.meets_halfway, told.needs_this_week, told.reach_miles) == (
        False,
        True,
        True,
        None,
    )
    assert any(question.topic == "has_car" for question in row.questions)


def test_an_allergy_we_have_no_word_for_is_kept_and_asked_about() -> None:
    (row,) = read(Role.RECIPIENT, ("Parent's name", "Baby must avoid"), ("Uma Cyr", "dairy and zorbleberry"))

    assert isinstance(row.detail, RecipientAnswers)
    assert row.detail.must_avoid == ("dairy", "zorbleberry")
    assert any(question.topic == "must_avoid" for question in row.questions)


def test_a_volunteer_is_read() -> None:
    headers = ("Driver", "Coolers (quarts)", "Max hours", "Can lift (lb)", "Will go up to (miles)", "Away")
    (row,) = read(Role.DRIVER, headers, ("Ada", "6 x 28", "3", "50 lbs", "", "12/20/2026-1/3/2027"))

    assert isinstance(row.detail, DriverAnswers)
    assert row.detail == DriverAnswers(3, (28,) * 6, 50, None, ((date(2026, 12, 20), date(2027, 1, 3)),))


def test_a_loss_told_in_any_free_text_is_read_before_ringing() -> None:
    rows = read(
        Role.RECIPIENT,
        ("Parent's name", "Why donor milk?", "Baby must avoid", "A column of our own"),
        ("Uma", "our first son died last year", "dairy", ""),
        ("Ida", "low supply", "dairy", "she lost our baby in May"),
        ("Eve", "low supply", "dairy", "phone died"),
    )

    assert [bool(row.contact.read_before_ringing) for row in rows] == [True, True, False]


def test_a_column_without_proof_follows_the_order_the_file_proves_elsewhere() -> None:
    headers = ("Name", "Your baby's birth date", "Oldest milk", "Newest milk")
    (row, _) = read(
        Role.DONOR,
        headers,
        ("Ada", "3/4/2026", "5/6/2026", "25/6/2026"),
        ("Bea", "4/4/2026", "5/6/2026", "26/6/2026"),
    )

    assert isinstance(row.detail, DonorAnswers)
    assert row.detail.baby_born == date(2026, 4, 3)
    assert row.detail.lot.expressed_from == date(2026, 6, 5)
