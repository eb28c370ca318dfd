"""A family of whom something is written in every table that can hold it, each text a secret of its own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import Base, UtcDateTime, VolumeColumn, by_code, next_code
from coordinator.db.database import Database
from coordinator.db.forgetting_rows import Belongings, File, belongings_of, own_side
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.places import LookedUpPlaceRow
from coordinator.db.undo import entity_of
from coordinator.domain.agreements.standing_pairs import StandingState
from coordinator.domain.codes import CodeLetter
from coordinator.domain.families.forgetting import RULES, Column, Row
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.places.lookups import normalised
from coordinator.domain.volume import Volume
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.made_once import MadeOnce
from tests.networks import changed_copy
from tests.pickup_builders import SATURDAY, SETUP, Region, a_held_lot, a_region

BANK: Final = "A milk bank"
"""Where milk went is no secret of the family's."""
_FIGURES: Final = frozenset({"coolers_qt", "washout_days", "in_month"})
"""Texts that hold figures or lists and are read as such."""
_JSON: Final[dict[tuple[str, str], Callable[[str], str]]] = {
    ("import_row", "cells"): lambda secret: json.dumps({"cells": [secret], "values": {"name": secret}}),
    ("merge", "moved"): lambda secret: json.dumps([["household", 1, "notes", secret, ""]]),
    ("choice", "told"): lambda secret: json.dumps([["dairy", secret, secret]]),
}


@dataclass
class Secrets:
    """Words that nobody but this family has; ``written`` tells which are where."""

    numbers: Iterator[int] = field(default_factory=itertools.count)
    written: dict[str, list[str]] = field(default_factory=dict)

    def new(self, table: str, column: str) -> str:
        """Return a new secret for a column."""
        secret = f"zq{next(self.numbers):05d}qz"
        self.written.setdefault(f"{table}.{column}", []).append(secret)
        return secret

    def kept(self) -> str:
        """Return what :meth:`read` reads."""
        return json.dumps(self.written)

    @staticmethod
    def read(kept: str) -> Secrets:
        """Return the secrets of a network that was made before."""
        return Secrets(written=json.loads(kept))

    def all(self) -> set[bytes]:
        """Return every secret that was ever written."""
        return {one.encode() for words in self.written.values() for one in words}


def secrets_made_once(migrated_file: Path, made_once: MadeOnce) -> tuple[Path, Secrets]:
    """Return a network of :func:`a_family_of_secrets`, to copy, and its secrets."""

    def make(path: Path) -> None:
        def write(database: Database) -> None:
            path.with_suffix(".json").write_text(a_family_of_secrets(database)[1].kept())

        changed_copy(migrated_file, path, write)

    made = made_once.path("secrets.db", make)
    return made, Secrets.read(made.with_suffix(".json").read_text())


def a_family_of_secrets(database: Database) -> tuple[Region, Secrets]:
    """Write a region whose first donor's family gives, receives and drives, and is written about everywhere.

    Its milk was delivered; nothing of it is promised. D-0001 is a code of it.
    """
    region = a_region(database)
    with database.writing(SETUP) as session:
        home = _home(session)
        family = _row(
            session,
            "recipient",
            {"household_id": home, "code": next_code(session, CodeLetter.RECIPIENT), "babies": 2},
        )
        _row(session, "driver", {"household_id": home, "code": next_code(session, CodeLetter.DRIVER)})
        held = a_held_lot(session, by_code(session, LotRow, "L-0002"), family, 20, bags=None).code
    holds = (*region.holds, held)
    code = planning.plan_pickup(database, PickupKind.RUN, SATURDAY, holds, driver_code="V-0002", today=TODAY)
    came = [Outcome(hold, Volume.from_oz(20 if hold == held else 40)) for hold in holds]
    planning.settle(database, code, came, SATURDAY)
    secrets = Secrets()
    with database.writing(SETUP) as session:
        _fill(session, secrets)
    for _ in range(2):  # the second time the first secrets are in the history alone
        with database.writing(SETUP) as session:
            _tell_secrets(session, secrets)
    with database.writing(SETUP) as session:
        found = _family(session)
        for table in ("fact", "question", "pair_note", "asked_after"):
            for row_id in found.rows[table]:
                session.delete(session.get_one(entity_of(table), row_id))
    with database.writing(SETUP) as session:
        _fill(session, secrets)  # what is there no more is in the history, and new rows in its place
    with database.writing(SETUP) as session:
        _tell_secrets(session, secrets)
    return region, secrets


def _family(session: Session) -> Belongings:
    return belongings_of(File(session.connection()), {_home(session)})


def _home(session: Session) -> int:
    found = session.scalar(sa.text("SELECT household_id FROM donor WHERE code = 'D-0001'"))
    return int(found or 0)


def _fill(session: Session, secrets: Secrets) -> None:
    """Add a row of the family to every table that has none."""
    is_full = False
    while not is_full:  # what hangs on a row that is made now is made the next time round
        is_full, found = True, _family(session)
        for table, rule in RULES.items():
            parents = {column: _parent(parent) for column, parent in rule.through.items() if column != "id"}
            known = all(found.rows[one] for one in parents.values())
            if not (parents or rule.codes) or found.rows[table] or not known:
                continue
            links: dict[str, Any] = {column: min(found.rows[one]) for column, one in parents.items()}
            _row(session, table, links | dict.fromkeys(rule.codes, "D-0001"))
            is_full = False
    scan = _row(session, "choice_file", {"content": secrets.new("choice_file", "content").encode()})
    found = _family(session)
    for row_id in found.rows["choice"]:
        choice: Any = session.get_one(entity_of("choice"), row_id)
        choice.file_id = scan.id
    home = session.get_one(HouseholdRow, _home(session))
    home.street = f"12 {secrets.new('household', 'street')} Lane"
    session.flush()
    session.add(
        LookedUpPlaceRow(
            server="https://example.org",
            query=normalised(f"{home.street}, Dover NH"),
            looked_up_at=datetime(2026, 11, 1, tzinfo=UTC),
            label=f"house\n{home.street}",
        )
    )
    session.flush()


def _parent(name: str) -> str:
    return name.partition(":")[0] if name.endswith(":run") else name


def _row(session: Session, table: str, links: dict[str, Any]) -> Any:  # noqa: ANN401 - a row of any table
    """Add a row of *table* with these columns and something in each other that needs a value."""
    known = Base.metadata.tables[table]
    values: dict[str, Any] = {}
    for column in known.columns:
        if column.name in links:
            values[column.name] = links[column.name]
        elif column.foreign_keys and not column.nullable:
            (key,) = column.foreign_keys
            last = sa.func.max if column.name in {"from_lot_id", "merged_id"} else sa.func.min
            known_id = session.scalar(sa.select(last(key.column)))
            values[column.name] = known_id or _row(session, key.column.table.name, {}).id
        elif column.name not in {"id", "version"} and not column.nullable:
            values[column.name] = _some(column)
    if table == "standing_pair":
        values["state"], values["in_month"] = StandingState.ENDED, ""
    if table == "recall":
        values["closed_at"] = values["began_at"]
    if table == "merge":
        values["kept_id"], values["merged_id"] = (
            links["kept_id"],
            session.scalar(sa.text("SELECT max(id) FROM household")),
        )
    if table == "lot_split":
        values["from_lot_id"] = session.scalar(sa.text("SELECT max(id) FROM lot"))
    if table == "lot_fate":
        values["volume"] = Volume(1000)
    row = entity_of(table)(**values)
    session.add(row)
    session.flush()
    return row


def _some(column: sa.Column[Any]) -> object:
    kind = column.type
    if isinstance(kind, sa.Enum):
        assert kind.enum_class is not None
        return next(iter(kind.enum_class))
    if isinstance(kind, VolumeColumn):
        return Volume.from_oz(1)
    simple: dict[type, object] = {
        sa.Date: TODAY,
        sa.Time: time(9),
        UtcDateTime: datetime(2026, 11, 1, tzinfo=UTC),
        sa.Integer: 1,
        sa.Boolean: False,
        sa.Double: 1.0,
        sa.LargeBinary: b"",
    }
    return simple.get(type(kind), "" if column.name in _FIGURES else "x")


def _tell_secrets(session: Session, secrets: Secrets) -> None:
    """Write a secret into every text about the family that forgetting is to erase."""
    found = _family(session)
    for table, rule in RULES.items():
        if rule.row is Row.OF_NO_FAMILY or table == "choice_file":
            continue
        for row_id in sorted(found.rows[table]):
            row: Any = session.get_one(entity_of(table), row_id)
            for column in Base.metadata.tables[table].columns:
                kind = rule.columns.get(column.name)
                is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
                if (
                    not is_text
                    or kind is Column.KEPT
                    or column.name in _FIGURES
                    or not _is_own(found, row, kind)
                ):
                    continue
                secret = secrets.new(table, column.name)
                write = _JSON.get((table, column.name))
                setattr(row, column.name, secret if write is None else write(secret))
    for row_id in found.rows["lot_fate"]:
        fate: Any = session.get_one(entity_of("lot_fate"), row_id)
        fate.bank = BANK
    session.flush()


def _is_own(found: Belongings, row: Any, kind: Column | None) -> bool:  # noqa: ANN401 - a row of any table
    if kind is Column.OF_TAKER:
        return row.id in found.rows[f"{row.__tablename__}:taker"]
    return kind is not Column.OF_SIDE or own_side(found, row.hold_id, row.side.value)
