"""Signatures for a donor, shown only where the policy asks for more than one person."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.screening.call_list import Screening
from coordinator.domain.screening.checklist import SIGN_OFFS, SignOff
from coordinator.services.screening import call_list as service
from ui.desk import Desk
from ui.theme import SPACE
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, text_label


class SignPart(QWidget):
    """Who has signed, and a line for the next name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._heading = text_label("", "strong")
        self._basis = text_label("", "quiet")
        self._rows = Rows(self.tr("Nobody has signed yet."))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the person who signs"))
        self.name.setAccessibleName(self.tr("Name of the person who signs"))
        self.name.returnPressed.connect(self._sign)
        self.sign = QPushButton(self.tr("Sign"))
        self.sign.setAccessibleName(self.tr("Sign for this donor"))
        self.sign.clicked.connect(self._sign)
        self._problem = text_label("", "problem")
        self._lay_out()
        self._say("")
        self.hide()

    def show_screening(self, code: str, screening: Screening) -> None:
        """Show the signatures of the donor behind *code*."""
        self.setVisible(bool(screening.signing))
        if code != self._code:
            self._code = code
            self._begin_anew()
        if not screening.signing:
            return
        words = self.tr("{done} of {count} people have signed")
        self._heading.setText(words.format(done=len(screening.sign_offs), count=screening.signing))
        bases = [b for item in screening.checklist if item.topic == SIGN_OFFS for b in item.bases]
        self._basis.setText(" · ".join(basis.source for basis in bases))
        self._rows.set_rows([self._row(one) for one in screening.sign_offs])

    def _row(self, one: SignOff) -> Row:
        row = Row(one.signed_by, [self.tr("on {day}").format(day=show_date(one.signed_on))])
        back = row.add_button_beside(
            self.tr("Take back"), self.tr("Take back the signature of {name}").format(name=one.signed_by)
        )
        take_back = partial(service.take_back_signature, self._desk.database, self._code, one.id)
        back.clicked.connect(lambda: self._desk.write(take_back))
        return row

    def _sign(self) -> None:
        database, code, today = self._desk.database, self._code, self._desk.today()
        name = self.name.text()
        self._desk.write(
            lambda: service.sign(database, code, name, today),
            lambda _: self._begin_anew(),
            failed=self._say,
        )

    def _begin_anew(self) -> None:
        self.name.clear()
        self._say("")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.name.setAccessibleDescription(problem)

    def _lay_out(self) -> None:
        entry = QHBoxLayout()
        entry.setSpacing(SPACE)
        entry.addWidget(self.name, stretch=1)
        entry.addWidget(self.sign)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._heading)
        layout.addWidget(self._basis)
        layout.addWidget(self._rows)
        layout.addLayout(entry)
        layout.addWidget(self._problem)
