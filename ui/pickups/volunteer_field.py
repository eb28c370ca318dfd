"""Who drives: everybody, best first, each with what would break."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coordinator.domain.families.drivers import Driver
from coordinator.domain.pickups.volunteers import Volunteer
from ui.icons import icon
from ui.pickups.plan_advice import volunteer_words
from ui.translation import translate
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.label import one_line


class VolunteerField(ChoiceField):
    """A volunteer's code, or nothing yet. Ranked, every line says what would break with her."""

    def __init__(self, drivers: Sequence[Driver], parent: QWidget | None = None) -> None:
        nobody = ("", translate("Pickups", "Nobody yet"))
        super().__init__([nobody, *((one.code, _name(one)) for one in drivers)], parent)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(24)
        self.box.setItemDelegate(_InWords(self.box))
        self._ranked: dict[str, Volunteer] = {}

    def show_ranked(self, volunteers: Sequence[Volunteer]) -> None:
        """Order the volunteers as ranked; whoever was chosen stays so."""
        self._ranked = {one.driver.code: one for one in volunteers}
        self._options = (self._options[0], *((one.driver.code, _name(one.driver)) for one in volunteers))
        self.box.clear()
        self.box.addItems([line for _, line in self._options])
        for row, one in enumerate(volunteers, start=1):
            self.box.setItemIcon(row, icon("ask" if one.rules else "done"))
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
                self.box.setItemData(row, one_line(volunteer_words(one)), role)
        self.set_value(self.value)
        self._make_room()

    def _make_room(self) -> None:
        """Let the open list be as wide as its words, within the screen."""
        view = self.box.view()
        room = self.screen().availableGeometry().width() - 4 * view.fontMetrics().height()
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 2 * view.fontMetrics().height(), room))

    @property
    def ranked(self) -> Volunteer | None:
        """The chosen volunteer as ranked, if that is known yet."""
        return self._ranked.get(self.value)


def _name(driver: Driver) -> str:
    return one_line(f"{driver.household.name} · {driver.code}")


class _InWords(QStyledItemDelegate):
    """A line of the open list: the name with what would break behind it."""

    # Overrides of Qt.

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Add the words to the name."""
        super().initStyleOption(option, index)
        words = index.data(Qt.ItemDataRole.ToolTipRole)
        if words:
            option.text = f"{option.text} · {words}"
