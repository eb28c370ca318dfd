"""A program killed before any of its steps leaves everything that was saved, where one looks for it."""

import os
from functools import partial
from pathlib import Path

import pytest

from coordinator.bootstrap import make_network
from coordinator.services.records.backups import restore_file
from tests.faults.children import NAMING_STEPS, REMOVING_STEPS, killed_before_step
from tests.faults.scenes import (
    a_network_to_replace,
    check_restore_killed,
    left_over,
    names_at,
    oldest,
)
from tests.faults.worked_network import NAME, fresh_copy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no fork on Windows")


@pytest.mark.parametrize(("is_damaged", "has_log"), [(False, False), (True, True)])
def test_a_restore_killed_before_any_step_loses_nothing(
    tmp_path: Path, *, is_damaged: bool, has_log: bool
) -> None:
    before = a_network_to_replace(tmp_path / "before", is_damaged=is_damaged, has_log=has_log)
    found = []
    number = 0
    while True:
        number += 1
        path = fresh_copy(before.path, tmp_path / "copy")
        copied = type(before)(path, before.old, before.new, before.is_damaged)
        if not killed_before_step(partial(restore_file, path, oldest(path)), number, path.parent):
            break
        found.append(check_restore_killed(copied))

    assert len(found) > 4
    assert set(found) == {"old"}, "the swap is the last step that gives a name"
    assert tuple(names_at(path)) == before.new


def test_a_network_that_was_killed_while_it_was_made_is_there_or_not(tmp_path: Path) -> None:
    number = 0
    while True:
        number += 1
        path = tmp_path / str(number) / NAME
        path.parent.mkdir()
        every = NAMING_STEPS | REMOVING_STEPS
        if not killed_before_step(partial(make_network, path), number, path.parent, every):
            break
        if not path.exists():
            make_network(path)
        assert names_at(path) == []
        assert not [one for one in path.parent.iterdir() if one.suffix == ".making"]
        assert left_over(path.parent) == []

    assert number > 2
