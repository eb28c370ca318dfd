"""What the network does not ask any more, in the settings, to be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coordinator.services.screening.switched_off import AskedTopic, ask_again, asked_topics
from ui.desk import Desk
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.label import Label
from ui.widgets.rows import Rows


class AskedSection(QObject):
    """A line a topic that is switched off, with its button."""

    def __init__(self, desk: Desk, form: FieldForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        form.add_heading(self.tr("Never asked"))
        self.rows = Rows(self.tr("Everything is asked. “Never ask” beside a question on a call stops it."))
        form.add_widget(self.rows)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read what is switched off."""
        self._desk.read(partial(asked_topics, self._desk.database), self._show)

    def _show(self, found: Sequence[AskedTopic]) -> None:
        self.rows.set_rows([self._line(one) for one in found if not one.is_asked])

    def _line(self, one: AskedTopic) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Label(str(one.title)))
        again = QPushButton(self.tr("Ask again"), autoDefault=False)
        again.setAccessibleName(self.tr("Ask again: {topic}").format(topic=one.title))
        again.clicked.connect(lambda *_: self._desk.write(partial(ask_again, self._desk.database, one.topic)))
        across.addWidget(again)
        across.addStretch()
        return line
