"""Icons: own SVGs in ``resources/icons``, drawn in a colour of the theme in force.

An icon is asked for by name, never kept, so that a change of theme reaches it: models ask anew for each
cell, buttons and actions get theirs by ``set_icon``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui import theme

_SIZES = (16, 20, 24, 32, 48, 64)
_HELD_BACK: list[QIcon] = []

COLOURS = {
    "donor": "donor",
    "recipient": "recipient",
    "driver": "driver",
    "ask": "ask",
    "problem": "problem",
    "done": "done",
    "call": "ask",
    "clinician": "ask",
    "waits": "quiet",
    "refer": "problem",
}
"""Icons that have a colour of their own; all others take the text's."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return the icon *name* in *colour* (``#RRGGBB``), by default the one its meaning has.

    Raises:
        FileNotFoundError: If there is no such icon.
    """
    return _drawn(name, colour or str(getattr(theme.tokens(), COLOURS.get(name, "text"))))


def set_icon(target: QAbstractButton | QAction, name: str, role: str = "") -> None:
    """Give *target* the icon *name* and keep it in the colours of the theme.

    Args:
        target: A button or an action.
        name: Of the icon.
        role: The token to draw it in; by default the colour its meaning has.
    """
    target.setProperty("icon_name", name)
    target.setProperty("icon_role", role)
    if _HELD_BACK:
        target.setIcon(_HELD_BACK[-1])
    else:
        _colour(target)


@contextmanager
def held_back() -> Iterator[None]:
    """Let ``set_icon`` only keep the room free until ``refresh``: drawing costs as much as a first paint."""
    room = QPixmap(_SIZES[0], _SIZES[0])
    room.fill(Qt.GlobalColor.transparent)
    _HELD_BACK.append(QIcon(room))
    try:
        yield
    finally:
        _HELD_BACK.pop()


def refresh() -> None:
    """Draw every icon given by ``set_icon`` again; called when the theme changes."""
    for widget in QApplication.allWidgets():
        for target in (widget, *widget.actions()):
            if isinstance(target, (QAbstractButton, QAction)) and target.property("icon_name"):
                _colour(target)


theme.THEME.changed.connect(refresh)


def _colour(target: QAbstractButton | QAction) -> None:
    role = str(target.property("icon_role"))
    target.setIcon(icon(str(target.property("icon_name")), getattr(theme.tokens(), role) if role else None))


def names() -> list[str]:
    """Return the names of all icons, sorted."""
    folder = files("resources").joinpath("icons")
    return sorted(
        entry.name.removesuffix(".svg") for entry in folder.iterdir() if entry.name.endswith(".svg")
    )


@cache
def _source(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str) -> QIcon:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    drawn = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        drawn.addPixmap(pixmap, QIcon.Mode.Normal)
        # The same picture when the row is selected or the button off: no style's grey over our colours.
        drawn.addPixmap(pixmap, QIcon.Mode.Selected)
    return drawn
