"""The widget and the name of each field of the table of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from coordinator.domain.families.fields import OWN
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field, On
from coordinator.domain.families.typed_fields import Kind
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.edit_field import EditField, LineField, TextField
from ui.widgets.fields.value_fields import (
    ChoiceField,
    DateField,
    DistanceField,
    NumberField,
    PhoneField,
    VolumeField,
    YesNoAskField,
)
from ui.widgets.tables.columns import Column

Row = TypeVar("Row")


def form_label(field: Field) -> str:
    """Return what a form calls *field*."""
    return str(field.form_label)


def widget_of(field: Field, desk: Desk) -> EditField:
    """Return a widget for *field*, by its kind; one line of text where there is none of its own."""
    made = _MADE.get(field.kind)
    return made(field, desk) if made else LineField()


def own_columns(
    role: Role, own: Callable[[Row], Mapping[str, object]], *, hidden: bool = False
) -> tuple[Column[Row], ...]:
    """Return the columns of *role* that are a number or a yes; *own* returns a row's fields by column."""
    shown = (field for field in OWN[role] if On.TABLE in field.on)
    return tuple(_column(field.key, form_label(field), own, hidden=hidden) for field in shown)


def _column(key: str, title: str, own: Callable[[Row], Mapping[str, object]], *, hidden: bool) -> Column[Row]:
    def text(row: Row) -> str:
        value = own(row).get(key)
        if isinstance(value, bool):
            return translate("Fields", "Yes") if value else translate("Fields", "No")
        return "" if value is None else f"{value:g}"

    return Column(title, text, lambda row: own(row).get(key), is_number=True, hidden_by_default=hidden)


def on_form(role: Role) -> list[str]:
    """Return the columns of *role* that stand on its form though it names them nowhere."""
    return [field.key for field in OWN[role] if On.FORM in field.on]


def _number(field: Field, _: Desk) -> EditField:
    return NumberField(*field.limits, decimals=field.decimals)


def _yes_no(_: Field, __: Desk) -> EditField:
    return ChoiceField(((False, translate("Fields", "No")), (True, translate("Fields", "Yes"))))


def _yes_or_not_said(_: Field, __: Desk) -> EditField:
    return ChoiceField(((False, translate("Fields", "Not said")), (True, translate("Fields", "Yes"))))


_MADE: Mapping[Kind, Callable[[Field, Desk], EditField]] = {
    Kind.TEXT: lambda _, __: TextField(lines=2),
    Kind.PHONE: lambda _, __: PhoneField(),
    Kind.DAY: lambda _, desk: DateField(desk.today),
    Kind.NUMBER: _number,
    Kind.WHOLE: _number,
    Kind.MONTHS: _number,
    Kind.COUNT: _number,
    Kind.MILES: lambda _, desk: DistanceField(desk.display),
    Kind.VOLUME: lambda _, desk: VolumeField(desk.display),
    Kind.YES_NO: _yes_no,
    Kind.YES_OR_NOT_SAID: _yes_or_not_said,
    Kind.YES_NO_ASK: lambda _, __: YesNoAskField(),
    Kind.SIZES: lambda _, __: LineField(hint="28, 28, 48"),
}
