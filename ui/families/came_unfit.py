"""Milk that came to a family though it is no fit: said until somebody has rung them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.milk.came_unfit import CameUnfit
from coordinator.services.pickups.came_unfit import rang_about
from ui.desk import Desk
from ui.theme import SPACE
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, text_label

_SHORT = 2
"""So many are shown above a family's pane; more would push it off a small screen."""


def came_unfit_parts(one: CameUnfit, display: Display) -> tuple[str, ...]:
    """Return how much came when, what is against it; and first, what to ask."""
    came = translate("CameUnfit", "{amount} of {lot} came on {day}").format(
        amount=display.volume(one.volume), lot=one.lot_code, day=show_date(one.on)
    )
    then = translate("CameUnfit", "Ask whether it is still there; a clinician is asked before any is fed")
    return then, came, str(one.against)


def note_rang(desk: Desk, one: CameUnfit) -> None:
    """Note that they were rung about it; it is said no more."""
    said = translate("CameUnfit", "Noted that {family} was rung about {lot}. Undo brings it back.")
    desk.write(
        partial(rang_about, desk.database, one.hold_code, desk.today()),
        said=said.format(family=one.recipient_name, lot=one.lot_code),
    )


def rang_name(one: CameUnfit) -> str:
    """Return what the button is called for screen readers."""
    return translate("CameUnfit", "{family} was rung about the milk of {lot}").format(
        family=one.recipient_name, lot=one.lot_code
    )


class CameUnfitList(QWidget):
    """The milk no fit that came to one family; not there while none did."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Sequence[CameUnfit] = ()
        self.rows = Rows("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(self.rows)
        desk.display.changed.connect(self._show)

    def show_came(self, came: Sequence[CameUnfit]) -> None:
        """Show these instead."""
        self._shown = came
        self._show()

    def _show(self) -> None:
        rows: list[QWidget] = [self._row(one) for one in self._shown[:_SHORT]]
        if len(self._shown) > _SHORT:
            more = self.tr("and {count} more")
            rows.append(text_label(more.format(count=len(self._shown) - _SHORT), "quiet"))
        self.rows.set_rows(rows)
        self.setVisible(bool(self._shown))

    def _row(self, one: CameUnfit) -> Row:
        heading = self.tr("Milk that is no fit came from {donor}").format(donor=one.donor_name)
        row = Row(heading, came_unfit_parts(one, self._desk.display), code=one.donor_code)
        rang = row.add_button(self.tr("They were rung"), rang_name(one))
        rang.clicked.connect(partial(note_rang, self._desk, one))
        return row
