"""The milk of a donor's form: one lot, followed from export to export, never below what is promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import next_codes
from coordinator.db.book_reading import lot_books
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.milk import Gone, LotRow, balance_of, gone_by
from coordinator.domain.codes import CodeLetter
from coordinator.domain.imports.row_answers import LotAnswer
from coordinator.domain.records.balance import broken_of_lot, newly_broken
from coordinator.domain.records.books import LotBook
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, coded, saying

LOT_KEYS = {"ounces", "bags", "expressed_from", "expressed_to", "freezer", "heat_treated"}


def write_lots(session: Session, told: Iterable[tuple[DonorRow, LotAnswer, date | None]]) -> None:
    """Add a lot of each donor's answer that tells any milk.

    Milk newer than the day of the form is no slip: she is still pumping, which is noted.
    """
    found = [one for one in told if _tells_milk(one[1])]
    codes = next_codes(session, CodeLetter.LOT, len(found)) if found else []
    session.add_all(_lot(code, *one) for code, one in zip(codes, found, strict=True))


def write_changed_lot(
    session: Session,
    donor: DonorRow,
    told: LotAnswer,
    keys: Collection[str],
    today: date,
    answered_on: date,
) -> None:
    """Change the donor's lot as far as *keys* say; add one where she has none.

    Milk all younger than the lot's is a new lot. With several lots nobody can tell which the form
    means: then the change becomes a question.
    """
    if not LOT_KEYS & set(keys):
        return
    query = sa.select(LotRow).where(LotRow.donor_id == donor.id, LotRow.archived_on.is_(None))
    lots = list(session.scalars(query.order_by(LotRow.id)))
    is_new_milk = all(
        told.expressed_from and lot.expressed_to and told.expressed_from > lot.expressed_to for lot in lots
    )
    if is_new_milk:
        write_lots(session, [(donor, told, answered_on)])
    elif len(lots) > 1:
        said = coded(
            "asked.which_lot_changed",
            "The form now tells other milk, and there are several lots: which one changed?",
        )
        _ask(session, donor, said)
    else:
        _change(session, donor, lots[0], told, set(keys), today, answered_on)


STILL_PUMPING = saying("still pumping when the form was sent").in_english


def _tells_milk(told: LotAnswer) -> bool:
    return bool(told.offered and told.offered.low) or told.bags is not None or any(_span(told))


def _lot(code: str, donor: DonorRow, told: LotAnswer, answered_on: date | None) -> LotRow:
    first, last = _span(told)
    is_pumping = last is not None and answered_on is not None and last > answered_on
    notes = ("" if told.freezer or told.place else told.stored_in, STILL_PUMPING if is_pumping else "")
    return LotRow(
        code=code,
        donor_id=donor.id,
        volume=told.offered.low if told.offered else Volume(),
        bags=told.bags,
        is_estimate=_is_estimate(told),
        expressed_from=first,
        expressed_to=last,
        freezer=told.freezer,
        place=told.place,
        heat_treated=told.heat_treated,
        note="; ".join(filter(None, notes)),
    )


def _change(
    session: Session,
    donor: DonorRow,
    lot: LotRow,
    told: LotAnswer,
    keys: set[str],
    today: date,
    answered_on: date,
) -> None:
    """Change *lot* as far as its book balances after it; what does not is asked, and the rest comes in."""
    (book,) = lot_books(session, [lot.id])
    held, gone = balance_of(session, today, lot.id), gone_by(session, lot, answered_on)
    if keys & {"expressed_from", "expressed_to"}:
        book = _change_days(session, donor, lot, book, told, today)
    volume, bags = lot.volume, lot.bags
    if "ounces" in keys and told.offered:
        volume = _count_again(session, donor, lot, held.held, gone, told.offered.low)
    if "bags" in keys:
        bags = (
            None if told.bags is None else max(told.bags, held.held_bags + gone.bags_after) + gone.bags_before
        )
    if _fits(session, donor, book, replace(book, volume=volume, bags=bags), today):
        lot.volume, lot.bags = volume, bags
        lot.is_estimate = _is_estimate(told) if "ounces" in keys and told.offered else lot.is_estimate
    if "freezer" in keys:
        lot.freezer, lot.place = told.freezer, told.place
    if "heat_treated" in keys:
        lot.heat_treated = told.heat_treated


def _change_days(
    session: Session, donor: DonorRow, lot: LotRow, book: LotBook, told: LotAnswer, today: date
) -> LotBook:
    """Set the oldest and newest day if they fit each other and what is held; return the book with them."""
    first, last = _span(told)
    first, last = first or lot.expressed_from, last or lot.expressed_to
    changed = replace(book, first=first, last=last)
    if not _fits(session, donor, book, changed, today):
        return book
    lot.expressed_from, lot.expressed_to = first, last
    return changed


def _fits(session: Session, donor: DonorRow, before: LotBook, after: LotBook, today: date) -> bool:
    """Whether the lot's book balances after a change as before it; if not, that is asked."""
    broken = newly_broken(broken_of_lot(after, today), broken_of_lot(before, today))
    for one in broken:
        said = coded(
            "asked.lot_otherwise",
            "The form tells {lot} otherwise now. {problem} What is there?",
            lot=after.code,
            problem=one.problem,
        )
        _ask(session, donor, said)
    return not broken


def _count_again(
    session: Session, donor: DonorRow, lot: LotRow, held: Volume, gone: Gone, told: Volume
) -> Volume:
    """Return what was offered in all, from what was there on the day of the form.

    What was carried away before it comes on top; what was carried away since, and what is held, lay there.
    """
    least = held + gone.after
    if told < least:
        _ask(session, donor, _less_than_held(lot.code, f"{told.oz:.0f}", f"{held.oz:.0f}", gone.after))
    return max(told, least) + gone.before


def _less_than_held(lot: str, told: str, held: str, gone: Volume) -> Saying:
    if not gone:
        return coded(
            "asked.less_than_held",
            "She now tells {told} oz, but {held} oz of {lot} are held or agreed: how much is there?",
            told=told,
            held=held,
            lot=lot,
        )
    away = f"{gone.oz:.0f}"
    return coded(
        "asked.less_than_held_and_gone",
        "She now tells {told} oz, but {held} oz of {lot} are held or agreed and {gone} oz were carried away "
        "since: how much is there?",
        told=told,
        held=held,
        lot=lot,
        gone=away,
    )


def _span(told: LotAnswer) -> tuple[date | None, date | None]:
    """Return oldest and newest; neither when they contradict each other, which is on the call list."""
    first, last = told.expressed_from, told.expressed_to
    return (None, None) if first and last and first > last else (first, last)


def _is_estimate(told: LotAnswer) -> bool:
    offered = told.offered
    return offered is not None and (offered.is_estimate or offered.low != offered.high)


def _ask(session: Session, donor: DonorRow, said: Saying) -> None:
    session.add(QuestionRow(household_id=donor.household_id, topic="ounces", text=said.stored()))
