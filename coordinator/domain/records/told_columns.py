"""What the history calls each table's rows and columns.

Labels of a family's own fields are those of the catalogue of fields. A value without a label speaks for
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coordinator.domain.families.fields import COLUMN_OF, HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.families.typed_fields import Kind
from coordinator.domain.records.row_words import Area, RowWords
from coordinator.sayings import NOTHING, Saying, saying

_ALWAYS_SILENT: Final = frozenset({"id", "version", "code"})
_REASON: Final = saying("reason")
_NOTE: Final = saying("note")
_ON: Final = saying("on")
_WITH: Final = saying("with")
_OF: Final = saying("of")
_FOR: Final = saying("for")
_BY: Final = saying("by")
_BAGS: Final = saying("bags")
_AMOUNT: Final = saying("amount")
_UNTIL: Final = saying("until")
_REMOVED: Final = saying("removed on")
_CARRIED: Final = saying("already with a volunteer since")
_FROM: Final = saying("from")
_TOLD: Final = saying("told")
_AT: Final = saying("at")
_SINCE: Final = saying("since")
_TEXT_KINDS: Final = {Kind.FOODS, Kind.YES_NO_ASK, Kind.HEALTH, Kind.WILLING, Kind.VOLUME}


def _of_family(
    thing: Saying, fields: Mapping[str, Field], more: Mapping[str, Saying], silent: str
) -> RowWords:
    """Return the words of a table of the catalogue of fields, and of what it has besides."""
    by_column = {COLUMN_OF.get(key, key): one for key, one in fields.items()}
    return RowWords(
        thing,
        Area.FAMILY,
        {**{column: one.form_label for column, one in by_column.items()}, **more},
        frozenset(_columns(silent)) | _ALWAYS_SILENT,
        frozenset(column for column, one in by_column.items() if one.kind in _TEXT_KINDS),
        is_plain=True,
    )


def _columns(names: str) -> tuple[str, ...]:
    """Return column names that stand with semicolons between."""
    return tuple(filter(None, names.split(";")))


def _told(thing: Saying, area: Area, silent: str = "", called_by: str = "", /, **labels: Saying) -> RowWords:
    return RowWords(
        thing, area, labels, frozenset(_columns(silent)) | _ALWAYS_SILENT, called_by=_columns(called_by)
    )


LINKING: Final = frozenset({_ON, _WITH, _OF, _FOR, _BY, _UNTIL, _CARRIED, _FROM, _TOLD, _AT, _SINCE})
"""Labels that lead to their value without a colon: "for the Lee family"."""


TOLD: Final[Mapping[str, RowWords]] = {
    "household": _of_family(
        saying("family"),
        HOUSEHOLD_FIELDS,
        {
            "place_label": saying("Place on the map"),
            "precision": saying("Place known by"),
            "merged_into_id": saying("Part of the family"),
        },
        "latitude_deg;longitude_deg",
    ),
    "donor": _of_family(
        saying("donor"),
        ROLE_FIELDS[Role.DONOR],
        {"household_id": saying("Family"), "archived_on": saying("Removed on")},
        "",
    ),
    "recipient": _of_family(
        saying("receiving family"),
        ROLE_FIELDS[Role.RECIPIENT],
        {
            "formula_mentioned": saying("Formula in their own words"),
            "household_id": saying("Family"),
            "archived_on": saying("Removed on"),
        },
        "",
    ),
    "driver": _of_family(
        saying("volunteer"),
        ROLE_FIELDS[Role.DRIVER],
        {"household_id": saying("Family"), "archived_on": saying("Removed on")},
        "",
    ),
    "merge": _told(
        saying("two families made one"), Area.FAMILY, "moved", kept_id=saying("now"),
        merged_id=saying("was")
    ),
    "import_row": _told(
        saying("line of a list"), Area.FAMILY, "import_id;household_id;outcome;cells;number"
    ),
    "fact": _told(
        saying("answer"), Area.ANSWERS, "donor_id;recorded_on", "kind;subject",
        kind=NOTHING, presence=NOTHING, subject=NOTHING, start_on=_FROM, end_on=_UNTIL,
        source=_TOLD, recorded_by=_BY, raw=saying("in her words"),
    ),
    "question": _told(
        saying("question"), Area.ANSWERS, "household_id;topic", "text",
        text=NOTHING, raw=saying("told in a list"), state=saying("state"), answer=saying("answer"),
        ring_on=saying("ring on"), last_outcome=saying("last call"),
        last_called_on=saying("last called on"),
    ),
    "medicine_decision": _told(
        saying("decision about a medicine"), Area.ANSWERS, "donor_id", "medicine",
        medicine=NOTHING, decision=NOTHING, decided_by=_BY, decided_on=_ON, reason=_REASON,
    ),
    "deferral": _told(
        saying("pause"), Area.ANSWERS, "donor_id",
        from_on=_FROM, until_on=_UNTIL, ended_on=saying("ended on"), made_by=_BY, reason=_REASON,
    ),
    "sign_off": _told(
        saying("signature"), Area.ANSWERS, "donor_id;profile",
        signed_by=_BY, signed_on=_ON, note=_NOTE,
    ),
    "overruling": _told(
        saying("overruling"), Area.ANSWERS, "rule;told", "donor_id;recipient_id",
        donor_id=_OF, lot_id=saying("milk"), recipient_id=_FOR, decided_by=_BY, name=NOTHING, on_day=_ON,
        disclosed=saying("what was told"),
    ),
    "call_made": _told(
        saying("call"), Area.CALLS, "household_id", outcome=NOTHING, on_day=_ON,
        ring_on=saying("ring again on")
    ),
    "call_round": _told(
        saying("round of calls"), Area.CALLS, "call_minutes",
        made_on=_ON, minutes=saying("minutes"), ended_on=saying("ended on"),
    ),
    "round_call": _told(
        saying("place in a round of calls"), Area.CALLS, "round_id;household_id", place=saying("number")
    ),
    "family_message": _told(
        saying("message"), Area.CALLS, "household_id;text_version", channel=saying("sent by"), asked_on=_ON
    ),
    "family_message_item": _told(
        saying("question in the message"), Area.CALLS, "message_id;topic;question_id",
        number=saying("number"), hold_code=saying("about"), side=saying("put to"),
    ),
    "lot": _told(
        saying("milk"), Area.MILK, "",
        donor_id=_OF, volume=_AMOUNT, is_estimate=saying("an estimate"), bags=_BAGS,
        expressed_from=saying("pumped from"), expressed_to=saying("pumped to"), freezer=saying("freezer"),
        place=saying("kept in"), thawed_on=saying("thawed on"), heat_treated=saying("heat-treated"),
        note=_NOTE,
        archived_on=_REMOVED,
    ),
    "lot_split": _told(
        saying("split"), Area.MILK, "",
        lot_id=saying("later part"), from_lot_id=saying("cut off"), from_day=saying("from the bags of"),
    ),
    "lot_fate": _told(
        saying("what became of milk"), Area.MILK, "", "lot_id",
        lot_id=_OF, fate=NOTHING, volume=_AMOUNT, bags=_BAGS, on_day=_ON, bank=saying("milk bank"),
        carried_from=_CARRIED, why=_REASON,
    ),
    "milk_used": _told(
        saying("milk used at home"), Area.MILK, "recipient_id", "on_day", how=NOTHING, volume=_AMOUNT,
        on_day=_ON, note=_NOTE
    ),
    "hold": _told(
        saying("hold"), Area.SHARING, "",
        volume=NOTHING, bags=_BAGS, lot_id=_OF, recipient_id=_FOR, made_on=saying("held on"),
        expires_on=_UNTIL,
        only_from=saying("only bags from"), state=saying("state"), carried_from=_CARRIED,
    ),
    "agreement": _told(
        saying("agreement"), Area.SHARING, "", "hold_id",
        hold_id=_OF, donor_yes_on=saying("the donor’s yes on"), family_yes_on=saying("the family’s yes on"),
    ),
    "choice": _told(
        saying("informed choice"), Area.SHARING, "told;told_on;text_version;file_id;noted_on",
        "side;hold_id",
        hold_id=_OF, side=NOTHING, kind=NOTHING, how=_TOLD, chosen_by=_BY, chosen_on=_ON,
        noted_by=saying("noted by"), heats=saying("at home"), ended_on=saying("counted until"),
    ),
    "hold_contact": _told(
        saying("contact about a hold"), Area.SHARING, "", "hold_id", hold_id=_OF, side=NOTHING,
        kind=NOTHING, on_day=_ON
    ),
    "set_aside": _told(
        saying("donor set aside"), Area.SHARING, "", "donor_id;recipient_id", donor_id=NOTHING,
        recipient_id=_FOR, reason=_REASON
    ),
    "pair_pause": _told(
        saying("pause between two families"), Area.SHARING, "", "donor_id;recipient_id",
        donor_id=NOTHING, recipient_id=_FOR, paused_on=_SINCE, why=_BY, reason=_REASON,
        resumed_on=saying("went on"), resumed_why=saying("why it went on"),
    ),
    "pair_note": _told(
        saying("note on two families"), Area.SHARING, "", "donor_id;recipient_id", donor_id=NOTHING,
        recipient_id=_WITH, on_day=_ON, text=_NOTE
    ),
    "lent": _told(
        saying("loan"), Area.SHARING, "", "thing",
        count=NOTHING, thing=NOTHING, lent_by=saying("lent by"), donor_id=saying("donor"),
        recipient_id=saying("family"), lent_on=_ON, back_on=saying("back on"), note=_NOTE,
    ),
    "standing_pair": _told(
        saying("standing agreement"), Area.SHARING, "",
        volume=NOTHING, is_a_day=saying("a day"), donor_id=_OF, recipient_id=_FOR, weekday=saying("on"),
        every_weeks=saying("weeks between"), in_month=saying("weeks of the month"),
        first_on=saying("first on"),
        agreed_on=saying("agreed on"), ends_on=saying("ends on"), state=saying("state"),
    ),
    "standing_day": _told(
        saying("day of a standing agreement"), Area.SHARING, "", "on_day",
        standing_pair_id=_OF, on_day=_ON, is_skipped=saying("skipped"),
    ),
    "standing_hold": _told(
        saying("hold of a standing agreement"), Area.SHARING, "standing_day_id", "hold_id", hold_id=NOTHING
    ),
    "asked_after": _told(
        saying("how it went"), Area.SHARING, "delivery_id",
        on_day=saying("asked on"), tolerated=saying("tolerated"), taste=saying("taste"),
        signs=saying("signs"),
        note=_NOTE,
    ),
    "pickup": _told(
        saying("pickup"), Area.PICKUPS, "meeting_latitude_deg;meeting_longitude_deg;printed_digest;prints",
        kind=NOTHING, on_day=_ON, starts_at=saying("starts at"), state=saying("state"),
        driver_id=saying("volunteer"), driver_yes_on=saying("the volunteer’s yes on"),
        lunch_at=saying("lunch at"),
        lunch_minutes=saying("minutes of lunch"), meeting_place=saying("meeting at"), note=_NOTE,
        printed_at=saying("sheet printed"), odometer_start_miles=saying("odometer at the start"),
        odometer_end_miles=saying("odometer at the end"), sheet_note=saying("written on the sheet"),
        sheet_note_dealt_on=saying("dealt with on"),
    ),
    "second_driver": _told(
        saying("second volunteer"), Area.PICKUPS, "", "pickup_id", driver_id=NOTHING,
        pickup_id=saying("on")),
    "pickup_load": _told(
        saying("milk on a pickup"), Area.PICKUPS, "", "hold_id;pickup_id", hold_id=NOTHING,
        pickup_id=saying("on")),
    "stop": _told(
        saying("stop"), Area.PICKUPS, "", "household_id;pickup_id",
        kind=NOTHING, household_id=_AT, pickup_id=saying("on"), place=saying("number"),
        window_from=saying("not before"), window_to=saying("not after"), arrived_at=saying("arrived at"),
        freezer_at=saying("in or out of the freezer at"),
    ),
    "overruled_rule": _told(
        saying("rule of the day overruled"), Area.PICKUPS, "rule", pickup_id=saying("on"),
        about=saying("about"),
        on_day=_ON, note=_REASON,
    ),
    "delivery": _told(
        saying("hand-over"), Area.PICKUPS, "pickup_id;asked_after;asked_after_on", "hold_id",
        hold_id=_OF, on_day=_ON, delivered=saying("delivered"), left_behind=saying("left behind"),
        lost=saying("lost"), with_driver=saying("still with the volunteer"), bags=_BAGS,
        condition=saying("condition"), nobody_home=saying("nobody was home"),
        received_by=saying("received by"),
        against=saying("against it"), against_dealt_on=saying("rang about it on"), note=_NOTE,
        note_dealt_on=saying("dealt with on"), let_go_on=saying("let go on"),
        let_go_why=saying("why it was let go"),
    ),
    "cooler": _told(
        saying("cooler"), Area.PICKUPS, "", "name",
        name=NOTHING, quarts=saying("quarts"), owner_household_id=_OF, at_household_id=_WITH,
        since=_SINCE, archived_on=_REMOVED,
    ),
    "recall": _told(
        saying("recall"), Area.RECALLS, "",
        about=saying("about"), because=_REASON, first_day=saying("milk pumped from"),
        last_day=saying("milk pumped to"), began_at=saying("begun"), closed_at=saying("closed"),
    ),
    "recall_contact": _told(
        saying("contact of a recall"), Area.RECALLS, "recall_id", "who",
        who=_WITH, outcome=NOTHING, at=_ON, note=_NOTE,
    ),
    "recall_told": _told(
        saying("what was told of milk in a recall"), Area.RECALLS, "recall_id", "who",
        became=NOTHING, volume=_AMOUNT, who=_BY, on_day=_ON, note=_NOTE,
    ),
    "import_journal": _told(
        saying("list read"), Area.NETWORK,
        "imported_at;sha256;kind;headers;header_signature;mapping;counts", "file_name",
        file_name=NOTHING,
    ),
    "network_decision": _told(
        saying("decision about a medicine of every donor"), Area.NETWORK, "", "medicine",
        medicine=NOTHING, decision=NOTHING, decided_by=_BY, decided_on=_ON, reason=_REASON,
    ),
    "policy_decision": _told(
        saying("decision of the network"), Area.NETWORK, "kind;subject;figure;unit",
        decided_by=_BY, decided_on=_ON, is_clinician=saying("a clinician"), reason=_REASON,
    ),
    "policy_profile": _told(
        saying("policy profile"), Area.NETWORK, "key;base", "title", title=NOTHING,
        made_on=saying("made on"),
        archived_on=_REMOVED,
    ),
    "policy_change": _told(
        saying("change of a policy profile"), Area.NETWORK, "profile_id;rule;value",
        changed_by=_BY, changed_on=_ON, reason=_REASON, clinician=saying("clinician"),
        reviewed_on=saying("reviewed on"), asked=saying("asked"), asked_by=saying("asked by"),
        asked_on=saying("asked on"),
    ),
    "page_check": _told(
        saying("page looked at"), Area.NETWORK, "profile;rule;figure", address=NOTHING, opened_by=_BY,
        opened_on=_ON
    ),
    "setting": _told(saying("setting"), Area.NETWORK, "name;value"),
}  # fmt: skip
"""By table. A table that is not here is not audited."""
