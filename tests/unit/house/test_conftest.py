"""The walls around the tests stand."""

import os
import socket

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import NetworkUsedError


def test_a_test_cannot_look_up_a_name_of_the_network() -> None:
    with pytest.raises(NetworkUsedError):
        socket.create_connection(("nominatim.example", 443), timeout=1)


def test_a_test_cannot_reach_an_address_of_the_network() -> None:
    with socket.socket() as outgoing, pytest.raises(NetworkUsedError):
        outgoing.connect(("192.0.2.1", 443))


def test_a_test_reaches_a_server_it_started_itself() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_test_with_widgets_is_marked_and_offscreen(qtbot: QtBot, request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("gui")
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
