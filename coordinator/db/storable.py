"""What cannot be stored never reaches the database, and both databases store the same.

PostgreSQL refuses NUL, SQLite keeps it and its functions stop there, and neither driver can encode half a
character (a lone surrogate, from a broken file or a key event). So a text is made storable where it is set
on a row, and once more on its way to the driver, which is also the way of every query. A day of the year
9999, from which nobody can count on, and more milk than a whole number holds are refused in a sentence.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, QueryableAttribute

from coordinator.domain.plausible import FIRST_YEAR, LAST_YEAR, MOST_COUNTED, MOST_MILK, is_day
from coordinator.domain.text import storable
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying


def keep_storable(base: type[DeclarativeBase]) -> None:
    """Let rows of *base* hold only what can be stored, so that audit and screen see what is stored."""

    @event.listens_for(base, "attribute_instrument")
    def _watch(_row: type, _key: str, attribute: QueryableAttribute[Any]) -> None:
        columns = getattr(attribute.property, "columns", ())
        if columns and isinstance(columns[0].type, sa.String):
            event.listen(attribute, "set", _storable_value, retval=True)
        elif columns:
            event.listen(attribute, "set", _check_value)


def _storable_value(_row: object, value: object, _old: object, _initiator: object) -> object:
    return storable(value) if isinstance(value, str) else value


def _check_value(_row: object, value: object, _old: object, _initiator: object) -> None:
    if isinstance(value, int) and abs(value) > MOST_COUNTED:
        raise UserError(saying("That is more than anybody counts; look at the number again."))
    if isinstance(value, Volume) and abs(value.microlitres) > MOST_MILK.microlitres:
        raise UserError(saying("That is more milk than anybody has; look at the amount again."))
    if isinstance(value, date) and not is_day(value):
        raise UserError(
            saying(
                "{day} is no day between {first} and {last}; look at the year again.",
                day=str(value),
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )


@event.listens_for(sa.Engine, "before_cursor_execute", retval=True)
def _storable_parameters(
    _connection: sa.Connection,
    _cursor: object,
    statement: str,
    parameters: Any,  # noqa: ANN401 - one set of parameters or many, by name or by place
    _context: object,
    _executemany: bool,  # noqa: FBT001 - the interface
) -> tuple[str, Any]:
    """Return what is executed with every text of its parameters storable."""
    return statement, _all_storable(parameters)


def _all_storable(value: Any) -> Any:  # noqa: ANN401 - likewise
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _all_storable(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(_all_storable, value))
    return value
