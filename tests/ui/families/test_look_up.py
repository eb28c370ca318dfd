"""Looking an address up through the window's own widgets, against a server of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.records.history import Action
from coordinator.services.families.households import change_profile
from coordinator.services.places import addresses
from coordinator.services.settings.values import change_setting
from tests import web_server
from tests.builders import TODAY, a_donor
from tests.fakes import ImmediateRunner
from tests.integration.places.test_addresses import HOUSE, QUERY
from tests.ui.accessibility import nameless_controls, overlapping
from tests.web_server import WebServer, json_of, running
from ui.desk import Desk
from ui.donors.page import DonorsPage
from ui.families.look_up_dialog import LookUpDialog
from ui.families.position_dialog import PositionDialog
from ui.settings.dialog import SettingsDialog
from ui.tasks import Runner
from ui.units import Display


@pytest.fixture
def server() -> Iterator[WebServer]:
    with running(json_of([HOUSE])) as server:
        yield server


@pytest.fixture
def network(database: Database, server: WebServer) -> Database:
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, "Zoë Ueda")
    typed = {"street": "299 Elm Ln", "town": "Rollinsford", "state": "NH", "zip_code": "03869"}
    for field, value in typed.items():
        change_profile(database, "D-0001", field, value)
    change_setting(database, "nominatim_url", server.url)
    return database


@pytest.fixture
def online_desk(network: Database, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("coordinator.services.places.addresses.time.sleep", lambda _seconds: None)
    online = Runner()
    yield Desk(network, ImmediateRunner(), Display(), None, lambda: TODAY, online=online)
    online.close()


def switch_on(network: Database) -> None:
    change_setting(network, "looks_up_addresses", "yes")


def opened(qtbot: QtBot, desk: Desk) -> LookUpDialog:
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.show_family("D-0001")
    page.detail.profile.look_up.click()
    dialogs = page.findChildren(LookUpDialog)
    assert len(dialogs) == 1
    return dialogs[0]


def ask(qtbot: QtBot, desk: Desk, dialog: LookUpDialog) -> None:
    dialog.look_up.click()
    qtbot.waitUntil(lambda: not desk.online.is_busy, timeout=20_000)


def test_the_line_is_shown_then_sent_then_used(qtbot: QtBot, online_desk: Desk, server: WebServer) -> None:
    switch_on(online_desk.database)
    dialog = opened(qtbot, online_desk)
    assert dialog.query.text() == QUERY
    assert "127.0.0.1" in dialog.notice.text()
    assert server.asked == []

    ask(qtbot, online_desk, dialog)
    assert dialog.answer.text().startswith("Found the house: 299, Elm Lane")
    assert not dialog.attribution.isHidden()
    assert addresses.enquiry(online_desk.database, "D-0001").present_label == "ZIP 03869"

    dialog.use.click()
    assert addresses.enquiry(online_desk.database, "D-0001").present_label == "address, looked up"


def test_switched_off_it_says_so_and_leads_to_the_settings(
    qtbot: QtBot, online_desk: Desk, server: WebServer
) -> None:
    dialog = opened(qtbot, online_desk)
    assert "switched off" in dialog.notice.text()
    assert not dialog.look_up.isEnabled()

    with qtbot.waitSignal(online_desk.settings_wanted):
        dialog.settings.click()
    assert server.asked == []


def test_words_over_two_lines_push_no_button_over_the_map(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)  # switched off: the notice needs two lines

    dialog.show()
    dialog.resize(dialog.minimumSize())

    assert overlapping(dialog) == []
    assert dialog.notice.height() >= 2 * dialog.fontMetrics().height()


@pytest.mark.parametrize("answer", [web_server.html, web_server.failing, web_server.a_gigabyte])
def test_a_bad_server_is_told_in_a_sentence_and_the_place_is_kept(
    qtbot: QtBot, online_desk: Desk, server: WebServer, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    switch_on(online_desk.database)
    server.answer = answer
    dialog = opened(qtbot, online_desk)

    ask(qtbot, online_desk, dialog)

    assert dialog.warning.text().startswith("127.0.0.1 ")
    assert dialog.warning.text().endswith("The present place is kept.")
    assert not dialog.use.isEnabled()
    assert dialog.look_up.isEnabled()


def test_a_far_answer_is_taken_at_the_second_click_only(
    qtbot: QtBot, online_desk: Desk, server: WebServer
) -> None:
    switch_on(online_desk.database)
    server.answer = json_of([HOUSE | {"lat": "33.7", "lon": "-84.4"}])
    dialog = opened(qtbot, online_desk)
    ask(qtbot, online_desk, dialog)
    assert "mi from its ZIP or town" in dialog.warning.text()

    dialog.use.click()
    assert addresses.enquiry(online_desk.database, "D-0001").present_label == "ZIP 03869"
    dialog.use.click()
    assert addresses.enquiry(online_desk.database, "D-0001").present_label == "address, looked up"


def test_another_line_takes_the_answer_off_the_table(qtbot: QtBot, online_desk: Desk) -> None:
    switch_on(online_desk.database)
    dialog = opened(qtbot, online_desk)
    ask(qtbot, online_desk, dialog)
    qtbot.keyClicks(dialog.query, "x")

    assert not dialog.use.isEnabled()
    assert dialog.answer.text() == ""


@pytest.mark.usefixtures("dressed")
def test_a_double_click_on_the_map_is_a_place_by_hand(qtbot: QtBot, desk: Desk) -> None:
    dialog = PositionDialog("D-0001", Position(43.0, -70.5, Precision.BY_HAND), desk=desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.map is not None
    canvas = dialog.map.canvas
    assert canvas is not None
    point = QPointF(canvas.width() / 2 + 30, canvas.height() / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        canvas, QMouseEvent(QMouseEvent.Type.MouseButtonDblClick, point, point, left, left, none)
    )

    latitude_deg, longitude_deg = dialog.degrees()
    assert latitude_deg == pytest.approx(43.0, abs=0.01)
    assert longitude_deg > -70.5
    with qtbot.waitSignal(dialog.address_wanted):
        dialog.back.click()


def test_the_settings_switch_it_on_and_erase_what_is_remembered(
    qtbot: QtBot, online_desk: Desk, network: Database
) -> None:
    dialog = SettingsDialog(online_desk)
    qtbot.addWidget(dialog)
    dialog.fields["looks_up_addresses"].edited.emit(True)  # noqa: FBT003 - a signal takes no names
    asked = addresses.enquiry(network, "D-0001")
    assert asked.is_on
    addresses.look_up(network, asked, asked.query)

    dialog.addresses.forget.click()

    assert addresses.count_remembered(network) == 0
    assert "1" in dialog.addresses.forgotten.text()
    assert nameless_controls(dialog) == []
