"""What forgetting a family does with everything that is written about it, as one table.

Each table of the network has a rule: its rows go, stay with some columns emptied, or are of no family. Of
rows that stay, each column has one. What a recall needs stays under codes: lots, dates, ounces, hand-overs,
babies as numbers. The house tests walk the tables, so that a new column must say what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Row(StrEnum):
    """What becomes of a row of the family."""

    GOES = "is deleted"
    STAYS = "stays, with what tells of a person emptied"
    OF_NO_FAMILY = "is of no family; its words are searched for the family's name"


class Column(StrEnum):
    """What becomes of a column of a row that stays."""

    KEPT = "a code, a day, an amount, a state: what a recall and the books need"
    EMPTIED = "as if nobody had been asked"
    NAMED = "cannot be empty: says that it is forgotten, or its number"
    OF_TAKER = "emptied where the family that received is forgotten: it is about her baby or home"
    OF_SIDE = "emptied where the side that said it is forgotten"
    UNLISTED = "an empty list: what one side was told is about the other"
    WORDLESS = "the words go, that there were some stays"
    FROZEN = "worked out for the day of forgetting, so that a recall finds the same ounces"


@dataclass(frozen=True, slots=True)
class TableRule:
    """What becomes of the family's rows of one table.

    ``through`` are the columns by which a row is the family's, each with the table it points to; a table's
    name with ``:taker`` or ``:giver`` means only the rows on that side of a hold, ``:run`` a pickup that went
    to the family. ``codes`` are columns that hold its code, or one of its lots'.

    ``searched`` are texts that are looked through for the family's words where the row is another's or
    nobody's, and from which they can be taken out; in ``contact`` they are only found: who another family is,
    or what the network decided.
    """

    row: Row
    through: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    searched: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def columns_by(self, rule: Column) -> Iterator[str]:
        """Yield the columns with *rule*."""
        yield from (name for name, found in self.columns.items() if found is rule)

    @property
    def keeps_all(self) -> bool:
        """Whether nothing in a row tells of a person."""
        return self.row is Row.STAYS and all(found is Column.KEPT for found in self.columns.values())


def _stays(through: Mapping[str, str], kept: str, emptied: str = "", **others: Column) -> TableRule:
    columns = dict.fromkeys(("id version " + kept).split(), Column.KEPT)
    columns |= dict.fromkeys(emptied.split(), Column.EMPTIED) | others
    texts = tuple(name for name in columns if columns[name] not in {Column.KEPT, Column.FROZEN})
    return TableRule(Row.STAYS, through, columns, searched=texts)


def _goes(through: Mapping[str, str], searched: str = "") -> TableRule:
    return TableRule(Row.GOES, through, searched=tuple(searched.split()))


def _of_nobody(searched: str = "", contact: str = "") -> TableRule:
    return TableRule(Row.OF_NO_FAMILY, searched=tuple(searched.split()), contact=tuple(contact.split()))


_CONTACT = "name name_on_paper email phone street town state zip_code other_phone other_email place_label"

_ABOUT_HOME = (
    "email phone street town state zip_code latitude_deg longitude_deg precision place_label "
    "preferred_contact languages hours driver_note notes read_before_ringing last_contact_on ring_times "
    "first_spoken_on first_spoken_how other_phone other_email stairs"
)

RULES: Mapping[str, TableRule] = {
    "household": TableRule(
        Row.STAYS,
        {"merged_into_id": "household"},
        {
            "id": Column.KEPT,
            "version": Column.KEPT,
            "merged_into_id": Column.KEPT,
            "forgotten_on": Column.KEPT,
            "name": Column.NAMED,
            "name_on_paper": Column.NAMED,
            **dict.fromkeys(_ABOUT_HOME.split(), Column.EMPTIED),
        },
        searched=("driver_note", "notes", "read_before_ringing", "hours", "ring_times", "preferred_contact"),
        contact=tuple(_CONTACT.split()),
    ),
    "donor": _stays(
        {"household_id": "household"},
        "code household_id state archived_on",
        "state_note bereaved baby_born gestation_weeks wishes",
    ),
    "recipient": _stays(
        {"household_id": "household"},
        "code household_id babies archived_on",
        "baby_name baby_born gestation_weeks health must_avoid washout_days medicine_ok nicotine_ok "
        "clinician clinician_agreed_on reach_miles reach_minutes has_car meets_halfway reason own_supply_low "
        "own_supply_high formula formula_mentioned freezer oldest_milk_months needs_this_week paused",
        stock=Column.FROZEN,
        stock_on=Column.FROZEN,
    ),
    "driver": _stays(
        {"household_id": "household"},
        "code household_id archived_on",
        "max_hours coolers_qt lift_lb climbs_stairs max_miles away_from away_to",
    ),
    # What was told, asked and rung about.
    "fact": _goes({"donor_id": "donor"}, "subject raw"),
    "question": _goes({"household_id": "household"}, "text raw answer"),
    "family_message": _goes({"household_id": "household"}),
    "family_message_item": _goes({"message_id": "family_message"}),
    "call_made": _goes({"household_id": "household"}),
    "round_call": _goes({"household_id": "household"}),
    "import_row": _goes({"household_id": "household"}, "cells"),
    "deferral": _goes({"donor_id": "donor"}, "reason made_by"),
    "sign_off": _goes({"donor_id": "donor"}, "note signed_by"),
    "medicine_decision": _goes({"donor_id": "donor"}, "decided_by reason"),
    "set_aside": _goes({"donor_id": "donor", "recipient_id": "recipient"}, "reason"),
    "pair_note": _goes({"donor_id": "donor", "recipient_id": "recipient"}, "text"),
    "pair_pause": _goes({"donor_id": "donor", "recipient_id": "recipient"}, "reason resumed_why"),
    "merge": _goes({"kept_id": "household", "merged_id": "household"}),
    # Milk and where it went: a recall goes by these.
    "lot": _stays(
        {"donor_id": "donor"},
        "code donor_id volume bags is_estimate expressed_from expressed_to freezer place thawed_on "
        "heat_treated archived_on",
        "note",
    ),
    "lot_split": _stays({"lot_id": "lot", "from_lot_id": "lot"}, "lot_id from_lot_id from_day"),
    "lot_fate": _stays({"lot_id": "lot"}, "lot_id fate volume on_day bags bank carried_from", "why"),
    "milk_used": _stays({"recipient_id": "recipient"}, "recipient_id how volume on_day", "note"),
    "hold": _stays(
        {"lot_id": "lot", "recipient_id": "recipient"},
        "code lot_id recipient_id volume made_on expires_on bags only_from state carried_from",
    ),
    "agreement": _stays({"hold_id": "hold"}, "hold_id donor_yes_on family_yes_on"),
    "hold_contact": _stays({"hold_id": "hold"}, "hold_id side kind on_day"),
    "choice": _stays(
        {"hold_id": "hold"},
        "hold_id side kind how text_version told_on chosen_on noted_on ended_on",
        chosen_by=Column.OF_SIDE,
        noted_by=Column.OF_SIDE,
        heats=Column.OF_SIDE,
        file_id=Column.OF_SIDE,
        told=Column.UNLISTED,
    ),
    "delivery": _stays(
        {"hold_id": "hold"},
        "pickup_id hold_id on_day delivered left_behind lost bags condition nobody_home note_dealt_on "
        "let_go_on asked_after_on against_dealt_on with_driver",
        "note let_go_why",
        asked_after=Column.OF_TAKER,
        received_by=Column.OF_TAKER,
        against=Column.WORDLESS,
    ),
    "asked_after": _goes({"delivery_id": "delivery:taker"}, "note"),
    "overruling": _stays(
        {"donor_id": "donor", "recipient_id": "recipient"},
        "rule recipient_id decided_by on_day donor_id lot_id",
        "disclosed told",
        name=Column.NAMED,
    ),
    "standing_pair": _stays(
        {"donor_id": "donor", "recipient_id": "recipient"},
        "code donor_id recipient_id volume is_a_day weekday every_weeks in_month first_on agreed_on ends_on "
        "state",
    ),
    "standing_day": _stays({"standing_pair_id": "standing_pair"}, "standing_pair_id on_day is_skipped"),
    "standing_hold": _stays(
        {"standing_day_id": "standing_day", "hold_id": "hold"}, "standing_day_id hold_id"
    ),
    "recall": replace(
        _stays({}, "code about began_at first_day last_day closed_at", "because"), codes=("about",)
    ),
    "recall_contact": replace(_stays({}, "recall_id who at outcome", "note"), codes=("who",)),
    "recall_told": replace(_stays({}, "recall_id who became volume on_day", "note"), codes=("who",)),
    "lent": _stays(
        {"donor_id": "donor", "recipient_id": "recipient"},
        "donor_id recipient_id lent_by thing count lent_on back_on",
        "note",
    ),
    "cooler": _stays(
        {"owner_household_id": "household"},
        "quarts owner_household_id at_household_id since archived_on",
        name=Column.NAMED,
    ),
    # Runs: what was typed about one that went to the family may tell of it.
    "pickup_load": _stays({"hold_id": "hold"}, "pickup_id hold_id"),
    "stop": _stays(
        {"household_id": "household"},
        "pickup_id household_id kind place window_from window_to arrived_at freezer_at",
    ),
    "second_driver": _stays({"driver_id": "driver"}, "pickup_id driver_id"),
    "pickup": _stays(
        {"id": "pickup:run", "driver_id": "driver"},
        "code kind on_day state starts_at driver_id driver_yes_on lunch_at lunch_minutes prints printed_at "
        "printed_digest odometer_start_miles odometer_end_miles sheet_note_dealt_on",
        "meeting_place meeting_latitude_deg meeting_longitude_deg note sheet_note",
    ),
    "overruled_rule": _stays({"pickup_id": "pickup"}, "pickup_id rule on_day about", "note"),
    # A scanned paper is of who chose by it.
    "choice_file": _goes({}),
    # Of no family: searched for the words of one.
    "import_journal": _of_nobody("file_name headers"),
    "looked_up_place": _of_nobody("query label"),
    "network_decision": _of_nobody(contact="decided_by reason"),
    "policy_decision": _of_nobody(contact="subject decided_by reason"),
    "policy_profile": _of_nobody(contact="title"),
    "policy_change": _of_nobody(contact="reason changed_by clinician asked asked_by"),
    "page_check": _of_nobody(contact="opened_by"),
    "setting": _of_nobody(contact="value"),
    "call_round": _of_nobody(),
    "code_counter": _of_nobody(),
    # The history: its values go with what they are of, its labels hold codes only.
    "audit": _of_nobody("label"),
    "audit_change": _of_nobody(),
    "audit_value": _of_nobody("before after"),
}
"""The rule of each table of the network."""


class TraceKind(StrEnum):
    """What a family's words in another place mean."""

    SURE = "its whole name, phone, mail address or street, in a text from which they can be taken out"
    SHOWN = "the same where another family or the network is written down: nothing is changed there"
    MAYBE = "a last name or a baby's name, which others may have"


@dataclass(frozen=True, slots=True)
class Trace:
    """One text outside a family's own rows that has its words; ``of`` is the code of whom it belongs to."""

    table: str
    row_id: int
    column: str
    kind: TraceKind
    of: str
    text: str
