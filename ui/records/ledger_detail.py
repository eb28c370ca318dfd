"""One line of the ledger in full: each movement of its lots, and what can be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.records.ledger import By, LedgerLine, LotLedger, Movement, Went
from coordinator.domain.volume import Volume
from coordinator.services.milk.fates import take_fate_back
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.records.ledger import Ledger
from ui.desk import Desk
from ui.families.every_ounce_forms import FateForm, UsedForm
from ui.records.ledger_columns import month_words
from ui.theme import set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.frame.detail_pane import DetailPane
from ui.widgets.label import Label
from ui.widgets.rows import Row, Rows, left_aligned


class LedgerDetail(DetailPane):
    """The movements behind a line, oldest first. ``wanted`` carries the code of what is to be opened."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: LedgerLine | None = None
        self._lots: dict[str, LotLedger] = {}
        self.tell_button = QPushButton()
        set_role(self.tell_button, "main")
        self.tell_button.clicked.connect(self.tell)
        self.sums = Label(wordWrap=True)
        set_role(self.sums, "quiet")
        self.rows = Rows(self.tr("Nothing left it yet."))
        body = QWidget()
        layout = QVBoxLayout(body)
        for widget in (self.sums, left_aligned(self.tell_button), self.rows):
            layout.addWidget(widget)
        self.add_tab(self.tr("Movements"), body)

    def show_line(self, line: LedgerLine, found: Ledger) -> None:
        """Show *line* of the ledger *found*."""
        self._line = line
        self._lots = {lot.lot_code: lot for lot in found.lots if lot.lot_code in line.lots}
        is_month = line.by is By.MONTH
        self.show_about(month_words(line) if is_month else line.name, "" if is_month else line.key)
        self.say("" if line.problem is None else str(line.problem), "problem")
        self.sums.setText(self._sums(line))
        self.sums.setVisible(bool(self.sums.text()))
        self._show_button(line)
        moved = [self._row(one) for one in self._movements(line)]
        self.rows.set_rows(moved)
        self.rows.setVisible(bool(moved))  # that nothing left it is not said before all is read
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: left_behind(database, today), partial(self._add_waiting, line))

    def _add_waiting(self, line: LedgerLine, found: Sequence[LeftBehind]) -> None:
        """Show below the movements what was on a run and came to nobody."""
        if line is not self._line:
            return
        self.rows.show()
        if line.by is By.MONTH:
            return
        hers = [
            one
            for one in found
            if one.lot_code in self._lots and (line.by is not By.FAMILY or one.recipient_code == line.key)
        ]
        if hers:
            moved = [self._row(one) for one in self._movements(line)]
            self.rows.set_rows([*moved, *(self._waiting_row(one) for one in hers)])

    def _waiting_row(self, one: LeftBehind) -> Row:
        amount = self._desk.display.volume(one.volume)
        to = self.tr("for {name}").format(name=one.recipient_name)
        nobody = self.tr("nobody home") if one.nobody_home else ""
        parts = (show_date(one.on), to, nobody, one.pickup_code)
        lot = "" if self._line is not None and self._line.by is By.LOT else one.lot_code
        row = Row(
            self.tr("{amount} left behind").format(amount=amount),
            [
                " · ".join(part for part in parts if part),
                self._where(one),
            ],
            code=lot,
        )
        show = row.add_button(self.tr("Show {code}").format(code=one.pickup_code))
        show.clicked.connect(partial(self.wanted.emit, one.pickup_code))
        return row

    def _where(self, one: LeftBehind) -> str:
        if not one.with_driver:
            return self.tr("Counts as still there until it is planned again or told otherwise.")
        words = self.tr("{amount} with {who} since {day}: counts as still there, and is not free.")
        who = one.driver_code or self.tr("the volunteer")
        amount = self._desk.display.volume(one.with_driver)
        return words.format(amount=amount, who=who, day=show_date(one.on))

    def tell(self) -> None:
        """Ask what became of milk of the lot, or what the family did with its own."""
        line = self._line
        if line is None:
            return
        if line.by is By.FAMILY:
            UsedForm(self._desk, line.key, line.name, self).show_at_its_size()
            return
        code = self._lot_to_tell(line)
        if code:
            lot = self._lots[code]
            free = max(lot.rest - lot.held, Volume())
            FateForm(self._desk, code, free, self).show_at_its_size()

    def _show_button(self, line: LedgerLine) -> None:
        family = line.by is By.FAMILY
        words = self.tr("Milk used at home…") if family else self.tr("Say what became of some of it…")
        self.tell_button.setText(words)
        self.tell_button.setAccessibleName(words)
        self.tell_button.setVisible(family or bool(self._lot_to_tell(line)))

    def _lot_to_tell(self, line: LedgerLine) -> str:
        """Return the lot of which something can be told: the line's own, or the donor's only one."""
        left = [code for code, lot in self._lots.items() if lot.rest > Volume()]
        return left[0] if line.by in {By.LOT, By.DONOR} and len(left) == 1 else ""

    def _sums(self, line: LedgerLine) -> str:
        amount = self._desk.display.volume
        if line.by is By.LOT:
            lot = self._lots[line.key]
            words = (
                self.tr("{offered} offered · {there} still there, of which {held} are promised")
                if lot.held
                else self.tr("{offered} offered · {there} still there")
            )
            return words.format(offered=amount(lot.offered), there=amount(lot.there), held=amount(lot.held))
        if line.by is By.FAMILY and any(line.used.values()):
            told = [
                self.tr("{amount} {how}").format(amount=amount(volume), how=how.words)
                for how, volume in line.used.items()
                if volume
            ]
            return " · ".join(told)
        if line.by is By.DONOR and len(line.lots) > 1:
            return self.tr("Lots: {codes}").format(codes=", ".join(line.lots))
        return ""

    def _movements(self, line: LedgerLine) -> list[Movement]:
        found = [one for lot in self._lots.values() for one in lot.movements]
        if line.by is By.FAMILY:
            found = [one for one in found if one.recipient_code == line.key]
        if line.by is By.MONTH:
            found = [one for one in found if f"{one.on:%Y-%m}" == line.key]
        return sorted(found, key=lambda one: (one.on, one.lot_code, one.hold_code))

    def _row(self, one: Movement) -> Row:
        amount = self._desk.display.volume(one.volume)
        words = str(one.went.words)
        heading = self.tr("{amount} {went}").format(amount=amount, went=words)
        came = one.went is Went.DELIVERED
        way = self.tr("to {name}") if came else self.tr("on the way to {name}")
        to = way.format(name=one.recipient_name) if one.recipient_name else one.bank
        bags = self.tr("{count} bags").format(count=one.bags) if one.bags else ""
        signed = self.tr("received by {who}").format(who=one.received_by) if came and one.received_by else ""
        parts = (show_date(one.on), to, bags, one.pickup_code, signed)
        lot = "" if self._line is not None and self._line.by is By.LOT else one.lot_code
        row = Row(heading, [" · ".join(part for part in parts if part), one.why], code=lot)
        if one.fate_id:
            back = row.add_button(self.tr("Take back"), self.tr("Take back {what}").format(what=heading))
            back.clicked.connect(partial(self._take_back, one.fate_id))
        elif one.recipient_code:
            code = one.pickup_code or one.recipient_code
            show = row.add_button(self.tr("Show {code}").format(code=code))
            show.clicked.connect(partial(self.wanted.emit, code))
        return row

    def _take_back(self, fate_id: int) -> None:
        desk = self._desk
        desk.write(partial(take_fate_back, desk.database, fate_id, desk.today()))
