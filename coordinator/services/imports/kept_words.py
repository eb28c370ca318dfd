"""What a family's forms said in columns that no field is read from: kept with the import, and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import ImportedCellsRow, ImportRow
from coordinator.db.roles import role_by_code
from coordinator.domain.imports.columns.column_use import read_stored


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What stood below one heading."""

    heading: str
    words: str


def unread_words(database: Database, code: str) -> tuple[KeptWords, ...]:
    """Return what was written in unread columns of every form of the family of *code*, the newest first.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        return tuple(dict.fromkeys(_kept(session, role_by_code(session, code).household_id)))


def _kept(session: Session, household_id: int) -> Iterator[KeptWords]:
    homes = sa.select(HouseholdRow.id).where(
        sa.or_(HouseholdRow.id == household_id, HouseholdRow.merged_into_id == household_id)
    )
    query = (
        sa.select(ImportRow.headers, ImportRow.mapping, ImportedCellsRow.cells)
        .join(ImportRow, ImportRow.id == ImportedCellsRow.import_id)
        .where(ImportedCellsRow.household_id.in_(homes))
        .order_by(ImportedCellsRow.id.desc())
    )
    for headers, mapping, cells in session.execute(query):
        used = {use.index for uses in json.loads(mapping).values() for use in read_stored(uses)}
        for at, (heading, words) in enumerate(zip(json.loads(headers), _cells(cells), strict=False)):
            if at not in used and words.strip():
                yield KeptWords(" ".join(heading.split()), words.strip())


def _cells(stored: str) -> list[str]:
    return list(json.loads(stored)["cells"])
