"""The table every list is shown in: sorting, filtering, keys, memory."""

from __future__ import annotations

import random
from operator import itemgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from coordinator.domain.text import folded
from tests.ui.demo import Person, a_model, person_columns, some_people
from ui.units import Display
from ui.widgets.clipboard import as_tsv, neutralised
from ui.widgets.tables.columns import Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable

DESCENDING, ASCENDING = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def a_table(qtbot: QtBot, count: int = 40, settings: QSettings | None = None) -> RowTable:
    table = RowTable(a_model(Display(), count), "donors", settings)
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show()
    return table


def names(model: RowTableModel[Person]) -> list[str]:
    return [model.row_at(at).name for at in range(model.rowCount())]


def codes(model: RowTableModel[Person]) -> list[str]:
    return [model.row_at(at).code for at in range(model.rowCount())]


def test_the_model_keeps_every_promise_qt_asks_of_one(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = a_model(Display(), 20)
    qtmodeltester.check(model, force_py=False)

    model.sort(2, DESCENDING)
    model.set_filter("rollinsford")
    model.set_filter("")
    model.sort(0)
    model.set_rows(some_people(5))


def test_numbers_sort_as_numbers_and_equal_rows_keep_their_order(qtbot: QtBot) -> None:
    model = a_model(Display())

    model.sort(2, ASCENDING)
    frees = [model.row_at(at).free for at in range(model.rowCount())]
    model.sort(1, DESCENDING)

    assert frees == sorted(frees)
    assert codes(model) == [p.code for p in sorted(some_people(40), key=lambda p: p.town, reverse=True)]


def test_names_sort_without_regard_to_case_and_accents(qtbot: QtBot) -> None:
    model = RowTableModel([Column[str]("Name", str)], key=str)
    model.set_rows(["Zoe", "ébène", "Ada", "emil", "Łucja", "Lena"])

    model.sort(0)

    assert [model.row_at(at) for at in range(6)] == ["Ada", "ébène", "emil", "Lena", "Łucja", "Zoe"]


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_what_is_not_known_sorts_last_both_ways(qtbot: QtBot, order: Qt.SortOrder) -> None:
    model = a_model(Display(), 9)

    model.sort(3, order)

    assert [model.row_at(at).questions for at in range(6, 9)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("written", "typed"), [("Phượng", "phuong"), ("Łódź", "lodz"), ("Straße", "STRASSE"), ("Ærø", "aero")]
)
def test_names_are_found_however_their_letters_are_marked(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


def test_every_word_typed_must_stand_somewhere_in_the_row(qtbot: QtBot) -> None:
    model = a_model(Display())

    model.set_filter("phuong DOVER")

    assert names(model)
    assert all("Phượng" in name for name in names(model))
    assert {model.row_at(at).town for at in range(model.rowCount())} == {"Dover"}
    assert model.total == 40


def test_text_that_is_in_no_column_is_found_when_the_page_says_so(qtbot: QtBot) -> None:
    model = RowTableModel(
        person_columns(Display()), key=lambda p: p.code, extra_search=lambda p: f"mail{p.code}@example.org"
    )
    model.set_rows(some_people(10))

    model.set_filter("mailD-0003@")

    assert codes(model) == ["D-0003"]


def test_rows_must_pass_the_filters_too_and_new_rows_as_well(qtbot: QtBot) -> None:
    model = a_model(Display())

    model.set_filter("dover", [lambda p: p.questions == 2])
    model.set_rows(some_people(80))

    assert {(model.row_at(at).town, model.row_at(at).questions) for at in range(model.rowCount())} == {
        ("Dover", 2)
    }


def test_an_index_kept_somewhere_follows_its_row_through_sorting_and_filtering(qtbot: QtBot) -> None:
    model, chance = a_model(Display()), random.Random(7)
    kept = {at: QPersistentModelIndex(model.index(at, 0)) for at in range(40)}
    wanted = {at: model.row_at(at).name for at in range(40)}

    for _ in range(20):
        model.sort(chance.randrange(4), chance.choice([ASCENDING, DESCENDING]))
        assert {at: index.data() for at, index in kept.items()} == wanted
    model.set_filter("kittery")

    still = {at: index.data() for at, index in kept.items() if index.isValid()}
    assert still == {at: name for at, name in wanted.items() if at % 5 == 3}


def test_the_selection_stays_on_its_row_when_rows_are_reloaded(qtbot: QtBot) -> None:
    table, chosen = a_table(qtbot), list[object]()
    table.choose("D-0007")
    table.row_chosen.connect(chosen.append)

    table.rows.set_rows(reversed(some_people(60)))

    assert table.chosen_key == "D-0007"
    assert table.chosen_keys == ["D-0007"]
    assert chosen == []


def test_choosing_says_which_row_and_a_row_that_is_not_shown_cannot_be_chosen(qtbot: QtBot) -> None:
    table, chosen = a_table(qtbot), list[object]()
    table.row_chosen.connect(chosen.append)

    assert table.choose("D-0003")
    table.rows.set_filter("rollinsford")

    assert not table.choose("D-0004")
    assert chosen[0] == "D-0003"


def test_a_click_on_the_header_sorts_and_another_turns_it_round(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    header = table.horizontalHeader()
    spot = header.viewport().rect().topLeft()
    spot.setX(header.sectionViewportPosition(0) + 20)
    spot.setY(8)

    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    first = names(table.rows)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    assert first == sorted(first, key=folded)
    assert [folded(name) for name in names(table.rows)] == sorted(map(folded, first), reverse=True)


def test_it_can_be_used_by_keys_alone(qtbot: QtBot) -> None:
    table, opened = a_table(qtbot), list[object]()
    table.row_opened.connect(opened.append)
    table.setFocus()

    chosen: list[object] = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_Down):
        qtbot.keyClick(table, key)
        chosen.append(table.chosen_key)
    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert chosen == ["D-0039", "D-0000", "D-0001"]
    assert opened == ["D-0001"]


def test_typing_letters_jumps_to_the_next_name_that_starts_with_them(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.setFocus()

    for letter in "ines":
        qtbot.keyClick(table, letter)

    assert table.chosen_key == "D-0002"


def test_copied_rows_are_what_stands_on_screen_and_run_nothing(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.rows.set_rows([Person("D-1", '=HYPERLINK("x")', "Dover", some_people(2)[1].free, 0)])
    table.choose("D-1")

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == '\'=HYPERLINK("x")\tDover\t919\tNothing to ask'


@pytest.mark.parametrize("text", ["=1+1", "+1 (207) 555-0109", "-x", "@SUM(A1)", "\tx", "\rx", "\0x"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text).startswith("'")


def test_plain_cells_are_copied_as_they_are_and_lines_do_not_break() -> None:
    assert as_tsv([["-3", "a\nb"], ["x", "1,200"]]) == "-3\ta b\nx\t1,200"


def test_widths_order_columns_and_sorting_are_remembered(qtbot: QtBot, settings: QSettings) -> None:
    table = a_table(qtbot, settings=settings)
    header = table.horizontalHeader()
    header.moveSection(0, 2)
    header.resizeSection(1, 333)
    table.columns_menu(table).actions()[4].trigger()
    table.columns_menu(table).actions()[3].trigger()
    table.sortByColumn(2, DESCENDING)

    again = a_table(qtbot, settings=settings)

    assert again.shown_headers() == table.shown_headers() == ["Town", "Free oz", "Name", "Code"]
    assert again.horizontalHeader().sectionSize(1) == 333
    assert codes(again.rows) == codes(table.rows) != codes(a_model(Display()))


def test_settings_of_another_version_upset_nothing(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("tables/donors", '{"order": ["Gone", "Town"], "hidden": [], "widths": {"Gone": 5},')

    assert a_table(qtbot, settings=settings).shown_headers() == ["Name", "Town", "Free oz", "State"]


def test_the_last_column_cannot_be_hidden(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    for action in table.columns_menu(table).actions()[1:4]:
        action.trigger()

    assert not table.columns_menu(table).actions()[0].isEnabled()
    assert table.shown_headers() == ["Name"]


def test_a_row_action_has_its_key_while_the_table_has_the_focus(qtbot: QtBot) -> None:
    table, done = a_table(qtbot), list[str]()
    action = QAction("Delete", table)
    action.setShortcut("Del")
    action.triggered.connect(lambda: done.append("deleted"))
    table.set_row_actions([action])
    with qtbot.waitExposed(table):
        table.activateWindow()
    table.setFocus()

    qtbot.keyClick(table, Qt.Key.Key_Delete)

    assert done == ["deleted"]


def test_a_switch_of_units_changes_cells_and_headers(qtbot: QtBot) -> None:
    display = Display()
    model = a_model(display, 2)

    display.switch_volume()
    model.refresh_texts()

    assert model.headerData(2, Qt.Orientation.Horizontal) == "Free mL"
    assert model.index(1, 2).data() == "27,178"


def test_states_are_an_icon_and_a_word(qtbot: QtBot) -> None:
    model = a_model(Display(), 2)

    for row in range(2):
        assert model.index(row, 3).data()
        assert not model.index(row, 3).data(Qt.ItemDataRole.DecorationRole).isNull()


@pytest.mark.usefixtures("dressed")
def test_filtering_leaves_no_empty_space_to_scroll_through(qtbot: QtBot) -> None:
    table = a_table(qtbot, count=500)
    table.scrollToBottom()

    table.rows.set_filter("D-0003")

    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)
    assert table.rowAt(2) == 0


def sideways(table: RowTable) -> int:
    return table.horizontalScrollBar().maximum()


def in_sight(table: RowTable) -> list[str]:
    header = table.horizontalHeader()
    return [table.rows.columns[at].title for at in range(header.count()) if not header.isSectionHidden(at)]


@pytest.mark.usefixtures("dressed")
def test_columns_on_the_right_make_way_and_come_back(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.resize(900, 300)
    assert in_sight(table) == ["Name", "Town", "Free", "State"]

    table.resize(330, 300)
    assert "Name" in in_sight(table)
    assert "State" not in in_sight(table)
    assert sideways(table) == 0
    assert table.shown_headers() == ["Name", "Town", "Free oz", "State"]

    table.resize(900, 300)
    assert in_sight(table) == ["Name", "Town", "Free", "State"]


@pytest.mark.usefixtures("dressed")
def test_a_column_asked_for_stays_in_sight_when_others_make_way(qtbot: QtBot) -> None:
    table = a_table(qtbot)
    table.resize(420, 300)

    table._show_column(4, visible=True)

    assert in_sight(table)[0] == "Name"
    assert in_sight(table)[-1] == "Code"
    assert sideways(table) == 0


def test_a_column_that_waits_for_room_is_none_she_hid(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    narrow = a_table(qtbot, settings=settings)
    narrow.resize(330, 300)
    narrow.sortByColumn(0, Qt.SortOrder.DescendingOrder)

    again = a_table(qtbot, settings=settings)
    again.resize(900, 300)

    assert in_sight(again) == ["Name", "Town", "Free", "State"]


def test_a_short_column_fits_where_a_longer_one_made_way(qtbot: QtBot) -> None:
    rows = [("Ada Lind", "a town of a rather long name", "R-1")]
    columns = (
        Column[tuple[str, ...]]("Name", itemgetter(0), width=10),
        Column[tuple[str, ...]]("Town", itemgetter(1), width=28),
        Column[tuple[str, ...]]("Code", itemgetter(2), width=4),
    )
    model = RowTableModel(columns, key=itemgetter(2))
    model.set_rows(rows)
    table = RowTable(model, "short")
    qtbot.addWidget(table)
    table.resize(table._tight_width(0) + table._tight_width(2) + 30, 200)
    with qtbot.waitExposed(table):
        table.show()

    assert [table.isColumnHidden(column) for column in range(3)] == [False, True, False]
