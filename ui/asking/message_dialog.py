"""The questions of a family as a message: to copy, or to open in the program that sends it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.worklist.family_message import Channel
from coordinator.domain.worklist.message_links import mailto_link, sms_link
from coordinator.services.asking import by_message
from coordinator.services.asking.by_message import FamilyMessage
from ui.desk import Desk
from ui.theme import SPACE, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label

_SIZE = QSize(640, 480)
_OUR_LANGUAGE = "english"


class MessageDialog(QDialog):
    """The message to one family. Nothing is sent from here: she sends it, and then says that it was sent.

    What it was sent with is remembered by the way she took last: copied, as a text, as an e-mail.
    """

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._code = code
        self._message: FamilyMessage | None = None
        self._channel = Channel.PASTED
        self.about = text_label("", "strong")
        self.note = text_label("", "ask")
        self.hints = text_label("", "quiet")
        self.text = QPlainTextEdit(tabChangesFocus=True)
        self.text.setAccessibleName(self.tr("The message"))
        self.problem = text_label("", "problem")
        self.copy_button = QPushButton(self.tr("Copy"))
        self.sms_button = QPushButton(self.tr("Open as text message"))
        self.mail_button = QPushButton(self.tr("Open as e-mail"))
        self.sent_button = QPushButton(self.tr("It was sent"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self.setWindowTitle(self.tr("Ask by message"))
        self._read()

    def _read(self) -> None:
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(by_message.message_to, database, self._code, today), self._show)

    def _show(self, message: FamilyMessage) -> None:
        home = message.household
        self._message = message
        self.about.setText(f"{home.name} · {message.code}")
        words = home.read_before_ringing
        self.note.setText(self.tr("Read before you write: {words}").format(words=words) if words else "")
        self.note.setVisible(bool(words))
        self.text.setPlainText(message.text)
        self.text.setPlaceholderText(self.tr("Nothing to ask in a message."))
        self.hints.setText("\n".join(self._hints(message)))
        self.hints.setVisible(bool(self.hints.text()))
        self.copy_button.setEnabled(bool(message.items))
        self.sms_button.setEnabled(bool(message.items and home.phone))
        self.mail_button.setEnabled(bool(message.items and home.email))
        self.sent_button.setEnabled(bool(message.items))
        if message.items:
            self.copy_button.setFocus()

    def _hints(self, message: FamilyMessage) -> Sequence[str]:
        said = []
        if message.asked_on is not None:
            said.append(self.tr("Last asked by message on {day}.").format(day=show_date(message.asked_on)))
        languages = message.household.languages
        if languages and _OUR_LANGUAGE not in languages.casefold():
            words = self.tr("Speaks {languages}; the message is in English.")
            said.append(words.format(languages=languages))
        if message.left_out:
            questions = " · ".join(one.text for one in message.left_out)
            said.append(self.tr("Not in the message: {questions}").format(questions=questions))
        return said

    def _copy(self) -> None:
        self._channel = Channel.PASTED
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._desk.said.emit(self.tr("Copied. Paste it into your message."))
        self.sent_button.setFocus()

    def _open_text(self) -> None:
        if self._message is not None:
            self._open(sms_link(self._message.household.phone, self.text.toPlainText()), Channel.TEXT)

    def _open_mail(self) -> None:
        if self._message is not None:
            subject = self.tr("A few questions")
            link = mailto_link(self._message.household.email, subject, self.text.toPlainText())
            self._open(link, Channel.EMAIL)

    def _open(self, link: str, channel: Channel) -> None:
        self._channel = channel
        is_open = QDesktopServices.openUrl(QUrl.fromEncoded(link.encode()))
        self.problem.setText("" if is_open else self.tr("No program opened. Copy the message instead."))
        self.problem.setVisible(not is_open)
        (self.sent_button if is_open else self.copy_button).setFocus()

    def _note_sent(self) -> None:
        if self._message is None:
            return
        self.sent_button.setEnabled(False)
        database, today, message = self._desk.database, self._desk.today(), self._message
        self._desk.write(
            lambda: by_message.record_sent(database, message, self._channel, today),
            lambda _: self.accept(),
            failed=self._refuse,
            said=self.tr("Noted: {name} was asked by message.").format(name=message.household.name),
        )

    def _refuse(self, sentence: str) -> None:
        self.sent_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.sms_button.clicked.connect(self._open_text)
        self.mail_button.clicked.connect(self._open_mail)
        self.sent_button.clicked.connect(self._note_sent)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        set_role(self.sent_button, "main")
        buttons = QWidget()
        across = FlowLayout(buttons)
        for button in (
            self.copy_button,
            self.sms_button,
            self.mail_button,
            self.sent_button,
            self.close_button,
        ):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            button.setEnabled(button is self.close_button)
            across.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        layout.addWidget(self.note)
        layout.addWidget(self.text, stretch=1)
        for widget in (self.hints, self.problem, buttons):
            layout.addWidget(widget)
        for label in (self.note, self.hints, self.problem):
            label.hide()

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """Have room for some ten questions."""
        return _SIZE.expandedTo(super().sizeHint())


def ask_by_message(desk: Desk, code: str, parent: QWidget) -> MessageDialog:
    """Open the message to the family with *code* over the window of *parent*."""
    dialog = MessageDialog(desk, code, parent.window())
    dialog.open()
    return dialog
