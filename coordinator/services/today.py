"""The Today page: everything that presses, read in one go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.db.donors import current_donors
from coordinator.db.households import to_household
from coordinator.db.recipients import current_recipients
from coordinator.domain.donors import DonorSummary
from coordinator.domain.facts import Question
from coordinator.domain.households import Household
from coordinator.domain.pickups import PickupState
from coordinator.domain.recipients import RecipientSummary
from coordinator.domain.today import (
    WEEK,
    Call,
    Today,
    calls_to_make,
    contradictions,
    running_out,
    to_read_first,
)
from coordinator.services.agreements import holds
from coordinator.services.donors import list_donors
from coordinator.services.expiring import near_last_day
from coordinator.services.needs import weeks_to_come
from coordinator.services.pickups import pickups_between
from coordinator.services.recipients import list_recipients

CALLS_AT_ONCE = 10
HOLD_ENDS_WITHIN = timedelta(days=2)
LOOK_BACK = timedelta(days=60)

Summary = TypeVar("Summary")
Asked = tuple[Summary, Household, tuple[Question, ...]]


def today_page(database: Database, today: date) -> Today:
    """Return what presses on *today*; each list is sorted, the most pressing first."""
    recipients = list_recipients(database, today)
    asked_donors, asked_recipients = _asked(database, list_donors(database, today), recipients)
    calls = calls_to_make(asked_donors, asked_recipients, today)
    weeks = pickups_between(database, today - LOOK_BACK, today + WEEK, today)
    planned = [p for p in weeks if p.state is PickupState.PLANNED]
    ending = [
        hold
        for hold in holds(database, today)
        if not hold.is_agreed and not hold.pickup_code and hold.expires_on <= today + HOLD_ENDS_WITHIN
    ]
    return Today(
        runs_out=tuple(running_out(recipients, today, WEEK)),
        contradictions=tuple(contradictions(recipients, today)),
        holds_ending=tuple(sorted(ending, key=lambda hold: (hold.expires_on, hold.code))),
        calls=tuple(calls[:CALLS_AT_ONCE]),
        calls_in_all=len(calls),
        pickups=tuple(p for p in planned if p.on >= today),
        to_settle=tuple(p for p in planned if p.on < today),
        read_first=tuple(to_read_first([*asked_donors, *asked_recipients], today)),
        near_last_day=tuple(near_last_day(database, today)),
        weeks=weeks_to_come(recipients, today),
    )


def call_list(database: Database, today: date) -> list[Call]:
    """Return everybody to ring, the most pressing first."""
    asked = _asked(database, list_donors(database, today), list_recipients(database, today))
    return calls_to_make(*asked, today)


def _asked(
    database: Database, donors: list[DonorSummary], recipients: list[RecipientSummary]
) -> tuple[list[Asked[DonorSummary]], list[Asked[RecipientSummary]]]:
    """Return everybody with household and open questions."""
    with database.reading() as session:
        questions = facts.open_questions(session)
        households = {donor.code: household for donor, household in current_donors(session)}
        households |= {family.code: household for family, household in current_recipients(session)}
        asked: dict[str, tuple[Household, tuple[Question, ...]]] = {
            code: (to_household(row), questions.get(row.id, ())) for code, row in households.items()
        }
    return (
        [(donor, *asked[donor.code]) for donor in donors if donor.code in asked],
        [(recipient, *asked[recipient.code]) for recipient in recipients if recipient.code in asked],
    )
