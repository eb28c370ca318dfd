"""Answers of forms that are read otherwise now than when they came in, and reading them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.facts.wording import told
from coordinator.services.imports.rereading import ReadOtherwise, read_again
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.label import Label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable


class RereadDialog(QDialog):
    """Her words, what was read in them before, and what is read now. Reading again is one action."""

    def __init__(self, desk: Desk, found: Sequence[ReadOtherwise], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self.setWindowTitle(self.tr("Answers read more carefully"))
        self.about = Label(
            self.tr(
                "What is not clear in an answer goes on the call list, and the milk waits for it. "
                "What you changed yourself or heard on a call stays as it is."
            ),
            wordWrap=True,
        )
        self.model: RowTableModel[ReadOtherwise] = RowTableModel(_COLUMNS, lambda one: one.before[0].id)
        self.model.set_rows(found)
        self.table = RowTable(self.model, "reread", desk.settings)
        self.table.setAccessibleName(self.tr("Answers that are read otherwise now"))
        self.table.row_chosen.connect(lambda _: self._show_chosen())
        self.whole = Label(wordWrap=True)
        set_role(self.whole, "quiet")
        self.said = Label(wordWrap=True)
        set_role(self.said, "problem")
        self.said.hide()
        self._lay_out()
        if found:
            self.table.choose(found[0].before[0].id)
            self._show_chosen()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox()
        self.again = buttons.addButton(self.tr("Read again"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.again.setDefault(True)
        self.not_now = buttons.addButton(self.tr("Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.again, self.not_now):
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self._read_again)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(self.whole)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.again.setFocus()
        self.resize(min(1040, self.fontMetrics().averageCharWidth() * 175), 440)

    def _show_chosen(self) -> None:
        """Show the chosen answer whole: a cell may be too narrow for it."""
        key = self.table.chosen_key
        chosen = next((one for one in self.model.all_rows() if one.before[0].id == key), None)
        self.whole.setText(_whole(chosen) if chosen else "")

    def _read_again(self) -> None:
        self.again.setEnabled(False)
        database, today = self._desk.database, self._desk.today()
        self._desk.write(lambda: read_again(database, today), self._on_read, failed=self._on_refused)

    def _on_read(self, count: int) -> None:
        self._desk.said.emit(done_words(count))
        if self._is_open:
            self.accept()

    def _on_refused(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.show()
        self.again.setEnabled(True)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; an answer under way is said in the notice line."""
        self._is_open = False
        super().done(result)


def offer_words(count: int) -> str:
    """Return what the window says about *count* answers that are read otherwise now."""
    if count == 1:
        return translate("RereadDialog", "1 answer of a form is read more carefully now.")
    said = translate("RereadDialog", "{count} answers of forms are read more carefully now.")
    return said.format(count=count)


def done_words(count: int) -> str:
    """Return what is said once *count* answers were read again."""
    if count == 1:
        return translate("RereadDialog", "1 answer read again. Undo takes it back.")
    said = translate("RereadDialog", "{count} answers read again. Undo takes it back.")
    return said.format(count=count)


def _facts(facts: Iterable[Fact]) -> str:
    return "; ".join(str(told(fact)) for fact in facts)


def _whole(one: ReadOtherwise) -> str:
    head = f"{one.name} {one.code}, {one.label}: “{one.words}”"
    said = translate("RereadDialog", "Before: {before}\nNow: {now}")
    lines = said.format(before=_facts(one.before), now=_facts(one.now))
    if one.question:
        asked = translate("RereadDialog", "To ask: {question}")
        lines = "\n".join((lines, asked.format(question=one.question)))
    return f"{head}\n{lines}"


_COLUMNS = (
    Column[ReadOtherwise](
        QT_TRANSLATE_NOOP("Columns", "Donor"), lambda one: f"{one.name} {one.code}", width=20
    ),
    Column[ReadOtherwise](QT_TRANSLATE_NOOP("Columns", "Question"), lambda one: one.label, width=14),
    Column[ReadOtherwise](
        QT_TRANSLATE_NOOP("Columns", "Her words"),
        lambda one: one.words,
        tooltip=lambda one: one.words,
        width=30,
    ),
    Column[ReadOtherwise](
        QT_TRANSLATE_NOOP("Columns", "Read before"),
        lambda one: _facts(one.before),
        tooltip=lambda one: _facts(one.before),
        width=26,
    ),
    Column[ReadOtherwise](
        QT_TRANSLATE_NOOP("Columns", "Read now"),
        lambda one: _facts(one.now),
        tooltip=lambda one: _facts(one.now),
        width=42,
    ),
)
