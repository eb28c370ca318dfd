"""A day planned in the window: looked at, ticked, made in one step, stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import NotPlanned, Part, WhyNot
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.volume import Volume
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.pickup_builders import SATURDAY
from ui.desk import Desk
from ui.pickups.day_dialog import DayDialog
from ui.pickups.day_pieces import Doing, pieces_of
from ui.pickups.page import PickupsPage
from ui.tasks import CancelledError, Runner
from ui.units import Display
from ui.widgets.label import Label


class HeldRunner(Runner):
    """A runner whose work begins when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.begin: Callable[[], None] = lambda: None

    def _start(self, task: Callable[[], None]) -> None:
        self.begin = task


@pytest.fixture
def region(region_that_waits: Database) -> Database:
    return region_that_waits


@pytest.fixture
def page(page_that_waits: PickupsPage) -> PickupsPage:
    return page_that_waits


def day_of(page: PickupsPage) -> DayDialog:
    assert isinstance(page.steps.dialog, DayDialog)
    return page.steps.dialog


def words_in(dialog: DayDialog) -> str:
    QApplication.processEvents()  # what was just added shows
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisible())


def planned_codes(database: Database, on: date = SATURDAY) -> list[str]:
    found = planning.pickups_between(database, on, on, TODAY)
    return [one.code for one in found if one.state is PickupState.PLANNED]


def test_a_day_is_planned_and_the_ticked_runs_made_by_keyboard_in_one_step(
    qtbot: QtBot, region: Database, page: PickupsPage
) -> None:
    said: list[str] = []
    page._desk.said.connect(said.append)
    qtbot.keyClick(page.list.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = day_of(page)
    first, second = dialog.runs
    qtbot.waitUntil(first.tick.hasFocus)
    assert planned_codes(region) == []
    assert "H-0005 for Hana Xiong R-0012" in words_in(dialog)
    assert "? When Hana Xiong is free is not known" in words_in(dialog)

    qtbot.keyClick(first.tick, Qt.Key.Key_Space)
    assert dialog.make.text() == "Make this run"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: page.steps.dialog is not dialog)
    (code,) = planned_codes(region)
    made = planning.pickup(region, code, TODAY)
    assert (made.driver_code, {hold.code for hold in made.holds}) == (
        second.run.driver,
        set(second.run.added),
    )
    assert [stop.code for stop in made.stops] == [stop.home.code for stop in second.run.stops]
    assert code in said[0]
    assert page.detail.isVisible()
    undo(region)
    assert planned_codes(region) == []


def test_milk_that_its_family_fetches_is_on_no_run_until_a_volunteer_drives_after_all(
    qtbot: QtBot, page: PickupsPage
) -> None:
    page.week.plan_button.click()
    dialog = day_of(page)
    part = next(one for one in dialog.runs if "H-0001" in one.run.added)
    menu = part.fetch_button.menu()
    action = next(one for one in menu.actions() if one.text().endswith("H-0001"))
    assert action.text() == "Quinn Lavoie R-0055 fetches H-0001"

    action.trigger()

    assert "H-0001" not in [hold for one in dialog.runs for hold in one.run.holds]
    assert "Its family fetches it." in words_in(dialog)
    after_all = "A volunteer after all: H-0001"
    button = next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == after_all)
    button.click()
    assert "H-0001" in [hold for one in dialog.runs for hold in one.run.added]
    assert "Its family fetches it." not in words_in(dialog)


def test_milk_that_does_not_fit_whole_says_how_much_travels_and_what_becomes_of_the_rest(
    page: PickupsPage,
) -> None:
    page.week.plan_button.click()
    dialog = day_of(page)
    assert dialog._found is not None
    day = dialog._found.day
    rest = NotPlanned("H-0001", WhyNot.COOLERS, milk=Volume.from_oz(60), room=Volume.from_oz(20), bags=3)
    part = Part("H-0001", 3, Volume.from_oz(20))
    plan = replace(day.plan, parts=(part,), not_planned=(rest,))
    dialog._show(dialog._found._replace(day=replace(day, plan=plan)))

    words = words_in(dialog)
    assert (
        words.count("Of H-0001 only 3 bags, 20 oz, travel: the rest waits.".replace(" oz", "\u00a0oz")) == 1
    )
    assert "Once the run is made, the rest waits as agreed" in words
    assert not [
        one
        for one in dialog.findChildren(QPushButton)
        if "H-0001 by hand" in one.accessibleName() and one.isVisible()
    ]


def test_without_a_tick_nothing_is_made(page: PickupsPage, region: Database) -> None:
    page.week.plan_button.click()
    dialog = day_of(page)
    for part in dialog.runs:
        part.tick.setChecked(False)

    assert not dialog.make.isEnabled()
    dialog.make_runs()
    assert planned_codes(region) == []


def test_what_is_not_planned_says_why_and_leads_to_what_is_missing(
    page: PickupsPage, region: Database
) -> None:
    wanted: list[tuple[str, str]] = []
    page._desk.page_wanted.connect(lambda *words: wanted.append(words))
    page.week.plan_button.click()
    dialog = day_of(page)
    words = words_in(dialog)
    held = next(one for one in planning.holds_to_plan(region, TODAY) if one.code == "H-0006")

    assert "H-0006: Oluchi Xiong" in words
    assert "Ring for the yes, note it, and plan the day again." in words
    go = next(
        one for one in dialog.findChildren(QPushButton) if one.accessibleName() == "Go to the yes for H-0006"
    )
    go.click()
    assert wanted == [("matching", held.recipient_code)]
    assert page.steps.dialog is None


def test_milk_that_travels_by_now_is_said_and_the_day_stays(page: PickupsPage, region: Database) -> None:
    page.week.plan_button.click()
    dialog = day_of(page)
    days.accept_day(region, days.plan_day(region, SATURDAY, TODAY), TODAY)
    before = planned_codes(region)

    dialog.make.click()

    assert dialog.isVisible()
    assert dialog.problem.text()
    assert dialog.make.isEnabled()
    assert planned_codes(region) == before


def test_a_day_that_has_passed_or_has_no_milk_says_what_to_do(page: PickupsPage, region: Database) -> None:
    days.accept_day(region, days.plan_day(region, SATURDAY, TODAY), TODAY)
    for hold in planning.holds_to_plan(region, TODAY):
        planning.plan_pickup(region, PickupKind.FAMILY_COLLECTS, SATURDAY, [hold.code], today=TODAY)
    page.week.plan_button.click()
    dialog = day_of(page)

    assert dialog.state.text().startswith("No agreed milk waits for a pickup.")
    assert not dialog.make.isEnabled()
    dialog.on.edited.emit(TODAY - timedelta(days=1))
    assert dialog.state.text() == "This day has passed."


def test_a_stopped_day_is_never_shown(qtbot: QtBot, region: Database) -> None:
    planner = HeldRunner()
    dialog = DayDialog(
        Desk(region, ImmediateRunner(), Display(), None, lambda: TODAY, planner=planner), SATURDAY
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.bar.isVisible()

    dialog.stop.click()
    planner.begin()

    assert dialog.runs == []
    assert dialog.state.text().startswith("Stopped")
    dialog.again.click()
    planner.begin()
    assert len(dialog.runs) == 2
    assert not dialog.bar.isVisible()


def test_the_best_place_is_looked_for_beside_the_window_and_stop_leaves_the_plan(
    qtbot: QtBot, region: Database
) -> None:
    planner = HeldRunner()
    dialog = DayDialog(
        Desk(region, ImmediateRunner(), Display(), None, lambda: TODAY, planner=planner), SATURDAY
    )
    qtbot.addWidget(dialog)
    dialog.show()
    planner.begin()
    hold = dialog.runs[0].run.added[0]
    dialog.hand.leave_out(*editing.place_of(dialog.hand.plan, StopKind.PICK_UP, hold) or (-1, -1))
    left = dialog.hand.plan

    back_button(dialog, hold).click()
    assert dialog.state.text() == f"Looking where {hold} fits best…"
    assert dialog.bar.isVisible()
    assert not dialog.body.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert planned_codes(region) == []
    dialog.stop.click()
    planner.begin()
    assert dialog.hand.plan == left
    assert dialog.body.isEnabled()
    assert dialog.make.isEnabled()
    assert dialog.state.text().startswith("Stopped: the plan is as it was.")

    back_button(dialog, hold).click()
    planner.begin()
    assert hold in {code for part in dialog.runs for code in part.run.added}
    assert dialog.state.text().startswith(f"{hold} is on a run again.")
    assert dialog.body.isEnabled()
    dialog.undo.click()
    assert dialog.hand.plan == left

    # Planned again instead of waiting, and that stopped, too: the plan is there still.
    back_button(dialog, hold).click()
    dialog.again.click()
    dialog.stop.click()
    assert dialog.hand.plan == left
    assert len(dialog.runs) == len(left.runs)
    assert dialog.state.text().startswith("Stopped: the plan is as it was.")


def back_button(dialog: DayDialog, hold: str) -> QPushButton:
    QApplication.processEvents()
    named = f"Back on a run: {hold}"
    return next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == named)


def test_whoever_watches_ends_the_planning(region: Database) -> None:
    def no_more() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        days.plan_day(region, SATURDAY, TODAY, watch=no_more)


def test_the_strip_tells_each_stop_and_nothing_overlaps(
    qtbot: QtBot, page: PickupsPage, region: Database
) -> None:
    page.week.plan_button.click()
    dialog = day_of(page)
    dialog.resize(900, 600)
    strip = dialog.strip
    for number, part in enumerate(dialog.runs):
        pieces = list(pieces_of(part.run))
        assert [one.number for one in pieces if one.number] == list(range(1, len(part.run.stops) + 1))
        assert all(one.ends <= other.starts for one, other in pairwise(pieces))
        assert (pieces[0].starts, pieces[-1].ends) == (part.run.starts_at, part.run.ends_at)
        drop = next(one for one in pieces if one.doing is Doing.DROP)
        middle = strip._box(drop.starts, drop.ends, number, 4).center()
        assert part.run.stops[drop.number - 1].home.code in strip.words_at(QPointF(middle))
    qtbot.waitUntil(dialog.runs[0].tick.hasFocus)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._box(600, 601, 1, 4).center().toPoint())
    qtbot.waitUntil(dialog.runs[1].tick.hasFocus)
