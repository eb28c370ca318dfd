"""Whose number the paper names: asked before the first print, kept as settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.settings import Settings
from ui.theme import SPACE_SMALL, set_role
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import PhoneField
from ui.widgets.label import Label


@dataclass(frozen=True)
class Whom:
    """What the settings know of whom to ring."""

    name: str
    phone: str


def whom_to_ask_for(settings: Settings) -> Whom | None:
    """Return what is known of whom to ring while something of it is missing, else None."""
    is_known = settings.coordinator_name and settings.coordinator_phone
    return None if is_known else Whom(settings.coordinator_name, settings.coordinator_phone)


class RingForm(QWidget):
    """Asks for a name and a phone; ``told(setting, value)`` when one of them was typed."""

    told = Signal(str, str)

    def __init__(self, whom: Whom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.phone = LineField(), PhoneField()
        self._fields: dict[str, EditField] = {
            "coordinator_name": self.name,
            "coordinator_phone": self.phone,
        }
        self.name.set_value(whom.name)
        self.phone.set_value(whom.phone)
        for setting, field in self._fields.items():
            field.edited.connect(partial(self.told.emit, setting))
        heading = Label(
            self.tr("Whom shall they ring when nobody is home? It is printed on every sheet."), wordWrap=True
        )
        set_role(heading, "strong")
        form = FieldForm()
        form.add(self.tr("Your name, printed"), self.name)
        form.add(self.tr("Your phone, printed"), self.phone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(heading)
        layout.addWidget(form)

    @property
    def is_rejected(self) -> bool:
        """Whether something typed cannot be taken; the field says why."""
        return any(field.message.text() for field in self._fields.values())

    def leave(self) -> None:
        """Take what stands in the fields."""
        for field in self._fields.values():
            field.leave()

    def keep(self, setting: str, value: str) -> None:
        """Show *value* as kept."""
        self._fields[setting].set_value(value)
