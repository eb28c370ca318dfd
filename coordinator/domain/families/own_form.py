"""Our own forms: what donors, families and volunteers are asked, from the table of fields.

A form is pasted into Google or Microsoft Forms, filled in as a workbook, or by hand on paper. Whichever it
is, each question is the heading of its answers, so that they come back without a click on a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.fields import FIELDS, OWN
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field, Question
from coordinator.domain.families.typed_fields import Kind
from coordinator.sayings import NOTHING, Saying, saying

ABOUT_HEALTH: Final = saying(
    "Questions about health are screening information, not a clinician’s advice; a clinician should review "
    "them."
)
"""Stands on every form that asks a mother or about a baby."""

TITLES: Final[Mapping[Role, Saying]] = {
    Role.DONOR: saying("Milk donors"),
    Role.RECIPIENT: saying("Families who need milk"),
    Role.DRIVER: saying("Volunteers who drive"),
}
"""What each list is called on its form."""

_OWN_PARTS: Final[Mapping[Role, Saying]] = {
    Role.DONOR: saying("Your baby and your milk"),
    Role.RECIPIENT: saying("Your baby and the milk you need"),
    Role.DRIVER: saying("When and how you drive"),
}
_LAST: Final = "notes"
_ABOUT_MILK: Final = (None, FactKind.HEAT_TREATED)
_FILLED_IN_BY_THEMSELVES: Final = "timestamp"
"""What Google and Microsoft write down without being asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of a form, and the field that its answer becomes."""

    field: Field
    question: Question

    @property
    def is_required(self) -> bool:
        """Whether nobody comes in without it."""
        return self.field.kind is Kind.NAME

    @property
    def is_written_down_online(self) -> bool:
        """Whether a form on the web notes it by itself."""
        return self.field.topic == _FILLED_IN_BY_THEMSELVES


@dataclass(frozen=True, slots=True)
class FormPart:
    """Questions that belong together."""

    title: Saying
    askings: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The form of one kind of list."""

    role: Role
    parts: tuple[FormPart, ...]

    @property
    def title(self) -> Saying:
        """What it is called."""
        return TITLES[self.role]

    @property
    def name(self) -> str:
        """The first words of the names of its files; no names of people are in them."""
        return _FILES[self.role]

    @property
    def askings(self) -> tuple[Asking, ...]:
        """Every question, in order."""
        return tuple(asking for part in self.parts for asking in part.askings)

    @property
    def note(self) -> Saying | None:
        """What must be said on it about questions of health."""
        return None if self.role is Role.DRIVER else ABOUT_HEALTH


_FILES: Final[Mapping[Role, str]] = {
    Role.DONOR: "donor-form",
    Role.RECIPIENT: "family-form",
    Role.DRIVER: "driver-form",
}


def own_form(role: Role) -> OwnForm:
    """Return what a *role* is asked: how to reach her, her milk or need, her health, what else there is."""
    asked = [Asking(field, field.question) for field in FIELDS[role] if field.question is not None]

    def those(belong: Callable[[Field], bool]) -> tuple[Asking, ...]:
        return tuple(asking for asking in asked if belong(asking.field))

    def is_own(field: Field) -> bool:
        return field in OWN[role] and field.fact in _ABOUT_MILK

    parts = (
        FormPart(saying("How to reach you"), those(lambda one: one not in OWN[role] and one.key != _LAST)),
        FormPart(_OWN_PARTS[role], those(is_own)),
        FormPart(saying("Your health"), those(lambda one: one.fact not in _ABOUT_MILK)),
        FormPart(NOTHING, those(lambda one: one.key == _LAST)),
    )
    return OwnForm(role, tuple(part for part in parts if part.askings))
