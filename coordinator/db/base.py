"""What every table shares: typed columns that mean the same on SQLite and PostgreSQL.

Decided here: volumes are ``BigInteger`` microlitres (32 bits overflow at 80,000 oz), times are UTC and
aware on both databases, enumerations are stored as their words, codes such as D-0007 come from a
counter and are never given twice, texts are storable (``storable``), and every mutable row carries a
version.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, declared_attr, mapped_column

from coordinator.db.storable import keep_storable
from coordinator.domain.codes import CodeLetter
from coordinator.domain.volume import Volume
from coordinator.errors import NotFoundError


class VolumeColumn(sa.TypeDecorator[Volume]):
    """A ``Volume`` as whole microlitres."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Volume | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 - the interface
        """Return whole microlitres."""
        return None if value is None else value.microlitres

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Volume | None:  # noqa: ANN401, ARG002 - the interface
        """Return the volume; a sum comes from PostgreSQL as a decimal number."""
        return None if value is None else Volume(int(value))


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware UTC time; SQLite alone would give back a naive one."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        """Return a naive UTC time for the database."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:  # noqa: ANN401, ARG002 - the interface
        """Return an aware UTC time."""
        return None if value is None else value.replace(tzinfo=UTC)


def words(kind: type[StrEnum]) -> sa.Enum:
    """Return a column type that stores the enumeration's words, readable in any tool."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda e: [m.value for m in e],
    )


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The parent of every table."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {Volume: VolumeColumn, datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's own form


Coded = TypeVar("Coded", bound=Base)

keep_storable(Base)


@event.listens_for(sa.Table, "after_parent_attach")
def _never_give_a_number_twice(table: sa.Table, parent: object) -> None:
    """Keep SQLite from giving a deleted row's number to the next one: undo and history go by numbers."""
    if parent is Base.metadata and "id" in table.columns:
        table.dialect_options["sqlite"]["autoincrement"] = True


class Versioned(MappedAsDataclass, kw_only=True):
    """A mutable row: two coordinators who edit it never overwrite each other silently."""

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version: Mapped[int] = mapped_column(init=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        return {"version_id_col": cls.version}


class CodeCounterRow(Base):
    """The last number given out for a kind of code; numbers are never reused."""

    __tablename__ = "code_counter"

    prefix: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    last: Mapped[int]


def next_code(session: Session, letter: CodeLetter) -> str:
    """Return the next code of *letter*, such as ``D-0041``; undoing what used it leaves a gap on purpose."""
    return next_codes(session, letter, 1)[0]


def next_codes(session: Session, letter: CodeLetter, count: int) -> list[str]:
    """Return the next *count* codes of *letter*, as :func:`next_code` would one by one."""
    counter = session.get(CodeCounterRow, letter.value, with_for_update=True)
    if counter is None:
        counter = CodeCounterRow(prefix=letter.value, last=0)
        session.add(counter)
    first = counter.last + 1
    counter.last += count
    session.flush()
    return [f"{letter}-{number:04d}" for number in range(first, first + count)]


def by_code(session: Session, table: type[Coded], code: str) -> Coded:
    """Return the row of *table* with *code*, archived or not.

    Raises:
        NotFoundError: If there is none.
    """
    row = session.scalar(sa.select(table).filter_by(code=code.upper()))
    if row is None:
        raise NotFoundError(code)
    return row
