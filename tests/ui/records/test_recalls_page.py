"""The recalls by keys and by mouse: begun, held back, everybody rung, told back, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.records.recall import ANY_DAY, PumpedDays
from coordinator.domain.records.recall_work import ContactOutcome, Party, ToldBack
from coordinator.domain.volume import Volume
from coordinator.services.families.donors import donor
from coordinator.services.recall import work as recall_work
from coordinator.services.records import history
from tests.builders import NOW, TODAY
from tests.recall_builders import IN_HOMES, InHomes
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from tests.ui.conftest import opened_copy
from tests.ui.network import a_desk
from ui.desk import Desk
from ui.records.recall.open_dialog import Asked, OpenRecallDialog
from ui.records.recall.order import next_to_ring
from ui.records.recall.page import RecallsPage
from ui.records.recall.work_view import WorkView

KEY = Qt.Key
OZ = Volume.from_oz


@pytest.fixture
def database(tmp_path: Path, in_homes_file: Path) -> Iterator[Database]:
    yield from opened_copy(in_homes_file, tmp_path)


@pytest.fixture
def homes() -> InHomes:
    return IN_HOMES


@pytest.fixture
def page(qtbot: QtBot, homes: InHomes, desk: Desk) -> RecallsPage:
    """Q-0001 is open, nobody rung yet."""
    recall_work.open_recall(desk.database, homes.donor, ANY_DAY, "fever since Sunday", NOW, TODAY)
    page = RecallsPage(desk)
    qtbot.addWidget(page)
    page.resize(1021, 420)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    page.show_family("Q-0001")
    page.one.list.table.setFocus()
    return page


@pytest.fixture
def view(page: RecallsPage) -> WorkView:
    return page.one


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def write(qtbot: QtBot, text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, text)


def party(view: WorkView, who: str) -> Party:
    assert view.work is not None
    found = view.work.party(who)
    assert found is not None
    return found


def chosen(view: WorkView) -> str:
    return str(view.list.table.chosen_key)


def test_before_anything_is_written_it_says_how_many_homes_have_the_milk(
    qtbot: QtBot, homes: InHomes, desk: Desk
) -> None:
    dialog = OpenRecallDialog(desk, Asked(homes.donor))
    qtbot.addWidget(dialog)
    dialog.begin()
    words = "4 homes, 4 babies, 115 oz, of it at most 115 oz left · 85 oz have gone to nobody yet"
    assert dialog.found.text().replace("\u00a0", " ") == words
    assert dialog.who.typed() == f"Zoë Ahlberg · {homes.donor} · Portsmouth"
    assert dialog.focusWidget() is dialog.first.line
    assert recall_work.recalls(desk.database, TODAY) == []

    dialog.first.line.setText("today")  # no bag of hers is that new
    qtbot.waitUntil(lambda: dialog.found.text() == "None of this milk came to a family.")
    dialog.first.line.setText("to")
    qtbot.waitUntil(lambda: not dialog.found.text())


@pytest.mark.parametrize(("typed", "code"), [("d7", "D-0007"), ("l-1", "L-0001"), ("D-0001", "D-0001")])
def test_a_code_is_read_as_she_types_it(qtbot: QtBot, desk: Desk, typed: str, code: str) -> None:
    dialog = OpenRecallDialog(desk)
    qtbot.addWidget(dialog)
    dialog.who.line.setText(typed)
    assert dialog.who.read_silently() == code


def test_a_name_is_enough_where_it_means_one_and_is_asked_where_it_means_two(
    qtbot: QtBot, homes: InHomes, desk: Desk
) -> None:
    dialog = OpenRecallDialog(desk)
    qtbot.addWidget(dialog)
    dialog.who.line.setText("ahlb")
    assert dialog.who.read_silently() == homes.donor
    dialog.who.line.setText("an")  # Linh Tran, Anneliese
    dialog.save()
    assert "2 have this in their name" in dialog.problem.text()
    assert dialog.who.typed() == "an"


def test_opening_it_remembers_the_days_and_why(qtbot: QtBot, homes: InHomes, desk: Desk) -> None:
    days = PumpedDays(TODAY.replace(day=1), None)
    dialog = OpenRecallDialog(desk, Asked(homes.lot, days, "amoxicillin"))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.opened) as opened:
        dialog.save()
    work = recall_work.recall_work(desk.database, opened.args[0], TODAY)
    assert (work.about, work.recall.days, work.because) == (homes.lot, days, "amoxicillin")


def test_nobody_named_is_said_and_nothing_lost(qtbot: QtBot, desk: Desk) -> None:
    dialog = OpenRecallDialog(desk)
    qtbot.addWidget(dialog)
    dialog.because.line.setText("fever")
    dialog.save()
    assert dialog.problem.text() == "Say whose milk it is: a donor, a family, or a lot."
    assert dialog.because.typed() == "fever"


def test_the_first_button_pauses_and_holds_back_and_one_undo_takes_it_back(
    view: WorkView, homes: InHomes, desk: Desk
) -> None:
    button = view.head.hold_back
    assert button.text() == f"Pause {homes.donor} and hold back 24 oz"
    assert "24 oz do not go to Kateri Ueda" in view.head.does.text()
    button.click()
    assert donor(desk.database, homes.donor, TODAY).state is DonorState.PAUSED
    assert not button.isVisible()
    history.undo(desk.database)
    desk.changed.emit()
    assert donor(desk.database, homes.donor, TODAY).state is not DonorState.PAUSED
    assert button.isVisible()


def test_one_key_notes_a_call_and_the_next_home_is_chosen(
    qtbot: QtBot, view: WorkView, homes: InHomes
) -> None:
    first, second, third, _ = homes.families
    assert chosen(view) == first
    press(qtbot, KEY.Key_N)
    assert [one.outcome for one in party(view, first).contacts] == [ContactOutcome.NO_ANSWER]
    assert chosen(view) == second
    press(qtbot, KEY.Key_R)  # reached: her ounces are asked now
    assert party(view, second).reached
    assert chosen(view) == second
    press(qtbot, KEY.Key_F)
    assert party(view, second).of(ToldBack.FED) == OZ(30)
    assert chosen(view) == third
    assert view.list.table.hasFocus()


def test_a_part_is_told_by_its_amount_and_what_is_left_is_asked_next(
    qtbot: QtBot, view: WorkView, homes: InHomes
) -> None:
    first = homes.families[0]
    press(qtbot, KEY.Key_R)
    press(qtbot, KEY.Key_A)
    write(qtbot, "25")
    press(qtbot, KEY.Key_Return)
    qtbot.waitUntil(view.card.call.became[ToldBack.FED].hasFocus)
    press(qtbot, KEY.Key_D)
    assert party(view, first).of(ToldBack.DISCARDED) == OZ(25)
    assert chosen(view) == first
    assert view.card.call.amount.value == OZ(15)
    assert view.card.sums.text().replace("\u00a0", " ") == "15 oz of 40 oz not answered for yet"
    press(qtbot, KEY.Key_S)
    assert party(view, first).set_aside == OZ(15)
    assert view.card.code_shown == homes.families[1]


def test_letters_in_a_field_are_words_and_not_answers(qtbot: QtBot, view: WorkView, homes: InHomes) -> None:
    view.card.call.note.setFocus()
    write(qtbot, "rnfd")
    assert view.card.call.note.typed() == "rnfd"
    assert party(view, homes.families[0]).contacts == ()


def test_not_knowing_wants_a_note_and_what_was_typed_stays(
    qtbot: QtBot, view: WorkView, homes: InHomes
) -> None:
    first = homes.families[0]
    view.card.call.amount.line.setText("10")
    press(qtbot, KEY.Key_U)
    assert "Type a note" in view.card.call.problem.text()
    assert view.card.call.amount.value == OZ(10)
    view.card.call.note.line.setText("the freezer was full of bags")
    press(qtbot, KEY.Key_U)
    [told] = party(view, first).told
    assert (told.became, told.volume, told.note) == (
        ToldBack.UNKNOWN,
        OZ(10),
        "the freezer was full of bags",
    )
    assert view.card.call.note.typed() == ""


def test_the_time_is_the_clocks_and_can_be_typed_but_not_later_than_now(
    qtbot: QtBot, view: WorkView, homes: InHomes
) -> None:
    at = view.card.call.at
    at.setFocus()
    at.line.selectAll()
    later = NOW.astimezone() + timedelta(hours=1)
    write(qtbot, f"{later.hour}:00")
    view.list.table.setFocus()
    press(qtbot, KEY.Key_R)
    assert "later than now" in view.card.call.problem.text()
    assert not party(view, homes.families[0]).reached
    assert at.line.hasFocus()
    earlier = NOW.astimezone() - timedelta(hours=1)
    at.line.selectAll()
    write(qtbot, f"{earlier.hour}:{earlier.minute:02}")
    view.list.table.setFocus()
    press(qtbot, KEY.Key_R)
    assert "before Q-0001 began" in view.card.call.problem.text()


def test_it_closes_only_once_every_ounce_is_answered_for(
    qtbot: QtBot, view: WorkView, homes: InHomes, desk: Desk
) -> None:
    view.head.close_button.click()
    said = view.head.problem.text()
    assert said.startswith("It stays open: Inès Roy")
    assert "And 2 more." in said
    view.head.hold_back.click()  # else what is promised cannot be discarded
    assert view.work is not None
    for _ in view.work.parties:
        press(qtbot, KEY.Key_D)
    assert view.work.may_close
    assert view.head.close_button.hasFocus()
    assert not view.head.problem.isVisible()
    view.head.close_button.click()
    assert recall_work.recall_work(desk.database, "Q-0001", TODAY).is_closed
    assert not view.card.call.isEnabled()
    assert view.head.close_button.text() == "Open it again"
    view.head.close_button.click()
    assert not recall_work.recall_work(desk.database, "Q-0001", TODAY).is_closed


def test_list_and_map_choose_the_same_home(qtbot: QtBot, view: WorkView, homes: InHomes) -> None:
    view._side.setCurrentIndex(1)
    qtbot.waitUntil(lambda: view.map.canvas is not None)
    canvas = view.map.canvas
    assert canvas is not None
    canvas.pin_chosen.emit(homes.families[2])
    assert chosen(view) == homes.families[2]
    view.list.table.choose(homes.families[1])
    assert canvas.look.layers.chosen == {homes.families[1]}


def test_escape_goes_back_to_all_recalls_and_enter_opens_one(qtbot: QtBot, page: RecallsPage) -> None:
    press(qtbot, KEY.Key_Escape)
    press(qtbot, KEY.Key_Escape)
    assert page.views.currentWidget() is page.all
    [row] = page.all.list.table.shown_rows()
    assert row[:2] == ["Q-0001", "Zoë Ahlberg"]
    page.all.list.table.setFocus()
    press(qtbot, KEY.Key_Return)
    assert page.views.currentWidget() is page.one
    assert chosen(page.one) == "R-0001"


def test_while_there_is_none_it_says_what_it_is_for(qtbot: QtBot, desk: Desk) -> None:
    page = RecallsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    assert "When a donor falls ill" in page.all.list.empty.sentence.text()
    with qtbot.waitSignal(desk.recall_wanted):
        page.all.list.empty.button.click()


def test_nothing_is_cut_or_without_a_name(page: RecallsPage) -> None:
    for view in (page.one, page.all):
        page.views.setCurrentWidget(view)
        assert nameless_controls(view) == []
        assert cut_labels(view) == []
        assert overlapping(view) == []


def test_who_was_rung_in_vain_comes_again_after_those_nobody_rang(
    qtbot: QtBot, view: WorkView, homes: InHomes
) -> None:
    for _ in range(4):
        press(qtbot, KEY.Key_N)
    assert view.work is not None
    assert chosen(view) == homes.donor
    after = next_to_ring(view.work.parties, homes.donor)
    assert after is not None
    assert after.who == homes.families[0]


def test_a_key_pressed_before_the_page_went_on_is_about_nobody(
    qtbot: QtBot, homes: InHomes, database: Database
) -> None:
    desk = a_desk(database)
    recall_work.open_recall(database, homes.donor, ANY_DAY, "", NOW, TODAY)
    view = WorkView(desk)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    view.show_recall("Q-0001")
    qtbot.waitUntil(lambda: view.work is not None)
    view.list.table.setFocus()
    press(qtbot, KEY.Key_N)
    press(qtbot, KEY.Key_R)  # the answer of the first is being written still
    qtbot.waitUntil(lambda: chosen(view) == homes.families[1])
    press(qtbot, KEY.Key_R)
    qtbot.waitUntil(lambda: party(view, homes.families[1]).reached)
    assert [one.outcome for one in party(view, homes.families[0]).contacts] == [ContactOutcome.NO_ANSWER]
    desk.runner.close()


def test_the_first_button_has_the_focus_until_somebody_was_rung(
    qtbot: QtBot, page: RecallsPage, view: WorkView
) -> None:
    view.setFocus()
    assert view.head.hold_back.hasFocus()
    press(qtbot, KEY.Key_Space)
    assert view.list.table.hasFocus()
    page.show_all()
    page.show_family("Q-0001")
    assert view.list.table.hasFocus()
