"""What ``milkrun import --json`` says of every list. These keys are a promise: add, never rename."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import columns_of
from coordinator.domain.imports.columns.guesses import Sureness
from coordinator.sayings import Saying

if TYPE_CHECKING:
    from coordinator.domain.imports.preview import ImportPreview
    from coordinator.domain.imports.table import Table

KINDS = {Role.DONOR: "donors", Role.RECIPIENT: "recipients", Role.DRIVER: "drivers"}


def of_preview(preview: ImportPreview, chosen: Sequence[int] = ()) -> dict[str, Any]:
    """Return what an import does, or would do, with one list; *chosen* columns were told by ``--map``."""
    table, counts = preview.table, preview.counts
    nobody = [{"row": row.number, "why": str(row.why)} for row in table.left_out]
    removed = [{"row": plan.number, "why": plan.removed} for plan in preview.plans if plan.removed]
    return {
        **_of_file(table),
        "kind": KINDS[preview.kind],
        "columns": _columns(preview, set(chosen)),
        "rows": {
            "read": counts.rows + len(nobody),
            "new": counts.new,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "older": counts.older_answers,
            "look": counts.needs_a_look,
            "left_out": counts.left_out + len(nobody),
        },
        "left_out": nobody + removed,
        "notices": [str(said) for said in chain(table.notices, filter(None, [preview.order, preview.unfit]))],
    }


def of_unknown(table: Table, why: Saying | str) -> dict[str, Any]:
    """Return what there is to say of a sheet that is none of the three lists, or not told to be one."""
    return {
        **_of_file(table),
        "kind": None,
        "columns": [
            {"heading": heading, "field": None, "sure": Sureness.NONE.value} for heading in table.headers
        ],
        "rows": _no_rows(len(table.rows) + len(table.left_out)),
        "left_out": [{"row": row.number, "why": str(row.why)} for row in table.left_out]
        + [{"row": row.number, "why": str(why)} for row in table.rows],
        "notices": [*map(str, table.notices), str(why)],
    }


def of_unreadable(name: str, why: Saying | str) -> dict[str, Any]:
    """Return what there is to say of a file that cannot be read."""
    return {
        "file": name,
        "sheet": None,
        "encoding": "",
        "kind": None,
        "columns": [],
        "rows": _no_rows(0),
        "left_out": [],
        "notices": [str(why)],
    }


def _of_file(table: Table) -> dict[str, Any]:
    return {"file": table.name, "sheet": table.sheet or None, "encoding": table.encoding}


def _no_rows(count: int) -> dict[str, int]:
    none = dict.fromkeys(("new", "updated", "unchanged", "older", "look"), 0)
    return {"read": count, **none, "left_out": count}


def _columns(preview: ImportPreview, chosen: set[int]) -> list[dict[str, Any]]:
    fields = columns_of(preview.mapping)
    return [
        {
            "heading": heading,
            "field": fields.get(index),
            "sure": _sureness(preview, index, fields.get(index, ""), chosen).value,
        }
        for index, heading in enumerate(preview.table.headers)
    ]


def _sureness(preview: ImportPreview, index: int, topic: str, chosen: set[int]) -> Sureness:
    if not topic:
        return Sureness.NONE
    guessed = preview.guess.columns[index] if preview.guess else None
    if index in chosen or preview.is_mapping_remembered or guessed is None or guessed.topic != topic:
        return Sureness.SURE
    return guessed.sureness
