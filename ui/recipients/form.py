"""The profile of a family that asks for milk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.babies import BabyHealth, Willing
from coordinator.domain.families.households import Role
from coordinator.domain.families.lists import parts_of, told
from coordinator.domain.volume import Volume
from coordinator.services.families import recipients
from ui.desk import Desk
from ui.families.own_fields import on_form
from ui.families.profile_form import HouseholdForm
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.value_fields import ChoiceField


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
        self._bind("baby_name", "baby_born", "babies", "gestation_weeks")
        self._bind("health", widget=ChoiceField(health))
        foods = LineField(parse=_foods, show=told, hint=self.tr("Not asked. Foods, or “none”"))
        self._bind("must_avoid", widget=foods)
        self._bind("medicine_ok", widget=self._willing())
        self._bind("nicotine_ok", widget=self._willing())
        self._bind("oldest_milk_months", "clinician", "clinician_agreed_on", "reason")

    def _add_milk(self) -> None:
        self.add_heading(self.tr("Milk at home"))
        self._bind("own_supply_low", "own_supply_high", "formula", "stock", "stock_on", "freezer")
        self._bind("needs_this_week", "paused")

    def _add_reach(self) -> None:
        self.add_heading(self.tr("Fetching milk"))
        self._bind("reach_miles", "reach_minutes", "has_car", "meets_halfway", *on_form(Role.RECIPIENT))

    def _willing(self) -> ChoiceField:
        words = {
            Willing.YES: self.tr("Yes"),
            Willing.IF_COMPATIBLE: self.tr("Yes, if compatible"),
            Willing.ASK: self.tr("Ask each time"),
            Willing.NO: self.tr("No"),
        }
        return ChoiceField(((None, self.tr("Not asked")), *words.items()))

    def _bind(self, *keys: str, widget: EditField | None = None) -> None:
        self.bind_own(Role.RECIPIENT, *keys, widget=widget)

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        if key != "stock":
            return super()._change(code, key, value, seen)
        # A new count is of today; typed alone it would be taken for the old day's.
        stock = cast("Volume | None", value)
        return partial(recipients.set_stock, self.desk.database, code, stock, self.desk.today(), seen=seen)


def _foods(text: str) -> str | None:
    return None if not text else text if parts_of(text) else ""
