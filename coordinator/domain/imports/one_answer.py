"""One answer read by itself, as the same words in a spreadsheet's cell would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coordinator.domain.facts import Fact, FactKind
from coordinator.domain.households import Role
from coordinator.domain.imports.answers import Answers, DonorAnswers
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.fields import FIELDS
from coordinator.domain.imports.typed import is_field, read_typed
from coordinator.errors import UserError


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """What the words of one field say: facts about a donor, or a value; what is asked, what was not read.

    ``value`` is ``None`` for a field of facts, and for words that say no value.
    """

    field: str
    facts: tuple[Fact, ...] = ()
    questions: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    value: str | None = None


class UnknownFieldError(UserError):
    """No list has a column for it; the sentence names those there are."""

    def __init__(self, key: str, role: Role | None) -> None:
        whose = f"{role.value}s are" if role else "anybody is"
        known = ", ".join(sorted(known_fields(role)))
        super().__init__(f"“{key}” is nothing {whose} asked; the fields are: {known}.")
        self.key = key


def known_fields(role: Role | None = None) -> frozenset[str]:
    """Return the keys of all fields, or of those that a *role* list has."""
    roles = Role if role is None else (role,)
    return frozenset(field.key for one in roles for field in FIELDS[one])


def read_one(key: str, words: str, today: date, role: Role | None = None) -> OneAnswer:
    """Return what *words*, typed as the answer about field *key*, say on the day *today*.

    Args:
        key: Of a field, such as ``dairy`` or ``must_avoid``.
        words: As typed; blank is an answer not given.
        today: The day of the reading: what lies ahead of it is asked about.
        role: Whose list; the first of donor, recipient and driver that has the field when not given.

    Raises:
        UnknownFieldError: If no list has the field.
    """
    whose = next((one for one in ((role,) if role else Role) if is_field(one, key)), None)
    if whose is None:
        raise UnknownFieldError(key, role)
    answers = read_typed(whose, {key: words}, today)
    kind = FACT_KINDS.get(key) if whose is Role.DONOR else None
    questions = _questions(answers, _blank(whose, today), key, kind)
    if kind is None:
        return OneAnswer(key, questions=questions, value=_value(answers.values, key))
    return OneAnswer(key, _facts(answers), questions)


@lru_cache(maxsize=16)
def _blank(role: Role, today: date) -> Answers:
    """Return a row in which nothing is answered."""
    return read_typed(role, {}, today)


def _questions(answers: Answers, blank: Answers, key: str, kind: FactKind | None) -> tuple[str, ...]:
    """Return what is asked because of these words, not because all else is blank."""
    topics = {key, kind.value if kind else key}
    return tuple(
        question.text
        for question in answers.questions
        if question.topic in topics or question not in blank.questions
    )


def _facts(answers: Answers) -> tuple[Fact, ...]:
    return answers.detail.facts if isinstance(answers.detail, DonorAnswers) else ()


def _value(values: Mapping[str, str], key: str) -> str | None:
    return values.get(key)
