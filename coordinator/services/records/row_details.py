"""The values an action changed, each a line: what it was, what it is, as the program shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import Base
from coordinator.db.facts import question_said
from coordinator.db.row_labels import Named, named_rows
from coordinator.db.undo import typed_value
from coordinator.db.writing import Values
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.messages import WEEKDAYS
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.places.lookups import place_words
from coordinator.domain.records.row_words import NOT_ASKED, RowWords, words_of_value
from coordinator.domain.records.told_columns import LINKING, TOLD
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying, stored_saying


@dataclass(frozen=True, slots=True)
class Touched:
    """One row an action touched, with its values before and after; with neither they were erased."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None

    @property
    def is_erased(self) -> bool:
        """Whether nobody can say any more what was changed."""
        return self.before is None and self.after is None


class Teller:
    """Tells rows in words; every row and name that lines point to is looked up once for all of them."""

    def __init__(self, session: Session, touched: Iterable[Touched], unit: VolumeUnit) -> None:
        self._unit = unit
        self._names = named_rows(session, {link for one in touched for link in _links_of(one)})

    def details(self, one: Touched) -> Iterator[Saying]:
        """Yield a line for each value that was changed; one line for a row that was added or removed."""
        words = TOLD[one.table]
        if one.before is not None and one.after is not None:
            yield from self._changed(words, one, one.before, one.after)
            return
        values = one.before if one.after is None else one.after
        told = self._all(words, one.table, values or {})
        if not told:
            return
        thing = self._thing(words, one.table, values or {}, is_alone=False)
        if one.after is None:
            yield saying("{thing:title} removed: {values}", thing=thing, values=told)
        else:
            yield saying("{thing:title} added: {values}", thing=thing, values=told)

    def _changed(self, words: RowWords, one: Touched, before: Values, after: Values) -> Iterator[Saying]:
        for column, label in words.labels.items():
            if column not in after or before.get(column) == after[column]:
                continue
            if (one.table, column, after[column]) == ("hold", "state", HoldState.AGREED):
                yield self._agreed(after)
                continue
            was, now = (
                _quoted(one.table, column, self._value(one.table, column, values.get(column)))
                for values in (before, after)
            )
            if str(was) == str(now):
                continue  # such as two amounts that are shown alike
            yield (
                _line(label, was, now)
                if words.is_plain
                else _line(_what(self._thing(words, one.table, after, is_alone=True), label), was, now)
            )

    def _agreed(self, hold: Values) -> Saying:
        """Return that both sides said yes."""
        columns = ("volume", "lot_id", "recipient_id")
        amount, lot, family = (self._value("hold", column, hold[column]) for column in columns)
        said = saying("Agreed: {amount} of {lot} for {family}", amount=amount, lot=lot, family=family)
        return saying("{what} ({code})", what=said, code=str(hold["code"]))

    def _all(self, words: RowWords, table: str, values: Values) -> Saying:
        """Return every value of a row that says something."""
        bare: list[Saying] = []
        labelled: list[Saying] = []
        for column, label in words.labels.items():
            stored = values.get(column)
            if stored is None or (not stored and not _columns(table)[column].nullable):
                continue
            value = self._value(table, column, stored)
            if not value or _says_nothing(table, column, values):
                continue
            if not label:
                bare.append(value)
            elif label in LINKING:
                labelled.append(saying("{label} {value}", label=label, value=value))
            else:
                labelled.append(saying("{label}: {value}", label=label, value=value))
        return joined("; ", [*([joined(", ", bare)] if bare else []), *labelled])

    def _thing(self, words: RowWords, table: str, values: Values, *, is_alone: bool) -> Saying:
        """Return what a row is called; *is_alone*: nothing else in the line tells it from its likes."""
        if values.get("code"):
            return saying("{thing} {code}", thing=words.thing, code=str(values["code"]))
        if not is_alone:
            return words.thing
        called = [self._value(table, column, values.get(column)) for column in words.called_by]
        known = [one for one in called if one]
        if not known:
            return words.thing
        return saying("{thing} ({what})", thing=words.thing, what=joined(", ", known))

    def _value(self, table: str, column: str, stored: Any) -> Saying:  # noqa: ANN401 - any column's value
        if stored is None:
            return NOT_ASKED if column in TOLD[table].unasked else NOTHING
        link = _link(table, column)
        if link is not None:
            return self._names.get((link, int(stored))) or saying("what was removed since")
        if (special := _SPECIAL.get((table, column))) is not None:
            return special(stored)
        if stored == "" and column in TOLD[table].unasked:
            return saying("none")
        return words_of_value(typed_value(_columns(table)[column].type, stored), self._unit)


def _quoted(table: str, column: str, value: Saying) -> Saying:
    """Return somebody's own words in quotation marks, so that one sees where they end."""
    is_text = type(_columns(table)[column].type) is sa.String and (table, column) not in _SPECIAL
    return saying("“{words}”", words=value) if is_text and " " in str(value) else value


def _line(what: Saying, was: Saying, now: Saying) -> Saying:
    if not was:
        return saying("{what:title}: now {now}", what=what, now=now)
    if not now:
        return saying("{what:title}: taken out, it was {was}", what=what, was=was)
    return saying("{what:title}: from {was} to {now}", what=what, was=was, now=now)


def _what(thing: Saying, label: Saying) -> Saying:
    return saying("{thing}, {label}", thing=thing, label=label) if label else thing


_FRESH: Final = frozenset(
    {("question", "state", "open"), ("hold", "state", "open"), ("pickup", "state", "planned")}
)
"""What every new row of its kind begins with."""


def _says_nothing(table: str, column: str, values: Values) -> bool:
    """Return whether a value says no more than the row: whose role it is, "yes" of a test with a result."""
    if column == "household_id":
        return table in {"donor", "recipient", "driver"}
    if (table, column) == ("fact", "presence"):
        return values["kind"] == FactKind.BLOOD_TEST and bool(values["subject"])
    return (table, column, values[column]) in _FRESH


def _links_of(one: Touched) -> Iterator[Named]:
    for values in (one.before, one.after):
        for column in TOLD[one.table].labels:
            link, stored = _link(one.table, column), (values or {}).get(column)
            if link is not None and stored is not None:
                yield link, int(stored)


@cache
def _columns(table: str) -> dict[str, sa.Column[Any]]:
    return {column.name: column for column in Base.metadata.tables[table].columns}


@cache
def _link(table: str, column: str) -> str | None:
    """Return the table that *column* points to."""
    keys = _columns(table)[column].foreign_keys
    return next((key.column.table.name for key in keys), None)


def _miles(stored: float) -> Saying:
    return (
        plural("{n} mile", "{n} miles", int(stored))
        if stored == int(stored)
        else saying("{n} miles", n=stored)
    )


_SPECIAL: Final[Mapping[tuple[str, str], Callable[[Any], Saying]]] = {
    ("household", "phone"): lambda stored: as_written(national_phone(stored)),
    ("household", "other_phone"): lambda stored: as_written(national_phone(stored)),
    ("household", "place_label"): place_words,
    ("question", "text"): question_said,
    ("delivery", "against"): stored_saying,
    ("standing_pair", "weekday"): lambda stored: WEEKDAYS[stored],
    ("recipient", "reach_miles"): _miles,
    ("driver", "max_miles"): _miles,
}
"""Columns whose value is stored otherwise than it is shown."""
