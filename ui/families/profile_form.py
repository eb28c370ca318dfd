"""Profile fields that save themselves: what was seen before editing goes along, so nobody is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import ADDRESS_FIELDS, HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.households import Household, Role
from coordinator.domain.places.placing import Doubt
from coordinator.domain.places.positions import Position, Precision
from coordinator.services.families import households
from coordinator.services.places import addresses, choosing, suggestions
from ui.desk import Desk
from ui.families.kept_words import KeptWordsPart
from ui.families.look_up_dialog import LookUpDialog
from ui.families.own_fields import form_label, widget_of
from ui.families.place_choice import PlaceChoice
from ui.families.position_dialog import PositionDialog
from ui.widgets.fields.edit_field import EditField, LineField, TextField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.place_book import PlaceBook
from ui.widgets.fields.place_field import AddressFields, TownField, ZipField
from ui.widgets.rows import left_aligned


@dataclass(frozen=True)
class _Bound:
    """A field and where its value stands in the record."""

    field: EditField
    value_of: Callable[[Any], Any]


class SavingForm(FieldForm):
    """Fields of one record; each saves when left and says beside itself what does not fit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._bound: dict[str, _Bound] = {}
        self._code = ""

    def bind(self, key: str, label: str, field: EditField, value_of: Callable[[Any], Any]) -> None:
        """Add *field* for the stored field *key*; *value_of* reads its stored value from a record."""
        self.add(label, field)
        self._bound[key] = _Bound(field, value_of)
        field.edited.connect(partial(self._save, key))

    def field(self, key: str) -> EditField:
        """Return the field bound to *key*."""
        return self._bound[key].field

    def show_record(self, code: str, record: object) -> None:
        """Show *record*; a field that is being typed in keeps what was typed."""
        is_same = code == self._code
        self._code = code
        for bound in self._bound.values():
            if not (is_same and bound.field.is_dirty):
                bound.field.set_value(bound.value_of(record))

    def _save(self, key: str, value: object) -> None:
        bound, code = self._bound[key], self._code
        self.desk.write(
            self._change(code, key, value, bound.field.value),
            lambda _: bound.field.set_value(value) if code == self._code else None,
            failed=bound.field.reject,
        )

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        """Return the work that stores *value*; *seen* is what she saw before editing."""
        raise NotImplementedError


class ProfileForm(SavingForm):
    """Fields of a family's profile."""

    def bind_own(self, role: Role, *keys: str, widget: EditField | None = None) -> None:
        """Add the fields *keys* of the role itself; *widget* where the kind of field has none."""
        for key in keys:
            field = ROLE_FIELDS[role][key]
            self.bind(key, form_label(field), widget or widget_of(field, self.desk), partial(_own, key))

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        return partial(households.change_profile, self.desk.database, code, key, value, seen=seen)


class HouseholdForm(ProfileForm):
    """The fields every family has. ``show_record`` takes a donor, recipient or driver."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._position: Position | None = None
        self._name = ""
        self._bind_household("name", "name_on_paper", "phone", "other_phone", "email", "other_email")
        self._bind_household("preferred_contact", "ring_times", "hours", "languages", "last_contact_on")
        self.add_heading(self.tr("Address"))
        book = PlaceBook.of(desk)
        town, state, zip_code = TownField(book), LineField(), ZipField(book)
        for key, field in zip(ADDRESS_FIELDS, (LineField(), town, state, zip_code), strict=True):
            self.bind(key, form_label(HOUSEHOLD_FIELDS[key]), field, partial(_address_part, key))
        AddressFields(book, town, state, zip_code)
        self._place = self.add_text(self.tr("On the map"))
        self.choice = PlaceChoice()
        self.choice.chosen.connect(self._choose_place)
        self.add_widget(self.choice)
        self.by_hand = QPushButton(self.tr("Set by hand…"))
        self.by_hand.setAccessibleName(self.tr("Set the place on the map by hand"))
        self.by_hand.clicked.connect(self._ask_position)
        self.add_widget(left_aligned(self.by_hand))
        self.look_up = QPushButton(self.tr("Look up this address online…"))
        self.look_up.clicked.connect(self._ask_server)
        self.add_widget(left_aligned(self.look_up))
        self._bind_household("stairs")
        self.add_heading(self.tr("Notes"))
        self._bind_household("driver_note")
        self._bind_household("notes", widget=TextField(lines=4))
        self._bind_household("read_before_ringing")
        self.kept = KeptWordsPart(desk)
        self.add_widget(self.kept)

    def show_record(self, code: str, record: Any) -> None:  # noqa: ANN401 - a donor, recipient or driver
        """Show the family behind *record* and how precisely its place is known."""
        super().show_record(code, record)
        self.kept.show_family(code)
        household: Household = record.household
        self._position, self._name = household.position, household.name
        self.choice.show_doubt(None)
        if household.position is None and household.place_label:
            self._place.setText(self._without_place(household))
        elif household.position is None:
            self._place.setText(self.tr("Not known yet: type a ZIP or a town."))
        elif household.position.precision is Precision.BY_HAND:
            near = suggestions.near_words(household.position)
            words = (
                self.tr("Set by hand, near {place}").format(place=near) if near else self.tr("Set by hand")
            )
            self._place.setText(words)
        elif household.position.precision is Precision.ADDRESS:
            self._place.setText(
                self.tr("At its {place}").format(place=household.place_label or self.tr("address"))
            )
        else:
            self._place.setText(self.tr("about, {place}").format(place=household.place_label))

    def _without_place(self, household: Household) -> str:
        """Return why there is no place; of two that contradict each other one can be chosen."""
        if household.is_place_uncertain:
            read = partial(choosing.places_to_choose, self.desk.database, self._code)
            self.desk.read(read, partial(self._offer_places, self._code))
        return household.place_label[:1].upper() + household.place_label[1:]

    def _offer_places(self, code: str, doubt: Doubt | None) -> None:
        if code == self._code:
            self.choice.show_doubt(doubt)

    def _choose_place(self, word: str) -> None:
        self.desk.write(partial(choosing.choose_place, self.desk.database, self._code, word))

    def _ask_position(self) -> None:
        dialog = PositionDialog(self._code, self._position, self, desk=self.desk)
        dialog.accepted.connect(partial(self._place_by_hand, self._code, dialog))
        dialog.address_wanted.connect(partial(self._place_by_address, self._code))
        dialog.open()

    def _ask_server(self) -> None:
        dialog = LookUpDialog(self.desk, self._code, self)
        dialog.open()

    def _place_by_address(self, code: str) -> None:
        self.desk.write(partial(addresses.use_offline_place, self.desk.database, code))

    def _place_by_hand(self, code: str, dialog: PositionDialog) -> None:
        latitude_deg, longitude_deg = dialog.degrees()
        self.desk.write(
            partial(households.set_position, self.desk.database, code, latitude_deg, longitude_deg)
        )

    def _bind_household(self, *keys: str, widget: EditField | None = None) -> None:
        for key in keys:
            field = HOUSEHOLD_FIELDS[key]
            self.bind(key, form_label(field), widget or widget_of(field, self.desk), partial(_at_home, key))


def _own(key: str, record: Any) -> object:  # noqa: ANN401 - a donor, recipient or driver
    return record.own.get(key)


def _at_home(key: str, record: Any) -> object:  # noqa: ANN401 - likewise
    return getattr(record.household, key)


def _address_part(key: str, record: Any) -> str:  # noqa: ANN401 - a donor, recipient or driver
    return str(getattr(record.household.address, key))


def contact_line(household: Household) -> str:
    """Return how to reach a family in one line: phone or e-mail, preferred way, hours."""
    reached = national_phone(household.phone) or household.email
    parts = (reached, household.preferred_contact, household.ring_times or household.hours) if reached else ()
    return " · ".join(part for part in parts if part)
