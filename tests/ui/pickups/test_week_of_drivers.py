"""The week of volunteers by keys: another day, another week, the plan of a day."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.services.families.households import change_profile
from tests.pickup_builders import SATURDAY, a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.desk import Desk
from ui.pickups.week_of_drivers import WeekOfDriversPage


def shown(qtbot: QtBot, desk: Desk) -> WeekOfDriversPage:
    page = WeekOfDriversPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    qtbot.waitUntil(lambda: page.found is not None)
    return page


def test_days_and_weeks_go_by_keys_and_a_day_nobody_covers_is_said(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    region = a_region(database)
    change_profile(database, region.driver, "hours", "Sun 9-12")
    for code in (*region.donors, *region.recipients):
        change_profile(database, code, "hours", "Sat 9-12")
    page = shown(qtbot, desk)
    page.days[page.day].setFocus()
    while page.monday + timedelta(days=page.day) < SATURDAY:
        qtbot.keyClick(page.days[page.day], Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.found is not None and page.found.monday == page.monday)
    assert "nobody free" in page.days[5].text()
    assert page.uncovered.text().startswith("Nobody is known to be free on Sat 28")
    assert "160" in page.days[5].text()
    assert (nameless_controls(page), cut_labels(page)) == ([], [])

    wanted: list[tuple[str, str]] = []
    desk.page_wanted.connect(lambda word, code: wanted.append((word, code)))
    qtbot.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)
    assert wanted == [("pickups", SATURDAY.isoformat())]
    qtbot.keyClick(page.days[5], Qt.Key.Key_PageDown)
    assert page.monday + timedelta(days=page.day) == SATURDAY + timedelta(weeks=1)


def test_without_volunteers_it_says_what_to_do(qtbot: QtBot, database: Database, desk: Desk) -> None:
    assert database.is_sqlite
    page = shown(qtbot, desk)
    assert page.list.empty.isVisible()
    assert "Add the first" in page.list.empty.sentence.text()
