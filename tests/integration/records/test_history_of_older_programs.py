"""A network whose history an older program wrote in words: it reads the same, and stays sealed."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest
import sqlalchemy as sa

from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.sayings import coded, saying, use_catalogue
from coordinator.services.records import history
from coordinator.services.settings.values import change_setting


def _worked_in_by_an_older_program(database: Database) -> None:
    for label in ("Added D-0001", "Undid: Removed D-0007"):
        with database.writing(Action("older", label)) as session:
            session.add(HouseholdRow(name=label, name_on_paper=label))


def test_the_history_says_what_the_older_program_wrote(database: Database) -> None:
    _worked_in_by_an_older_program(database)
    state = history.undo_state(database)

    assert [entry.label for entry in history.history(database)] == ["Undid: Removed D-0007", "Added D-0001"]
    assert state.undo is not None
    assert state.undo.label == "Undid: Removed D-0007"
    assert state.undo.said.code == "Undid: {label}"


def test_undoing_it_keeps_its_words_and_its_seal(database: Database) -> None:
    _worked_in_by_an_older_program(database)

    undone = history.undo(database)
    again = history.redo(database)

    assert (str(undone), str(again)) == ("Undid: Removed D-0007", "Undid: Removed D-0007")
    assert [entry.label for entry in history.history(database, 2)] == [
        "Did again: Undid: Removed D-0007",
        "Undid: Undid: Removed D-0007",
    ]
    with database.reading() as session:
        assert session.scalars(sa.select(AuditRow.label).order_by(AuditRow.id)).first() == "Added D-0001"
    assert history.chain_is_whole(database)


def test_what_is_done_today_is_stored_as_a_code_with_parameters(database: Database) -> None:
    change_setting(database, "volume_unit", "mL")
    (entry,) = history.history(database)

    assert entry.label == "Changed the setting “volume unit”"
    named = saying("volume unit")
    assert entry.said == coded("Changed the setting “{setting}”", "any wording", setting=named)


class Marked(NullTranslations):
    """A language that puts every sentence in angle quotes."""

    def gettext(self, message: str) -> str:
        return f"‹{message}›"


@pytest.fixture
def another_language() -> Iterator[None]:
    use_catalogue(Marked())
    yield
    use_catalogue(NullTranslations())


@pytest.mark.usefixtures("another_language")
def test_old_lines_and_new_ones_are_told_in_the_language_in_use(database: Database) -> None:
    _worked_in_by_an_older_program(database)
    history.undo(database)

    assert [entry.label for entry in history.history(database)] == [
        "‹Undid: ‹Undid: ‹Removed D-0007›››",
        "‹Undid: ‹Removed D-0007››",
        "‹Added D-0001›",
    ]
