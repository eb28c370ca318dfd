"""Fields save when left, keep what is wrong and say why, and go back on Esc."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.volume import Volume, VolumeUnit
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.demo import TODAY, a_form
from ui import theme
from ui.units import Display
from ui.widgets.fields.edit_field import EditField, LineField, TextField
from ui.widgets.fields.typed_dates import read_date, show_date, show_near_date, show_time
from ui.widgets.fields.value_fields import (
    ChoiceField,
    DateField,
    DistanceField,
    NumberField,
    PhoneField,
    VolumeField,
    YesNoAskField,
)

AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


class Beside(QWidget):
    """A field and something else to go to."""

    def __init__(self, field: EditField, stored: object) -> None:
        super().__init__()
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(field)
        layout.addWidget(self.elsewhere)
        self.edits: list[Any] = []
        field.edited.connect(self.edits.append)
        field.set_value(stored)


def beside(qtbot: QtBot, field: EditField, stored: object = None) -> Beside:
    holder = Beside(field, stored)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.activateWindow()
    field.setFocus()
    return holder


def retype(qtbot: QtBot, field: LineField, text: str) -> None:
    field.line.clear()
    qtbot.keyClicks(field.line, text)


def test_leaving_a_field_saves_what_was_typed(qtbot: QtBot) -> None:
    field = LineField()
    holder = beside(qtbot, field, "Ada")

    retype(qtbot, field, "Hana")
    assert holder.edits == []
    holder.elsewhere.setFocus()

    assert holder.edits == ["Hana"]


def test_leaving_a_field_untouched_saves_nothing(qtbot: QtBot) -> None:
    field = LineField()
    holder = beside(qtbot, field)

    holder.elsewhere.setFocus()

    assert holder.edits == []


def test_enter_saves_once_and_leaving_afterwards_not_again(qtbot: QtBot) -> None:
    field = LineField()
    holder = beside(qtbot, field, "Ada")
    retype(qtbot, field, "Hana")

    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    holder.elsewhere.setFocus()

    assert holder.edits == ["Hana"]


def test_a_refused_value_stays_as_typed_with_the_reason_under_it(qtbot: QtBot) -> None:
    field = LineField()
    _holder = beside(qtbot, field, "D-0007")
    retype(qtbot, field, "D-0008")
    field.leave()

    field.reject("D-0008 is somebody else.")

    assert field.line.text() == "D-0008"
    assert field.message.isVisible()
    assert field.message.text() == "D-0008 is somebody else."
    assert field.line.accessibleDescription() == "D-0008 is somebody else."


def test_storing_a_value_takes_the_complaint_back(qtbot: QtBot) -> None:
    field = LineField()
    _holder = beside(qtbot, field, "D-0007")
    field.reject("No.")

    field.set_value("D-0008")

    assert not field.message.isVisible()
    assert field.value == "D-0008"


def test_esc_takes_the_typing_back_and_saves_nothing(qtbot: QtBot) -> None:
    field = LineField()
    holder = beside(qtbot, field, "Ada")
    retype(qtbot, field, "Hana")

    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    holder.elsewhere.setFocus()

    assert field.line.text() == "Ada"
    assert holder.edits == []


def test_ctrl_z_undoes_typing_inside_the_field(qtbot: QtBot) -> None:
    field = LineField()
    _holder = beside(qtbot, field, "Ada")
    field.line.setCursorPosition(3)
    qtbot.keyClicks(field.line, "x")

    qtbot.keyClick(field.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert field.line.text() == "Ada"


def test_several_lines_are_saved_when_left(qtbot: QtBot) -> None:
    field = TextField()
    holder = beside(qtbot, field, "side door")
    field.box.setPlainText("side door\nring twice")

    qtbot.keyClick(field.box, Qt.Key.Key_Tab)

    assert holder.edits == ["side door\nring twice"]


def test_not_asked_is_neither_yes_nor_no(qtbot: QtBot) -> None:
    field = YesNoAskField()
    holder = beside(qtbot, field)
    seen = []

    for row in range(field.box.count()):
        field.box.setCurrentIndex(row)
        field.leave()
        field.set_value(holder.edits[-1] if holder.edits else None)
        seen.append(field.value)

    assert seen == [None, True, False]


def test_a_choice_is_saved_when_chosen_and_not_by_the_wheel(qtbot: QtBot) -> None:
    field = ChoiceField([("a", "Chest freezer"), ("b", "Fridge top")])
    holder = beside(qtbot, field, "a")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by position only
    )

    QApplication.sendEvent(field.box, wheel)
    assert field.typed() == "Chest freezer"
    qtbot.keyClick(field.box, Qt.Key.Key_Down)
    holder.elsewhere.setFocus()

    assert holder.edits == ["b"]


def test_a_day_that_cannot_be_read_stays_and_asks_for_another(qtbot: QtBot) -> None:
    field = DateField(lambda: TODAY)
    holder = beside(qtbot, field)

    retype(qtbot, field, "when I can")
    holder.elsewhere.setFocus()

    assert holder.edits == []
    assert field.line.text() == "when I can"
    assert "not a date" in field.message.text()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("3/4/2026", date(2026, 3, 4)),
        ("3/4", date(2026, 3, 4)),
        ("1 mar", date(2026, 3, 1)),
        ("Mar 1, 2025", date(2025, 3, 1)),
        ("jan 15", date(2026, 1, 15)),
        ("Yesterday", date(2026, 2, 9)),
        ("12/24", date(2025, 12, 24)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date) -> None:
    assert read_date(text, date(2026, 2, 10), AMERICAN) == day


def test_day_and_month_stand_in_the_locales_order() -> None:
    assert read_date("3/4/2026", TODAY, BRITISH) == date(2026, 4, 3)
    assert read_date("2026-03-04", TODAY, BRITISH) == date(2026, 3, 4)


@pytest.mark.parametrize("text", ["", "soon", "2026", "31/31/2026", "Feb 30", "12:30", "march"])
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert read_date(text, TODAY, AMERICAN) is None


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31)))
def test_a_date_in_the_locales_own_form_is_read_back(day: date) -> None:
    for locale in (AMERICAN, BRITISH):
        form = locale.dateFormat(QLocale.FormatType.ShortFormat)
        separator = "/" if "/" in form else "-"
        parts = (day.day, day.month) if form.lower().startswith("d") else (day.month, day.day)
        typed = separator.join(map(str, (*parts, day.year)))
        assert read_date(typed, TODAY, locale) == day


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31)))
def test_a_date_without_its_year_is_near_and_read_back(day: date) -> None:
    for locale in (AMERICAN, BRITISH):
        shown = show_near_date(day, TODAY, locale)

        assert shown == show_date(day, locale) or read_date(shown, TODAY, locale) == day


def test_only_far_days_say_their_year() -> None:
    days = (date(2026, 3, 1), date(2026, 9, 2), date(2024, 3, 1))

    assert [show_near_date(day, date(2026, 2, 10), AMERICAN) for day in days] == ["3/1", "9/2/26", "3/1/24"]
    assert show_near_date(date(2026, 3, 1), date(2026, 2, 10), BRITISH) == "01/03"


def test_an_amount_is_typed_in_either_unit(qtbot: QtBot) -> None:
    field = VolumeField(Display())
    holder = beside(qtbot, field)

    for typed in ("12", "350 ml", "1,200 oz", "1.5 L"):
        retype(qtbot, field, typed)
        field.leave()

    assert holder.edits == [
        Volume.from_oz(12),
        Volume.from_ml(350),
        Volume.from_oz(1200),
        Volume.from_ml(1500),
    ]


def test_a_switch_of_units_shows_the_same_amount_and_saves_nothing(qtbot: QtBot) -> None:
    display = Display()
    field = VolumeField(display)
    holder = beside(qtbot, field, Volume.from_oz(Volume.from_ml(100).oz))

    display.switch_volume()
    shown = field.line.text()
    holder.elsewhere.setFocus()

    assert shown == "100\u00a0mL"
    assert holder.edits == []


def test_a_distance_is_typed_in_either_unit_and_a_switch_saves_nothing(qtbot: QtBot) -> None:
    display = Display()
    field = DistanceField(display)
    holder = beside(qtbot, field)

    for typed in ("25", "40 km", "12,5 miles"):
        retype(qtbot, field, typed)
        field.leave()
    retype(qtbot, field, "far")
    field.leave()
    assert field.message.text()
    field.set_value(25)
    display.switch_distance()
    holder.elsewhere.setFocus()

    assert holder.edits == [25, pytest.approx(24.855, abs=0.001), 12.5]
    assert field.line.text() == "40.2\u00a0km"


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(VolumeUnit))
def test_an_amount_as_shown_can_be_typed_again(microlitres: int, unit: VolumeUnit) -> None:
    display = Display(unit)
    shown = display.volume(Volume(microlitres))

    again = display.parse_volume(shown)

    assert again is not None
    assert display.volume(again) == shown


@pytest.mark.parametrize(("unit", "figure"), [(VolumeUnit.OZ, "38"), (VolumeUnit.ML, "1112")])
def test_the_figure_that_is_shown_typed_again_changes_nothing(
    qtbot: QtBot, unit: VolumeUnit, figure: str
) -> None:
    field = VolumeField(Display(unit))
    holder = beside(qtbot, field, Volume.from_oz("37.6"))

    retype(qtbot, field, figure)
    field.leave()
    assert (holder.edits, field.value) == ([], Volume.from_oz("37.6"))
    retype(qtbot, field, "37.9 oz")
    field.leave()

    assert holder.edits == [Volume.from_oz("37.9")]


@pytest.mark.parametrize("text", ["4-5", "some", "1.2.3", "12 cups", "-3", "1,2,3"])
def test_what_is_no_amount_is_not_read_as_one(text: str) -> None:
    assert Display().parse_volume(text) is None


@pytest.mark.parametrize("text", ["many", "-1", "501", "2.5"])
def test_a_number_outside_its_range_says_the_range(qtbot: QtBot, text: str) -> None:
    field = NumberField(0, 500)
    holder = beside(qtbot, field, 30)

    retype(qtbot, field, text)
    field.leave()

    assert field.message.text() == "A number from 0 to 500 goes here."
    assert holder.edits == []


def test_a_phone_is_kept_whole_and_shown_as_at_home(qtbot: QtBot) -> None:
    field = PhoneField()
    holder = beside(qtbot, field, "+12075550109")
    shown = field.line.text()

    retype(qtbot, field, "603.555.0100")
    field.leave()

    assert shown == "(207) 555-0109"
    assert holder.edits == ["+16035550100"]


def test_half_a_phone_number_is_not_saved(qtbot: QtBot) -> None:
    field = PhoneField()
    holder = beside(qtbot, field, "+12075550109")

    retype(qtbot, field, "555-01")
    field.leave()

    assert holder.edits == []
    assert field.message.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_no_label_of_a_form_is_cut_and_every_field_has_a_name(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    form = a_form(Display())
    qtbot.addWidget(form)
    form.resize(360, 700)
    form.show()

    assert cut_labels(form) == []
    assert focusable_controls(form) >= 7
    assert nameless_controls(form) == []


@pytest.mark.usefixtures("dressed")
def test_a_field_for_several_lines_shows_those_that_are_there(qtbot: QtBot) -> None:
    field = TextField(lines=2)
    qtbot.addWidget(field)
    of_two = field.box.height()

    field.set_value("Side door.\nRing twice.\nThe dog is kind.\nThank you.")

    assert field.box.height() == of_two + 2 * field.box.fontMetrics().lineSpacing()
    field.set_value("Side door.")
    assert field.box.height() == of_two


def test_the_time_of_day_is_told_on_screen_as_it_is_in_a_message_and_on_paper() -> None:
    american = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)

    assert show_time(time(15), american) == "3:00 pm"
    assert show_time(time(9, 5), american) == "9:05 am"
    assert show_time(time(15), german) == "15:00"
    assert show_time(None, american) == ""
