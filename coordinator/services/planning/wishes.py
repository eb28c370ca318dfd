"""Pins and what is forbidden, kept as a setting of the network; undo takes each change back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.living import families_now
from coordinator.db.milk import LotRow
from coordinator.db.plan_wishes import keep_wishes, wishes_in
from coordinator.db.recipients import current_recipients
from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.wishes import still_there, with_codes_now, with_forbidden, with_pin, without
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

_OF_PLAN = frozenset({"plan.wished", "plan.weighed"})
"""Actions about the plan itself: no plan is of before by them."""


def wishes_kept(database: Database) -> Wishes:
    """Return what was pinned and forbidden of milk and families that are still there."""
    with database.reading() as session:
        return _read(session)


def pin(database: Database, key: Key, ounces: float) -> None:
    """Keep *ounces* of a lot for a baby in every plan from now on.

    Raises:
        UserError: If that is no amount.
    """
    if not (math.isfinite(ounces) and ounces > 0):
        raise UserError(
            saying("Keep at least one bag for the family, or say that this milk does not go there.")
        )
    said = saying("Pinned {lot} for {family} in the plan", lot=key[0], family=key[1])
    _change(database, said, lambda wishes: with_pin(wishes, key, ounces))


def forbid(database: Database, keys: Sequence[Key]) -> None:
    """Plan these lots for these babies no more: one step."""
    if not keys:
        return
    lot, family = keys[0]
    said = saying("Kept {lot} from {family} in the plan", lot=lot, family=family)
    if len(keys) > 1:
        said = saying("Kept {n} lots from families in the plan", n=len(keys))
    _change(database, said, lambda wishes: reduce(with_forbidden, keys, wishes))


def forget(database: Database, key: Key) -> None:
    """Leave it to the plan again whether a lot goes to a baby."""
    said = saying("Left {lot} for {family} to the plan", lot=key[0], family=key[1])
    _change(database, said, lambda wishes: without(wishes, key))


def forget_pins_in(session: Session, keys: Iterable[Key]) -> None:
    """Forget the pins of what is put on hold in *session*: else the next plan would propose it once more."""
    wishes, held = _kept(session), frozenset(keys)
    if held & wishes.pins.keys():
        pins = {key: ounces for key, ounces in wishes.pins.items() if key not in held}
        keep_wishes(session, replace(wishes, pins=pins))


def is_of_before(database: Database, counter: int) -> bool:
    """Return whether anything but the plan itself has been changed since *counter* (``change_counter``)."""
    with database.reading() as session:
        later = session.scalars(sa.select(AuditRow).where(AuditRow.id > counter))
        return any(_first_of(session, row).kind not in _OF_PLAN for row in later)


def _first_of(session: Session, row: AuditRow) -> AuditRow:
    """Return what an undoing, or the undoing of that, is about."""
    while row.undoes_id is not None:
        row = session.get_one(AuditRow, row.undoes_id)
    return row


def _change(database: Database, said: Saying, change: Callable[[Wishes], Wishes]) -> None:
    with database.writing(Action("plan.wished", said)) as session:
        keep_wishes(session, change(_kept(session)))


def _kept(session: Session) -> Wishes:
    """Return all that was wished, also of what is removed: it may be brought back."""
    return with_codes_now(wishes_in(session), families_now(session))


def _read(session: Session) -> Wishes:
    lots = session.scalars(sa.select(LotRow.code).where(LotRow.archived_on.is_(None)))
    families = (row.code for row, _ in current_recipients(session))
    return still_there(_kept(session), lots, families)
