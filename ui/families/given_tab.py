"""*Who has her milk?* and what a family got: names, dates and ounces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.milk.lots import MilkGiven
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.volume import total
from ui.desk import Desk
from ui.families.choices_part import ChoicesPart
from ui.families.every_ounce_forms import UsedForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, left_aligned, text_label


class GivenTab(QWidget):
    """Lines of milk given, agreed or on hold, newest first, with the sum; below them what was chosen.

    Each names the family that gets it, or, with *of_recipient*, the donor it comes from.
    """

    def __init__(
        self, desk: Desk, nothing: str, *, of_recipient: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._of_recipient = of_recipient
        self._given: Sequence[MilkGiven] = ()
        self._code = ""
        self._sum = text_label("", "strong")
        self._rows = Rows(nothing)
        self.choices = ChoicesPart(desk)
        self.used = QPushButton(self.tr("Milk used at home…"))
        self.used.setAccessibleName(self.tr("Say what was fed, spilled or thrown out at home"))
        self.used.setToolTip(self.used.accessibleName())
        self.used.clicked.connect(self._tell_used)
        self.which = QPushButton(self.tr("Which babies have this milk?"))
        self.which.setAccessibleName(self.which.text())
        self.which.setToolTip(
            self.tr("Every home this milk came to, whom to ring first, and what became of each ounce")
        )
        self.which.clicked.connect(self._ask_which)
        layout = QVBoxLayout(self)
        for part in (self._sum, left_aligned(self.which), left_aligned(self.used), self._rows, self.choices):
            layout.addWidget(part)
        self.used.setVisible(of_recipient)
        layout.addStretch(1)
        desk.display.changed.connect(self._show)

    def show_given(self, code: str, given: Sequence[MilkGiven]) -> None:
        """Show these lines, and below them what the family with *code* chose."""
        self.choices.show_code(code)
        self._code = code
        self._given = given
        self._show()

    def _ask_which(self) -> None:
        if self._code:
            self._desk.recall_wanted.emit(self._code, ANY_DAY, "")

    def _tell_used(self) -> None:
        if self._code:
            UsedForm(self._desk, self._code, self._code, self).show_at_its_size()

    def _show(self) -> None:
        delivered = [line.volume for line in self._given if line.state == "delivered"]
        unfit = total([line.volume for line in self._given if line.against])
        show = self._desk.display.volume
        words = self.tr("{amount} delivered")
        if unfit:
            words = self.tr("{amount} delivered, {unfit} of it no fit: joined no stock")
        self._sum.setText(words.format(amount=show(total(delivered)), unfit=show(unfit)))
        self._sum.setVisible(bool(delivered))
        self._rows.set_rows([self._row(line) for line in self._given])

    def _row(self, line: MilkGiven) -> Row:
        amount = self._desk.display.volume(line.volume)
        bags = self.tr("{count} bags").format(count=line.bags) if line.bags is not None else ""
        parts = (show_date(line.on), amount, bags, line.lot_code, self._state(line.state))
        code = line.donor_code if self._of_recipient else line.recipient_code
        name = line.donor_name if self._of_recipient else line.recipient_name
        against = self.tr("No fit when it came. {why}").format(why=line.against) if line.against else ""
        row = Row(name, [" · ".join(part for part in parts if part), against], code=code)
        button = row.add_button_beside(self.tr("Show"), self.tr("Show {code}").format(code=code))
        button.clicked.connect(lambda: self._desk.family_wanted.emit(code))
        return row

    def _state(self, state: str) -> str:
        words = {
            "delivered": self.tr("delivered"),
            "agreed": self.tr("agreed"),
            "on hold": self.tr("on hold"),
        }
        return words.get(state, state)
