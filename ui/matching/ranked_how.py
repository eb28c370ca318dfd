"""How is this ranked: what counts among those who stand alike, and how much, by sliders."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.matching.weights import PartKind, RankingPolicy, Weights
from coordinator.services.matching.scoring import keep_weights
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from ui.translation import translate
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_STEP: Final = 5
"""Minutes of driving: a slider moves by so many."""
_KEPT_AFTER_MS: Final = 600
"""After so long without a move it is kept, as one act."""
_TITLES: Final = {
    PartKind.MINUTES: QT_TRANSLATE_NOOP("RankedHow", "A short drive"),
    PartKind.COVERS: QT_TRANSLATE_NOOP("RankedHow", "How much of the need it covers"),
    PartKind.STAGE: QT_TRANSLATE_NOOP("RankedHow", "Milk pumped at the baby's age"),
    PartKind.OLDEST: QT_TRANSLATE_NOOP("RankedHow", "The oldest milk first"),
    PartKind.PAIR: QT_TRANSLATE_NOOP("RankedHow", "Two families who know each other"),
    PartKind.DONORS: QT_TRANSLATE_NOOP("RankedHow", "Few donors for one baby"),
    PartKind.RUNS_OUT: QT_TRANSLATE_NOOP("RankedHow", "From a donor's side: whose milk runs out first"),
    PartKind.NO_OTHERS: QT_TRANSLATE_NOOP("RankedHow", "From a donor's side: no other donor nearby"),
}


class RankedHow(QDialog):
    """Sliders that the ranking follows as they move; ``weights_moved(weights)`` says how they stand.

    What they were moved to is kept a moment later, as one act that Undo takes back.
    """

    weights_moved = Signal(object)

    def __init__(
        self, desk: Desk, policy: RankingPolicy, weights: Weights, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("How is this ranked?"))
        self._desk, self._policy = desk, policy
        self._weights = dict(weights)
        self.sliders: dict[PartKind, QSlider] = {}
        self.words: dict[PartKind, Label] = {}
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        self.ours = QPushButton(self.tr("Back to ours"), autoDefault=False)
        self.ours.setToolTip(self.tr("Let each count as much as this program chose"))
        self.ours.clicked.connect(self._back_to_ours)
        self._lay_out()
        self.show_weights(weights)

    def show_weights(self, weights: Weights) -> None:
        """Stand as *weights* do, unless one is being moved."""
        if self._keeping.isActive():
            return
        self._weights = dict(weights)
        for kind, slider in self.sliders.items():
            slider.blockSignals(True)  # it was not moved by hand
            slider.setValue(round(weights[kind] / _STEP))
            slider.blockSignals(False)
            self._say(kind)

    @property
    def weights(self) -> Weights:
        """How the sliders stand."""
        return self._weights

    def _lay_out(self) -> None:
        first = self.tr(
            "How milk stands comes first: ready, then the fewest calls, then what a clinician decides. "
            "Nothing below changes that."
        )
        then = self.tr(
            "Among those who stand alike this counts, each in minutes of driving at most. "
            "Less than {tie} minutes apart is a tie."
        ).format(tie=round(self._policy.tie))
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, SPACE_LARGE, 0)
        grid.setHorizontalSpacing(SPACE_LARGE)
        grid.setVerticalSpacing(SPACE_SMALL)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for nth, weight in enumerate(self._policy.printed):
            self._add(grid, 2 * nth, weight.kind, weight.reason)
        grid.setRowStretch(2 * len(self._policy.printed), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.ours, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for words in (text_label(first, "strong"), text_label(then)):
            layout.addWidget(words)
        layout.addWidget(scrolling(body, wraps=True), stretch=1)
        layout.addWidget(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 84, min(self.fontMetrics().height() * 34, 520))

    def _add(self, grid: QGridLayout, row: int, kind: PartKind, reason: str) -> None:
        title = translate("RankedHow", _TITLES[kind])
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, round(self._policy.most / _STEP))
        slider.setPageStep(4)
        slider.setAccessibleName(title)
        slider.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        slider.valueChanged.connect(partial(self._on_moved, kind))
        words = Label()
        words.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._minutes(self._policy.most)))
        self.sliders[kind], self.words[kind] = slider, words
        grid.addWidget(text_label(title), row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(words, row, 2)
        grid.addWidget(text_label(reason, "quiet"), row + 1, 0, 1, 3)

    def _minutes(self, minutes: float) -> str:
        if not minutes:
            return self.tr("does not count")
        return self.tr("{minutes} minutes").format(minutes=round(minutes))

    def _say(self, kind: PartKind) -> None:
        said = self._minutes(self._weights[kind])
        self.words[kind].setText(said)
        self.sliders[kind].setAccessibleDescription(said)

    def _on_moved(self, kind: PartKind, steps: int) -> None:
        self._weights = {**self._weights, kind: float(steps * _STEP)}
        self._say(kind)
        self._keeping.start()
        self.weights_moved.emit(self._weights)

    def _back_to_ours(self) -> None:
        self._keeping.stop()
        self.show_weights(self._policy.weights)
        self.weights_moved.emit(self._weights)
        self._keep()

    def _keep(self) -> None:
        self._keeping.stop()
        self._desk.write(partial(keep_weights, self._desk.database, dict(self._weights)))

    # Overrides of Qt.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was moved a moment ago."""
        if self._keeping.isActive():
            self._keep()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close on Esc as on Close: what was moved stays, and Undo takes it back."""
        self.close()
