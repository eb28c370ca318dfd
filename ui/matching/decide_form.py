"""Decide once, for every donor: a small form beside the reason it answers, with name, reason and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from coordinator.domain.policies.decisions import Decides, NetworkDecision
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.values import unit_words
from coordinator.domain.suitability.offering import Offered
from coordinator.services.policies import deciding
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError, TextField
from ui.widgets.fields.form_dialog import FormDialog, typed_in
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField

_MOST = 1000
_ANY_DAY = date.min


class DecideOnceForm(FormDialog):
    """One of what is *offered* is decided; what it moves says from then on who decided."""

    def __init__(
        self, desk: Desk, offered: Sequence[Offered], reason: str, parent: QWidget | None = None
    ) -> None:
        title = translate("DecideOnceForm", "Decide once, for every donor")
        super().__init__(desk, title, translate("DecideOnceForm", "Decide"), parent)
        self._offered = tuple(offered)
        self.said = self.tr("Decided. Every match is judged by it; the policy profiles list it.")
        self.say(reason, "quiet")
        if len(offered) == 1:
            self.say(offered_words(offered[0]), "strong")
        self.say(
            self.tr("It holds for the whole network until it is taken back; families are told of it."),
            "quiet",
        )
        self.what_field = ChoiceField([(one, offered_words(one)) for one in offered])
        self.what_field.set_value(offered[0])
        if len(offered) > 1:
            self.add(self.tr("What is decided"), self.what_field)
        self.figure_field = NumberField(0, _MOST)
        if offered[0].kind is Decides.FIGURE and offered[0].figure is None:
            self.add(
                self.tr("Our figure, in {unit}").format(unit=unit_words(offered[0].unit)), self.figure_field
            )
        self._add_who(needs_clinician=offered[0].needs_clinician)

    def _add_who(self, *, needs_clinician: bool) -> None:
        self.by_field = LineField(hint=self.tr("first and last name"))
        self.add(self.tr("Who decided"), self.by_field)
        self.clinician_box = QCheckBox(self.tr("This is a clinician"))
        self.clinician_box.setAccessibleName(self.clinician_box.text())
        if needs_clinician:
            self.say(self.tr("A medicine or an herb is decided by a clinician."), "quiet")
            self.form.add_widget(self.clinician_box)
        self.day_field = DateField(self._desk.today)
        self.day_field.set_value(self._desk.today())
        self.add(self.tr("Decided on"), self.day_field)
        self.reason_field = TextField(lines=2)
        self.add(self.tr("Why"), self.reason_field)

    def work(self) -> Callable[[], object]:
        """Return the decision."""
        on = typed_in(self.day_field)
        if on is None:
            raise NotUnderstoodError(self.tr("Type the day it was decided."))
        one: Offered = self.what_field.value if len(self._offered) > 1 else self._offered[0]
        decision = NetworkDecision(
            one.kind,
            one.subject,
            str(typed_in(self.by_field) or ""),
            on,
            str(typed_in(self.reason_field) or ""),
            one.figure if one.figure is not None else typed_in(self.figure_field),
            is_clinician=self.clinician_box.isChecked(),
        )
        return partial(deciding.decide, self._desk.database, decision, self._desk.today())


def offered_words(one: Offered) -> str:
    """Return what would be decided, in words."""
    if one.kind is Decides.PANEL:
        return translate("DecideOnceForm", "A prenatal panel does for us")
    if one.kind is Decides.NAME:
        return translate("DecideOnceForm", "{name} needs no decision").format(name=one.subject)
    title = RULES[one.subject].title
    if one.figure is None:
        return translate("DecideOnceForm", "{rule}: our figure").format(rule=title)
    figure = NetworkDecision(one.kind, one.subject, "", _ANY_DAY, "", one.figure, one.unit)
    return str(figure.words)
