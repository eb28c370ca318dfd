"""Which controls a screen reader could not name, and which words have too little room."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE_OTHERS = (
    QAccessible.Role.Cell,
    QAccessible.Role.ListItem,
    QAccessible.Role.MenuItem,
    QAccessible.Role.RowHeader,
    QAccessible.Role.ColumnHeader,
)


def nameless_controls(widget: QWidget) -> list[str]:
    """Return every control under *widget* that takes the focus and has no name, as role and class."""
    return [_described(control) for control in _controls_of(widget) if not _name(control).strip()]


def focusable_controls(widget: QWidget) -> int:
    """Return how many controls the walk sees, so that a test can tell that it saw any."""
    return sum(1 for _ in _controls_of(widget))


def _controls_of(widget: QWidget) -> Iterator[QAccessibleInterface]:
    QApplication.processEvents()
    return _controls(QAccessible.queryAccessibleInterface(widget))


def _controls(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for index in range(root.childCount()):
        child = root.child(index)
        if child is None or child.role() in _INSIDE_OTHERS:
            continue
        # A scroll area's viewport answers for the area that names it.
        is_viewport = child.object() is not None and child.object().objectName() == "qt_scrollarea_viewport"
        if child.state().focusable and not child.state().invisible and not is_viewport:
            yield child
        yield from _controls(child)


def _name(control: QAccessibleInterface) -> str:
    return control.text(QAccessible.Text.Name)


def _described(control: QAccessibleInterface) -> str:
    thing = control.object()
    kind = type(thing).__name__ if thing is not None else "?"
    return f"{control.role().name} {kind}"


def cut_labels(widget: QWidget) -> list[str]:
    """Return the text of every button and one-line label under *widget* that has less room than it needs."""
    QApplication.processEvents()
    labels = [label for label in widget.findChildren(QLabel) if not label.wordWrap()]
    every: list[QLabel | QAbstractButton] = [*labels, *widget.findChildren(QAbstractButton)]
    shown = [child for child in every if child.isVisible()]
    return [child.text() for child in shown if child.text() and _is_cut(child)]


def _is_cut(child: QWidget) -> bool:
    is_free_to_shrink = child.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    wanted = child.sizeHint()
    is_small = child.width() < wanted.width() or child.height() < wanted.height()
    return not is_free_to_shrink and (is_small or _is_covered(child))


def _is_covered(child: QWidget) -> bool:
    """Whether a parent has too little room to show all of *child* and cannot be scrolled."""
    shown, above = child.rect(), child
    while (parent := above.parentWidget()) is not None and not above.isWindow():
        if isinstance(parent, QAbstractScrollArea):
            return False
        shown = shown.translated(above.pos()).intersected(parent.rect())
        above = parent
    return shown.size() != child.size()


def overlapping(widget: QWidget) -> list[str]:
    """Return every two parts of a layout under *widget* that lie over each other.

    A pane that is laid over its table on a narrow window (``DetailSplit``) does so on purpose.
    """
    QApplication.processEvents()
    holders = [one for one in (widget, *widget.findChildren(QWidget)) if one.isVisible()]
    return [
        f"{type(holder).__name__}: {_shown_as(one)} over {_shown_as(other)}"
        for holder in holders
        if holder.layout() is not None and type(holder).__name__ != "DetailSplit"
        for one, other in combinations(_parts_of(holder), 2)
        if _common_pixels(one, other) > 0
    ]


def _parts_of(holder: QWidget) -> list[QWidget]:
    parts = holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [part for part in parts if part.isVisible() and not part.isWindow()]


def _common_pixels(one: QWidget, other: QWidget) -> int:
    """A frame may touch the next one by a pixel."""
    common = one.geometry().intersected(other.geometry()).adjusted(0, 0, -1, -1)
    return max(0, common.width()) * max(0, common.height())


def _shown_as(part: QWidget) -> str:
    text = part.text() if isinstance(part, QAbstractButton | QLabel) else ""
    return text or type(part).__name__
