"""A donor's milk: every lot with what became of it, and more of it added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.milk.lots import Lot
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.screening.donors import Donor
from coordinator.domain.volume import Volume
from coordinator.services.milk import lots as milk
from ui.desk import Desk
from ui.donors.bank_part import BankPart
from ui.donors.lot_form import LotForm, NewLotForm
from ui.donors.outlook_part import OutlookPart
from ui.families.every_ounce_forms import FateForm
from ui.labels.dialog import labels_of_lot
from ui.theme import SPACE, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import left_aligned, text_label


class MilkTab(QWidget):
    """One card for each lot; fields save when left, removing can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.cards: dict[str, LotCard] = {}
        self._nothing = text_label(self.tr("No milk told yet."), "quiet")
        self._cards_layout = QVBoxLayout()
        self._cards_layout.setSpacing(SPACE)
        self.new_button = QPushButton(self.tr("Add milk…"))
        self.new_button.setAccessibleName(self.tr("Add milk of this donor"))
        self.new_button.clicked.connect(self._begin_adding)
        self.outlook = OutlookPart(desk)
        self.banks = BankPart(desk)
        self.adding = _Adding(desk)
        self.adding.save.clicked.connect(self._add)
        self.adding.cancel.clicked.connect(self._end_adding)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        # Above the lots, so that it is in sight however many there are.
        layout.addWidget(self.outlook)
        layout.addWidget(left_aligned(self.new_button))
        layout.addWidget(self.adding)
        layout.addWidget(self.banks)
        layout.addWidget(self._nothing)
        layout.addLayout(self._cards_layout)
        layout.addStretch(1)
        self._end_adding()

    def show_donor(self, donor: Donor) -> None:
        """Show the lots of *donor*; what is being typed stays."""
        if donor.code != self._code:
            self._code = donor.code
            self._end_adding()
        self.outlook.show_donor(donor.code)
        self.banks.show_donor(donor.code)
        self._nothing.setVisible(not donor.lots)
        self._fit_cards(donor.lots)
        for lot in donor.lots:
            self.cards[lot.code].show_lot(lot)

    def _fit_cards(self, lots: Sequence[Lot]) -> None:
        wanted = [lot.code for lot in lots]
        for code in [code for code in self.cards if code not in wanted]:
            card = self.cards.pop(code)
            self._cards_layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, code in enumerate(wanted):
            if code not in self.cards:
                self.cards[code] = LotCard(self._desk)
                self.cards[code].remove.clicked.connect(partial(self._remove, code))
            self._cards_layout.insertWidget(place, self.cards[code])

    def _remove(self, code: str) -> None:
        self._desk.write(
            partial(milk.remove_lot, self._desk.database, code, self._desk.today()),
            said=self.tr("Removed {code}. Undo brings it back.").format(code=code),
        )

    def _begin_adding(self) -> None:
        self.new_button.hide()
        self.adding.show()
        self.adding.form.field("volume").setFocus()

    def _end_adding(self) -> None:
        self.adding.form.clear()
        self.adding.say("")
        self.adding.hide()
        self.new_button.show()

    def _add(self) -> None:
        lot = self.adding.form.lot_of(self._code)
        if lot is not None:
            self._desk.write(
                partial(milk.add_lot, self._desk.database, lot),
                lambda _: self._end_adding(),
                failed=self.adding.say,
            )


class LotCard(QWidget):
    """One lot: its code, what is free of it and why not more, and its fields."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lot: Lot | None = None
        self.heading = text_label("", "strong")
        self.balance = text_label("", "quiet")
        self.form = LotForm(desk)
        self.who = QPushButton(self.tr("Who could use this?"))
        self.who.clicked.connect(self._ask_who)
        self.labels = QPushButton(self.tr("Labels…"))
        self.labels.clicked.connect(self._print_labels)
        self.became = QPushButton(self.tr("Where it went…"))
        self.became.clicked.connect(self._tell_fate)
        self.which = QPushButton(self.tr("Which babies have it?"))
        self.which.clicked.connect(self._ask_which)
        self.remove = QPushButton(self.tr("Remove"))
        buttons = QWidget()
        top = FlowLayout(buttons)
        for button in (self.who, self.became, self.which, self.labels, self.remove):
            top.addWidget(button)
        line = Label()
        set_role(line, "hairline")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.heading)
        layout.addWidget(buttons)
        layout.addWidget(self.balance)
        layout.addWidget(self.form)
        layout.addWidget(line)
        desk.display.changed.connect(self._say_balance)

    def show_lot(self, lot: Lot) -> None:
        """Show *lot*; fields being typed in keep what was typed."""
        self._lot = lot
        self.remove.setAccessibleName(self.tr("Remove {code}").format(code=lot.code))
        self.who.setAccessibleName(self.tr("Who could use {code}").format(code=lot.code))
        self.labels.setAccessibleName(self.tr("Labels for the bags of {code}").format(code=lot.code))
        self.became.setAccessibleName(self.tr("What became of {code}").format(code=lot.code))
        self.which.setAccessibleName(self.tr("Which babies have milk of {code}").format(code=lot.code))
        for button in (self.who, self.became):
            button.setEnabled(lot.free.microlitres > 0)
        self.form.show_record(lot.code, lot)
        self._say_balance()

    def _ask_who(self) -> None:
        if self._lot is not None:
            self._desk.page_wanted.emit("matching", self._lot.code)

    def _ask_which(self) -> None:
        if self._lot is not None:
            self._desk.recall_wanted.emit(self._lot.code, ANY_DAY, "")

    def _print_labels(self) -> None:
        if self._lot is not None:
            dialog = labels_of_lot(self._desk, self._lot.code, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _tell_fate(self) -> None:
        if self._lot is not None:
            FateForm(self._desk, self._lot.code, self._lot.free, self).show_at_its_size()

    def _say_balance(self) -> None:
        if self._lot is None:
            return
        lot, amount = self._lot, self._desk.display.volume
        about = self.tr("about {amount}") if lot.is_estimate else "{amount}"
        said = self.tr("{code}: {free} free of {offered}")
        if not lot.is_told:
            said = self.tr("{code}: how much there is is not told")
        offered = about.format(amount=amount(lot.volume))
        self.heading.setText(said.format(code=lot.code, free=amount(lot.free), offered=offered))
        gone = (
            (self.tr("{amount} held or agreed"), lot.held),
            (self.tr("{amount} delivered"), lot.delivered),
            (self.tr("{amount} lost"), lot.lost),
            (self.tr("{amount} kept, discarded or referred"), lot.elsewhere),
            (self.tr("{amount} with a volunteer"), lot.carried),
        )
        parts = [words.format(amount=amount(volume)) for words, volume in gone if volume != Volume()]
        self.balance.setText(" · ".join(parts))
        self.balance.setVisible(bool(parts))


class _Adding(QWidget):
    """The form of new milk with its two buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = NewLotForm(desk)
        self.problem = text_label("", "problem")
        self.save = QPushButton(self.tr("Add"))
        self.save.setAccessibleName(self.tr("Add this milk"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Add no milk"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text_label(self.tr("New milk"), "strong"))
        layout.addWidget(self.form)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)

    def say(self, problem: str) -> None:
        """Say why it was not added; "" takes it off."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
