"""Screening in a donor's details and on Today: what is missing, pauses, signatures, her state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.records.history import Action
from coordinator.services.families import households
from coordinator.services.policies import profiles
from coordinator.services.records import history
from coordinator.services.screening import call_list as screening
from coordinator.services.today import call_list
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.ui.accessibility import cut_labels, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.donors.page import DonorsPage
from ui.donors.screening_panel import ScreeningPanel
from ui.today.page import TodayPage
from ui.widgets.fields.edit_field import LineField

SETTING_UP = Action("test", "Set up")
NEXT_WEEK = TODAY + timedelta(days=7)
ANSWERS = 2
"""The tab with the screening on top."""
Opener = Callable[[str], DonorsPage]


@pytest.fixture
def network(database: Database) -> Database:
    """Zoë (D-0001) was not asked about nicotine and heat; Bea (D-0002) answered all and was spoken with."""
    with database.writing(SETTING_UP) as session:
        zoe = a_donor(session, "Zoë Ueda", facts=without(FactKind.NICOTINE, FactKind.HEAT_TREATED))
        a_stored_lot(session, zoe, heat_treated=None)
        bea = a_donor(session, "Bea Moss")
        a_stored_lot(session, bea)
        session.get_one(HouseholdRow, bea.household_id).first_spoken_on = date(2026, 11, 1)
    return database


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_page(code: str) -> DonorsPage:
        page = DonorsPage(desk)
        qtbot.addWidget(page)
        page.resize(1021, 540)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.refresh()
        page.show_family(code)
        page.detail.show_tab(ANSWERS)
        QApplication.processEvents()
        return page

    return open_page


def panel(page: DonorsPage) -> ScreeningPanel:
    found = page.detail.screening
    assert isinstance(found, ScreeningPanel)
    return found


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def push(qtbot: QtBot, widget: QWidget, words: str) -> None:
    QApplication.processEvents()
    button = next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(widget))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def write_in(qtbot: QtBot, field: LineField, words: str) -> None:
    field.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, words)


def states(page: DonorsPage) -> list[str]:
    column = next(i for i, c in enumerate(page.model.columns) if c.title == "State")
    return [page.model.cells_at(row, [column])[0] for row in range(page.model.rowCount())]


def test_what_is_missing_is_told_with_value_source_and_that_nobody_checked_it(opened: Opener) -> None:
    said = texts(panel(opened("D-0001")))

    assert said[said.index("Not answered") + 1] == "Nicotine, Heat-treated"
    assert "Nobody has spoken with her yet" in said
    assert any(words.startswith("before a first match · 2017 Position Statement") for words in said)
    assert "Runs out on 7/14/27" in said
    counts = "A blood test counts: 12 months after the test · Community Milk Sharing, Bloom: "
    assert any(words.startswith(counts) for words in said)
    assert any(words.startswith("9 of 12 answered under Community sharing") for words in said)
    assert not any("signed" in words for words in said)


def test_what_is_asked_besides_is_one_click_away_and_changes_nothing(
    qtbot: QtBot, opened: Opener, network: Database
) -> None:
    before = history.history(network)
    page = opened("D-0001")

    push(qtbot, panel(page), "Ask besides…")

    dialog = panel(page).further
    assert dialog is not None
    said = "\n".join(texts(dialog))
    assert "Has the power been out since it was frozen: for how long, and how full was the freezer?" in said
    assert "No milk waits for the answer" in said
    dialog.reject()
    assert history.history(network) == before


def test_the_state_that_is_proposed_is_set_by_her_and_shown_in_the_table(
    qtbot: QtBot, opened: Opener
) -> None:
    page = opened("D-0002")
    assert states(page) == ["2 to ask", "Questions, all answered"]

    push(qtbot, panel(page), "Set to “Can offer”")

    assert states(page) == ["2 to ask", "Can offer"]
    assert panel(page).state.text() == "Can offer"
    assert not panel(page).accept.isVisibleTo(page)


def test_the_first_talk_is_noted_in_one_click(qtbot: QtBot, opened: Opener) -> None:
    page = opened("D-0001")

    push(qtbot, panel(page), "Met today")

    assert "Nobody has spoken with her yet" not in texts(panel(page))


def test_a_pause_is_typed_shown_in_the_table_and_ended(qtbot: QtBot, opened: Opener) -> None:
    page = opened("D-0002")
    pausing = panel(page).pausing

    push(qtbot, pausing, "Pause until…")
    push(qtbot, pausing, "Pause")
    assert pausing.problem.text().startswith("Type why she pauses")
    write_in(qtbot, pausing.reason, "a cold")
    write_in(qtbot, pausing.until, "some day")
    push(qtbot, pausing, "Pause")
    assert pausing.until.message.text().startswith("This is not a date yet")
    write_in(qtbot, pausing.until, "11/28/2026")
    push(qtbot, pausing, "Pause")

    assert states(page) == ["2 to ask", "Paused until 11/28/26"]
    assert panel(page).state.text() == "Paused until 11/28/26"
    assert "a cold" in texts(pausing)

    push(qtbot, pausing, "Open again now")
    assert states(page) == ["2 to ask", "Questions, all answered"]


def test_nothing_typed_for_one_donor_is_left_for_the_next(qtbot: QtBot, opened: Opener) -> None:
    page = opened("D-0002")
    push(qtbot, panel(page).pausing, "Pause until…")
    write_in(qtbot, panel(page).pausing.reason, "a cold")

    page.show_family("D-0001")
    QApplication.processEvents()

    assert panel(page).pausing.reason.typed() == ""
    assert not panel(page).pausing.reason.isVisibleTo(page)


def test_her_state_is_chosen_though_new_follows_from_the_answers(opened: Opener, desk: Desk) -> None:
    page = opened("D-0001")
    field = panel(page).form.field("donor_state")
    assert field.value is DonorState.QUESTIONS

    field.edited.emit(DonorState.NOT_MATCHING)
    panel(page).form.field("state_note").edited.emit("Her partner asked us not to")

    assert field.message.text() == ""
    assert states(page) == ["Not matching", "Questions, all answered"]
    assert panel(page).form.field("state_note").value == "Her partner asked us not to"
    history.undo(desk.database)
    history.undo(desk.database)
    desk.changed.emit()
    assert states(page) == ["2 to ask", "Questions, all answered"]


def test_filters_go_by_state_and_by_what_waits_for_a_decision(opened: Opener, desk: Desk) -> None:
    screening.defer(desk.database, "D-0001", "a cold", NEXT_WEEK, TODAY)
    page = opened("D-0001")
    offered = {chosen.label: chosen for chosen in page.list.chips._offered}

    def passing(label: str) -> list[str]:
        page.list.chips.clear()
        page.list.chips.add(offered[label])
        return states(page)

    assert passing("Paused") == ["Paused until 11/28/26"]
    assert passing("You decide") == ["Questions, all answered"]
    assert passing("Milk to match") == ["Questions, all answered"]
    assert passing("Not matching") == []


def two_sign(desk: Desk) -> None:
    own = profiles.copy_profile(desk.database, "community_sharing", "Our own", TODAY)
    profiles.change_value(desk.database, own, "sign_offs", 2, "four eyes", "Uma", TODAY)
    profiles.use_profile(desk.database, own)


def test_two_people_sign_where_the_policy_asks_for_it(qtbot: QtBot, opened: Opener, desk: Desk) -> None:
    two_sign(desk)
    page = opened("D-0002")
    signing = panel(page).signing
    assert "0 of 2 people have signed" in texts(signing)

    for name in ("Uma Cyr", "uma cyr"):
        signing.name.clear()
        qtbot.keyClicks(signing.name, name)
        qtbot.keyClick(signing.name, Qt.Key.Key_Return)
    assert any("has signed already" in words for words in texts(signing))
    signing.name.clear()
    qtbot.keyClicks(signing.name, "Dot Orr")
    push(qtbot, signing, "Sign")

    assert "2 of 2 people have signed" in texts(signing)
    assert panel(page).accept.isVisibleTo(page)
    push(qtbot, signing, "Take back")
    assert "1 of 2 people have signed" in texts(signing)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_no_word_is_cut_and_every_control_has_a_name(
    qtbot: QtBot, qapp: QApplication, opened: Opener, desk: Desk, scale: float
) -> None:
    two_sign(desk)
    name = "Wilhelmina-Katherine Featherstonehaugh-O’Brien"
    screening.sign(desk.database, "D-0001", name, TODAY)
    households.change_profile(desk.database, "D-0001", "donor_state", DonorState.CAN_OFFER)
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    page = opened("D-0001")
    assert cut_labels(page) == []
    push(qtbot, panel(page).pausing, "Pause until…")
    assert cut_labels(page) == []
    assert nameless_controls(page) == []


# Today.


@pytest.fixture
def today(qtbot: QtBot, network: Database, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1021, 540)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_pauses_and_tests_that_end_lead_to_their_donors(
    qtbot: QtBot, today: TodayPage, desk: Desk, network: Database
) -> None:
    desk.today = lambda: date(2027, 7, 1)
    screening.defer(network, "D-0001", "a cold", date(2027, 7, 3), date(2027, 7, 1))
    today.refresh()
    today.also.open()

    said = "\n".join(texts(today)).replace("\u00a0", " ")
    assert "Deferrals ending  1" in said
    assert "open again on 7/3/27 · a cold" in said
    assert "Tests expiring  2" in said
    assert "blood tests run out on 7/14/27 · 12 months after the test" in said
    for card, code in ((today.deferrals, "D-0001"), (today.tests, "D-0001")):
        with qtbot.waitSignal(desk.family_wanted) as wanted:
            push(qtbot, card, "Open")
        assert wanted.args == [code]


def test_both_cards_are_hidden_while_there_is_nothing(today: TodayPage) -> None:
    today.refresh()

    assert not today.deferrals.isVisible()
    assert not today.tests.isVisible()


def test_what_the_checklist_asks_is_answered_in_the_call_list_and_is_a_talk(
    qtbot: QtBot, today: TodayPage, network: Database
) -> None:
    with network.writing(SETTING_UP) as session:
        a_recipient(session)
    households.change_profile(network, "D-0001", "ring_times", "after 6 pm")
    today.refresh()
    assert "after 6 pm" in "\n".join(texts(today)).replace("\u00a0", " ")

    buttons = today.calls.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == "Type answers of D-0001").click()
    for _ in range(2):
        QApplication.processEvents()
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        assert line.accessibleName().startswith("Answer to: ")
        qtbot.keyClicks(line, "no")
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert "D-0001" not in [call.code for call in call_list(network, TODAY)]
    assert screening.screening(network, "D-0001", TODAY).open_items == ()
