"""Today's calls in the order of the plan: which comes beside the page, and why each is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.volume import Volume
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.planning.hoping import hopes_in_use
from coordinator.services.settings.values import change_setting
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.fakes import ImmediateRunner
from tests.pickup_builders import SETUP
from ui.calls.hopes_dialog import HopesDialog
from ui.desk import Desk
from ui.families.questions_form import QuestionsForm
from ui.today.page import TodayPage
from ui.today.work_line import WorkLine
from ui.units import Display


class HeldRunner(ImmediateRunner):
    """Works when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], None]] = []

    def _start(self, task: Callable[[], None]) -> None:
        self._waiting.append(task)

    def work(self) -> None:
        """Do what waits."""
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            task()


@pytest.fixture
def network(database: Database) -> Database:
    """Uma is out (R-0001); Bea (60 oz), Cai (100 oz) and Dee (80 oz) did not tell about nicotine."""
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY)
        for name, ounces in (("Bea Moss", 60), ("Cai Noor", 100), ("Dee Park", 80)):
            a_stored_lot(session, a_donor(session, name, facts=without(FactKind.NICOTINE)), ounces)
    return database


@pytest.fixture
def planner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def page(qtbot: QtBot, network: Database, planner: HeldRunner, tmp_path: Path) -> TodayPage:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk(network, ImmediateRunner(), Display(), settings, lambda: TODAY, planner=planner)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    return page


def listed(page: TodayPage) -> list[str]:
    QApplication.processEvents()
    lines = [line for line in page.calls.findChildren(WorkLine) if line.isVisibleTo(page)]
    return [line.code for line in sorted(lines, key=lambda line: line.y())]


def stands_on(page: TodayPage) -> str:
    QApplication.processEvents()
    at = page.window().focusWidget()
    return at.accessibleName() if at is not None else ""


def texts(holder: QWidget) -> str:
    QApplication.processEvents()
    shown = [label.text() for label in holder.findChildren(QLabel) if label.isVisibleTo(holder)]
    return "\n".join(shown).replace("\u00a0", " ")


def test_the_old_list_and_the_focus_stay_until_the_new_plan_is_there(
    qtbot: QtBot, page: TodayPage, network: Database, planner: HeldRunner
) -> None:
    assert "Looking which calls" in texts(page.calls)
    planner.work()
    assert listed(page) == ["D-0002", "D-0003", "D-0001"]
    line = next(one for one in page.calls.findChildren(WorkLine) if one.code == "D-0001")
    line.button.setFocus()

    page.calls.plan.calls.setValue(1)
    qtbot.waitUntil(page.calls.plan.working.isVisible)
    assert listed(page) == ["D-0002", "D-0003", "D-0001"]
    planner.work()
    assert listed(page)[0] == "D-0002"
    assert stands_on(page) == "Type answers of D-0001"
    assert "opens 100 oz for Uma Out" in texts(page.calls)
    assert "opens 80 oz" not in texts(page.calls)

    answer_question(network, 0, "no", TODAY, code="D-0002", topic=FactKind.NICOTINE.value)
    page.refresh()
    before = [code for code in listed(page) if code != "D-0002"]
    qtbot.waitUntil(page.calls.plan.working.isVisible)
    assert [code for code in listed(page) if code != "D-0002"] == before
    planner.work()
    assert listed(page)[0] == "D-0003"
    assert stands_on(page) == "Type answers of D-0001"


def test_the_number_of_calls_is_remembered(qtbot: QtBot, page: TodayPage, planner: HeldRunner) -> None:
    planner.work()
    with qtbot.waitSignal(page.calls.plan.wanted):
        page.calls.plan.calls.setValue(2)

    again = TodayPage(page._desk)
    qtbot.addWidget(again)
    assert again.calls.plan.calls.value() == 2


def test_the_card_says_what_the_call_opens_and_one_click_says_why(
    qtbot: QtBot, page: TodayPage, planner: HeldRunner
) -> None:
    planner.work()
    page.ring("D-0002")

    assert "Opens 100 oz for Uma Out, " in texts(page.card)
    assert "Milk waits for this answer." in texts(page.card.findChildren(QuestionsForm)[0])
    page.why.why.click()
    planner.work()
    said = texts(page.why)
    assert "With this call and 2 others 240 oz could be promised, without it 140 oz." in said
    assert "Uma Out: 240 oz with it, 140 oz without" in said
    assert "hoped 90 of 100 times, our own choice." in said

    page.ring("R-0001")
    assert not page.why.isVisibleTo(page.card)


def test_the_calls_and_each_why_lead_to_the_plan(page: TodayPage, planner: HeldRunner) -> None:
    wanted = list[tuple[str, str]]()
    page._desk.page_wanted.connect(lambda name, code: wanted.append((name, code)))
    planner.work()
    page.calls.plan.plan.click()
    page.ring("D-0002")
    assert not page.why.plan.isVisibleTo(page.card)

    page.why.why.click()
    assert page.why.plan.isVisibleTo(page.card)
    page.why.plan.click()

    assert wanted == [("plan", ""), ("plan", "D-0002")]


def test_what_is_hoped_is_changed_in_its_dialog_and_goes_back_in_one_click(
    qtbot: QtBot, page: TodayPage, network: Database
) -> None:
    ours = hopes_in_use(network)
    dialog = HopesDialog(page._desk)
    qtbot.addWidget(dialog)
    nicotine: QSpinBox = dialog.fields[FactKind.NICOTINE.value]
    assert nicotine.value() == 90

    nicotine.setValue(40)
    dialog._save(dialog._own())
    changed = {one.topic: one.used for one in hopes_in_use(network) if one.used != one.ours}
    assert changed == {FactKind.NICOTINE.value: 0.4}

    again = HopesDialog(page._desk)
    qtbot.addWidget(again)
    again.back.click()
    assert hopes_in_use(network) == ours


def test_after_a_moment_the_calls_stand_as_they_press_and_the_plan_moves_no_line_under_her(
    qtbot: QtBot, page: TodayPage, planner: HeldRunner
) -> None:
    assert listed(page) == []
    page.calls._patience.setInterval(0)
    with qtbot.waitSignal(page.calls.all_wanted):
        page.calls._patience.start()
    before = listed(page)
    assert sorted(before) == ["D-0001", "D-0002", "D-0003", "R-0001"][: len(before)]
    assert "For now by what presses; the plan’s order is being worked out…" in texts(page.calls)
    line = next(one for one in page.calls.findChildren(WorkLine) if one.code == "D-0001")
    line.button.setFocus()
    stood = stands_on(page), line.button.mapTo(page._area.viewport(), QPoint(0, 0)).y()

    planner.work()

    assert listed(page) == ["D-0002", "D-0003", "D-0001"]
    assert "For now" not in texts(page.calls)
    assert stands_on(page) == stood[0]


def test_who_stands_on_a_line_beyond_the_first_ten_still_stands_there(
    qtbot: QtBot, database: Database, planner: HeldRunner
) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY)
        for number in range(12):
            donor = a_donor(session, f"Donor {number:02}", facts=without(FactKind.NICOTINE))
            a_stored_lot(session, donor, 200 - number)
    desk = Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY, planner=planner)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.resize(900, 300)
        page.show()
    page.refresh()
    planner.work()
    page.calls._toggle()
    last = next(one for one in page.calls.findChildren(WorkLine) if one.code == listed(page)[-1])
    last.button.setFocus()
    page._area.ensureWidgetVisible(last)
    QApplication.processEvents()
    height = last.button.mapTo(page._area.viewport(), QPoint(0, 0)).y()

    page.calls._toggle()
    assert listed(page)[-1] == last.code
    assert len(listed(page)) == 11
    assert 0 <= height < page._area.height()


def test_a_change_that_touches_nothing_of_the_plan_keeps_the_plan(
    page: TodayPage, network: Database, planner: HeldRunner, tmp_path: Path
) -> None:
    planner.work()
    before, plans = listed(page), page._desk.kept._plans
    change_setting(network, "backup_folder", str(tmp_path))

    page._read_plan()
    planner.work()

    assert listed(page) == before
    assert page._desk.kept._plans is plans

    answer_question(network, 0, "no", TODAY, code="D-0002", topic=FactKind.NICOTINE.value)
    page._read_plan()
    planner.work()
    assert page._desk.kept._plans is not plans
