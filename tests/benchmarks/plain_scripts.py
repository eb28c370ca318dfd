"""What our whole actions are measured against: the same done as a script of an afternoon does it.

They know no rule, no history and no undo, and ask the file in plain SQL.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import sqlcipher3
from dateutil import parser
from geopy.distance import geodesic

Row = tuple[Any, ...]

HOMES = """
    SELECT donor.id, donor.code, name, town, state_note, phone, email, hours, last_contact_on, latitude_deg,
           longitude_deg, household.id
    FROM donor JOIN household ON household.id = donor.household_id WHERE archived_on IS NULL ORDER BY code
"""


class Script:
    """Reads the network at *path*."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlcipher3.connect(str(path))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def list_donors(self, today: date) -> list[Row]:
        """Return a line a donor: home, milk that is free, dates, what is to be asked."""
        lots, free = self._lots(today)
        dairy: dict[int, str] = dict(self._rows("SELECT donor_id, presence FROM fact WHERE kind = 'dairy'"))
        asked = Counter(home for (home,) in self._rows("SELECT household_id FROM question"))
        lines = []
        for donor, code, *home, household in self._rows(HOMES):
            mine = [lot for lot in lots[donor] if free[lot[0]] > 0]
            ounces = sum(free[lot[0]] for lot in mine) / 29573.5295625
            days = [lot[2] for lot in mine]
            told = (f"{ounces:.0f} oz", min(days, default=""), max(days, default=""))
            lines.append((code, *home, *told, dairy.get(donor, "ask"), f"{asked[household]} to ask"))
        return lines

    def rank_donors(self, recipient: str, today: date) -> list[Row]:
        """Return who has milk for a family, those whose answers are all no first, nearest first."""
        lots, free = self._lots(today)
        told = defaultdict(list)
        for donor, kind, presence, end in self._rows("SELECT donor_id, kind, presence, end_on FROM fact"):
            if presence != "no" and not end:
                told[donor].append(f"{kind}: {presence}")
        home = (
            "SELECT latitude_deg, longitude_deg FROM household JOIN recipient ON household.id = household_id"
        )
        origin = self._rows(f"{home} WHERE code = ?", recipient)[0]
        ranked = []
        for donor, code, name, *_, north, east, _household in self._rows(HOMES):
            ounces = sum(free[lot[0]] for lot in lots[donor]) / 29573.5295625
            if ounces > 0:
                ranked.append(
                    (bool(told[donor]), geodesic(origin, (north, east)).miles, code, name, told[donor])
                )
        return sorted(ranked)

    def list_today(self, today: date) -> tuple[list[Row], list[Row], list[Row]]:
        """Return whose milk runs out, whom to ask what, and which holds end."""
        out = []
        families = (
            "SELECT code, name, stock, stock_on FROM recipient JOIN household ON household.id = household_id"
        )
        for code, name, stock, stock_on in self._rows(families):
            days = int((stock or 0) / 29573.5295625 / 25)
            last = date.fromisoformat(stock_on or today.isoformat()) + timedelta(days=days)
            if last < today + timedelta(days=7):
                out.append((last, code, name))
        ask = self._rows(
            "SELECT name, phone, text FROM question JOIN household ON household.id = household_id"
        )
        ending = self._rows("SELECT code, expires_on FROM hold WHERE state = 'open' ORDER BY expires_on")
        return sorted(out), ask, [*ending, *self.list_donors(today)]

    def _lots(self, today: date) -> tuple[dict[int, list[Row]], dict[int, int]]:
        lots, free = defaultdict(list), {}
        for lot, donor, volume, newest in self._rows("SELECT id, donor_id, volume, expressed_to FROM lot"):
            lots[donor].append((lot, volume, newest))
            free[lot] = volume
        live = "SELECT lot_id, volume FROM hold WHERE state = 'agreed' OR state = 'open' AND expires_on >= ?"
        for lot, held in self._rows(live, today.isoformat()):
            free[lot] -= held
        return lots, free

    def _rows(self, question: str, *values: object) -> list[Row]:
        found: list[Row] = self._connection.execute(question, values).fetchall()
        return found


def import_rows(path: Path, file: Path) -> int:
    """Write the rows of a donor form into a new file, dates and phones read; return how many."""
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection, path.open(newline="", encoding="utf-8-sig") as form:
        connection.execute("CREATE TABLE home (name, email, phone, street, town, state, zip, hours, note)")
        connection.execute("CREATE TABLE lot (home, ounces, bags, first_day, last_day, freezer, dairy)")
        count = 0
        for count, row in enumerate(csv.reader(form)):
            if count:
                _write(connection, row)
        connection.commit()
    return count


def _write(connection: sqlite3.Connection, row: list[str]) -> None:
    phone = phonenumbers.format_number(phonenumbers.parse(row[3], "US"), phonenumbers.PhoneNumberFormat.E164)
    ounces = int("".join(filter(str.isdigit, row[12])) or 0)
    _insert(connection, "home", [row[1], row[2], phone, *row[4:8], row[8], row[-1]])
    days = [parser.parse(day).date().isoformat() if day else None for day in row[14:16]]
    _insert(connection, "lot", [phone, ounces, row[13], *days, row[16], row[17]])


def _insert(connection: sqlite3.Connection, table: str, values: Iterable[object]) -> None:
    kept = list(values)
    marks = ", ".join("?" * len(kept))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", kept)  # noqa: S608 - our own names
