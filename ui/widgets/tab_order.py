"""Where the keyboard goes: into a page at its best place, and by Tab through everything as it stands.

Qt keeps one ring of controls a window, in the order they came into it. Lines that are made anew, pages that
are made when first shown, and holders with a focus proxy upset it: controls end up behind the status line,
are jumped over, or catch Tab for good. So our windows ask ``move_focus``, which goes by what is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QTabWidget, QWidget


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the control after (or before) the one of *window* that has it; say whether it went.

    Call it from ``focusNextPrevChild`` of a window. The order is that of the layouts; after the last comes
    the first.
    """
    ring = list(controls_in(window))
    at = window.focusWidget()
    if not ring or ring == [at]:
        return False
    if at in ring:
        target = ring[(ring.index(at) + (1 if forward else -1)) % len(ring)]
    else:
        inside = [control for control in ring if at is not None and at.isAncestorOf(control)]
        target = (inside or ring)[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(target)
    return True


def controls_in(holder: QWidget) -> Iterator[QWidget]:
    """Yield the controls inside *holder* that Tab comes to, in the order they are laid out."""
    for child in _laid_out(holder):
        if child.isHidden() or child.isWindow() or not child.isEnabled():
            continue
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
            yield child
        yield from controls_in(child)


def focus_goes_to(holder: QWidget, target: Callable[[], QWidget | None]) -> None:
    """Let ``holder.setFocus()`` give the focus to the control that *target* returns then.

    Unlike a focus proxy the control may be another one each time.
    """
    _Entrance(holder, target)


class _Entrance(QObject):
    """Hands the focus that its holder is given on to a control inside."""

    def __init__(self, holder: QWidget, target: Callable[[], QWidget | None]) -> None:
        super().__init__(holder)
        self._target = target
        holder.installEventFilter(self)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the focus on."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            target = self._target()
            if target is not None:
                target.setFocus(event.reason())
        return super().eventFilter(watched, event)


def _laid_out(holder: QWidget) -> list[QWidget]:
    """Return the widgets right inside *holder*: those of its layout in its order, then all others."""
    layout = holder.layout()
    first = list(_items_of(layout)) if layout is not None else []
    if isinstance(holder, QTabWidget):
        first = [holder.tabBar()]
    others = (child for child in holder.children() if isinstance(child, QWidget))
    return list(dict.fromkeys([*first, *others]))


def _items_of(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _items_of(inner)


def _bring_into_sight(control: QWidget) -> None:
    parent = control.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
        parent = parent.parentWidget()
