"""Answers which babies have a donor's milk, a lot's, or milk of the lots one baby was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import facts_by_donor
from coordinator.db.ledger import movements
from coordinator.db.milk import UNTOUCHED, LotRow, balances
from coordinator.db.recalling import (
    lots_of_days,
    lots_of_donor,
    lots_of_family,
    milk_carried_of,
    milk_given_of,
    milk_promised_of,
)
from coordinator.db.recipients import RecipientRow
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.records.recall import (
    ANY_DAY,
    NotGiven,
    PumpedDays,
    Recall,
    days_of_fact,
    in_order_to_ring,
)
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.records.at_home import at_home


def recall(database: Database, code: str, today: date, days: PumpedDays = ANY_DAY) -> Recall:
    """Return where the milk went that *code* is about, as far as it may have been pumped on *days*.

    A donor's code asks for all her lots, a lot's for that lot, a family's for every lot of which it was
    given milk, so that who else has it is found too. What was merged or removed since is found like the rest.

    Raises:
        UserError: If *code* is none of these, or the days end before they begin.
        NotFoundError: If there is no such donor, lot or family.
    """
    with database.reading() as session:
        return recall_in(session, code, today, days)


def recall_in(session: Session, code: str, today: date, days: PumpedDays = ANY_DAY) -> Recall:
    """Return the same in the caller's session; raises as :func:`recall`."""
    if days.first is not None and days.last is not None and days.last < days.first:
        raise UserError(saying("The last day is before the first one; nothing was looked for."))
    lot_ids = lots_about(session, code)
    found = milk_given_of(session, lot_ids, days)
    promised = milk_promised_of(session, lot_ids, days, today)
    carried = milk_carried_of(session, lot_ids, days, today)
    lots = lots_of_days(session, lot_ids, days)
    taken = balances(session, today, list(lots))
    elsewhere = movements(session, list(lots), only_elsewhere=True)
    there = _at_homes(session, {one.recipient_code for one in found}, today)
    free = [
        NotGiven(lot.code, lot.donor_code, free, lot.pumped, removed_on=lot.removed_on)
        for number, lot in lots.items()
        if (free := lot.offered - taken.get(number, UNTOUCHED).taken) > Volume()
    ]
    return Recall(
        days,
        tuple(lot.code for lot in lots.values()),
        tuple(dict.fromkeys(lot.donor_code for lot in lots.values())),
        in_order_to_ring(found, there),
        tuple(sorted([*promised, *carried, *free], key=lambda one: (one.lot_code, one.hold_code))),
        tuple(one for number in lots for one in elsewhere.get(number, ())),
        there,
    )


def lots_about(session: Session, code: str) -> set[int]:
    """Return the ids of the lots that a recall of *code* is about.

    Raises:
        UserError: If it is the code of nothing that has lots.
        NotFoundError: If there is no such donor, lot or family.
    """
    match letter_of(code):
        case CodeLetter.DONOR:
            return lots_of_donor(session, by_code(session, DonorRow, code))
        case CodeLetter.LOT:
            return {by_code(session, LotRow, code).id}
        case CodeLetter.RECIPIENT:
            return lots_of_family(session, by_code(session, RecipientRow, code))
        case _:
            raise UserError(saying("Type the code of a donor, a lot or a family, such as D-0007."))


def days_of_answer(
    database: Database, donor: str, words: str, given: PumpedDays = ANY_DAY
) -> tuple[PumpedDays, tuple[Fact, ...]]:
    """Return the days whose milk is in question for what a donor told, and the answers that say so.

    Args:
        database: The open network.
        donor: Her code.
        words: What it is: the name of a medicine, a test, an illness, or a part of it.
        given: Days that somebody names beside it, which win: who knows the test before a result knows from
            when her milk is in question.

    Raises:
        UserError: If nothing she told has that name, or all of it says no.
        NotFoundError: If there is no such donor.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        known = facts_by_donor(session, row.id).get(row.id, ())
    wanted = words.strip().casefold()
    named = [fact for fact in known if wanted and wanted in f"{fact.subject} {fact.kind.words}".casefold()]
    return _in_question(row.code, words, named, given)


def days_of_told(
    database: Database, donor: str, fact_id: int, given: PumpedDays = ANY_DAY
) -> tuple[PumpedDays, tuple[Fact, ...]]:
    """Return the same for one answer on her timeline; raises as :func:`days_of_answer`."""
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        known = facts_by_donor(session, row.id).get(row.id, ())
    told = [fact for fact in known if fact.id == fact_id]
    return _in_question(row.code, told[0].subject if told else "", told, given)


def _in_question(
    donor: str, words: str, named: Sequence[Fact], given: PumpedDays
) -> tuple[PumpedDays, tuple[Fact, ...]]:
    found = [(fact, days) for fact in named if (days := days_of_fact(fact)) is not None]
    if not found:
        raise UserError(
            saying(
                "Nothing {donor} told is called {words}; add it to her timeline first.",
                donor=donor,
                words=words,
            )
        )
    firsts, lasts = [days.first for _, days in found], [days.last for _, days in found]
    first = None if None in firsts else min(one for one in firsts if one is not None)
    last = None if None in lasts else max(one for one in lasts if one is not None)
    return PumpedDays(given.first or first, given.last or last), tuple(fact for fact, _ in found)


def _at_homes(session: Session, codes: set[str], today: date) -> dict[str, Volume | None]:
    rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.code.in_(codes)))
    return {row.code: at_home(row, today) for row in rows}
