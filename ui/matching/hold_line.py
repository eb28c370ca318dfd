"""The line of one hold: its buttons, the next of them first, and one key for each yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.domain.agreements.holds import Side
from ui.theme import change_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row
from ui.widgets.step_button import StepButton

YES_KEYS: Final = {Side.DONOR: "D", Side.FAMILY: "F"}
"""The key that notes the yes of a side while the focus is on the line."""


class HoldLine(Row):
    """A row whose buttons stand in one flow; ``next`` is the button of its next step."""

    def __init__(self, heading: str, stands: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, [stands], parent, code=code)
        self.hold = code
        self.next: QPushButton | None = None
        self._noting: dict[Side, Callable[[], object]] = {}
        self._planning: dict[Side, Callable[[], object]] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)

    def end(self) -> None:
        """Put the buttons under everything else."""
        self.add(self._holder)

    def add_step(
        self,
        words: str,
        slot: Callable[[], object],
        *,
        is_next: bool = False,
        side: Side | None = None,
        last: Side | None = None,
    ) -> None:
        """Add a button; the first that *is_next* stands out, and the key of *side* presses it, too.

        The key of *last* with Shift presses the button that notes its yes and goes on to the plan.
        """
        button = StepButton(words)
        button.setAccessibleName(f"{words}: {self.hold}")
        button.clicked.connect(lambda *_: slot())
        if side is not None:
            self._noting[side] = slot
            button.setToolTip(f"{words} ({YES_KEYS[side]})")
        if last is not None:
            self._planning[last] = slot
            keys = QKeySequence(f"Shift+{YES_KEYS[last]}").toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{words} ({keys})")
        if is_next and self.next is None:
            self.next = button
            change_role(button, "main")
        self._flow.addWidget(button)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note a yes by its key, with Shift the one that was missing, and go on to the plan."""
        is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        for side, slot in (self._noting | (self._planning if is_shifted else {})).items():
            if event.text().upper() == YES_KEYS[side] and event.modifiers() in _PLAIN:
                slot()
                return
        super().keyPressEvent(event)


_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
