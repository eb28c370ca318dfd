"""Town and ZIP fields offer places by keyboard, fill each other, and never change what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coordinator.services.places import suggestions
from ui.desk import Desk
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.place_book import PlaceBook
from ui.widgets.fields.place_field import AddressFields, PlaceField, TownField, ZipField

DOWN, ENTER, ESC, TAB = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


class Form(QWidget):
    """Town, state, ZIP, and somewhere else to go."""

    def __init__(self, book: PlaceBook) -> None:
        super().__init__()
        self.town, self.state, self.zip = TownField(book), LineField(), ZipField(book)
        self.elsewhere = QLineEdit()
        self.edits: list[tuple[str, object]] = []
        layout = QVBoxLayout(self)
        for name, field in (("town", self.town), ("state", self.state), ("zip", self.zip)):
            field.set_value("")
            field.edited.connect(lambda value, name=name: self.edits.append((name, value)))
            layout.addWidget(field)
        layout.addWidget(self.elsewhere)
        AddressFields(book, self.town, self.state, self.zip)


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> Form:
    form = Form(PlaceBook.of(desk))
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def type_into(qtbot: QtBot, field: PlaceField, text: str) -> None:
    field.setFocus()
    qtbot.keyClicks(field.line, text)


def offered(field: PlaceField) -> list[str]:
    model = field.completer.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_choosing_a_town_with_the_arrows_fills_town_and_state(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.town, "kitt")
    assert form.town.offers.isVisible()
    assert offered(form.town)[0] == "Kittery ME"

    qtbot.keyClick(form.town.offers, DOWN)
    qtbot.keyClick(form.town.offers, ENTER)

    assert (form.town.typed(), form.state.typed()) == ("Kittery", "ME")
    assert sorted(form.edits) == [("state", "ME"), ("town", "Kittery")]
    assert not form.town.offers.isVisible()


def test_tab_takes_what_the_arrows_went_to(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.town, "cape eliz")

    qtbot.keyClick(form.town.offers, DOWN)
    qtbot.keyClick(form.town.offers, TAB)

    assert (form.town.typed(), form.state.typed()) == ("Cape Elizabeth", "ME")


def test_enter_without_the_arrows_keeps_what_was_typed(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.town, "kitt")

    qtbot.keyClick(form.town.offers, ENTER)

    assert (form.town.typed(), form.state.typed()) == ("kitt", "")
    assert form.edits == [("town", "kitt")]


def test_esc_closes_the_list_first_and_takes_back_next(qtbot: QtBot, form: Form) -> None:
    form.town.set_value("Dover")
    form.town.setFocus()
    form.town.line.clear()
    qtbot.keyClicks(form.town.line, "kitt")

    qtbot.keyClick(form.town.offers, ESC)
    assert (form.town.offers.isVisible(), form.town.typed()) == (False, "kitt")
    qtbot.keyClick(form.town.line, ESC)

    assert form.town.typed() == "Dover"
    assert form.edits == []


def test_a_zip_fills_an_empty_town_and_state(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.zip, "03904")
    assert offered(form.zip) == ["03904 Kittery ME"]

    qtbot.keyClick(form.zip.offers, DOWN)
    qtbot.keyClick(form.zip.offers, ENTER)

    assert (form.town.typed(), form.state.typed(), form.zip.typed()) == ("Kittery", "ME", "03904")


def test_a_zip_leaves_a_town_that_stands_there_alone(qtbot: QtBot, form: Form) -> None:
    form.town.set_value("Cumberland Foreside")
    form.state.set_value("ME")
    type_into(qtbot, form.zip, "04110")

    qtbot.keyClick(form.zip.offers, DOWN)
    qtbot.keyClick(form.zip.offers, ENTER)

    assert (form.town.typed(), form.zip.typed()) == ("Cumberland Foreside", "04110")
    assert form.edits == [("zip", "04110")]


def test_a_canadian_code_keeps_its_last_three(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.zip, "m5v 2t6")

    qtbot.keyClick(form.zip.offers, DOWN)
    qtbot.keyClick(form.zip.offers, ENTER)

    assert (form.zip.typed(), form.town.typed(), form.state.typed()) == ("M5V 2T6", "Downtown Toronto", "ON")


def test_a_town_of_another_country_brings_its_country(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.town, "leeds uk")

    qtbot.keyClick(form.town.offers, DOWN)
    qtbot.keyClick(form.town.offers, ENTER)

    assert (form.town.typed(), form.state.typed()) == ("Leeds", "United Kingdom")


def test_a_misspelt_town_stays_and_the_nearest_spelling_is_said(qtbot: QtBot, form: Form) -> None:
    form.state.set_value("ME")
    type_into(qtbot, form.town, "Kitery")
    assert offered(form.town) == ["Did you mean Kittery ME?"]
    qtbot.keyClick(form.town.offers, ESC)

    form.elsewhere.setFocus()

    note = "Kitery is not in the list of towns; did you mean Kittery ME?"
    assert form.town.typed() == "Kitery"
    assert form.edits == [("town", "Kitery")]
    assert form.town.note.text() == note
    assert form.town.line.accessibleDescription() == note
    assert not form.town.line.property("rejected")


def test_the_note_goes_when_the_town_is_mended(qtbot: QtBot, form: Form) -> None:
    PlaceBook.begin(form.town._book)
    form.town.set_value("Kitery")
    assert form.town.note.isVisible()

    form.town.set_value("Kittery")

    assert not form.town.note.isVisible()
    assert form.town.line.accessibleDescription() == ""


def test_a_right_town_in_the_wrong_state_is_said_with_its_state(qtbot: QtBot, form: Form) -> None:
    PlaceBook.begin(form.town._book)
    form.town.set_value("Rollinsford")
    form.state.line.setText("ME")
    form.state.leave()

    assert form.town.note.text() == (
        "Rollinsford ME is not in the list of towns; did you mean Rollinsford NH?"
    )


def test_an_unknown_zip_is_said_and_kept(qtbot: QtBot, form: Form) -> None:
    type_into(qtbot, form.zip, "00000")

    form.elsewhere.setFocus()

    assert form.edits == [("zip", "00000")]
    assert form.zip.note.text() == "00000 is not in the list of ZIPs."


def test_nothing_is_called_unknown_before_the_post_offices_names_are_there(
    qtbot: QtBot, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "are_places_prepared", lambda: False)

    form.town.set_value("Nowhere at all")
    form.zip.set_value("00000")

    assert (form.town.note.text(), form.zip.note.text()) == ("", "")


def test_a_window_has_one_book(desk: Desk) -> None:
    assert PlaceBook.of(desk) is PlaceBook.of(desk)
