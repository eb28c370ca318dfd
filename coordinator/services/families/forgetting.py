"""Forgetting a family for good: who it is goes, what a recall needs stays under codes."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import write_erasure
from coordinator.db.database import Database
from coordinator.db.family_traces import codes_of, take_out, traces, words_of_family
from coordinator.db.forgetting import Order, Stock, counted_in, forget_in, sweep_file
from coordinator.db.forgetting_rows import File, belongings_of, family_of
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import role_by_code
from coordinator.db.writing import writing_of
from coordinator.domain.families.forgetting_plan import (
    FORGOTTEN,
    ForgettingPlan,
    ForgottenFamily,
    name_of_forgotten,
)
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.families.still_needed import know_first, refuse_needed
from coordinator.services.records.at_home import at_home

log = logging.getLogger(__name__)


class ForgottenError(UserError):
    """The family is forgotten already."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(saying("{code} was forgotten on {on}.", code=code, on=on))


def plan_to_forget(database: Database, code: str, today: date) -> ForgettingPlan:
    """Return what forgetting the family behind *code*, of any role, would do. Nothing is changed.

    Families that were made part of it, and the one it was made part of, are one family.

    Raises:
        NotFoundError: If there is no such family.
        UserError: What must be done first: milk is promised, on the road or with a volunteer.
    """
    with database.reading() as session:
        file, home, households = _family(session, code)
        codes = codes_of(file, households)
        if home.forgotten_on is not None:
            return ForgettingPlan(_own_code(file, home.id, codes), codes, home.name, home.forgotten_on, {})
        refuse_needed(session, households, today)
        own = _own_code(file, home.id, codes)
        found, counts = counted_in(file, _order(session, households, own, today))
        return ForgettingPlan(
            own,
            codes,
            home.name,
            None,
            counts,
            traces(file, words_of_family(file, found), found),
            know_first(session, households),
        )


def forget_family(database: Database, code: str, today: date, *, words_too: bool = False) -> ForgottenFamily:
    """Forget the family behind *code*, and write the file anew so that nothing of it is left there.

    With *words_too* its whole name, phones, mail addresses and street are taken out of others' notes, too.

    Raises:
        NotFoundError, UserError: As :func:`plan_to_forget`; nothing was changed.
        ForgottenError: If it was forgotten before.
    """
    action = Action(FORGOTTEN, saying("Forgot {code}", code=code.upper()))
    with database.writing(action, today) as session:
        file, home, households = _family(session, code)
        if home.forgotten_on is not None:
            raise ForgottenError(code.upper(), home.forgotten_on)
        refuse_needed(session, households, today)
        codes = codes_of(file, households)
        own = _own_code(file, home.id, codes)
        found = belongings_of(file, households)
        words = words_of_family(file, found)
        order = _order(session, households, own, today)
        session.expunge_all()  # what was read is about to change behind the session
        done = forget_in(file, order)
        taken_out, reworded = take_out(file, words, found, done) if words_too else (0, 0)
        writing_of(session).action = replace(action, label=_label(own, reworded))
        write_erasure(session, sorted(set(done.touched)))
        left = traces(file, words, found)
    log.info("forgotten: %s", own)
    result = ForgottenFamily(own, codes, sum(done.counts.values()), done.values, taken_out, left)
    return replace(result, is_swept=sweep(database))


def order_for(database: Database, code: str) -> Order:
    """Return the order by which the family behind *code*, forgotten or not, is forgotten in copies.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        file, home, households = _family(session, code)
        own = _own_code(file, home.id, codes_of(file, households))
        on = home.forgotten_on or database.today()
        return _order(session, households, own, on)


def sweep(database: Database) -> bool | None:
    """Write the file anew without what was deleted; None on a server, False while others read it.

    Raises:
        UserError: If the file cannot be written.
    """
    return None if database.path is None else sweep_file(database.path, database.key, database.busy_ms)


def _label(code: str, reworded: int) -> Saying:
    if not reworded:
        return saying("Forgot {code}", code=code)
    return plural(
        "Forgot {code}; {n} line of the history was said anew without its name",
        "Forgot {code}; {n} lines of the history were said anew without its name",
        reworded,
        code=code,
    )


def _family(session: Session, code: str) -> tuple[File, HouseholdRow, set[int]]:
    """Return the network as tables, the household that stands for the family behind *code*, and all of it."""
    home = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
    while home.merged_into_id is not None:
        home = session.get_one(HouseholdRow, home.merged_into_id)
    file = File(session.connection())
    return file, home, family_of(file, home.id)


def _order(session: Session, households: set[int], code: str, today: date) -> Order:
    names = dict.fromkeys(households, name_of_forgotten(code))
    return Order(frozenset(households), names, _stocks(session, households, today), today)


def _own_code(file: File, household_id: int, codes: tuple[str, ...]) -> str:
    return next(iter(codes_of(file, {household_id})), codes[0])


def _stocks(session: Session, households: set[int], today: date) -> dict[int, Stock]:
    """Return what each family probably has at home: without a birth day nobody can work it out later."""
    rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.household_id.in_(households)))
    return {row.id: (stock, today if stock is not None and row.stock_on is not None else row.stock_on)
            for row in rows for stock in [at_home(row, today)]}  # fmt: skip
