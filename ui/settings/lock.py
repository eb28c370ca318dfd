"""The part of the settings about locking by itself, on this computer."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.desk import Desk
from ui.idle_minutes import CHOICES, keep_minutes, kept_minutes
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import text_label


class LockSection(QObject):
    """After how many minutes without a key or a move a network that has a passphrase is locked."""

    def __init__(self, desk: Desk, form: FieldForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        form.add_heading(self.tr("The lock"))
        self.minutes = ChoiceField([(one, self._words(one)) for one in CHOICES])
        self.minutes.set_value(kept_minutes(desk.settings))
        self.minutes.edited.connect(self._keep)
        form.add(self.tr("Lock when nobody is here"), self.minutes)
        form.add_widget(
            text_label(
                self.tr("With a passphrase only. Ctrl+L locks at once. 15 minutes are our own choice."),
                "quiet",
            )
        )

    def _words(self, minutes: int) -> str:
        return self.tr("after {n} minutes").format(n=minutes) if minutes else self.tr("never")

    def _keep(self, minutes: int) -> None:
        self.minutes.set_value(minutes)
        keep_minutes(self._desk.settings, minutes)
