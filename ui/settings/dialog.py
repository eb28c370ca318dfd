"""The network's settings; each is saved when its field is left."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.settings import Paper, Settings
from coordinator.domain.volume import VolumeUnit
from coordinator.services.settings.values import change_setting, settings
from ui.desk import Desk
from ui.settings.addresses import AddressSection
from ui.settings.asked import AskedSection
from ui.settings.lock import LockSection
from ui.settings.looks import LooksSection
from ui.settings.roads import RoadsSection
from ui.settings.tiles import TilesSection
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets import file_dialogs
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, PhoneField
from ui.widgets.rows import left_aligned, text_label


class SettingsDialog(QDialog):
    """A form of all settings. What does not fit stays in its field with the reason under it.

    ``policies_wanted`` leads to the policy profiles; this closes then.
    """

    policies_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self.setWindowTitle(self.tr("Settings"))
        self.form = FieldForm()
        set_role(self.form, "scrolled")
        self.fields: dict[str, EditField] = {}
        self._add("network_name", self.tr("Name of the network"), LineField(hint=self.tr("Seacoast")))
        self.form.add_heading(self.tr("On paper"))
        self._add("coordinator_name", self.tr("Your name, printed"), LineField())
        self._add("coordinator_phone", self.tr("Your phone, printed"), PhoneField())
        self._add(
            "paper",
            self.tr("Paper"),
            ChoiceField([(Paper.LETTER, self.tr("Letter")), (Paper.A4, self.tr("A4"))]),
        )
        self.form.add_heading(self.tr("On screen"))
        volumes = [(VolumeUnit.OZ, self.tr("ounces")), (VolumeUnit.ML, self.tr("millilitres"))]
        self._add("volume_unit", self.tr("Amounts in"), ChoiceField(volumes))
        distances = [(DistanceUnit.MI, self.tr("miles")), (DistanceUnit.KM, self.tr("kilometres"))]
        self._add("distance_unit", self.tr("Distances in"), ChoiceField(distances))
        self.looks = LooksSection(desk, self.form, self)
        self.lock = LockSection(desk, self.form, self)
        self.form.add_heading(self.tr("Work"))
        self._add("hold_days", self.tr("Days a hold lasts"), LineField())
        self._add("standing_ask_days", self.tr("Pairs: ask days ahead"), LineField())
        self._add("standing_renew_days", self.tr("Pairs: renew days ahead"), LineField())
        self._add("call_minutes", self.tr("Minutes a call takes, about"), LineField())
        self.form.add_widget(text_label(self.tr("Five minutes are our own choice."), "quiet"))
        self._add("forget_after_months", self.tr("Months until forgetting is proposed"), LineField())
        about = self.tr("0 proposes nobody: our own choice. Nobody is ever forgotten by itself.")
        self.form.add_widget(text_label(about, "quiet"))
        self._add("backup_folder", self.tr("Backups go to"), LineField(hint=self.tr("beside the data")))
        self.folder_button = QPushButton(self.tr("Choose a folder…"), autoDefault=False)
        self.folder_button.setAccessibleName(self.tr("Choose a folder for backups"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.form.add_widget(left_aligned(self.folder_button))
        self.policies_button = QPushButton(self.tr("Policy profiles…"), autoDefault=False)
        self.policies_button.setAccessibleName(self.tr("Policy profiles: what milk is judged by"))
        self.policies_button.clicked.connect(self._open_policies)
        self.form.add_widget(left_aligned(self.policies_button))
        self.asked = AskedSection(desk, self.form, self)
        self.addresses = AddressSection(desk, self.form, self._add)
        self.tiles = TilesSection(desk, self.form, self.fields, self)
        self.roads = RoadsSection(desk, self.form, self.fields, self)
        self._lay_out()
        desk.read(lambda: settings(desk.database), self._show)

    def _add(self, name: str, label: str, field: EditField) -> None:
        field.edited.connect(partial(self._save, name))
        self.fields[name] = field
        self.form.add(label, field)

    def _show(self, found: Settings) -> None:
        if self._is_open:
            for name, field in self.fields.items():
                field.set_value(getattr(found, name))

    def _save(self, name: str, value: object) -> None:
        database, field = self._desk.database, self.fields[name]

        def saved(found: Settings) -> None:
            self._desk.display.set_units(found.volume_unit, found.distance_unit)
            if self._is_open:
                field.set_value(getattr(found, name))

        def refused(reason: str) -> None:
            if self._is_open:
                field.reject(reason)

        def work() -> Settings:
            change_setting(database, name, str(value))
            return settings(database)

        self._desk.write(work, saved, failed=refused)

    def _open_policies(self) -> None:
        self.accept()
        self.policies_wanted.emit()

    def _choose_folder(self) -> None:
        field = self.fields["backup_folder"]
        start = Path(field.value or Path.home())
        chosen = file_dialogs.choose_folder(self, self.tr("Where backups go"), start)
        if chosen:
            self._save("backup_folder", str(chosen))

    def _lay_out(self) -> None:
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.setContentsMargins(0, 0, SPACE, 0)  # off the scroll bar
        area.setWidget(self.form)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(area, stretch=1)
        layout.addWidget(buttons)
        self.resize(
            self.fontMetrics().averageCharWidth() * 96,
            min(500, self.form.sizeHint().height() + 6 * SPACE_LARGE),
        )

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Save the field being typed in, then close."""
        for field in self.fields.values():
            field.leave()
        self._is_open = False
        super().done(result)
