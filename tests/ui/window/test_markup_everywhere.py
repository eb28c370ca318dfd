"""A network of markup, shown whole: every page, dialog, tooltip and menu shows it as it was typed."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database, open_database
from tests import seacoast
from tests.builders import TODAY
from tests.canary import CAN_WATCH, Canary, watched_picture
from tests.hostile_network import ORDERS, decide_everything, name_everything, texts_without_a_home
from tests.ui.network import opened, started
from tests.ui.window.test_pseudo_locale import (
    Walk,
    look_at_dialogs,
    look_at_import,
    look_at_menus,
    look_at_pages,
)
from ui import theme

pytestmark = pytest.mark.skipif(not CAN_WATCH, reason="only Linux tells who opened a file")

Kind = TypeVar("Kind", bound=QWidget)

_ENDING = f"<b>x</b>&amp R&D [*]{ORDERS}\nnext"
_UNDERLINED = re.compile("(?<!&)&(?:amp|D)")


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    """Give a picture that is watched."""
    with watched_picture(tmp_path / "canary.png") as canary:
        yield canary


@pytest.fixture
def hostile(worked_file: Path, tmp_path: Path, canary: Canary) -> Iterator[Database]:
    """Give the sample region after a week, every free text of it markup that names the picture."""
    database = open_database(Path(shutil.copy(worked_file, tmp_path / "network.db")))
    decide_everything(database, TODAY)
    name_everything(database, canary.markup + _ENDING)
    yield database
    database.dispose()


@dataclass
class MarkupWalk(Walk):
    """What was taken for markup on the way through the window."""

    canary: Canary = field(kw_only=True)
    read: dict[str, list[str]] = field(default_factory=dict)

    def look(self, where: str, widget: QWidget) -> None:
        """Note what under *widget* reads markup, with the mouse on all of it, and who drew the picture."""
        super().look(where, widget)
        found = [*taken_for_markup(widget), *taken_for_mnemonics(widget)]
        found += [f"tip of {type(one).__name__}" for one in with_tips(widget) if shows_rich_tips(one)]
        if self.canary.was_opened():
            found.append("the picture was opened")
        if found:
            self.read[where] = found


def taken_for_markup(top: QWidget) -> Iterator[str]:
    """Yield what stands on a widget under *top* that would read markup."""
    for label in of_kind(top, QLabel):
        label.ensurePolished()
        if label.textFormat() != Qt.TextFormat.PlainText:
            yield f"label {label.text()}"
    for editor in of_kind(top, QTextEdit):
        yield f"{type(editor).__name__} reads markup"


def taken_for_mnemonics(top: QWidget) -> Iterator[str]:
    """Yield the words under *top* in which a name's ``&`` underlines what follows it."""
    words = chain(
        (button.text() for button in of_kind(top, QAbstractButton)),
        (box.title() for box in of_kind(top, QGroupBox)),
        (menu.title() for menu in of_kind(top, QMenu)),
        (action.text() for action in top.findChildren(QAction)),
        (bar.tabText(index) for bar in of_kind(top, QTabBar) for index in range(bar.count())),
        (label.text() for label in of_kind(top, QLabel) if label.buddy() is not None),
    )
    return (f"mnemonic in {text}" for text in words if _UNDERLINED.search(text))


def of_kind(top: QWidget, kind: type[Kind]) -> list[Kind]:
    """Return every widget of *kind* under *top*, itself too."""
    return [*([top] if isinstance(top, kind) else []), *top.findChildren(kind)]


def with_tips(top: QWidget) -> list[QWidget]:
    """Return what under *top* may have a tooltip and can be seen."""
    return [
        one
        for one in of_kind(top, QWidget)
        if one.isVisible() and (one.toolTip() or isinstance(one.parentWidget(), QAbstractItemView | QTabBar))
    ]


def shows_rich_tips(widget: QWidget) -> bool:
    """Rest the mouse on *widget* here and there; return whether a tooltip read markup."""
    rich = False
    for at in resting_places(widget):
        QToolTip.hideText()
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        rich |= any(tip.textFormat() != Qt.TextFormat.PlainText for tip in tips())
    return rich


def resting_places(widget: QWidget) -> Iterator[QPoint]:
    """Yield the middle of *widget*, and of the first cells where it is a table's."""
    yield widget.rect().center()
    view = widget.parentWidget()
    if isinstance(view, QAbstractItemView) and view.viewport() is widget and view.model() is not None:
        line = view.visualRect(view.model().index(0, 0)).center().y()
        yield from (QPoint(x, line) for x in range(5, view.viewport().width(), 60))


def tips() -> list[QLabel]:
    """Return the tooltips on screen."""
    tops = QApplication.topLevelWidgets()
    return [top for top in tops if isinstance(top, QLabel) and top.metaObject().className() == "QTipLabel"]


def a_list_of_markup(folder: Path, text: str) -> Path:
    """Return a list whose headings and cells are markup, and its name too."""
    with seacoast.DONORS.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    path = folder / "<b>R&D &amp [*].csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*headings, text])
        for row in rows:
            writer.writerow([*(text if cell.replace(" ", "").isalpha() else cell for cell in row), text])
    return path


def test_markup_is_text_on_every_page_and_dialog_and_in_every_tooltip(
    qtbot: QtBot, qapp: QApplication, hostile: Database, canary: Canary, tmp_path: Path
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    walk = MarkupWalk(qtbot, opened(qtbot, hostile, started(tmp_path)), canary=canary)
    look_at_pages(walk, hostile)
    look_at_menus(walk)
    look_at_import(walk, a_list_of_markup(tmp_path, canary.markup + _ENDING))
    look_at_dialogs(walk, hostile)
    walk.window.close()

    assert sum("<img" in text for text in walk.said) > 50
    assert walk.read == {}


def test_every_text_that_can_be_stored_is_put_to_the_test() -> None:
    assert list(texts_without_a_home()) == []
