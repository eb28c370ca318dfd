"""What the check finds beside the rows: the rules of the file, its step, and the numbers given out next."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coordinator.bootstrap import make_network, open_database
from coordinator.db.base import next_code
from coordinator.db.donors import DonorRow
from coordinator.db.engine import connect_to_read
from coordinator.db.households import HouseholdRow
from coordinator.db.migrations import HISTORY
from coordinator.db.schema import MADE, marks
from coordinator.domain.codes import CodeLetter
from coordinator.domain.records.checks import Fault, FaultKind
from coordinator.domain.records.history import Action
from coordinator.errors import DamagedFileError
from coordinator.sayings import saying
from coordinator.services.records.checks import check_at
from tests.integration.db.old_files import DATA


def change(path: Path, *statements: str) -> None:
    """Do what no program of ours does to the network at *path*."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replace_bytes(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Make a network with two donors, the second of whom was taken away again."""
    path = make_network(tmp_path / "network.db")
    database = open_database(path)
    for name in ("Ada", "Bo"):
        with database.writing(Action("test.added", f"Added {name}")) as session:
            household = HouseholdRow(name=name, name_on_paper=name)
            session.add(household)
            session.flush()
            session.add(DonorRow(code=next_code(session, CodeLetter.DONOR), household_id=household.id))
    with database.writing(Action("test.removed", "Removed Bo")) as session:
        session.delete(session.get_one(DonorRow, 2))
    database.dispose()
    return path


def marks_of(path: Path) -> str:
    with closing(connect_to_read(path, immutable=True)) as connection:
        return "".join(marks(connection))


def test_a_new_network_has_the_rules_of_the_newest_step(network: Path) -> None:
    assert MADE[HISTORY.revisions[-1]] == marks_of(network)


@pytest.mark.parametrize("step", HISTORY.revisions)
def test_the_rules_of_a_kept_file_are_known_before_and_after_it_is_brought_up_to_date(
    tmp_path: Path, step: str
) -> None:
    path = tmp_path / "network.db"
    path.write_bytes((DATA / f"network-{step}.db").read_bytes())
    assert MADE[step] == marks_of(path)

    open_database(path).dispose()

    assert MADE[HISTORY.revisions[-1]] == marks_of(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"length(name) > 0", b"length(name) > 2"),
        (b"latitude_deg DOUBLE", b"latitude_deg DOQBLE"),
        (b"audit is append-only", b"audit is append-onlx"),
    ],
)
def test_a_bit_of_a_rule_that_is_not_as_it_was_made_is_told(network: Path, old: bytes, new: bytes) -> None:
    replace_bytes(network, old, new)

    database = open_database(network)

    assert database.faults == (Fault(FaultKind.RULES, ""),)
    database.dispose()
    found = check_at(network)
    assert found.faults == (Fault(FaultKind.RULES, ""),)
    assert found.is_unfit


def test_a_column_that_has_lost_its_name_is_damage(network: Path) -> None:
    replace_bytes(network, b"latitude_deg DOUBLE", b"latitude_dex DOUBLE")

    with pytest.raises(DamagedFileError):
        open_database(network)
    assert check_at(network).faults == (Fault(FaultKind.STRUCTURE, "", saying("its tables and rules")),)


def test_rules_that_are_no_text_any_more_are_damage_and_not_a_traceback(network: Path) -> None:
    replace_bytes(network, b"ON DELETE RESTRICT", b"ON DELETE RESTRIC\xd4")

    with pytest.raises(DamagedFileError):
        open_database(network)
    assert [fault.kind for fault in check_at(network).faults] == [FaultKind.STRUCTURE]


def test_a_step_that_the_file_has_not_taken_is_damage_and_nothing_is_changed(
    network: Path,
) -> None:
    change(network, "UPDATE alembic_version SET version_num = '0002'")
    before = network.read_bytes()

    with pytest.raises(DamagedFileError):
        open_database(network)
    assert network.read_bytes() == before


def test_what_somebody_else_added_to_the_file_is_no_damage(network: Path) -> None:
    change(
        network, "CREATE INDEX my_own ON household (town)", "CREATE VIEW towns AS SELECT town FROM household"
    )

    open_database(network).dispose()
    assert check_at(network).faults == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE donor SET version = ''", Fault(FaultKind.VALUE, "D-0001", "version")),
        ("UPDATE donor SET version = 0", Fault(FaultKind.VALUE, "D-0001", "version")),
        (
            "UPDATE code_counter SET last = 0",
            Fault(FaultKind.VALUE, saying("code counter {prefix}", prefix="D"), "last"),
        ),
        (
            "UPDATE code_counter SET last = 18",
            Fault(FaultKind.VALUE, saying("code counter {prefix}", prefix="D"), "last"),
        ),
        (
            "UPDATE code_counter SET prefix = 'E'",
            Fault(FaultKind.VALUE, saying("code counter {prefix}", prefix="D"), "last"),
        ),
        (
            "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'donor'",
            Fault(FaultKind.VALUE, "donor", saying("its next number")),
        ),
        (
            "UPDATE sqlite_sequence SET seq = 'x' WHERE name = 'donor'",
            Fault(FaultKind.VALUE, "donor", saying("its next number")),
        ),
        (
            "UPDATE sqlite_sequence SET seq = 99 WHERE name = 'audit'",
            Fault(FaultKind.VALUE, "audit", saying("its next number")),
        ),
    ],
)
def test_a_number_that_cannot_be_the_next_is_found(network: Path, statement: str, fault: Fault) -> None:
    assert check_at(network).faults == ()

    change(network, statement)

    assert fault in check_at(network).faults
