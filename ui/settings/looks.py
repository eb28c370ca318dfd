"""The part of the settings about how the window looks on this computer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication

from ui import looks
from ui.desk import Desk
from ui.theme import Scheme
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField


class LooksSection(QObject):
    """Theme, text size and, once there is more than English, the language; shown as soon as chosen."""

    def __init__(self, desk: Desk, form: FieldForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        kept = looks.kept_looks(desk.settings)
        schemes = (
            (None, self.tr("As the system")),
            (Scheme.LIGHT, self.tr("Light")),
            (Scheme.DARK, self.tr("Dark")),
            (Scheme.CONTRAST, self.tr("High contrast")),
        )
        self.scheme = ChoiceField(schemes)
        self._add(form, "scheme", self.tr("Colours"), self.scheme, kept.scheme)
        sizes = [(size, self.tr("{percent} %").format(percent=size)) for size in looks.TEXT_SIZES]
        self.text_size = ChoiceField(sizes)
        self._add(form, "text_size", self.tr("Text size"), self.text_size, kept.text_size)
        self.language: ChoiceField | None = None
        spoken = looks.languages()
        if len(spoken) > 1:
            self.language = ChoiceField([(one, QLocale(one).nativeLanguageName() or one) for one in spoken])
            label = self.tr("Language, from the next start on")
            self._add(form, "language", label, self.language, kept.language)

    def _add(self, form: FieldForm, name: str, label: str, field: ChoiceField, value: object) -> None:
        field.set_value(value)
        field.edited.connect(partial(self._change, name, field))
        form.add(label, field)

    def _change(self, name: str, field: ChoiceField, value: object) -> None:
        field.set_value(value)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            looks.change(app, self._desk.settings, **{name: value})
