"""A region as large as is wished, made of the sample's answers under names, numbers and places of their own.

What is not known of the sample's households is not known of these: nearly every pair has something to ask.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from coordinator.bootstrap import make_network, open_database
from coordinator.db.base import Base
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.services.sample.samples import open_sample_region

SEED = 20261129
APART_DEG = 0.15
"""So far north or south, east or west of the sample's household each of its copies lives at most."""
_FIRST_NUMBER = 1001

Values = dict[str, Any]


def large_region(path: Path, today: date, donors: int, families: int) -> Database:
    """Make the sample region at *path* and copy its households until there are so many; return it open."""
    database = open_database(make_network(path))
    open_sample_region(database, today)
    with database.engine.begin() as connection:
        _Copies(connection).make(donors, families)
    return database


class _Copies:
    """Copies donors with their milk and answers, and families, each with its household and its questions."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection, self._random, self._number = connection, Random(SEED), _FIRST_NUMBER
        self._homes = {row["id"]: row for row in self._rows(HouseholdRow)}
        self._questions = self._by(QuestionRow, "household_id")
        self._lots, self._facts = self._by(LotRow, "donor_id"), self._by(FactRow, "donor_id")

    def make(self, donors: int, families: int) -> None:
        """Copy until there are so many."""
        for row in _again_and_again(self._rows(DonorRow), donors):
            donor = self._copy(DonorRow, row, "D", household_id=self._household(row["household_id"]))
            for lot in self._lots.get(row["id"], ()):
                self._copy(LotRow, lot, "L", donor_id=donor)
            for fact in self._facts.get(row["id"], ()):
                self._copy(FactRow, fact, donor_id=donor)
        for row in _again_and_again(self._rows(RecipientRow), families):
            self._copy(RecipientRow, row, "R", household_id=self._household(row["household_id"]))

    def _household(self, like: int) -> int:
        self._number += 1
        row = self._homes[like]
        places = {
            key: row[key] + self._random.uniform(-APART_DEG, APART_DEG)
            for key in ("latitude_deg", "longitude_deg")
            if row[key] is not None
        }
        name = f"{row['name'].split()[0]} {self._random.choice(('Lind', 'Roy', 'Ueda'))} {self._number}"
        reached = {"email": f"family{self._number}@example.org", "phone": f"+1603{2_000_000 + self._number}"}
        home = self._copy(HouseholdRow, row, name=name, **reached, **places)
        for question in self._questions.get(like, ()):
            self._copy(QuestionRow, question, household_id=home)
        return home

    def _copy(self, table: type[Base], row: Values, letter: str = "", **changes: object) -> int:
        code = {"code": f"{letter}-{self._number}"} if letter else {}
        values = {key: value for key, value in row.items() if key != "id"} | code | changes
        found = self._connection.execute(sa.insert(table).values(values)).inserted_primary_key
        assert found is not None
        return int(found[0])

    def _rows(self, table: type[Base]) -> list[Values]:
        columns = table.__table__
        return [dict(row) for row in self._connection.execute(sa.select(columns)).mappings()]

    def _by(self, table: type[Base], key: str) -> dict[int, list[Values]]:
        found: dict[int, list[Values]] = {}
        for row in self._rows(table):
            found.setdefault(row[key], []).append(row)
        return found


def _again_and_again(rows: list[Values], wanted: int) -> list[Values]:
    """Return what is copied so that there are as many as *wanted*."""
    return [rows[at % len(rows)] for at in range(len(rows), wanted)]
