"""Lots, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.agreements import HoldRow
from coordinator.db.base import Base, Versioned, words
from coordinator.db.donors import DonorRow
from coordinator.db.fates import FateRow, fates_of
from coordinator.db.pickups import DeliveryRow
from coordinator.db.with_drivers import with_drivers
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.fates import Fate
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn, Lot, Promise
from coordinator.domain.volume import Volume


class LotRow(Versioned, Base):
    """Bags of one donor with one range of expression dates; ``volume`` and ``bags`` are what was offered."""

    __tablename__ = "lot"
    __table_args__ = (
        sa.CheckConstraint("volume >= 0", name="volume"),
        sa.CheckConstraint("bags IS NULL OR bags >= 0", name="bags"),
        sa.CheckConstraint(
            "expressed_from IS NULL OR expressed_to IS NULL OR expressed_from <= expressed_to",
            name="expressed",
        ),
    )

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    volume: Mapped[Volume]
    bags: Mapped[int | None] = mapped_column(default=None)
    is_estimate: Mapped[bool] = mapped_column(default=False)
    expressed_from: Mapped[date | None] = mapped_column(default=None)
    expressed_to: Mapped[date | None] = mapped_column(default=None)
    freezer: Mapped[Freezer | None] = mapped_column(words(Freezer), default=None)
    place: Mapped[KeptIn | None] = mapped_column(words(KeptIn), default=None)
    thawed_on: Mapped[date | None] = mapped_column(default=None)
    heat_treated: Mapped[HeatTreated | None] = mapped_column(words(HeatTreated), default=None)
    note: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None] = mapped_column(default=None)


class LotSplitRow(Versioned, Base):
    """That a lot was cut off from another: its bags are those dated ``from_day`` or later."""

    __tablename__ = "lot_split"

    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id", ondelete="RESTRICT"), unique=True)
    from_lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id", ondelete="RESTRICT"), index=True)
    from_day: Mapped[date]


@dataclass(frozen=True, slots=True)
class Balance:
    """What of a lot is held or agreed, delivered, lost and ``elsewhere``: kept, discarded or referred.

    ``carried`` was left behind and is with a volunteer. Bags were counted for ``counted`` of it.
    """

    held: Volume = Volume(0)  # noqa: RUF009 - immutable
    delivered: Volume = Volume(0)  # noqa: RUF009 - immutable
    lost: Volume = Volume(0)  # noqa: RUF009 - immutable
    elsewhere: Volume = Volume(0)  # noqa: RUF009 - immutable
    held_bags: int = 0
    gone_bags: int = 0
    counted: Volume = Volume(0)  # noqa: RUF009 - immutable
    promises: tuple[Promise, ...] = ()
    carried: Volume = Volume(0)  # noqa: RUF009 - immutable

    @property
    def taken(self) -> Volume:
        """What is not free any more."""
        return self.held + self.gone + self.carried

    @property
    def gone(self) -> Volume:
        """What does not lie with the donor any more, or is not offered any more."""
        return self.delivered + self.lost + self.elsewhere

    @property
    def taken_bags(self) -> int:
        """How many bags were counted for what is not free any more."""
        return self.held_bags + self.gone_bags

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.held + other.held,
            self.delivered + other.delivered,
            self.lost + other.lost,
            self.elsewhere + other.elsewhere,
            self.held_bags + other.held_bags,
            self.gone_bags + other.gone_bags,
            self.counted + other.counted,
            self.promises + other.promises,
            self.carried + other.carried,
        )


UNTOUCHED = Balance()


def balance_of(session: Session, today: date, lot_id: int, *, carried_from: str = "") -> Balance:
    """Return the balance of one lot; nobody else's holds are read for it.

    What the hold *carried_from* left with a volunteer counts as free: it is to be held out of that.
    """
    return balances(session, today, [lot_id], carried_from=carried_from).get(lot_id, UNTOUCHED)


def balances(
    session: Session,
    today: date,
    lot_ids: Collection[int] | sa.Select[int] | None = None,
    *,
    carried_from: str = "",
) -> dict[int, Balance]:
    """Return the balance of every lot of which any milk is held or gone, by lot id; of *lot_ids* if given."""
    result: dict[int, Balance] = {}
    conditions = [] if lot_ids is None else [HoldRow.lot_id.in_(lot_ids)]
    held_now = sa.select(*_HOLD_COLUMNS).where(HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)))
    for hold in session.execute(held_now.where(*conditions)):
        if still_counts(hold.state, hold.expires_on, today):
            one = _promise(hold.only_from, hold.volume, hold.bags)
            counted = Volume() if hold.bags is None else hold.volume
            held = Balance(hold.volume, held_bags=hold.bags or 0, counted=counted, promises=one)
            _add(result, hold.lot_id, held)
    done = sa.select(
        HoldRow.lot_id,
        HoldRow.only_from,
        sa.func.sum(DeliveryRow.delivered),
        sa.func.sum(DeliveryRow.lost),
        sa.func.sum(DeliveryRow.bags),
        sa.func.sum(sa.case((DeliveryRow.bags.is_not(None), DeliveryRow.delivered))),
    ).join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
    for lot_id, only_from, delivered, lost, bags, counted in session.execute(
        done.where(*conditions).group_by(HoldRow.lot_id, HoldRow.only_from)
    ):
        gone = Balance(
            delivered=_volume(delivered),
            lost=_volume(lost),
            gone_bags=int(bags or 0),
            counted=_volume(counted or 0),
        )
        one = _promise(only_from, gone.taken, gone.gone_bags or None, is_gone=True)
        _add(result, lot_id, replace(gone, promises=one))
    for lot_id, other in _went_elsewhere(session, lot_ids):
        _add(result, lot_id, other)
    for away in with_drivers(session, today, lot_ids):
        if away.hold_code != carried_from:
            one = _promise(away.only_from, away.volume, None, is_gone=True)
            _add(result, away.lot_id, Balance(carried=away.volume, promises=one))
    return result


def _went_elsewhere(
    session: Session, lot_ids: Collection[int] | sa.Select[int] | None
) -> Iterator[tuple[int, Balance]]:
    """Yield what no family got of the lots, with their ids."""
    query = sa.select(
        FateRow.lot_id,
        FateRow.fate,
        sa.func.sum(FateRow.volume),
        sa.func.sum(FateRow.bags),
        sa.func.sum(sa.case((FateRow.bags.is_not(None), FateRow.volume))),
    ).group_by(FateRow.lot_id, FateRow.fate)
    if lot_ids is not None:
        query = query.where(FateRow.lot_id.in_(lot_ids))
    for lot_id, fate, volume, bags, counted in session.execute(query):
        is_lost = fate is Fate.LOST
        yield (
            lot_id,
            Balance(
                lost=_volume(volume) if is_lost else Volume(),
                elsewhere=Volume() if is_lost else _volume(volume),
                gone_bags=int(bags or 0),
                counted=_volume(counted or 0),
            ),
        )


# Columns, not entities: every list of milk reads them of the whole network, and none is changed.
_HOLD_COLUMNS = (
    HoldRow.lot_id,
    HoldRow.state,
    HoldRow.expires_on,
    HoldRow.only_from,
    HoldRow.volume,
    HoldRow.bags,
)


@dataclass(frozen=True, slots=True)
class Gone:
    """What left a lot up to a day and after it; bags nobody counted by the ounces they are of."""

    before: Volume = Volume(0)  # noqa: RUF009 - immutable
    after: Volume = Volume(0)  # noqa: RUF009 - immutable
    bags_before: int = 0
    bags_after: int = 0


def gone_by(session: Session, lot: LotRow, on: date) -> Gone:
    """Return what was delivered, lost or went another way of *lot* up to *on*, and what later."""
    query = sa.select(DeliveryRow.on_day, DeliveryRow.delivered, DeliveryRow.lost, DeliveryRow.bags)
    query = query.join(HoldRow, HoldRow.id == DeliveryRow.hold_id).where(HoldRow.lot_id == lot.id)
    volumes, bags = {True: 0, False: 0}, {True: 0, False: 0}
    moved = [(day, came + lost, counted) for day, came, lost, counted in session.execute(query)]
    moved += [(row.on_day, row.volume, row.bags) for row in fates_of(session, [lot.id])]
    for day, volume, counted in moved:
        gone = volume.microlitres
        by_ounces = round((lot.bags or 0) * gone / lot.volume.microlitres) if lot.volume else 0
        volumes[day <= on] += gone
        bags[day <= on] += by_ounces if counted is None else counted
    return Gone(Volume(volumes[True]), Volume(volumes[False]), bags[True], bags[False])


def _promise(
    only_from: date | None, volume: Volume, bags: int | None, *, is_gone: bool = False
) -> tuple[Promise, ...]:
    return () if only_from is None else (Promise(only_from, volume, bags, is_gone),)


def _add(result: dict[int, Balance], lot_id: int, more: Balance) -> None:
    known = result.get(lot_id)
    result[lot_id] = more if known is None else known + more


def _volume(total: Volume | int) -> Volume:
    """Return a database sum as a volume; whether it comes typed depends on the database."""
    return total if isinstance(total, Volume) else Volume(int(total))


def to_lot(row: LotRow | sa.Row[*tuple[Any, ...]], donor_code: str, balance: Balance) -> Lot:
    """Return the lot as a value; *row* may be its columns alone."""
    return Lot(
        code=row.code,
        donor_code=donor_code,
        volume=row.volume,
        bags=row.bags,
        expressed_from=row.expressed_from,
        expressed_to=row.expressed_to,
        freezer=row.freezer,
        heat_treated=row.heat_treated,
        is_estimate=row.is_estimate,
        free=row.volume if balance is UNTOUCHED else row.volume - balance.taken,
        held=balance.held,
        delivered=balance.delivered,
        lost=balance.lost,
        elsewhere=balance.elsewhere,
        note=row.note,
        place=row.place,
        thawed_on=row.thawed_on,
        taken_bags=balance.taken_bags,
        counted=balance.counted,
        promises=balance.promises,
        carried=balance.carried,
        id=row.id,
        version=row.version,
    )


def lots(session: Session, today: date, donor_id: int | None = None) -> dict[int, list[Lot]]:
    """Return the lots that are not archived, by donor id, oldest milk first."""
    # Columns, not entities: thousands of lots are read for every table, and none is changed.
    query = sa.select(*_LOT_COLUMNS, DonorRow.code.label("donor_code"))
    query = query.join(DonorRow, DonorRow.id == LotRow.donor_id)
    query = query.where(LotRow.archived_on.is_(None)).order_by(LotRow.expressed_from, LotRow.id)
    hers = None
    if donor_id is not None:
        query = query.where(LotRow.donor_id == donor_id)
        hers = sa.select(LotRow.id).where(LotRow.donor_id == donor_id)
    balance = balances(session, today, hers)
    result: dict[int, list[Lot]] = {}
    for row in session.execute(query):
        lot = to_lot(row, row.donor_code, balance.get(row.id, UNTOUCHED))
        result.setdefault(row.donor_id, []).append(lot)
    return result


_LOT_COLUMNS = (
    LotRow.id,
    LotRow.donor_id,
    LotRow.code,
    LotRow.volume,
    LotRow.bags,
    LotRow.is_estimate,
    LotRow.expressed_from,
    LotRow.expressed_to,
    LotRow.freezer,
    LotRow.heat_treated,
    LotRow.place,
    LotRow.thawed_on,
    LotRow.note,
    LotRow.version,
)
