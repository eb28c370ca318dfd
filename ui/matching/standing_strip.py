"""The groups of donors by how they stand, above their table: how many each, and a press shows one alone.

They stand here and not as lines between the donors: they stay in sight however far the table is scrolled,
and take none of the few lines that an old laptop has for donors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.matching.matches import Match
from coordinator.domain.suitability.standing import StandingKind
from ui.icons import set_icon
from ui.matching.columns import STANDING_ICONS
from ui.theme import SPACE_SMALL
from ui.translation import translate
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.label import literal
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_BESIDE: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SHORT: Final = {
    StandingKind.ONE_CALL: QT_TRANSLATE_NOOP("StandingStrip", "One call"),
    StandingKind.CLINICIAN: QT_TRANSLATE_NOOP("StandingStrip", "Clinician"),
}
"""What a group is called where every line counts."""


class StandingStrip(QWidget):
    """A button for all donors and one for each standing they have, nearest first; one of them is pressed.

    ``group_wanted(kind)`` of the one that was pressed, ``None`` for all.
    """

    group_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        holder = QWidget()
        self._flow = FlowLayout(holder, SPACE_SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(holder)
        self._counts: dict[StandingKind, int] = {}
        self.shown: StandingKind | None = None
        self._is_short = False
        self._is_in_line = False
        self.all = self._button(None, 0)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Count *matches*; a group that nobody is in any more gives way to all."""
        counts = dict(sorted(Counter(match.pair.kind for match in matches).items()))
        self.setVisible(bool(counts))
        if self.shown not in counts:
            self.shown = None
        if counts != self._counts:
            self._counts = counts
            with keeping_focus(self):
                self._make_buttons()
        self._mark()

    def show_group(self, kind: StandingKind | None) -> None:
        """Mark the group that is shown alone, or all."""
        self.shown = kind if kind in self._counts else None
        self._mark()

    def set_short(self, *, is_short: bool) -> None:
        """Call the groups by fewer words."""
        if is_short != self._is_short:
            self._is_short = is_short
            with keeping_focus(self):
                self._make_buttons()
            self._mark()

    def set_in_line(self, *, is_in_line: bool) -> None:
        """Ask for the width of all of them beside each other, or for no more than one needs."""
        self._is_in_line = is_in_line
        self.updateGeometry()

    def beside(self, kind: StandingKind, step: int) -> StandingKind:
        """Return the group *step* after that of *kind*, or the last there is on that side."""
        kinds = [*self._counts]
        return kinds[min(max(kinds.index(kind) + step, 0), len(kinds) - 1)] if kind in kinds else kind

    def text(self) -> str:
        """Return the groups as they stand on screen."""
        return " \u00b7 ".join(button.text() for button in self.buttons)

    def width_in_one_line(self) -> int:
        """Return how wide all of them are beside each other."""
        buttons = (self.all, *self.buttons)
        return sum(button.sizeHint().width() + SPACE_SMALL for button in buttons)

    def _make_buttons(self) -> None:
        for old in (self.all, *self.buttons):
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.all = self._button(None, sum(self._counts.values()))
        self.buttons = [self._button(kind, count) for kind, count in self._counts.items()]
        self._flow.invalidate()

    def _button(self, kind: StandingKind | None, count: int) -> QPushButton:
        words = self.tr("All") if kind is None else kind.words
        name = self.tr("Show all donors")
        if kind is not None:
            name = self.tr("Show only: {words}").format(words=f"{words} {count:n}")
            if self._is_short and kind in _SHORT:
                words = translate("StandingStrip", _SHORT[kind])
        button = QPushButton(literal(f"{words} {count:n}"))
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        if kind is not None:
            set_icon(button, STANDING_ICONS[kind])
        button.clicked.connect(partial(self._press, kind))
        self._flow.addWidget(button)
        return button

    def _press(self, kind: StandingKind | None, *_: object) -> None:
        """Show that group, or all again where it was shown alone already."""
        self.show_group(None if kind is self.shown else kind)
        self.group_wanted.emit(self.shown)

    def _mark(self) -> None:
        self.all.setChecked(self.shown is None)
        for kind, button in zip(self._counts, self.buttons, strict=False):
            button.setChecked(kind is self.shown)

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """Return the size it likes to have; it may be narrower, and goes on in further lines then."""
        if self._is_in_line:
            return QSize(self.width_in_one_line(), self.all.sizeHint().height())
        return super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from group to group."""
        buttons = [self.all, *self.buttons]
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        step = _BESIDE.get(Qt.Key(event.key()))
        if at is None or step is None:
            super().keyPressEvent(event)
        else:
            buttons[min(max(at + step, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
