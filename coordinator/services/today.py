"""The Today page: everything that presses, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.db.households import to_household
from coordinator.db.recipients import current_recipients
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.screening.call_list import (
    DeferralEnding,
    ExpiringTests,
    blood_tests_running_out,
    deferral_ending,
)
from coordinator.domain.screening.donors import DonorSummary
from coordinator.domain.today import (
    WEEK,
    Call,
    Today,
    calls_to_make,
    contradictions,
    running_out,
    to_read_first,
)
from coordinator.domain.worklist import out_now, waiting_for
from coordinator.services.agreements.cases import Around, cases
from coordinator.services.agreements.holds import holds
from coordinator.services.families.donors import list_donors
from coordinator.services.families.recipients import list_recipients
from coordinator.services.milk.expiring import near_last_day
from coordinator.services.milk.needs import weeks_to_come
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.pickups.planning import pickups_to_come_or_settle
from coordinator.services.screening.call_list import Screened, screenings

CALLS_AT_ONCE = 10
HOLD_ENDS_WITHIN = timedelta(days=2)
TESTS_RUN_OUT_WITHIN = timedelta(days=30)

Summary = TypeVar("Summary")
Asked = tuple[Summary, Household, tuple[Question, ...]]


def today_page(database: Database, today: date) -> Today:
    """Return what presses on *today*; each list is sorted, the most pressing first."""
    recipients = list_recipients(database, today)
    screened = screenings(database, today)
    donors = list_donors(database, today, screened)
    asked_donors, asked_recipients = _asked(database, donors, recipients, screened)
    calls = calls_to_make(asked_donors, asked_recipients, today)
    left = left_behind(database, today)
    planned = pickups_to_come_or_settle(database, date.max, today)
    found = cases(database, today, Around(recipients, planned, left))
    now = out_now(found)
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
        pickups=tuple(p for p in planned if today <= p.on <= today + WEEK),
        to_settle=tuple(p for p in planned if p.on < today),
        read_first=tuple(to_read_first([*asked_donors, *asked_recipients], today, left, found)),
        near_last_day=tuple(near_last_day(database, today)),
        weeks=weeks_to_come(recipients, today),
        deferrals_ending=_deferrals_ending(screened, today),
        tests_expiring=_tests_expiring(screened, today),
        left_behind=tuple(one for one in left if one.may_be_reminded),
        cases=found,
        now=now,
        waiting=waiting_for(found, now),
    )


def call_list(database: Database, today: date) -> list[Call]:
    """Return everybody to ring, the most pressing first."""
    screened = screenings(database, today)
    asked = _asked(
        database, list_donors(database, today, screened), list_recipients(database, today), screened
    )
    return calls_to_make(*asked, today)


def _deferrals_ending(screened: Mapping[str, Screened], today: date) -> tuple[DeferralEnding, ...]:
    """Return the pauses that end this week or ended last week, first those that end first."""
    found = [
        DeferralEnding(code, one.household.name, ending.until, ending.reason)
        for code, one in screened.items()
        if one.may_be_reminded
        and (ending := deferral_ending(one.screening, today, WEEK)) is not None
        and ending.until is not None
    ]
    return tuple(sorted(found, key=lambda line: (line.on, line.code)))


def _tests_expiring(screened: Mapping[str, Screened], today: date) -> tuple[ExpiringTests, ...]:
    """Return the blood tests that soon no longer count, first those that run out first."""
    found = [
        ExpiringTests(code, one.household.name, item.on, item.bases[-1])
        for code, one in screened.items()
        if one.may_be_reminded
        and (item := blood_tests_running_out(one.screening, today, TESTS_RUN_OUT_WITHIN)) is not None
        and item.on is not None
    ]
    return tuple(sorted(found, key=lambda line: (line.on, line.code)))


def _asked(
    database: Database,
    donors: list[DonorSummary],
    recipients: list[RecipientSummary],
    screened: Mapping[str, Screened],
) -> tuple[list[Asked[DonorSummary]], list[Asked[RecipientSummary]]]:
    """Return everybody with household and open questions, donors with what their checklist asks besides."""
    with database.reading() as session:
        questions = facts.open_questions(session)
        families = {
            family.code: (to_household(row), questions.get(row.id, ()))
            for family, row in current_recipients(session)
        }
    return (
        [
            (donor, screened[donor.code].household, screened[donor.code].questions)
            for donor in donors
            if donor.code in screened
        ],
        [(recipient, *families[recipient.code]) for recipient in recipients if recipient.code in families],
    )
