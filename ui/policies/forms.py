"""The small forms of a network's own profile: copy it, change a value, note a clinician's review."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import RULES, Shape
from coordinator.domain.policies.typed import typed_words
from coordinator.services.policies import profiles
from coordinator.services.policies.page_checks import note_same_figure
from ui.desk import Desk
from ui.policies.value_words import either_of, information, read_value, value_unit
from ui.translation import translate
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError, TextField
from ui.widgets.fields.form_dialog import FormDialog, typed_in
from ui.widgets.fields.value_fields import ChoiceField, DateField


class CopyForm(FormDialog):
    """Asks for the name of a copy; ``made`` is its key once it is."""

    def __init__(self, desk: Desk, source: Policy, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, translate("Policies", "Copy a profile"), translate("Policies", "Make the copy"), parent
        )
        self._source = source
        self.made = ""
        self.say(
            self.tr("“{title}” stays as it is. In your copy, values can be changed.").format(
                title=source.title
            )
        )
        self.title_field = LineField(hint=self.tr("such as the name of your network"))
        self.add(self.tr("Name of your profile"), self.title_field)

    def work(self) -> Callable[[], object]:
        """Return the copying."""
        database, key, today = self._desk.database, self._source.key, self._desk.today()
        title = str(typed_in(self.title_field) or "")

        def copy() -> None:
            self.made = profiles.copy_profile(database, key, title, today)

        return copy


class ChangeForm(FormDialog):
    """Asks for a new value, why, and who says so."""

    def __init__(self, desk: Desk, policy: Policy, value: PolicyValue, parent: QWidget | None = None) -> None:
        rule = RULES[value.rule]
        super().__init__(
            desk, translate("Policies", "Change a value"), translate("Policies", "Change it"), parent
        )
        self._key, self._rule = policy.key, rule
        self.say(str(rule.title), "strong")
        self.say(self.tr("Now: {value}").format(value=value.words))
        self.value_field = _field_for(value)
        self.add(_label_of(value), self.value_field)
        self.reason_field = TextField(lines=2)
        self.add(self.tr("Why"), self.reason_field)
        self.by_field = LineField(hint=self.tr("a name"))
        self.add(self.tr("Who says so"), self.by_field)
        self.say(
            self.tr("A changed value is unchecked until a clinician reviews it. {information}").format(
                information=information()
            ),
            "quiet",
        )

    def work(self) -> Callable[[], object]:
        """Return the change."""
        typed = typed_in(self.value_field)
        try:
            value = read_value(self._rule, "" if typed is None else str(typed))
        except NotUnderstoodError as error:
            self.value_field.reject(str(error))
            raise
        reason, by = str(typed_in(self.reason_field) or ""), str(typed_in(self.by_field) or "")
        return partial(
            profiles.change_value,
            self._desk.database,
            self._key,
            self._rule.key,
            value,
            reason,
            by,
            self._desk.today(),
        )


class ReviewForm(FormDialog):
    """Asks which clinician reviewed a value, and when."""

    def __init__(self, desk: Desk, policy: Policy, value: PolicyValue, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, translate("Policies", "Note a review"), translate("Policies", "Note it"), parent
        )
        self._key, self._rule = policy.key, value.rule
        self.say(str(RULES[value.rule].title), "strong")
        self.say(
            self.tr("The value {value} was reviewed by a clinician and stands.").format(value=value.words)
        )
        self.clinician_field = LineField(hint=self.tr("a name"))
        self.add(self.tr("Clinician"), self.clinician_field)
        self.day_field = DateField(desk.today)
        self.day_field.set_value(desk.today())
        self.add(self.tr("Reviewed on"), self.day_field)

    def work(self) -> Callable[[], object]:
        """Return the note."""
        on = typed_in(self.day_field)
        if on is None or on > self._desk.today():
            reason = self.tr("Type the day of the review, today or earlier.")
            self.day_field.reject(reason)
            raise NotUnderstoodError(reason)
        clinician = str(typed_in(self.clinician_field) or "")
        return partial(profiles.confirm_value, self._desk.database, self._key, self._rule, clinician, on)


class SameFigureForm(FormDialog):
    """Asks which page was opened today, and by whom."""

    def __init__(self, desk: Desk, policy: Policy, value: PolicyValue, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            translate("Policies", "Same figure"),
            translate("Policies", "The figure is the same"),
            parent,
        )
        self._key, self._rule = policy.key, value.rule
        self.say(str(RULES[value.rule].title), "strong")
        self.say(self.tr("Open this page in your browser. Does it say {value}?").format(value=value.words))
        self.say(value.page.to_open or self.tr("Nobody has named its page yet."), "quiet")
        self.page_field = LineField(hint="https://www.example.org/page")
        self.page_field.set_value(value.page.to_open or None)
        self.add(self.tr("Page opened today"), self.page_field)
        self.by_field = LineField(hint=self.tr("a name"))
        self.add(self.tr("Who opened it"), self.by_field)
        self.say(
            self.tr(
                "The page of {authority} itself makes the value checked in your network. A copy on another "
                "site does not, however often it is opened."
            ).format(authority=value.page.authority or self.tr("the authority")),
            "quiet",
        )

    def work(self) -> Callable[[], object]:
        """Return the note."""
        address, by = str(typed_in(self.page_field) or ""), str(typed_in(self.by_field) or "")
        database, today = self._desk.database, self._desk.today()
        return partial(note_same_figure, database, self._key, self._rule, by, today, address)


def _field_for(value: PolicyValue) -> EditField:
    rule = RULES[value.rule]
    field: EditField
    if rule.shape is Shape.CHOICE:
        field = ChoiceField(
            [*((choice, choice) for choice in rule.choices), (None, translate("Policies", "not known"))]
        )
        field.set_value(value.value)
        return field
    field = LineField() if rule.shape is Shape.AMOUNT else TextField(lines=6)
    field.set_value(typed_words(rule, value.value))
    return field


def _label_of(value: PolicyValue) -> str:
    rule = RULES[value.rule]
    match rule.shape:
        case Shape.AMOUNT:
            unit = value_unit(rule)
            return either_of(unit[:1].upper() + unit[1:], rule.choices)
        case Shape.WORDS:
            return translate("Policies", "One a line")
        case Shape.GROUPS:
            return translate("Policies", "One a line, its spellings with commas")
        case _:
            return translate("Policies", "Value")
