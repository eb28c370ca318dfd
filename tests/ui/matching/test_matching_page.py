"""The Match page on a real network: ranking, holding, both yeses, messages, setting aside, map and sizes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.agreements import holds
from coordinator.services.families.households import change_profile, remove_family
from coordinator.services.matching import ranking as matching
from coordinator.services.pickups import planning
from coordinator.services.today import openings, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts, without
from tests.pickup_builders import put_at
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.matching.columns import match_columns
from ui.matching.page import MatchingPage
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fold import Fold

CTRL = Qt.KeyboardModifier.ControlModifier
LAPTOP, WIDE = (1093, 540), (1640, 860)
Opener = Callable[..., MatchingPage]


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 avoids dairy, R-0002 is in hospital. D-0003 eats dairy, D-0004 was not asked, others do not."""
    with database.writing(Action("test", "Set up")) as session:
        family = a_recipient(
            session, "Inès Roy", must_avoid="dairy", stock=Volume.from_oz(60), stock_on=TODAY
        )
        a_recipient(session, "Uma Cyr", health=BabyHealth.HOSPITAL)
        donors = [
            a_donor(session, "Ada Lind"),
            a_donor(session, "Bea Moss"),
            a_donor(session, "Cai Noor", facts=with_facts(Fact(FactKind.DAIRY, Presence.YES))),
            a_donor(session, "Dot Orr", facts=without(FactKind.DAIRY)),
        ]
        homes = (family.household_id, *(donor.household_id for donor in donors))
        for number, household_id in enumerate(homes):
            home = session.get_one(HouseholdRow, household_id)
            home.street, home.phone = f"{number} Secret Ln", f"+1603555010{number}"
            put_at(session, household_id, 43.07 + 0.1 * number)
        for donor in donors:
            a_stored_lot(session, donor)
    return database


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_page(code: str = "R-0001", size: tuple[int, int] = WIDE) -> MatchingPage:
        page = MatchingPage(desk)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.refresh()
        if code:
            page.show_family(code)
        QApplication.processEvents()
        return page

    return open_page


def codes(page: MatchingPage) -> list[str]:
    return [page.model.key_at(row) for row in range(page.model.rowCount())]  # type: ignore[misc]


def button(page: MatchingPage, words: str) -> QPushButton:
    QApplication.processEvents()  # new rows are shown then
    return next(b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(page))


def texts(page: MatchingPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def pick(page: MatchingPage, words: str) -> None:
    """Choose *words* from the menu of Copy text."""
    QApplication.processEvents()
    texts = [b for b in page.findChildren(QPushButton) if b.text() == "Copy text" and b.isVisibleTo(page)]
    actions = [action for one in texts for action in one.menu().actions()]
    next(action for action in actions if action.text() == words).trigger()


def test_a_paused_family_is_offered_nobody_and_the_page_says_why(opened: Opener, desk: Desk) -> None:
    page = opened()
    change_profile(desk.database, "R-0001", "paused", True)  # noqa: FBT003 - a value

    desk.changed.emit()

    assert codes(page) == []
    assert (
        page.banner.text()
        == "R-0001 is paused, so no milk is offered to it; change that in its profile first."
    )
    assert "Nobody is suggested while R-0001 is paused." in texts(page)


def test_the_groups_and_the_table_count_what_today_counts_for_the_baby(opened: Opener, desk: Desk) -> None:
    with desk.database.writing(Action("test", "Not asked how the baby is")) as session:
        by_code(session, RecipientRow, "R-0001").health = None

    page = opened()

    found = openings(desk.database, today_page(desk.database, TODAY).cases, TODAY).families["R-0001"]
    assert found.ready == 0
    assert page.strip.text() == f"One call away {found.one_call}"
    assert {page.model.row_at(at).pair.kind.words for at in range(page.model.rowCount())} == {"One call away"}
    column = [str(column.title) for column in match_columns(desk.display)].index("To ask")
    asked = page.model.index(0, column).data()
    assert asked == "at home and well? — Inès Roy"


def test_nothing_stays_of_a_family_that_is_removed_while_it_is_matched(opened: Opener, desk: Desk) -> None:
    page = opened("R-0002")
    assert page.banner.isVisible()

    remove_family(desk.database, "R-0002", TODAY)
    desk.changed.emit()

    assert page.map.canvas is not None
    assert page.map.canvas.look.layers.pins == ()
    assert not page.banner.isVisible()
    assert "R-0002 is not in use any more. Choose a family to see who could help." in texts(page)
    assert [page.tabs.tabText(place) for place in (1, 2)] == ["On hold (0)", "Why not (0)"]


def test_a_planned_hold_whose_yes_was_taken_back_is_not_called_agreed(opened: Opener, desk: Desk) -> None:
    page = opened()
    holds.hold_milk(desk.database, "R-0001", "L-0001", Volume.from_oz(40), TODAY)
    for side in Side:
        holds.record_yes(desk.database, "H-0001", side, TODAY)
    planning.plan_pickup(desk.database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    desk.changed.emit()
    page.tabs.setCurrentWidget(page.holds)
    assert "agreed, travels with P-0001" in texts(page)

    button(page, "Take back family's yes").click()

    assert "travels with P-0001, not printed until both have said yes" in texts(page)
    assert "agreed" not in texts(page)


def test_a_change_elsewhere_leaves_what_is_being_typed(opened: Opener, qtbot: QtBot, desk: Desk) -> None:
    page = opened()
    page.donors.table.choose("D-0002")
    page.why.volume.line.setFocus()
    page.why.volume.line.setText("54")

    desk.changed.emit()
    qtbot.keyClick(page.why.volume.line, Qt.Key.Key_Return, CTRL)

    (hold,) = holds.holds(desk.database, TODAY)
    assert (hold.donor_code, hold.volume) == ("D-0002", Volume.from_oz(54))


def test_choosing_a_family_ranks_the_donors_and_shows_why_the_first(opened: Opener) -> None:
    page = opened()

    assert codes(page) == ["D-0001", "D-0002", "D-0004"]
    assert page.donors.table.chosen_key == "D-0001"
    assert page.why.heading.text() == "Ada Lind — Nothing against it under Community sharing, if…"
    assert page.tabs.tabText(2) == "Why not (2)"
    page.donors.table.choose("D-0004")
    assert page.why.heading.text() == "Dot Orr — One call away under Community sharing"
    assert "airy" in page.why.reasons.text()
    assert "not medical advice; a clinician reviews it" in texts(page)


def test_who_is_not_a_fit_is_listed_when_seen_and_not_by_the_thousand(opened: Opener) -> None:
    page = opened()
    assert "Cai Noor" not in texts(page)
    page.tabs.setCurrentIndex(2)
    assert "Cai Noor" in texts(page)
    assert page._found is not None
    scored = page._found.scored
    ruled_out, *others = scored.why_not.groups
    many = replace(scored.why_not, groups=(replace(ruled_out, left=ruled_out.left * 1240), *others))

    page.why_not.show_why_not(many, scored.ranking.not_a_fit, "R-0001")
    QApplication.processEvents()  # new rows are shown then
    next(fold for fold in page.why_not.findChildren(Fold) if fold.isVisible()).button.click()

    assert texts(page).count("Cai Noor") == 40
    assert "and 1,200 more" in texts(page).replace("1200", "1,200")


def test_a_family_asked_for_before_the_families_were_read_is_chosen_once_they_are(opened: Opener) -> None:
    page = opened(code="")
    page.babies_model.set_rows([])
    page.show_family("R-0001")
    page.refresh()

    assert page.babies.table.chosen_key == "R-0001"


def test_ctrl_enter_holds_and_nobody_else_is_offered_that_milk(
    opened: Opener, qtbot: QtBot, network: Database
) -> None:
    page = opened()

    qtbot.keyClick(page.donors.table, Qt.Key.Key_Return, CTRL)

    assert [(hold.code, hold.lot_code) for hold in holds.holds(network, TODAY)] == [("H-0001", "L-0001")]
    assert page.tabs.currentIndex() == 1
    assert page.tabs.tabText(1) == "On hold (1)"
    assert "held until 11/28/26" in texts(page)
    assert codes(page) == ["D-0002", "D-0004"]


def test_one_press_is_one_hold_even_while_the_first_is_being_written(opened: Opener) -> None:
    page = opened()
    asked: list[object] = []
    page.why.hold_wanted.disconnect(page.acts.hold)
    page.why.hold_wanted.connect(lambda *hold: asked.append(hold))

    for _ in range(2):
        page.why.hold_now()

    assert len(asked) == 1


def test_a_hold_that_is_refused_is_said_and_can_be_tried_again(
    opened: Opener, desk: Desk, qtbot: QtBot
) -> None:
    page = opened()
    page.why.volume.editor.setText("9999")  # type: ignore[attr-defined]

    with qtbot.waitSignal(desk.complained) as complaint:
        page.why.hold.click()

    assert "free" in complaint.args[0]
    assert page.why.hold.isEnabled()


def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_held(
    opened: Opener, network: Database
) -> None:
    page = opened()
    page.why.only_from.editor.setText("some day")  # type: ignore[attr-defined]

    page.why.hold.click()

    assert page.why.only_from.message.text()
    assert holds.holds(network, TODAY) == []


def test_donors_of_another_family_are_never_held_for_the_one_just_chosen(
    opened: Opener, network: Database
) -> None:
    page = opened()
    page._code = "R-0002"  # chosen, its donors still being looked for

    page.why.hold_now()
    page._set_aside()

    assert holds.holds(network, TODAY) == []
    assert matching.rank_donors(network, "R-0002", TODAY).set_aside == ()


def test_both_yeses_make_an_agreement_and_only_then_the_address_can_be_copied(
    opened: Opener, desk: Desk, qtbot: QtBot, network: Database
) -> None:
    page = opened()
    page.why.hold_now()

    pick(page, "Ask the donor")
    asked = QGuiApplication.clipboard().text()
    assert asked
    assert "Secret" not in asked
    with qtbot.waitSignal(desk.complained):
        pick(page, "The address, after both yeses")
    assert QGuiApplication.clipboard().text() == asked

    button(page, "Donor said yes").click()
    assert not holds.holds(network, TODAY)[0].is_agreed
    button(page, "Family said yes").click()
    assert holds.holds(network, TODAY)[0].is_agreed
    assert "agreed" in texts(page)
    for side in ("donor", "family"):
        assert f"{side}'s yes {show_date(TODAY)}" in texts(page)

    pick(page, "The address, after both yeses")
    assert "1 Secret Ln" in QGuiApplication.clipboard().text()


def test_a_yes_said_the_day_before_is_noted_with_its_own_day(opened: Opener, network: Database) -> None:
    page = opened()
    page.why.hold_now()
    field = page.holds.said_on

    field.line.setText(show_date(TODAY + timedelta(days=1)))
    field.leave()
    assert field.message.text()
    button(page, "Donor said yes").click()
    assert holds.holds(network, TODAY)[0].donor_yes_on is None

    field.line.setText(show_date(TODAY - timedelta(days=1)))
    field.leave()
    button(page, "Donor said yes").click()
    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY - timedelta(days=1)


def test_ctrl_backspace_sets_aside_and_bring_back_brings_back(opened: Opener, qtbot: QtBot) -> None:
    page = opened()

    qtbot.keyClick(page.donors.table, Qt.Key.Key_Backspace, CTRL)
    assert codes(page) == ["D-0002", "D-0004"]

    page.tabs.setCurrentIndex(2)
    button(page, "Bring back").click()
    assert codes(page) == ["D-0001", "D-0002", "D-0004"]


def test_a_baby_in_hospital_is_referred_with_no_donors_at_all(opened: Opener) -> None:
    page = opened("R-0002")

    assert page.banner.isVisible()
    assert page.banner.text().startswith("Referred, not matched: ")
    assert codes(page) == []
    assert not page.why.lot.isVisible()
    page.why.hold_now()
    page.show_family("R-0001")
    assert not page.banner.isVisible()


def test_a_click_on_a_pin_chooses_the_donor(opened: Opener, qtbot: QtBot) -> None:
    page = opened()
    canvas = page.map.canvas
    assert canvas is not None
    spot = canvas.spot_of("D-0002")
    assert spot is not None

    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)

    assert page.donors.table.chosen_key == "D-0002"
    assert "Bea Moss" in page.why.heading.text()


def test_a_narrow_window_has_the_map_behind_a_tab_and_a_wide_one_beside(opened: Opener) -> None:
    page = opened(size=LAPTOP)
    assert [page.tabs.tabText(number) for number in range(page.tabs.count())][-1] == "Map"

    page.resize(*WIDE)
    QApplication.processEvents()

    assert page.tabs.indexOf(page.map) == -1
    assert page.map.isVisible()


def test_units_change_everywhere_on_the_page(opened: Opener, desk: Desk) -> None:
    page = opened()

    desk.display.set_units(VolumeUnit.ML, DistanceUnit.KM)

    assert "mL" in page.why.lot.currentText()
    assert "oz" not in page.why.lot.currentText()


def test_what_somebody_else_wrote_is_shown_after_the_next_look(
    opened: Opener, desk: Desk, network: Database
) -> None:
    page = opened()
    holds.hold_milk(network, "R-0001", "L-0001", Volume.from_oz(100), TODAY)

    desk.changed.emit()

    assert "D-0001" not in codes(page)
    assert page.tabs.tabText(1) == "On hold (1)"


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_nothing_is_cut_on_the_old_laptop_in_larger_fonts(
    opened: Opener, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, font_scale=scale)
    page = opened(size=LAPTOP)
    assert (page.width(), page.height()) == LAPTOP
    for tab in range(page.tabs.count()):
        page.tabs.setCurrentIndex(tab)
        QApplication.processEvents()  # rows in rows find their height in a second round
        assert cut_labels(page) == []
    page.why.hold_now()
    assert cut_labels(page) == []
    assert page.donors.table.viewport().height() >= 2 * page.donors.table.rowHeight(0)


def test_every_control_has_a_name(opened: Opener) -> None:
    page = opened()
    page.why.hold_now()

    assert focusable_controls(page) > 8
    assert nameless_controls(page) == []
