"""A pasted reply, read back beside the words it was read from; nothing counts before she has ticked it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.services.asking import replies
from coordinator.services.asking.replies import Asked, FamilyReply
from ui.asking.answer_rows import AnswerRow
from ui.desk import Desk
from ui.theme import SPACE, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Rows, text_label
from ui.widgets.scrolling import scrolling

_SIZE = QSize(940, 500)
_AFTER_TYPING_MS = 250


class ReplyDialog(QDialog):
    """Paste on the left; on the right every question with what the reply says to it, to tick or to correct.

    What is in doubt has no tick of its own. What she corrected stays while she goes on pasting.
    """

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._code = code
        self._asked: Asked | None = None
        self.rows: list[AnswerRow] = []
        self.about = text_label("", "strong")
        self.since = text_label("", "quiet")
        self.pasted = QPlainTextEdit(tabChangesFocus=True)
        self.pasted.setPlaceholderText(self.tr("Paste the reply here"))
        self.pasted.setAccessibleName(self.tr("The reply"))
        self.answers = Rows(self.tr("Nothing was asked."))
        self.unread = text_label("", "ask")
        self.problem = text_label("", "problem")
        self.take_button = QPushButton()
        self.close_button = QPushButton(self.tr("Close"))
        self._typing = QTimer(self, singleShot=True, interval=_AFTER_TYPING_MS)
        self._typing.timeout.connect(self.read)
        self._lay_out()
        self.setWindowTitle(self.tr("Read a reply"))
        self.pasted.textChanged.connect(self._typing.start)
        self.take_button.clicked.connect(self._take)
        self.close_button.clicked.connect(self.reject)
        self._count()
        database, today = desk.database, desk.today()
        desk.read(partial(replies.asked_of, database, code, today), self._show_asked)

    def read(self) -> None:
        """Read what is pasted now."""
        if self._asked is None:
            return
        self._typing.stop()
        found = replies.read_reply(self._asked, self.pasted.toPlainText(), self._desk.today())
        by_number = {one.asked.number: one for one in found.answers}
        for row in self.rows:
            row.show_answer(by_number.get(row.asked.number))
        self._show_unread(found)
        self._count()

    def _show_asked(self, asked: Asked) -> None:
        self._asked = asked
        self.about.setText(f"{asked.household.name} · {asked.code}")
        day = show_date(asked.on) if asked.on else ""
        self.since.setText(
            self.tr("By the numbers of the message of {day}.").format(day=day)
            if day
            else self.tr("No message was noted as sent: read by the numbers one of today would have.")
        )
        self.rows = [AnswerRow(one, self._desk.today) for one in asked.items]
        for row in self.rows:
            row.changed.connect(self._count)
        self.answers.set_rows(self.rows)
        self.read()

    def _show_unread(self, found: FamilyReply) -> None:
        """Say what was written besides, so that no word of hers is lost."""
        besides = [one.text.strip() for one in found.pieces if one.kind.is_hers]
        words = " … ".join(filter(None, besides))
        self.unread.setText(self.tr("Not read as an answer: “{words}”").format(words=words) if words else "")
        self.unread.setVisible(bool(words))

    def _count(self) -> None:
        count = sum(1 for row in self.rows if row.counts)
        words = self.tr("Take one answer") if count == 1 else self.tr("Take {count} answers")
        self.take_button.setText(words.format(count=count))
        self.take_button.setAccessibleName(self.take_button.text())
        self.take_button.setEnabled(bool(count))

    def _take(self) -> None:
        if self._typing.isActive():
            self.read()
        taken = [row.answer for row in self.rows if row.counts and row.answer is not None]
        if not taken:
            return
        is_rest = len(taken) < sum(1 for row in self.rows if row.asked.is_open)
        said = self.tr("Kept. What has no tick stays asked.") if is_rest else self.tr("Kept.")
        self.take_button.setEnabled(False)
        database, code, today = self._desk.database, self._code, self._desk.today()
        self._desk.write(
            lambda: replies.take_reply(database, code, taken, today),
            lambda _: self.accept(),
            failed=self._refuse,
            said=said,
        )

    def _refuse(self, sentence: str) -> None:
        self._count()
        self.problem.setText(sentence)
        self.problem.show()

    def _lay_out(self) -> None:
        set_role(self.take_button, "main")
        for button in (self.take_button, self.close_button):
            button.setAutoDefault(False)
        self.close_button.setAccessibleName(self.close_button.text())
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addWidget(self.unread)
        column.addWidget(self.answers)
        across = QHBoxLayout()
        across.setSpacing(SPACE)
        across.addWidget(self.pasted, stretch=2)
        across.addWidget(scrolling(right, wraps=True), stretch=3)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.take_button)
        flow.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        layout.addWidget(self.since)
        layout.addLayout(across, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.unread.hide()
        self.problem.hide()

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """Have room for the reply beside what it is read as."""
        return _SIZE.expandedTo(super().sizeHint())


def read_a_reply(desk: Desk, code: str, parent: QWidget) -> ReplyDialog:
    """Open the dialog that reads a reply of the family with *code* over the window of *parent*."""
    dialog = ReplyDialog(desk, code, parent.window())
    dialog.open()
    return dialog
