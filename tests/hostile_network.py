"""A network whose every free text looks like markup and holds what a terminal would obey."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import inspect

from coordinator.bootstrap import Database
from coordinator.db.donors import DonorRow
from coordinator.db.engine import connect_sqlite
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.services.settings.values import change_setting

ORDERS = "\x1b[2J\x9b1m\x7f\u202eevil\u2066"
FREE_TEXTS = {
    HouseholdRow: (
        "name name_on_paper email street town place_label languages hours driver_note notes "
        "read_before_ringing ring_times"
    ),
    LotRow: "note",
    PickupRow: "meeting_place note",
    DeliveryRow: "note",
    RecipientRow: "baby_name clinician reason",
    DonorRow: "state_note wishes",
    FactRow: "subject raw recorded_by",
    QuestionRow: "topic text raw answer",
}


def name_everything(database: Database, text: str) -> None:
    """Put *text* into every free text of *database*, as a file of an older program or another tool could.

    Past the program, which leaves out today what cannot be stored.
    """
    assert database.path is not None
    with closing(connect_sqlite(database.path)) as connection:
        for table, names in FREE_TEXTS.items():
            columns = ", ".join(f"{name} = :text" for name in names.split())
            connection.execute(f"UPDATE {inspect(table).local_table} SET {columns}", {"text": text})  # noqa: S608 - ours
    for name in ("network_name", "coordinator_name"):
        change_setting(database, name, text)
