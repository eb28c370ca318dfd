"""When somebody came to a stop, and when the milk left the freezer there or went into it, from the sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coordinator.domain.pickups.plans import Stop, StopKind
from coordinator.domain.pickups.sheet_told import StopTimes
from ui.pickups.fields import TimeField, value_in
from ui.pickups.pickup_words import stop_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label
from ui.widgets.rows import text_label

_CHARACTERS = 12
"""Room for a time, and for saying that it is none."""


class TimesForm(QFrame):
    """One line a stop; both times may stay empty. ``915`` is 9:15."""

    def __init__(self, stop: Stop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.stop = stop
        self.arrived, self.freezer = TimeField(), TimeField()
        self.arrived.set_value(stop.arrived_at)
        self.freezer.set_value(stop.freezer_at)
        across = QHBoxLayout(self)
        across.setContentsMargins(SPACE_LARGE, SPACE_SMALL, SPACE_LARGE, SPACE_SMALL)
        across.setSpacing(SPACE)
        about = self.tr("{number}. {what} · {name}").format(
            number=stop.number, what=stop_words(stop.kind), name=stop.name
        )
        across.addWidget(text_label(about, "strong"), stretch=1)
        into = stop.kind is StopKind.DROP
        in_, out = self.tr("Into the freezer"), self.tr("Out of the freezer")
        labels = ((self.tr("Arrived"),), (in_, out) if into else (out, in_))
        letters = self.fontMetrics()
        for (label, *others), field in zip(labels, (self.arrived, self.freezer), strict=True):
            words = Label(label)
            set_role(words, "quiet")
            # One under the other, whatever the stops.
            words.setMinimumWidth(max(letters.horizontalAdvance(one) for one in (label, *others)))
            field.setFixedWidth(letters.averageCharWidth() * _CHARACTERS)
            words.setBuddy(field.editor)
            field.set_name(self.tr("{label}: stop {number}").format(label=label, number=stop.number))
            field.line.setPlaceholderText("")  # a time in grey would look like one that is written down
            field.edited.connect(field.set_value)
            across.addWidget(words)
            across.addWidget(field)

    def times(self) -> StopTimes:
        """Return what stands in the form.

        Raises:
            NotUnderstoodError: If a time cannot be read; it says so itself.
        """
        return StopTimes(self.stop.id, value_in(self.arrived), value_in(self.freezer))
