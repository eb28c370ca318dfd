"""How much of one lot was handed over: a line of fields of the unplanned hand-over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from coordinator.domain.pickups.plans import Condition
from coordinator.domain.pickups.unplanned import GivenPart
from ui.desk import Desk
from ui.pickups.fields import Tally, TallyField, value_in
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.edit_field import EditField
from ui.widgets.fields.value_fields import ChoiceField, NumberField
from ui.widgets.label import Label

Choice = tuple[str, str]
"""A code and the words it is chosen by."""


class GivenForm(QFrame):
    """Asks of one lot; *number* tells its fields from those of the others. ``10 × 4`` counts the bags too."""

    def __init__(
        self, desk: Desk, lots: Sequence[Choice], number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._number = number
        self.lot = ChoiceField([(None, self.tr("Choose…")), *lots])
        self.much = TallyField(desk.display)
        self.bags = NumberField(0, 10_000)
        self.condition = ChoiceField(
            [
                (None, self.tr("Not noted")),
                (Condition.FROZEN, self.tr("Hard frozen")),
                (Condition.ICE_CRYSTALS, self.tr("Ice crystals")),
                (Condition.THAWED, self.tr("Thawed")),
            ]
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE_SMALL)
        unit = desk.display.volume_unit.value
        self._put(grid, self.tr("Which milk"), self.lot, 0, across=3)
        self._put(grid, self.tr("Delivered, {unit}").format(unit=unit), self.much, 0, row=2)
        self._put(grid, self.tr("Bags"), self.bags, 1, row=2)
        self._put(grid, self.tr("Condition"), self.condition, 2, row=2)
        for field in (self.lot, self.bags, self.condition):
            field.edited.connect(field.set_value)
        self.much.edited.connect(self._count)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said on this line."""
        return value_in(self.lot) is None and value_in(self.much) is None

    def given(self) -> GivenPart | None:
        """Return what stands here; ``None`` where the lot or the amount is missing.

        Raises:
            NotUnderstoodError: If a field cannot be read; it says so itself.
        """
        lot, much = value_in(self.lot), value_in(self.much)
        bags, condition = value_in(self.bags), value_in(self.condition)
        return None if lot is None or much is None else GivenPart(lot, much.volume, bags, condition)

    def _count(self, tally: Tally | None) -> None:
        """Take the bags over from ``10 × 4``."""
        self.much.set_value(tally)
        if tally is not None and tally.bags is not None:
            self.bags.set_value(tally.bags)

    def _put(
        self, grid: QGridLayout, label: str, field: EditField, column: int, *, row: int = 0, across: int = 1
    ) -> None:
        words = Label(label)
        set_role(words, "quiet")
        words.setBuddy(field.editor)
        named = self.tr("{label}: lot {number}")
        field.set_name(named.format(label=label, number=self._number))
        grid.addWidget(words, row, column, 1, across)
        grid.addWidget(field, row + 1, column, 1, across)
        grid.setColumnStretch(column, 1)
