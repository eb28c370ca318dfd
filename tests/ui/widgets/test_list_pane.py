"""A list page: search, chips, counts, the empty state, exporting what is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import focusable_controls, nameless_controls
from tests.ui.demo import a_list, a_model, some_people
from ui.units import Display
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane


def a_pane(qtbot: QtBot, count: int = 40) -> ListPane:
    pane = a_list(Display(), count)
    qtbot.addWidget(pane)
    pane.resize(1000, 500)
    pane.show()
    return pane


def test_typing_filters_a_moment_after_the_last_letter(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)

    with qtbot.waitSignal(pane.search.searched) as searched:
        qtbot.keyClicks(pane.search, "dover")

    assert searched.args == ["dover"]
    assert pane.model.rowCount() == 8
    assert pane.count.text() == "8 of 40"


def test_enter_searches_at_once_and_goes_to_the_first_row(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    qtbot.keyClicks(pane.search, "dover")

    qtbot.keyClick(pane.search, Qt.Key.Key_Return)

    assert pane.model.rowCount() == 8
    assert pane.table.chosen_key == "D-0002"


def test_esc_in_the_search_shows_everything_again(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    qtbot.keyClicks(pane.search, "dover")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)

    qtbot.keyClick(pane.search, Qt.Key.Key_Escape)

    assert pane.count.text() == "40"


def test_filters_are_chips_that_come_off_one_by_one(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    pane.chips.add(Filter("To ask", lambda p: p.questions > 0))
    pane.chips.add(Filter("Kittery", lambda p: p.town == "Kittery"))
    both = pane.model.rowCount()

    pane.chips.remove("To ask")

    assert both < pane.model.rowCount() == 8
    assert [chip.label for chip in pane.chips.active] == ["Kittery"]


def test_a_filter_that_is_on_is_not_offered_again(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    menu = pane.chips.add_button.menu()
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()

    menu.aboutToShow.emit()

    assert [action.isEnabled() for action in menu.actions()] == [True, False]


def test_an_empty_list_says_what_fills_it(qtbot: QtBot) -> None:
    pane = a_pane(qtbot, count=0)

    assert pane.empty.isVisible()
    with qtbot.waitSignal(pane.fill_wanted):
        pane.empty.button.click()

    pane.set_rows(some_people(1))
    assert pane.table.isVisible()


def test_a_search_without_hits_offers_to_show_everything(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    qtbot.keyClicks(pane.search, "nobody at all")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.empty.button.text() == "Show all"

    pane.empty.button.click()

    assert pane.table.isVisible()
    assert pane.model.rowCount() == 40


def test_exporting_takes_the_columns_and_rows_on_screen(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    pane.model.set_filter("dover")

    with qtbot.waitSignal(pane.export_wanted) as exported:
        pane.export_shown()

    headers, rows = exported.args or ([], [])
    assert headers == ["Name", "Town", "Free oz", "State"]
    assert len(rows) == 8
    assert rows[0] == ["Inès Thibodeau", "Dover", "838", "2 to ask"]


def test_every_control_of_a_list_has_a_name(qtbot: QtBot) -> None:
    pane = a_pane(qtbot)
    pane.chips.add(Filter("To ask", lambda p: p.questions > 0))

    assert focusable_controls(pane) >= 5
    assert nameless_controls(pane) == []


def test_a_list_that_begins_at_its_first_row_says_so_only_once_it_is_opened(qtbot: QtBot) -> None:
    pane = begun(qtbot)
    chosen, opened = list[object](), list[object]()
    pane.table.row_chosen.connect(chosen.append)
    pane.table.row_opened.connect(opened.append)

    pane.set_rows(some_people(8))
    first = pane.model.key_at(0)
    assert (pane.table.chosen_key, pane.table.was_chosen, chosen) == (first, False, [])

    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert (opened, chosen) == ([first], [])


def test_a_click_on_the_row_a_list_begins_with_chooses_it(qtbot: QtBot) -> None:
    pane = begun(qtbot)
    pane.set_rows(some_people(8))
    chosen = list[object]()
    pane.table.row_chosen.connect(chosen.append)

    middle = pane.table.visualRect(pane.model.index(0, 0)).center()
    qtbot.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert chosen == [pane.model.key_at(0)]

    qtbot.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert len(chosen) == 1


def test_after_a_row_is_gone_the_one_in_its_place_is_selected(qtbot: QtBot) -> None:
    pane = begun(qtbot)
    pane.set_rows(some_people(8))
    pane.table.choose(pane.model.key_at(3))
    after = pane.model.key_at(4)

    gone = pane.model.key_at(3)
    pane.set_rows([one for one in some_people(8) if one.code != gone])

    assert pane.table.chosen_key == after
    assert not pane.table.was_chosen


def begun(qtbot: QtBot) -> ListPane:
    pane = ListPane(a_model(Display(), 0), "people", title="Donors")
    pane.begin_at_first()
    qtbot.addWidget(pane)
    pane.resize(700, 400)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane
