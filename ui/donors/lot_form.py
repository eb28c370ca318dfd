"""The fields of one lot, and of milk about to be added."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.lots import Freezer, HeatTreated, Lot
from coordinator.domain.volume import Volume
from coordinator.services.milk import lots
from ui.desk import Desk
from ui.families.profile_form import SavingForm
from ui.translation import translate
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField, VolumeField

_MOST_BAGS = 100_000


def lot_fields(desk: Desk) -> tuple[tuple[str, str, EditField], ...]:
    """Return key, label and a new field for everything that is typed about a lot."""
    freezers = {
        Freezer.FRIDGE_FREEZER: translate("LotForm", "Freezer above the fridge"),
        Freezer.SIDE_BY_SIDE: translate("LotForm", "Side-by-side freezer"),
        Freezer.CHEST: translate("LotForm", "Chest freezer"),
        Freezer.UPRIGHT_FROST_FREE: translate("LotForm", "Upright, frost-free"),
        Freezer.DEEP_MANUAL: translate("LotForm", "Deep, manual defrost"),
        Freezer.DEEP: translate("LotForm", "Deep, defrosting not told"),
    }
    heated = {
        HeatTreated.NO: translate("LotForm", "No"),
        HeatTreated.SOME: translate("LotForm", "Some bags"),
        HeatTreated.ALL: translate("LotForm", "All of it"),
    }
    counted = ((False, translate("LotForm", "As counted")), (True, translate("LotForm", "About")))
    not_asked = (None, translate("LotForm", "Not asked"))
    return (
        ("volume", translate("LotForm", "Offered"), VolumeField(desk.display)),
        ("is_estimate", translate("LotForm", "The figure is"), ChoiceField(counted)),
        ("bags", translate("LotForm", "Bags"), NumberField(0, _MOST_BAGS)),
        ("expressed_from", translate("LotForm", "Oldest bag"), DateField(desk.today)),
        ("expressed_to", translate("LotForm", "Newest bag"), DateField(desk.today)),
        ("freezer", translate("LotForm", "Kept in"), ChoiceField((not_asked, *freezers.items()))),
        ("heat_treated", translate("LotForm", "Heat-treated"), ChoiceField((not_asked, *heated.items()))),
        ("note", translate("LotForm", "Note"), LineField()),
    )


class LotForm(SavingForm):
    """One lot; each field saves when left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        for key, label, field in lot_fields(desk):
            self.bind(key, label, field, partial(_value, key))

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        today = self.desk.today()
        if key == "volume" and seen is None:
            seen = Volume()  # as an amount that nobody told is kept
        return partial(lots.change_lot, self.desk.database, code, key, value, today=today, seen=seen)


class NewLotForm(FieldForm):
    """Milk about to be added; nothing is saved before ``lot_of`` is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, EditField] = {}
        for key, label, field in lot_fields(desk):
            self._fields[key] = field
            self.add(label, field)
            field.edited.connect(field.set_value)
        self.clear()

    def field(self, key: str) -> EditField:
        """Return the field for *key*."""
        return self._fields[key]

    def lot_of(self, donor_code: str) -> Lot | None:
        """Return what was typed as a lot of *donor_code*; ``None`` while a field says what does not fit."""
        for field in self._fields.values():
            field.leave()
        wrong = [field for field in self._fields.values() if field.is_dirty]
        if wrong:
            wrong[0].setFocus()
            return None
        values = {key: field.value for key, field in self._fields.items()}
        volume = values.pop("volume") or Volume()
        return Lot(code="", donor_code=donor_code, volume=volume, **values)

    def clear(self) -> None:
        """Make every field empty again."""
        empty = {"is_estimate": False, "note": ""}
        for key, field in self._fields.items():
            field.set_value(empty.get(key))


def _value(key: str, lot: Lot) -> object:
    return None if key == "volume" and not lot.is_told else getattr(lot, key)
