"""What was decided about a donor's medicine, under her answer, and the form that notes a decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.facts.medicine_names import medicine_key
from coordinator.domain.screening.donors import Donor
from coordinator.domain.suitability.medicines import KINDS
from coordinator.domain.suitability.never import is_final
from coordinator.services.screening import decisions
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError, TextField
from ui.widgets.fields.form_dialog import FormDialog, typed_in
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField, DateField
from ui.widgets.rows import Row, text_label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_WORDS = {
    Decided.NO_OBJECTION: QT_TRANSLATE_NOOP("Decisions", "No objection"),
    Decided.ASK_FAMILY: QT_TRANSLATE_NOOP("Decisions", "The family decides"),
    Decided.NOT_A_FIT: QT_TRANSLATE_NOOP("Decisions", "Not a fit"),
}


def add_decisions(row: Row, fact: Fact, donor: Donor, decide: Callable[[], None]) -> None:
    """Add to the row of a medicine what was decided about it, the newest first, and the button to decide.

    Nothing is added to other answers, nor where the policy asks for no decision.
    """
    if fact.kind not in KINDS or fact.presence is not Presence.YES:
        return
    if is_final(fact):
        row.add(text_label(translate("Decisions", "Not for any baby: nobody decides otherwise."), "quiet"))
        return
    decided = [one for one in donor.decisions if medicine_key(one.medicine) == medicine_key(fact.subject)]
    is_waiting = fact.id in donor.undecided
    if is_waiting:
        row.add(text_label(translate("Decisions", "Nobody has decided yet"), "ask"))
    for at, one in enumerate(reversed(decided)):
        row.add(text_label(decision_words(one, is_newest=at == 0), "" if at == 0 else "quiet"))
    if not fact.subject or not (decided or is_waiting):
        return
    words = translate("Decisions", "Decide…") if is_waiting else translate("Decisions", "Decide anew…")
    button = row.add_button(words, f"{words} {fact.subject}")
    button.clicked.connect(decide)


def decision_words(decision: MedicineDecision, *, is_newest: bool) -> str:
    """Return who decided what, when and why."""
    said = (
        translate("Decisions", "{what} — {who}, {day}: {why}")
        if is_newest
        else translate("Decisions", "Before: {what} — {who}, {day}: {why}")
    )
    what = translate("Decisions", _WORDS[decision.decision])
    return said.format(
        what=translate("Decisions", "{what}, for every donor").format(what=what)
        if decision.for_everyone
        else what,
        who=decision.by,
        day=show_date(decision.on),
        why=decision.reason,
    )


class DecideForm(FormDialog):
    """What was decided, by whom, when and why. The program proposes nothing."""

    def __init__(self, desk: Desk, donor: str, medicine: str, parent: QWidget | None = None) -> None:
        title = translate("Decisions", "{medicine}: what was decided?").format(medicine=medicine)
        super().__init__(desk, title, translate("Decisions", "Note it"), parent)
        self._donor, self._medicine = donor, medicine
        self.say(title, "strong")
        self.say(
            translate(
                "Decisions",
                "The program decides nothing about medicine. Ask somebody who knows medicines in milk, and "
                "note who said what. The newest decision counts, for all babies.",
            ),
            "quiet",
        )
        choices = [(kind, translate("Decisions", words)) for kind, words in _WORDS.items()]
        self.decision_field = ChoiceField([(None, translate("Decisions", "Choose…")), *choices])
        self.add(translate("Decisions", "Decision"), self.decision_field)
        self.by_field = LineField(hint=translate("Decisions", "first and last name"))
        self.add(translate("Decisions", "Who decided"), self.by_field)
        self.day_field = DateField(desk.today)
        self.day_field.set_value(desk.today())
        self.add(translate("Decisions", "Decided on"), self.day_field)
        self.reason_field = TextField(lines=2)
        self.add(translate("Decisions", "Why"), self.reason_field)
        self.everyone_box = QCheckBox(translate("Decisions", "For every donor who takes it"))
        self.everyone_box.setAccessibleName(self.everyone_box.text())
        self.form.add_widget(self.everyone_box)

    def work(self) -> Callable[[], object]:
        """Return the note."""
        decision, on = typed_in(self.decision_field), typed_in(self.day_field)
        if decision is None:
            raise NotUnderstoodError(translate("Decisions", "Choose what was decided."))
        if on is None:
            raise NotUnderstoodError(translate("Decisions", "Type the day it was decided."))
        decided = MedicineDecision(
            medicine=self._medicine,
            decision=decision,
            by=str(typed_in(self.by_field) or ""),
            on=on,
            reason=str(typed_in(self.reason_field) or ""),
            for_everyone=self.everyone_box.isChecked(),
        )
        database, today = self._desk.database, self._desk.today()
        return partial(decisions.decide_medicine, database, self._donor, decided, today)
