"""Why some milk stands where it stands among what stands alike: each part in words, with a small bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.matching.scoring import Score, ScorePart
from coordinator.domain.matching.weights import PartKind, Weights
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role, tokens
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label

_LONGEST_PX: Final = 72
_LEAST_PX: Final = 9
"""A bar of what counts most, and one of what counts nothing at all."""


class Bar(QWidget):
    """As long as a part counts at most, filled as far as it counts; open where nobody knows."""

    def __init__(self, share: float, level: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self._long = round(max(_LEAST_PX, _LONGEST_PX * share))
        self.setFixedWidth(self._long)

    def sizeHint(self) -> QSize:
        """Return so much width, and the height of a line."""
        return QSize(self._long, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle of the line."""
        painter = QPainter(self)
        high = max(self.fontMetrics().height() // 2, 6)
        whole = QRectF(0.5, (self.height() - high) / 2 + 0.5, self.width() - 1, high - 1)
        pen = QPen(QColor(tokens().border))
        if self._level is None:
            pen.setStyle(Qt.PenStyle.DotLine)
        elif self._level > 0:
            full = QRectF(whole)
            full.setWidth(whole.width() * self._level)
            painter.fillRect(full, QColor(tokens().donor))
        painter.setPen(pen)
        painter.drawRect(whole)


class ScoreParts(QWidget):
    """The parts of one score, and what it ties with; ``how_wanted`` asks how this is ranked."""

    how_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self.tie = text_label("", "quiet")
        self.how = QPushButton(self.tr("How is this ranked?"))
        set_role(self.how, "tab")
        self.how.setToolTip(self.tr("What counts, and how much, among donors who stand alike"))
        self.how.clicked.connect(self.how_wanted)
        holder = QWidget()
        self._flow = FlowLayout(holder, SPACE_LARGE)
        self._flow.set_between_lines(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(holder)
        layout.addWidget(self.tie)
        self.hide()

    def show_score(self, score: Score | None, weights: Weights, tied: Sequence[str] = ()) -> None:
        """Show the parts of *score*, longest bar for what counts most, and the names it ties with."""
        now = (score, tuple(weights.items()), tuple(tied))
        self.setVisible(score is not None)
        if now == self._shown or score is None:
            return
        self._shown = now
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.how:
                widget.hide()
                widget.deleteLater()
        most = max([weights[part.kind] for part in score.parts], default=0.0) or 1.0
        for part in score.parts:
            self._flow.addWidget(self._one(part, weights, most))
        self._flow.addWidget(self.how)
        self._flow.invalidate()
        self._say_tie(tied)

    def text(self) -> str:
        """Return the parts as they stand on screen."""
        return " · ".join(label.text() for label in self.findChildren(Label) if label is not self.tie)

    def _one(self, part: ScorePart, weights: Weights, most: float) -> QWidget:
        one = QWidget()
        across = QHBoxLayout(one)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        bar = Bar(weights[part.kind] / most, part.level)
        name = self.tr("Counts as much as {minutes} minutes of driving, of {most} at most").format(
            minutes=round(part.worth(weights)), most=round(weights[part.kind])
        )
        words = Label(str(part.said))
        for widget in (one, bar, words):
            widget.setToolTip(name)
        across.addWidget(bar)
        across.addWidget(words)
        one.setMinimumHeight(self.how.sizeHint().height())  # so that its words stand level with the button's
        return one

    def _say_tie(self, tied: Sequence[str]) -> None:
        self.tie.setVisible(bool(tied))
        if len(tied) > _NAMED:
            words = self.tr("A tie with {names} and {count} more: the order among them says nothing.").format(
                names=", ".join(tied[:_NAMED]), count=len(tied) - _NAMED
            )
        else:
            words = self.tr("A tie with {names}: the order among them says nothing.").format(
                names=", ".join(tied)
            )
        self.tie.setText(words)


_NAMED: Final = 3
"""So many of those who tie are named."""


def level_of(score: Score | None, kind: PartKind) -> float | None:
    """Return how far one part counts, for a column to sort by."""
    part = score.part(kind) if score is not None else None
    return part.level if part is not None else None
