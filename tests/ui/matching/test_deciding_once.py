"""Decide once, in the window: beside the reason it answers; listed with the policies and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.records.history import Action
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.policies.deciding import decisions
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.matching.test_reasons import button, page_of, type_in
from ui.desk import Desk
from ui.matching.decide_form import DecideOnceForm
from ui.matching.reason_list import rests_on
from ui.policies.decided_dialog import DecidedDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def network(database: Database) -> Database:
    """D-0001 takes magnesium, D-0002 Zoloft."""
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session)
        for name, taken in (("Ada Lind", "magnesium"), ("Bea Moss", "Zoloft")):
            facts = with_facts(Fact(FactKind.MEDICINE, Presence.YES, taken))
            a_stored_lot(session, a_donor(session, name, facts=facts))
    return database


def form_for(qtbot: QtBot, desk: Desk, donor: str) -> DecideOnceForm:
    page = page_of(qtbot, desk)
    assert page.donors.table.choose(donor)
    QApplication.processEvents()
    qtbot.mouseClick(button(page.why, "Decide once…"), LEFT)
    assert page.acts.decide_form is not None
    return page.acts.decide_form


def test_a_decision_beside_a_reason_moves_the_match_and_says_who_decided(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    assert page.donors.table.choose("D-0001")
    QApplication.processEvents()
    assert page.donors.table.shown_rows()[0][1] == "A clinician decides"
    qtbot.mouseClick(button(page.why, "Decide once…"), LEFT)
    form = page.acts.decide_form
    assert form is not None
    assert (cut_labels(form), nameless_controls(form)) == ([], [])

    qtbot.mouseClick(form.save_button, LEFT)
    assert form.problem.text() == "Type who decided, and why."
    type_in(qtbot, form.by_field, "Rae Finch")
    type_in(qtbot, form.reason_field, "a mineral")
    qtbot.mouseClick(form.save_button, LEFT)
    QApplication.processEvents()

    assert page.acts.decide_form is None
    assert page.donors.table.shown_rows()[0][1] == "Ready"
    assert "needs no decision in this network (Rae Finch" in page.why.reasons.text()


def test_a_medicine_asks_for_a_clinician(qtbot: QtBot, network: Database, desk: Desk) -> None:
    form = form_for(qtbot, desk, "D-0002")
    type_in(qtbot, form.by_field, "Dr. Fox")
    type_in(qtbot, form.reason_field, "LactMed")
    qtbot.mouseClick(form.save_button, LEFT)
    assert "A clinician decides about Zoloft" in form.problem.text()

    form.clinician_box.setChecked(True)
    qtbot.mouseClick(form.save_button, LEFT)

    assert [str(one.decision.words) for one in decisions(network)] == ["Zoloft needs no decision"]


def test_what_was_decided_is_listed_and_taken_back(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = DecidedDialog(desk)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    form = form_for(qtbot, desk, "D-0001")
    type_in(qtbot, form.by_field, "Rae Finch")
    type_in(qtbot, form.reason_field, "a mineral")
    qtbot.mouseClick(form.save_button, LEFT)
    QApplication.processEvents()
    assert (cut_labels(dialog), nameless_controls(dialog)) == ([], [])

    (back,) = [one for one in dialog.rows.findChildren(QPushButton) if one.text() == "Take back"]
    qtbot.mouseClick(back, LEFT)

    assert decisions(network) == ()


def test_a_wait_of_months_is_called_our_figure_where_it_is_met(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    tattoo = Fact(FactKind.TATTOO, Presence.YES, "tattoo", TODAY - timedelta(days=90), TODAY)
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session)
        a_stored_lot(session, a_donor(session, "Ada Lind", facts=with_facts(tattoo)))
    form = form_for(qtbot, desk, "D-0001")

    assert "12 months is our figure" in "\n".join(label.text() for label in form.findChildren(QLabel))
    type_in(qtbot, form.by_field, "Rae Finch")
    type_in(qtbot, form.reason_field, "as the bank does")
    qtbot.mouseClick(form.save_button, LEFT)
    QApplication.processEvents()

    (kept,) = decisions(database)
    assert str(kept.decision.words) == "Milk after a tattoo or piercing: 12 months is our figure"
    assert (kept.decision.by, kept.decision.on, kept.is_in_force) == ("Rae Finch", TODAY, True)
    (match,) = rank_donors(database, "R-0001", TODAY).matches
    (waits,) = [one for one in match.verdict.reasons if one.rule == "tattoo_wait"]
    assert "our figure too, Rae Finch" in "\n".join(rests_on(waits))
