"""Questions that an older program stored as words, read, told and compared as the codes they are today."""

from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.facts.old_questions import OLD_QUESTIONS
from coordinator.domain.records.history import Action
from coordinator.sayings import as_written, read_back
from coordinator.services.imports.importing import preview_import, run_import
from tests import seacoast

TODAY = date(2026, 11, 21)
AS_WORDS = (Path(__file__).parents[2] / "data" / "questions_as_words.txt").read_text("utf-8").splitlines()
"""Every question of the three lists, as programs stored them before questions had codes."""


def questions(database: Database) -> list[tuple[int, str, str]]:
    """Return household, words and key of every question that was asked before questions had codes."""
    with database.reading() as session:
        rows = session.scalars(sa.select(QuestionRow).order_by(QuestionRow.id))
        return [(row.household_id, str(row.said), row.said.key) for row in rows if is_old(row)]


def is_old(row: QuestionRow) -> bool:
    return row.said.code in {code for code, _ in OLD_QUESTIONS}


def import_the_lists(database: Database) -> None:
    for path in seacoast.LISTS:
        run_import(database, preview_import(database, path, TODAY), today=TODAY)


def store_as_words(database: Database) -> None:
    """Let the questions stand as an older program stored them."""
    with database.writing(Action("question.added", "Added questions")) as session:
        for row in filter(is_old, session.scalars(sa.select(QuestionRow))):
            row.text = str(row.said)


def test_todays_import_asks_what_it_asked_before_word_for_word(sqlite_database: Database) -> None:
    import_the_lists(sqlite_database)

    assert {words for _, words, _ in questions(sqlite_database)} == set(AS_WORDS)


@pytest.mark.parametrize("words", AS_WORDS)
def test_a_question_stored_as_words_is_a_code_and_shows_the_same_words(words: str) -> None:
    said = read_back(words, OLD_QUESTIONS)

    assert said.code.startswith("asked.")
    assert str(said) == words


def test_a_question_stored_as_words_is_the_one_stored_as_a_code(sqlite_database: Database) -> None:
    import_the_lists(sqlite_database)
    before = questions(sqlite_database)
    store_as_words(sqlite_database)

    assert questions(sqlite_database) == before


def test_importing_again_over_questions_stored_as_words_asks_nothing_twice(
    sqlite_database: Database,
) -> None:
    import_the_lists(sqlite_database)
    store_as_words(sqlite_database)
    before = questions(sqlite_database)

    for path in seacoast.LISTS:
        preview = preview_import(sqlite_database, path, TODAY)
        assert not [plan.number for plan in preview.plans if plan.person and plan.questions]
        run_import(sqlite_database, preview, today=TODAY)

    assert questions(sqlite_database) == before


@pytest.mark.parametrize(("code", "source"), OLD_QUESTIONS)
def test_each_old_question_is_recognised_before_a_plainer_one(code: str, source: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(source) if name}

    assert read_back(source.format_map({name: name for name in names}), OLD_QUESTIONS).code == code


def test_the_coordinators_own_words_stay_hers() -> None:
    assert read_back("Bags back?", OLD_QUESTIONS) == as_written("Bags back?")
