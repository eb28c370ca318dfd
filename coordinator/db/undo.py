"""Undoing one audited action from its stored values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

import coordinator.db.every_table  # noqa: F401 - whatever is undone or merged, all tables are known
from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow, values_of
from coordinator.db.base import Base, UtcDateTime, VolumeColumn
from coordinator.db.writing import Values
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.families.merging import with_their_answers
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, plural, saying


class CannotUndoError(UserError):
    """The action cannot be undone, at least not alone.

    ``since`` names what was changed after it, by code where there is one. ``together`` are the actions to
    undo in its stead: what came later and stands in the way, the last one first, and itself.
    """

    def __init__(
        self,
        label: Saying,
        since: list[str],
        *,
        why: Saying = NOTHING,
        together: tuple[int, ...] = (),
        in_the_way: Sequence[Saying] = (),
    ) -> None:
        super().__init__(
            _alone(label, [] if why else since, in_the_way, len(together))
            if together
            else _any_more(label, since, why)
        )
        self.since = since
        self.together = together


def _alone(label: Saying, since: list[str], in_the_way: Sequence[Saying], together: int) -> Saying:
    """Return that an action goes only with what came later; *together* is how many that are."""
    names = joined(", ", [saying("“{name}”", name=name) for name in in_the_way])
    both = saying("Undo both, or neither.") if together == 2 else saying("Undo all of them, or none.")
    if since:
        return plural(
            "“{label}” cannot be undone alone: {names} came after it and stands in the way "
            "(changed since: {codes}). {both}",
            "“{label}” cannot be undone alone: {names} came after it and stand in the way "
            "(changed since: {codes}). {both}",
            len(in_the_way),
            label=label,
            names=names,
            codes=", ".join(since),
            both=both,
        )
    return plural(
        "“{label}” cannot be undone alone: {names} came after it and stands in the way. {both}",
        "“{label}” cannot be undone alone: {names} came after it and stand in the way. {both}",
        len(in_the_way),
        label=label,
        names=names,
        both=both,
    )


def _any_more(label: Saying, since: list[str], why: Saying) -> Saying:
    parts = [
        saying("“{label}” cannot be undone any more.", label=label),
        saying("These were changed since: {codes}.", codes=", ".join(since)) if since else NOTHING,
        why,
    ]
    return joined(" ", filter(None, parts))


def undo_in(session: Session, audit: AuditRow) -> None:
    """Set every row *audit* touched back to its values before.

    Raises:
        CannotUndoError: If a row no longer has the values the action left, or they were erased.
    """
    steps = _steps(session, audit)
    changed = [_name(session, step, row) for step, row in steps if not _untouched(step, row)]
    if changed:
        raise CannotUndoError(audit.said, sorted(set(changed)))
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    steps.sort(key=lambda pair: (order[pair[0].table], pair[0].takes))
    for step, row in steps:
        if step.before is not None:
            put_back(session, step.entity, step.before_alone if row is None else step.before, row)
            session.flush()
    for step, row in steps:
        if step.before is not None and row is None and step.own_table:
            put_back(session, step.entity, step.before, session.get(step.entity, step.row_id))
        if step.before is None and row is not None:
            put_back(session, step.entity, dict.fromkeys(step.own_table), row)
        if step.before is None and isinstance(row, HoldRow) and row.state is HoldState.AGREED:
            row.state = HoldState.OPEN  # its yeses go before it does, and those of an agreed one stay
    session.flush()
    for step, row in reversed(steps):
        if step.before is None and row is not None:
            session.delete(row)
            session.flush()


FIELD_BY_FIELD: Final = frozenset({"household", "donor", "recipient", "driver"})
"""Tables whose columns are fields of a family, each by itself."""


def changed_columns(table: str, before: Values, after: Values) -> frozenset[str]:
    """Return which columns of a row an action changed, with those that are one answer with them."""
    changed = {key for key, value in after.items() if key in before and before[key] != value}
    return with_their_answers(table, changed) & before.keys() & after.keys()


_LEAVES: Final = {"delivery": ("delivered", "lost"), "lot_fate": ("volume",)}
"""The columns of what left a lot."""


class _Step:
    """One row's values before and after the action."""

    def __init__(self, change: AuditChangeRow, value: AuditValueRow) -> None:
        self.table = change.table
        self.row_id = change.row_id
        self.before: Values | None = None if value.before is None else json.loads(value.before)
        self.after: Values | None = None if value.after is None else json.loads(value.after)
        self.entity = entity_of(change.table)
        self.own_table = _pointing_to_own_table(change.table)

    def leave_others(self) -> None:
        """Let only the columns count that the action changed: a new phone stands in no way of older notes.

        Only where a family's own fields are all it touched; what else belongs together is put back together.
        """
        if self.table in FIELD_BY_FIELD and self.before is not None and self.after is not None:
            changed = changed_columns(self.table, self.before, self.after)
            self.before = {key: self.before[key] for key in changed}
            self.after = {key: self.after[key] for key in changed}

    @property
    def takes(self) -> int:
        """How many microlitres more leave a lot once it is put back; below zero they come back to it.

        What comes back goes first, or a full lot would seem to give more than it has.
        """
        return sum(
            int((self.before or {}).get(key) or 0) - int((self.after or {}).get(key) or 0)
            for key in _LEAVES.get(self.table, ())
        )

    @property
    def before_alone(self) -> Values:
        """The values before, without what points to rows of the same table: these may not be back yet."""
        return (self.before or {}) | dict.fromkeys(self.own_table)


def _pointing_to_own_table(table: str) -> list[str]:
    """Return the columns of *table* that point to another of its rows: what a family was merged into."""
    keys = Base.metadata.tables[table].foreign_keys
    return [key.parent.name for key in keys if key.column.table.name == table]


def _steps(session: Session, audit: AuditRow) -> list[tuple[_Step, Base | None]]:
    query = (
        sa.select(AuditChangeRow, AuditValueRow)
        .outerjoin(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditChangeRow.audit_id == audit.id)
    )
    steps = []
    for change, value in session.execute(query):
        if value is None:
            raise CannotUndoError(audit.said, [])
        step = _Step(change, value)
        steps.append((step, session.get(step.entity, step.row_id)))
    if len(steps) == 1:
        steps[0][0].leave_others()
    return steps


def entity_of(table: str) -> type[Base]:
    """Return what maps the rows of *table*."""
    return next(m.class_ for m in Base.registry.mappers if m.local_table.description == table)


def _untouched(step: _Step, row: Base | None) -> bool:
    """Whether *row* is as the action left it; columns that came with a later version do not count."""
    if step.after is None or row is None:
        return step.after is None and row is None
    now = values_of(row)
    return all(now[key] == value for key, value in step.after.items() if key in now)


def _name(session: Session, step: _Step, row: Base | None) -> str:
    """Return the code of what was changed, or of what it belongs to."""
    values = step.after or step.before or {}
    code = getattr(row, "code", None) or values.get("code") or _owner(session, step, values)
    return str(code) if code else f"{step.table.replace('_', ' ')} {step.row_id}"


def _owner(session: Session, step: _Step, values: Values) -> str | None:
    """Return the code of the first row that this one points to, or of one that points to this family."""
    table = Base.metadata.tables[step.table]
    pointed = ((key.column.table, values.get(key.parent.name)) for key in table.foreign_keys)
    known = [(target, int(row_id)) for target, row_id in pointed if row_id is not None]
    for target, row_id in sorted(known, key=lambda pair: pair[0].name):
        code = (
            session.scalar(sa.select(target.c.code).where(target.c.id == row_id))
            if "code" in target.c
            else _role_code(session, row_id)
            if target.name == "household"
            else None
        )
        if code:
            return str(code)
    return _role_code(session, step.row_id) if step.table == "household" else None


def _role_code(session: Session, household_id: int) -> str | None:
    """Return the code of a role of the family, the first by table and code."""
    for table in (Base.metadata.tables[name] for name in ("donor", "recipient", "driver")):
        codes = sa.select(table.c.code).where(table.c.household_id == household_id).order_by(table.c.code)
        if (code := session.scalar(codes.limit(1))) is not None:
            return str(code)
    return None


def put_back(session: Session, entity: type[Base], values: Values, row: Base | None) -> None:
    """Give *row* the *values*, as JSON holds them; without one, make the row that had them."""
    mapper = sa.inspect(entity)
    target = row if row is not None else mapper.class_manager.new_instance()
    for attribute in mapper.column_attrs:
        if attribute.key in values:
            setattr(target, attribute.key, typed_value(attribute.columns[0].type, values[attribute.key]))
    if row is None:
        session.add(target)


def typed_value(kind: Any, value: Any) -> Any:  # noqa: ANN401 - any column's value
    """Return the JSON *value* as the column's own type."""
    if value is None:
        return None
    if isinstance(kind, VolumeColumn):
        return Volume(value)
    if isinstance(kind, sa.Enum) and kind.enum_class is not None and issubclass(kind.enum_class, Enum):
        return kind.enum_class(value)
    readers: dict[type, Any] = {
        UtcDateTime: datetime.fromisoformat,
        sa.Date: date.fromisoformat,
        sa.Time: time.fromisoformat,
    }
    reader = readers.get(type(kind))
    return reader(value) if reader else value
