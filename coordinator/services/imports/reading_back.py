"""An answer read back before it counts: kept as it would be, said, and given up again.

Nothing of it stays. So what is read back is what would be written, whatever the question is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final, NoReturn

from sqlalchemy.orm import Session

from coordinator.db.database import Database
from coordinator.db.facts import FactRow
from coordinator.db.undo import entity_of
from coordinator.db.writing import Change, writing_of
from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.facts.wording import told
from coordinator.domain.families.fields import COLUMN_OF, FIELDS, OWN
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import NOTHING, Param, Saying, as_written, joined, saying
from coordinator.services.imports.told_answers import ToldAnswer, answer_in, keeps_lower
from coordinator.services.settings.values import load_settings

_BESIDES: Final = frozenset(
    {"last_contact_on", "first_spoken_on", "first_spoken_how", "stock_on", "is_estimate", "note"}
)
"""What an answer writes besides what was told."""
_UNITS: Final = {
    "reach_miles": saying("{n} miles", n=""),
    "max_miles": saying("{n} miles", n=""),
    "reach_minutes": saying("{n} minutes", n=""),
    "max_hours": saying("{n} hours", n=""),
    "oldest_milk_months": saying("{n} months", n=""),
    "gestation_weeks": saying("{n} weeks", n=""),
}


def _labels(role: Role) -> dict[str, Saying]:
    return {COLUMN_OF.get(field.key, field.key): field.label for field in (*FIELDS[role], *OWN[role])}


_LABELS: Final = {role.value: _labels(role) for role in Role} | {
    "household": _labels(Role.DONOR),
    "lot": {**_labels(Role.DONOR), "volume": saying("Milk offered")},
}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How an answer is understood: ``said`` is nothing where only the *words* themselves are kept."""

    words: str
    said: Saying = NOTHING


class _GivenUp(Exception):  # noqa: N818 - no error: nothing of this is to stay
    """Ends the attempt."""


def read_back(database: Database, answer: ToldAnswer, today: date, code: str) -> ReadBack:
    """Return how *answer* of the family with *code* would be kept; nothing is.

    Raises:
        NotClearError: If the words cannot be read; it says what would be.
        UserError: If nothing is answered, or the question is not asked any more.
    """
    found: list[Saying] = []

    def attempt(session: Session) -> NoReturn:
        answer_in(session, answer, today, code=code)
        session.flush()
        found.extend(_kept(session))
        if keeps_lower(answer.topic, answer.words):
            found.append(saying("the lower figure of “{words}”", words=answer.words.strip()))
        raise _GivenUp

    try:
        with database.writing(Action("question.read_back", saying("Read an answer back")), today) as session:
            attempt(session)
    except _GivenUp:
        return ReadBack(answer.words.strip(), joined("; ", found))


def _kept(session: Session) -> Iterator[Saying]:
    """Yield what the transaction has written so far of what was told."""
    unit = load_settings(session).volume_unit
    for change in writing_of(session).recording.changed():
        if change.after is None:
            continue
        row = session.get_one(entity_of(change.table), change.row_id)
        if isinstance(row, FactRow):
            yield _fact(row)
        elif change.table in _LABELS:
            yield from _values(row, change, unit)


def _fact(row: FactRow) -> Saying:
    fact = Fact(row.kind, row.presence, row.subject, row.start_on, row.end_on)
    said = told(fact)
    if row.kind is FactKind.BLOOD_TEST and row.subject:  # "yes" says nothing of results
        said = joined(", ", [part for part in dict(said.params)["parts"] if part != row.presence.words])  # type: ignore[union-attr] # the parts of a joined saying
    return saying("{what:title}: {told}", what=row.kind.words, told=said)


def _values(row: Any, change: Change, unit: VolumeUnit) -> Iterator[Saying]:  # noqa: ANN401 - a row of any table
    before, after, labels = change.before or {}, change.after or {}, _LABELS[change.table]
    for column, value in after.items():
        if column in labels and column not in _BESIDES and value != before.get(column):
            told_as = _in_words(getattr(row, column), unit)
            if value is not None and column in _UNITS:
                told_as = replace(_UNITS[column], params=(("n", told_as),))
            yield saying("{what}: {told}", what=labels[column], told=told_as)


def _in_words(value: object, unit: VolumeUnit) -> Param:
    if isinstance(value, bool):
        return saying("yes") if value else saying("no")
    if isinstance(value, Volume):
        return as_written(format_volume(value, unit).replace("\u00a0", " "))
    if isinstance(value, Enum):
        words: Saying | None = getattr(value, "words", None)
        return words or str(value.value)
    if isinstance(value, float):
        return f"{value:g}"
    return value if isinstance(value, date) else str(value or "") or saying("none")
