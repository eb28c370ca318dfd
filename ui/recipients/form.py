"""The profile of a family that asks for milk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.babies import BabyHealth, Willing
from coordinator.domain.families.lists import as_text, parts_of, told
from coordinator.domain.volume import Volume
from coordinator.services.families import recipients
from ui.desk import Desk
from ui.families.profile_form import HouseholdForm
from ui.widgets.fields.edit_field import EditField, LineField, TextField
from ui.widgets.fields.value_fields import (
    ChoiceField,
    DateField,
    DistanceField,
    NumberField,
    VolumeField,
    YesNoAskField,
)

_OF_BABY = {
    "baby_born": "born",
    "babies": "count",
    "gestation_weeks": "gestation_weeks",
    "health": "health",
    "medicine_ok": "medicine_ok",
    "nicotine_ok": "nicotine_ok",
    "clinician": "clinician",
    "clinician_agreed_on": "clinician_agreed_on",
}
_OF_REACH = {"reach_miles": "miles", "reach_minutes": "minutes", "has_car": "has_car"}


class RecipientForm(HouseholdForm):
    """The household's fields, then the baby's, the milk at home, and how far the family drives."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._add_baby()
        self._add_milk()
        self._add_reach()

    def _add_baby(self) -> None:
        self.add_heading(self.tr("The baby"))
        health = (
            (None, self.tr("Not asked")),
            (BabyHealth.HOME, self.tr("At home and well")),
            (BabyHealth.HOSPITAL, self.tr("In hospital")),
            (BabyHealth.ILL, self.tr("Ill")),
        )
        self._bind_own("baby_name", self.tr("Baby’s name"), LineField())
        self._bind_baby("baby_born", self.tr("Born"), DateField(self.desk.today))
        self._bind_baby("babies", self.tr("Babies"), NumberField(1, 8))
        self._bind_baby("gestation_weeks", self.tr("Weeks at birth"), NumberField(20, 44))
        self._bind_baby("health", self.tr("Where the baby is"), ChoiceField(health))
        foods = LineField(parse=_foods, show=told, hint=self.tr("Not asked. Foods, or “none”"))
        self.bind("must_avoid", self.tr("Must avoid"), foods, _foods_of)
        self._bind_baby("medicine_ok", self.tr("Donor with medicine"), self._willing())
        self._bind_baby("nicotine_ok", self.tr("Donor with nicotine"), self._willing())
        self._bind_baby("clinician", self.tr("Baby’s clinician"), LineField())
        self._bind_baby("clinician_agreed_on", self.tr("Agreed on"), DateField(self.desk.today))
        self._bind_own("reason", self.tr("Why donor milk"), TextField(lines=2))

    def _add_milk(self) -> None:
        display = self.desk.display
        self.add_heading(self.tr("Milk at home"))
        self._bind_own("own_supply_low", self.tr("Own milk a day, least"), VolumeField(display))
        self._bind_own("own_supply_high", self.tr("Own milk a day, most"), VolumeField(display))
        self._bind_own("formula", self.tr("Formula that stays, a day"), VolumeField(display))
        self._bind_own("stock", self.tr("In the freezer"), VolumeField(display))
        self._bind_own("stock_on", self.tr("Counted on"), DateField(self.desk.today))
        self._bind_own("freezer", self.tr("Freezer space"), LineField())
        self._bind_own("needs_this_week", self.tr("Needs milk this week"), self._yes_no())
        self._bind_own("paused", self.tr("Paused"), self._yes_no())

    def _add_reach(self) -> None:
        self.add_heading(self.tr("Fetching milk"))
        self._bind_reach("reach_miles", self.tr("Drives at most"), DistanceField(self.desk.display))
        self._bind_reach("reach_minutes", self.tr("Drives at most, minutes"), NumberField(0, 1000))
        self._bind_reach("has_car", self.tr("Has a car"), YesNoAskField())
        self.bind(
            "meets_halfway", self.tr("Could meet halfway"), self._yes_no(), lambda r: r.reach.meets_halfway
        )

    def _willing(self) -> ChoiceField:
        words = {
            Willing.YES: self.tr("Yes"),
            Willing.IF_COMPATIBLE: self.tr("Yes, if compatible"),
            Willing.ASK: self.tr("Ask each time"),
            Willing.NO: self.tr("No"),
        }
        return ChoiceField(((None, self.tr("Not asked")), *words.items()))

    def _yes_no(self) -> ChoiceField:
        return ChoiceField(((False, self.tr("No")), (True, self.tr("Yes"))))

    def _bind_own(self, key: str, label: str, field: EditField) -> None:
        self.bind(key, label, field, lambda record: getattr(record, key))

    def _bind_baby(self, key: str, label: str, field: EditField) -> None:
        self.bind(key, label, field, lambda record: getattr(record.baby, _OF_BABY[key]))

    def _bind_reach(self, key: str, label: str, field: EditField) -> None:
        self.bind(key, label, field, lambda record: getattr(record.reach, _OF_REACH[key]))

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        if key != "stock":
            return super()._change(code, key, value, seen)
        # A new count is of today; typed alone it would be taken for the old day's.
        stock = cast("Volume | None", value)
        return partial(recipients.set_stock, self.desk.database, code, stock, self.desk.today(), seen=seen)


def _foods(text: str) -> str | None:
    return None if not text else text if parts_of(text) else ""


def _foods_of(record: object) -> str | None:
    foods = record.baby.must_avoid  # type: ignore[attr-defined] # a Recipient
    return None if foods is None else as_text(foods)
