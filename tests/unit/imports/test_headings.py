"""What headings mean, and which field they ask for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import Unit
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.columns.meanings import languages
from coordinator.domain.imports.columns.rules import rules_for
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell

FOLDER = Path(__file__).parents[3] / "resources" / "headings"


def meanings(language: str) -> set[str]:
    groups = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {meaning for group in groups.values() for meaning in group}


def a_table(*columns: tuple[str, list[str]], name: str = "list.csv") -> Table:
    """Return a table of (heading, cells) columns."""
    height = max((len(cells) for _, cells in columns), default=0)
    rows = [
        SourceRow(at + 2, tuple(Cell(cells[at] if at < len(cells) else "") for _, cells in columns))
        for at in range(height)
    ]
    return Table(name, "", tuple(heading for heading, _ in columns), tuple(rows))


def one(kind: Role, heading: str, *cells: str) -> ColumnGuess:
    """Return what one column of a *kind* list is."""
    return guess_list(a_table((heading, list(cells))), kind).columns[0]


def topics(guess: ListGuess) -> list[str]:
    return [column.topic for column in guess.columns]


@pytest.mark.parametrize("language", languages())
def test_every_language_says_only_meanings_that_english_has(language: str) -> None:
    assert meanings(language) <= meanings("en")


@pytest.mark.parametrize("kind", Role)
def test_every_field_that_lists_ask_for_has_its_rule_and_every_meaning_its_words(kind: Role) -> None:
    rules = rules_for(kind)
    used = {
        meaning
        for rule in rules.values()
        for told in (*(ask.needed | ask.without for ask in rule.asks), rule.beside, rule.never, rule.allow)
        for meaning in told
    }

    assert {field.topic for field in FIELDS[kind]} <= set(rules)
    assert used <= meanings("en")


@pytest.mark.parametrize(
    ("kind", "heading", "topic"),
    [
        (Role.DONOR, "12. What is your ZIP?*", "zip"),
        (Role.DONOR, "babyDateOfBirth", "baby_born"),
        (Role.DONOR, "oldest_milk_date", "expressed_from"),
        (Role.DONOR, "Correo electrónico / E-mail", "email"),
        (Role.DONOR, "Date de naissance du bébé", "baby_born"),
        (Role.DONOR, "Diary in your diet?", "dairy"),
        (Role.DONOR, "Have you had a baby shower gift?", ""),
        (Role.DONOR, "Does anyone in your household smoke?", ""),
        (Role.DONOR, "Are you willing to have a blood test?", ""),
        (Role.DONOR, "How did you hear about milk donation?", ""),
        (Role.DONOR, "Mother's date of birth", ""),
        (Role.DONOR, "Your partner's medications", ""),
        (Role.DONOR, "How many ounces per bag?", ""),
        (Role.DONOR, "I agree to be contacted by phone", ""),
        (Role.RECIPIENT, "Do you smoke?", ""),
        (Role.RECIPIENT, "How much milk do you need per day?", ""),
        (Role.RECIPIENT, "Smoker ok?", "nicotine_ok"),
        (Role.RECIPIENT, "Pediatrician's phone", ""),
        (Role.DRIVER, "Vehicle license plate", ""),
        (Role.DRIVER, "When are you not available?", "away"),
        (Role.DRIVER, "Emergency contact phone", ""),
    ],
)
def test_a_heading_asks_for_one_field_or_for_none(kind: Role, heading: str, topic: str) -> None:
    assert one(kind, heading).topic == topic


def test_help_in_brackets_is_not_what_is_asked() -> None:
    assert one(Role.DONOR, "Phone (we will text you the pickup time)").topic == "phone"
    assert one(Role.DONOR, "Street\nFor example: 12 Main St, Dover NH 03820").topic == "street"


def test_help_below_the_question_speaks_for_no_field_and_against_none() -> None:
    smoking = "Smoking\nCigarettes, vape, patch. If your partner smokes outside, that is fine"
    milk = "Milk you have (ounces)\nCount only milk without alcohol, medicine or smoke in it"

    assert one(Role.DONOR, smoking, "no", "yes", "No").topic == "nicotine"
    assert one(Role.DONOR, milk, "120", "80 oz", "~300").topic == "ounces"
    assert one(Role.DONOR, "Does your partner smoke?\nCigarettes, vape", "no", "yes", "No").topic == ""


def test_cells_that_are_no_addresses_make_no_e_mail_column() -> None:
    guess = guess_list(a_table(("Email", ["anonymous", "anonymous"]), ("Name", ["Ada Roy", "Bea Fox"])))

    assert one(Role.DONOR, "E-mail", "evenings", "weekends", "any time").topic == ""
    assert "email" not in topics(guess) or guess.columns[0].sureness is not Sureness.NONE


def test_plain_cells_tell_a_column_whose_heading_says_nothing() -> None:
    found = one(Role.DONOR, "Untitled Question", "a@example.org", "b@example.org", "c@example.org")

    assert (found.topic, found.sureness) == ("email", Sureness.LIKELY)
    assert one(Role.DONOR, "Untitled Question", "Yes", "No", "Yes").topic == ""


def test_the_second_birth_date_is_the_babys() -> None:
    grown, young = ["3/4/1990", "5/6/1992"], ["7/1/2026", "8/1/2026"]
    guess = guess_list(
        a_table(("Name", ["Ada", "Bea"]), ("Date of birth", grown), ("Baby name", ["Max", "Mia"]),
                ("Date of birth", young)),
        Role.RECIPIENT,
    )  # fmt: skip

    assert topics(guess) == ["name", "", "baby_name", "baby_born"]


def test_a_phone_behind_the_emergency_contact_is_not_hers() -> None:
    phones = ["603 555 0101", "603 555 0102"]
    guess = guess_list(
        a_table(("Name", ["Ada Roy", "Bea Fox"]), ("Phone", phones), ("Emergency contact", ["Tom", "Jo"]),
                ("Relationship", ["husband", "sister"]), ("Phone", phones[::-1])),
        Role.DONOR,
    )  # fmt: skip

    assert topics(guess) == ["name", "phone", "", "", ""]


def test_a_question_asked_twice_is_one_field() -> None:
    guess = guess_list(a_table(("Phone", ["603 555 0101"]), ("Phone 2", ["603 555 0102"])), Role.DONOR)

    assert [use.index for use in guess.mapping["phone"]] == [0, 1]


def test_details_belong_to_the_question_at_their_left() -> None:
    guess = guess_list(
        a_table(("Do you smoke?", ["yes"]), ("If yes, please specify", ["5 a day"]), ("Alcohol?", ["no"])),
        Role.DONOR,
    )

    assert topics(guess) == ["nicotine", "nicotine", "alcohol"]
    assert [use.is_detail for use in guess.mapping["nicotine"]] == [False, True]


def test_a_day_a_column_is_one_field() -> None:
    guess = guess_list(
        a_table(("Availability [Monday]", ["Morning"]), ("Availability [Tuesday]", ["Evening"])), Role.DRIVER
    )

    assert [(use.index, use.part) for use in guess.mapping["hours"]] == [(0, "Monday"), (1, "Tuesday")]


def test_a_box_to_tick_for_each_food_is_one_field() -> None:
    guess = guess_list(
        a_table(("Foods you avoid (Soy)", ["TRUE", "FALSE"]), ("Foods you avoid (Egg)", ["FALSE", "TRUE"])),
        Role.DONOR,
    )

    assert [(use.index, use.option) for use in guess.mapping["foods_avoided"]] == [(0, "Soy"), (1, "Egg")]


@pytest.mark.parametrize(
    ("kind", "heading", "is_turned"),
    [
        (Role.DONOR, "Are you dairy-free?", True),
        (Role.DONOR, "Do you eat dairy?", False),
        (Role.DONOR, "¿Dieta sin lácteos?", True),
        (Role.DONOR, "Nonsmoker?", True),
        (Role.DONOR, "Do you smoke?", False),
        (Role.RECIPIENT, "Nonsmoker only?", True),
        (Role.DRIVER, "Any lifting restrictions?", True),
        (Role.DRIVER, "Can you lift 40 lb?", False),
    ],
)
def test_a_heading_tells_what_yes_means(kind: Role, heading: str, *, is_turned: bool) -> None:
    assert one(kind, heading).use.yes_means_no is is_turned


@pytest.mark.parametrize(
    ("kind", "heading", "unit"),
    [
        (Role.DONOR, "How much milk (mL)?", Unit.MILLILITRES),
        (Role.DONOR, "Total ounces", Unit.OUNCES),
        (Role.DONOR, "Milk to share, in litres", Unit.LITRES),
        (Role.DRIVER, "Max distance (km)", Unit.KILOMETRES),
        (Role.DRIVER, "Most you can lift (kg)", Unit.KILOGRAMS),
        (Role.RECIPIENT, "Freezer space (cu ft)", Unit.CUBIC_FEET),
        (Role.RECIPIENT, "Freezer size in litres", Unit.LITRES),
        (Role.RECIPIENT, "How many minutes can you drive?", Unit.MINUTES),
        (Role.RECIPIENT, "How many ounces do you make in 24 hours?", Unit.OUNCES),
        (Role.DRIVER, "Cooler sizes (quarts)", Unit.QUARTS),
    ],
)
def test_a_heading_tells_the_unit(kind: Role, heading: str, unit: Unit) -> None:
    found = one(kind, heading)

    assert found.topic
    assert found.use.unit is unit


def test_an_age_is_no_date() -> None:
    assert one(Role.DONOR, "How old is your baby?", "3 months", "10 weeks").use.is_age
    assert not one(Role.DONOR, "When was your baby born?", "7/1/2026").use.is_age


def test_one_question_about_several_habits_answers_all_of_them() -> None:
    found = one(Role.DONOR, "Do you smoke, drink alcohol or use marijuana?")

    assert set(found.topics) == {"nicotine", "alcohol", "cannabis"}


def test_a_log_of_what_was_driven_is_no_list_of_people() -> None:
    day, who = ["11/1/2026", "11/2/2026"], ["Ada", "Ada"]
    log = a_table(("Date", day), ("Driver", who), ("Miles", ["12", "30"]))
    handed = a_table(("Date", day), ("Donor", who), ("Recipient", who), ("Ounces", ["12", "30"]))

    assert guess_list(log).kind is None
    assert guess_list(handed).kind is None


def test_the_second_line_of_an_address_goes_on_with_the_first() -> None:
    guess = guess_list(
        a_table(
            ("Address 1", ["12 Main St", "9 Elm St"]), ("Address 2", ["Apt 3", "Unit 4"]), ("Town", ["Dover"])
        ),
        Role.DONOR,
    )

    assert [(use.index, use.is_added) for use in guess.mapping["street"]] == [(0, False), (1, True)]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("Donor name,Phone,Address,Notes", Role.DONOR),
        ("Nom,Prénom,Téléphone,Ville,Quantité de lait,Tabac", Role.DONOR),
        ("Name,Phone,Town,Baby's name,Baby's DOB", Role.RECIPIENT),
        ("Nombre,Teléfono,Nombre del bebé,Motivo,Alergias", Role.RECIPIENT),
        ("Name,Phone,Smoker ok?,Meds ok?,How far?", Role.RECIPIENT),
        ("Name,Phone,Town,Availability,Vehicle", Role.DRIVER),
        ("Name,Email,Phone,Town,When can you drive?,How far will you drive?", Role.DRIVER),
        ("Name,Phone,Town", None),
        ("Date,Ounces in,Ounces out,Balance", None),
        ("Date,Driver,From,To,Miles", None),
        ("Name,Shirt size,Amount paid", None),
        ("Head of household,Phone,City,Household size,Dairy,Frozen,Baby formula - type,Diapers", None),
        ("Name,Phone,City,Medications,Do you smoke?,Alcohol", None),
        ("Name,Phone,City,Allergies,Reason for visit", None),
        ("Mother's name,Phone,City,Medications,Do you smoke?", Role.DONOR),
    ],
)
def test_few_columns_tell_whose_list_it_is_or_that_it_is_none(headings: str, kind: Role | None) -> None:
    assert guess_list(a_table(*((heading, []) for heading in headings.split(",")))).kind is kind


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Mom's Name - First Name", "Mom's Name - Last Name"),
        ("Your Name - First", "Your Name - Last"),
        ("Volunteer Name - First Name", "Volunteer Name - Last Name"),
        ("Name (First)", "Name (Last)"),
        ("Parent's first name", "Parent's last name"),
    ],
)
def test_the_two_halves_of_a_name_are_never_a_whole_one(first: str, last: str) -> None:
    table = a_table((first, ["Carrie", "Simone", "Hollis"]), (last, ["O'Dell", "Adeyemi", "Grant"]))

    for kind in Role:
        assert topics(guess_list(table, kind)) == ["first_name", "last_name"]


def test_an_empty_column_of_the_tool_takes_no_field_from_the_one_that_was_filled_in() -> None:
    addresses = ["layla@example.org", "bell@example.org", "moran@example.org"]
    table = a_table(("Email", []), ("Best email for updates", addresses))

    assert topics(guess_list(table, Role.RECIPIENT)) == ["", "email"]


def test_when_somebody_is_at_home_is_no_town() -> None:
    found = one(Role.RECIPIENT, "Home when", "eves", "any", "wkdays", "call first")

    assert found.topic == "hours"


def test_the_second_line_of_an_address_goes_with_its_street() -> None:
    table = a_table(
        ("Mailing Address - Street Address", ["18 Granite St", "402 Beech St", "7 Larch Dr"]),
        ("Mailing Address - Street Address Line 2", ["", "Apt 2B", "Floor 2"]),
    )

    assert topics(guess_list(table, Role.DONOR)) == ["street", "street"]


@pytest.mark.parametrize(
    ("kind", "heading", "topic"),
    [
        (Role.RECIPIENT, "Tick everything the donor must not eat", "must_avoid"),
        (Role.RECIPIENT, "Ce que la donneuse ne doit pas manger", "must_avoid"),
        (Role.RECIPIENT, "Lo que la donante no debe comer", "must_avoid"),
        (Role.DONOR, "Has your milk been heated at any point?", "heat_treated"),
        (Role.DONOR, "Do you have any milk in the freezer now, and how much (in mL)?", "ounces"),
        (Role.DONOR, "Date signed up", "timestamp"),
        (Role.DONOR, "Do you have any dairy?", "dairy"),
    ],
)
def test_other_words_for_the_same_question(kind: Role, heading: str, topic: str) -> None:
    assert one(kind, heading).topic == topic
