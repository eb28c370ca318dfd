"""Standing pairs: agreed on once, skipped, paused, changed and ended. Renewing a day is ``renewing``'s.

What is proposed is worked out whenever somebody looks; nothing is held or promised until the coordinator
says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import (
    StandingDayRow,
    StandingPairRow,
    agreed_of,
    day_row,
    standing_pairs,
)
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.checks import check_not_own, check_not_paused
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.agreements.rhythms import check_rhythm
from coordinator.domain.agreements.standing_pairs import (
    Agreed,
    StandingPair,
    StandingState,
    When,
)
from coordinator.domain.codes import CodeLetter
from coordinator.domain.plausible import MOST_MILK, is_day
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.agreements.standing_proposals import proposal_for
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.verdicts import is_own_milk


def renewals(database: Database, today: date, *, of: str | None = None) -> tuple[Renewal, ...]:
    """Return the pairs that have not ended with their next days, by code; or those of the one *of*.

    The milk is looked for once the two are to be asked about the day.
    """
    with database.reading() as session:
        return tuple(_renewals(session, today, of))


def renewals_by_family(session: Session, today: date) -> dict[str, list[Renewal]]:
    """Return the same by the family's code, in the caller's session."""
    found: dict[str, list[Renewal]] = defaultdict(list)
    for one in _renewals(session, today, None):
        found[one.pair.recipient_code].append(one)
    return found


def _renewals(session: Session, today: date, of: str | None) -> list[Renewal]:
    """Return the renewals by code; milk that several are for is proposed to the earlier day alone."""
    pairs = standing_pairs(session, StandingPairRow.state != StandingState.ENDED)
    if of is not None:
        donors = {one.donor_code for one in pairs if of.upper() in _codes(one)}
        pairs = [one for one in pairs if one.donor_code in donors]
    when = when_of(session) if pairs else When(0, 0)
    before: dict[str, Volume] = {}
    found = []
    for pair in sorted(pairs, key=lambda one: (one.next_on(today) or date.max, one.code)):
        renewal = _renewal(session, pair, when, today, before)
        for part in renewal.proposal.parts if renewal.proposal else ():
            before[part.lot_code] = before.get(part.lot_code, Volume()) + part.volume
        found.append(renewal)
    found.sort(key=lambda one: one.pair.code)
    return found if of is None else [one for one in found if of.upper() in _codes(one.pair)]


def _codes(pair: StandingPair) -> set[str]:
    return {pair.donor_code, pair.recipient_code}


def _renewal(
    session: Session, pair: StandingPair, when: When, today: date, before: Mapping[str, Volume]
) -> Renewal:
    on = pair.next_on(today)
    is_due = on is not None and pair.state is StandingState.ACTIVE and when.asks_from(on) <= today
    found = proposal_for(session, pair, on, today, before) if on and is_due else None
    return Renewal(pair, when, today, on, found)


def when_of(session: Session) -> When:
    """Return how early the network asks, and by when it wants both yeses."""
    found = load_settings(session)
    return When(found.standing_ask_days, found.standing_renew_days)


def pair_of(database: Database, code: str) -> StandingPair:
    """Return one pair.

    Raises:
        NotFoundError: If there is none.
    """
    with database.reading() as session:
        return standing_pairs(session, StandingPairRow.id == by_code(session, StandingPairRow, code).id)[0]


def add_standing(database: Database, donor: str, recipient: str, agreed: Agreed, today: date) -> str:
    """Note that a donor and a family agreed on a standing pair; return its code. Nothing is held by it.

    Days that milk of an ended pair of the two is held for, or was handed over, are skipped.

    Raises:
        UserError: If amount, rhythm or days do not fit, or the two have a standing pair already.
        NotMatchedError: If they are one household, or the family is paused.
        NotFoundError, RemovedError: If one of them is not there.
    """
    label = saying("Made {donor} and {family} a standing pair", donor=donor.upper(), family=recipient.upper())
    with database.writing(Action("standing.made", label), today) as session:
        giver = living(by_code(session, DonorRow, donor))
        family = living(by_code(session, RecipientRow, recipient))
        check_not_own(giver.code, family.code, is_own=is_own_milk(giver, family))
        check_not_paused(family.code, is_paused=family.paused)
        _check(agreed, today)
        _refuse_second(session, giver, family)
        row = StandingPairRow(
            code=next_code(session, CodeLetter.STANDING),
            donor_id=giver.id,
            recipient_id=family.id,
            agreed_on=today,
            **_columns(agreed),
        )
        session.add(row)
        session.flush()
        for on in _covered_before(session, row, agreed, today):
            made_day(session, row, on).is_skipped = True
        return row.code


def _covered_before(session: Session, row: StandingPairRow, agreed: Agreed, today: date) -> list[date]:
    """Return the days of a new pair that milk of the pairs before it is held for already."""
    same_two = (
        StandingPairRow.donor_id == row.donor_id,
        StandingPairRow.recipient_id == row.recipient_id,
        StandingPairRow.id != row.id,
    )
    before = standing_pairs(session, *same_two)
    return sorted({on for pair in before for on in pair.covers(agreed, today)})


def change_standing(database: Database, code: str, agreed: Agreed, today: date) -> tuple[date, ...]:
    """Change what a pair agreed on; days that were held or skipped stay as they are.

    Days of a new rhythm are left out while milk that was held lasts, and returned; each can be brought back.

    Raises:
        UserError: If it ended, or the new amount, rhythm or days do not fit.
    """
    with _changing(database, "standing.changed", code, today) as (session, row):
        _check(agreed, today)
        left_out = standing_pairs(session, StandingPairRow.id == row.id)[0].has_milk_for(agreed, today)
        for on in left_out:
            made_day(session, row, on).is_skipped = True
        for name, value in _columns(agreed).items():
            setattr(row, name, value)
        row.agreed_on = today
        who = _who(session, row)
        _done(
            session,
            saying(
                "Changed what {donor} and {family} agreed on ({pair})",
                pair=who.pair,
                donor=who.donor,
                family=who.family,
            ),
        )
        return left_out


def skip_day(database: Database, code: str, on: date, today: date) -> None:
    """Leave out one day of a pair; the rhythm goes on.

    Raises:
        UserError: If the pair ended, *on* is none of its days to come, or milk is held for it.
    """
    with _changing(database, "standing.skipped", code, today) as (session, row):
        skip_day_in(session, code, on, today)
        who = _who(session, row)
        _done(
            session,
            saying(
                "Skipped {on} of {donor} and {family} ({pair})",
                on=on,
                pair=who.pair,
                donor=who.donor,
                family=who.family,
            ),
        )


def skip_day_in(session: Session, code: str, on: date, today: date) -> None:
    """Leave out one day of a pair in the caller's transaction; raises as :func:`skip_day`."""
    row = going(session, code)
    check_day_of_pair(row, on, today)
    _refuse_held(session, row, on)
    made_day(session, row, on).is_skipped = True


def bring_day_back(database: Database, code: str, on: date, today: date) -> None:
    """Ask about a day again that was skipped; nothing happens when it was not.

    Raises:
        UserError: If the pair ended.
    """
    with _changing(database, "standing.day_back", code, today) as (session, row):
        found = day_row(session, row.id, on)
        if found is not None:
            found.is_skipped = False
        who = _who(session, row)
        label = saying(
            "Brought {on} of {donor} and {family} back ({pair})",
            on=on,
            pair=who.pair,
            donor=who.donor,
            family=who.family,
        )
        _done(session, label)


def pause_standing(database: Database, code: str, today: date) -> None:
    """Propose nothing for a pair until it goes on; what is held stays held.

    Raises:
        UserError: If it ended.
    """
    with _changing(database, "standing.paused", code, today) as (session, row):
        row.state = StandingState.PAUSED
        who = _who(session, row)
        _done(
            session,
            saying(
                "Paused {donor} and {family} as a pair ({pair})",
                pair=who.pair,
                donor=who.donor,
                family=who.family,
            ),
        )


def resume_standing(database: Database, code: str, today: date) -> None:
    """Let a pair go on that was paused, in its old rhythm.

    Raises:
        UserError: If it ended, its family is paused, or another pair of the same two goes on.
        RemovedError: If one of the two was removed.
    """
    with _changing(database, "standing.resumed", code, today) as (session, row):
        donor = living(session.get_one(DonorRow, row.donor_id))
        family = living(session.get_one(RecipientRow, row.recipient_id))
        check_not_paused(family.code, is_paused=family.paused)
        _refuse_second(session, donor, family, StandingPairRow.state == StandingState.ACTIVE)
        row.state = StandingState.ACTIVE
        who = _who(session, row)
        _done(
            session,
            saying(
                "Let {donor} and {family} go on as a pair ({pair})",
                pair=who.pair,
                donor=who.donor,
                family=who.family,
            ),
        )


def end_standing(database: Database, code: str, today: date) -> None:
    """End a pair; what is held stays held.

    Raises:
        UserError: If it ended before.
    """
    with _changing(database, "standing.ended", code, today) as (session, row):
        row.state = StandingState.ENDED
        who = _who(session, row)
        _done(
            session,
            saying(
                "Ended {donor} and {family} as a pair ({pair})",
                pair=who.pair,
                donor=who.donor,
                family=who.family,
            ),
        )


@contextmanager
def _changing(
    database: Database, kind: str, code: str, today: date
) -> Iterator[tuple[Session, StandingPairRow]]:
    """Give a session and the pair that is to be changed, which has not ended."""
    action = Action(kind, saying("Changed {pair}", pair=code.upper()))
    with database.writing(action, today) as session:
        yield session, going(session, code)


def going(session: Session, code: str) -> StandingPairRow:
    """Return a pair that has not ended.

    Raises:
        UserError: If it ended.
        NotFoundError: If there is none.
    """
    row = by_code(session, StandingPairRow, code)
    if row.state is StandingState.ENDED:
        raise UserError(saying("{pair} has ended; make a new standing pair instead.", pair=row.code))
    return row


def _done(session: Session, label: Saying) -> None:
    """Say what was done in the history, now that the codes are known."""
    writing = writing_of(session)
    writing.action = Action(writing.action.kind, label)


class _Who(NamedTuple):
    """Codes of a pair and its two sides."""

    pair: str
    donor: str
    family: str


def _who(session: Session, row: StandingPairRow) -> _Who:
    donor, family = session.get_one(DonorRow, row.donor_id), session.get_one(RecipientRow, row.recipient_id)
    return _Who(row.code, donor.code, family.code)


def made_day(session: Session, row: StandingPairRow, on: date) -> StandingDayRow:
    """Return what is written of one day of a pair, made where nothing was."""
    found = day_row(session, row.id, on)
    if found is None:
        found = StandingDayRow(standing_pair_id=row.id, on_day=on)
        session.add(found)
        session.flush()
    return found


def check_day_of_pair(row: StandingPairRow, on: date, today: date) -> None:
    """Raise ``UserError`` if *on* is past, or none of the pair's days."""
    agreed = agreed_of(row)
    is_within = today <= on and (agreed.ends_on is None or on <= agreed.ends_on)
    if not (is_within and on >= agreed.first_on and agreed.rhythm.is_day(agreed.first_on, on)):
        raise UserError(
            saying(
                "{on} is none of the days to come of {pair}: {rhythm}.",
                on=on,
                pair=row.code,
                rhythm=agreed.rhythm.words,
            )
        )


def _refuse_held(session: Session, row: StandingPairRow, on: date) -> None:
    pair = standing_pairs(session, StandingPairRow.id == row.id)[0]
    held = [code for code, _ in pair.held_on(on)]
    if held:
        raise UserError(saying("{holds} is held for {on}; release that first.", holds=tuple(held), on=on))


def _check(agreed: Agreed, today: date) -> None:
    check_rhythm(agreed.rhythm)
    if not Volume() < agreed.volume <= MOST_MILK:
        raise UserError(saying("Type how much milk they agreed on, more than nothing."))
    for on in filter(None, (agreed.first_on, agreed.ends_on)):
        if not is_day(on, today):
            raise UserError(saying("{on} is no day that can be meant.", on=on))
    if agreed.ends_on is not None and agreed.ends_on < agreed.first_on:
        raise UserError(saying("The last day comes before the first."))


def _refuse_second(
    session: Session,
    donor: DonorRow,
    family: RecipientRow,
    which: sa.ColumnElement[bool] = StandingPairRow.state != StandingState.ENDED,
) -> None:
    """Raise if the two have a standing pair, of those *which*: two would propose for one day."""
    query = sa.select(StandingPairRow.code).where(
        StandingPairRow.donor_id == donor.id,
        StandingPairRow.recipient_id == family.id,
        which,
    )
    code = session.scalar(query)
    if code is not None:
        raise UserError(
            saying(
                "{donor} and {family} are a standing pair already: change or end {pair}.",
                donor=donor.code,
                family=family.code,
                pair=code,
            )
        )


def _columns(agreed: Agreed) -> dict[str, Any]:
    rhythm = agreed.rhythm
    return {
        "volume": agreed.volume,
        "is_a_day": agreed.is_a_day,
        "weekday": rhythm.weekday,
        "every_weeks": rhythm.every_weeks,
        "in_month": ",".join(str(one) for one in rhythm.in_month),
        "first_on": agreed.first_on,
        "ends_on": agreed.ends_on,
    }
