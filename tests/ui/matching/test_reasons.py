"""Why, in the window: what reasons rest on, the bags that fit, who overruled what, medicine decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.policies.verdicts import OverruledBy
from coordinator.domain.records.history import Action
from coordinator.services.families.donors import donor
from coordinator.services.imports.told_answers import record_answer
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.ui.accessibility import cut_labels, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.donors.answers_tab import AnswersTab
from ui.matching.page import MatchingPage
from ui.matching.reason_parts import SourcesSwitch
from ui.widgets.fields.edit_field import EditField

LEFT = Qt.MouseButton.LeftButton
LAPTOP = (1093, 540)


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 avoids dairy: D-0002 ate it until October, D-0003 eats it, D-0001 does not; D-0004 has HIV."""
    told = (
        with_facts(),
        with_facts(Fact(FactKind.DAIRY, Presence.YES, "", date(2026, 1, 1), date(2026, 10, 1))),
        with_facts(Fact(FactKind.DAIRY, Presence.YES)),
        with_facts(Fact(FactKind.BLOOD_TEST, Presence.YES, "HIV positive", TODAY, None)),
    )
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, must_avoid="dairy")
        for name, facts in zip(("Ada Lind", "Bea Moss", "Cai Noor", "Dot Orr"), told, strict=True):
            a_stored_lot(session, a_donor(session, name, facts=facts))
    return database


def page_of(qtbot: QtBot, desk: Desk, size: tuple[int, int] = LAPTOP) -> MatchingPage:
    page = MatchingPage(desk)
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    page.show_family("R-0001")
    QApplication.processEvents()
    return page


def button(holder: QWidget, words: str) -> QPushButton:
    found = [one for one in holder.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    assert found, [one.text() for one in holder.findChildren(QPushButton) if one.isVisible()]
    return found[0]


def type_in(qtbot: QtBot, field: EditField, text: str) -> None:
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.editor, text)


def test_the_verdict_is_said_with_the_profile_it_is_under(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    assert page.donors.table.choose("D-0001")
    assert page.why.heading.text() == "Ada Lind — Nothing against it under Community sharing, if…"


def test_on_demand_a_reason_says_value_and_source_and_once_what_is_unchecked(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    record_answer(network, "D-0001", FactKind.MEDICINE, "vitamin D", desk.today())
    page = page_of(qtbot, desk)
    page.donors.table.choose("D-0001")
    (line,) = [line for line in page.why.reasons._lines if "your clinician agrees" in line.words.text()]
    assert not line.source.isVisible()

    qtbot.keyClick(page.why.sources_shown, Qt.Key.Key_Space)

    assert line.source.isVisible()
    assert "What goes with a prenatal vitamin: vitamin D" in line.source.text()
    assert "nchecked" not in line.source.text()
    assert page.why.reasons.sources().count("Unchecked: ") <= 1
    assert "Our choice: What goes with a prenatal vitamin" in page.why.reasons.sources()


def test_a_reason_says_the_answer_it_met_and_the_days_it_is_about(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    page.tabs.setCurrentWidget(page.why_not)
    QApplication.processEvents()

    match = next(m for m in rank_donors(network, "R-0001", TODAY).not_a_fit if m.code == "D-0004")
    (reason,) = [one for one in match.verdict.reasons if one.is_final]
    assert reason.fact
    told = [line.source.text() for line in page.why_not.findChildren(type(page.why.reasons._lines[0]))]
    assert any(f"Her answer: {reason.fact}" in text for text in told)


def test_whether_sources_are_shown_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    switch = SourcesSwitch(memory)
    qtbot.addWidget(switch)
    assert not switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)

    again = SourcesSwitch(memory)
    qtbot.addWidget(again)
    assert again.isChecked()


def test_the_bags_that_fit_go_into_the_form_with_a_button(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    assert page.donors.table.choose("D-0002")
    assert page.why.parts.text().startswith("L-0002: only bags dated ")
    proposed = page.why.only_from.value
    assert isinstance(proposed, date)
    type_in(qtbot, page.why.only_from, "11/1/2026")
    page.why.only_from.leave()

    qtbot.mouseClick(button(page.why, "Take these bags"), LEFT)

    assert page.why.only_from.value == proposed


def test_a_parent_who_was_told_overrules_a_reason_and_it_can_be_taken_back(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    page.tabs.setCurrentWidget(page.why_not)
    QApplication.processEvents()
    qtbot.mouseClick(button(page.why_not, "Overruled by…"), LEFT)
    form = page.acts.form
    assert form is not None
    assert form.disclosed_field.typed() == "eats dairy; baby must avoid dairy"

    qtbot.mouseClick(form.save_button, LEFT)
    assert form.problem.text() == "Choose who decided: the receiving parent or a clinician."
    form.by_field.set_value(OverruledBy.PARENT)
    qtbot.mouseClick(form.save_button, LEFT)
    assert form.problem.text().startswith("Type the name of the receiving parent")
    type_in(qtbot, form.name_field, "Ines Roy")
    qtbot.mouseClick(form.save_button, LEFT)

    assert page.acts.form is None
    page.tabs.setCurrentWidget(page.why)
    assert page.donors.table.choose("D-0003")
    assert "Ines Roy, the receiving parent, decided on Nov 21, 2026" in page.why.reasons.text()

    qtbot.mouseClick(button(page.why, "Take back"), LEFT)
    assert not page.donors.table.choose("D-0003")
    history.undo(network)
    assert "D-0003" in [match.code for match in rank_donors(network, "R-0001", TODAY).matches]


def test_only_a_parent_or_a_clinician_can_be_chosen(qtbot: QtBot, network: Database, desk: Desk) -> None:
    page = page_of(qtbot, desk)
    page.tabs.setCurrentWidget(page.why_not)
    QApplication.processEvents()
    qtbot.mouseClick(button(page.why_not, "Overruled by…"), LEFT)
    assert page.acts.form is not None
    box = page.acts.form.by_field.box
    assert [box.itemText(at) for at in range(box.count())] == [
        "Choose…",
        "The receiving parent",
        "A clinician",
    ]


def test_what_stands_for_every_baby_offers_no_button_and_says_so(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = page_of(qtbot, desk)
    page.tabs.setCurrentWidget(page.why_not)
    QApplication.processEvents()
    names = [one.accessibleName() for one in page.why_not.findChildren(QPushButton) if one.isVisible()]

    assert [name for name in names if "D-0004" in name] == []
    assert len([name for name in names if "D-0003" in name]) == 1
    lines = page.why_not.findChildren(type(page.why.reasons._lines[0]))
    (final,) = [line.words.text() for line in lines if "not for any baby" in line.words.text()]
    assert final.endswith("Nobody decides otherwise about this.")


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_a_long_list_is_read_in_a_small_window_and_every_control_has_a_name(
    qtbot: QtBot, network: Database, desk: Desk, scale: float
) -> None:
    theme.apply(QApplication.instance(), font_scale=scale)  # type: ignore[arg-type] # the one application
    page = page_of(qtbot, desk)
    page.donors.table.choose("D-0002")
    page.why.sources_shown.setChecked(True)
    for tab in (page.why, page.why_not):
        page.tabs.setCurrentWidget(tab)
        QApplication.processEvents()
        assert nameless_controls(page) == []
        assert cut_labels(tab) == []


# Medicines on the Answers tab.


@pytest.fixture
def answers(qtbot: QtBot, database: Database, desk: Desk) -> AnswersTab:
    """Show D-0001, who takes sertraline, a prenatal vitamin and methotrexate."""
    facts = with_facts(
        Fact(FactKind.MEDICINE, Presence.YES, "sertraline"),
        Fact(FactKind.MEDICINE, Presence.YES, "methotrexate"),
        Fact(FactKind.SUPPLEMENT, Presence.YES, "prenatal vitamin"),
    )
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, facts=facts)
    tab = AnswersTab(desk)
    qtbot.addWidget(tab)
    tab.resize(340, 700)

    def show() -> None:
        tab.show_donor(donor(database, "D-0001", TODAY))

    desk.changed.connect(show)
    show()
    with qtbot.waitExposed(tab):
        tab.show()
    return tab


def words_of(tab: AnswersTab) -> str:
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415 - only here

    return "\n".join(label.text() for label in tab.findChildren(QLabel) if label.isVisible())


def test_a_medicine_nobody_decided_about_says_so_and_others_do_not(answers: AnswersTab) -> None:
    names = [one.accessibleName() for one in answers.findChildren(QPushButton)]

    assert [name for name in names if name.startswith("Decide")] == ["Decide… sertraline"]
    assert words_of(answers).count("Nobody has decided yet") == 1
    assert "Not for any baby: nobody decides otherwise." in words_of(answers)


def test_a_decision_is_noted_with_who_when_and_why_and_the_newest_counts(
    qtbot: QtBot, answers: AnswersTab
) -> None:
    for words, by in (("No objection", "Dr. Fox"), ("The family decides", "Dr. Wren")):
        text = "Decide…" if by == "Dr. Fox" else "Decide anew…"
        qtbot.mouseClick(button(answers, text), LEFT)
        form = answers.form
        assert form is not None
        qtbot.mouseClick(form.save_button, LEFT)
        assert form.problem.text() == "Choose what was decided."
        form.decision_field.box.setCurrentText(words)
        qtbot.mouseClick(form.save_button, LEFT)
        assert form.problem.text() == "Type who decided, and why."
        type_in(qtbot, form.by_field, by)
        type_in(qtbot, form.reason_field, "low dose")
        qtbot.mouseClick(form.save_button, LEFT)
        assert answers.form is None
        QApplication.processEvents()

    said = words_of(answers)
    assert "The family decides — Dr. Wren, 11/21/26: low dose" in said
    assert "Before: No objection — Dr. Fox, 11/21/26: low dose" in said
    assert "Nobody has decided yet" not in said


@pytest.mark.usefixtures("dressed")
def test_the_form_of_a_decision_has_names_and_no_cut_words(qtbot: QtBot, answers: AnswersTab) -> None:
    qtbot.mouseClick(button(answers, "Decide…"), LEFT)
    assert answers.form is not None
    assert nameless_controls(answers.form) == []
    assert cut_labels(answers.form) == []
    assert answers.form.decision_field.editor.hasFocus()


def test_a_decision_can_be_for_every_donor(qtbot: QtBot, answers: AnswersTab) -> None:
    qtbot.mouseClick(button(answers, "Decide…"), LEFT)
    form = answers.form
    assert form is not None
    form.decision_field.box.setCurrentText("No objection")
    type_in(qtbot, form.by_field, "Dr. Fox")
    type_in(qtbot, form.reason_field, "low dose")
    form.everyone_box.setChecked(True)
    qtbot.mouseClick(form.save_button, LEFT)
    QApplication.processEvents()

    assert "No objection, for every donor — Dr. Fox, 11/21/26: low dose" in words_of(answers)
