"""Sessions on both databases: who may write, what is kept, what is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditRow
from coordinator.db.base import CodeCounterRow, next_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.records.history import Action
from coordinator.errors import BrokenRuleError, ChangedMeanwhileError, ReadOnlyError, UserError

WRITE = Action("test.wrote", "Wrote something")


def a_household(name: str = "Ada") -> HouseholdRow:
    return HouseholdRow(name=name, name_on_paper=name)


def add_to(session: Session, *rows: object) -> None:
    """Add *rows* and let the database see them."""
    session.add_all(rows)
    session.flush()


def add_then_fail(session: Session) -> None:
    add_to(session, a_household())
    raise ZeroDivisionError


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(HouseholdRow.name).order_by(HouseholdRow.id)))


def test_what_was_written_is_read_again(database: Database) -> None:
    with database.writing(WRITE) as session:
        session.add(a_household("Zoë Nguyễn"))

    assert names(database) == ["Zoë Nguyễn"]


def test_an_action_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing(WRITE) as session:
        add_then_fail(session)

    assert names(database) == []
    assert database.change_counter() == 0


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(ReadOnlyError), database.reading() as session:
        add_to(session, a_household())

    assert names(database) == []


def test_writing_goes_on_after_a_refused_write_on_the_same_connection(database: Database) -> None:
    test_reading_cannot_write(database)

    with database.writing(WRITE) as session:
        session.add(a_household())

    assert names(database) == ["Ada"]


def test_a_reader_sees_one_moment_while_another_writes(database: Database) -> None:
    with database.reading() as session:
        before = list(session.scalars(select(HouseholdRow.name)))
        with database.writing(WRITE) as writer:
            writer.add(a_household())
        during = list(session.scalars(select(HouseholdRow.name)))

    assert before == during == []
    assert names(database) == ["Ada"]


def test_two_coordinators_who_edit_one_row_do_not_overwrite_each_other(database: Database) -> None:
    with database.writing(WRITE) as session:
        session.add(a_household())
    with database.reading() as session:
        seen = session.scalars(select(HouseholdRow)).one()

    with database.writing(WRITE) as session:
        session.scalars(select(HouseholdRow)).one().town = "Kittery"
    with pytest.raises(ChangedMeanwhileError), database.writing(WRITE) as session:
        session.merge(seen, load=False).town = "Saco"

    with database.reading() as session:
        assert session.scalars(select(HouseholdRow.town)).one() == "Kittery"


def test_many_threads_that_count_up_lose_nothing(database: Database) -> None:
    rounds, threads = 25, 4
    start = threading.Barrier(threads)

    def count_up() -> None:
        start.wait()
        for _ in range(rounds):
            with database.writing(WRITE) as session:
                next_code(session, CodeLetter.DONOR)

    with ThreadPoolExecutor(threads) as pool:
        for counting in [pool.submit(count_up) for _ in range(threads)]:
            counting.result()

    with database.writing(WRITE) as session:
        assert next_code(session, CodeLetter.DONOR) == "D-0101"


def test_a_broken_rule_is_one_sentence_and_names_no_value(database: Database) -> None:
    with pytest.raises(BrokenRuleError) as told, database.writing(WRITE) as session:
        add_to(session, CodeCounterRow(prefix="Ada", last=1), CodeCounterRow(prefix="Ada", last=2))

    assert "nothing was saved" in str(told.value)
    assert "Ada" not in f"{told.value} {told.value.rule} {told.value.__cause__}"
    assert told.value.rule in {"code_counter.prefix", "pk_code_counter"}


def test_statements_that_pass_by_version_and_audit_are_refused(database: Database) -> None:
    with pytest.raises(RuntimeError, match="as objects"), database.writing(WRITE) as session:
        session.execute(update(HouseholdRow).values(town="Saco"))


def test_such_a_statement_runs_where_somebody_answers_for_it(database: Database) -> None:
    with database.writing(WRITE) as session:
        session.add(a_household())
        session.flush()
        session.execute(update(HouseholdRow).values(town="Saco"), execution_options={"without_audit": True})

    with database.reading() as session:
        assert session.scalars(select(HouseholdRow.town)).one() == "Saco"


def test_an_action_inside_an_action_is_our_mistake_and_told_at_once(database: Database) -> None:
    with database.writing(WRITE), pytest.raises(RuntimeError, match="inside"), database.writing(WRITE):
        pass

    with database.writing(WRITE) as session:
        session.add(a_household())
    assert names(database) == ["Ada"]


def test_the_change_counter_grows_when_somebody_else_writes(database: Database) -> None:
    url = database.path or database.engine.url.render_as_string(hide_password=False)
    elsewhere = Database.open(url)
    before = database.change_counter()

    with elsewhere.writing(WRITE) as session:
        session.add(a_household())
    elsewhere.dispose()

    assert database.change_counter() > before


def test_the_audit_says_what_when_and_from_where(database: Database) -> None:
    database.origin = "window"
    with database.writing(Action("household.added", "Added a household")) as session:
        session.add(a_household())

    with database.reading() as session:
        entry = session.scalars(select(AuditRow)).one()
    assert (entry.kind, entry.label, entry.origin) == ("household.added", "Added a household", "window")
    assert entry.at == database.clock()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET label = 'x'", "DELETE FROM audit", "DELETE FROM audit_change"]
)
def test_the_audit_cannot_be_rewritten_by_anybody(database: Database, statement: str) -> None:
    with database.writing(WRITE) as session:
        session.add(a_household())

    with pytest.raises(BrokenRuleError), database.writing(WRITE) as session:
        session.connection().execute(text(statement))

    with database.reading() as session:
        assert session.scalars(select(AuditRow.label)).all() == ["Wrote something"]


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(UserError) as told:
        Database.open("postgresql://ada:topsecret@127.0.0.1:1/milk")

    assert "server cannot be reached" in str(told.value)
    assert "topsecret" not in str(told.value)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(UserError, match="PostgreSQL"):
        Database.open("mysql://localhost/milk")
