"""What making two families one does with everything that is written about either, as one table.

Each column of the tables of families and roles, and each column elsewhere that points to one, has a rule.
What a merge changes is remembered with the value before, so that taking apart gives back exactly that; what
somebody changed since stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.fields import COLUMN_OF, HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.families.lists import parts_of
from coordinator.domain.places.positions import Precision

Values = Mapping[str, Any]
Window = tuple[time | None, time | None]


class Rule(StrEnum):
    """What happens to one column when a family becomes part of another, the kept one."""

    OWN = "stays as it is on both sides"
    FILLED = "the kept one's answer; the other's where the kept one has none"
    TOGETHER = "one answer in several columns: the other's where the kept one has none of it"
    PLACED = "comes and goes with the address; a place set by hand stays"
    OF_THE_BABY = "filled, unless the two told of different babies"
    MORE_BABIES = "the larger number, of the same baby's birth: nobody asked leaves one"
    JOINED = "both texts, one below the other"
    EITHER = "yes if either says yes"
    STRICTER = "the smaller limit: who told it takes no more"
    LATEST = "the later day"
    FIRST_TALK = "the earlier talk, with how it was"
    NEWEST_COUNT = "the milk at home counted later, with its day"
    LESS_OFFERED = "the state in which less is offered, so that a pause outlasts the merge"
    REMOVED = "a role both have is put away on the other's side; one that was removed stays removed"
    ROLE = "a role the kept family has not, and one that was removed, moves with all that hangs on it"
    MOVED = "points to the kept one"
    MOVED_UNLESS_ALIKE = "points to the kept one, unless that has just the same"
    ONE_STOP = "points to the kept one; two stops at one door become one"


_RULES: Mapping[str, Mapping[str, Rule]] = {
    "household": {
        "id": Rule.OWN,
        "version": Rule.OWN,
        "name": Rule.OWN,
        "name_on_paper": Rule.OWN,
        "street": Rule.TOGETHER,
        "town": Rule.TOGETHER,
        "state": Rule.TOGETHER,
        "zip_code": Rule.TOGETHER,
        "latitude_deg": Rule.PLACED,
        "longitude_deg": Rule.PLACED,
        "precision": Rule.PLACED,
        "place_label": Rule.PLACED,
        "notes": Rule.JOINED,
        "read_before_ringing": Rule.JOINED,
        "last_contact_on": Rule.LATEST,
        "first_spoken_on": Rule.FIRST_TALK,
        "first_spoken_how": Rule.FIRST_TALK,
        "stairs": Rule.FILLED,
        "merged_into_id": Rule.MOVED,
        "forgotten_on": Rule.OWN,
    },
    "donor": {
        "id": Rule.OWN,
        "version": Rule.OWN,
        "code": Rule.OWN,
        "household_id": Rule.ROLE,
        "state": Rule.LESS_OFFERED,
        "state_note": Rule.JOINED,
        "bereaved": Rule.EITHER,
        "gestation_weeks": Rule.OF_THE_BABY,
        "wishes": Rule.JOINED,
        "archived_on": Rule.REMOVED,
    },
    "recipient": {
        "id": Rule.OWN,
        "version": Rule.OWN,
        "code": Rule.OWN,
        "household_id": Rule.ROLE,
        "baby_name": Rule.OF_THE_BABY,
        "babies": Rule.MORE_BABIES,
        "gestation_weeks": Rule.OF_THE_BABY,
        "health": Rule.OF_THE_BABY,
        "clinician": Rule.TOGETHER,
        "clinician_agreed_on": Rule.TOGETHER,
        "reach_miles": Rule.TOGETHER,
        "reach_minutes": Rule.TOGETHER,
        "meets_halfway": Rule.EITHER,
        "own_supply_low": Rule.TOGETHER,
        "own_supply_high": Rule.TOGETHER,
        "formula": Rule.TOGETHER,
        "formula_mentioned": Rule.TOGETHER,
        "stock": Rule.NEWEST_COUNT,
        "stock_on": Rule.NEWEST_COUNT,
        "oldest_milk_months": Rule.STRICTER,
        "needs_this_week": Rule.EITHER,
        "paused": Rule.EITHER,
        "archived_on": Rule.REMOVED,
    },
    "driver": {
        "id": Rule.OWN,
        "version": Rule.OWN,
        "code": Rule.OWN,
        "household_id": Rule.ROLE,
        "climbs_stairs": Rule.FILLED,
        "away_from": Rule.TOGETHER,
        "away_to": Rule.TOGETHER,
        "archived_on": Rule.REMOVED,
    },
    # The journal of imports and the merges themselves tell what was, and of whom.
    "import_row": {"household_id": Rule.OWN},
    "merge": {"kept_id": Rule.OWN, "merged_id": Rule.OWN},
    "question": {"household_id": Rule.MOVED},
    "family_message": {"household_id": Rule.MOVED},
    "call_made": {"household_id": Rule.MOVED},
    "round_call": {"household_id": Rule.MOVED},
    "stop": {"household_id": Rule.ONE_STOP},
    "lot": {"donor_id": Rule.MOVED},
    "fact": {"donor_id": Rule.MOVED_UNLESS_ALIKE},
    "medicine_decision": {"donor_id": Rule.MOVED},
    "deferral": {"donor_id": Rule.MOVED},
    # A signature is for the answers that were read: nobody has signed for both donors' together.
    "sign_off": {"donor_id": Rule.OWN},
    "set_aside": {"donor_id": Rule.MOVED_UNLESS_ALIKE, "recipient_id": Rule.MOVED_UNLESS_ALIKE},
    "overruling": {"donor_id": Rule.MOVED, "recipient_id": Rule.MOVED},
    "hold": {"recipient_id": Rule.MOVED},
    "standing_pair": {"donor_id": Rule.MOVED, "recipient_id": Rule.MOVED},
    "pair_note": {"donor_id": Rule.MOVED, "recipient_id": Rule.MOVED},
    "pair_pause": {"donor_id": Rule.MOVED, "recipient_id": Rule.MOVED},
    "lent": {"donor_id": Rule.MOVED, "recipient_id": Rule.MOVED},
    "milk_used": {"recipient_id": Rule.MOVED},
    "pickup": {"driver_id": Rule.MOVED},
    "second_driver": {"driver_id": Rule.MOVED},
    "cooler": {"owner_household_id": Rule.MOVED, "at_household_id": Rule.MOVED},
}
_PLAIN = {"household": HOUSEHOLD_FIELDS, **{role.value: ROLE_FIELDS[role] for role in Role}}
RULES: Mapping[str, Mapping[str, Rule]] = {
    table: {**{COLUMN_OF.get(key, key): Rule.FILLED for key in _PLAIN.get(table, ())}, **rules}
    for table, rules in _RULES.items()
}
"""The rule of each column; a field of the table of fields that has none of its own is filled."""

ALIKE: Mapping[str, tuple[str, ...]] = {
    "fact": ("kind", "presence", "subject", "start_on", "end_on", "source"),
    "set_aside": ("recipient_id", "donor_id"),
}
"""What makes two rows say the same, beside the column that moves."""

ANSWERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "household": (
        ("street", "town", "state", "zip_code"),
        ("latitude_deg", "longitude_deg", "precision", "place_label"),
        ("first_spoken_on", "first_spoken_how"),
    ),
    "recipient": (
        ("clinician", "clinician_agreed_on"),
        ("reach_miles", "reach_minutes"),
        ("own_supply_low", "own_supply_high"),
        ("formula", "formula_mentioned"),
        ("stock", "stock_on"),
    ),
    "driver": (("away_from", "away_to"),),
}
"""Columns that are one answer: they come together and go back together."""

_OF_A_BABY = frozenset({Rule.OF_THE_BABY, Rule.MORE_BABIES})

TOPICS: Mapping[str, str] = {
    "must_avoid": "must_avoid",
    "medicine_ok": "medicine_ok",
    "nicotine_ok": "nicotine_ok",
    "oldest_milk_months": "oldest_milk_months",
    "baby_born": "baby_born",
    "gestation_weeks": "gestation",
    "health": "health",
}
"""What is asked about when the two told different things, and the topic of its question on the call list."""

_OF_THE_FAMILY = frozenset({Rule.FILLED, Rule.STRICTER})
"""The rules of answers that are asked about even if the two told of different babies."""

_RESTS = (DonorState.FINISHED, DonorState.PAUSED, DonorState.NOT_MATCHING)
"""The states in which no milk is offered, the one that weighs most last."""


def pointing(rule: Rule, table: str) -> Iterator[tuple[str, str]]:
    """Yield table and column of what points to *table* (``donor``) and follows *rule*."""
    for source, columns in RULES.items():
        for column, found in columns.items():
            if found is rule and _target(column) == table:
                yield source, column


def blended(table: str, kept: Values, other: Values) -> dict[str, Any]:
    """Return what changes on the *kept* family or role, by column, when *other* becomes part of it."""
    changes: dict[str, Any] = {}
    for column, rule in RULES[table].items():
        if (blend := _BLENDS.get(rule)) is not None:
            changes |= blend(table, column, kept, other)
    return {column: value for column, value in changes.items() if value != kept[column]}


def with_their_answers(table: str, columns: Collection[str]) -> frozenset[str]:
    """Return *columns* of a family's row with those that say nothing true without them.

    An address and its place on the map are one, so is what was told of a baby, and a state with its note.
    """
    groups = [frozenset(answer) for answer in ANSWERS.get(table, ())]
    if table == "household":
        address, place, *others = groups
        groups = [address | place, *others]
    rules = RULES.get(table, {})
    groups.append(frozenset({"baby_born", *(one for one, rule in rules.items() if rule in _OF_A_BABY)}))
    groups.append(frozenset({"state", "state_note"}) if table == "donor" else frozenset())
    return frozenset(columns).union(*(group for group in groups if not group.isdisjoint(columns)))


def contradictions(table: str, kept: Values, other: Values) -> list[str]:
    """Return the columns about which the two told different things that somebody must ask about."""
    asked = [column for column in TOPICS if column in RULES.get(table, ())]
    return [
        column
        for column in asked
        if not _is_blank(column, kept[column])
        and not _is_blank(column, other[column])
        and _parts(kept[column]) != _parts(other[column])
        and (column == "baby_born" or RULES[table][column] in _OF_THE_FAMILY or not _other_baby(kept, other))
    ]


def staying(table: str, moved: Collection[str], changed: Collection[str], *, by_hand: bool) -> set[str]:
    """Return which of the *moved* columns of one row a taking apart leaves as they are.

    Args:
        table: Of the row.
        moved: The columns the merge changed.
        changed: Those of them that were changed since.
        by_hand: Whether the family was put on the map by hand since.
    """
    stay = set(changed)
    for answer in ANSWERS.get(table, ()):
        if stay.intersection(answer):
            stay.update(column for column in answer if column in moved)
    address, place = ANSWERS["household"][:2]
    if table == "household" and (came := [column for column in address if column in moved]):
        placed = {column for column in place if column in moved}
        stay -= placed
        if by_hand or stay.intersection(came):
            stay |= placed
    return stay


def common_window(one: Window, other: Window) -> Window:
    """Return when a carrier can come to the door that was two: at the times both named, else at *one*'s."""
    opens = max((at for at in (one[0], other[0]) if at is not None), default=None)
    closes = min((at for at in (one[1], other[1]) if at is not None), default=None)
    return one if opens is not None and closes is not None and closes < opens else (opens, closes)


def _target(column: str) -> str:
    is_family = column.endswith("household_id") or column == "merged_into_id"
    return "household" if is_family else column.removesuffix("_id")


def _is_blank(column: str, value: object) -> bool:
    """Whether nobody has told; that a baby need avoid nothing is an answer."""
    return value is None or (value == "" and column != "must_avoid")


def _parts(value: object) -> object:
    """Return the things a text names, in whatever order; any other value as it is."""
    return frozenset(parts_of(value)) if isinstance(value, str) else value


def _answer(table: str, column: str) -> tuple[str, ...]:
    return next((answer for answer in ANSWERS.get(table, ()) if column in answer), (column,))


def _other_baby(kept: Values, other: Values) -> bool:
    born = kept["baby_born"], other["baby_born"]
    return None not in born and born[0] != born[1]


def _filled(_table: str, column: str, kept: Values, other: Values) -> Values:
    return {column: other[column]} if _is_blank(column, kept[column]) else {}


def _filled_together(table: str, column: str, kept: Values, other: Values) -> Values:
    answer = _answer(table, column)
    if not all(_is_blank(one, kept[one]) for one in answer):
        return {}
    return {column: other[column]}


def _placed(table: str, column: str, kept: Values, other: Values) -> Values:
    if kept["precision"] is Precision.BY_HAND or other["precision"] is None:
        return {}
    address = ANSWERS[table][0]
    kept_at, other_at = ([one[part] for part in address] for one in (kept, other))
    is_open = kept["precision"] in {None, Precision.UNCERTAIN}
    comes_along = not any(kept_at) or (is_open and kept_at == other_at)
    return {column: other[column]} if comes_along else {}


def _of_the_baby(table: str, column: str, kept: Values, other: Values) -> Values:
    return {} if _other_baby(kept, other) else _filled(table, column, kept, other)


def _more_babies(_table: str, column: str, kept: Values, other: Values) -> Values:
    return {} if _other_baby(kept, other) else {column: max(kept[column], other[column])}


def _joined(_table: str, column: str, kept: Values, other: Values) -> Values:
    if not other[column] or other[column] in kept[column]:
        return {}
    return {column: "\n".join(filter(None, (kept[column], other[column])))}


def _either(_table: str, column: str, kept: Values, other: Values) -> Values:
    return {column: kept[column] or other[column]}


def _stricter(_table: str, column: str, kept: Values, other: Values) -> Values:
    told = [one[column] for one in (kept, other) if one[column] is not None]
    return {column: min(told, default=None)}


def _latest(_table: str, column: str, kept: Values, other: Values) -> Values:
    return {column: max(_days(kept[column], other[column]), default=None)}


def _first_talk(_table: str, column: str, kept: Values, other: Values) -> Values:
    days = _days(kept["first_spoken_on"], other["first_spoken_on"])
    came_first = bool(days) and kept["first_spoken_on"] != min(days)
    return {column: other[column]} if came_first else {}


def _newest_count(_table: str, column: str, kept: Values, other: Values) -> Values:
    if other["stock"] is None:
        return {}
    days = _days(kept["stock_on"], other["stock_on"])
    is_newer = kept["stock"] is None or (bool(days) and kept["stock_on"] != max(days))
    return {column: other[column]} if is_newer else {}


def _less_offered(_table: str, column: str, kept: Values, other: Values) -> Values:
    weights = {state: weight for weight, state in enumerate(_RESTS, start=1)}
    is_less = weights.get(other[column], 0) > weights.get(kept[column], 0)
    return {column: other[column]} if is_less else {}


def _days(*days: date | None) -> list[date]:
    return [day for day in days if day is not None]


_BLENDS: Mapping[Rule, Callable[[str, str, Values, Values], Values]] = {
    Rule.FILLED: _filled,
    Rule.TOGETHER: _filled_together,
    Rule.PLACED: _placed,
    Rule.OF_THE_BABY: _of_the_baby,
    Rule.MORE_BABIES: _more_babies,
    Rule.JOINED: _joined,
    Rule.EITHER: _either,
    Rule.STRICTER: _stricter,
    Rule.LATEST: _latest,
    Rule.FIRST_TALK: _first_talk,
    Rule.NEWEST_COUNT: _newest_count,
    Rule.LESS_OFFERED: _less_offered,
}
