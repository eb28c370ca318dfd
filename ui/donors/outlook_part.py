"""What of a donor's milk is ready, and what is near its last day."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.milk.expiring import ExpiringLot, Outlook
from coordinator.services.milk.expiring import donor_outlook
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label


class OutlookPart(QWidget):
    """A strong line of what is ready, and a quiet one for each lot that is near or past its last day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: Outlook | None = None
        self.ready = text_label("", "strong")
        self.lots = text_label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.ready)
        layout.addWidget(self.lots)
        desk.display.changed.connect(self._say)

    def show_donor(self, code: str) -> None:
        """Show the milk of the donor with *code*."""
        self._code = code
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(donor_outlook, database, code, today), partial(self._show, code))

    def _show(self, code: str, found: Outlook) -> None:
        if code == self._code:
            self._shown = found
            self._say()

    def _say(self) -> None:
        if self._shown is None:
            return
        found, amount = self._shown, self._desk.display.volume
        told = [self.tr("{amount} free").format(amount=amount(found.ready))]
        if found.soon:
            words = self.tr("{amount} of it with a last day within 30 days")
            told.append(words.format(amount=amount(found.soon_volume)))
        if found.unknown:
            told.append(self.tr("last day not known of {amount}").format(amount=amount(found.unknown)))
        self.ready.setText(" · ".join(told))
        lines = [self._lot(one) for one in (*found.past, *found.soon)]
        self.lots.setText("\n".join(lines))
        self.lots.setVisible(bool(lines))
        self.ready.setVisible(bool(found.ready or lines))

    def _lot(self, one: ExpiringLot) -> str:
        is_past = one.is_past(self._desk.today())
        words = self.tr("{lot}: the oldest bag was to be used by {day}, {why}")
        soon = self.tr("{lot}: use the oldest bag by {day}, {why}")
        why = (
            self.tr("{rule}, freezer not told").format(rule=one.last.why)
            if one.last.assumed
            else one.last.why
        )
        return (words if is_past else soon).format(lot=one.lot.code, day=show_date(one.last.on), why=why)
