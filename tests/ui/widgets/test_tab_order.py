"""Where Tab goes when lines are made anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.widgets.frame.tab_order import move_focus
from ui.widgets.rows import Row, Rows


class Window(QWidget):
    """A button, lines, another button."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.rows, self.after = QPushButton("before"), Rows("Nothing."), QPushButton("after")
        layout = QVBoxLayout(self)
        for widget in (self.before, self.rows, self.after):
            layout.addWidget(widget)

    def show_lines(self, words: Sequence[str]) -> None:
        rows = [Row(word) for word in words]
        for row, word in zip(rows, words, strict=True):
            row.add_button(word)
        self.rows.set_rows(rows)

    # Overrides of Qt.

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt’s
        return move_focus(self, forward=next)


def opened(qtbot: QtBot, *words: str) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show_lines(words)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def focused() -> str:
    focus = QApplication.focusWidget()
    return focus.text() if isinstance(focus, QPushButton) else ""


def test_lines_made_later_are_reached_where_they_stand(qtbot: QtBot) -> None:
    window = opened(qtbot, "old")
    window.show_lines(["one", "two"])
    qtbot.waitUntil(window.rows.findChildren(QPushButton)[-1].isVisible)
    window.before.setFocus()

    passed = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        passed.append(focused())

    assert passed == ["one", "two", "after", "before"]


def test_the_focus_stays_on_the_line_of_the_same_name(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two")
    window.rows.findChildren(QPushButton)[1].setFocus()

    window.show_lines(["zero", "one", "two"])

    qtbot.waitUntil(lambda: focused() == "two")


def test_the_focus_stays_in_its_place_when_its_line_is_gone(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two", "three")
    window.rows.findChildren(QPushButton)[1].setFocus()

    window.show_lines(["one", "three"])

    qtbot.waitUntil(lambda: focused() == "three")


def test_lines_made_anew_elsewhere_do_not_take_the_focus(qtbot: QtBot) -> None:
    window = opened(qtbot, "one")
    window.after.setFocus()

    window.show_lines(["one", "two"])
    qtbot.waitUntil(window.rows.findChildren(QPushButton)[-1].isVisible)

    assert focused() == "after"


def test_the_focus_stays_beside_a_button_that_is_switched_off(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two")
    one, two = window.rows.findChildren(QPushButton)
    one.setFocus()

    one.setEnabled(False)
    assert focused() == "two"

    two.setEnabled(False)
    assert focused() == "after"


def test_the_focus_stays_in_the_part_whose_last_button_is_switched_off(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two")
    two = window.rows.findChildren(QPushButton)[1]
    two.setFocus()

    two.setEnabled(False)

    assert focused() == "one"


def test_the_focus_goes_on_from_a_part_that_is_hidden(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two")
    window.rows.findChildren(QPushButton)[0].setFocus()

    window.rows.hide()

    assert focused() == "after"


def test_tab_goes_on_from_words_that_were_clicked(qtbot: QtBot) -> None:
    window = opened(qtbot, "one", "two")
    words = next(label for label in window.rows.findChildren(QLabel) if label.text() == "two")
    words.setFocus()

    qtbot.keyClick(words, Qt.Key.Key_Tab)

    assert focused() == "two"


class Main(QMainWindow):
    """Navigation beside a page, and a status line with a button."""

    def __init__(self) -> None:
        super().__init__()
        holder = QWidget()
        layout = QVBoxLayout(holder)
        self.navigation, self.page = QPushButton("Today"), QWidget()
        self.on_page = QPushButton("only one", self.page)
        for widget in (self.navigation, self.page):
            layout.addWidget(widget)
        self.setCentralWidget(holder)
        line = QStatusBar()
        line.addPermanentWidget(QPushButton("Not locked"))
        self.setStatusBar(line)

    # Overrides of Qt.

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt’s
        return move_focus(self, forward=next)


def test_the_status_line_gets_no_focus_from_a_page_whose_last_control_goes(qtbot: QtBot) -> None:
    window = Main()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.on_page.setFocus()

    window.on_page.hide()

    assert focused() == "Today"
