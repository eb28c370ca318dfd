"""Filters in words: each a chip that can be taken off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.icons import set_icon
from ui.theme import set_role
from ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True)
class Filter:
    """One filter a page offers: its words on screen, and which rows pass."""

    label: str
    passes: Callable[[Any], bool]


class FilterChips(QWidget):
    """Chips of the filters in force and a button that adds others; ``changed`` after each step."""

    changed = Signal()

    def __init__(self, offered: Sequence[Filter] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = tuple(offered)
        self._active: list[Filter] = []
        self._chips: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self)
        self.add_button = QPushButton(self.tr("Filter…"))
        set_icon(self.add_button, "filter")
        self.add_button.setAccessibleName(self.tr("Add a filter"))
        if not offered:
            self.add_button.hide()
        self._menu = QMenu(self.add_button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.add_button.setMenu(self._menu)
        self._flow.addWidget(self.add_button)

    @property
    def active(self) -> list[Filter]:
        """The filters in force, in the order they were added."""
        return list(self._active)

    def predicates(self) -> list[Callable[[Any], bool]]:
        """Return what rows have to pass, all of it."""
        return [chosen.passes for chosen in self._active]

    def add(self, chosen: Filter) -> None:
        """Put *chosen* in force, offered or not; again is no change."""
        if chosen.label in self._chips:
            return
        chip = QPushButton(chosen.label)
        set_icon(chip, "close")
        set_role(chip, "chip")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(self.tr("Remove the filter {label}").format(label=chosen.label))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self.remove(chosen.label))
        self._chips[chosen.label] = chip
        self._active.append(chosen)
        self._flow.addWidget(chip)
        self._flow.invalidate()
        self.changed.emit()

    def remove(self, label: str) -> None:
        """Take the filter called *label* off."""
        chip = self._chips.pop(label, None)
        if chip is None:
            return
        self._active = [kept for kept in self._active if kept.label != label]
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.add_button.setFocus()
        self.changed.emit()

    def clear(self) -> None:
        """Take every filter off."""
        for label in list(self._chips):
            self.remove(label)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for offer in self._offered:
            action = self._menu.addAction(offer.label)
            action.setEnabled(offer.label not in self._chips)
            action.triggered.connect(lambda _=False, chosen=offer: self.add(chosen))
