"""A hold that is too much for one trip, parted in two: what travels and what waits."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldContactRow, HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.choices import ChoiceRow
from coordinator.db.standing_pairs import StandingHoldRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.day.why_not import volume_of_bags
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying

_ABOUT_A_HOLD: Final = (AgreementRow, HoldContactRow, ChoiceRow, StandingHoldRow)
"""What both parts have: the yeses, what passed, and what each side chose was about all of the milk."""

_OWN = {"id", "version", "hold_id"}


def part_hold_in(session: Session, code: str, bags: int) -> HoldRow:
    """Leave *bags* whole bags in a hold, in the caller's transaction, and return the new hold with the rest.

    Raises:
        UserError: If its bags are not counted, or are not more than these by now.
    """
    row = by_code(session, HoldRow, code)
    if row.bags is None or not 0 < bags < row.bags:
        raise UserError(saying("{hold} has changed since; plan the day again.", hold=row.code))
    stays = volume_of_bags(row.volume, row.bags, bags)
    rest = HoldRow(
        code=next_code(session, CodeLetter.HOLD),
        lot_id=row.lot_id,
        recipient_id=row.recipient_id,
        volume=Volume(row.volume.microlitres - stays.microlitres),
        made_on=row.made_on,
        expires_on=row.expires_on,
        bags=row.bags - bags,
        only_from=row.only_from,
        state=row.state,
    )
    row.volume, row.bags = stays, bags
    session.add(rest)
    session.flush()
    for table in _ABOUT_A_HOLD:
        _copy(session, table, row.id, rest.id)
    session.flush()
    return rest


def _copy(
    session: Session,
    table: type[AgreementRow | HoldContactRow | ChoiceRow | StandingHoldRow],
    old: int,
    new: int,
) -> None:
    keys = [column.key for column in table.__table__.columns if column.key not in _OWN]
    for one in list(session.scalars(sa.select(table).where(table.hold_id == old))):
        session.add(table(hold_id=new, **{key: getattr(one, key) for key in keys}))
