"""What another role's list tells otherwise of a household: shown to choose from, never just written.

A drivers' list that has Tom under Ann's e-mail must not rename her or move her house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from coordinator.domain.imports.changes import HOUSEHOLD_KEYS, FieldChange, asked_otherwise
from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.domain.imports.people import KnownPerson, LookAlike
from coordinator.domain.imports.row_answers import Answers, QuestionAnswer
from coordinator.sayings import saying

_PLACE = ("town", "state", "zip")
_ADDED = {"notes"}
"""Words that are written below the old ones."""


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """Two values of one thing. ``keys`` are the fields it writes; ``questions`` ask which is so."""

    change: FieldChange
    keys: frozenset[str]
    questions: tuple[QuestionAnswer, ...]

    @property
    def key(self) -> str:
        """What the choice is about."""
        return self.change.key


class Chosen(Enum):
    """What the coordinator says to a choice; to ask is to keep what is known until it is answered."""

    KEEP = "keep"
    TAKE = "take"
    ASK = "ask"


class Look(Enum):
    """What the coordinator says to a row that resembles somebody."""

    SAME = "same"
    TWO = "two people"
    UNSURE = "not sure"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the coordinator decided about one row.

    ``same_as`` is whom of its look-alikes it is. ``fields`` is the key of a choice -> what is taken; one that
    is not named is asked.
    """

    look: Look = Look.UNSURE
    same_as: LookAlike | None = None
    fields: Mapping[str, Chosen] = field(default_factory=dict)

    def about(self, choice: FieldChoice) -> Chosen:
        """Return what was said to *choice*."""
        return self.fields.get(choice.key, Chosen.ASK)


def same_as(alike: LookAlike) -> Decision:
    """Return the decision that a row is *alike*."""
    return Decision(Look.SAME, alike)


TWO_PEOPLE = Decision(Look.TWO)


def apart(
    row: Answers, person: KnownPerson, changes: Iterable[FieldChange]
) -> tuple[tuple[FieldChange, ...], tuple[FieldChoice, ...]]:
    """Return what of *changes* is written, and what the coordinator chooses.

    Only a role that the family has not yet leaves choices. What was not known is filled in; an address is
    one thing, so that no town stands with another's ZIP.
    """
    found = {change.key: change for change in changes if not _is_second(row, person, change)}
    if row.role in person.codes:
        return tuple(found.values()), ()
    address = {key: found[key] for key in ("street", *_PLACE) if key in found}
    choices = [
        FieldChoice(change, frozenset({key}), (asked_otherwise(row, change),))
        for key, change in found.items()
        if key in HOUSEHOLD_KEYS - _ADDED - address.keys() and change.old
    ]
    if any(_contradicts(change) for change in address.values()):
        choices += _address(row, person)
        found = {key: change for key, change in found.items() if key not in address}
    chosen = {choice.key for choice in choices}
    return tuple(change for key, change in found.items() if key not in chosen), tuple(choices)


def _is_second(row: Answers, person: KnownPerson, change: FieldChange) -> bool:
    """Whether the list tells the second phone or e-mail that is known."""
    return row.role not in person.codes and row.values[change.key] == person.stored.get(f"other_{change.key}")


def _contradicts(change: FieldChange) -> bool:
    plain = same_street if change.key == "street" else same_text
    return bool(change.old) and plain(change.old) != plain(change.new)


def _address(row: Answers, person: KnownPerson) -> Iterator[FieldChoice]:
    """Yield the choice between two addresses; it is asked by street and by town, so that answers fit."""
    parts = [
        FieldChange(
            "street", saying("Street"), person.stored.get("street", ""), row.values.get("street", "")
        ),
        FieldChange("town", saying("Town and ZIP"), _place(person.stored), _place(row.values)),
    ]
    whole = FieldChange(
        "address",
        saying("Address"),
        ", ".join(filter(None, (part.old for part in parts))),
        ", ".join(filter(None, (part.new for part in parts))),
    )
    asked = tuple(
        asked_otherwise(row, part)
        for part in parts
        if part.new and same_street(part.new) != same_street(part.old)
    )
    yield FieldChoice(whole, frozenset({"street", *_PLACE}), asked)


def _place(values: Mapping[str, str]) -> str:
    """Return ``Dover, NH 03820``."""
    state_and_zip = " ".join(filter(None, (values.get("state"), values.get("zip"))))
    return ", ".join(filter(None, (values.get("town"), state_and_zip)))
