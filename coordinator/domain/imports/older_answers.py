"""A later answer never empties a field: what it leaves blank stays as an older one told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from coordinator.domain.families.fields import FIELDS, NUMBERS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row_answers import Answers, Contact, DonorAnswers, QuestionAnswer, RoleAnswers
from coordinator.sayings import as_written, coded

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Value = TypeVar("Value", bound=DataclassInstance)

ADDRESS = {"street": "street", "town": "town", "state": "state", "zip": "zip_code"}
ONE_BABY = ("babies", "1")
"""What stands in a row that says nothing of twins: no form asks for it."""
OF_THEN = {"timestamp", "needs_this_week"}
"""What is of its own day."""
AMOUNTS = {"ounces", "bags"}
DAYS = ("expressed_from", "expressed_to")
_LOT = {"ounces": ("offered",), "freezer": ("freezer", "place", "stored_in")}
_DETAIL = {
    "gestation": ("gestation_weeks",),
    "reach": ("reach_miles", "reach_minutes"),
    "coolers": ("coolers_qt",),
    "lift": ("lift_lb",),
}
"""Field key -> the attributes that hold it, where they are called otherwise."""


def fill_blanks(later: Answers, older: Iterable[Answers]) -> Answers:
    """Return *later* with what it leaves blank from *older* answers, the latest of them first.

    A new address is not mixed with an old one. What there was of other milk, or in the freezer on another
    day, is not taken over but asked.
    """
    filled = later
    for answers in older:
        for key in _blank_keys(filled, answers):
            if key == "stock" or (key in AMOUNTS and is_other_milk(later.values, answers.values)):
                filled = _asked(filled, answers, key)
            else:
                filled = _with(filled, answers, key)
    return filled


def topic_of(key: str) -> str:
    """Return the topic of questions about a field."""
    return FACT_KINDS[key].value if key in FACT_KINDS else key


def _blank_keys(later: Answers, older: Answers) -> Iterator[str]:
    asked = {question.topic for question in later.questions if question.raw}
    moved = is_elsewhere(later.values, older.values)
    for key in older.values:
        told = later.values.get(key, "")
        is_blank = not told or ((key, told) == ONE_BABY and older.values[key] != told)
        if is_blank and key not in OF_THEN and topic_of(key) not in asked and not (moved and key in ADDRESS):
            yield key


def is_elsewhere(later: Mapping[str, str], older: Mapping[str, str]) -> bool:
    """Whether two answers tell different addresses."""
    return any(key in later and key in older and _plain(later, key) != _plain(older, key) for key in ADDRESS)


def _plain(values: Mapping[str, str], key: str) -> str:
    return same_street(values[key]) if key == "street" else same_text(values[key])


def is_other_milk(later: Mapping[str, str], older: Mapping[str, str]) -> bool:
    """Whether the later of two answers tells other days of pumping."""
    return any(key in later and later[key] != older.get(key) for key in DAYS)


def _asked(later: Answers, older: Answers, key: str) -> Answers:
    kept = tuple(one for one in later.questions if one.topic != key)
    return replace(later, questions=(*kept, told_before(later.role, key, older.values[key])))


def told_before(role: Role, key: str, amount: str) -> QuestionAnswer:
    """Return the question how much there is now of what only an older answer told."""
    label = next((field.label for field in FIELDS[role] if field.topic == key), as_written(key))
    said = coded(
        "asked.told_before",
        "{label}: not answered; an earlier answer told {amount}. How much is there now?",
        label=label,
        amount=amount,
    )
    return QuestionAnswer(key, said, amount)


def _with(later: Answers, older: Answers, key: str) -> Answers:
    """Return *later* with the field *key* and its questions as *older* has them."""
    topics = {topic_of(key)} | ({"town"} if key == "zip" else set())
    kept = [one for one in later.questions if one.topic not in topics or one.raw]
    moved = [one for one in older.questions if one.topic == topic_of(key) and one not in kept]
    numbers = {field.key: older.numbers.get(field.key) for field in NUMBERS[later.role] if field.topic == key}
    return replace(
        later,
        contact=_contact(later.contact, older.contact, key),
        detail=_detail(later, older, key),
        questions=(*kept, *moved),
        values={**later.values, key: older.values[key]},
        numbers={**later.numbers, **numbers},
    )


def _contact(mine: Contact, theirs: Contact, key: str) -> Contact:
    if key not in ADDRESS:
        return _filled(mine, theirs, (key,))
    return replace(mine, address=_filled(mine.address, theirs.address, (ADDRESS[key],)))


def _detail(later: Answers, older: Answers, key: str) -> RoleAnswers:
    mine, theirs = later.detail, older.detail
    if not isinstance(mine, DonorAnswers) or not isinstance(theirs, DonorAnswers):
        return _filled(mine, theirs, _DETAIL.get(key, (key,)))
    told = tuple(fact for fact in theirs.facts if fact.kind is FACT_KINDS.get(key))
    mentioned = theirs.mentioned if key == "notes" else ()
    return replace(
        _filled(mine, theirs, _DETAIL.get(key, (key,))),
        lot=_filled(mine.lot, theirs.lot, _LOT.get(key, (key,))),
        facts=(*mine.facts, *told),
        mentioned=(*mine.mentioned, *mentioned),
    )


def _filled(mine: Value, theirs: DataclassInstance, names: Iterable[str]) -> Value:
    known = {field.name for field in fields(mine)} & set(names)
    return replace(mine, **{name: getattr(theirs, name) for name in known})
