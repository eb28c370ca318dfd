"""Ticks for the parts of the printed set, remembered on this computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from coordinator.domain.paper.privacy import IN_A_SET, MAY_SHOW, USUAL, Part
from coordinator.domain.paper.set_making import SetWanted
from ui.widgets.flow_layout import FlowLayout

_KEY = "print/parts"
_BOTH = "both_sides"


@dataclass(frozen=True)
class PartsOffered:
    """How the parts of a set are drawn, and how their printing is noted; of a day ``code`` is empty."""

    code: str
    wanted: SetWanted
    draw: Callable[[SetWanted], bytes]
    record: Callable[[SetWanted], bytes]


class PartsBar(QWidget):
    """A tick for each part that can be printed; ``changed`` when one was set or taken off."""

    changed = Signal()

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        wanted = remembered(settings)
        self.boxes = {part: QCheckBox(str(part.words)) for part in IN_A_SET}
        self.both_sides = QCheckBox(self.tr("Printed on both sides"))
        flow = FlowLayout(self)
        for part, box in self.boxes.items():
            box.setChecked(part in wanted.parts)
            box.setToolTip(self.tr("For: {who}").format(who=MAY_SHOW[part].level.words))
        self.both_sides.setChecked(wanted.both_sides)
        for box in (*self.boxes.values(), self.both_sides):
            box.setAccessibleName(box.text())
            box.toggled.connect(self._on_toggled)
            box.setMinimumWidth(
                box.sizeHint().width() + box.fontMetrics().height() // 2
            )  # its frame in focus
            flow.addWidget(box)

    @property
    def wanted(self) -> SetWanted:
        """What is ticked."""
        parts = frozenset(part for part, box in self.boxes.items() if box.isChecked())
        return SetWanted(parts, self.both_sides.isChecked())

    def _on_toggled(self, _: bool) -> None:
        if self._settings is not None:
            kept = [part.name for part, box in self.boxes.items() if box.isChecked()]
            self._settings.setValue(_KEY, ",".join(kept + [_BOTH] * self.both_sides.isChecked()))
        self.changed.emit()


def remembered(settings: QSettings | None) -> SetWanted:
    """Return what was ticked last on this computer, else the usual parts.

    Cards and tags alone may be nothing for the next pickup, so they are not remembered alone.
    """
    kept = str(settings.value(_KEY) or "").split(",") if settings is not None else []
    parts = frozenset(part for part in IN_A_SET if part.name in kept)
    return SetWanted(parts if parts - {Part.CARDS, Part.TAGS} else USUAL, _BOTH in kept)
