"""The fields of a family about to be added, each read as a cell of its list would be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.imports.typed import NotClearError, read_field
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.place_book import PlaceBook
from ui.widgets.fields.place_field import AddressFields, TownField, ZipField
from ui.widgets.fields.typed_dates import read_date, show_date

_DATES = {"baby_born", "expressed_from", "expressed_to"}
_MULTIPLES = {"2": "twins", "3": "triplets", "4": "quadruplets"}
"""A form has no question for it; people tell it in words."""
_CONTACT = ("name", "phone", "email", "zip")
Field = TypeVar("Field", TownField, ZipField)


class AddForm(FieldForm):
    """Fields for one role; Enter goes on to the next field.

    ``contact_left`` is emitted when name, phone, e-mail or ZIP were typed, ``moved_past_last`` by Enter in
    the last field.
    """

    contact_left = Signal()
    moved_past_last = Signal()

    def __init__(
        self, role: Role, today: Callable[[], date], book: PlaceBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._book = book
        self._today = today
        self._fields: dict[str, LineField] = {}
        town, zip_code = self._place_field("town", TownField), self._place_field("zip", ZipField)
        self._add_all(self._household(), {"town": town, "zip": zip_code})
        AddressFields(book, town, self._fields["state"], zip_code)
        heading, own = self._own()
        self.add_heading(heading)
        self._add_all(own, {})
        for key in _CONTACT:
            self._fields[key].edited.connect(self.contact_left)

    def field(self, key: str) -> LineField:
        """Return the field for *key*."""
        return self._fields[key]

    def typed(self) -> dict[str, str]:
        """Return the filled fields by key; dates that can be read as 2026-11-21, all else as typed."""
        words = {key: field.typed().strip() for key, field in self._fields.items()}
        return {key: self._plain(key, text) for key, text in words.items() if text}

    def _household(self) -> dict[str, tuple[str, str]]:
        return {
            "name": (self.tr("Name"), ""),
            "phone": (self.tr("Phone"), ""),
            "email": (self.tr("E-mail"), ""),
            "street": (self.tr("Street"), ""),
            "town": (self.tr("Town"), ""),
            "state": (self.tr("State"), self.tr("two letters")),
            "zip": (self.tr("ZIP"), ""),
        }

    def _own(self) -> tuple[str, dict[str, tuple[str, str]]]:
        """Return the role's heading, and its fields: key -> label and hint."""
        day = show_date(self._today())
        if self._role is Role.DONOR:
            return self.tr("Her milk"), {
                "baby_born": (self.tr("Her baby was born"), day),
                "ounces": (self.tr("Ounces offered"), self.tr("485, or about 300")),
                "bags": (self.tr("Bags"), ""),
                "expressed_from": (self.tr("Oldest bag"), day),
                "expressed_to": (self.tr("Newest bag"), day),
                "freezer": (self.tr("Kept in"), self.tr("chest freezer")),
                "dairy": (self.tr("Dairy"), self.tr("yes, no, or stopped {day}").format(day=day)),
                "hours": (self.tr("Good times"), ""),
            }
        if self._role is Role.RECIPIENT:
            return self.tr("The baby"), {
                "baby_name": (self.tr("Baby’s name"), ""),
                "baby_born": (self.tr("Born"), day),
                "gestation": (self.tr("Weeks at birth"), self.tr("38, or term")),
                "babies": (self.tr("Babies"), "1"),
                "own_supply": (self.tr("Own milk a day, oz"), self.tr("4-5, or none")),
                "stock": (self.tr("Milk in the freezer, oz"), self.tr("120, or none")),
                "must_avoid": (self.tr("Must avoid"), self.tr("dairy, or none")),
                "reach": (self.tr("How far they drive"), self.tr("25 miles, or 40 minutes")),
            }
        return self.tr("As a volunteer"), {
            "hours": (self.tr("Usually free"), self.tr("Saturday mornings")),
            "coolers": (self.tr("Coolers, quarts"), self.tr("28, 28, 48, or none")),
            "max_miles": (self.tr("Goes up to, miles"), ""),
        }

    def _place_field(self, key: str, kind: type[Field]) -> Field:
        return kind(self._book, parse=partial(self._checked, key))

    def _add_all(self, fields: dict[str, tuple[str, str]], made: dict[str, LineField]) -> None:
        for key, (label, hint) in fields.items():
            field = made.get(key) or LineField(parse=partial(self._checked, key), hint=hint)
            field.set_value("")
            field.line.returnPressed.connect(partial(self._go_on, key))
            self._fields[key] = field
            self.add(label, field)

    def _checked(self, key: str, text: str) -> str:
        """Return *text*; what cannot be read is said beside the field, and stays."""
        if not text or key in {"name", "babies"}:
            return text
        if key in _DATES and read_date(text, self._today()) is None:
            self._refuse(self.tr("Not a date yet, such as {day}.").format(day=show_date(self._today())))
        try:
            read_field(self._role, key, self._plain(key, text), self._today())
        except NotClearError as error:
            self._refuse(str(error))
        return text

    def _refuse(self, why: str) -> None:
        raise NotUnderstoodError(self.tr("{why} Saved as it stands, it becomes a question.").format(why=why))

    def _plain(self, key: str, text: str) -> str:
        if key == "babies":
            return _MULTIPLES.get(text, text)
        day = read_date(text, self._today()) if key in _DATES else None
        return day.isoformat() if day else text

    def _go_on(self, key: str) -> None:
        keys = list(self._fields)
        after = keys.index(key) + 1
        if after < len(keys):
            self._fields[keys[after]].setFocus()
        else:
            self.moved_past_last.emit()
