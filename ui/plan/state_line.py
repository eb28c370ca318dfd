"""How the plan stands in one line: being worked on and how good by now, proven, stopped, or of before."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from coordinator.domain.planning.plan import Plan
from ui.plan.made import Made
from ui.theme import change_role, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label


class StateLine(QWidget):
    """``stop_wanted`` by Cancel, ``again_wanted`` by the button of a plan that is of before."""

    stop_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label()
        set_role(self.words, "quiet")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("The plan is being made"))
        self.cancel, self.again = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Make it again"))
        self.cancel.setAccessibleName(self.tr("Stop, and keep the best plan by now"))
        self.flow = FlowLayout(self)
        for widget in (self.words, self.bar, self.cancel, self.again):
            widget.setMinimumHeight(self.cancel.sizeHint().height() if widget is self.words else 0)
            self.flow.addWidget(widget)
        self.cancel.clicked.connect(lambda *_: self._stop())
        self.again.clicked.connect(self.again_wanted)
        self.say_nothing()

    def say_nothing(self) -> None:
        """Say that there is no plan yet."""
        self._show(self.tr("Nothing has been planned yet. Nothing is held before you say so."))

    def say_working(self, *, has_plan: bool) -> None:
        """Say that it is being made."""
        words = self.tr("Planning again…") if has_plan else self.tr("Reading the network…")
        self._show(words, is_working=True)

    def say_first(self) -> None:
        """Say that what is shown is good already."""
        self._show(self.tr("A good plan. Looking for a better one…"), is_working=True)

    def say_gap(self, gap: float) -> None:
        """Say how much better a plan may still be."""
        if self.cancel.isHidden() or not math.isfinite(gap):
            return
        words = self.tr("A good plan. Looking for a better one: better by {n} percent at most.")
        self._show(words.format(n=_percent(gap)), is_working=True)

    def say_made(self, made: Made) -> None:
        """Say how good the plan is."""
        self._show(f"{self._proof(made.plan)} {self._changes(made)}".strip())

    def say_of_before(self, made: Made) -> None:
        """Say that the network has changed since it was made."""
        words = self.tr("The network has changed since this plan was made at {time}. Your wishes are kept.")
        self._show(words.format(time=made.at.strftime("%H:%M")), "ask")
        self.again.show()

    def _proof(self, plan: Plan) -> str:
        if plan.is_cancelled:
            return self.tr("Stopped: this is the best plan by then.")
        if plan.gap <= 0:
            return self.tr("No better plan exists for these weights.")
        if not math.isfinite(plan.gap):
            return self.tr("A good plan; how good is not known.")
        return self.tr("No plan is better by more than {n} percent.").format(n=_percent(plan.gap))

    def _changes(self, made: Made) -> str:
        """Say what is no longer proposed; what is new or other is marked in the table."""
        if not made.before:
            return ""
        gone = len(made.gone())
        other = sum(row.is_changed for row in made.rows())
        if not gone and not other:
            return self.tr("Nothing changed.")
        words = self.tr("Changed: {other} in the table, {gone} no longer proposed.")
        return words.format(other=other, gone=gone)

    def _stop(self) -> None:
        self.words.setText(self.tr("Stopping…"))
        self.stop_wanted.emit()

    def _show(self, words: str, role: str = "quiet", *, is_working: bool = False) -> None:
        self.words.setText(words)
        change_role(self.words, role)
        for widget in (self.bar, self.cancel):
            widget.setVisible(is_working)
        self.again.hide()


def _percent(gap: float) -> str:
    return f"{100 * gap:.1f}" if gap < 0.1 else f"{100 * gap:.0f}"
