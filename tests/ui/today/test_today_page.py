"""The Today page on a real network: its lines lead somewhere, calls are noted, others' work is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.facts import QuestionRow
from coordinator.db.pickups import PickupRow
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.pickups.plans import PickupKind, usual_day
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.planning.plan import PlanCall
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.domain.worklist.openings import Opened, Openings
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements import holds
from coordinator.services.families.households import change_profile
from coordinator.services.pickups import planning
from coordinator.services.screening import facts
from coordinator.services.today import call_list, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import a_held_lot
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.families.questions_form import QuestionsForm
from ui.today.page import TodayPage
from ui.today.work_line import WorkLine

LAPTOP = (1093, 540)
SOON = TODAY + timedelta(days=2)
Opener = Callable[..., TodayPage]


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 runs out, R-0002 asks with a full freezer, R-0003 was counted long ago."""
    with database.writing(Action("test", "Set up")) as session:
        ada = a_donor(session, "Ada Lind")
        lot = a_stored_lot(session, ada, 300)
        soon = a_recipient(session, "Inès Roy", stock=Volume.from_oz(60), stock_on=TODAY)
        a_recipient(session, "Uma Cyr", stock=Volume.from_oz(4000), stock_on=TODAY, needs_this_week=True)
        old = TODAY - timedelta(days=90)
        a_recipient(session, "Dot Orr", stock=Volume.from_oz(60), stock_on=old)
        a_held_lot(session, lot, soon, 40, donor_yes=False, family_yes=False).expires_on = SOON
        a_held_lot(session, lot, soon, 40)
        for number in range(5):
            text = f"Question {number}: not answered"
            session.add(QuestionRow(household_id=ada.household_id, topic="own", text=text))
    planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, SOON, ["H-0002"], today=TODAY)
    return database


@pytest.mark.parametrize(("days", "words"), [(1, "yesterday"), (70, "70 days ago")])
def test_a_pickup_never_settled_says_how_long_it_is_past(
    opened: Opener, network: Database, desk: Desk, days: int, words: str
) -> None:
    with network.writing(Action("test", "Long ago")) as session:
        by_code(session, PickupRow, "P-0001").on_day = TODAY - timedelta(days=days)

    page = opened()

    assert page.to_settle.isVisible()
    said = [label.text().replace("\u00a0", " ") for label in page.to_settle.findChildren(QLabel)]
    assert f"12 bags, 40 oz · {words}" in said


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_page(size: tuple[int, int] = (1280, 760)) -> TodayPage:
        page = TodayPage(desk)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.refresh()
        page.also.open()
        QApplication.processEvents()
        return page

    return open_page


def named(page: TodayPage, name: str) -> QPushButton:
    QApplication.processEvents()
    return next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    )


def texts(page: TodayPage) -> str:
    QApplication.processEvents()
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join(shown).replace("\u00a0", " ")


def test_every_list_says_what_presses(opened: Opener) -> None:
    said = texts(opened())

    assert "Now  1" in said
    assert "lasts until Nov 22 · 40 oz held, the donor is to be asked" in said
    assert "Waiting for" not in said, "a baby stands in one list"
    assert "This week's runs  1" in said
    assert "12 bags, 40 oz" in said
    assert "Calls to make  2" in said
    assert "Question 0: not answered and 4 more" in said
    assert "Question 1" not in said
    assert "Does not go together  1" in said


def test_that_nobody_is_out_is_not_said_before_it_is_known(qtbot: QtBot, desk: Desk) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()

    assert "Nobody is out of milk" not in texts(page)
    assert "No pickups planned" not in texts(page)


def test_no_line_has_more_than_one_button(opened: Opener) -> None:
    page = opened()

    lines = page.findChildren(WorkLine)
    assert len(lines) == 5
    assert {len(line.findChildren(QPushButton)) for line in lines} == {1}


def test_up_and_down_go_through_all_lists_and_the_card_follows(
    opened: Opener, qtbot: QtBot, desk: Desk
) -> None:
    page = opened()
    first = named(page, "Ask donor for R-0001")
    named(page, "Open P-0001").setFocus()  # it began on the first line, without its card
    first.setFocus()
    assert page.card.code == "R-0001"

    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert named(page, "Open P-0001").hasFocus()
    qtbot.keyClick(named(page, "Open P-0001"), Qt.Key.Key_Down)
    assert page.card.code == "R-0003"  # what is at home there opens the rest of Ada's milk
    qtbot.keyClick(named(page, "Type answers of R-0003"), Qt.Key.Key_Down)
    assert page.card.code == "D-0001"
    qtbot.keyClick(named(page, "Type answers of D-0001"), Qt.Key.Key_Up)
    qtbot.keyClick(named(page, "Open P-0001"), Qt.Key.Key_Up)
    assert page.card.code == "R-0001"
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        qtbot.keyClick(named(page, "Open P-0001"), Qt.Key.Key_Return)
    assert wanted.args == ["pickups", "P-0001"]


def press(button: QPushButton) -> None:
    """Press *button* as hands do, which takes the focus there."""
    button.setFocus()
    button.click()


def test_the_card_says_where_the_case_stands_and_a_yes_is_noted_there(
    opened: Opener, network: Database
) -> None:
    page = opened()
    named(page, "Ask donor for R-0001").click()
    assert page.card.code == "D-0001"
    assert "● held" in texts(page)
    assert "○ donor’s yes" in texts(page)

    press(named(page, "Asked today: H-0001"))
    assert "● asked" in texts(page)
    press(named(page, "Donor said yes: H-0001"))

    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY
    assert "● donor’s yes" in texts(page)


@pytest.mark.parametrize(
    ("name", "page_word", "code"),
    [
        ("Open P-0001", "pickups", "P-0001"),
    ],
)
def test_a_line_leads_to_its_page(
    opened: Opener, qtbot: QtBot, desk: Desk, name: str, page_word: str, code: str
) -> None:
    page = opened()

    with qtbot.waitSignal(desk.page_wanted) as wanted:
        named(page, name).click()

    assert wanted.args == [page_word, code]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Open R-0002", "R-0002")],
)
def test_a_line_leads_to_its_family(opened: Opener, qtbot: QtBot, desk: Desk, name: str, code: str) -> None:
    page = opened()

    with qtbot.waitSignal(desk.family_wanted) as wanted:
        named(page, name).click()

    assert wanted.args == [code]


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_what_came_of_ringing_is_noted_and_the_call_leaves_the_list(
    opened: Opener, network: Database, choice: int
) -> None:
    page = opened()

    line = next(one for one in page.calls.findChildren(WorkLine) if one.code == "D-0001")
    menu = line.menu()
    assert menu is not None
    menu.actions()[choice].trigger()

    assert "Question 0" not in texts(page)
    assert [call.code for call in call_list(network, TODAY)] == ["R-0003"], "its count is old"
    later = TODAY + timedelta(days=1)
    assert [call.code for call in call_list(network, later)] == [
        *(["D-0001"] if choice < 2 else []),
        "R-0003",
    ]


def test_a_hold_is_extended_from_the_menu_of_its_line(opened: Opener, network: Database) -> None:
    page = opened()
    line = page.now.findChildren(WorkLine)[0]
    menu = line.menu()
    assert menu is not None

    entry(menu, "Extend the hold").trigger()

    assert holds.holds(network, TODAY)[0].expires_on > SOON


def test_the_menu_of_a_line_is_opened_by_key_and_has_what_came_of_asking(
    opened: Opener, network: Database, qtbot: QtBot
) -> None:
    page = opened()
    button = named(page, "Ask donor for R-0001")
    button.setFocus()

    qtbot.keyClick(button, Qt.Key.Key_Menu)

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()][:5] == [
        "Donor said yes",
        "Tell the donor…",
        "Asked today",
        "Copy text",
        "Extend the hold",
    ]
    entry(menu, "Asked today").trigger()
    menu.close()
    assert named(page, "Print for R-0001"), "the line goes on to what can be done now"
    line = next(one for one in page.now.findChildren(WorkLine) if one.isVisibleTo(page))
    again = line.menu()
    assert again is not None
    assert entry(again, "Ada Lind: Note yes")
    entry(again, "Ada Lind: Copy text").trigger()
    assert "Ada" in QApplication.clipboard().text()


def entry(menu: QMenu, words: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == words)


def test_a_family_to_read_about_is_opened_and_never_a_reminder(
    opened: Opener, network: Database, desk: Desk, qtbot: QtBot
) -> None:
    page = opened()
    facts.add_question(network, "R-0003", "How much is at home?")

    change_profile(network, "R-0003", "read_before_ringing", "Her son died in May.")
    desk.changed.emit()

    assert "Read before you ring" in texts(page)
    assert "Her son died in May." in texts(page)
    assert "How much is at home?" not in texts(page)
    assert texts(page).count("Dot Orr") == 1
    with qtbot.waitSignal(desk.family_wanted) as asked:
        named(page, "Open R-0003").click()
    assert asked.args == ["R-0003"]


def test_one_line_is_marked_and_its_mark_follows_it_when_all_is_read_again(
    opened: Opener, network: Database, desk: Desk
) -> None:
    facts.add_question(network, "R-0001", "Is there room?")
    page = opened()
    assert len([line for line in lines_shown(page) if line.card == "R-0001"]) == 2

    named(page, "Type answers of R-0001").setFocus()
    assert marked(page) == [("Calls to make", "R-0001")]
    named(page, "Ask donor for R-0001").setFocus()
    assert marked(page) == [("Now", "R-0001")]
    named(page, "Ask donor for R-0001").click()

    assert page.card.code == "D-0001", "whoever is rung is on the card"
    desk.changed.emit()
    assert marked(page) == [("Now", "R-0001")]


def test_the_mark_goes_with_the_baby_into_the_other_list(opened: Opener, network: Database) -> None:
    with network.writing(Action("test", "Another")) as session:
        a_recipient(session, "Lia Mo", stock=Volume.from_oz(60), stock_on=TODAY)
    holds.hold_milk(network, "R-0004", "L-0001", Volume.from_oz(150), TODAY)
    page = opened()
    named(page, "Ask donor for R-0004").click()

    press(named(page, "Asked today: H-0003"))

    assert marked(page) == [("Waiting for", "D-0001")]
    said = next(line.words.text() for line in lines_shown(page) if line.about == "R-0004")
    said = said.replace("\u00a0", " ")
    assert said.startswith("for Lia Mo · lasts until Nov 22 · 150 oz held, donor asked today")


def test_lines_that_say_the_same_stay_when_all_is_read_again(
    opened: Opener, network: Database, desk: Desk
) -> None:
    page = opened()
    before = lines_shown(page)

    desk.changed.emit()
    assert lines_shown(page) == before
    change_profile(network, "R-0002", "name", "Uma Cyr-Roy")
    desk.changed.emit()

    after = lines_shown(page)
    assert {line.name.text() for line in after if line not in before} == {"Uma Cyr-Roy"}
    desk.display.set_units(VolumeUnit.ML, DistanceUnit.KM)
    assert not set(lines_shown(page)) & set(after), "other units are other words"


def lines_shown(page: TodayPage) -> list[WorkLine]:
    QApplication.processEvents()
    return [line for line in page.findChildren(WorkLine) if line.isVisibleTo(page)]


def marked(page: TodayPage) -> list[tuple[str, str]]:
    return [(line.place, line.code) for line in lines_shown(page) if line.property("role") == "work-chosen"]


def test_a_line_stays_one_row_beside_the_card_and_has_the_rest_in_its_tooltip(
    opened: Opener, network: Database
) -> None:
    long = "Wilhelmina-Anastasia Featherstonehaugh-B"
    change_profile(network, "R-0001", "name", long)
    page = opened((1210, 700))
    page.ring("D-0001")

    for line in lines_shown(page):
        assert line.height() <= line.button.sizeHint().height() + 4
        assert line.name.shown == line.name.text()
    (line,) = (one for one in lines_shown(page) if one.code == "R-0001")
    assert line.words.shown.endswith("…")
    assert line.words.toolTip() == line.words.text()


def test_units_change_on_every_line(opened: Opener, desk: Desk) -> None:
    page = opened()

    desk.display.set_units(VolumeUnit.ML, DistanceUnit.KM)

    assert "mL in the freezer" in texts(page)
    assert "oz in the freezer" not in texts(page)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_nothing_is_cut_on_the_old_laptop_in_larger_fonts(
    opened: Opener, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, font_scale=scale)
    page = opened(LAPTOP)
    assert cut_labels(page) == []


def test_every_control_has_a_name(opened: Opener) -> None:
    page = opened()

    assert focusable_controls(page) > 6
    assert nameless_controls(page) == []


def test_answers_are_typed_straight_into_the_call(opened: Opener, network: Database, qtbot: QtBot) -> None:
    page = opened()
    named(page, "Type answers of D-0001").click()
    qtbot.waitUntil(lambda: isinstance(page.window().focusWidget(), QLineEdit))
    field = page.window().focusWidget()
    assert field is not None
    assert field.accessibleName() == "Answer to: Question 0: not answered"

    qtbot.keyClicks(field, "done on the phone")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert "Question 0" not in texts(page)
    asked = call_list(network, TODAY)[0].questions
    assert [question.text for question in asked] == [f"Question {n}: not answered" for n in (1, 2, 3, 4)]
    assert page.card.code == "D-0001"


def test_the_next_call_takes_the_card(opened: Opener, network: Database) -> None:
    facts.add_question(network, "R-0002", "When is she at home?")
    page = opened()
    named(page, "Type answers of D-0001").click()

    named(page, "Type answers of R-0002").click()

    assert page.card.code == "R-0002"
    assert len([form for form in page.findChildren(QuestionsForm) if form.isVisibleTo(page)]) == 1


def test_what_is_being_typed_survives_a_change_elsewhere(
    opened: Opener, network: Database, desk: Desk, qtbot: QtBot
) -> None:
    page = opened()
    named(page, "Type answers of D-0001").click()
    field = page.window().focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "half an ans")

    change_profile(network, "R-0002", "notes", "Rang the bell twice")
    desk.changed.emit()
    QApplication.processEvents()

    typed = [line.text() for line in page.findChildren(QLineEdit) if line.isVisibleTo(page)]
    assert "half an ans" in typed


def test_milk_near_its_last_day_leads_to_its_donor(
    opened: Opener, network: Database, qtbot: QtBot, desk: Desk
) -> None:
    with network.writing(Action("test", "Set up")) as session:
        mia = a_donor(session, "Mia Quist")
        old = TODAY - timedelta(days=350)
        a_stored_lot(session, mia, 80, freezer=Freezer.CHEST, expressed_from=old)

    page = opened()

    said = texts(page)
    assert "Milk near its last day  1" in said
    assert "80 oz free · use by 12/6/26 · Community sharing: 12 months from expression" in said
    with qtbot.waitSignal(desk.family_wanted) as asked:
        named(page, "Open D-0002").click()
    assert asked.args == ["D-0002"]


def test_the_weeks_to_come_are_one_card_at_the_end_with_a_button(opened: Opener, qtbot: QtBot) -> None:
    page = opened()

    assert "The next eight weeks" in texts(page)
    assert page.weeks.y() > page.now.y()
    with qtbot.waitSignal(page.weeks_wanted):
        named(page, "See the next eight weeks").click()


def test_the_weeks_say_what_is_short_after_all_that_is_free_and_who_is_not_counted(opened: Opener) -> None:
    page = opened()

    said = [label.text().replace("\u00a0", " ") for label in page.weeks.findChildren(QLabel)]
    assert "About 816 oz short in eight weeks after all that is free" in said
    assert "1 family is not counted: nobody knows what it has, or by an old figure" in said


def test_what_can_wait_is_folded_with_its_count_and_passed_over_by_up_and_down(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    QApplication.processEvents()

    assert page.also.button.text() == "Also  1"
    assert not page.contradictions.isVisible()
    lines = [line for line in page.findChildren(WorkLine) if line.isVisibleTo(page)]
    lines[0].button.setFocus()
    for _ in range(len(lines)):
        focus = page.window().focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Down)
    assert lines[-1].button.hasFocus()
    assert lines[-1].code != "R-0002"

    page.also.open()
    qtbot.keyClick(lines[-1].button, Qt.Key.Key_Down)

    assert named(page, "Open R-0002").hasFocus()
    change_profile(network, "R-0002", "notes", "Rang the bell twice")
    desk.changed.emit()
    QApplication.processEvents()
    assert page.contradictions.isVisible(), "it stays open when all is read again"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_lines_stand_in_their_room_beside_an_open_card(
    opened: Opener, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, font_scale=scale)
    page = opened((1210, 700))
    page.ring("D-0001")
    QApplication.processEvents()

    lines = [line for line in page.now.findChildren(WorkLine) if line.isVisibleTo(page)]
    assert lines
    edge = page.split.detail.mapTo(page, page.split.detail.rect().topLeft()).x()
    assert all(one.button.mapTo(page, one.button.rect().topRight()).x() < edge for one in lines)


def test_one_click_presses_a_button_though_the_card_opens_beside_it(
    opened: Opener, qtbot: QtBot, desk: Desk
) -> None:
    page = opened((1366, 768))
    wanted: list[str] = []
    desk.family_wanted.connect(wanted.append)
    page._area.ensureWidgetVisible(named(page, "Open R-0002"))
    button = named(page, "Open R-0002")
    was_at = button.mapTo(page, button.rect().center())

    qtbot.mousePress(page.windowHandle(), Qt.MouseButton.LeftButton, pos=was_at)
    QApplication.processEvents()
    qtbot.mouseRelease(page.windowHandle(), Qt.MouseButton.LeftButton, pos=was_at)

    assert wanted == ["R-0002"]
    assert page.split.is_open


def test_who_has_gone_nowhere_stands_on_the_first_line_and_no_card_opens(
    network: Database, qtbot: QtBot, desk: Desk
) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()

    page.refresh()

    qtbot.waitUntil(lambda: named(page, "Ask donor for R-0001").hasFocus())
    assert not page.split.is_open


def test_calls_stand_in_their_order_at_once_and_keep_it_until_something_changes(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    found = today_page(network, TODAY)
    assert len(found.all_calls) == 2
    first, last = (call.code for call in found.all_calls)

    assert page.calls.show_calls(found.all_calls, Openings(), None) == []
    assert "Looking which calls let the plan serve most" in texts_of(page.calls)
    home = next(call.household.id for call in found.all_calls if call.code == last)
    opens = Opened((("R-0001", "Inès"),), Volume.from_oz(10), is_planned=True)
    nothing, plan = PlannedCalls(), PlannedCalls(1, {home: PlanCall(last, last, 10, (), ())}, {home: opens})
    shown = page.calls.show_calls(found.all_calls, Openings(), nothing)
    opening = Openings(donors={last: Opened((("R-0001", "Inès"),), Volume.from_oz(10))})
    again = page.calls.show_calls(found.all_calls, opening, nothing)

    assert [line.code for line in shown] == [line.code for line in again] == [first, last]
    changed = today_page(network, TODAY).all_calls
    assert [line.code for line in page.calls.show_calls(changed, opening, nothing)] == [first, last]
    assert [line.code for line in page.calls.show_calls(changed, opening, plan)] == [last, first]


def test_calls_are_shown_though_what_they_open_cannot_be_read(
    opened: Opener, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise UserError(saying("It cannot be read."))

    monkeypatch.setattr("ui.today.page.openings", fail)
    monkeypatch.setattr("ui.today.planning.calls_of_plan", fail)

    page = opened()

    assert len(page.calls.findChildren(WorkLine)) == 2


def texts_of(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_agreed_milk_that_no_pickup_carries_opens_the_plan_of_the_day(
    qtbot: QtBot, network: Database, opened: Opener
) -> None:
    (run,) = planning.pickups_to_come_or_settle(network, SOON + timedelta(days=30), TODAY)
    planning.cancel_pickup(network, run.code)
    page = opened()
    wanted: list[tuple[str, str]] = []
    page._desk.page_wanted.connect(lambda word, code: wanted.append((word, code)))
    (line,) = [one for one in page.pickups.findChildren(WorkLine) if one.about == "to-carry"]
    assert "hand-overs: 1" in line.words.text()
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert wanted == [("pickups", usual_day(TODAY).isoformat())]

    planning.plan_pickup(network, PickupKind.FAMILY_COLLECTS, SOON, ["H-0002"], today=TODAY)
    page.refresh()
    qtbot.waitUntil(lambda: all(one.about != "to-carry" for one in page.pickups.findChildren(WorkLine)))
