"""How many donors stand how, above the donors: a press goes to the first of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.domain.matching.ranking import Match
from coordinator.domain.suitability.standing import StandingKind
from ui.icons import set_icon
from ui.matching.columns import STANDING_ICONS
from ui.theme import SPACE_LARGE, SPACE_SMALL
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import keeping_focus


class StandingStrip(QWidget):
    """A button for each standing that a donor has, nearest first; ``first_wanted(code)`` of the first one."""

    first_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, SPACE_SMALL)
        self._flow.setContentsMargins(SPACE_LARGE, 0, SPACE_LARGE, SPACE_SMALL)
        self._counts: dict[StandingKind, int] = {}
        self.buttons: list[QPushButton] = []
        self._first: dict[StandingKind, str] = {}

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Count *matches*, which are sorted by standing."""
        kinds = [match.standing.kind for match in matches]
        self._first = {kind: match.code for kind, match in reversed(list(zip(kinds, matches, strict=True)))}
        counts = dict(sorted(Counter(kinds).items()))
        self.setVisible(bool(counts))
        if counts == self._counts:
            return
        self._counts = counts
        with keeping_focus(self):
            for old in self.buttons:
                self._flow.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.buttons = [self._button(kind, count) for kind, count in counts.items()]
        self._flow.invalidate()

    def text(self) -> str:
        """Return the groups as they stand on screen."""
        return " \u00b7 ".join(button.text() for button in self.buttons)

    def _button(self, kind: StandingKind, count: int) -> QPushButton:
        button = QPushButton(f"{kind.words} {count:n}")
        set_icon(button, STANDING_ICONS[kind])
        button.setFlat(True)
        button.setAccessibleName(self.tr("Go to the first: {words}").format(words=button.text()))
        button.clicked.connect(partial(self._go, kind))
        self._flow.addWidget(button)
        return button

    def _go(self, kind: StandingKind, *_: object) -> None:
        self.first_wanted.emit(self._first[kind])
