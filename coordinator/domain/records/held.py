"""What is held about one family, in words its parents can read: the same for paper and for programs.

Of the other side of a hold there are codes only. What tells of another family's health, or of two families at
once, is not printed; that it is there is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator.sayings import Saying, saying


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One thing that is held: what it is called, and what it says; ``key`` is the column's name."""

    key: str
    label: Saying | str
    value: Saying | str


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One entry: its lines, and the name of the table it stands in."""

    table: str
    lines: tuple[HeldLine, ...]


@dataclass(frozen=True, slots=True)
class HeldSection:
    """Entries of one kind under a title."""

    title: Saying
    records: tuple[HeldRecord, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about a family on a day; ``closing`` tells where it is and how to be forgotten."""

    codes: tuple[str, ...]
    name: str
    on: date
    sections: tuple[HeldSection, ...]
    closing: tuple[Saying, ...]


TITLES: Final[Mapping[str, Saying]] = {
    "household": saying("Who you are and how to reach you"),
    "donor,recipient,driver": saying("What you told about yourselves and your baby"),
    "fact": saying("Your dated answers"),
    "question": saying("Questions about your answers"),
    "import_row,choice_file": saying("What you sent: forms, lists and papers"),
    "family_message,call_made": saying("Calls and messages"),
    "deferral,sign_off,medicine_decision": saying("Pauses, signatures and decisions"),
    "lot,lot_split,lot_fate": saying("Milk you gave"),
    "hold,agreement,hold_contact,choice,overruling": saying("Promises, agreements and choices"),
    "delivery,asked_after,milk_used": saying("Milk that was handed over, and how it went"),
    "standing_pair,standing_day": saying("Standing pairs"),
    "stop,second_driver": saying("Runs that came to you or that you drove"),
    "lent,cooler": saying("Things lent"),
    "recall,recall_contact,recall_told": saying("Recalls"),
    "set_aside,pair_note,pair_pause": saying("Notes about you and another family"),
}
"""The parts of the document, by the tables they are of, in their order."""

SILENT: Final[Mapping[str, Saying]] = {
    "family_message_item": saying("the questions of a message stand under questions"),
    "round_call": saying("a call of a round stands under calls"),
    "standing_hold": saying("a promise of a standing pair stands under promises"),
    "pickup_load": saying("which milk travels with a run stands under hand-overs"),
    "pickup": saying("a run is of several families; your stop on it is shown"),
    "overruled_rule": saying("notes of a run are of several families"),
    "merge": saying("that two entries were one family stands in the history"),
}
"""Tables of which nothing is printed, and why."""

ALWAYS_HIDDEN: Final = frozenset({"id", "version", "sha256", "content", "moved", "archived_on"})
"""Numbers of rows and bytes; a paper itself is handed over as a file."""

HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "household": frozenset({"merged_into_id", "forgotten_on"}),
    "donor": frozenset({"household_id"}),
    "recipient": frozenset({"household_id"}),
    "driver": frozenset({"household_id"}),
    "question": frozenset({"household_id", "topic"}),
    "family_message": frozenset({"household_id", "text_version"}),
    "call_made": frozenset({"household_id"}),
    "import_row": frozenset({"household_id", "import_id", "number"}),
    "stop": frozenset({"household_id", "place"}),
    "cooler": frozenset({"owner_household_id", "at_household_id"}),
    "choice": frozenset({"file_id", "told", "text_version"}),
    "delivery": frozenset({"against_dealt_on", "note_dealt_on", "with_driver"}),
}
"""Columns that say nothing to a family, or that tell of the other one: what a side was told is about her."""

WITHHELD: Final[Mapping[str, frozenset[str]]] = {
    "set_aside": frozenset({"reason"}),
    "pair_note": frozenset({"text"}),
    "pair_pause": frozenset({"reason", "resumed_why"}),
    "lent": frozenset({"note"}),
    "delivery": frozenset({"note", "let_go_why", "against"}),
    "overruling": frozenset({"name", "disclosed", "told"}),
}
"""Texts that may tell of the other family too: that there is one is said, not what it says."""

IS_THERE: Final = saying("something is written here that also tells of the other family; ask us about it")

LABELS: Final[Mapping[str, Saying]] = {
    "about": saying("About"),
    "agreed_on": saying("Agreed on"),
    "answer": saying("Answer"),
    "arrived_at": saying("Came at"),
    "asked_after": saying("Asked afterwards"),
    "asked_after_on": saying("Asked afterwards on"),
    "asked_on": saying("Asked on"),
    "at": saying("When"),
    "back_on": saying("Came back on"),
    "bags": saying("Bags"),
    "bank": saying("Milk bank"),
    "became": saying("What became of it"),
    "because": saying("Because of"),
    "began_at": saying("Begun"),
    "carried_from": saying("Out of promise"),
    "cells": saying("What it says"),
    "channel": saying("Sent by"),
    "chosen_by": saying("Who chose"),
    "chosen_on": saying("Chosen on"),
    "closed_at": saying("Closed"),
    "code": saying("Code"),
    "condition": saying("Came"),
    "count": saying("How many"),
    "decided_by": saying("Decided by"),
    "decided_on": saying("Decided on"),
    "decision": saying("Decision"),
    "delivered": saying("Delivered"),
    "delivery_id": saying("Hand-over of"),
    "disclosed": saying("What was told"),
    "donor_id": saying("Donor"),
    "donor_yes_on": saying("Donor’s yes on"),
    "driver_id": saying("Volunteer"),
    "end_on": saying("Until before"),
    "ended_on": saying("Ended on"),
    "ends_on": saying("Ends on"),
    "every_weeks": saying("Every how many weeks"),
    "expires_on": saying("Held until"),
    "expressed_from": saying("Pumped from"),
    "expressed_to": saying("Pumped until"),
    "family_yes_on": saying("Family’s yes on"),
    "fate": saying("What became of it"),
    "first_day": saying("From"),
    "first_on": saying("First on"),
    "formula_mentioned": saying("Formula that was mentioned"),
    "freezer": saying("Freezer"),
    "freezer_at": saying("In the freezer at"),
    "from_day": saying("From the day"),
    "from_lot_id": saying("Split off"),
    "from_on": saying("From"),
    "heat_treated": saying("Heated"),
    "heats": saying("Heats at home"),
    "hold_id": saying("Promise"),
    "how": saying("How"),
    "in_month": saying("Weeks of the month"),
    "is_a_day": saying("An amount a day"),
    "is_estimate": saying("An estimate"),
    "is_skipped": saying("Skipped"),
    "kind": saying("What"),
    "last_called_on": saying("Last rung on"),
    "last_day": saying("Until"),
    "last_outcome": saying("The last call"),
    "latitude_deg": saying("Place on the map, north"),
    "left_behind": saying("Left behind"),
    "lent_by": saying("Lent by"),
    "lent_on": saying("Lent on"),
    "let_go_on": saying("Let go on"),
    "let_go_why": saying("Let go because"),
    "longitude_deg": saying("Place on the map, east"),
    "lost": saying("Lost"),
    "lot_id": saying("Milk"),
    "made_by": saying("Made by"),
    "made_on": saying("Made on"),
    "medicine": saying("Medicine"),
    "name": saying("Name"),
    "nobody_home": saying("Nobody was home"),
    "note": saying("Note"),
    "noted_by": saying("Noted by"),
    "noted_on": saying("Noted on"),
    "on_day": saying("Day"),
    "only_from": saying("Only bags from"),
    "outcome": saying("Outcome"),
    "paused_on": saying("Paused on"),
    "pickup_id": saying("Run"),
    "place": saying("Kept in"),
    "place_label": saying("How the place is known"),
    "precision": saying("How exact the place is"),
    "presence": saying("Yes or no"),
    "profile": saying("By the profile"),
    "quarts": saying("Quarts"),
    "raw": saying("In your words"),
    "reason": saying("Reason"),
    "recall_id": saying("Recall"),
    "received_by": saying("Received by"),
    "recipient_id": saying("Family"),
    "recorded_by": saying("Written down by"),
    "recorded_on": saying("Written down on"),
    "resumed_on": saying("Went on from"),
    "resumed_why": saying("Went on because"),
    "ring_on": saying("To be rung on"),
    "rule": saying("Rule"),
    "side": saying("Side"),
    "signed_by": saying("Signed by"),
    "signed_on": saying("Signed on"),
    "signs": saying("Signs"),
    "since": saying("Since"),
    "source": saying("Told by"),
    "standing_pair_id": saying("Standing pair"),
    "start_on": saying("From"),
    "state": saying("State"),
    "subject": saying("What exactly"),
    "taste": saying("Taste"),
    "text": saying("Text"),
    "thawed_on": saying("Thawed on"),
    "thing": saying("Thing"),
    "told": saying("What was told"),
    "told_on": saying("Told on"),
    "tolerated": saying("Tolerated"),
    "until_on": saying("Until"),
    "volume": saying("Amount"),
    "weekday": saying("Day of the week"),
    "who": saying("Who"),
    "why": saying("Why"),
    "window_from": saying("From"),
    "window_to": saying("Until"),
    "against": saying("Against it"),
}
"""What a column is called where the table of fields has no name for it."""


def shown_columns(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of the *columns* of *table* are printed, in their order."""
    hidden = ALWAYS_HIDDEN | HIDDEN.get(table, frozenset())
    return tuple(name for name in columns if name not in hidden)
