"""Headings that deny in words nobody can be sure of: a bare yes or no below them is asked, never turned."""

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unclear
from coordinator.domain.imports.columns.guessing import completed
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from tests.unit.imports.rows import TODAY, asked

YES_NO = ("yes", "no", "Yes", "No")


def use(kind: Role, topic: str, heading: str) -> ColumnUse:
    rows = tuple(SourceRow(number, (Cell(text),)) for number, text in enumerate(YES_NO, start=2))
    (found,) = completed(Table("list.csv", "", (heading,), rows), kind, {topic: 0})[topic]
    return found


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("alcohol", "I don't drink alcohol"),
        ("dairy", "Have you stopped eating dairy?"),
        ("dairy", "Non dairy diet?"),
        ("dairy", "Do you have a dairy allergy?"),
        ("dairy", "Dairy intolerant?"),
        ("dairy", "Do you limit dairy?"),
        ("dairy", "Lactose free?"),
        ("dairy", "Do you eat dairy without restrictions?"),
        ("tattoo", "No tattoos in the last 4 months?"),
        ("tattoo", "Have you had no tattoos or piercings in the past 4 months?"),
        ("medicines", "I take no medications"),
        ("nicotine", "Do you smoke or live in a smoke-free home?"),
        ("foods_avoided", "Are you vegan?"),
        ("foods_avoided", "Plant-based diet?"),
    ],
)
def test_what_a_donors_heading_denies_in_other_words_is_asked(topic: str, heading: str) -> None:
    assert use(Role.DONOR, topic, heading).unclear is Unclear.YES_AND_NO


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("must_avoid", "Can baby have dairy?"),
        ("must_avoid", "Does your baby tolerate dairy?"),
        ("must_avoid", "Is dairy ok for baby?"),
        ("nicotine_ok", "Is it a problem if the donor smokes?"),
        ("nicotine_ok", "Would you refuse milk from a smoker?"),
        ("medicine_ok", "Are you opposed to donors on medication?"),
        ("medicine_ok", "Do you need a donor who is not on medication?"),
    ],
)
def test_what_a_familys_heading_refuses_is_asked(topic: str, heading: str) -> None:
    assert use(Role.RECIPIENT, topic, heading).unclear is Unclear.YES_AND_NO


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("medicines", "Do you take any medications? If you are not taking any, write none"),
        ("dairy", "Do you eat dairy? If you avoid it, since when?"),
        ("dairy", "Do you eat dairy? We need some dairy-free donors"),
        ("nicotine", "Do you smoke? (we prefer smoke-free homes)"),
        ("alcohol", "Do you drink alcohol? Please avoid donating within 24h"),
        ("tattoo", "Any tattoo or piercing in the last 12 months?"),
        ("foods_avoided", "Do you avoid any foods?"),
    ],
)
def test_help_and_second_sentences_turn_nothing(topic: str, heading: str) -> None:
    found = use(Role.DONOR, topic, heading)

    assert (found.yes_means_no, found.unclear) == (False, Unclear.NOTHING)


def test_a_heading_that_turns_once_is_plain() -> None:
    for topic, heading in (("dairy", "Are you dairy-free?"), ("nicotine", "Nonsmoker?")):
        found = use(Role.DONOR, topic, heading)
        assert (found.yes_means_no, found.unclear) == (True, Unclear.NOTHING)


def test_no_to_more_than_a_little_is_not_none() -> None:
    more = use(Role.DONOR, "alcohol", "Have you had more than 2 drinks a day while pumping?")
    weeks = use(Role.DONOR, "nicotine", "Have you smoked in the last 6 weeks?")

    assert (more.unclear, weeks.unclear) == (Unclear.NO, Unclear.NO)


def question(kind: Role, topic: str, heading: str, answer: str) -> str:
    row = SourceRow(2, (Cell("Ada Roy"), Cell(answer)))
    table = Table("list.csv", "", ("Name", heading), (row,))
    mapping = completed(table, kind, {"name": 0, topic: 1})
    (read,) = read_sheet(table, kind, mapping, TODAY).answers
    return asked(read, topic)


@pytest.mark.parametrize(
    ("kind", "topic", "heading", "said"),
    [
        (Role.DONOR, "dairy", "Do you limit dairy?", "Dairy: what is meant? (“Do you limit dairy?”: “no”)"),
        (
            Role.RECIPIENT,
            "must_avoid",
            "Can baby have dairy?",
            "Baby must avoid: what is meant? (“Can baby have dairy?”: “no”)",
        ),
        (
            Role.RECIPIENT,
            "medicine_ok",
            "Are you opposed to donors on medication?",
            "Donor's medicine: what is meant? (“Are you opposed to donors on medication?”: “no”)",
        ),
    ],
)
def test_the_question_quotes_the_heading_and_the_answer(
    kind: Role, topic: str, heading: str, said: str
) -> None:
    assert question(kind, topic, heading, "no") == said


def test_half_a_page_of_heading_is_cut() -> None:
    told = question(Role.DONOR, "dairy", "Do you limit dairy?\n" + "We ask because " * 40, "no")

    assert "“Do you limit dairy? We ask because" in told
    assert len(told) < 200
