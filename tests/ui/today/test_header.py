"""The head of the Today page: the day at once, then what ringing would free and what is short."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from ui.desk import Desk
from ui.today.page import TodayPage

SETUP = Action("test", "Set up")


def opened(qtbot: QtBot, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    QApplication.processEvents()
    return page


def test_it_says_how_many_calls_free_how_much_and_what_is_short(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=Volume(0), stock_on=TODAY)
        for name, ounces in (("Cai Noor", 60), ("Bea Moss", 40)):
            a_stored_lot(session, a_donor(session, name, facts=without(FactKind.MEDICINE)), ounces)

    head = opened(qtbot, desk).header

    assert "2026" in head.day.text()
    said = head.figures.text().replace("\u00a0", " ")
    assert said.startswith("2 calls open 100 oz for 1 family, if the answers are as hoped · About ")
    assert said.endswith(" short this week after all that is free")

    desk.display.set_units(VolumeUnit.ML, DistanceUnit.KM)

    assert " oz" not in head.figures.text().replace("\u00a0", " ")


def test_it_is_silent_about_calls_that_free_nothing(qtbot: QtBot, database: Database, desk: Desk) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session), 30)

    head = opened(qtbot, desk).header

    assert head.figures.text() == "Nothing is short this week"


def test_head_and_weeks_leave_out_the_same_families(qtbot: QtBot, database: Database, desk: Desk) -> None:
    old = TODAY - timedelta(days=60)
    with database.writing(SETUP) as session:
        for name, health in (("Dot Orr", BabyHealth.HOME), ("Inès Roy", BabyHealth.HOSPITAL)):
            a_recipient(session, name, health=health, stock=Volume.from_oz(9), stock_on=old)

    page = opened(qtbot, desk)

    assert "1 family not counted" in page.header.figures.text()  # who is in hospital is referred to a bank
    assert any("1 family is not counted" in one.text() for one in page.weeks.findChildren(QLabel))


def test_no_call_covers_a_baby_about_whom_its_clinician_decides(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=Volume(0), stock_on=TODAY, gestation_weeks=30, clinician="")
        a_stored_lot(session, a_donor(session), 2_000)

    said = opened(qtbot, desk).header.figures.text()

    assert said.endswith(" short this week after all that is free"), said
