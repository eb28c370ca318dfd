"""Reading the books of lots, pickups and families: plain columns, by statements that are made once.

Every action asks them. Made anew each time, SQLAlchemy's statements cost more than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.fates import FateRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow, StopRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import StandingPairRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.standing_pairs import StandingState
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.books import FamilyBook, FateBook, HoldBook, LoadBook, LotBook, PickupBook

AT_ONCE = 1000
"""Ids in one query: fewer than either database takes."""

Book = TypeVar("Book")
Line: TypeAlias = "sa.Row[*tuple[Any, ...]]"

IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)

_hold, _lot, _pickup = HoldRow.__table__.c, LotRow.__table__.c, PickupRow.__table__.c
_load, _stop, _delivery = LoadRow.__table__.c, StopRow.__table__.c, DeliveryRow.__table__.c
_agreement, _home = AgreementRow.__table__.c, HouseholdRow.__table__.c
_donor, _recipient, _driver = DonorRow.__table__.c, RecipientRow.__table__.c, DriverRow.__table__.c

_LOTS = (
    sa.select(
        _lot.id,
        _donor.household_id,
        _lot.code,
        _lot.volume,
        _lot.bags,
        _lot.expressed_from,
        _lot.expressed_to,
        _lot.archived_on,
        _donor.code,
        _donor.archived_on,
    )
    .join_from(LotRow.__table__, DonorRow.__table__, _donor.id == _lot.donor_id)
    .where(_lot.id.in_(IDS))
    .order_by(_lot.code)
)

_PLANNED = sa.and_(_pickup.id == _load.pickup_id, _pickup.state == PickupState.PLANNED)

_HOLDS = (
    sa.select(
        _hold.lot_id,
        _recipient.household_id,
        _hold.code,
        _hold.state,
        _hold.volume,
        _hold.bags,
        _hold.only_from,
        _hold.made_on,
        _hold.expires_on,
        _agreement.donor_yes_on,
        _agreement.family_yes_on,
        _recipient.code,
        _recipient.archived_on,
        sa.func.coalesce(_pickup.code, ""),
        _delivery.delivered,
        _delivery.left_behind,
        _delivery.lost,
        _delivery.bags,
    )
    .join_from(HoldRow.__table__, RecipientRow.__table__, _recipient.id == _hold.recipient_id)
    .outerjoin(AgreementRow.__table__, _agreement.hold_id == _hold.id)
    .outerjoin(DeliveryRow.__table__, _delivery.hold_id == _hold.id)
    .outerjoin(LoadRow.__table__, _load.hold_id == _hold.id)
    .outerjoin(PickupRow.__table__, _PLANNED)
    .where(_hold.lot_id.in_(IDS))
    # A released hold promises nothing; one that was delivered all the same is a fault to be found.
    .where(sa.or_(_hold.state != HoldState.RELEASED, _delivery.id.is_not(None)))
    .order_by(_hold.code)
)

_fate = FateRow.__table__.c
_FATES = sa.select(_fate.lot_id, _fate.volume, _fate.bags).where(_fate.lot_id.in_(IDS)).order_by(_fate.id)

_PICKUPS = (
    sa.select(_pickup.id, _pickup.code, _pickup.kind, _pickup.state, _driver.code, _driver.archived_on)
    .outerjoin_from(PickupRow.__table__, DriverRow.__table__, _driver.id == _pickup.driver_id)
    .where(_pickup.id.in_(IDS))
    .order_by(_pickup.code)
)


def _carried(of: Any) -> sa.Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of two tables
    """Return the statement of the holds that loads or deliveries tie to pickups, with both homes."""
    return (
        sa.select(of.pickup_id, _hold.code, _hold.state, _donor.household_id, _recipient.household_id)
        .join_from(of.pickup_id.table, HoldRow.__table__, _hold.id == of.hold_id)
        .join(LotRow.__table__, _lot.id == _hold.lot_id)
        .join(DonorRow.__table__, _donor.id == _lot.donor_id)
        .join(RecipientRow.__table__, _recipient.id == _hold.recipient_id)
        .where(of.pickup_id.in_(IDS))
    )


_LOADED, _DELIVERED = _carried(_load), _carried(_delivery)

_STOPS = sa.select(_stop.pickup_id, _stop.kind, _stop.household_id, _stop.place).where(
    _stop.pickup_id.in_(IDS)
)

_into = HouseholdRow.__table__.alias()

_FAMILIES = (
    sa.select(_home.id, _home.merged_into_id.is_not(None), _into.c.merged_into_id.is_not(None))
    .outerjoin_from(HouseholdRow.__table__, _into, _into.c.id == _home.merged_into_id)
    .where(_home.id.in_(IDS))
)

_LIVING = tuple(
    sa.select(role.household_id, role.code)
    .where(role.household_id.in_(IDS), role.archived_on.is_(None))
    .order_by(role.code)
    for role in (_donor, _recipient, _driver)
)

_pair = StandingPairRow.__table__.c
_PAIRS = (
    sa.select(_recipient.household_id, _pair.donor_id, _pair.recipient_id, _pair.code)
    .join_from(StandingPairRow.__table__, RecipientRow.__table__, _recipient.id == _pair.recipient_id)
    .where(_recipient.household_id.in_(IDS), _pair.state == StandingState.ACTIVE)
    .order_by(_pair.code)
)


def lot_books(session: Session, lot_ids: Iterable[int]) -> list[LotBook]:
    """Return the books of the lots with *lot_ids*, by code."""
    return list(in_parts(lot_ids, lambda ids: _lot_books(session, ids)))


def pickup_books(session: Session, pickup_ids: Iterable[int]) -> list[PickupBook]:
    """Return the books of the pickups with *pickup_ids*, by code."""
    return list(in_parts(pickup_ids, lambda ids: _pickup_books(session, ids)))


def family_books(session: Session, household_ids: Iterable[int]) -> list[FamilyBook]:
    """Return the books of the households with *household_ids*."""
    return list(in_parts(household_ids, lambda ids: _family_books(session, ids)))


def in_parts(ids: Iterable[int], read: Callable[[list[int]], Iterable[Book]]) -> Iterator[Book]:
    """Yield what *read* returns for *ids*, so many at once as a query takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield from read(ordered[start : start + AT_ONCE])


def lines(session: Session, statement: sa.Select[*tuple[Any, ...]], ids: list[int]) -> Iterable[Line]:
    """Return what *statement* finds for *ids*."""
    return session.connection().execute(statement, {"ids": ids})


def _by_first(found: Iterable[Line]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rest of each line by its first column."""
    result: dict[int, list[tuple[Any, ...]]] = {}
    for key, *rest in found:
        result.setdefault(key, []).append(tuple(rest))
    return result


def _lot_books(session: Session, ids: list[int]) -> Iterator[LotBook]:
    holds, fates = (_by_first(lines(session, of_lots, ids)) for of_lots in (_HOLDS, _FATES))
    for lot_id, giver, *told in lines(session, _LOTS, ids):
        yield replace(
            LotBook(*told),
            holds=tuple(_hold_book(hold, giver) for hold in holds.get(lot_id, ())),
            fates=tuple(FateBook(*fate) for fate in fates.get(lot_id, ())),
        )


def _hold_book(told: tuple[Any, ...], giver: int) -> HoldBook:
    taker, *whole = told
    *hold, came, _, _, _ = whole
    return replace(HoldBook(*(hold if came is None else whole)), is_own=taker == giver)


def _pickup_books(session: Session, ids: list[int]) -> Iterator[PickupBook]:
    loaded, delivered = (_by_first(lines(session, carried, ids)) for carried in (_LOADED, _DELIVERED))
    stops = _by_first(lines(session, _STOPS, ids))
    for pickup_id, code, kind, state, volunteer, removed_on in lines(session, _PICKUPS, ids):
        on_it, came = loaded.get(pickup_id, []), delivered.get(pickup_id, [])
        loads = (
            replace(LoadBook(*hold), is_loaded=hold in on_it, is_delivered=hold in came)
            for hold in sorted({*on_it, *came})
        )
        here = stops.get(pickup_id, ())
        yield PickupBook(
            code,
            kind,
            state,
            volunteer or "",
            removed_on,
            tuple(loads),
            tuple((what, home) for what, home, _ in here),
            tuple(place for *_, place in here),
        )


def _family_books(session: Session, ids: list[int]) -> Iterator[FamilyBook]:
    living = [_by_first(lines(session, role, ids)) for role in _LIVING]
    pairs = _by_first(lines(session, _PAIRS, ids))
    for household_id, is_merged, is_twice in lines(session, _FAMILIES, ids):
        donors, recipients, drivers = (
            tuple(code for (code,) in codes.get(household_id, ())) for codes in living
        )
        together = _together(pairs.get(household_id, ()))
        yield FamilyBook(household_id, donors, recipients, drivers, is_merged, is_twice, together)


def _together(pairs: Iterable[tuple[Any, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return the codes of standing pairs, those of the same donor and family together."""
    found: dict[tuple[int, int], list[str]] = {}
    for donor_id, recipient_id, code in pairs:
        found.setdefault((donor_id, recipient_id), []).append(code)
    return tuple(tuple(codes) for codes in found.values())
