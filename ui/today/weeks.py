"""The card that says in one line what is missing in the weeks to come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.runways import NetworkRunway, TraitKind
from ui.desk import Desk
from ui.needs.trait_words import missing_words
from ui.today.card import Card, Line


class WeeksCard(Card):
    """How much is missing in eight weeks and what for, with a button that shows it week by week."""

    def __init__(self, desk: Desk, show: Callable[[], object], parent: QWidget | None = None) -> None:
        self._desk = desk
        self._open = show
        super().__init__("", "", parent)
        self._title = self.tr("The next eight weeks")

    def show_weeks(self, weeks: NetworkRunway | None) -> None:
        """Show *weeks*; nothing while there is no family."""
        if weeks is None or not (weeks.rows[0].families or weeks.unknown):
            self.set_lines([], 0)
            return
        told = [
            missing_words(row.trait, self._desk.display.volume(row.in_all.expected))
            for row in weeks.rows[1:]
            if row.trait.kind is not TraitKind.FOODS_NOT_ASKED and row.in_all.expected
        ][:2]
        if weeks.unknown:
            told.append(self.tr("{count} families to ask").format(count=len(weeks.unknown)))
        line = Line(self.tr("Before any more milk is promised"), " · ".join(told), "recipient")
        line.add_button(self.tr("See the weeks"), self.tr("See the next eight weeks"), self._open)
        self.set_lines([line], 0)
