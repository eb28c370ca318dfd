"""A network whose every free text looks like markup and holds what a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import sqlalchemy as sa

from coordinator.bootstrap import Database
from coordinator.db.base import Base
from coordinator.db.engine import connect_sqlite
from coordinator.services.families.donors import list_donors
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_donors, set_aside
from coordinator.services.pickups.planning import pickups_between
from coordinator.services.pickups.settling import settle
from coordinator.services.policies.profiles import change_value, copy_profile, policy_now, use_profile
from coordinator.services.screening.call_list import defer
from coordinator.services.settings.values import change_setting

ORDERS = "\x1b[2J\x9b1m\x7f\u202eevil\u2066"
FREE_TEXTS = {
    "household": (
        "name name_on_paper email phone other_email other_phone street town state zip_code place_label "
        "preferred_contact languages hours driver_note notes read_before_ringing ring_times"
    ),
    "donor": "state_note wishes",
    "recipient": "baby_name clinician reason must_avoid freezer",
    "fact": "subject raw recorded_by",
    "question": "topic text raw answer",
    "lot": "note",
    "pickup": "meeting_place note sheet_note",
    "overruled_rule": "note",
    "asked_after": "note",
    "cooler": "name",
    "pair_note": "text",
    "pair_pause": "reason resumed_why",
    "lent": "note",
    "lot_fate": "why bank",
    "milk_used": "note",
    "recall": "because",
    "recall_contact": "note",
    "recall_told": "note",
    "delivery": "note let_go_why asked_after received_by against",
    "deferral": "reason made_by",
    "sign_off": "signed_by note",
    "medicine_decision": "medicine decided_by reason",
    "network_decision": "medicine decided_by reason",
    "overruling": "name disclosed",
    "set_aside": "reason",
    "policy_profile": "title",
    "policy_change": "reason changed_by clinician asked asked_by",
    "page_check": "address opened_by",
    "policy_decision": "subject decided_by reason figure",
    "import_journal": "file_name",
    "family_message_item": "topic hold_code",
    "looked_up_place": "server query label",
    "choice": "chosen_by noted_by",
    "choice_file": "name",
}
OURS = {
    "code": "what the program counts",
    "key kind base profile rule topic prefix origin label digest salt table_name server": "codes of its own",
    "about carried_from who": "the code of a family or a hold",
    "before after cells figure headers header_signature mapping counts moved told": "documents",
    "sha256 printed_digest": "digests",
    "text_version": "of a text of ours",
    "coolers_qt washout_days in_month": "figures it wrote itself",
    "name value outcome unit": "of a setting, of a row, of a figure",
}
"""The texts that only the program writes: not a way in."""


def texts_without_a_home() -> Iterator[str]:
    """Yield each text column that is neither free nor the program's own, so that a new one is thought of."""
    ours = {name for names in OURS for name in names.split()}
    for table in Base.metadata.sorted_tables:
        free = FREE_TEXTS.get(table.name, "").split()
        for column in table.columns:
            is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
            if is_text and column.name not in free and column.name not in ours:
                yield f"{table.name}.{column.name}"


def name_everything(database: Database, text: str) -> None:
    """Put *text* into every free text of *database*, as a file of an older program or another tool could.

    Past the program, which leaves out today what cannot be stored.
    """
    assert database.path is not None
    with closing(connect_sqlite(database.path)) as connection:
        for table, names in FREE_TEXTS.items():
            columns = ", ".join(f"{name} = :text" for name in names.split())
            connection.execute(f"UPDATE {table} SET {columns}", {"text": text})  # noqa: S608 - ours
    for name in ("network_name", "coordinator_name"):
        change_setting(database, name, text)


def decide_everything(database: Database, today: date) -> None:
    """Write down what a worked week alone does not: a pause, decisions, a profile, a settled pickup."""
    donor, *_ = list_donors(database, today)
    ranking = next(
        ranking
        for family in list_recipients(database, today)
        if (ranking := rank_donors(database, family.code, today)).matches
    )
    defer(database, donor.code, "why", today + timedelta(days=9), today, by="who")
    set_aside(database, ranking.seeker.code, ranking.matches[0].code, "why")
    rule, value = next(
        (key, one.value) for key, one in policy_now(database).values.items() if isinstance(one.value, int)
    )
    key = copy_profile(database, policy_now(database).key, "Ours", today)
    change_value(database, key, rule, value, "why", "who", today)
    use_profile(database, key)
    run, *_ = pickups_between(database, today, today + timedelta(days=14), today)
    settle(database, run.code, None, run.on)
