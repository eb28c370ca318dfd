"""Five figures of a plan, each before it, of what is certain in it, and if all answers are as hoped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.planning.plan import Figures, Plan
from ui.plan.columns import volume_of
from ui.theme import SPACE_LARGE, set_role
from ui.units import Display
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label


class FiguresStrip(QWidget):
    """``2,016 → 2,016 → 1,916`` under each figure's name."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._shown: Plan | None = None
        flow = FlowLayout(self, spacing=SPACE_LARGE)
        about = _Figure(self.tr("Figures"))
        about.say(self.tr("before → certain now → as hoped"))
        flow.addWidget(about)
        self._figures: list[tuple[_Figure, Callable[[Figures], str]]] = []
        for words, number in (
            (self.tr("Baby-days not covered"), lambda one: f"{one.uncovered_baby_days:,.0f}"),
            (self.tr("Families at nothing"), lambda one: f"{one.at_nothing:,}"),
            (self.tr("Minutes at the wheel"), lambda one: f"{one.minutes:,.0f}"),
            (self.tr("Milk that expires"), self._expired),
            (self.tr("Donors a baby"), lambda one: f"{one.donors_per_baby:.1f}"),
        ):
            figure = _Figure(words)
            flow.addWidget(figure)
            self._figures.append((figure, number))
        display.changed.connect(self._show_again)

    def show_plan(self, plan: Plan) -> None:
        """Show the figures of *plan*."""
        self._shown = plan
        for figure, number in self._figures:
            figure.say(" → ".join(number(one) for one in (plan.before, plan.certain, plan.after)))

    @property
    def words(self) -> list[str]:
        """What stands under each name."""
        return [figure.value.text() for figure, _ in self._figures]

    def _expired(self, figures: Figures) -> str:
        return self._display.volume(volume_of(figures.expired_oz))

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_plan(self._shown)


class _Figure(QWidget):
    """A name and below it the figure."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._name = Label(words)
        set_role(self._name, "small")
        self.value = Label()
        set_role(self.value, "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self.value)

    def say(self, words: str) -> None:
        """Show the figure, and let it be read out with its name."""
        self.value.setText(words)
        self.value.setAccessibleName(f"{self._name.text()}: {words}")
