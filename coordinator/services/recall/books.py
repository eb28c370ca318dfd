"""What the books do when milk of a recall is told back: the family's stock, and the ledger of a lot."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.fates import FateRow, MilkUsedRow
from coordinator.db.milk import LotRow
from coordinator.db.recalls import RecallRow, RecallToldRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.milk.fates import Fate, Used
from coordinator.domain.records.recall import NotGiven
from coordinator.domain.records.recall_work import Party, PartyKind, ToldBack
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups.aftermath import use_of_stock

_FATES = {ToldBack.DISCARDED: Fate.DISCARDED, ToldBack.FED: Fate.KEPT}


def follow_in_books(session: Session, recall: RecallRow, party: Party, told: RecallToldRow) -> None:
    """Let stock and ledger follow what is *told*, in the caller's transaction.

    Raises:
        UserError: If it tells of more milk than lies there free, or a volunteer is said to have fed it.
    """
    if party.kind is PartyKind.FAMILY:
        if told.became is ToldBack.DISCARDED:
            _discard_at_home(session, party, told)
    elif told.became.is_gone:
        _leave_the_lot(session, recall, party, told)


def _discard_at_home(session: Session, party: Party, told: RecallToldRow) -> None:
    """Take from what a family is thought to have what it discarded and nobody noted there before."""
    family = by_code(session, RecipientRow, party.who)
    came = () if party.home is None else party.home.given
    first = min((one.on for one in came), default=told.on_day)
    beside = total([one.volume for one in came if not one.is_in_stock])  # it never joined the stock
    noted = sa.select(sa.func.sum(MilkUsedRow.volume)).where(
        MilkUsedRow.recipient_id == family.id,
        MilkUsedRow.how == Used.THROWN_OUT,
        MilkUsedRow.on_day >= first,
    )
    known = session.scalar(noted) or Volume()
    volume = min(told.volume, party.of(ToldBack.DISCARDED) + told.volume - beside - known)
    if volume <= Volume():
        return
    use_of_stock(session, family, Used.THROWN_OUT, volume, told.on_day)
    session.add(MilkUsedRow(recipient_id=family.id, how=Used.THROWN_OUT, volume=volume, on_day=told.on_day))


def _leave_the_lot(session: Session, recall: RecallRow, party: Party, told: RecallToldRow) -> None:
    """Write in the ledger that milk of a donor or a volunteer is gone, lot by lot."""
    if party.kind is PartyKind.VOLUNTEER and told.became is ToldBack.FED:
        raise UserError(saying("{who} carries milk and feeds none; say how else it went.", who=party.who))
    lies = [one for one in party.not_given if not one.is_promise]
    there = total([one.volume for one in lies])
    if told.volume > there:
        raise UserError(
            saying(
                "Some of the milk of {who} is still promised; hold it back first, or settle its pickup.",
                who=party.who,
            )
        )
    for one, volume in _shared(lies, told.volume):
        session.add(
            FateRow(
                lot_id=by_code(session, LotRow, one.lot_code).id,
                fate=_FATES[told.became],
                volume=volume,
                on_day=told.on_day,
                why=recall.code,
                carried_from=one.hold_code,
            )
        )


def _shared(lies: list[NotGiven], volume: Volume) -> Iterator[tuple[NotGiven, Volume]]:
    """Yield how much of each lot that is, the first lot first."""
    rest = volume
    for one in lies:
        if part := min(rest, one.volume):
            yield one, part
            rest = rest - part
