"""A cooler is added, or goes from one to another: a few fields over the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from coordinator.domain.families.households import FamilyEntry
from coordinator.domain.pickups.cooler_places import Cooler
from coordinator.services.pickups import coolers
from ui.desk import Desk
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField
from ui.widgets.label import one_line


class AddCoolerDialog(FormDialog):
    """Asks what it is called, how large it is, whose, and who has it."""

    def __init__(self, desk: Desk, people: Sequence[FamilyEntry], parent: QWidget | None = None) -> None:
        super().__init__(desk, "", "", parent)
        self.setWindowTitle(self.tr("Add a cooler"))
        self.save_button.setText(self.tr("Add it"))
        self.save_button.setAccessibleName(self.tr("Add it"))
        self.name = LineField(hint=self.tr("blue, with wheels"))
        self.quarts = NumberField(1, coolers.MOST_QUARTS)
        self.owner = _person([("", self.tr("The network’s own"))], people)
        self.at = _person([(None, self.tr("Its owner")), ("", self.tr("With me"))], people)
        self.since = DateField(desk.today)
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Quarts"), self.quarts)
        self.add(self.tr("Whose"), self.owner)
        self.add(self.tr("Who has it"), self.at)
        self.add(self.tr("Since"), self.since)

    def work(self) -> Callable[[], object]:
        """Return what adds it."""
        if not self.name.value or self.quarts.value is None:
            raise NotUnderstoodError(self.tr("Say what it is called and its quarts, such as 28."))
        return partial(
            coolers.add_cooler,
            self._desk.database,
            str(self.name.value),
            int(self.quarts.value),
            self._desk.today(),
            owner=self.owner.value,
            at=self.at.value,
            since=self.since.value,
        )


class GiveCoolerDialog(FormDialog):
    """Asks who has a cooler now, and since when."""

    def __init__(
        self, desk: Desk, cooler: Cooler, people: Sequence[FamilyEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "", "", parent)
        self._number = cooler.number
        self.setWindowTitle(self.tr("Who has the cooler now?"))
        self.say(one_line(cooler.name), "strong")
        self.save_button.setText(self.tr("Note it"))
        self.save_button.setAccessibleName(self.tr("Note it"))
        self.to = _person([(None, self.tr("Choose…")), ("", self.tr("With me"))], people)
        self.on = DateField(desk.today)
        self.on.set_value(desk.today())
        self.add(self.tr("Who has it"), self.to)
        self.add(self.tr("Since"), self.on)

    def work(self) -> Callable[[], object]:
        """Return what notes it."""
        if self.to.value is None or self.on.value is None:
            raise NotUnderstoodError(self.tr("Say who has it and since which day."))
        database, today = self._desk.database, self._desk.today()
        return partial(coolers.give_cooler, database, self._number, self.to.value, self.on.value, today)


def _person(first: Sequence[tuple[str | None, str]], people: Sequence[FamilyEntry]) -> ChoiceField:
    """Return a choice of everybody by name; a letter typed goes to who begins with it."""
    ordered = sorted(people, key=lambda one: (one.name, one.hit.code))
    field = ChoiceField(
        [*first, *((one.hit.code, one_line(f"{one.hit.name} · {one.hit.code}")) for one in ordered)]
    )
    field.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.box.setMinimumContentsLength(24)
    return field
