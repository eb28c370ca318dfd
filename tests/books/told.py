"""The history of every family, told in words after random work: nothing unsaid, no name of a column in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from coordinator.db.base import Base
from coordinator.domain.volume import VolumeUnit
from coordinator.services.records.family_history import told_history
from coordinator.services.records.undoable import undoable
from coordinator.services.records.undoing import would_do

if TYPE_CHECKING:
    from tests.books.machine import Coordinator

_NAMES: Final = re.compile(
    "|".join(
        rf"\b{name}\b"
        for name in sorted(
            {
                name
                for table in Base.metadata.sorted_tables
                for name in (table.name, *(column.name for column in table.columns))
                if "_" in name
            }
        )
    )
)
"""What tables and columns are called; those of one word are words of ours as well."""


def untold(it: Coordinator) -> Iterator[str]:
    """Yield what is wrong with the history of any family, lot, hold or pickup as it is told."""
    for table in ("donor", "recipient", "driver", "lot", "hold", "pickup"):
        for row in it.rows[table]:
            told = told_history(it.database, VolumeUnit.OZ, code=row["code"])
            if not told:
                yield f"nothing is told of {row['code']}"
            for one in told:
                text = f"{one.entry.shown}\n{one.words}"
                if found := _NAMES.search(text):
                    yield f"{row['code']}: {found[0]} stands in the history"
                if "None" in text or "Saying(" in text:
                    yield f"{row['code']}: no words for a value of {one.label}"


def misjudged(it: Coordinator, newest: int = 12) -> Iterator[str]:
    """Yield the actions of which the history says that they cannot be undone, and they can."""
    told = told_history(it.database, VolumeUnit.OZ, limit=newest)
    for number, can in undoable(it.database, [one.id for one in told if one.undone is None]).items():
        if not can and would_do(it.database, [number]):
            yield f"action {number} could be undone, and the history says: {can.why_not}"
