"""The language nobody speaks for Qt, and all texts of a widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.lupdate import released
from tests.pseudo_locale import pseudo

_FIRST_ROWS = 6
_QTS_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""How the names of widgets begin that Qt makes inside its own."""


def pseudo_translator(folder: Path) -> QTranslator:
    """Return the window's texts in that language, made in *folder*."""
    translator = QTranslator()
    assert translator.load(str(released(folder / "pseudo.ts", pseudo)))
    return translator


def texts_of(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text of *top* and what is in it, shown or not yet, with the class of its widget."""
    for widget in chain([top], top.findChildren(QWidget)):
        if not widget.objectName().startswith(_QTS_OWN) and not _is_a_standard_button(widget):
            for text in chain(_about(widget), _inside(widget)):
                yield type(widget).__name__, text
    for action in top.findChildren(QAction):
        yield "QAction", action.text()


def _is_a_standard_button(widget: QWidget) -> bool:
    """Whether Qt names the button: "Close", "Cancel"."""
    box = widget.parentWidget()
    if not isinstance(box, QDialogButtonBox) or not isinstance(widget, QAbstractButton):
        return False
    return box.standardButton(widget) is not QDialogButtonBox.StandardButton.NoButton


def _about(widget: QWidget) -> Iterable[str]:
    title = widget.windowTitle() if widget.isWindow() else ""
    return title, widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()


def _inside(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.placeholderText(), widget.text())
        case QTextEdit() | QPlainTextEdit():
            yield from (widget.placeholderText(), widget.toPlainText())
        case QGroupBox() | QMenu():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(index) for index in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None and not isinstance(widget, QHeaderView):
            yield from _in_model(widget.model())


def _in_model(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(_FIRST_ROWS, model.rowCount(QModelIndex()))):
            index = model.index(row, column)
            yield str(index.data() or "")
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")


def beyond_reach(top: QWidget) -> list[str]:
    """Return the areas that do not scroll sideways and hold something wider than they are."""
    return [
        f"{type(area.parentWidget()).__name__}: {body.width()} in {area.viewport().width()}"
        for area in top.findChildren(QScrollArea)
        if area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.isVisible()
        and (body := area.widget()) is not None
        and body.width() > area.viewport().width()
    ]
