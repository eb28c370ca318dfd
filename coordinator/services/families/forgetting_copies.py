"""Forgetting a family in the backups, too: which there are, what they know, and writing them anew."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coordinator import open_networks
from coordinator.db.database import Database
from coordinator.db.forgetting_copies import forget_in_copy, marks_of, state_in_copy
from coordinator.db.forgetting_rows import File, family_of
from coordinator.db.households import HouseholdRow
from coordinator.db.network_file import is_locked
from coordinator.db.roles import role_by_code
from coordinator.domain.families.forgotten_copies import CopyState, FamilyCopy, Progress
from coordinator.errors import UserError, WrongKeyError
from coordinator.services.families.forgetting import order_for
from coordinator.services.records.backups import backups_of, chosen_folder, key_that_opens

log = logging.getLogger(__name__)

_ASIDE = ("replaced", "damaged")
"""Begin the names of networks that a way back set aside, beside the network."""


def copies_of_network(database: Database, code: str) -> tuple[FamilyCopy, ...]:
    """Return every backup and set-aside copy of the network, newest first, and what each knows of a family.

    A network on a server has none of ours.

    Raises:
        NotFoundError: If there is no family with *code*.
    """
    marks = _marks(database, code)
    path = database.path
    if path is None:
        return ()
    places = {one.path: one.made_at for one in backups_of(path, chosen_folder(database))}
    for aside in _set_aside(path):
        places[aside] = datetime.fromtimestamp(aside.stat().st_mtime).astimezone()
    found = [_copy(database, place, at, marks) for place, at in places.items()]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def forget_in_copies(
    database: Database,
    code: str,
    chosen: Collection[Path],
    *,
    words_too: bool = False,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> tuple[FamilyCopy, ...]:
    """Forget the family behind *code* in the *chosen* copies; return all copies as they are then.

    One that cannot be written anew is as it was, and its state says why. Cancelling leaves the rest alone.

    Raises:
        NotFoundError: If there is no family with *code*.
    """
    marks = _marks(database, code)
    order = order_for(database, code)
    copies = copies_of_network(database, code)
    todo = [one for one in copies if one.holds and one.path in chosen]
    failed: dict[Path, CopyState] = {}
    for number, one in enumerate(todo, 1):
        if is_cancelled():
            break
        try:
            key = key_that_opens(one.path, database.key)
            forget_in_copy(one.path, key, marks, order, words_too=words_too)
            log.info("forgotten in a backup: %s", one.path.name)
        except open_networks.NetworkFileError:
            failed[one.path] = CopyState.IN_USE
        except (UserError, OSError) as error:
            log.warning("not forgotten in a backup: %s", type(error).__name__)
            failed[one.path] = CopyState.FAILED
        if progress is not None:
            progress(number, len(todo))
    after = copies_of_network(database, code)
    return tuple(replace(one, state=failed.get(one.path, one.state)) for one in after)


def _marks(database: Database, code: str) -> dict[int, str]:
    with database.reading() as session:
        home = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
        file = File(session.connection())
        return marks_of(session.connection(), family_of(file, home.id))


def _copy(database: Database, path: Path, at: datetime, marks: dict[int, str]) -> FamilyCopy:
    locked = False
    try:
        locked = is_locked(path)
        state = state_in_copy(path, key_that_opens(path, database.key), marks)
    except WrongKeyError:
        state = CopyState.LOCKED
    except (UserError, OSError):
        state = CopyState.UNREADABLE
    return FamilyCopy(path, at, locked, state)


def _set_aside(path: Path) -> Iterator[Path]:
    with suppress(OSError):
        for word in _ASIDE:
            yield from sorted(one for one in path.parent.glob(f"{word}-*-{path.name}") if one.is_file())
