"""Forgetting a family: no byte of it is left, and everything that others need is as before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from coordinator.db.audit import first_broken_link
from coordinator.db.base import Base
from coordinator.db.checks import check_session
from coordinator.db.database import Database
from coordinator.db.forgetting_rows import File, belongings_of
from coordinator.db.households import HouseholdRow
from coordinator.db.network_file import LOG, beside
from coordinator.domain.families.forgetting import RULES, Row, TraceKind
from coordinator.domain.records.history import Action
from coordinator.domain.records.recall import Recall
from coordinator.errors import UserError
from coordinator.services.families.forgetting import ForgottenError, forget_family, plan_to_forget
from coordinator.services.families.removing import StillNeededError
from coordinator.services.records import history
from coordinator.services.records.recalling import recall
from tests.builders import NOW
from tests.made_once import MadeOnce
from tests.pickup_builders import SATURDAY, a_region
from tests.secret_family import Secrets, a_family_of_secrets, secrets_made_once

CODE = "D-0001"
NOTED = Action("test.noted", "Noted something")


def by_codes(found: Recall) -> Recall:
    """Return a recall with nothing in it but codes, days, ounces and how many babies."""
    nobody: dict[str, Any] = {
        "donor_name": "",
        "recipient_name": "",
        "phone": "",
        "received_by": "",
        "position": None,
    }
    return replace(
        found,
        given=tuple(replace(one, **nobody) for one in found.given),
        not_given=tuple(replace(one, recipient_name="") for one in found.not_given),
        elsewhere=tuple(replace(one, recipient_name="", received_by="", why="") for one in found.elsewhere),
    )


def every_text(database: Database) -> Iterator[str]:
    """Yield every text there is in the network, those of the history too."""
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(sa.select(*table.columns)):
                yield from (str(value) for value in row if value is not None)


@pytest.fixture
def told(tmp_path: Path, migrated_file: Path, made_once: MadeOnce) -> Iterator[tuple[Database, Secrets]]:
    """Give a network with a family of whom everything is told, and what is told."""
    made, secrets = secrets_made_once(migrated_file, made_once)
    database = Database.open(shutil.copy(made, tmp_path / "network.db"), clock=lambda: NOW)
    yield database, secrets
    database.dispose()


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in (path, beside(path, LOG)) if one.exists())


def test_no_byte_of_a_forgotten_family_is_left_in_the_file(told: tuple[Database, Secrets]) -> None:
    sqlite_database, secrets = told
    path = sqlite_database.path
    assert path is not None
    before = bytes_on_disk(path)
    assert [one for one in secrets.all() if one not in before] == [], "each secret was there"
    recalls = {code: recall(sqlite_database, code, SATURDAY) for code in ("D-0001", "D-0002", "R-0003")}
    done = forget_family(sqlite_database, CODE, SATURDAY)
    assert done.is_swept
    assert set(done.codes) == {"D-0001", "R-0003", "V-0002"}
    left = [one for one in secrets.all() if one in bytes_on_disk(path)]
    where = [place for place, words in secrets.written.items() for one in words if one.encode() in left]
    assert where == []
    for code, found in recalls.items():
        assert by_codes(recall(sqlite_database, code, SATURDAY)) == by_codes(found)
    assert recalls["D-0001"].given
    with sqlite_database.reading() as session:
        assert first_broken_link(session) is None
        assert check_session(session, SATURDAY).faults == ()


def test_every_table_of_the_family_was_written_in(told: tuple[Database, Secrets]) -> None:
    sqlite_database, _ = told
    with sqlite_database.reading() as session:
        home = int(session.scalar(sa.text("SELECT household_id FROM donor WHERE code = 'D-0001'")) or 0)
        found = belongings_of(File(session.connection()), {home})
    tables = {table for table, rule in RULES.items() if rule.row is not Row.OF_NO_FAMILY}
    assert {table for table in tables if not found.rows[table]} == set()


def test_on_a_server_no_text_of_a_forgotten_family_is_left(postgresql_database: Database) -> None:
    _, secrets = a_family_of_secrets(postgresql_database)
    done = forget_family(postgresql_database, CODE, SATURDAY)
    assert done.is_swept is None
    texts = "\n".join(every_text(postgresql_database))
    assert [one for one in secrets.all() if one.decode() in texts] == []


def test_a_family_with_milk_on_the_road_is_not_forgotten_and_told_why(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    for code in (region.donors[0], region.recipients[0]):
        with pytest.raises(StillNeededError, match="H-0001"):
            plan_to_forget(sqlite_database, code, SATURDAY)
        with pytest.raises(StillNeededError, match="release that first"):
            forget_family(sqlite_database, code, SATURDAY)


def test_forgetting_is_no_step_of_undo_and_nothing_before_it_comes_back(
    told: tuple[Database, Secrets],
) -> None:
    sqlite_database, _ = told
    entries = history.history(sqlite_database)
    forget_family(sqlite_database, CODE, SATURDAY)
    newest = history.history(sqlite_database)[0]
    assert newest.label == "Forgot D-0001"
    for entry in (newest, *entries[:3]):
        with pytest.raises(UserError, match="cannot be undone"):
            history.undo_action(sqlite_database, entry.id)
    assert history.undo_state(sqlite_database).undo is None
    with pytest.raises(ForgottenError, match="was forgotten on"):
        forget_family(sqlite_database, CODE, SATURDAY)


def test_words_in_others_notes_are_shown_and_taken_out_where_she_says_so(
    told: tuple[Database, Secrets],
) -> None:
    sqlite_database, _ = told
    with sqlite_database.writing(NOTED) as session:
        home = session.execute(sa.text("SELECT id FROM household WHERE name = 'Mia Quist'")).scalar_one()
        own, other = session.get_one(HouseholdRow, 1), session.get_one(HouseholdRow, home)
        own.name, own.phone = "Zoë Ahlberg", "+16035550177"
        other.notes = "lives next to Zoë Ahlberg, (603) 555-0177; the Ahlberg dog is loud"
    plan = plan_to_forget(sqlite_database, CODE, SATURDAY)
    assert "D-0002 (household 2)" in {one.of for one in plan.traces}
    done = forget_family(sqlite_database, CODE, SATURDAY, words_too=True)
    assert done.taken_out
    with sqlite_database.reading() as session:
        notes = session.scalar(sa.text("SELECT notes FROM household WHERE id = 2"))
    assert notes == "lives next to …, …; the Ahlberg dog is loud"
    assert {one.kind for one in done.left} == {TraceKind.SHOWN, TraceKind.MAYBE}
    assert [one.text for one in done.left if one.kind is TraceKind.MAYBE] == [notes]
    texts = "\n".join(every_text(sqlite_database))
    assert "Zoë Ahlberg" not in texts
    assert json.dumps("Zoë Ahlberg")[1:-1] not in texts
