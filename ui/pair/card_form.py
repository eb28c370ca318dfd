"""The card of thanks before it is saved: names or codes, and the quiet words where somebody mourns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from coordinator.domain.agreements.thank_you import Named
from coordinator.services.agreements import thanking
from ui.desk import Desk
from ui.pair.forms import Codes
from ui.translation import translate
from ui.widgets import file_dialogs
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import left_aligned, text_label

_LINES = 11


class CardForm(FormDialog):
    """Shows the words; a pair of whom one mourns has none until the quiet ones are chosen."""

    def __init__(self, desk: Desk, codes: Codes, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, translate("Pair", "A card of thanks"), translate("Pair", "Save as PDF…"), parent
        )
        self._codes = codes
        self._path: Path | None = None
        self.named = ChoiceField(
            [(Named.FIRST_NAMES, self.tr("first names")), (Named.CODES, self.tr("codes"))]
        )
        self.gentle = QCheckBox(self.tr("Quiet words, for who has lost a baby"))
        self.words = text_label("")
        self.words.setMinimumHeight(self.fontMetrics().height() * _LINES)  # they come later
        self.copy_button = QPushButton(self.tr("Copy the words"), autoDefault=False)
        self.add(self.tr("Called by"), self.named)
        self.form.add_widget(self.gentle)
        self.form.add_widget(self.words)
        self.form.add_widget(left_aligned(self.copy_button))
        self.named.edited.connect(self._read)
        self.gentle.toggled.connect(self._read)
        self.copy_button.clicked.connect(self._copy)
        self._read()

    def work(self) -> Callable[[], object]:
        """Return what writes the file that was chosen."""
        codes = self._codes
        return partial(
            thanking.save_card,
            self._desk.database,
            codes.donor,
            codes.recipient,
            self._path or Path(),
            self._desk.today(),
            self.named.value,
            gentle=self.gentle.isChecked(),
        )

    def save(self) -> None:
        """Ask where to, then write it."""
        proposed = Path.home() / self.tr("thank you {donor}.pdf").format(donor=self._codes.donor)
        chosen = file_dialogs.choose_target(self, self.tr("Save the card"), proposed, self.tr("PDF (*.pdf)"))
        if chosen is None:
            return
        self._path = chosen.path if chosen.path.suffix else chosen.path.with_suffix(".pdf")
        self.said = self.tr("Saved the card: {file}.").format(file=self._path.name)
        super().save()

    def _read(self, _: object = None) -> None:
        codes, desk = self._codes, self._desk
        text = partial(
            thanking.card_text,
            desk.database,
            codes.donor,
            codes.recipient,
            desk.today(),
            self.named.value,
            gentle=self.gentle.isChecked(),
        )
        desk.runner.run(text, self._show, self._refuse)

    def _show(self, text: str) -> None:
        self.words.setText(text)
        self.problem.hide()
        self._may_save(True)

    def _refuse(self, error: Exception) -> None:
        self.words.setText("")
        self._refused(str(error))
        self._may_save(False)

    def _may_save(self, may: bool) -> None:
        self.save_button.setEnabled(may)
        self.copy_button.setEnabled(may)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
        self._desk.said.emit(self.tr("Copied. Paste it into your message."))
