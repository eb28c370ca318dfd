"""The coordinator's hands: keys and mouse at the window that has the focus, and eyes that wait.

Everything goes in where the system would put it, at the top-level window, so that Qt itself decides who gets
a key or a click: what is covered, disabled, scrolled away or behind a dialog is not reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotSeenError
from pytestqt.qtbot import QtBot

from tests.e2e.counting import Effort
from ui.widgets.frame.navigation import Navigation
from ui.widgets.frame.tab_order import controls_in

PATIENCE_MS = 60_000
"""Nobody waits so long; a test does, where the machine is busy with others."""
MOST_TURNS = 150


class Hands:
    """What both kinds of hands do: write, press keys, wait, and answer the system's question for a file.

    ``effort`` is what it took so far; see ``counting``.
    """

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.effort = Effort()

    def press(self, keys: str, times: int = 1) -> None:
        """Press ``Ctrl+K``, ``Down`` or the like, *times* over, wherever the focus is."""
        combination = QKeySequence(keys)[0]  # type: ignore[index] # PySide's stubs forget it
        for _ in range(times):
            self.effort.keys += 1
            QTest.keyClick(_front(), combination.key(), combination.keyboardModifiers())
            QCoreApplication.processEvents()

    def write(self, text: str) -> None:
        """Type *text*, in any script, wherever the focus is."""
        for letter in text:
            self.effort.letters += 1
            key = ord(letter.upper()) if letter.isascii() else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                QCoreApplication.sendEvent(_front(), event)

    def wait_for(self, seen: Callable[[], object]) -> None:
        """Wait until *seen*; fail with its source where that takes too long."""
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)

    def sees(self, name: str) -> QWidget | None:
        """Return the control called *name* in the window in front, if it is to be seen there."""
        front = QApplication.activeModalWidget() or main_window()
        # The pages' buttons are called like the tables on them.
        controls = (one for one in self._names_in(front) if not isinstance(one.parent(), Navigation))
        found = [one for one in controls if _called(one) == name]
        assert len(found) <= 1, f"{len(found)} controls are called {name!r}"
        return found[0] if found else None

    def control(self, name: str) -> QWidget:
        """Wait until a control called *name* is to be seen and enabled, and return it."""
        try:
            self.wait_for(lambda: self.sees(name))
        except NotSeenError:
            front = QApplication.activeModalWidget() or main_window()
            message = f"no {name!r} among {[_called(one) for one in self._names_in(front)]}"
            raise AssertionError(message) from None
        found = self.sees(name)
        assert found is not None
        return found

    def menu(self) -> QMenu:
        """Wait until a menu is open and return the innermost."""
        self.wait_for(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    @contextmanager
    def naming_files(self, *paths: Path) -> Iterator[None]:
        """Answer the question for a file that comes inside this block by typing *paths*."""
        with self._answering(lambda asked: self._name(asked, paths)):
            yield

    @contextmanager
    def saving_as_proposed(self) -> Iterator[None]:
        """Answer the question for a file that comes inside this block with what it proposes."""
        with self._answering(self._accept):
            yield

    @contextmanager
    def _answering(self, answer_it: Callable[[QFileDialog], None]) -> Iterator[None]:
        failed: list[BaseException] = []

        def answer() -> None:
            asked = QApplication.activeModalWidget()
            if not isinstance(asked, QFileDialog) or not asked.isActiveWindow():
                return
            timer.stop()
            try:
                answer_it(asked)
            except BaseException as error:  # noqa: BLE001 - told below; the dialog must not stay open
                failed.append(error)
                asked.reject()

        timer = QTimer(interval=10)
        timer.timeout.connect(answer)
        timer.start()
        yield
        assert not timer.isActive(), "nobody asked for a file"
        if failed:
            raise failed[0]

    def _name(self, asked: QFileDialog, paths: Sequence[Path]) -> None:
        line = asked.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        assert line.hasFocus()
        self.press("Ctrl+A")
        if len(paths) > 1:
            # Into their folder first: where the typed beginning completes to a folder, the first is lost.
            self.write(str(paths[0].parent))
            self.press("Return")
            self.press("Ctrl+A")
            self.write(" ".join(f'"{path.name}"' for path in paths))
        else:
            self.write(str(paths[0]))
        self._accept(asked)

    def _names_in(self, front: QWidget) -> list[QWidget]:
        """Return the controls of *front* that these hands reach."""
        raise NotImplementedError

    def _accept(self, asked: QFileDialog) -> None:
        raise NotImplementedError


class Keyboard(Hands):
    """Keys alone."""

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab (Shift+Tab) until the control called *name* has the focus, and return it."""
        passed: list[QWidget | None] = []
        while not (target := self.control(name)).hasFocus():  # lines are made anew after every change
            focus = QApplication.focusWidget()
            assert focus not in passed, f"Tab does not come to {name!r}: {[_name_of(one) for one in passed]}"
            passed.append(focus)
            self.press("Shift+Tab" if back else "Tab")
        return target

    def push(self, name: str, *, back: bool = False) -> None:
        """Go to the button called *name* and press Space on it."""
        self.tab_to(name, back=back)
        self.press("Space")

    def fill(self, name: str, text: str, *, back: bool = False) -> None:
        """Go to the field called *name*, type *text* over what is there, and leave it."""
        self.tab_to(name, back=back)
        self.press("Ctrl+A")
        self.write(text)
        self.press("Tab")

    def choose(self, name: str, words: str, *, back: bool = False) -> None:
        """Go to the box called *name* and step down to the choice called *words*."""
        box = self.tab_to(name, back=back)
        assert isinstance(box, QComboBox)
        self.press("Home")
        for _ in range(box.count()):
            if box.currentText() == words:
                break
            self.press("Down")
        assert box.currentText() == words

    def pick(self, *words: str) -> None:
        """Go down the open menu to the entry called *words*, through submenus, and take the last."""
        for depth, word in enumerate(words, start=1):
            menu = self.menu()
            for _ in menu.actions():
                active = menu.activeAction()
                if active is not None and active.text() == word:
                    break
                self.press("Down")
            active = menu.activeAction()
            assert active is not None
            assert active.text() == word, f"no {word!r} among {[one.text() for one in menu.actions()]}"
            self.press("Return" if depth == len(words) else "Right")

    def _names_in(self, front: QWidget) -> list[QWidget]:
        return list(controls_in(front))

    def _accept(self, asked: QFileDialog) -> None:  # noqa: ARG002 - the focus is in it
        self.press("Return")


class Mouse(Hands):
    """A mouse for everything but words."""

    def click(self, name: str) -> None:
        """Click the control called *name*."""
        self.click_at(self.control(name))

    def click_page(self, word: str) -> None:
        """Click the page called *word* in the navigation."""
        buttons = main_window().findChildren(QToolButton)
        self.click_at(
            next(one for one in buttons if isinstance(one.parent(), Navigation) and one.text() == word)
        )

    def click_at(
        self,
        target: QWidget,
        at: QPoint | None = None,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click the middle of *target* (or *at* in it), which must be to be seen there."""
        self._bring_into_sight(target)
        window, point = _place_of(target, at)
        self.effort.clicks += 1
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, held, point)
        QCoreApplication.processEvents()

    def click_row(
        self, view: QAbstractItemView, row: int, column: int = 0, *, up_to_here: bool = False
    ) -> None:
        """Click the cell at *row* and *column* of a table or list; choose *up_to_here*: with Shift held."""
        index = view.model().index(row, column)
        view.scrollTo(index)
        held = Qt.KeyboardModifier.ShiftModifier if up_to_here else Qt.KeyboardModifier.NoModifier
        self.click_at(view.viewport(), view.visualRect(index).center(), held)

    def click_box(self, view: QAbstractItemView, row: int) -> None:
        """Click the box before the line *row* of a list."""
        index = view.model().index(row, 0)
        line = view.visualRect(index)
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect = line
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        box = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view)
        self.click_at(view.viewport(), box.center())

    def click_header(self, table: QTableView, title: str) -> None:
        """Click the header of the column called *title*."""
        header = table.horizontalHeader()
        titles = [
            str(table.model().headerData(at, Qt.Orientation.Horizontal)) for at in range(header.count())
        ]
        at = titles.index(title)
        middle = header.sectionViewportPosition(at) + header.sectionSize(at) // 2
        self.click_at(header.viewport(), QPoint(middle, header.height() // 2))

    def pick(self, words: str) -> None:
        """Click the entry called *words* of the open menu."""
        menu = self.menu()
        entries = [one for one in menu.actions() if one.text() == words]
        assert len(entries) == 1, f"{words!r} is not once among {[one.text() for one in menu.actions()]}"
        self.click_at(menu, menu.actionGeometry(entries[0]).center())

    def open_menu(self, title: str) -> None:
        """Click the menu called *title* of the menu bar."""
        bar = main_window().menuBar()
        action = next(one for one in bar.actions() if one.text().replace("&", "") == title)
        self.click_at(bar, bar.actionGeometry(action).center())

    def choose(self, name: str, words: str) -> None:
        """Open the box called *name* and click the choice called *words*."""
        box = self.control(name)
        assert isinstance(box, QComboBox)
        self.click_at(box)
        row = box.findText(words)

        def is_chosen() -> bool:
            # For a moment after it opened, the list takes a click for the end of the one that opened it.
            if box.view().isVisible():
                self.click_row(box.view(), row)
            return box.currentText() == words

        self.wait_for(is_chosen)

    def fill(self, name: str, text: str) -> None:
        """Click into the field called *name* and type *text* over what is there."""
        self.click(name)
        self.press("Ctrl+A")
        self.write(text)

    def _names_in(self, front: QWidget) -> list[QWidget]:
        shown = (one for one in front.findChildren(QWidget) if one.isVisible() and one.isEnabled())
        return [
            one for one in shown if one.window() is front and one.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ]

    def _bring_into_sight(self, target: QWidget) -> None:
        area = _scroll_area_of(target)
        if area is None:
            return
        port = area.viewport()
        turns = 0
        while not port.rect().contains(target.mapTo(port, target.rect().center())):
            is_below = target.mapTo(port, target.rect().center()).y() > port.height() // 2
            self.effort.turns += 1
            _turn_wheel(port, -1 if is_below else 1)
            turns += 1
            assert turns < MOST_TURNS, f"the wheel does not bring {_name_of(target)} into sight"

    def _accept(self, asked: QFileDialog) -> None:
        buttons = [button for button in asked.findChildren(QPushButton) if button.isDefault()]
        assert len(buttons) == 1
        self.click_at(buttons[0])


def _front() -> QWindow:
    """Return the window that keys go to."""
    if QGuiApplication.focusWindow() is None:
        _give_focus_back()
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the focus"
    return window


def _give_focus_back() -> None:
    """Activate what a closed dialog was over, as window managers do and the offscreen screen does not."""
    (QApplication.activeModalWidget() or main_window()).activateWindow()
    QCoreApplication.processEvents()


def main_window() -> QMainWindow:
    """Return the program's window."""
    windows = QApplication.topLevelWidgets()
    return next(one for one in windows if isinstance(one, QMainWindow) and one.isVisible())


def _called(control: QWidget) -> str:
    """Return what *control* is called: a button without a name of its own by what is written on it."""
    written = control.text().replace("&", "") if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or written


def _name_of(widget: QWidget | None) -> str:
    return "nothing" if widget is None else f"{type(widget).__name__} “{widget.accessibleName()}”"


def _place_of(target: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
    """Return the window of *target* and the point in it, once nothing else lies over that point."""
    top = target.window()
    point = target.mapTo(top, at if at is not None else target.rect().center())
    assert target.isVisible(), f"{_name_of(target)} is not to be seen"
    assert target.isEnabled(), f"{_name_of(target)} is disabled"
    found = top.childAt(point) or top
    assert found is target or target.isAncestorOf(found), f"{_name_of(found)} lies over {_name_of(target)}"
    window = top.windowHandle()
    assert window is not None
    return window, point


def _scroll_area_of(target: QWidget) -> QScrollArea | None:
    parent = None if target.isWindow() else target.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget() if not parent.isWindow() else None
    return parent


def _turn_wheel(port: QWidget, notches: int) -> None:
    """Turn the mouse wheel over the middle of *port*, down where *notches* is negative."""
    window, point = _place_of(port, None)
    QTest.wheelEvent(window, QPointF(point), QPoint(0, notches * 120))
    QCoreApplication.processEvents()
