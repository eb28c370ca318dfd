"""Nothing but SQLite opens the files of the network that is open: each reader and writer refuses them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coordinator import open_networks
from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.map_files.tile_files import open_tile_file
from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.bootstrap import Database, open_database
from coordinator.open_networks import NetworkFileError
from coordinator.services.records.exports import save_list
from coordinator.services.settings.values import change_setting, settings
from tests.locks import locks_on, only_where_locks_are_told, path_of, write_in_another_process
from ui.pickups.saving import save_pdf


@pytest.fixture
def network(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """Give a network opened as the window opens it."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = open_database(shutil.copyfile(migrated_file, folder / "network.db"), alone=True)
    yield database
    database.dispose()


def a_symlink(file: Path) -> Path:
    link = file.parents[1] / "list.csv"
    link.symlink_to(file)
    return link


def a_hard_link(file: Path) -> Path:
    link = file.parents[1] / "list.csv"
    link.hardlink_to(file)
    return link


def by_another_folder(file: Path) -> Path:
    folder = file.parents[1] / "shortcut"
    folder.symlink_to(file.parent, target_is_directory=True)
    return folder / file.name


def by_a_way_round(file: Path) -> Path:
    return file.parent / ".." / file.parent.name / file.name


def write_a_sheet(path: Path) -> None:
    write_privately(path, b"%PDF")


def export_a_list(path: Path) -> None:
    save_list(path, ["Name"], [["Ada"]])


def save_a_sheet(path: Path) -> None:
    save_pdf(path, b"%PDF")


NAMES = [Path, a_symlink, a_hard_link, by_another_folder, by_a_way_round]
USES = [read_table, open_tile_file, write_a_sheet, export_a_list, save_a_sheet]


@only_where_locks_are_told
def test_a_file_that_was_only_read_costs_the_locks_and_another_program_then_deletes_the_log(
    network: Database,
) -> None:
    file = path_of(network)
    assert locks_on(file) > 0

    file.read_bytes()
    file.with_name("network.db-shm").read_bytes()

    assert locks_on(file) == 0
    write_in_another_process(file)
    assert not file.with_name("network.db-wal").exists()


@pytest.mark.parametrize("named", NAMES)
@pytest.mark.parametrize("used", USES)
def test_the_open_network_is_refused_by_every_name_it_has(
    network: Database, named: Callable[[Path], Path], used: Callable[[Path], object]
) -> None:
    file = path_of(network)
    name = named(file)
    before = file.stat().st_ino

    with pytest.raises(NetworkFileError, match="belongs to the network that is open"):
        used(name)

    assert file.stat().st_ino == before
    assert name.samefile(file)
    assert network.change_counter() == 0


@only_where_locks_are_told
@pytest.mark.parametrize("named", NAMES)
@pytest.mark.parametrize("used", USES)
def test_a_refusal_leaves_every_lock_in_place(
    network: Database, named: Callable[[Path], Path], used: Callable[[Path], object]
) -> None:
    file = path_of(network)
    name, before = named(file), locks_on(file)

    with pytest.raises(NetworkFileError):
        used(name)

    assert locks_on(file) == before > 0
    write_in_another_process(file)
    assert file.with_name("network.db-wal").exists()


def test_whatever_stands_beside_an_open_network_is_refused_too(network: Database) -> None:
    file = path_of(network)
    beside = sorted(file.parent.iterdir())
    assert {path.name for path in beside} >= {"network.db", "network.db-wal", "network.db-shm"}

    for path in [*beside, file.with_name("network.db-journal"), file.with_name("network.db.come-forward")]:
        with pytest.raises(NetworkFileError):
            open_networks.refuse(path)


def test_a_network_opened_by_a_link_keeps_its_log_where_the_link_points_to(
    tmp_path: Path, migrated_file: Path
) -> None:
    real = Path(shutil.copyfile(migrated_file, tmp_path / "real.db"))
    link = tmp_path / "link.db"
    link.symlink_to(real)
    database = open_database(link)
    path_of(database)

    for path in (link, real, tmp_path / "real.db-wal", tmp_path / "real.db-shm"):
        with pytest.raises(NetworkFileError):
            open_networks.refuse(path)
    database.dispose()


def test_other_files_in_the_networks_folder_are_nobodys_business(network: Database) -> None:
    folder = path_of(network).parent
    sheet = folder / "P-0001-1.pdf"

    write_privately(sheet, b"%PDF")
    open_networks.refuse(folder / "milkrun-2026-11-21-120000-close.db")
    open_networks.refuse(Path("no\0name"))

    assert sheet.read_bytes() == b"%PDF"


def test_a_closed_network_is_a_file_like_any_other_once_the_last_has_let_go(
    tmp_path: Path, migrated_file: Path
) -> None:
    file = Path(shutil.copyfile(migrated_file, tmp_path / "network.db"))
    first, second = open_database(file), open_database(file)

    first.dispose()
    first.dispose()
    with pytest.raises(NetworkFileError):
        open_networks.refuse(file)
    second.dispose()

    open_networks.refuse(file)


def test_a_network_that_would_not_open_is_held_by_nobody(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name\nAda\n", "utf-8")

    with pytest.raises(Exception, match="not a Milk Run network"):
        open_database(file)

    assert read_table(file).headers == ("Name",)


def test_the_open_network_is_no_map_file_of_the_settings(network: Database) -> None:
    with pytest.raises(NetworkFileError):
        change_setting(network, "tiles_file", os.fspath(path_of(network)))

    assert settings(network).tiles_file == ""
