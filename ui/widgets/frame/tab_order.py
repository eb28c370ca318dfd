"""Where the keyboard goes: into a page at its best place, and by Tab through everything as it stands.

Qt keeps one ring of controls a window, in the order they came into it. Lines that are made anew, pages that
are made when first shown, and holders with a focus proxy upset it: controls end up behind the status line,
are jumped over, or catch Tab for good. So our windows ask ``move_focus``, which goes by what is on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStatusBar, QTabBar, QWidget


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the control after (or before) the one of *window* that has it; say whether it went.

    Call it from ``focusNextPrevChild`` of a window. After the last control comes the first. Qt asks for it,
    too, when the control with the focus is hidden or switched off: the focus stays beside it then.
    """
    ring = list(controls_in(window))
    at = window.focusWidget()
    if not ring or ring == [at]:
        return False
    if at in ring:
        target = ring[(ring.index(at) + (1 if forward else -1)) % len(ring)]
    elif at is None or not window.isAncestorOf(at):
        target = ring[0 if forward else -1]
    else:
        target = _nearest(at, ring, forward=forward)
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def controls_in(holder: QWidget) -> Iterator[QWidget]:
    """Yield the controls inside *holder* that Tab comes to, in the order they came in.

    That is how they are laid out, unless somebody says otherwise by ``QWidget.stackUnder``.
    """
    for child in _children(holder):
        if child.isHidden() or child.isWindow() or not child.isEnabled():
            continue
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
            yield child
        yield from controls_in(child)


def _nearest(at: QWidget, ring: Sequence[QWidget], *, forward: bool) -> QWidget:
    """Return the control of *ring* inside *at*, else the one beside it in the smallest part that has any.

    So the focus stays in the line, the panel or the page whose button was pressed and is gone. The status
    line is beside everything, and what stands there is about none of it: it comes last.
    """
    inside = [control for control in ring if at.isAncestorOf(control)]
    if inside:
        return inside[0 if forward else -1]
    holder: QWidget | None = at.parentWidget()
    while holder is not None:
        near = [control for control in ring if holder.isAncestorOf(control)]
        near = [control for control in near if not _is_in_status_line(control)] or near
        if near:
            place = {widget: nth for nth, widget in enumerate(_widgets_in(holder))}
            after = [control for control in near if place[control] > place[at]]
            before = [control for control in near if place[control] < place[at]]
            return (after or before[-1:])[0] if forward else (before or after[:1])[-1]
        holder = holder.parentWidget()
    return ring[0 if forward else -1]


def _is_in_status_line(control: QWidget) -> bool:
    parent = control.parentWidget()
    while parent is not None and not isinstance(parent, QStatusBar):
        parent = parent.parentWidget()
    return parent is not None


def _widgets_in(holder: QWidget) -> Iterator[QWidget]:
    """Yield all widgets inside *holder* as they came in, whatever can be seen of them."""
    for child in _children(holder):
        yield child
        yield from _widgets_in(child)


@contextmanager
def keeping_focus(holder: QWidget) -> Iterator[None]:
    """Make the lines inside *holder* anew in this block, and whoever stood on one stands on its like again.

    Its like is the control of the same name, else the one in the same place.
    """
    stood = list(controls_in(holder))
    at = holder.window().focusWidget()
    if at not in stood or not holder.isVisible():
        yield
        return
    place, name = stood.index(at), at.accessibleName()
    holder.setFocus()  # else Qt sends the focus away with the line
    yield

    def stand_again() -> None:
        stands = list(controls_in(holder))
        likes = [control for control in stands if control.accessibleName() == name]
        if holder.hasFocus() and stands:
            (likes or stands[min(place, len(stands) - 1) :])[0].setFocus()

    QTimer.singleShot(0, holder, stand_again)  # new lines show with the next event


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


def _children(holder: QWidget) -> list[QWidget]:
    """Return the widgets right inside *holder* in the order they came in, tabs first, status line last.

    Not through the layout: PySide's wrappers of layout items outlive the items, and that crashes.
    """
    if isinstance(holder, QSplitter):  # it turns its children round
        inside = (holder.widget(index) for index in range(holder.count()))
        return [child for child in inside if child is not None]
    children = [child for child in holder.children() if isinstance(child, QWidget)]
    return sorted(children, key=lambda child: isinstance(child, QStatusBar) - isinstance(child, QTabBar))


def bring_into_sight(control: QWidget) -> None:
    """Scroll whatever *control* stands in until it is to be seen."""
    parent = control.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
        parent = parent.parentWidget()
