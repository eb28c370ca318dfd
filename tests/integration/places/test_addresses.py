"""Looking one address up at a server: what is sent, what is kept, and what a bad answer leaves alone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from coordinator.adapters.web import turns
from coordinator.bootstrap import Database
from coordinator.domain.places.lookups import Level, Reply
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.services.families.households import change_profile, set_position
from coordinator.services.places import addresses
from coordinator.services.records import history
from coordinator.services.settings.values import change_setting, settings
from tests import web_server
from tests.builders import a_donor
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network
from tests.web_server import DEAD, WebServer, json_of, running
from ui.errors import explain

HOUSE: dict[str, Any] = {
    "lat": "43.2361",
    "lon": "-70.8215",
    "display_name": "299, Elm Lane, Rollinsford, New Hampshire, 03869, United States",
    "place_rank": 30,
    "class": "place",
    "type": "house",
    "address": {"house_number": "299", "road": "Elm Lane"},
    "boundingbox": ["43.2360", "43.2362", "-70.8216", "-70.8214"],
}
QUERY = "299 Elm Ln, Rollinsford NH 03869"

BAD_SHAPES: tuple[Any, ...] = (
    {"error": "no"},
    [HOUSE | {"lat": "91"}],
    [HOUSE | {"lon": "somewhere"}],
    [HOUSE | {"lat": None}],
    [HOUSE | {"lat": "1e999"}],
    [HOUSE | {"display_name": ["x"]}],
    [HOUSE | {"boundingbox": ["a", "b", "c", "d"], "address": None}],
    ["text"],
    [[]],
    "text",
    None,
    7,
)


def no_wait() -> None:
    """Stand in for the second between two questions."""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with running(json_of([HOUSE])) as server:
        yield server


@pytest.fixture
def network(migrated_file: Path, tmp_path: Path, server: WebServer) -> Iterator[Database]:
    """D-0001 lives at 299 Elm Ln, and looking up is on at a server of our own."""
    path = tmp_path / "network.db"
    path.write_bytes(migrated_file.read_bytes())
    database = opened_network(path)
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, "Zoë Ueda")
    for field, value in (
        ("street", "299 Elm Ln"),
        ("town", "Rollinsford"),
        ("state", "NH"),
        ("zip_code", "03869"),
    ):
        change_profile(database, "D-0001", field, value)
    change_setting(database, "looks_up_addresses", "yes")
    change_setting(database, "nominatim_url", server.url)
    change_setting(database, "contact", "me@example.org")
    yield database
    database.dispose()


def ask(network: Database, query: str = QUERY) -> Reply:
    return addresses.look_up(network, addresses.enquiry(network, "D-0001"), query, no_wait)


def test_what_is_sent_is_shown_first_and_nothing_else_is_sent(network: Database, server: WebServer) -> None:
    asked = addresses.enquiry(network, "D-0001")
    assert (asked.query, asked.host) == (QUERY, "127.0.0.1")
    assert server.asked == []

    ask(network, asked.query)

    assert server.asked == [
        "/search?q=299+Elm+Ln%2C+Rollinsford+NH+03869&format=json&limit=1&addressdetails=1"
    ]
    assert server.agents == [asked.agent]
    assert asked.agent.endswith("(me@example.org)")


def test_a_house_is_the_address_and_undo_brings_the_zip_back(network: Database) -> None:
    reply = ask(network)
    assert reply.found is not None
    assert (reply.found.level, reply.is_far) == (Level.HOUSE, False)
    assert addresses.enquiry(network, "D-0001").present_label == "ZIP 03869"

    addresses.use_address(network, "D-0001", reply.found)
    present = addresses.enquiry(network, "D-0001").present
    assert present is not None
    assert (present.latitude_deg, present.precision) == (43.2361, Precision.ADDRESS)

    history.undo(network)
    assert addresses.enquiry(network, "D-0001").present_label == "ZIP 03869"


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"address": {"house_number": "301"}}, Level.STREET),
        ({"address": {}, "class": "amenity"}, Level.STREET),
        ({"place_rank": 26, "address": {"road": "Elm Lane"}, "class": "highway"}, Level.STREET),
        ({"place_rank": 21, "address": {}, "type": "postcode"}, Level.ZIP),
        ({"place_rank": 16, "address": {"town": "Rollinsford"}}, Level.TOWN),
        ({"place_rank": 8, "address": {"state": "New Hampshire"}}, Level.REGION),
    ],
)
def test_only_the_house_asked_for_claims_to_be_the_address(
    network: Database, server: WebServer, changed: dict[str, Any], level: Level
) -> None:
    server.answer = json_of([HOUSE | changed])

    found = ask(network).found

    assert found is not None
    assert found.level is level
    assert found.position.precision is not Precision.ADDRESS


def test_an_answer_in_another_state_is_far(network: Database, server: WebServer) -> None:
    server.answer = json_of([HOUSE | {"lat": "33.7", "lon": "-84.4"}])

    assert ask(network).is_far


def test_no_question_is_sent_twice_not_even_one_nobody_can_answer(
    network: Database, server: WebServer
) -> None:
    server.answer = json_of([])
    assert ask(network).found is None
    assert ask(network, "  299 ELM ln , Rollinsford NH 03869").is_remembered
    assert len(server.asked) == 1

    server.answer = json_of([HOUSE])
    addresses.forget_address(network, QUERY)
    first, again = ask(network), ask(network)
    assert again.found == first.found is not None
    assert addresses.count_remembered(network) == 1
    assert addresses.forget_all(network) == 1
    assert addresses.count_remembered(network) == 0


def test_what_was_remembered_is_no_step_to_undo(network: Database) -> None:
    before = network.change_counter()
    ask(network)
    addresses.forget_all(network)

    assert network.change_counter() == before


@pytest.mark.parametrize(
    "answer",
    [
        web_server.html,
        web_server.failing,
        web_server.redirect,
        web_server.a_gigabyte,
        web_server.a_bomb,
        web_server.endless_chunks,
        *(json_of(shape) for shape in BAD_SHAPES),
    ],
)
def test_a_bad_answer_is_told_and_leaves_everything_alone(
    network: Database,
    server: WebServer,
    answer: Callable[[BaseHTTPRequestHandler], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer = answer
    before = addresses.enquiry(network, "D-0001")

    with pytest.raises(UserError) as caught:
        ask(network)

    assert explain(caught.value).startswith("127.0.0.1 ")
    assert addresses.enquiry(network, "D-0001") == before
    assert addresses.count_remembered(network) == 0
    assert "Elm" not in caplog.text + explain(caught.value)


@pytest.mark.parametrize("name", ["", "geopy", "urllib3"])
def test_no_log_names_the_address(network: Database, caplog: pytest.LogCaptureFixture, name: str) -> None:
    caplog.set_level(logging.DEBUG, logger=name or None)
    ask(network)
    change_setting(network, "nominatim_url", DEAD)
    with pytest.raises(UserError, match="could not be reached"):
        ask(network)

    assert "Elm" not in caplog.text


def test_geopys_loggers_keep_addresses_to_themselves(caplog: pytest.LogCaptureFixture) -> None:
    import_module("coordinator.adapters.web.nominatim")  # what asks with geopy also silences it
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("geopy").critical("299 Elm Ln")
        logging.getLogger("geopy.extra.rate_limiter").setLevel(logging.NOTSET)
        logging.getLogger("geopy.extra.rate_limiter").error("299 Elm Ln")

    assert not caplog.records


def test_nothing_is_sent_while_it_is_switched_off(network: Database, server: WebServer) -> None:
    change_setting(network, "looks_up_addresses", "no")

    with pytest.raises(addresses.SwitchedOffError):
        ask(network)

    assert server.asked == []


def test_a_new_network_looks_nothing_up(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.write_bytes(migrated_file.read_bytes())
    database = opened_network(path)
    assert settings(database).looks_up_addresses is False
    database.dispose()


def test_a_place_by_hand_goes_back_to_the_addresses(network: Database) -> None:
    set_position(network, "D-0001", 43.0, -70.0)
    addresses.use_offline_place(network, "D-0001")

    assert addresses.enquiry(network, "D-0001").present_label == "ZIP 03869"


def test_questions_go_out_a_second_apart_whoever_asks(tmp_path: Path) -> None:
    waits: list[float] = []

    def take() -> None:
        waits.append(turns.seconds_to_wait(tmp_path / "deep" / "turns", lambda: 1000.0))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(waits) == [0.0, 1.0, 2.0, 3.0]
    assert turns.seconds_to_wait(tmp_path / "deep" / "turns", lambda: 1010.0) == 0.0


def test_a_clock_set_back_does_not_stop_the_questions(tmp_path: Path) -> None:
    turns.seconds_to_wait(tmp_path / "turns", lambda: 1_000_000.0)

    assert turns.seconds_to_wait(tmp_path / "turns", lambda: 10.0) == 1.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nominatim_url", "file:///etc/passwd"),
        ("nominatim_url", "nominatim.example.org"),
        ("nominatim_url", "https://me@nominatim.example.org"),
        ("contact", "Zoë"),
        ("user_agent", "a\r\nX-Other: b"),
    ],
)
def test_settings_that_cannot_be_sent_are_refused(network: Database, name: str, value: str) -> None:
    with pytest.raises(UserError):
        change_setting(network, name, value)


def test_the_command_line_says_what_it_sends_and_places_the_family(
    network: Database, server: WebServer, tmp_path: Path
) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    assert "(ZIP 03869)" in milkrun.do("place", "D-0001")

    said = milkrun.do("place", "D-0001", "--look-up")
    assert f"Asking 127.0.0.1, as {server.agents[0]}, for: {QUERY}" in said
    assert "D-0001: 43.23610, -70.82150 (address, looked up)" in said

    assert "43.07000, -70.76000 (by hand)" in milkrun.do("place", "D-0001", "--at=43.07,-70.76")


def test_the_command_line_takes_a_far_answer_only_when_told(
    network: Database, server: WebServer, tmp_path: Path
) -> None:
    server.answer = json_of([HOUSE | {"lat": "33.7", "lon": "-84.4"}])
    milkrun = CommandLine(tmp_path / "network.db")

    assert "nothing was changed" in milkrun("place", "D-0001", "--look-up").err
    assert "(ZIP 03869)" in milkrun.do("place", "D-0001")
    assert "33.70000" in milkrun.do("place", "D-0001", "--look-up", "--even-if-far")
