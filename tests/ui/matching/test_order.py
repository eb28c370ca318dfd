"""The order on the Match page: its parts, its sliders, who else could use some milk, and Enter on buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.matching.weights import PartKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.families.households import remove_family
from coordinator.services.matching.ranking import rank_donors, set_aside
from coordinator.services.records import history
from coordinator.services.settings.values import settings
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.pickup_builders import put_at
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.desk import Desk
from ui.matching.page import MatchingPage
from ui.matching.who_could_use import WhoCouldUse
from ui.widgets.fold import Fold
from ui.window.main_window import MainWindow

K = Qt.Key


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 and R-0002 have milk for weeks. Donor 1 is near with little, 2 farther with much; 3 eats dairy.

    Donor 4 is as donor 2.
    """
    with database.writing(Action("test", "Set up")) as session:
        for name in ("Inès Roy", "Uma Cyr"):
            a_recipient(session, name, must_avoid="dairy", stock=Volume.from_oz(600), stock_on=TODAY)
        eats = with_facts(Fact(FactKind.DAIRY, Presence.YES))
        names = (
            ("Ada Lind", None, 40),
            ("Bea Moss", None, 600),
            ("Cai Noor", eats, 90),
            ("Dot Orr", None, 600),
        )
        for name, facts, ounces in names:
            donor = a_donor(session, name, facts=facts)
            put_at(session, donor.household_id, 43.3 if ounces == 600 else 43.08)
            a_stored_lot(session, donor, ounces)
    return database


@pytest.fixture
def page(qtbot: QtBot, network: Database, desk: Desk) -> MatchingPage:
    page = MatchingPage(desk)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.show_family("R-0001")
    QApplication.processEvents()
    return page


def codes(page: MatchingPage) -> list[object]:
    return [page.model.key_at(row) for row in range(page.model.rowCount())]


def test_a_donor_shows_what_counts_for_this_baby_and_whom_she_ties_with(page: MatchingPage) -> None:

    assert codes(page) == ["D-0002", "D-0004", "D-0001"]
    assert "covers all of the next 14 days" in page.why.score.text()
    assert page.why.score.tie.text() == "A tie with Dot Orr: the order among them says nothing."
    covers = page.donors.table.shown_headers().index("Covers")
    assert [row[covers] for row in page.donors.table.shown_rows()] == ["all · tie", "all · tie", "13 %"]
    page.donors.table.choose("D-0001")
    assert "covers 13 % of the next 14 days" in page.why.score.text()
    assert not page.why.score.tie.isVisible()
    assert nameless_controls(page) == []


def test_the_order_follows_the_sliders_by_keyboard_and_undo_takes_them_back(
    qtbot: QtBot, page: MatchingPage, network: Database, desk: Desk
) -> None:
    page.why.score.how.setFocus()
    qtbot.keyClick(page.why.score.how, K.Key_Space)
    how = page.order.how
    assert how is not None
    assert (how.words[PartKind.COVERS].text(), how.words[PartKind.PAIR].text()) == (
        "40 minutes",
        "30 minutes",
    )

    qtbot.keyClick(how.sliders[PartKind.COVERS], K.Key_Home)

    assert how.words[PartKind.COVERS].text() == "does not count"
    assert codes(page) == ["D-0001", "D-0002", "D-0004"]
    assert settings(network).ranking_weights == ""  # while it may still be moving
    how.close()
    QApplication.processEvents()
    assert settings(network).ranking_weights == "covers=0"
    assert codes(page) == ["D-0001", "D-0002", "D-0004"]
    history.undo(network)
    desk.changed.emit()
    QApplication.processEvents()
    assert codes(page) == ["D-0002", "D-0004", "D-0001"]


def test_one_click_goes_back_to_ours(qtbot: QtBot, page: MatchingPage, network: Database) -> None:
    page.order.explain()
    how = page.order.how
    assert how is not None
    for kind in PartKind:
        qtbot.keyClick(how.sliders[kind], K.Key_End)
    assert how.words[PartKind.PAIR].text() == "180 minutes"

    qtbot.mouseClick(how.ours, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert settings(network).ranking_weights == ""
    assert how.words[PartKind.PAIR].text() == "30 minutes"
    assert nameless_controls(how) == []
    assert cut_labels(how) == []
    how.close()


def test_why_not_unfolds_to_names_and_what_would_change_it(qtbot: QtBot, page: MatchingPage) -> None:
    page.tabs.setCurrentWidget(page.why_not)
    QApplication.processEvents()

    assert page.why_not.counts.text() == "3 of 4 donors fit now."
    (fold,) = [one for one in page.why_not.findChildren(Fold) if one.isVisible()]
    assert fold.button.text() == "1 eats dairy; baby must avoid dairy"
    told = [label.text() for label in fold.findChildren(QLabel) if label.isVisible()]
    assert "Cai Noor" in told
    qtbot.keyClick(fold.button, K.Key_Space)
    assert not fold.body.isVisible()


def test_who_could_use_a_lot_is_asked_from_its_donor_and_leads_to_that_family(
    qtbot: QtBot, page: MatchingPage
) -> None:
    page.show_family("L-0004")
    QApplication.processEvents()
    (dialog,) = page.findChildren(WhoCouldUse)

    assert dialog.heading.text() == "L-0004 of Dot Orr: who could use this?"
    assert dialog.tabs.tabText(1) == "Why not (0)"
    assert "others with milk free within 45 minutes" in dialog.score.text()
    dialog.table.choose("R-0002")
    assert nameless_controls(dialog) == []
    qtbot.keyClick(dialog.table, K.Key_Return)
    QApplication.processEvents()

    assert page._code == "R-0002"
    assert page.donors.table.chosen_key == "D-0004"


def test_a_family_that_she_was_set_aside_for_is_brought_back_from_her_side_too(
    qtbot: QtBot, page: MatchingPage, network: Database
) -> None:
    set_aside(network, "R-0002", "D-0002")
    dialog = page.order.who_could_use("D-0002")
    dialog.tabs.setCurrentWidget(dialog.why_not)
    QApplication.processEvents()
    (back,) = (
        one for one in dialog.findChildren(QPushButton) if one.text() == "Bring back" and one.isVisible()
    )

    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)

    assert rank_donors(network, "R-0002", TODAY).set_aside == ()
    assert dialog.tabs.tabText(1) == "Why not (0)"
    dialog.close()


def test_who_could_use_milk_that_is_gone_closes_and_says_so(
    qtbot: QtBot, page: MatchingPage, network: Database, desk: Desk
) -> None:
    dialog = page.order.who_could_use("D-0002")
    remove_family(network, "D-0002", TODAY)

    with qtbot.waitSignal(desk.complained) as complaint:
        desk.changed.emit()

    assert "D-0002" in complaint.args[0]
    assert not dialog.isVisible()


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, page: MatchingPage, desk: Desk) -> None:
    window = MainWindow(desk.display)
    qtbot.addWidget(window)
    window.add_page("match", "Match", page)
    with qtbot.waitExposed(window):
        window.show()
    page.strip.buttons[0].setFocus()
    qtbot.keyClick(page.strip.buttons[0], K.Key_Return)
    assert page.strip.shown is not None

    page.why.sources_shown.setFocus()
    qtbot.keyClick(page.why.sources_shown, K.Key_Enter)
    assert page.why.sources_shown.isChecked()


def test_what_leads_to_everybodys_milk_is_there_while_no_family_is_chosen(
    qtbot: QtBot, page: MatchingPage, desk: Desk
) -> None:
    page._show_nobody()
    QApplication.processEvents()

    assert page.header.promises.isVisible()
    assert page.header.plan.isVisible()
    with qtbot.waitSignal(desk.page_wanted) as asked:
        page.header.promises.click()
    assert asked.args == ["promises", ""]
