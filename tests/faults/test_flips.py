"""A flipped bit or a file cut short is found where it changed anything, and there is a way back from it."""

import os
import shutil
from pathlib import Path

import pytest

from coordinator.bootstrap import open_database
from coordinator.services.records.backups import back_up_now
from tests.faults.children import run_forked
from tests.faults.flips import damaged
from tests.faults.worked_network import NAME

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no fork on Windows")


def back_up(network: Path) -> None:
    database = open_database(network)
    back_up_now(database)
    database.dispose()


def test_no_damage_changes_what_is_there_without_being_found(seacoast_file: Path, tmp_path: Path) -> None:
    (tmp_path / "original").mkdir()
    network = Path(shutil.copy(seacoast_file, tmp_path / "original" / NAME))
    run_forked(lambda: back_up(network))

    for damage, ended in damaged(network, tmp_path, flips=6, truncations=2):
        assert not ended.trouble, (damage, ended.trouble)
        assert ended.value.is_recovered, damage
        assert ended.value.check != "nothing" or not ended.value.is_changed, damage
