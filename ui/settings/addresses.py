"""The settings of looking up addresses online, and what that means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from coordinator.services.places import addresses
from ui.desk import Desk
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import left_aligned, text_label


class AddressSection(QObject):
    """Adds its fields to the settings' form by *add(name, label, field)*."""

    def __init__(self, desk: Desk, form: FieldForm, add: Callable[[str, str, EditField], None]) -> None:
        super().__init__(form)
        self._desk = desk
        form.add_heading(self.tr("Addresses online"))
        form.add_widget(text_label(self._what_leaves(), "quiet"))
        switch = ChoiceField(
            [(False, self.tr("Off: nothing is sent")), (True, self.tr("On, when I ask for one"))]
        )
        add("looks_up_addresses", self.tr("Look up addresses"), switch)
        add("nominatim_url", self.tr("Server (Nominatim)"), LineField())
        add(
            "contact",
            self.tr("Your e-mail, sent along"),
            LineField(hint=self.tr("for whoever runs the server")),
        )
        add("user_agent", self.tr("Program’s name, sent along"), LineField(hint=self.tr("Milk Run’s own")))
        form.add_widget(text_label(self._rules(), "quiet"))
        self.forget = QPushButton(self.tr("Erase remembered answers"), autoDefault=False)
        self.forget.clicked.connect(self._forget)
        self.forgotten = text_label("", "quiet")
        self.forgotten.hide()
        form.add_widget(left_aligned(self.forget))
        form.add_widget(self.forgotten)

    def _what_leaves(self) -> str:
        return self.tr(
            "When you click “Look up this address online…” at a family, the line you see there goes to this "
            "server, with your e-mail and the program’s name. Nothing is sent at any other time."
        )

    def _rules(self) -> str:
        return self.tr(
            "OpenStreetMap’s public server asks for this, and the program keeps to it: at most one question "
            "a second, an own name, no lists of addresses, no question twice, “© OpenStreetMap contributors” "
            "beside each answer. Your network can run a server of its own."
        )

    def _forget(self) -> None:
        self._desk.write(lambda: addresses.forget_all(self._desk.database), self._say_forgotten)

    def _say_forgotten(self, count: int) -> None:
        self.forgotten.setText(self.tr("Erased: {count}. Families stay where they are.").format(count=count))
        self.forgotten.show()
