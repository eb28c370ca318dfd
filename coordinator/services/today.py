"""The Today page: everything that presses, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts
from coordinator.db.calls import calls_made
from coordinator.db.database import Database
from coordinator.db.drivers import current_drivers
from coordinator.db.households import to_household
from coordinator.db.recipients import current_recipients
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.matching.judged import Judged
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.pickups.plans import PickupSummary
from coordinator.domain.screening.call_list import (
    DeferralEnding,
    ExpiringTests,
    blood_tests_running_out,
    deferral_ending,
)
from coordinator.domain.screening.donors import DonorSummary
from coordinator.domain.today import (
    WEEK,
    Asked,
    ReadFirst,
    Today,
    calls_to_make,
    contradictions,
    running_out,
    to_read_first,
)
from coordinator.domain.volume import total
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.made_calls import MadeCall
from coordinator.domain.worklist.nudges import Nudge, nudges
from coordinator.domain.worklist.openings import Openings, needing, openings_of
from coordinator.domain.worklist.out_and_waiting import Waiting, out_now, pending, to_renew, waiting_for
from coordinator.domain.worklist.to_ring import on_the_list
from coordinator.sayings import Saying, as_written, joined, saying
from coordinator.services.agreements.cases import Around, around, cases
from coordinator.services.agreements.holds import holds
from coordinator.services.families.donors import list_donors
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import judge_for_several
from coordinator.services.milk.expiring import near_last_day
from coordinator.services.milk.needs import weeks_to_come
from coordinator.services.pickups.came_unfit import came_unfit
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.pickups.planning import pickups_to_come_or_settle
from coordinator.services.pickups.sheet_told import notes_waiting
from coordinator.services.screening.call_list import Screened, screenings, with_missing

CALLS_AT_ONCE = 10
HOLD_ENDS_WITHIN = timedelta(days=2)
TESTS_RUN_OUT_WITHIN = timedelta(days=30)


def today_page(database: Database, today: date) -> Today:
    """Return what presses on *today*; each list is sorted, the most pressing first."""
    recipients = list_recipients(database, today)
    screened = screenings(database, today)
    donors = list_donors(database, today, screened)
    asked = _asked(database, donors, recipients, screened, today)
    left = left_behind(database, today)
    planned = pickups_to_come_or_settle(database, date.max, today)
    found = cases(database, today, Around(recipients, planned, left))
    planned = _with_asks(planned, found)
    now = out_now(found, today)
    waiting = pending(found)
    calls = [
        replace(one, is_bereaved=not asked.bereaved.isdisjoint(one.codes))
        for one in on_the_list(_calls(asked, waiting, today))
    ]
    return Today(
        runs_out=tuple(running_out(recipients, today, WEEK)),
        contradictions=tuple(contradictions(recipients, today)),
        holds_ending=_holds_ending(database, today),
        calls=tuple(calls[:CALLS_AT_ONCE]),
        calls_in_all=len(calls),
        all_calls=tuple(calls),
        pickups=tuple(p for p in planned if today <= p.on <= today + WEEK),
        to_settle=tuple(p for p in planned if p.on < today),
        read_first=tuple(_read_first(asked, today, left, found)),
        near_last_day=tuple(near_last_day(database, today)),
        weeks=weeks_to_come(recipients, today),
        deferrals_ending=_deferrals_ending(screened, today),
        tests_expiring=_tests_expiring(screened, today),
        left_behind=tuple(one for one in left if one.may_be_reminded),
        cases=found,
        now=now,
        waiting=waiting_for(found, now),
        donors=len(donors),
        free=total([donor.free for donor in donors if donor.can_offer]),
        renewals=to_renew(found, now),
        nudges=_nudges(asked, screened, today),
        came_unfit=came_unfit(database),
        notes=notes_waiting(database, today),
    )


def _calls(asked: _Asked, waiting: Sequence[Waiting], today: date) -> list[Call]:
    """Return everybody to ring, those with a note to read first as well."""
    return calls_to_make(
        asked.donors, asked.recipients, today, asked.drivers, waiting, asked.made, with_notes=True
    )


def _with_asks(planned: Sequence[PickupSummary], cases: Sequence[Case]) -> list[PickupSummary]:
    """Return the pickups, each with what is still to be asked about its milk; of each donor's once."""
    asks: dict[str, dict[Saying, None]] = {}
    for strand in (strand for case in cases for strand in case.strands if strand.hold.still_asked):
        name = as_written(strand.hold.donor_name)
        about = saying("{donor}: {what}", donor=name, what=joined("; ", strand.hold.still_asked))
        asks.setdefault(strand.hold.pickup_code, {})[about] = None
    return [replace(one, still_asked=tuple(asks.get(one.code, ()))) for one in planned]


def _read_first(
    asked: _Asked, today: date, left: Sequence[LeftBehind], cases: Sequence[Case]
) -> list[ReadFirst]:
    return to_read_first(
        [*asked.donors, *asked.recipients], today, left, cases, asked.drivers, asked.bereaved
    )


def _nudges(asked: _Asked, screened: Mapping[str, Screened], today: date) -> tuple[Nudge, ...]:
    """Return whom to ask once more by message; nobody who rests, and nobody who lost her baby."""
    donors = [
        (donor.code, household, questions)
        for donor, household, questions in asked.donors
        if donor.state.is_offering and screened[donor.code].may_be_reminded
    ]
    families = [
        (family.code, household, questions)
        for family, household, questions in asked.recipients
        if not family.paused
    ]
    days = load_matching_policy().nudge_days
    return nudges([*donors, *families, *asked.drivers], today, days)


def _holds_ending(database: Database, today: date) -> tuple[Hold, ...]:
    """Return the holds that end soon without both yeses and travel with no pickup, soonest first."""
    ending = [
        hold
        for hold in holds(database, today)
        if not hold.is_agreed and not hold.pickup_code and hold.expires_on <= today + HOLD_ENDS_WITHIN
    ]
    return tuple(sorted(ending, key=lambda hold: (hold.expires_on, hold.code)))


def openings(
    database: Database, cases: Sequence[Case], today: date, judged: Judged | None = None
) -> Openings:
    """Return what milk there is for the babies of *cases* who need some, and what lacks after all of it.

    Every donor is looked at for each of them, so it is read apart from the page; *judged* keeps what was
    said, so that after a change only what has changed is judged again.
    """
    rankings = judge_for_several(database, [case.code for case in needing(cases)], today, judged)
    return openings_of(cases, rankings)


def call_list(database: Database, today: date) -> list[Call]:
    """Return everybody to ring, one call a household, the most pressing first."""
    recipients, screened = list_recipients(database, today), screenings(database, today)
    asked = _asked(database, list_donors(database, today, screened), recipients, screened, today)
    return calls_to_make(asked.donors, asked.recipients, today, asked.drivers, made=asked.made)


@dataclass(frozen=True, slots=True)
class Worklist:
    """Whom to ring, those with a note to read first as well, and what is waited for, of a round of calls.

    ``homes`` has every household in use by the codes of its roles, ``bereaved`` those that lost a baby.
    """

    calls: tuple[Call, ...]
    cases: tuple[Case, ...]
    waiting: tuple[Waiting, ...]
    homes: Mapping[str, Household]
    made: Mapping[int, tuple[MadeCall, ...]]
    bereaved: frozenset[int]


def worklist(database: Database, today: date) -> Worklist:
    """Return what a round of calls is made from."""
    known = around(database, today)
    recipients, screened = list(known.families), screenings(database, today)
    asked = _asked(database, list_donors(database, today, screened), recipients, screened, today)
    found = cases(database, today, known)
    waiting = pending(found)
    calls = _calls(asked, waiting, today)
    bereaved = frozenset(one.household.id for one in screened.values() if _is_bereaved(one))
    return Worklist(tuple(calls), found, waiting, asked.homes, asked.made, bereaved)


def _is_bereaved(one: Screened) -> bool:
    return one.bereaved or bool(words_of_loss(one.household.read_before_ringing))


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """Everybody with household and open questions, what each is asked besides, and the calls made.

    ``homes`` has every household in use by the codes of its roles.
    """

    donors: list[Asked[DonorSummary]]
    recipients: list[Asked[RecipientSummary]]
    drivers: list[tuple[str, Household, tuple[Question, ...]]]
    made: Mapping[int, tuple[MadeCall, ...]]
    bereaved: frozenset[str]
    homes: Mapping[str, Household]


def _asked(
    database: Database,
    donors: list[DonorSummary],
    recipients: list[RecipientSummary],
    screened: Mapping[str, Screened],
    today: date,
) -> _Asked:
    with database.reading() as session:
        questions = facts.open_questions(session)
        families = _families(session, questions, today)
        driving = {row.code: to_household(home) for row, home in current_drivers(session)}
        drivers = [
            (code, home, questions.get(home.id, ()))
            for code, home in driving.items()
            if home.id in questions or home.read_before_ringing
        ]
        made = calls_made(session)
    known = [(donor, screened[donor.code]) for donor in donors if donor.code in screened]
    return _Asked(
        [(donor, one.household, one.questions) for donor, one in known],
        [(family, *families[family.code]) for family in recipients if family.code in families],
        drivers,
        made,
        frozenset(code for code, one in screened.items() if _is_bereaved(one)),
        {
            **{code: one.household for code, one in screened.items()},
            **{code: household for code, (household, _) in families.items()},
            **driving,
        },
    )


def _families(
    session: Session, questions: Mapping[int, tuple[Question, ...]], today: date
) -> dict[str, tuple[Household, tuple[Question, ...]]]:
    """Return every family's household and what to ask it, by code."""
    aside, off = facts.topics_set_aside(session), facts.topics_off(session)
    found = {}
    for row, home in current_recipients(session):
        without = off.union(aside.get(home.id, ()))
        asked = with_missing(row, questions.get(home.id, ()), today, without)
        found[row.code] = (to_household(home), asked)
    return found
