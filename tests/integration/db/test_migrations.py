"""The schema's history: it builds what the tables say, and upgrading an older file loses nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from coordinator import bootstrap
from coordinator.bootstrap import open_database
from coordinator.db import migrations
from coordinator.db.backups import checked_counts
from coordinator.db.database import Database
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from coordinator.db.migrations import HISTORY, History, bring_up_to_date, new, revision_of
from coordinator.db.policies import overrulings
from coordinator.domain.policies.verdicts import NOT_A_FIT, Reason
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.overruling import overrule
from coordinator.errors import AlreadyOpenError, DamagedFileError, DiskFullError, NewerFileError
from coordinator.sayings import coded
from coordinator.services.records.backups import backups, preview_restore
from tests.integration.postgresql import Server
from tests.networks import opened_network

HOUSE = Path(__file__).parents[3]
OLD_FILES = sorted((HOUSE / "tests" / "data").glob("network-*.db"))
WRITE = Action("test.wrote", "Wrote something")

HEADER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = {revision!r}, {before!r}
def upgrade():
"""
FAMILY_AND_BAGS = """
    op.create_table("family", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
    op.create_table("bag", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("family_id", sa.Integer, sa.ForeignKey("family.id", ondelete="CASCADE"), nullable=False))
    op.create_table("noted", sa.Column("what", sa.String))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TRIGGER noted_family AFTER INSERT ON family"
                   " BEGIN INSERT INTO noted VALUES (new.name); END")
"""
REBUILT_FAMILY = """
    with op.batch_alter_table("family") as family:
        family.alter_column("name", existing_type=sa.String(), nullable=False)
        family.add_column(sa.Column("town", sa.String, nullable=False, server_default=""))
"""
A_STEP_THAT_FAILS = """
    op.add_column("family", sa.Column("half_done", sa.String))
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
A_STEP_THAT_ORPHANS = """
    op.execute("DELETE FROM family")
"""


def a_history(folder: Path, *steps: str) -> History:
    """Write *steps* as migrations 0001, 0002… and return their history."""
    scripts = folder / "steps" / "versions"
    shutil.rmtree(scripts, ignore_errors=True)
    scripts.mkdir(parents=True)
    numbers = [f"{number:04d}" for number in range(1, len(steps) + 1)]
    for number, before, step in zip(numbers, [None, *numbers], steps, strict=False):
        (scripts / f"{number}_step.py").write_text(HEADER.format(revision=number, before=before) + step)
    return History(tuple(numbers), scripts)


def fill(database: Database) -> None:
    """Write two families with three bags into a database of the first step."""
    with database.writing(WRITE) as session:
        for statement in (
            "INSERT INTO family (id, name) VALUES (1, 'Ada'), (2, 'Bo')",
            "INSERT INTO bag (id, family_id) VALUES (1, 1), (2, 1), (3, 2)",
        ):
            session.connection().execute(text(statement))


def count(database: Database, table: str) -> int:
    with database.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a database without a schema."""
    server: Server | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    url = server.empty_database() if server else str(tmp_path / "network.db")
    database = Database.open(url, make=True)
    yield database
    database.dispose()
    if server:
        server.drop(url)


def test_the_migrations_build_what_the_tables_say(empty_database: Database) -> None:
    bring_up_to_date(empty_database)

    with empty_database.engine.connect() as connection:
        missing = new.difference(connection).upgrade_ops
    assert missing is not None
    assert missing.as_diffs() == []


def test_the_difference_would_be_seen(empty_database: Database) -> None:
    bring_up_to_date(empty_database)
    with empty_database.writing(WRITE) as session:
        session.connection().execute(text("ALTER TABLE household DROP COLUMN notes"))

    with empty_database.engine.connect() as connection:
        missing = new.difference(connection).upgrade_ops
    assert missing is not None
    assert [diff[0] for diff in missing.as_diffs()] == ["add_column"]


def test_every_script_stands_in_the_history_in_its_order() -> None:
    scripts = ScriptDirectory(str(HISTORY.scripts.parent), version_locations=[str(HISTORY.scripts)])

    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == HISTORY.revisions


def test_a_file_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    opened_network(tmp_path / "network.db").dispose()
    program = (
        "import sys; from coordinator.bootstrap import open_database;"
        f" open_database({str(tmp_path / 'network.db')!r}).dispose(); print('alembic' in sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, check=True, capture_output=True, text=True
    )

    assert answer.stdout == "False\n"


def test_migrating_twice_does_nothing_the_second_time(empty_database: Database) -> None:
    assert bring_up_to_date(empty_database)
    assert not bring_up_to_date(empty_database)
    assert revision_of(empty_database) == HISTORY.revisions[-1]


def test_rebuilding_a_table_loses_no_children_and_no_triggers(
    empty_database: Database, tmp_path: Path
) -> None:
    bring_up_to_date(empty_database, history=a_history(tmp_path, FAMILY_AND_BAGS))
    fill(empty_database)

    bring_up_to_date(empty_database, history=a_history(tmp_path, FAMILY_AND_BAGS, REBUILT_FAMILY))

    assert (count(empty_database, "family"), count(empty_database, "bag")) == (2, 3)
    with empty_database.writing(WRITE) as session:
        session.connection().execute(text("INSERT INTO family (id, name, town) VALUES (3, 'Cy', 'Saco')"))
    if empty_database.is_sqlite:
        assert count(empty_database, "noted") == 3
    with pytest.raises(DBAPIError), empty_database.engine.begin() as connection:
        connection.execute(text("INSERT INTO bag (id, family_id) VALUES (4, 99)"))


def test_the_danger_is_real_without_our_care(tmp_path: Path) -> None:
    """With foreign keys on, the rebuild that SQLite needs deletes the children and says nothing."""
    database = Database.open(tmp_path / "network.db", make=True)
    bring_up_to_date(database, history=a_history(tmp_path, FAMILY_AND_BAGS))
    fill(database)

    with closing(connect_sqlite(tmp_path / "network.db")) as connection:
        connection.execute("create table family_new (id integer primary key, name varchar not null)")
        connection.execute("insert into family_new select * from family")
        connection.execute("drop table family")
        connection.execute("alter table family_new rename to family")

    assert count(database, "bag") == 0
    database.dispose()


@pytest.mark.parametrize(
    "step", [A_STEP_THAT_FAILS, REBUILT_FAMILY + A_STEP_THAT_FAILS], ids=["plain", "after a rebuild"]
)
def test_a_step_that_fails_leaves_everything_as_it_was(
    empty_database: Database, tmp_path: Path, step: str
) -> None:
    first = a_history(tmp_path, FAMILY_AND_BAGS)
    bring_up_to_date(empty_database, history=first)
    fill(empty_database)

    with pytest.raises(DBAPIError):
        bring_up_to_date(empty_database, history=a_history(tmp_path, FAMILY_AND_BAGS, step))

    assert revision_of(empty_database, first) == "0001"
    assert (count(empty_database, "family"), count(empty_database, "bag")) == (2, 3)
    columns = {column["name"] for column in inspect(empty_database.engine).get_columns("family")}
    assert columns == {"id", "name"}


def test_a_step_that_leaves_orphans_is_not_kept(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "network.db", make=True)
    bring_up_to_date(database, history=a_history(tmp_path, FAMILY_AND_BAGS))
    fill(database)

    with pytest.raises(DamagedFileError):
        bring_up_to_date(database, history=a_history(tmp_path, FAMILY_AND_BAGS, A_STEP_THAT_ORPHANS))

    assert (count(database, "family"), count(database, "bag")) == (2, 3)
    database.dispose()


def test_a_database_from_a_newer_program_is_refused(empty_database: Database, tmp_path: Path) -> None:
    newer = a_history(tmp_path, FAMILY_AND_BAGS, REBUILT_FAMILY)
    bring_up_to_date(empty_database, history=newer)

    with pytest.raises(NewerFileError):
        bring_up_to_date(empty_database, history=a_history(tmp_path, FAMILY_AND_BAGS))


def test_an_upgrade_backs_up_first_and_a_new_file_needs_none(tmp_path: Path) -> None:
    happened: list[str] = []
    database = Database.open(tmp_path / "network.db", make=True)
    note: Callable[[], object] = lambda: happened.append("backup")  # noqa: E731

    bring_up_to_date(database, before_upgrade=note, history=a_history(tmp_path, FAMILY_AND_BAGS))
    assert happened == []
    longer = a_history(tmp_path, FAMILY_AND_BAGS, REBUILT_FAMILY)
    bring_up_to_date(database, before_upgrade=note, history=longer)
    bring_up_to_date(database, before_upgrade=note, history=longer)

    assert happened == ["backup"]
    database.dispose()


def test_a_backup_that_fails_stops_the_upgrade(tmp_path: Path) -> None:
    first = a_history(tmp_path, FAMILY_AND_BAGS)
    database = Database.open(tmp_path / "network.db", make=True)
    bring_up_to_date(database, history=first)

    def no_room() -> None:
        raise DiskFullError

    longer = a_history(tmp_path, FAMILY_AND_BAGS, REBUILT_FAMILY)
    with pytest.raises(DiskFullError):
        bring_up_to_date(database, before_upgrade=no_room, history=longer)

    assert revision_of(database, longer) == "0001"
    database.dispose()


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> History:
    """Pretend that the program has one step more than its files."""
    scripts = tmp_path / "next" / "versions"
    shutil.copytree(HISTORY.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    number = f"{int(HISTORY.revisions[-1]) + 1:04d}"
    step = '    with op.batch_alter_table("household") as table:\n'
    step += '        table.add_column(sa.Column("pet", sa.String, nullable=True))\n'
    (scripts / f"{number}_pet.py").write_text(
        HEADER.format(revision=number, before=HISTORY.revisions[-1]) + step
    )
    longer = History((*HISTORY.revisions, number), scripts)
    monkeypatch.setattr(bootstrap, "HISTORY", longer)
    monkeypatch.setattr(
        migrations.bring_up_to_date, "__kwdefaults__", {"before_upgrade": None, "history": longer}
    )
    monkeypatch.setattr(migrations.revision_of, "__defaults__", (longer,))
    return longer


def an_older_network(path: Path) -> None:
    database = opened_network(path)
    with database.writing(WRITE) as session:
        session.add(HouseholdRow(name="Ada", name_on_paper="Ada"))
    database.dispose()


def test_opening_an_older_file_backs_it_up_verified_then_upgrades(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    an_older_network(tmp_path / "network.db")
    request.getfixturevalue("next_version")

    database = opened_network(tmp_path / "network.db", alone=True)

    (made,) = backups(database)
    assert made.reason is BackupReason.UPGRADE
    assert preview_restore(database, made).last_change_at is not None
    with closing(connect_sqlite(made.path)) as old:
        assert old.execute("select version_num from alembic_version").fetchall() == [(HISTORY.revisions[-1],)]
        assert old.execute("select name from household").fetchall() == [("Ada",)]
    with database.reading() as session:
        assert session.execute(text("SELECT name, pet FROM household")).all() == [("Ada", None)]
    database.dispose()


def test_nobody_upgrades_a_file_that_a_window_has_open(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_older_network(tmp_path / "network.db")
    window = opened_network(tmp_path / "network.db", alone=True)
    request.getfixturevalue("next_version")
    monkeypatch.setattr(bootstrap, "_UPGRADE_PATIENCE_S", 0.1)

    with pytest.raises(AlreadyOpenError):
        open_database(tmp_path / "network.db")

    with window.reading() as session:
        assert session.scalars(select(HouseholdRow.name)).all() == ["Ada"]
    window.dispose()


def test_there_is_a_file_of_every_released_step() -> None:
    assert [path.stem.split("-")[1] for path in OLD_FILES] == list(HISTORY.revisions)


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.stem)
def test_a_file_of_an_older_program_opens_with_everything_in_it(old: Path, tmp_path: Path) -> None:
    shutil.copyfile(old, tmp_path / "network.db")
    before = checked_counts(tmp_path / "network.db")

    database = opened_network(tmp_path / "network.db")

    assert {name: count(database, f'"{name}"') for name in before} == before
    assert before
    assert 0 not in before.values()
    with database.engine.connect() as connection:
        missing = new.difference(connection).upgrade_ops
    assert missing is not None
    assert missing.as_diffs() == []
    database.dispose()


def test_the_maintainers_command_writes_a_step_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "own" / "versions"
    scripts.mkdir(parents=True)
    monkeypatch.setattr(new, "HISTORY", History((), scripts))

    written = new.main(["First tables", "--first"])

    assert written.name == "0001_first_tables.py"
    database = Database.open(tmp_path / "network.db", make=True)
    bring_up_to_date(database, history=History(("0001",), scripts))
    with database.engine.connect() as connection:
        missing = new.difference(connection).upgrade_ops
    assert missing is not None
    assert missing.as_diffs() == []
    database.dispose()
    assert [path.name for path in scripts.glob("*.py")] == [written.name]
    assert "coordinator.db.base" not in written.read_text()  # a step must not change with the program


def test_a_number_left_out_of_the_history_lets_no_step_be_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = a_history(tmp_path, "    pass\n", "    pass\n", "    pass\n")
    (own.scripts / "0002_step.py").unlink()
    own = History(("0001", "0003"), own.scripts)
    kept = {path: path.read_text() for path in own.scripts.glob("*.py")}
    monkeypatch.setattr(new, "HISTORY", own)
    monkeypatch.setattr(new, "_difference", lambda *, upgraded: f"assert {upgraded}")

    written = new.main(["One more"])

    assert written.name == "0004_one_more.py"
    assert {path: path.read_text() for path in kept} == kept
    assert "down_revision = '0003'" in written.read_text()


def test_donors_who_were_current_can_offer_or_have_questions(tmp_path: Path) -> None:
    """Of an older file the one donor is current, and her family's one question is open."""
    kinds = {}
    for name, state in (("open", "open"), ("answered", "answered")):
        file = tmp_path / f"{name}.db"
        shutil.copyfile(HOUSE / "tests" / "data" / "network-0002.db", file)
        with closing(connect_sqlite(file)) as old:
            old.execute("update donor set state = 'current'")
            old.execute("update question set state = ?", (state,))
            old.commit()
        database = open_database(file)
        with database.reading() as session:
            kinds[name] = session.execute(text("SELECT state, bereaved, state_note FROM donor")).one()
        database.dispose()

    assert [tuple(row) for row in kinds.values()] == [("questions", 0, ""), ("can offer", 0, "")]


def test_an_overruling_that_was_told_in_words_keeps_them_and_has_the_key_of_the_reason(
    tmp_path: Path,
) -> None:
    file = tmp_path / "network.db"
    shutil.copyfile(HOUSE / "tests" / "data" / "network-0005.db", file)
    words = "Told by phone: eats soy since Oct 9, 2026; baby must avoid soy"
    with closing(connect_sqlite(file)) as old:
        old.execute("update overruling set disclosed = ?, rule = 'washout'", (words,))
        old.commit()

    database = open_database(file)

    with database.reading() as session:
        (decided,) = overrulings(session)
    params = {"dates": "since Oct 9, 2026", "food": "soy"}
    reworded = Reason(NOT_A_FIT, "dairy", coded("foods.eaten_since", "other words", **params), rule="washout")
    assert decided.disclosed == words
    assert overrule((reworded,), [decided])[0].overruled == decided.words
    database.dispose()


def test_a_rebuilt_table_gives_no_number_of_a_deleted_row_again(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    shutil.copyfile(HOUSE / "tests" / "data" / "network-0001.db", path)
    with closing(connect_sqlite(path)) as old:
        old.execute("update sqlite_sequence set seq = 40")

    database = open_database(path)

    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        numbers = {str(name): int(last) for name, last in rows}
    assert {numbers[name] for name in ("donor", "recipient", "lot", "household")} == {40}
    database.dispose()
