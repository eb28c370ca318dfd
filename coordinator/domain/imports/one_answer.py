"""One answer read by itself, as the same words in a spreadsheet's cell would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.contacts import tidy
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.reading import KINDS, READERS, Reading, read, read_kind
from coordinator.domain.reading.dates import decide_order
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """What the words of one field say: facts about a donor, or a value; what is asked, what was not read.

    ``value`` is ``None`` for a field of facts, and for words that say no value. ``freezer`` has both: where
    the milk is kept stands with the lot, and a power cut is a fact.
    """

    field: str
    facts: tuple[Fact, ...] = ()
    questions: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    value: str | None = None


class UnknownFieldError(UserError):
    """No list has a column for it; the sentence names those there are."""

    def __init__(self, key: str, role: Role | None) -> None:
        known = tuple(sorted(known_fields(role)))
        super().__init__(_unknown(key, known, role))
        self.key = key


def _unknown(key: str, known: tuple[str, ...], role: Role | None) -> Saying:
    match role:
        case Role.DONOR:
            return saying(
                "“{key}” is nothing donors are asked; the fields are: {known}.", key=key, known=known
            )
        case Role.RECIPIENT:
            return saying(
                "“{key}” is nothing recipients are asked; the fields are: {known}.", key=key, known=known
            )
        case Role.DRIVER:
            return saying(
                "“{key}” is nothing drivers are asked; the fields are: {known}.", key=key, known=known
            )
    return saying("“{key}” is nothing anybody is asked; the fields are: {known}.", key=key, known=known)


def known_fields(role: Role | None = None) -> frozenset[str]:
    """Return the keys of all fields, or of those a *role* list has; for a donor also what only calls ask."""
    roles = Role if role is None else (role,)
    keys = {field.topic for one in roles for field in FIELDS[one]}
    return frozenset(keys | _ON_CALLS.keys() if Role.DONOR in roles else keys)


_ON_CALLS = {
    kind.value.replace(" ", "_"): kind
    for kind in KINDS
    if kind not in FACT_KINDS.values() and kind is not FactKind.FREEZER
}
"""What no form asks and a call does, by the word it is told under."""


def read_one(key: str, words: str, today: date, role: Role | None = None) -> OneAnswer:
    """Return what *words*, typed as the answer about field *key*, say on the day *today*.

    Args:
        key: Of a field, such as ``dairy`` or ``must_avoid``, or a kind of fact asked on calls, ``illness``.
        words: As typed; blank is an answer not given.
        today: The day of the reading: what lies ahead of it is asked about.
        role: Whose list; the first of donor, recipient and driver that has the field when not given.

    Raises:
        UnknownFieldError: If no list has the field.
    """
    whose = next((one for one in ((role,) if role else Role) if key in known_fields(one)), None)
    if whose is None:
        raise UnknownFieldError(key, role)
    text = tidy(words)
    rule = decide_order([text], today)
    if whose is Role.DONOR and key in _ON_CALLS:
        told = read_kind(_ON_CALLS[key], text, rule) if text else Reading()
        return OneAnswer(key, told.facts, tuple(map(str, told.questions)), told.not_understood)
    told = read(key, text, rule) if text and whose is Role.DONOR and key in READERS else Reading()
    return _of_row(read_typed(whose, {key: words}, today), key, told, _blank(whose, today))


def _of_row(answers: Answers, key: str, told: Reading, blank: Answers) -> OneAnswer:
    """Return what a row with one answer says, asked of it as a form would be."""
    kind = FACT_KINDS.get(key) if answers.role is Role.DONOR else None
    facts = answers.detail.facts if isinstance(answers.detail, DonorAnswers) and kind else told.facts
    is_clear = all(fact.presence is not Presence.UNCLEAR for fact in facts)
    value = answers.values.get(key) if kind is None and is_clear else None
    return OneAnswer(key, facts, _questions(answers, blank, key, kind), told.not_understood, value)


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
