"""Coolers that are lent about: added, given to somebody, come back, no more in use; one act each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.coolers import CoolerRow, coolers_of
from coordinator.db.database import Database
from coordinator.db.roles import living_role
from coordinator.domain.pickups.cooler_places import Cooler
from coordinator.domain.plausible import is_day
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

MOST_QUARTS = 999


def list_coolers(database: Database) -> tuple[Cooler, ...]:
    """Return the coolers in use: who has had somebody else's longest first, then those at home, by name."""
    with database.reading() as session:
        return _sorted(coolers_of(session))


def coolers_out(session: Session) -> tuple[Cooler, ...]:
    """Return the coolers that are at somebody else, as :func:`list_coolers` orders them."""
    return tuple(one for one in _sorted(coolers_of(session)) if one.is_out)


def add_cooler(
    database: Database,
    name: str,
    quarts: int,
    today: date,
    *,
    owner: str = "",
    at: str | None = None,
    since: date | None = None,
) -> int:
    """Add a cooler and return its number.

    Args:
        database: The network.
        name: What it is called, such as "blue, with wheels".
        quarts: Its size.
        today: The day it is.
        owner: The code of whose it is; "" for the network's.
        at: The code of who has it; "" for the coordinator, ``None`` for its owner.
        since: Since when, if that is known.

    Raises:
        UserError: If name, size or day cannot be meant.
        NotFoundError, RemovedError: If somebody is not there.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(saying("Say what the cooler is called, such as “blue, with wheels”."))
    if not 1 <= quarts <= MOST_QUARTS:
        raise UserError(saying("Type the cooler's quarts, such as 28."))
    _check_day(since, today)
    with database.writing(Action("cooler.added", saying("Added a cooler")), today) as session:
        theirs = _household(session, owner)
        row = CoolerRow(
            name=name,
            quarts=quarts,
            owner_household_id=theirs,
            at_household_id=theirs if at is None else _household(session, at),
            since=since,
        )
        session.add(row)
        session.flush()
        return row.id


def give_cooler(database: Database, number: int, to: str, on: date, today: date) -> None:
    """Note that somebody has a cooler from a day on; *to* is a code, "" for the coordinator.

    Raises:
        UserError: If the day lies before the last one noted or after today, or it is there already.
        NotFoundError, RemovedError: If somebody is not there.
    """
    label = (
        saying("Gave cooler {number} to {code}", number=number, code=to.upper())
        if to
        else saying("Cooler {number} is with the coordinator", number=number)
    )
    _move(database, number, label, lambda session, _: _household(session, to), on, today)


def bring_back(database: Database, number: int, on: date, today: date) -> None:
    """Note that a cooler came back to its owner; raises as :func:`give_cooler` does."""
    label = saying("Cooler {number} came back", number=number)
    _move(database, number, label, lambda _, row: row.owner_household_id, on, today)


def put_away(database: Database, number: int, today: date) -> None:
    """Take a cooler that is no more in use off the list; one undo brings it back."""
    label = saying("Took cooler {number} off the list", number=number)
    with database.writing(Action("cooler.removed", label), today) as session:
        _cooler(session, number).archived_on = today


def _move(
    database: Database,
    number: int,
    label: Saying,
    whither: Callable[[Session, CoolerRow], int | None],
    on: date,
    today: date,
) -> None:
    _check_day(on, today)
    with database.writing(Action("cooler.moved", label), today) as session:
        row = _cooler(session, number)
        if row.since is not None and on < row.since:
            raise UserError(
                saying("It is where it is since {day}; it moved that day or later.", day=row.since)
            )
        there = whither(session, row)
        if there == row.at_household_id:
            raise UserError(saying("Cooler {number} is there already.", number=number))
        row.at_household_id, row.since = there, on


def _check_day(on: date | None, today: date) -> None:
    if on is not None and (not is_day(on, today) or on > today):
        raise UserError(saying("{on} is no day on which it can have moved.", on=on))


def _cooler(session: Session, number: int) -> CoolerRow:
    row = session.get(CoolerRow, number)
    if row is None or row.archived_on is not None:
        raise UserError(saying("There is no cooler {number}; look at the list again.", number=number))
    return row


def _household(session: Session, code: str) -> int | None:
    return living_role(session, code).household_id if code else None


def _sorted(coolers: list[Cooler]) -> tuple[Cooler, ...]:
    return tuple(
        sorted(
            coolers, key=lambda one: (not one.is_out, one.since or date.max, one.name.casefold(), one.number)
        )
    )
