"""The card that says in one line what is missing in the weeks to come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.runways import NetworkRunway
from coordinator.domain.today import Today
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.openings import RESTING
from ui.desk import Desk
from ui.today.card import Card
from ui.widgets.rows import Row


class WeeksCard(Card):
    """How much is missing in eight weeks after all that is free, with a button that shows it week by week."""

    def __init__(self, desk: Desk, show: Callable[[], object], parent: QWidget | None = None) -> None:
        self._desk = desk
        self._open = show
        super().__init__("", "", parent)
        self._title = self.tr("The next eight weeks")

    def show_weeks(self, found: Today) -> None:
        """Show the weeks of *found*; nothing while there is no family."""
        weeks = found.weeks
        if weeks is None or not (weeks.rows[0].families or weeks.unknown):
            self.set_lines([], 0)
            return
        row = Row(self._short(weeks.short_after(found.free)), (self._left_out(found, weeks),))
        button = row.add_button_beside(self.tr("See the weeks"), self.tr("See the next eight weeks"))
        button.clicked.connect(lambda *_: self._open())
        self.set_lines([row], 0)

    def _short(self, short: Volume) -> str:
        if not short:
            return self.tr("What is free covers eight weeks, if it fits everybody who is counted")
        words = self.tr("About {amount} short in eight weeks after all that is free")
        return words.format(amount=self._desk.display.volume(short))

    def _left_out(self, found: Today, weeks: NetworkRunway) -> str:
        # who is referred or rests is counted nowhere, so the line at the top leaves them out, too
        old = {case.code for case in found.cases if case.is_old_figure and case.step not in RESTING}
        count = len(old.union(weeks.unknown))
        if not count:
            return ""
        one = self.tr("1 family is not counted: nobody knows what it has, or by an old figure")
        words = self.tr("{count} families are not counted: nobody knows what they have, or by an old figure")
        return words.format(count=count) if count > 1 else one
