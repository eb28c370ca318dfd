"""What Today says while there are no families or no donors yet, with buttons that bring some in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.today import Today
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label


class Beginning(QFrame):
    """A sentence and what to do next; not there once there are donors and families."""

    import_wanted = Signal()
    add_wanted = Signal(Role)
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.sentence = text_label("", "heading")
        self.import_button = QPushButton(self.tr("Open a spreadsheet…"))
        self.family_button = QPushButton(self.tr("New family…"))
        self.donor_button = QPushButton(self.tr("New donor…"))
        self.sample_button = QPushButton(self.tr("Open the sample region"))
        set_role(self.import_button, "main")
        buttons = FlowLayout()
        for button in (self.import_button, self.family_button, self.donor_button, self.sample_button):
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        self.import_button.clicked.connect(self.import_wanted)
        self.family_button.clicked.connect(partial(self.add_wanted.emit, Role.RECIPIENT))
        self.donor_button.clicked.connect(partial(self.add_wanted.emit, Role.DONOR))
        self.sample_button.clicked.connect(self.sample_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        self.hide()

    def show_for(self, found: Today) -> bool:
        """Say what is missing in *found*; return whether nobody is there at all."""
        has_families, has_donors = bool(found.cases), bool(found.donors)
        self.sentence.setText(self._words(has_families=has_families, has_donors=has_donors))
        self.family_button.setVisible(not has_families)
        self.donor_button.setVisible(not has_donors)
        self.sample_button.setVisible(not has_families and not has_donors)
        self.setVisible(not (has_families and has_donors))
        return not has_families and not has_donors

    def _words(self, *, has_families: bool, has_donors: bool) -> str:
        if not has_families and not has_donors:
            return self.tr("Nobody is here yet. Bring in your lists, or add families one by one.")
        if not has_families:
            return self.tr("No family that needs milk is here yet.")
        return "" if has_donors else self.tr("No donor is here yet.")
