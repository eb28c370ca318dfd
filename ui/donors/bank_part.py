"""What milk banks say of a donor's milk: one quiet line that opens to the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.milk.banks import BankLine, BankReason, BankSays
from coordinator.services.milk import banks
from coordinator.services.milk.banks import BankReferral
from ui.desk import Desk
from ui.donors.bank_sources import bank_sources
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.fields.value_fields import PhoneField
from ui.widgets.rows import Row, Rows, left_aligned, text_label


class BankPart(QWidget):
    """The line, and below it a row for each bank once the line was clicked.

    After a loss the line promises nothing and asks for nothing: the banks that ask no minimum come first.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: BankReferral | None = None
        self._unit = desk.display.volume_unit
        self.button = QPushButton()
        set_role(self.button, "status")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._open)
        self._nothing = text_label(self.tr("No free milk to ask a milk bank about."), "small")
        self.about = text_label("", "quiet")
        self.rows = Rows(self.tr("There is no milk bank in the table."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for widget in (left_aligned(self.button), self._nothing, self.about, self.rows):
            layout.addWidget(widget)
        self._open(False)
        desk.display.changed.connect(self._show_again)

    def show_donor(self, code: str) -> None:
        """Show what the banks say of the milk of the donor with *code*; the list closes for another donor."""
        if code != self._code:
            self._code = code
            self.button.setChecked(False)
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(banks.bank_referral, database, code, today), self._show)

    def _show_again(self) -> None:
        if self._code:
            self.show_donor(self._code)

    def _show(self, found: BankReferral) -> None:
        if found.donor_code != self._code:
            return
        unit = self._desk.display.volume_unit
        is_new = found != self._shown or unit is not self._unit
        self._shown, self._unit = found, unit
        self.button.setVisible(bool(found.lines))
        self._nothing.setVisible(not found.lines and not found.is_bereaved)
        self._name_button()
        self.about.setText(self._about(found))
        if is_new and self.button.isChecked():
            self._fill(found)

    def _open(self, is_open: bool) -> None:
        self.about.setVisible(is_open)
        self.rows.setVisible(is_open)
        self._name_button()
        if is_open and self._shown is not None:
            self._fill(self._shown)

    def _name_button(self) -> None:
        if self._shown is None:
            return
        words = self._words(self._shown)
        self.button.setText(f"{'▾' if self.button.isChecked() else '▸'} {words}")
        self.button.setAccessibleName(words)

    def _words(self, found: BankReferral) -> str:
        count = {says: sum(line.says is says for line in found.lines) for says in BankSays}
        if any(line.is_gentle and line.says is not BankSays.AGAINST for line in found.lines):
            return self.tr("If she wishes: a milk bank, however little")
        if count[BankSays.MAY]:
            return self.tr("Milk banks that may: {some} of {all}").format(
                some=count[BankSays.MAY], all=len(found.lines)
            )
        if count[BankSays.ASK]:
            return self.tr("Milk banks may take it; each asks")
        return self.tr("Milk banks: their figures speak against it")

    def _about(self, found: BankReferral) -> str:
        if found.is_bereaved:
            return self.tr(
                "Nothing presses, and nothing is asked of her. If she wishes, ring the bank for her, so that "
                "she need not explain. After a loss the first of these ask no minimum."
            )
        caution = self.tr(
            "What their figures say, never a promise: the bank decides and asks more. Ring before anybody "
            "packs milk. The figures are of several years."
        )
        return "\n".join([caution, *(note.text for note in found.notes)])

    def _fill(self, found: BankReferral) -> None:
        self.rows.set_rows([self._row(line) for line in found.lines])

    def _row(self, line: BankLine) -> Row:
        bank = line.bank
        is_said = not bank.region or bank.region in bank.name
        name = bank.name if is_said else f"{bank.name}, {bank.region}"
        says = {
            BankSays.MAY: self.tr("may take up to {amount}"),
            BankSays.ASK: self.tr("may take up to {amount}; ask"),
            BankSays.AGAINST: self.tr("its figures speak against it"),
        }[line.says].format(amount=self._desk.display.volume(line.volume))
        lines = [self._reason(reason) for reason in line.reasons]
        if line.is_gentle and bank.waives_minimum is not None:
            lines.insert(0, self.tr("After a loss: {what}").format(what=bank.waives_minimum.text))
        lines += [self.tr("Also: {what}").format(what=note.text) for note in bank.notes]
        row = Row(f"{name}: {says}", lines)
        row.add(self._phone(line))
        sources = bank_sources(line)
        if sources is not None:
            row.add(sources)
        return row

    def _reason(self, reason: BankReason) -> str:
        lots = f"{', '.join(reason.lots)}: " if reason.lots else ""
        return f"{lots}{reason.text}" if lots else f"{reason.text[:1].upper()}{reason.text[1:]}"

    def _phone(self, line: BankLine) -> QWidget:
        bank = line.bank
        field = PhoneField()
        field.line.setPlaceholderText(self.tr("Phone not known: look it up"))
        field.set_name(self.tr("Phone of {bank}").format(bank=bank.name))
        field.set_value(bank.phone)
        field.edited.connect(
            lambda phone: self._desk.write(
                partial(banks.set_bank_phone, self._desk.database, bank.id, phone), failed=field.reject
            )
        )
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, SPACE_SMALL, 0, 0)
        layout.addWidget(field)
        if bank.read_phone is not None and bank.read_phone.words:
            layout.addWidget(text_label(f"({bank.read_phone.words})", "quiet"))
        return holder
