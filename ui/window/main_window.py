"""The window: a frame around pages. It knows their names and icons, and nothing else about them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ui.theme import RAIL_BELOW_PX, SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.units import Display
from ui.widgets.frame.finder import Finder
from ui.widgets.frame.navigation import Navigation
from ui.widgets.frame.notice import NoticeLine
from ui.widgets.frame.pressing import is_plain_enter, press
from ui.widgets.frame.shortcut_sheet import ShortcutSheet
from ui.widgets.frame.status_line import StatusLine
from ui.widgets.frame.tab_order import move_focus
from ui.widgets.label import Label, literal, one_line

_GEOMETRY = "window/geometry"
_CORNER = "window/corner"


class MainWindow(QMainWindow):
    """Navigation left, pages in the middle, the finder above, the status line below.

    Pages come in by ``add_page``, menus fill by ``add_action``. ``undo_wanted`` and ``redo_wanted`` come
    from menu, keys and status line; whoever keeps the undo stack answers with ``name_undo``.
    ``first_painted`` is emitted once, when the window is on screen: what may come after starts then.
    ``closing`` is emitted before the window goes: wait for the runners then.
    """

    page_shown = Signal(int)
    undo_wanted = Signal()
    redo_wanted = Signal()
    first_painted = Signal()
    closing = Signal()

    def __init__(self, display: Display, settings: QSettings | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._is_painted = False
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, list[QAction]] = {}
        self._other_keys: dict[str, list[tuple[str, str]]] = {}
        self.network = Label()
        set_role(self.network, "strong")
        self.navigation = Navigation()
        self.navigation.page_wanted.connect(self.show_page)
        self.pages = QStackedWidget()
        self._under: dict[int, int] = {}
        self.notice = NoticeLine()
        self.finder = Finder(self)
        self.status = StatusLine(display)
        self.status.undo_wanted.connect(self.undo_wanted)
        self.status.lay_over(self.notice)
        self.setStatusBar(self.status)
        self._lay_out()
        self.set_network("")
        self._restore()
        self._first_size = self.size()

    def set_network(self, name: str) -> None:
        """Show the name of the network in the title and above the pages."""
        title = f"Milk Run — {one_line(name)}" if name else "Milk Run"
        self.setWindowTitle(title.replace("[*]", "[*][*]"))  # alone it stands for "not saved"
        self.network.setText(title)

    def add_page(self, icon_name: str, word: str, page: QWidget) -> int:
        """Add *page*, called *word*, with Ctrl and its number as key; return its index."""
        number = self.pages.count() + 1
        shortcut = f"Ctrl+{number}"
        index = self.navigation.add(icon_name, word, shortcut)
        self.pages.addWidget(page)
        self.add_action(self.tr("&View"), word, shortcut, lambda: self.show_page(index))
        if index == 0:
            self.show_page(0)
        return index

    def add_view(self, word: str, page: QWidget, under: int, shortcut: str) -> int:
        """Add *page* as another view of page *under*: with a key, without a place in the navigation."""
        index = self.pages.addWidget(page)
        self._under[index] = under
        self.add_action(self.tr("&View"), word, shortcut, lambda: self.show_page(index))
        return index

    def show_page(self, index: int) -> None:
        """Bring page *index* to the front."""
        page = self.pages.widget(index)
        if page is None:
            return
        self.pages.setCurrentIndex(index)
        page.setFocus()
        self.navigation.mark(self._under.get(index, index))
        self.page_shown.emit(index)

    def add_action(
        self,
        menu: str,
        text: str,
        shortcut: str | QKeySequence | QKeySequence.StandardKey | None = None,
        slot: Callable[[], object] | None = None,
    ) -> QAction:
        """Add an action to the menu called *menu*, which is made when it is new, in the order asked for."""
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        if slot is not None:
            action.triggered.connect(lambda *_: slot())
        self.menu(menu).addAction(action)
        self._actions.setdefault(menu.replace("&", ""), []).append(action)
        return action

    def menu(self, title: str) -> QMenu:
        """Return the menu called *title*, for separators and submenus."""
        if title not in self._menus:
            self._menus[title] = self.menuBar().addMenu(title)
        return self._menus[title]

    def add_undo_actions(self, menu: str) -> tuple[QAction, QAction]:
        """Add Undo and Redo to *menu*; a field with the focus keeps Ctrl+Z for its typing."""
        self.undo = self.add_action(menu, "", QKeySequence.StandardKey.Undo, self.undo_wanted.emit)
        self.redo = self.add_action(menu, "", "Ctrl+Shift+Z", self.redo_wanted.emit)
        self.name_undo("", "")
        return self.undo, self.redo

    def name_undo(self, undo: str, redo: str) -> None:
        """Say what Undo and Redo would do (``Changed phone of Zoë Ueda``); "" for nothing.

        The actions must be in a menu already (``add_undo_actions``).
        """
        for action, plain, named, what in (
            (self.undo, self.tr("Undo"), self.tr("Undo: {what}"), one_line(undo)),
            (self.redo, self.tr("Redo"), self.tr("Redo: {what}"), one_line(redo)),
        ):
            action.setText(named.format(what=literal(what)) if what else plain)
            action.setEnabled(bool(what))
        self.status.say_undo(one_line(undo))

    def name_key(self, group: str, keys: str, does: str) -> None:
        """List a key on the shortcut sheet that is no action of a menu."""
        self._other_keys.setdefault(group, []).append((keys, does))

    def add_common_actions(self) -> None:
        """Add what every window has: the finder's Ctrl+K and the sheet of keys."""
        self.add_action(self.tr("&View"), self.tr("Find a family"), "Ctrl+K", self.focus_finder)
        self.add_action(self.tr("&Help"), self.tr("Keys"), "Ctrl+/", self.show_keys)

    def focus_finder(self) -> None:
        """Put the cursor into the finder."""
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def show_keys(self) -> ShortcutSheet:
        """Open the sheet of keys beside the work."""
        sheet = ShortcutSheet(self._actions, self._other_keys, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()
        return sheet

    def _lay_out(self) -> None:
        top = QFrame()
        set_role(top, "top")
        above = QHBoxLayout(top)
        above.setContentsMargins(SPACE_LARGE, SPACE_SMALL, SPACE, SPACE_SMALL)
        above.addWidget(self.network, stretch=1)
        above.addWidget(self.finder)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.navigation)
        below.addWidget(self.pages, stretch=1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addLayout(below, stretch=1)
        self.setCentralWidget(body)

    def _restore(self) -> None:
        """Stand where it stood; Qt brings what would lie off the screens there are now back onto one."""
        geometry = self._settings.value(_GEOMETRY) if self._settings is not None else None
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            title = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
            room = self.screen().availableSize()
            self.resize(first_width(room.width()), first_height(room.height(), title))
        corner = self._settings.value(_CORNER) if self._settings is not None else None
        if isinstance(corner, QPoint) and QGuiApplication.screenAt(corner) and not self.isMaximized():
            # Qt guesses how high the title bar is, and puts a window at the top of the screen too low.
            self.move(corner)

    def _fit(self) -> None:
        """Have the whole window on the screen, now that its frame is known, unless it was sized since."""
        if self.isMaximized() or self.isFullScreen() or self.size() != self._first_size:
            return
        frame, room = self.frameGeometry(), self.screen().availableGeometry()
        if not room.contains(frame):
            self.resize(self.size().boundedTo(room.size() - (frame.size() - self.size())))
            frame = self.frameGeometry()
            x = max(room.left(), min(frame.left(), room.right() + 1 - frame.width()))
            y = max(room.top(), min(frame.top(), room.bottom() + 1 - frame.height()))
            self.move(x, y)

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow window the rail."""
        super().resizeEvent(event)
        self.navigation.set_rail(is_rail=self.width() < RAIL_BELOW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say that the window is there, once everything in it is painted too."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._fit)
            QTimer.singleShot(0, self, self.first_painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, as Space does; Qt does so in dialogs alone."""
        if not (is_plain_enter(event) and press(self.focusWidget())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Let Tab go by what is laid out."""
        return move_focus(self, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood and let the work end."""
        if self._settings is not None:
            self._settings.setValue(_GEOMETRY, self.saveGeometry())
            self._settings.setValue(_CORNER, self.pos())
        self.closing.emit()
        super().closeEvent(event)


def first_width(room: int) -> int:
    """Return how wide a new window is on a screen with *room*: its pane must not lie beyond the edge."""
    return min(1280, room)


def first_height(room: int, title: int) -> int:
    """Return how high a new window is on a screen with *room*, under a bar *title* pixels high.

    Undo and what is kept stand in its last line, which must not lie under the edge of a small screen.
    """
    return min(760, room - title)
