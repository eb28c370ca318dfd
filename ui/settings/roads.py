"""The part of the settings about drive times: the road factor, and a server that knows the roads."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from coordinator.domain.driving.odometers import FactorOrigin, RoadFactor
from coordinator.domain.settings import RoadServer, Settings
from coordinator.domain.typed_numbers import typed_number
from coordinator.services.driving import drive_times
from coordinator.services.settings.values import change_setting, settings
from ui.desk import Desk
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import left_aligned, text_label


class RoadFactorField(LineField):
    """Road miles for a straight mile; empty is None, and then the learnt or shipped one is in force."""

    def __init__(self) -> None:
        super().__init__(parse=self._read, show=lambda factor: f"{factor:g}", hint=self.tr("not set"))

    def _read(self, text: str) -> float | None:
        try:
            return typed_number(text) if text else None
        except ValueError:
            raise NotUnderstoodError(self.tr("This is not a number yet. Try 1.3.")) from None


class RoadsSection(QObject):
    """Fields for drive times, added to the settings' *form* and *fields*; each is saved when left."""

    def __init__(self, desk: Desk, form: FieldForm, fields: dict[str, EditField], window: QDialog) -> None:
        super().__init__(window)
        self._desk, self._form, self._fields = desk, form, fields
        self._is_open = True
        window.finished.connect(self._on_closed)
        form.add_heading(self.tr("Drive times"))
        self.in_force = form.add_text(self.tr("Road factor in force"))
        self._add("road_factor", self.tr("Your own road factor"), RoadFactorField())
        self.back_button = QPushButton(self.tr("Go back to the program's"), autoDefault=False)
        self.back_button.clicked.connect(lambda: self._save("road_factor", None))
        form.add_widget(left_aligned(self.back_button))
        self._explain(
            self.tr(
                "Roads are longer than the straight line by this factor. The program learns it from the "
                "odometers typed in when runs are settled, once there are enough."
            )
        )
        servers = [
            (RoadServer.NONE, self.tr("nobody, the program estimates")),
            (RoadServer.OSRM, self.tr("the OSRM server below")),
            (RoadServer.VALHALLA, self.tr("the Valhalla server below")),
        ]
        self._add("road_server", self.tr("Who is asked for roads"), ChoiceField(servers))
        self._add("road_server_url", self.tr("Its address"), LineField(hint="https://router.example.org"))
        self.sent = self._explain("")
        self._read()

    def _add(self, name: str, label: str, field: EditField) -> None:
        field.edited.connect(partial(self._save, name))
        self._fields[name] = field
        self._form.add(label, field)

    def _explain(self, words: str) -> QLabel:
        label = text_label(words, "quiet")
        self._form.add_widget(label)
        return label

    def _read(self) -> None:
        database = self._desk.database
        self._desk.read(lambda: (settings(database), drive_times.factor_in_force(database)), self._show)

    def _show(self, found: tuple[Settings, RoadFactor]) -> None:
        kept, factor = found
        if not self._is_open:
            return
        for name in ("road_factor", "road_server", "road_server_url"):
            if not self._fields[name].is_dirty:
                self._fields[name].set_value(getattr(kept, name))
        self.in_force.setText(self._factor_words(factor))
        self.back_button.setEnabled(factor.origin is FactorOrigin.OWN)
        self.sent.setText(self._sent_words(kept))

    def _factor_words(self, factor: RoadFactor) -> str:
        if factor.learnt is not None:
            words = self.tr("{factor} learnt from {count} odometer entries")
            theirs = words.format(factor=f"{factor.learnt:.2f}", count=factor.entries)
        else:
            words = self.tr("{factor} as shipped; {count} of {needed} odometer entries to learn from")
            theirs = words.format(
                factor=f"{factor.shipped:g}", count=factor.entries, needed=factor.entries_needed
            )
        if factor.origin is not FactorOrigin.OWN:
            return theirs
        return self.tr("{factor}, your own (the program's: {theirs})").format(
            factor=f"{factor.value:g}", theirs=theirs
        )

    def _sent_words(self, kept: Settings) -> str:
        host = drive_times.host_of(kept.road_server_url) or self.tr("the server")
        if drive_times.is_on(kept):
            opening = self.tr("On: {host} is asked when you choose a family or open a pickup.")
        elif kept.road_server is not RoadServer.NONE:
            opening = self.tr("Nobody is asked until its address stands above.")
        else:
            opening = self.tr("Off: nothing is sent to anybody.")
        told = self.tr(
            "Whoever is asked is sent the coordinates of the homes in question, to about 36 feet, and sees "
            "your internet address; no names, no street addresses. The answers are forgotten when you close "
            "the program."
        )
        return f"{opening} {told}".format(host=host)

    def _save(self, name: str, value: object) -> None:
        database, field = self._desk.database, self._fields[name]

        def saved(_: None) -> None:
            if self._is_open:
                field.set_value(value)
                self._read()

        def refused(reason: str) -> None:
            if self._is_open:
                field.reject(reason)

        text = "" if value is None else str(value)
        self._desk.write(lambda: change_setting(database, name, text), saved, failed=refused)

    def _on_closed(self) -> None:
        self._is_open = False
