"""Around the reasons: which part of each lot fits, and the switch that shows what reasons rest on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.matching.matches import LotPart
from coordinator.domain.milk.splitting import LaterPart, part_from
from ui.theme import SPACE, SPACE_SMALL
from ui.translation import translate
from ui.units import Display
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.rows import text_label

_KEY = "match/sources"


def part_words(part: LaterPart, display: Display) -> str:
    """Return how much newer bags probably hold: ``about 392 oz in 73 bags``."""
    volume = display.volume(part.volume)
    if not part.bags:
        return translate("PartsList", "about {volume}").format(volume=volume)
    return translate("PartsList", "about {volume} in {count} bags").format(volume=volume, count=part.bags)


class PartsList(QWidget):
    """For each lot of which only some days fit, those days and a button that puts them into the form."""

    part_wanted = Signal(object)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._parts: tuple[LotPart, ...] = ()
        self._unit = display.volume_unit
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_SMALL)
        self.hide()

    def show_parts(self, parts: Sequence[LotPart]) -> None:
        """Show which days of *parts* fit; lots that are alike throughout are not named."""
        told = tuple(part for part in parts if part.words)
        if (told, self._display.volume_unit) == (self._parts, self._unit):
            return
        self._parts, self._unit = told, self._display.volume_unit
        with keeping_focus(self):
            while (item := self._layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for part in told:
                self._layout.addWidget(self._line(part))
        self.setVisible(bool(told))

    def text(self) -> str:
        """Return the days as they stand on screen."""
        return "\n".join(f"{part.lot.code}: {part.words}" for part in self._parts)

    def _line(self, part: LotPart) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        words = f"{part.lot.code}: {part.words}"
        if part.is_held_as_it_is:
            words = f"{words}, {part_words(part_from(part.lot, part.only_from), self._display)}"
        else:
            words = self.tr("{words}; split the lot on the donor's page first").format(words=words)
        across.addWidget(text_label(words, "strong"), stretch=1)
        if part.is_held_as_it_is:
            take = QPushButton(self.tr("Take these bags"))
            take.setAccessibleName(
                self.tr("Take of {lot} {words}").format(lot=part.lot.code, words=part.words)
            )
            take.clicked.connect(partial(self.part_wanted.emit, part))
            across.addWidget(take, alignment=Qt.AlignmentFlag.AlignTop)
        return line


class SourcesSwitch(QCheckBox):
    """Shows or hides what the reasons rest on; the choice is remembered."""

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setText(self.tr("Sources"))
        self.setAccessibleName(self.tr("Show what the reasons rest on"))
        self.setToolTip(self.tr("Rule, value, where it was seen, the answer it met and the days it is about"))
        self.setChecked(settings is not None and settings.value(_KEY, defaultValue="") == "shown")
        self.toggled.connect(self._keep)

    def _keep(self, on: bool) -> None:
        if self._settings is not None:
            self._settings.setValue(_KEY, "shown" if on else "")
