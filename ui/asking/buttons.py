"""The two buttons beside a family's phone number: ask it in writing, read what it wrote back."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ui.asking.message_dialog import ask_by_message
from ui.asking.reply_dialog import read_a_reply
from ui.desk import Desk
from ui.widgets.flow_layout import FlowLayout


class WritingButtons(QWidget):
    """``code`` is of the family that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.code = ""
        self.ask = QPushButton(self.tr("Ask by message…"), autoDefault=False)
        self.reply = QPushButton(self.tr("Read a reply…"), autoDefault=False)
        self.ask.clicked.connect(lambda *_: ask_by_message(self._desk, self.code, self))
        self.reply.clicked.connect(lambda *_: read_a_reply(self._desk, self.code, self))
        across = FlowLayout(self)
        for button in (self.ask, self.reply):
            button.setAccessibleName(button.text())
            across.addWidget(button)
