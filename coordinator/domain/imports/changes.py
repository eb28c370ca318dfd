"""What a row would change of somebody known, what it only asks, and what is hers to choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.donor_rows import KEYS_OF_TOPICS
from coordinator.domain.imports.older_answers import ONE_BABY, topic_of
from coordinator.domain.imports.people import KnownPerson
from coordinator.domain.imports.row_answers import Answers, QuestionAnswer
from coordinator.sayings import Saying, as_written, coded

ANSWERED_AT = "timestamp"
ROLE = "role"
QUESTION = "question"
"""Keys of changes that are no field: the family gets another role, a cell now raises a question."""

HOUSEHOLD_KEYS = {
    "name", "email", "phone", "street", "town", "state", "zip", "preferred_contact", "languages",
    "hours", "notes", "read_before_ringing", "other_phone", "other_email",
}  # fmt: skip
"""Fields kept with the household, whatever its roles."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value an update would replace. ``old`` is empty where nothing was known."""

    key: str
    said: Saying
    old: str
    new: str

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(self.said)


def changes_for(row: Answers, person: KnownPerson) -> tuple[FieldChange, ...]:
    """Return what this row would change of *person*: only what she answered differently than last time.

    So a correction made in the program is not undone by importing the same form again. A blank answer
    changes nothing. Capitals alone change nothing. Of a household that was merged, what the family it
    became is called, and how to reach it, stays: :func:`conflicts_of`.
    """
    told = _told_otherwise(row, person)
    return tuple(change for change, before in told if not _is_of_the_family(row, person, change, before))


def conflicts_of(row: Answers, person: KnownPerson) -> tuple[QuestionAnswer, ...]:
    """Return what to ask about a merged household's form that tells otherwise what its family told itself.

    Of its first form the name and how to reach it are no question: the coordinator knew them and merged.
    """
    is_first = row.role not in person.last_values
    return tuple(
        asked_otherwise(row, change)
        for change, before in _told_otherwise(row, person)
        if _is_of_the_family(row, person, change, before) and not (is_first and change.key in HOUSEHOLD_KEYS)
    )


def asked_otherwise(row: Answers, change: FieldChange) -> QuestionAnswer:
    """Return the question which of two values is so."""
    said = coded(
        "asked.form_tells_otherwise",
        "The form of {name} tells {field}: {new}; here it is {old}. What is so?",
        name=row.contact.name,
        field=change.said,
        new=change.new,
        old=change.old,
    )
    return QuestionAnswer(topic_of(change.key), said, change.new)


def _told_otherwise(row: Answers, person: KnownPerson) -> Iterator[tuple[FieldChange, str]]:
    """Return each answer that is new, and what was known of it before: of her last form, or without one."""
    last = person.last_values.get(row.role)
    labels = {field.topic: field.label for field in FIELDS[row.role]}
    for key, new in row.values.items():
        stored = person.stored.get(key, "")
        known = person.before.get(key, "" if row.role in person.kept else stored)
        before = known if last is None else last.get(key, "")
        stored = person.stored.get(key, before)
        if row.role not in person.codes and key not in HOUSEHOLD_KEYS:
            before = stored = ""  # what another role tells under this key is of something else
        is_told = key != ANSWERED_AT and (key, new) != ONE_BABY
        if is_told and _differ(key, before, new) and _differ(key, stored, new):
            shown = [national_phone(value) if key == "phone" else value for value in (stored, new)]
            yield FieldChange(key, labels.get(key) or as_written(key.replace("_", " ")), *shown), before


def _is_of_the_family(row: Answers, person: KnownPerson, change: FieldChange, before: str) -> bool:
    """Whether what would change is not what the merged household told, but the family it became.

    Milk at home is told anew with every form: of that the later day counts.
    """
    stored = person.stored.get(change.key, "")
    if not person.is_merged or not stored or not _differ(change.key, before, stored):
        return False
    is_first_of_kept = row.role in person.kept and row.role not in person.last_values
    return change.key in HOUSEHOLD_KEYS or (is_first_of_kept and change.key != "stock")


def questions_for(row: Answers, person: KnownPerson) -> tuple[QuestionAnswer, ...]:
    """Return what is to be asked of *person* after this row: nothing asked before, nothing known already."""
    return tuple(
        question
        for question in row.questions
        if question.key not in person.asked
        and (question.raw or not person.stored.get(KEYS_OF_TOPICS.get(question.topic, question.topic)))
    )


def _differ(key: str, old: str, new: str) -> bool:
    if key == "name":
        return sorted(_words(old.replace(",", " "))) != sorted(_words(new.replace(",", " ")))
    return _words(old) != _words(new)


def _words(text: str) -> list[str]:
    return text.casefold().split()
