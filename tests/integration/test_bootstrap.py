"""Opening the network: where it is, and one window per file."""

from pathlib import Path

import pytest

from coordinator.adapters.computer import instance
from coordinator.bootstrap import (
    data_folder,
    default_database_url,
    make_network,
    open_database,
    was_asked_to_come_forward,
)
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.errors import AlreadyOpenError, NoNetworkError, NotANetworkError, UserError
from coordinator.second_start import wake_other_window
from tests.networks import opened_network


def test_the_network_is_in_the_data_folder_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert default_database_url() == f"sqlite:///{data_folder() / 'network.db'}"

    monkeypatch.setenv("MILKRUN_DATABASE", "postgresql://server/milk")
    assert default_database_url() == "postgresql://server/milk"


def test_an_empty_network_is_made_in_the_data_folder_only_when_asked_for(own_folders: None) -> None:
    with pytest.raises(NoNetworkError, match="milkrun new"):
        open_database()
    assert not data_folder().exists()

    assert make_network() == data_folder() / "network.db"
    database = open_database()

    assert database.path == data_folder() / "network.db"
    assert database.change_counter() == 0
    database.dispose()
    assert not list(data_folder().glob("*.making*"))


def test_a_network_is_never_made_over_something_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "network.db").write_text("Name,Town\n")

    with pytest.raises(UserError, match="already"):
        make_network(tmp_path / "network.db")

    assert (tmp_path / "network.db").read_text() == "Name,Town\n"


def test_no_network_is_made_where_the_log_of_another_lies(tmp_path: Path) -> None:
    (tmp_path / "network.db-wal").write_bytes(b"what was not folded in")

    with pytest.raises(UserError, match="The log of another network"):
        make_network(tmp_path / "network.db")
    assert [path.name for path in tmp_path.iterdir()] == ["network.db-wal"]


def test_a_second_window_is_refused_and_the_first_is_asked_to_come_forward(tmp_path: Path) -> None:
    first = opened_network(tmp_path / "network.db", alone=True)
    assert not was_asked_to_come_forward(first)

    with pytest.raises(AlreadyOpenError, match="comes to the front"):
        opened_network(tmp_path / "network.db", alone=True)

    assert was_asked_to_come_forward(first)
    assert not was_asked_to_come_forward(first)
    first.dispose()


def test_a_second_start_wakes_the_first_window_before_it_opens_anything(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    assert not wake_other_window(str(path))
    first = opened_network(path, alone=True)

    assert wake_other_window(f"sqlite:///{path}")
    assert was_asked_to_come_forward(first)

    first.dispose()
    assert not wake_other_window(str(path))
    assert not wake_other_window("postgresql://server/milk")


def test_the_command_line_works_beside_a_window_which_sees_that_something_changed(tmp_path: Path) -> None:
    window = opened_network(tmp_path / "network.db", alone=True)
    before = window.change_counter()

    command_line = opened_network(tmp_path / "network.db", origin="command line")
    with command_line.writing(Action("test.wrote", "Wrote something")) as session:
        session.add(HouseholdRow(name="Ada", name_on_paper="Ada"))
    command_line.dispose()

    assert window.change_counter() != before
    assert not was_asked_to_come_forward(window)
    window.dispose()


def test_closing_lets_the_next_window_in(tmp_path: Path) -> None:
    opened_network(tmp_path / "network.db", alone=True).dispose()

    opened_network(tmp_path / "network.db", alone=True).dispose()


def test_a_start_that_fails_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "network.db").write_text("Name,Town\n")
    with pytest.raises(NotANetworkError):
        open_database(tmp_path / "network.db", alone=True)

    (tmp_path / "network.db").unlink()
    opened_network(tmp_path / "network.db", alone=True).dispose()


def test_an_old_request_does_not_raise_a_new_window(tmp_path: Path) -> None:
    instance.ask_to_come_forward(tmp_path / "network.db")

    window = opened_network(tmp_path / "network.db", alone=True)

    assert not was_asked_to_come_forward(window)
    window.dispose()


@pytest.mark.postgresql
def test_a_server_serves_many_windows(postgresql_database: Database) -> None:
    url = postgresql_database.engine.url.render_as_string(hide_password=False)

    windows = [open_database(url, alone=True) for _ in range(2)]

    assert not was_asked_to_come_forward(windows[0])
    for window in windows:
        assert window.change_counter() == 0
        window.dispose()


@pytest.mark.parametrize("address", ["{}", "sqlite:///{}"])
def test_a_path_and_its_url_mean_the_same_file(tmp_path: Path, address: str) -> None:
    make_network(tmp_path / "network.db")
    database = open_database(address.format(tmp_path / "network.db"))

    assert database.path == tmp_path / "network.db"
    assert database.url == f"sqlite:///{tmp_path / 'network.db'}"
    database.dispose()
