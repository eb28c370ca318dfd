"""Who overruled a "not a fit": the receiving parent who was told of it, or a named clinician; nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.policies.verdicts import OverruledBy, Overruling
from coordinator.services.suitability import overruling
from ui.desk import Desk
from ui.matching.reason_list import Told
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError, TextField
from ui.widgets.fields.form_dialog import FormDialog, typed_in
from ui.widgets.fields.value_fields import ChoiceField, DateField


class OverruleForm(FormDialog):
    """What was told is filled in with the reason's own words, which must stay; more may be added."""

    def __init__(self, desk: Desk, told: Told, parent: QWidget | None = None) -> None:
        match = told.match
        super().__init__(
            desk, translate("OverruleForm", "Who overruled it?"), translate("OverruleForm", "Note it"), parent
        )
        self._told = told
        self.said = self.tr("Noted. It stays in the reasons, with the name and the day.")
        self.say(
            self.tr("{donor} for {family}: {reason}").format(
                donor=match.name, family=match.seeker.name, reason=told.reason.text
            ),
            "strong",
        )
        self.say(
            self.tr(
                "Only the receiving parent who was told of it, or a clinician, decides this; never whoever "
                "coordinates alone. It stays in the reasons."
            ),
            "quiet",
        )
        self.by_field = ChoiceField(
            [
                (None, self.tr("Choose…")),
                (OverruledBy.PARENT, self.tr("The receiving parent")),
                (OverruledBy.CLINICIAN, self.tr("A clinician")),
            ]
        )
        self.add(self.tr("Who decided"), self.by_field)
        self.name_field = LineField(hint=self.tr("first and last name"))
        self.add(self.tr("Name"), self.name_field)
        self.day_field = DateField(desk.today)
        self.day_field.set_value(desk.today())
        self.add(self.tr("Decided on"), self.day_field)
        lot = told.part.lot.code
        self.about_field = ChoiceField(
            [(lot, self.tr("{lot} only").format(lot=lot)), ("", self.tr("All her milk"))]
        )
        self.add(self.tr("About"), self.about_field)
        self.disclosed_field = TextField(lines=3)
        self.disclosed_field.set_value(told.reason.text)
        self.add(self.tr("What they were told"), self.disclosed_field)

    def work(self) -> Callable[[], object]:
        """Return the note."""
        by, on = typed_in(self.by_field), typed_in(self.day_field)
        if by is None:
            raise NotUnderstoodError(self.tr("Choose who decided: the receiving parent or a clinician."))
        if on is None:
            raise NotUnderstoodError(self.tr("Type the day they decided."))
        decided = Overruling(
            rule=self._told.reason.rule,
            recipient_code=self._told.match.seeker.code,
            by=by,
            name=str(typed_in(self.name_field) or ""),
            on=on,
            disclosed=str(typed_in(self.disclosed_field) or ""),
            donor_code=self._told.match.code,
            lot_code=str(typed_in(self.about_field) or ""),
        )
        return partial(overruling.record_overruling, self._desk.database, decided, self._desk.today())
