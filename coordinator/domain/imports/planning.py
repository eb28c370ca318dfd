"""What an import would do with each row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.donor_rows import FACT_KINDS, KEYS_OF_TOPICS
from coordinator.domain.imports.people import Directory, KnownPerson, LookAlike
from coordinator.domain.imports.row_answers import Answers, QuestionAnswer
from coordinator.sayings import Saying, as_written, coded, saying

ANSWERED_AT = "timestamp"
ROLE = "role"
QUESTION = "question"
"""Keys of changes that are no field: the family gets another role, a cell now raises a question."""

HOUSEHOLD_KEYS = {
    "name", "email", "phone", "street", "town", "state", "zip", "preferred_contact", "languages",
    "hours", "notes", "read_before_ringing", "other_phone", "other_email",
}  # fmt: skip
"""Fields kept with the household, whatever its roles."""


class Outcome(StrEnum):
    """What happens with a row; every row has exactly one."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    OLDER_ANSWER = "older answer"
    NEEDS_A_LOOK = "needs a look"
    LEFT_OUT = "left out"


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


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row of the preview.

    ``person`` is whom an update is for. ``replaced_by`` is the row of the later answer by the same
    person; ``None`` beside an older answer means that the network already knows a later one. A row that
    needs a look comes in as a family of its own unless the coordinator says that she is one of
    ``look_alikes``, or the row ``waits``: then it does not come in; other rows name theirs only for
    information. ``questions`` would come on her call list.
    """

    answers: Answers
    outcome: Outcome
    person: KnownPerson | None = None
    replaced_by: int | None = None
    changes: tuple[FieldChange, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    questions: tuple[QuestionAnswer, ...] = ()
    removed: str = ""
    """The code the row is about, where that was removed and the row tells something new: it is left out."""

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.answers.number

    @property
    def waits(self) -> Saying:
        """Why the row is not written; nothing when it is."""
        return self.answers.waits


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each outcome; they add up to ``rows``."""

    rows: int
    new: int
    updated: int
    unchanged: int
    older_answers: int
    needs_a_look: int
    left_out: int = 0


def plan_rows(answers: Sequence[Answers], known: Sequence[KnownPerson]) -> tuple[RowPlan, ...]:
    """Return a plan for every row, in the order of the file.

    Of two answers by one person the one of the later day counts, of one day the lower row: forms append,
    and their clocks run in other zones. A person surely known is updated; one who only shares a phone,
    a name, or an e-mail under another name needs a look. Nothing is taken for a code that was removed.
    A row that waits for the coordinator's word needs a look too, and is compared with nobody.
    """
    settled = [row for row in answers if not row.waits]
    replaced = _older_answers(settled)
    everyone = Directory(person.contact for person in known)
    counting = [row for row in settled if row.number not in replaced]
    in_file = Directory(row.contact for row in counting)
    plans = []
    for row in answers:
        if row.waits:
            plans.append(RowPlan(row, Outcome.NEEDS_A_LOOK))
            continue
        if row.number in replaced:
            plans.append(RowPlan(row, Outcome.OLDER_ANSWER, replaced_by=replaced[row.number]))
            continue
        person = _known_as(row, known, everyone)
        alikes = (*_alikes_known(row, person, known, everyone), *_alikes_in_file(row, counting, in_file))
        plans.append(_plan(row, person, alikes))
    return tuple(plans)


def count(plans: Sequence[RowPlan]) -> Counts:
    """Return how many rows have each outcome."""
    by = Counter(plan.outcome for plan in plans)
    return Counts(
        rows=len(plans),
        new=by[Outcome.NEW],
        updated=by[Outcome.UPDATE],
        unchanged=by[Outcome.UNCHANGED],
        older_answers=by[Outcome.OLDER_ANSWER],
        needs_a_look=by[Outcome.NEEDS_A_LOOK],
        left_out=by[Outcome.LEFT_OUT],
    )


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
        QuestionAnswer(
            _topic(change.key),
            coded(
                "asked.form_tells_otherwise",
                "The form of {name} tells {field}: {new}; here it is {old}. What is so?",
                name=row.contact.name,
                field=change.said,
                new=change.new,
                old=change.old,
            ),
            change.new,
        )
        for change, before in _told_otherwise(row, person)
        if _is_of_the_family(row, person, change, before) and not (is_first and change.key in HOUSEHOLD_KEYS)
    )


def _told_otherwise(row: Answers, person: KnownPerson) -> Iterator[tuple[FieldChange, str]]:
    """Return each answer that is new, and what was known of it before: of her last form, or without one."""
    last = person.last_values.get(row.role)
    labels = {field.topic: field.label for field in FIELDS[row.role]}
    for key, new in row.values.items():
        stored = person.stored.get(key, "")
        known = person.before.get(key, "" if row.role in person.kept else stored)
        before = known if last is None else last.get(key, "")
        stored = person.stored.get(key, before)
        if key != ANSWERED_AT and _differ(before, new) and _differ(stored, new):
            shown = [national_phone(value) if key == "phone" else value for value in (stored, new)]
            yield FieldChange(key, labels.get(key) or as_written(key.replace("_", " ")), *shown), before


def _is_of_the_family(row: Answers, person: KnownPerson, change: FieldChange, before: str) -> bool:
    """Whether what would change is not what the merged household told, but the family it became.

    Milk at home is told anew with every form: of that the later day counts.
    """
    stored = person.stored.get(change.key, "")
    if not person.is_merged or not stored or not _differ(before, stored):
        return False
    is_first_of_kept = row.role in person.kept and row.role not in person.last_values
    return change.key in HOUSEHOLD_KEYS or (is_first_of_kept and change.key != "stock")


def _topic(key: str) -> str:
    return FACT_KINDS[key].value if key in FACT_KINDS else key


def questions_for(row: Answers, person: KnownPerson) -> tuple[QuestionAnswer, ...]:
    """Return what is to be asked of *person* after this row: nothing asked before, nothing known already."""
    return tuple(
        question
        for question in row.questions
        if question.key not in person.asked
        and (question.raw or not person.stored.get(KEYS_OF_TOPICS.get(question.topic, question.topic)))
    )


def _plan(row: Answers, person: KnownPerson | None, alikes: tuple[LookAlike, ...]) -> RowPlan:
    if person is None:
        outcome = Outcome.NEEDS_A_LOOK if alikes else Outcome.NEW
        return RowPlan(row, outcome, look_alikes=alikes, questions=row.questions)
    if row.values.get(ANSWERED_AT, "9")[:10] < person.last_values.get(row.role, {}).get(ANSWERED_AT, "")[:10]:
        return RowPlan(row, Outcome.OLDER_ANSWER, person, look_alikes=alikes)
    conflicts = tuple(one for one in conflicts_of(row, person) if one.key not in person.asked)
    questions = questions_for(row, person)
    changes = changes_for(row, person)
    shown = questions if row.role in person.last_values else ()
    questions += conflicts
    changes += tuple(FieldChange(QUESTION, saying("Question"), "", one.text) for one in (*shown, *conflicts))
    if row.role not in person.codes:
        role = FieldChange(ROLE, saying("Role"), ", ".join(person.codes), str(row.role.words))
        changes = (role, *changes)
    if changes and row.role in person.removed:
        return RowPlan(row, Outcome.LEFT_OUT, person, look_alikes=alikes, removed=person.codes[row.role])
    outcome = Outcome.UPDATE if changes else Outcome.UNCHANGED
    return RowPlan(row, outcome, person, changes=changes, look_alikes=alikes, questions=questions)


def _older_answers(answers: Sequence[Answers]) -> dict[int, int]:
    """Return row number -> number of the row by the same person that counts instead."""
    directory = Directory(row.contact for row in answers)
    firsts: list[int] = []  # of each row the first one of its person
    counts: dict[int, int] = {}  # a person's first row -> the one that counts
    for index, row in enumerate(answers):
        lowest = directory.same(row.contact)[:1] or [index]
        first = firsts[lowest[0]] if lowest[0] < index else index
        firsts.append(first)
        counts[first] = max(counts.get(first, index), index, key=lambda i: (_day(answers[i]), i))
    return {
        answers[index].number: answers[counts[first]].number
        for index, first in enumerate(firsts)
        if counts[first] != index
    }


def _day(row: Answers) -> date:
    return row.answered_at.date() if row.answered_at else date.min


def _known_as(row: Answers, known: Sequence[KnownPerson], everyone: Directory) -> KnownPerson | None:
    same = [known[index] for index in everyone.same(row.contact)]
    # A household that already has this role, and was told of by e-mail, comes first.
    same.sort(key=lambda person: (row.role not in person.codes, person.contact.email != row.contact.email))
    return same[0] if same else None


def _alikes_known(
    row: Answers, person: KnownPerson | None, known: Sequence[KnownPerson], everyone: Directory
) -> list[LookAlike]:
    return [
        LookAlike(reason, code=known[index].code)
        for index, reason in everyone.alike(row.contact)
        if person is None or known[index].household_id != person.household_id
    ]


def _alikes_in_file(row: Answers, counting: Sequence[Answers], in_file: Directory) -> list[LookAlike]:
    """Name each pair once, at its lower row: the upper one comes in first."""
    return [
        LookAlike(reason, row=counting[index].number)
        for index, reason in in_file.alike(row.contact)
        if counting[index].number < row.number
    ]


def _differ(old: str, new: str) -> bool:
    return " ".join(old.split()).casefold() != " ".join(new.split()).casefold()
