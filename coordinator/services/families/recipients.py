"""Recipients: the table and one family, with what their babies need and how long their milk lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts, ledger
from coordinator.db.arrivals import arrivals
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.living import living
from coordinator.db.own_fields import own_values
from coordinator.db.recipients import RecipientRow, current_recipients, to_baby, to_reach
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.milk.arriving import with_arrivals
from coordinator.domain.milk.needs import Arrival, Formula, Runway, is_stale, runway
from coordinator.domain.milk.recipients import Recipient, RecipientSummary
from coordinator.domain.places.lookups import place_words
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, as_kept
from coordinator.errors import ChangedMeanwhileError, UserError
from coordinator.sayings import saying
from coordinator.services.pickups.came_unfit import load_came_unfit
from coordinator.services.pickups.left_behind import load_left_behind
from coordinator.services.screening.call_list import count_questions, questions_of_recipient
from coordinator.services.settings.values import load_settings


def list_recipients(database: Database, today: date) -> list[RecipientSummary]:
    """Return every recipient who is not archived, by code."""
    with database.reading() as session:
        topics, aside = facts.open_topics(session), facts.topics_set_aside(session)
        off = facts.topics_off(session)
        unread = facts.unread_topics(session)
        coming = arrivals(session, today)
        return [
            _summary(
                row,
                household,
                count_questions(
                    row, topics.get(household.id, ()), today, off.union(aside.get(household.id, ()))
                ),
                runway_of(row, today, coming.get(row.id, ()), unread.get(household.id, frozenset())),
            )
            for row, household in current_recipients(session)
        ]


def list_to_match(database: Database, today: date) -> list[RecipientSummary]:
    """Return the families milk is looked for, the soonest to run out first; paused ones rest.

    Families whose figure is old come after, those nobody knows a figure of last.
    """

    def press(family: RecipientSummary) -> tuple[bool, bool, date, str]:
        last = family.runway.lasts_until
        return last is None, family.runway.is_stale, last or date.max, family.code

    return sorted((family for family in list_recipients(database, today) if not family.paused), key=press)


def recipient(database: Database, code: str, today: date) -> Recipient:
    """Return everything about one recipient.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        row = by_code(session, RecipientRow, code)
        household = session.get_one(HouseholdRow, row.household_id)
        return Recipient(
            code=row.code,
            household=to_household(household),
            baby_name=row.baby_name,
            baby=to_baby(row),
            reach=to_reach(row),
            runway=runway_of(
                row,
                today,
                arrivals(session, today, row.id).get(row.id, ()),
                facts.unread_topics(session, household.id).get(household.id, frozenset()),
            ),
            paused=row.paused,
            reason=row.reason,
            own_supply_low=row.own_supply_low,
            own_supply_high=row.own_supply_high,
            formula=row.formula,
            formula_mentioned=row.formula_mentioned,
            stock=row.stock,
            stock_on=row.stock_on,
            freezer=row.freezer,
            needs_this_week=row.needs_this_week,
            questions=questions_of_recipient(session, row, today),
            received=ledger.milk_given(session, today, recipient_id=row.id),
            version=row.version,
            own=own_values(row),
            left_behind=load_left_behind(session, today, row.id),
            came_unfit=load_came_unfit(session, row.id),
        )


def runway_of(
    row: RecipientRow, today: date, to_come: tuple[Arrival, ...] = (), unread: frozenset[str] = frozenset()
) -> Runway:
    """Return what the family needs and how long its milk lasts, by the intake and matching policies.

    The stock is the family's own count with what was delivered since: settling a pickup adds it. *unread* are
    the topics of open questions about words that could not be read.
    """
    stale_after = timedelta(days=load_matching_policy().stale_stock_days)
    known = runway(
        load_intake_policy(),
        row.baby_born,
        row.babies,
        row.own_supply_low,
        row.stock,
        row.stock_on,
        today,
        formula=Formula(
            row.formula, row.formula_mentioned, row.own_supply_low is None and "own_supply" in unread
        ),
    )
    known = with_arrivals(load_intake_policy(), known, today, to_come)
    return replace(known, is_stale=is_stale(row.stock_on, today, stale_after))


def set_stock(database: Database, code: str, stock: Volume | None, today: date, *, seen: object) -> None:
    """Note what milk the family has at home, as counted on *today*.

    Raises:
        UserError: If it is below nothing.
        ChangedMeanwhileError: If the stored amount is no longer the one *seen* before editing.
    """
    with database.writing(
        Action("profile.changed", saying("Changed milk at home of {code}", code=code)), today
    ) as session:
        row = living(by_code(session, RecipientRow, code))
        if stock is not None and stock < Volume():
            raise UserError(saying("Type an amount such as 12, or nothing."))
        if row.stock != seen:
            raise ChangedMeanwhileError(saying("The milk at home of {code}", code=code))
        if stock is not None:
            stock = as_kept(stock, row.stock, load_settings(session).volume_unit)
        row.stock, row.stock_on = stock, None if stock is None else today


def _summary(row: RecipientRow, household: HouseholdRow, questions: int, lasting: Runway) -> RecipientSummary:
    return RecipientSummary(
        code=row.code,
        name=household.name,
        town=household.town,
        state_code=household.state,
        baby=to_baby(row),
        runway=lasting,
        needs_this_week=row.needs_this_week,
        open_questions=questions,
        read_before_ringing=bool(household.read_before_ringing),
        paused=row.paused,
        phone=national_phone(household.phone),
        email=household.email,
        hours=household.hours,
        last_contact_on=household.last_contact_on,
        position=to_household(household).position,
        place_label=str(place_words(household.place_label)),
        is_place_uncertain=household.precision is Precision.UNCERTAIN,
        own=own_values(row),
    )
