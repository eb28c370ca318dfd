"""Donors, recipients and volunteers on their pages: reading, editing, answering, removing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.facts import QuestionRow
from coordinator.db.milk import LotRow
from coordinator.domain.facts.dated_facts import FactKind, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.households import Role
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families import donors, recipients
from coordinator.services.imports.typed_in import add_family
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_household, a_recipient, a_stored_lot, without
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.donors.milk_tab import LotCard
from ui.donors.page import DonorsPage
from ui.drivers.page import DriversPage
from ui.families.list_page import FamilyListPage
from ui.recipients.page import RecipientsPage
from ui.widgets.fields.edit_field import EditField, LineField

SETTING_UP = Action("test", "Set up")
LONG = "Wilhelmina-Katherine Featherstonehaugh-O’Brien"


@pytest.fixture
def network(database: Database) -> Database:
    """Zoë (D-0001) has two lots and nobody asked about dairy; Inès (R-0001); Ana (V-0001) drives."""
    with database.writing(SETTING_UP) as session:
        zoe = a_donor(session, "Zoë Ueda", facts=without(FactKind.DAIRY))
        a_stored_lot(session, zoe, 100)
        a_stored_lot(session, zoe, 40, is_estimate=True, bags=None)
        a_recipient(session, "Inès Roy", stock=Volume.from_oz(60), stock_on=TODAY)
        session.add(DriverRow(code="V-0001", household_id=a_household(session, "Ana Bell").id))
        for household_id, topic, text in (
            (zoe.household_id, "dairy", "Dairy: not answered"),
            (zoe.household_id, "gestation", "Weeks at birth: not answered"),
            (zoe.household_id, "own", "Does she want the bags back?"),
        ):
            session.add(QuestionRow(household_id=household_id, topic=topic, text=text))
    return database


WIDE = (1340, 700)
Page = TypeVar("Page", bound=FamilyListPage)


class Opener(Protocol):
    def __call__(
        self, kind: Callable[[Desk], Page], code: str = "", size: tuple[int, int] = WIDE
    ) -> Page: ...


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_page(kind: Callable[[Desk], Page], code: str = "", size: tuple[int, int] = WIDE) -> Page:
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.refresh()
        if code:
            page.show_family(code)
        return page

    return open_page


def type_into(qtbot: QtBot, field: EditField, text: str) -> None:
    field.setFocus()
    line = field.editor
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def cells(page: FamilyListPage, row: int = 0) -> dict[str, str]:
    shown = range(len(page.model.columns))
    return dict(zip((c.title for c in page.model.columns), page.model.cells_at(row, shown), strict=True))


def heading(card: LotCard) -> str:
    return card.heading.text().replace("\u00a0", " ")


def said(page: FamilyListPage) -> dict[str, str]:
    """Return what each field of the profile says, by its name."""
    return {
        field.editor.accessibleName(): field.typed() for field in page.detail.profile.findChildren(EditField)
    }


def answer_lines(page: FamilyListPage) -> dict[str, LineField]:
    fields = page.detail.questions.findChildren(LineField)
    return {
        field.editor.accessibleName(): field for field in fields if field.isVisibleTo(page.detail.questions)
    }


@pytest.mark.parametrize("kind", [DonorsPage, RecipientsPage, DriversPage])
def test_the_tables_keep_the_rules_of_models(opened: Opener, kind: Callable[[Desk], FamilyListPage]) -> None:
    page = opened(kind)

    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.refresh()

    assert page.model.rowCount() == 1


def test_a_donor_is_one_row_with_what_is_free_and_what_to_ask(opened: Opener) -> None:
    row = cells(opened(DonorsPage))

    assert (row["Name"], row["Town"], row["Free"]) == ("Zoë Ueda", "Portsmouth, NH", "140")
    assert row["State"] == "3 to ask"


def test_a_field_saves_when_left_and_undo_brings_the_old_value_back(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.edit()

    type_into(qtbot, page.detail.profile.field("town"), "Dover")
    assert donors.donor(desk.database, "D-0001", TODAY).household.address.town == "Dover"
    assert cells(page)["Town"] == "Dover, NH"

    history.undo(desk.database)
    desk.changed.emit()
    assert page.detail.profile.field("town").typed() == "Portsmouth"


def test_a_second_phone_and_address_are_kept(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.edit()

    type_into(qtbot, page.detail.profile.field("other_phone"), "(603) 555-0199")
    type_into(qtbot, page.detail.profile.field("other_email"), "zoe.work@example.com")

    home = donors.donor(desk.database, "D-0001", TODAY).household
    assert (home.other_phone, home.other_email) == ("+16035550199", "zoe.work@example.com")


def test_what_does_not_fit_stays_typed_and_says_why(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.edit()
    phone = page.detail.profile.field("phone")

    type_into(qtbot, phone, "12")
    desk.changed.emit()

    assert phone.typed() == "12"
    assert phone.message.isVisible()
    assert donors.donor(desk.database, "D-0001", TODAY).household.phone == ""


def test_nobody_is_overwritten_who_changed_the_field_meanwhile(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.edit()
    with desk.database.writing(SETTING_UP) as session:
        session.get_one(DonorRow, 1).wishes = "no drivers, please"
    wishes = page.detail.profile.field("wishes")

    wishes.setFocus()
    qtbot.keyClicks(wishes.editor, "text first")
    page.detail.profile.field("name").setFocus()

    assert "changed by somebody else" in wishes.message.text()
    assert donors.donor(desk.database, "D-0001", TODAY).wishes == "no drivers, please"


def test_an_answer_about_food_becomes_a_dated_fact_by_keyboard_alone(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.open_on_card()

    type_into(qtbot, answer_lines(page)["Answer to: Dairy: not answered"], "stopped 10/9/2026")

    dairy = [f for f in donors.donor(desk.database, "D-0001", TODAY).facts if f.kind is FactKind.DAIRY]
    assert [(fact.presence, fact.end) for fact in dairy] == [(Presence.YES, date(2026, 10, 9))]
    assert "Answer to: Dairy: not answered" not in answer_lines(page)
    assert cells(page)["State"] == "2 to ask"


def test_an_answer_that_cannot_be_read_says_what_would_be_and_stays(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.open_on_card()
    field = answer_lines(page)["Answer to: Weeks at birth: not answered"]

    type_into(qtbot, field, "long")
    assert "such as 38" in field.message.text()
    assert field.typed() == "long"

    type_into(qtbot, field, "38")
    assert donors.donor(desk.database, "D-0001", TODAY).gestation_weeks == 38


def test_a_question_of_her_own_is_asked_and_its_answer_kept_in_words(
    qtbot: QtBot, opened: Opener, network: Database
) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.open_on_card()

    type_into(qtbot, answer_lines(page)["Answer to: Does she want the bags back?"], "yes, please")

    with network.reading() as session:
        stored = [row for row in session.query(QuestionRow) if row.topic == "own"]
    assert [row.answer for row in stored] == ["yes, please"]


def test_a_lot_is_changed_in_its_card_and_never_below_what_is_held(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    hold_milk(desk.database, "R-0001", "L-0001", Volume.from_oz(60), TODAY)
    page = opened(DonorsPage, "D-0001")
    page.detail.show_tab(1)
    card = page.detail.milk.cards["L-0001"]
    assert heading(card) == "L-0001: 40 oz free of 100 oz"

    type_into(qtbot, card.form.field("volume"), "90")
    assert heading(card) == "L-0001: 30 oz free of 90 oz"

    type_into(qtbot, card.form.field("volume"), "50")
    assert "60" in card.form.field("volume").message.text()
    assert heading(card) == "L-0001: 30 oz free of 90 oz"


def test_an_estimate_is_called_about(opened: Opener) -> None:
    page = opened(DonorsPage, "D-0001")

    assert heading(page.detail.milk.cards["L-0002"]) == "L-0002: 40 oz free of about 40 oz"


def test_milk_that_nobody_told_the_amount_of_is_not_called_none(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    with desk.database.writing(SETTING_UP) as session:
        session.scalars(sa.select(LotRow).where(LotRow.code == "L-0002")).one().volume = Volume()
    page = opened(DonorsPage, "D-0001")
    page.detail.show_tab(1)
    card = page.detail.milk.cards["L-0002"]

    assert heading(card) == "L-0002: how much there is is not told"
    assert card.form.field("volume").value is None
    type_into(qtbot, card.form.field("volume"), "90")
    assert heading(card) == "L-0002: 90 oz free of about 90 oz"


def test_milk_is_added_and_removed_and_undo_brings_it_back(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.show_tab(1)
    milk = page.detail.milk

    qtbot.mouseClick(milk.new_button, Qt.MouseButton.LeftButton)
    type_into(qtbot, milk.adding.form.field("volume"), "25")
    type_into(qtbot, milk.adding.form.field("bags"), "6")
    qtbot.mouseClick(milk.adding.save, Qt.MouseButton.LeftButton)
    assert list(milk.cards) == ["L-0001", "L-0002", "L-0003"]
    assert not milk.adding.isVisible()

    qtbot.mouseClick(milk.cards["L-0003"].remove, Qt.MouseButton.LeftButton)
    assert list(milk.cards) == ["L-0001", "L-0002"]

    history.undo(desk.database)
    desk.changed.emit()
    assert sorted(milk.cards) == ["L-0001", "L-0002", "L-0003"]


def test_a_removed_donor_comes_back_by_undo(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage)
    page.list.table.choose("D-0001")
    page.list.table.setFocus()

    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    assert page.model.rowCount() == 0

    history.undo(desk.database)
    desk.changed.emit()
    assert page.model.rowCount() == 1


def test_what_she_says_on_the_phone_is_added_to_her_answers(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.show_tab(2)
    answers = page.detail.answers
    line = answers.findChild(QLineEdit)
    assert line is not None

    line.setFocus()
    qtbot.keyClicks(line, "mostly not")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "mostly not"
    assert "stopped" in line.accessibleDescription()

    line.selectAll()
    qtbot.keyClicks(line, "no")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    dairy = [f for f in donors.donor(desk.database, "D-0001", TODAY).facts if f.kind is FactKind.DAIRY]
    assert [fact.presence for fact in dairy] == [Presence.NO]


def test_a_family_is_one_row_with_need_and_runway(opened: Opener) -> None:
    row = cells(opened(RecipientsPage))

    assert (row["Baby’s age"], row["Babies"], row["Need a day"]) == ("3 months", "1", "21")
    assert row["Lasts until"].endswith("(tomorrow)")
    assert row["Must avoid"] == "nothing"


def test_old_figures_say_of_which_day_they_are(opened: Opener, desk: Desk) -> None:
    recipients.set_stock(
        desk.database, "R-0001", Volume.from_oz(210), date(2026, 9, 22), seen=Volume.from_oz(60)
    )

    assert cells(opened(RecipientsPage))["Lasts until"] == "ask (figure of 9/22)"


def test_a_baby_in_hospital_is_referred(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(RecipientsPage, "R-0001")
    page.detail.edit()
    field = page.detail.profile.field("health")

    field.edited.emit(BabyHealth.HOSPITAL)

    assert cells(page)["State"] == "Referred: in hospital"


def test_unasked_none_and_foods_are_three_things(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(RecipientsPage, "R-0001")
    page.detail.edit()
    field = page.detail.profile.field("must_avoid")

    def stored() -> object:
        return recipients.recipient(desk.database, "R-0001", TODAY).baby.must_avoid

    assert (field.typed(), stored()) == ("none", ())
    type_into(qtbot, field, "Dairy and soy")
    assert (field.typed(), stored()) == ("dairy, soy", ("dairy", "soy"))
    type_into(qtbot, field, "dairy")
    assert stored() == ("dairy",)
    field.editor.selectAll()  # type: ignore[attr-defined] # a QLineEdit
    qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert stored() is None
    assert cells(page)["Must avoid"] == "ask"


def test_a_new_count_of_the_freezer_is_of_today(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(RecipientsPage, "R-0001")
    page.detail.edit()
    type_into(qtbot, page.detail.profile.field("stock_on"), "9/1/2026")

    type_into(qtbot, page.detail.profile.field("stock"), "80")

    stored = recipients.recipient(desk.database, "R-0001", TODAY)
    assert (stored.stock, stored.stock_on) == (Volume.from_oz(80), TODAY)


def test_how_old_the_milk_may_be_is_typed_on_the_profile_or_beside_the_need(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened(RecipientsPage, "R-0001")
    page.detail.edit()
    beside_the_need = page.detail.need.form.field("oldest_milk_months")
    assert beside_the_need.value is None

    type_into(qtbot, page.detail.profile.field("oldest_milk_months"), "3")

    assert recipients.recipient(desk.database, "R-0001", TODAY).baby.oldest_milk_months == 3
    assert beside_the_need.value == 3
    assert cells(page)["Oldest milk, months"] == "3"
    page.detail.show_tab(1)
    type_into(qtbot, beside_the_need, "2")
    assert recipients.recipient(desk.database, "R-0001", TODAY).baby.oldest_milk_months == 2
    history.undo(desk.database)
    desk.changed.emit()
    assert beside_the_need.value == 3


def test_find_milk_asks_for_the_match_page_with_this_baby(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(RecipientsPage, "R-0001")
    button = page.detail.find_milk

    with qtbot.waitSignal(desk.page_wanted) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert asked.args == ["matching", "R-0001"]


def test_amounts_follow_the_unit_switch(opened: Opener, desk: Desk) -> None:
    page = opened(RecipientsPage, "R-0001")

    desk.display.switch_volume()

    assert desk.display.volume_unit is VolumeUnit.ML
    assert cells(page)["Need a day"] == "621"
    assert page.detail.need.needs["expected"].text().startswith("621")


def test_the_need_tab_tells_three_days_what_comes_and_what_it_rests_on(opened: Opener) -> None:
    page = opened(RecipientsPage, "R-0001")
    need = page.detail.need

    shown = [label.text().replace("\u00a0", " ") for label in (*need.needs.values(), need.stock)]
    assert shown == ["21 oz", "15 oz", "26 oz", "60 oz, counted or last brought 11/21/26"]
    assert need.soonest.text() == need.lasts.text() == "11/22/26 (tomorrow)"
    assert need.latest.text() == "11/24/26 (in 3 days)"
    assert (need.to_come.text(), need.then_until.text()) == ("nothing on hold or agreed", "–")
    assert "1 × 19–25–30\u00a0oz a day (2 to 6 months" in need.source.text()
    assert "KellyMom" in need.source.text()
    assert "(unchecked)" in need.source.text()


def test_formula_that_nobody_asked_about_leaves_the_need_open_and_says_it_either_way(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    typed = {"name": "Bo Lee", "baby_born": "7/1/2026", "own_supply": "4", "stock": "100"}
    notes = "we top up with 10 oz formula a day"
    add_family(desk.database, Role.RECIPIENT, {**typed, "notes": notes}, TODAY)
    page = opened(RecipientsPage, "R-0002")
    page.detail.edit()
    need = page.detail.need

    assert {label.text() for label in need.needs.values()} == {"ask"}
    assert need.unknown.text().replace("\u00a0", " ") == (
        "Not known yet: whether formula stays\nNeed a day: 11 oz if it does, else 21 oz"
    )

    type_into(qtbot, page.detail.profile.field("formula"), "8")
    assert need.needs["expected"].text().replace("\u00a0", " ") == "13 oz"
    assert "8\u00a0oz of formula" in need.source.text()


def test_a_volunteer_tells_coolers_in_her_own_way(qtbot: QtBot, opened: Opener) -> None:
    page = opened(DriversPage, "V-0001")
    page.detail.edit()

    type_into(qtbot, page.detail.profile.field("coolers_qt"), "28 + 28")

    assert cells(page)["Coolers, quarts"] == "2 × 28"


def test_a_place_set_by_hand_stays_when_the_address_changes(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.edit()
    qtbot.mouseClick(page.detail.profile.by_hand, Qt.MouseButton.LeftButton)
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    dialog = next(w for w in shown if w.windowTitle() == "Place of D-0001")
    field = dialog.findChild(QLineEdit)
    assert field is not None

    field.setText("somewhere")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    field.setText("43.5, -70.9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    type_into(qtbot, page.detail.profile.field("zip_code"), "03820")

    position = donors.donor(desk.database, "D-0001", TODAY).household.position
    assert position is not None
    assert (position.latitude_deg, position.longitude_deg) == (43.5, -70.9)
    assert position.precision is Precision.BY_HAND


@pytest.mark.parametrize(
    ("kind", "code"), [(DonorsPage, "D-0001"), (RecipientsPage, "R-0001"), (DriversPage, "V-0001")]
)
def test_every_control_has_a_name(opened: Opener, kind: Callable[[Desk], FamilyListPage], code: str) -> None:
    page = opened(kind, code)

    for tab in range(6):
        page.detail.show_tab(tab)
        assert nameless_controls(page) == []
    assert focusable_controls(page) > 10


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("size", [(1021, 430), (1340, 700)])
@pytest.mark.parametrize(
    ("kind", "code"), [(DonorsPage, "D-0001"), (RecipientsPage, "R-0001"), (DriversPage, "V-0001")]
)
def test_no_word_is_cut_however_long_the_name(
    qapp: QApplication,
    opened: Opener,
    desk: Desk,
    kind: Callable[[Desk], FamilyListPage],
    code: str,
    size: tuple[int, int],
    scale: float,
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    page = opened(kind, code, size)
    page.detail.profile.field("name").edited.emit(LONG)
    for tab in range(6):
        page.detail.show_tab(tab)
        assert cut_labels(page) == []
    assert (page.width(), page.height()) == size


def buttons_of(widget: QWidget) -> dict[str, QPushButton]:
    return {button.text(): button for button in widget.findChildren(QPushButton)}


def test_two_entries_of_one_family_are_made_one_and_taken_apart(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    with desk.database.writing(SETTING_UP) as session:
        a_donor(session, "Zoe Ueda")
    page = opened(DonorsPage)
    page.list.table.choose("D-0001")

    def dialog() -> QWidget:
        same = next(a for a in page.list.table.actions() if a.text() == "Same family as…")
        same.trigger()
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        return next(w for w in shown if w.windowTitle() == "Same family as D-0001")

    chooser = dialog()
    line = chooser.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "zoe")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.model.rowCount() == 1
    qtbot.waitUntil(lambda: not chooser.isVisible())

    qtbot.mouseClick(buttons_of(dialog())["Take apart"], Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 2


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("kind", [DonorsPage, RecipientsPage, DriversPage])
def test_twelve_rows_are_to_be_seen_on_the_old_laptop(
    opened: Opener, kind: Callable[[Desk], FamilyListPage]
) -> None:
    table = opened(kind, size=(1021, 430)).list.table

    assert table.viewport().height() // table.rowHeight(0) >= 12


def test_each_side_sees_who_the_other_is(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    hold_milk(desk.database, "R-0001", "L-0001", Volume.from_oz(60), TODAY)
    given = opened(DonorsPage, "D-0001").detail.given
    received = opened(RecipientsPage, "R-0001").detail.received

    for tab, code, name in ((given, "R-0001", "Inès Roy"), (received, "D-0001", "Zoë Ueda")):
        assert {name, code} <= {label.text() for label in tab.findChildren(QLabel)}
        with qtbot.waitSignal(desk.family_wanted) as wanted:
            buttons_of(tab)["Show"].click()
        assert wanted.args == [code]


def test_filters_in_words_narrow_the_list(opened: Opener, desk: Desk) -> None:
    with desk.database.writing(SETTING_UP) as session:
        a_recipient(session, "Uma Cyr", must_avoid="dairy, soy", paused=True)
    page = opened(RecipientsPage)
    offered = {chosen.label: chosen for chosen in page.list.chips._offered}

    def passing(label: str) -> list[str]:
        page.list.chips.clear()
        page.list.chips.add(offered[label])
        return [cells(page, row)["Name"] for row in range(page.model.rowCount())]

    assert passing("Must avoid dairy") == ["Uma Cyr"]
    assert passing("Runs out this week") == ["Inès Roy"]
    assert passing("Paused") == ["Uma Cyr"]
    assert passing("Place unknown") == []


def test_ringing_is_noted_and_said_at_the_top(qtbot: QtBot, opened: Opener) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.open_on_card()

    qtbot.mouseClick(buttons_of(page.detail.questions)["Left message"], Qt.MouseButton.LeftButton)

    said = [label.text() for label in page.detail.questions.findChildren(QLabel)]
    assert "Rang on 11/21/26: left a message" in said


def test_set_aside_questions_go_and_come_back_by_undo(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    page = opened(DonorsPage, "D-0001")
    page.detail.open_on_card()

    qtbot.mouseClick(buttons_of(page.detail.questions)["Set aside"], Qt.MouseButton.LeftButton)
    assert cells(page)["State"] == "2 to ask"

    history.undo(desk.database)
    desk.changed.emit()
    assert cells(page)["State"] == "3 to ask"


def test_what_nobody_said_is_no_no(opened: Opener) -> None:
    shown = said(opened(RecipientsPage, "R-0001"))

    assert shown["Needs milk this week"] == shown["Could meet halfway"] == "Not said"
    assert shown["Has a car"] == "Not asked"


def test_del_removes_nobody_she_did_not_choose(qtbot: QtBot, opened: Opener) -> None:
    page = opened(DonorsPage)
    table = page.list.table
    table.setFocus()
    assert (table.chosen_key, table.was_chosen) == ("D-0001", False)

    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert page.model.rowCount() == 1

    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert page.model.rowCount() == 0
