"""What the check of a network finds, by what it is called."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.bootstrap import Database, open_database
from coordinator.db.agreements import HoldRow
from coordinator.db.copies import fold_in_log
from coordinator.db.engine import connect_sqlite
from coordinator.domain.records.checks import Check, FaultKind, fault_words
from coordinator.errors import NoNetworkError, NotANetworkError, UnreadableTextError
from coordinator.services.records import backups
from coordinator.services.records.checks import check_at, check_network
from tests.builders import NOW
from tests.integration.cli.cli import CommandLine


@pytest.fixture
def network(tmp_path: Path, worked_file: Path) -> Iterator[Database]:
    """Give a copy of the sample region after a week's work."""
    (tmp_path / "data").mkdir()
    path = Path(shutil.copy(worked_file, tmp_path / "data" / "network.db"))
    database = open_database(path, clock=lambda: NOW)
    yield database
    database.dispose()


def tamper(database: Database, *statements: str, foreign_keys: bool = True) -> None:
    """Write past the program, as a flipped bit or another tool would."""
    assert database.path is not None
    with closing(connect_sqlite(database.path, foreign_keys=foreign_keys)) as connection:
        connection.execute("pragma ignore_check_constraints=1")
        for statement in statements:
            connection.execute(statement)


def kinds(found: Check) -> set[FaultKind]:
    return {fault.kind for fault in found.faults}


def only_fault(found: Check) -> tuple[FaultKind, str, str]:
    (fault,) = found.faults
    return fault.kind, fault.where, fault.what


def test_a_network_at_work_has_no_faults_and_is_counted(network: Database) -> None:
    found = check_network(network)

    assert found.faults == ()
    assert (found.donors, found.recipients, found.lots) == (40, 60, 40)
    assert found.actions > 10
    assert network.faults == ()


def test_a_value_that_nobody_wrote_is_named_by_code_and_column(network: Database) -> None:
    tamper(network, "UPDATE lot SET volume = volume + 1024 WHERE code = 'L-0003'")

    found = check_network(network)

    assert only_fault(found) == (FaultKind.ROW, "L-0003", "volume")
    assert found.is_damaged
    assert not found.is_unfit
    assert str(fault_words(found.faults[0])) == "L-0003 is not as it was last saved (volume)."


def test_a_fault_never_says_what_stands_there(network: Database) -> None:
    tamper(network, "UPDATE household SET phone = '+16035550199', notes = 'private' WHERE id = 4")

    (fault,) = check_network(network).faults

    assert "notes, phone" in str(fault_words(fault))
    assert "D-0004" in str(fault_words(fault))
    assert "private" not in str(fault_words(fault))


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE lot SET expressed_to = 'last week' WHERE code = 'L-0003'", "L-0003"),
        ("UPDATE donor SET state = 'flipped' WHERE code = 'D-0005'", "D-0005"),
        ("UPDATE household SET name = x'00ff' WHERE id = 4", "D-0004 (household 4)"),
    ],
)
def test_what_cannot_stand_there_is_a_fault_of_that_row_alone(
    network: Database, statement: str, where: str
) -> None:
    tamper(network, statement)

    found = check_network(network)

    assert [fault.where for fault in found.faults if "." not in fault.where and fault.where != "lot"] == [
        where
    ]
    assert kinds(found) <= {FaultKind.VALUE, FaultKind.ROW}


def test_a_row_that_is_gone_and_one_that_came_from_nowhere_are_found(network: Database) -> None:
    tamper(
        network,
        "DELETE FROM question WHERE id = 1",
        "UPDATE question SET id = 9999 WHERE id = 2",
        foreign_keys=False,
    )

    found = [fault for fault in check_network(network).faults if fault.kind is FaultKind.ROW]

    assert [fault.what for fault in found] == ["it is not in the history", "it is missing", "it is missing"]


def test_text_that_is_none_is_named_and_no_server_is_blamed(network: Database) -> None:
    tamper(network, "UPDATE household SET name = CAST(x'41ff42' AS TEXT) WHERE id = 4")

    found = check_network(network)

    assert (FaultKind.TEXT, "D-0004 (household 4)", "name") in [
        (fault.kind, fault.where, fault.what) for fault in found.faults
    ]
    with (
        pytest.raises(UnreadableTextError, match=r"D-0004 \(household 4\), name"),
        network.reading() as session,
    ):
        session.execute(sa.text("SELECT name FROM household")).all()


def test_a_reference_to_nothing_and_a_forged_history_are_told_at_the_start(network: Database) -> None:
    tamper(
        network,
        "UPDATE lot SET donor_id = 4711 WHERE code = 'L-0003'",
        "DROP TRIGGER audit_update_refused",
        "UPDATE audit SET label = 'Forged' WHERE id = 2",
        foreign_keys=False,
    )
    assert network.path is not None

    again = open_database(network.path, clock=lambda: NOW)

    assert [(fault.kind, fault.where) for fault in again.faults] == [
        (FaultKind.RULES, ""),  # the guard that stood in the way
        (FaultKind.REFERENCE, "L-0003"),
        (FaultKind.HISTORY, "2"),
    ]
    again.dispose()


def test_amounts_that_do_not_add_up_are_the_books_and_not_the_file(network: Database) -> None:
    with network.reading() as session:
        hold = session.scalars(sa.select(HoldRow).order_by(HoldRow.id)).first()
        assert hold is not None
        assert hold.lot_id
    tamper(network, "UPDATE lot SET volume = 1 WHERE id = (SELECT lot_id FROM hold ORDER BY id LIMIT 1)")

    found = check_network(network)

    assert FaultKind.AMOUNT in kinds(found)
    assert [fault.what for fault in found.faults if fault.kind is FaultKind.AMOUNT] == [
        "more is promised or was handed over than there was"
    ]


def test_a_damaged_file_is_checked_too(network: Database) -> None:
    network.dispose()
    assert network.path is not None
    content = bytearray(network.path.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * (4 * 4096)
    network.path.write_bytes(content)

    found = check_at(network.path)

    assert kinds(found) == {FaultKind.STRUCTURE}
    assert found.is_unfit


def test_an_older_network_is_checked_as_a_file_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copyfile(Path(__file__).parents[2] / "data" / "network-0002.db", path)

    found = check_at(path)

    assert (found.donors, found.faults) == (1, ())
    with closing(connect_sqlite(path)) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [("0002",)]


def test_what_is_no_network_is_not_checked(tmp_path: Path) -> None:
    with pytest.raises(NoNetworkError):
        check_at(tmp_path / "none.db")
    (tmp_path / "list.csv").write_text("Name,Town\n" * 500)
    with pytest.raises(NotANetworkError):
        check_at(tmp_path / "list.csv")


@pytest.mark.postgresql
def test_a_network_on_a_server_is_checked_by_its_history(postgresql_database: Database) -> None:
    assert check_network(postgresql_database).faults == ()


def test_a_backup_of_a_network_with_faults_is_kept_and_says_so(network: Database) -> None:
    sound = backups.back_up_now(network)
    tamper(network, "UPDATE lot SET volume = volume + 1024 WHERE code = 'L-0003'")

    faulty = backups.back_up_now(network)

    assert (sound.was_faulty, faulty.was_faulty) == (False, True)
    assert faulty.path.name.endswith("-by-hand-faulty.db")
    assert backups.backups(network)[0] == faulty


def test_the_command_line_checks_and_lists_what_is_wrong(network: Database) -> None:
    assert network.path is not None
    milkrun = CommandLine(network.path)
    assert "Nothing is wrong" in milkrun.do("check")
    assert milkrun.read("check")["faults"] == []
    tamper(network, "UPDATE lot SET volume = volume + 1024 WHERE code = 'L-0003'")

    answer = milkrun("check")

    assert (answer.code, answer.out) == (1, "L-0003 is not as it was last saved (volume).\n")
    assert answer.err == "milkrun: The check found 1 fault. “milkrun restore” lists the backups.\n"
    assert milkrun("check", "--json").document["faults"] == [
        {"kind": "row", "where": "L-0003", "what": "volume"}
    ]


def test_a_copy_folds_its_log_in(network: Database) -> None:
    assert network.path is not None
    network.dispose()
    with closing(connect_sqlite(network.path)) as connection:
        fold_in_log(connection)

    assert check_at(network.path).faults == ()
