"""What an answer still tells though a later one is known: it fills what that one left blank."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.changes import FieldChange
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.older_answers import (
    ADDRESS,
    AMOUNTS,
    DAYS,
    OF_THEN,
    ONE_BABY,
    is_elsewhere,
    is_other_milk,
    told_before,
    topic_of,
)
from coordinator.domain.imports.people import KnownPerson
from coordinator.domain.imports.row_answers import Answers, DonorAnswers, LotAnswer, QuestionAnswer
from coordinator.domain.reading.moments import is_earlier
from coordinator.sayings import as_written

TOLD_AT = "told_at:"
"""Before a field's key: when an older answer told it, so that one in between still counts before that."""
_NO_MILK = "0 oz"
_LOT = {
    "ounces": ("offered",),
    "bags": ("bags",),
    "expressed_from": ("expressed_from",),
    "expressed_to": ("expressed_to",),
    "freezer": ("freezer", "place", "stored_in"),
    "heat_treated": ("heat_treated",),
}
"""Field key -> what of a lot it tells."""


@dataclass(frozen=True, slots=True)
class OlderFill:
    """What an older answer fills: the row with no more than that, what changes by it, and what is asked."""

    row: Answers
    changes: tuple[FieldChange, ...]
    questions: tuple[QuestionAnswer, ...]


def older_fill(row: Answers, person: KnownPerson) -> OlderFill | None:
    """Return what *row* tells that no later answer told and the network does not know; ``None`` for nothing.

    A field that a later answer told in words nobody can read stays asked, and one the coordinator emptied
    stays empty. Amounts of another day's milk are not taken over but asked. A family that was merged, or
    removed, is left as it is.
    """
    if person.is_merged or row.role in person.removed:
        return None
    blank = list(_blank_keys(row, person))
    asked = [key for key in blank if _is_of_its_day(row, person, key)]
    keys = [key for key in blank if key not in asked]
    told = (told_before(row.role, key, row.values[key]) for key in asked)
    topics = {topic_of(key) for key in keys}
    doubts = (one for one in row.questions if one.raw and one.topic in topics)
    questions = tuple(one for one in (*told, *doubts) if one.key not in person.asked)
    if not keys and not questions:
        return None
    return OlderFill(_only(row, keys), tuple(_change(row, person, key) for key in keys), questions)


def with_older(last: Mapping[str, str], row: Answers) -> dict[str, str]:
    """Return what is known of her *last* answers with what an older *row* filled, and when that was told."""
    at = row.answered_at.isoformat() if row.answered_at else ""
    return {**last, **row.values, **{f"{TOLD_AT}{key}": at for key in row.values}}


def _blank_keys(row: Answers, person: KnownPerson) -> Iterator[str]:
    last = person.last_values.get(row.role, {})
    moved = is_elsewhere({**last, **{key: text for key, text in person.stored.items() if text}}, row.values)
    has_no_milk = last.get("ounces") == _NO_MILK
    for key, new in row.values.items():
        is_of_lot = key in _LOT and key not in FACT_KINDS
        is_told_with = key in {"bags", *DAYS} and "ounces" in last
        if (
            key not in OF_THEN
            and (key, new) != ONE_BABY
            and topic_of(key) not in person.unread
            and not (moved and key in ADDRESS)
            and not (is_of_lot and (has_no_milk or is_told_with))
            and _is_open(row, person, key)
        ):
            yield key


def _is_open(row: Answers, person: KnownPerson, key: str) -> bool:
    """Whether a field is blank, or as a still older answer told it."""
    last, stored = person.last_values.get(row.role, {}), person.stored.get(key, "")
    told_at = last.get(f"{TOLD_AT}{key}")
    if told_at and row.answered_at is not None:
        is_as_told = stored == last.get(key) != row.values[key]
        return is_as_told and is_earlier(datetime.fromisoformat(told_at), row.answered_at)
    is_unknown = not stored or (key == "ounces" and stored == _NO_MILK and key in person.unanswered)
    return is_unknown and not last.get(key)


def _is_of_its_day(row: Answers, person: KnownPerson, key: str) -> bool:
    """Whether an amount is of another day, so that nobody knows what of it is left."""
    return key == "stock" or (key in AMOUNTS and is_other_milk(person.last_values[row.role], row.values))


def _change(row: Answers, person: KnownPerson, key: str) -> FieldChange:
    label = next((field.label for field in FIELDS[row.role] if field.topic == key), None)
    said = label or as_written(key.replace("_", " "))
    return FieldChange(key, said, person.stored.get(key, ""), row.values[key])


def _only(row: Answers, keys: Collection[str]) -> Answers:
    """Return *row* with nothing of its values, and of a donor's milk and facts, but what *keys* tell."""
    topics = {topic_of(key) for key in keys}
    part = replace(
        row,
        values={key: row.values[key] for key in keys},
        questions=tuple(one for one in row.questions if one.topic in topics),
    )
    detail = row.detail
    if not isinstance(detail, DonorAnswers):
        return part
    lot = {name: getattr(detail.lot, name) for key in keys for name in _LOT.get(key, ())}
    facts = tuple(fact for fact in detail.facts if fact.kind.value in topics)
    return replace(part, detail=replace(detail, lot=LotAnswer(**lot), facts=facts, mentioned=()))
