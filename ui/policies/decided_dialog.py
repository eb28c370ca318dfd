"""What this network decided once for every donor: read, and taken back. Deciding is done where it is met."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.wording import title
from coordinator.services.policies import deciding
from coordinator.services.policies.deciding import DecidedHere
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling

_WIDTH, _HEIGHT = 560, 420


class DecidedDialog(QDialog):
    """A row for each decision, oldest first, with who, when and why, and the button that takes it back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self.setWindowTitle(self.tr("What this network decided"))
        self.rows = Rows(
            self.tr(
                "Nothing yet. A reason on the Match page that can be decided for every donor has a button."
            )
        )
        self.said = text_label("", "problem")
        self.said.hide()
        self.close_button = QPushButton(self.tr("Close"), autoDefault=False)
        self.close_button.setAccessibleName(self.close_button.text())
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        desk.changed.connect(self._read)
        self._read()

    def _read(self) -> None:
        if self._is_open:
            self._desk.read(partial(deciding.decisions, self._desk.database), self._show)

    def _show(self, found: tuple[DecidedHere, ...]) -> None:
        if self._is_open:
            self.rows.set_rows([self._row(one) for one in found])

    def _row(self, one: DecidedHere) -> Row:
        decision = one.decision
        elsewhere = "" if one.is_in_force else self.tr("Does not count under the profile in use.")
        row = Row(title(str(decision.words)), [str(decision.who), decision.reason, elsewhere])
        back = row.add_button_beside(
            self.tr("Take back"), self.tr("Take back: {what}").format(what=decision.words)
        )
        back.clicked.connect(partial(self._take_back, decision.id))
        return row

    def _take_back(self, number: int) -> None:
        self._desk.write(
            partial(deciding.take_back, self._desk.database, number),
            failed=self._refused,
            said=self.tr("Taken back: what it answered is asked again. Undo brings it back."),
        )

    def _refused(self, sentence: str) -> None:
        if self._is_open:
            self.said.setText(sentence)
            self.said.show()

    def _lay_out(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, SPACE, 0)
        inner.addWidget(self.rows)
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(
            text_label(
                self.tr("Each holds for every donor until it is taken back, and families are told of it."),
                "quiet",
            )
        )
        layout.addWidget(self.said)
        layout.addWidget(scrolling(body), stretch=1)
        layout.addLayout(last)
        self.resize(_WIDTH, _HEIGHT)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; an answer under way is dropped."""
        self._is_open = False
        super().done(result)
