"""Forgetting a family in the backups: nothing of it is left there, and none is lost on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.bootstrap import open_database
from coordinator.db import forgetting_copies
from coordinator.db.checks import check_file
from coordinator.db.copies import copy_rekeyed
from coordinator.db.database import Database
from coordinator.domain.families.forgotten_copies import CopyState, FamilyCopy
from coordinator.domain.records.keys import Key
from coordinator.services.families.forgetting import forget_family
from coordinator.services.families.forgetting_copies import copies_of_network, forget_in_copies
from coordinator.services.records.backups import back_up_now
from coordinator.services.records.recalling import recall
from tests.builders import NOW
from tests.integration.families.test_forgetting import CODE, by_codes
from tests.made_once import MadeOnce
from tests.pickup_builders import SATURDAY
from tests.secret_family import Secrets, secrets_made_once

KEY = bytes(range(32))


@pytest.fixture(params=[None, KEY], ids=["plain", "keyed"])
def told(
    request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path, made_once: MadeOnce
) -> Iterator[tuple[Database, Secrets]]:
    """Give a network with a backup, and what is told of its first donor's family."""
    made, secrets = secrets_made_once(migrated_file, made_once)
    copy_rekeyed(made, tmp_path / "network.db", None, request.param)
    database = open_database(tmp_path / "network.db", key=request.param, clock=lambda: NOW)
    back_up_now(database)
    yield database, secrets
    database.dispose()


def plain_bytes(path: Path, key: Key | None, folder: Path) -> bytes:
    """Return the file at *path* as bytes that can be read, locked or not."""
    if key is None:
        return path.read_bytes()
    copy_rekeyed(path, folder / "plain.db", key, None)
    return (folder / "plain.db").read_bytes()


def test_a_backup_is_listed_treated_and_whole(told: tuple[Database, Secrets], tmp_path: Path) -> None:
    database, secrets = told
    (backup,) = copies_of_network(database, CODE)
    assert (backup.state, backup.is_locked) == (CopyState.HOLDS, database.key is not None)
    before = by_codes(recall(database, CODE, SATURDAY))
    forget_family(database, CODE, SATURDAY)
    assert [one.state for one in copies_of_network(database, CODE)] == [CopyState.HOLDS]
    told_so: list[tuple[int, int]] = []
    done = forget_in_copies(database, CODE, {backup.path}, progress=lambda now, of: told_so.append((now, of)))
    assert [one.state for one in done] == [CopyState.NOT_IN_IT]
    assert told_so == [(1, 1)]
    left = plain_bytes(backup.path, database.key, tmp_path)
    assert [one for one in secrets.all() if one in left] == []
    assert check_file(backup.path, database.key, SATURDAY).faults == ()
    assert backup.path.stat().st_mode & 0o077 == 0
    assert [one.name for one in backup.path.parent.iterdir() if one.suffix == ".partial"] == []
    kept = open_database(shutil.copy(backup.path, tmp_path / "back.db"), key=database.key)
    assert by_codes(recall(kept, CODE, SATURDAY)) == before
    kept.dispose()


def test_a_kill_half_way_leaves_the_backup_as_it_was(told: tuple[Database, Secrets]) -> None:
    database, _ = told
    (backup,) = copies_of_network(database, CODE)
    before = backup.path.read_bytes()
    child = os.fork()
    if not child:
        forgetting_copies.checked_counts = _count_or_die()  # type: ignore[assignment,attr-defined] # in the child alone
        forget_in_copies(database, CODE, {backup.path})
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert backup.path.read_bytes() == before
    assert [one.state for one in forget_in_copies(database, CODE, {backup.path})] == [CopyState.NOT_IN_IT]


def _count_or_die() -> object:
    asked: list[Path] = []

    def count(path: Path, key: Key | None = None) -> dict[str, int]:
        asked.append(path)
        if len(asked) > 1:  # the copy is finished and about to take the backup's place
            os._exit(9)
        from coordinator.db.backups import checked_counts  # noqa: PLC0415 - of the child alone

        return checked_counts(path, key)

    return count


def test_cancelling_leaves_the_rest_alone_and_other_keys_are_told(
    told: tuple[Database, Secrets], tmp_path: Path
) -> None:
    database, _ = told
    (backup,) = copies_of_network(database, CODE)
    (after,) = forget_in_copies(database, CODE, {backup.path}, is_cancelled=lambda: True)
    assert after.holds
    other = backup.path.with_name("milkrun-2026-01-01-000000-by-hand.db")
    copy_rekeyed(backup.path, other, database.key, bytes(reversed(KEY)))
    damaged = backup.path.with_name("milkrun-2026-01-01-000001-by-hand.db")
    damaged.write_bytes(b"no network at all")
    states: dict[str, FamilyCopy] = {one.path.name: one for one in copies_of_network(database, CODE)}
    assert states[other.name].state is CopyState.LOCKED
    assert states[damaged.name].state is CopyState.UNREADABLE


def test_another_family_with_the_same_code_is_not_touched(told: tuple[Database, Secrets]) -> None:
    database, _ = told
    (backup,) = copies_of_network(database, CODE)
    marks = {1: "of another family that had this number"}
    assert forgetting_copies.state_in_copy(backup.path, database.key, marks) is CopyState.NOT_IN_IT
