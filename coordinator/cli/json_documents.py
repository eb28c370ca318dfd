"""What ``--json`` prints. These keys are a promise (README, "The command line"): add, never rename.

Dates are ISO 8601, ounces US fluid ounces rounded to 0.1, ``null`` what nobody has answered. Miles and
minutes are only as good as ``exact`` says: without it an end is a ZIP code or a town. ``drive_source`` is
``estimate`` or the server that knew the road.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.fields import OWN
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import On, Seen
from coordinator.domain.places.positions import Precision
from coordinator.domain.policies.rules import RULES
from coordinator.sayings import Saying
from coordinator.services.families.donors import dairy_in_words

# Types alone: every command would wait for what importing and matching need.
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import time

    from coordinator.domain.agreements.holds import Hold
    from coordinator.domain.facts.dated_facts import Fact, Question
    from coordinator.domain.families.drivers import Driver
    from coordinator.domain.families.households import Household
    from coordinator.domain.imports.one_answer import OneAnswer
    from coordinator.domain.matching.matches import Match
    from coordinator.domain.matching.ranking import Ranking
    from coordinator.domain.milk.left_behind import LeftBehind
    from coordinator.domain.milk.lots import Lot, LotRow
    from coordinator.domain.milk.recipients import Recipient, RecipientSummary
    from coordinator.domain.pickups.plans import Delivered, Pickup, PickupSummary, Stop
    from coordinator.domain.policies.further import FurtherQuestion
    from coordinator.domain.policies.profiles import Comparison, Policy, PolicyValue
    from coordinator.domain.policies.verdicts import Reason, Verdict
    from coordinator.domain.screening.donors import Donor
    from coordinator.domain.suitability.standing import Standing
    from coordinator.domain.today import Today
    from coordinator.domain.volume import Volume
    from coordinator.services.imports.rereading import ReadOtherwise
    from coordinator.services.milk.needs import Needs
    from coordinator.services.policies.deciding import DecidedHere
    from coordinator.services.suitability.verdicts import JudgedLot

Document: TypeAlias = dict[str, object]
ESTIMATE = "estimate"


def written(document: Document | Sequence[Document]) -> str:
    """Return the text of one JSON document; names keep their letters."""
    return json.dumps(document, ensure_ascii=False, indent=1, default=in_words)


def in_words(value: object) -> str:
    """Return what is said in the language in use; anything else has no place in a document."""
    if isinstance(value, Saying):
        return str(value)
    raise TypeError(type(value).__name__)


def of_donor(donor: Donor) -> Document:
    """Return a donor with her lots and what to ask her."""
    return {
        "code": donor.code,
        **_household(donor.household),
        "state_of_offer": _state_of_offer(donor),
        "baby_born": _day(donor.baby_born),
        "dairy": dairy_in_words(donor.facts),
        "lots": [of_lot(lot) for lot in donor.lots],
        **_own(Role.DONOR, donor.own),
        "questions": _questions(donor.questions),
    }


def _state_of_offer(donor: Donor) -> str:
    """Return her state today; what is private does not leave the program."""
    state = donor.screening.state if donor.screening else donor.state
    return DonorState.PAUSED.value if state is DonorState.NOT_MATCHING else state.value


def of_recipient(recipient: Recipient) -> Document:
    """Return a family with what it needs a day and how long its milk lasts."""
    need = recipient.runway.need
    return {
        "code": recipient.code,
        **_household(recipient.household),
        "baby_born": _day(recipient.baby.born),
        "babies": recipient.baby.count,
        "own_supply_oz": _oz(recipient.own_supply_low),
        "formula_oz": _oz(recipient.formula),
        "stock_oz": _oz(recipient.stock),
        "need_oz_a_day": _oz(need.expected) if need else None,
        "lasts_until": _day(recipient.runway.lasts_until),
        "left_behind": [_left_behind(one) for one in recipient.left_behind],
        **_own(Role.RECIPIENT, recipient.own),
        "questions": _questions(recipient.questions),
    }


def of_driver(driver: Driver) -> Document:
    """Return a volunteer."""
    return {
        "code": driver.code,
        **_household(driver.household),
        "hours": driver.hours,
        **_own(Role.DRIVER, driver.own),
        "coolers_qt": list(driver.told_coolers_qt),
        "coolers_here_qt": [quarts for quarts in driver.coolers_qt if quarts],
        "questions": _questions(driver.questions),
    }


def of_lot(lot: Lot) -> Document:
    """Return a lot with where its milk is: free, held, delivered and lost add up to ``ounces``.

    How much there is, and is free, is ``None`` as long as nobody told.
    """
    return {
        "code": lot.code,
        "ounces": _oz(lot.volume) if lot.is_told else None,
        "bags": lot.bags,
        "expressed_from": _day(lot.expressed_from),
        "expressed_to": _day(lot.expressed_to),
        "free_oz": _oz(lot.free) if lot.is_told else None,
        "held_oz": _oz(lot.held),
        "delivered_oz": _oz(lot.delivered),
        "lost_oz": _oz(lot.lost),
        "elsewhere_oz": _oz(lot.elsewhere),
        "with_volunteer_oz": _oz(lot.carried),
    }


def of_lot_row(row: LotRow) -> Document:
    """Return a lot with whose it is."""
    return {**of_lot(row.lot), "donor": row.lot.donor_code, "name": row.donor_name, "town": row.town}


def of_policy(policy: Policy, in_use: str) -> Document:
    """Return a policy profile with all its values; *in_use* is the key of the one in force."""
    return {
        "key": policy.key,
        "title": policy.title,
        "about": policy.about,
        "base": policy.base or None,
        "in_use": policy.key == in_use,
        "for_comparison_only": policy.for_comparison_only,
        "values": [_policy_value(policy[rule]) for rule in RULES],
        "further_questions": [_further(question) for question in policy.further],
    }


def of_comparison(found: Comparison) -> Document:
    """Return two profiles value by value."""
    return {
        "left": found.left.key,
        "right": found.right.key,
        "lines": [
            {
                "rule": line.rule,
                "title": line.title,
                "differs": line.differs,
                "left": _policy_value(line.left),
                "right": _policy_value(line.right),
            }
            for line in found.lines
        ],
    }


def of_decision(found: DecidedHere) -> Document:
    """Return what the network decided once for every donor."""
    decision = found.decision
    return {
        "number": decision.id,
        "about": decision.kind.value,
        "subject": decision.subject,
        "value": decision.figure,
        "unit": decision.unit or None,
        "by": decision.by,
        "clinician": decision.is_clinician,
        "on": _day(decision.on),
        "reason": decision.reason,
        "in_force": found.is_in_force,
    }


def of_ranking(ranking: Ranking) -> Document:
    """Return who could help, best first, and who is not a fit."""
    need = ranking.need
    return {
        "recipient": ranking.seeker.code,
        "paused": ranking.seeker.is_paused,
        "need_oz_a_day": _oz(need.expected) if need else None,
        **_verdict(ranking.baby_verdict),
        **_standing(ranking.baby_standing),
        "matches": [of_match(match) for match in ranking.matches],
        "not_a_fit": [of_match(match) for match in ranking.not_a_fit],
        "set_aside": [donor.donor_code for donor in ranking.set_aside],
    }


def of_answer(found: OneAnswer) -> Document:
    """Return what one answer says; a fact's ``to`` is the first day on which it is no more so."""
    return {
        "field": found.field,
        "facts": [_fact(fact) for fact in found.facts],
        "questions": list(found.questions),
        "not_understood": list(found.not_understood),
        "value": found.value,
    }


def of_read_otherwise(found: ReadOtherwise) -> Document:
    """Return an answer of a form with the facts that are stored and those that are read in it now."""
    return {
        "donor": found.code,
        "name": found.name,
        "kind": found.kind.value,
        "text": found.words,
        "before": [_fact(fact) for fact in found.before],
        "now": [_fact(fact) for fact in found.now],
        "question": found.question or None,
    }


def of_judged_lot(found: JudgedLot) -> Document:
    """Return the verdict on a lot and on its parts, ``from`` and ``to`` the first and last day of each.

    A lot that does not tell its days is one part without any.
    """
    parts = [_part(part.first, part.last, part.verdict) for part in found.parts]
    return {
        "lot": found.lot.code,
        "donor": found.lot.donor_code,
        "family": found.recipient_code,
        "policy": found.policy_key,
        "verdict": found.verdict.kind.words,
        "parts": parts or [_part(None, None, found.verdict)],
    }


def of_needs(found: Needs) -> Document:
    """Return every family's need and last days, and what is missing week by week by what is asked for."""
    return {
        "families": [_need(family) for family in found.families],
        "runs_out": [line.code for line in found.runs_out],
        "weeks": [_day(day) for day in found.weeks.weeks],
        "missing": [
            {
                "asks_for": str(row.trait.words),
                "families_counted": row.families,
                "low_oz": [_oz(week.low) for week in row.weeks],
                "expected_oz": [_oz(week.expected) for week in row.weeks],
                "high_oz": [_oz(week.high) for week in row.weeks],
                "by_old_figures_oz": [_oz(week.by_old_figures) for week in row.weeks],
            }
            for row in found.weeks.rows
        ],
        "not_known": list(found.weeks.unknown),
        "referred": list(found.weeks.referred),
        "to_come_oz": _oz(found.weeks.to_come),
        "free_oz": _oz(found.free),
    }


def of_today(found: Today) -> Document:
    """Return what presses; what is private, such as why somebody rests, stays in the program."""
    return {
        "runs_out": [
            {"code": one.code, "lasts_until": _day(one.lasts_until), "old_figure": one.is_stale}
            for one in found.runs_out
        ],
        "contradictions": [one.code for one in found.contradictions],
        "holds_ending": [of_hold(one) for one in found.holds_ending],
        "deferrals_ending": [{"code": one.code, "on": _day(one.on)} for one in found.deferrals_ending],
        "tests_expiring": [{"code": one.code, "on": _day(one.on)} for one in found.tests_expiring],
        "calls": [
            {"code": call.code, "urgent": call.is_urgent, "questions": _questions(call.questions)}
            for call in found.calls
        ],
        "calls_in_all": found.calls_in_all,
        "read_first": [one.code for one in found.read_first],
        "pickups": [pickup_line(one) for one in found.pickups],
        "to_settle": [pickup_line(one) for one in found.to_settle],
        "left_behind": [_left_behind(one) for one in found.left_behind],
        "near_last_day": [
            {"lot": one.milk.lot.code, "donor": one.donor_code, "last_day": _day(one.milk.last.on)}
            for one in found.near_last_day
        ],
    }


def pickup_line(one: PickupSummary) -> Document:
    """Return a pickup as a line of the week."""
    return {
        "code": one.code,
        "kind": one.kind.value,
        "on": _day(one.on),
        "starts_at": _clock(one.starts_at),
        "ounces": _oz(one.volume),
        "waiting_for": [*one.waiting_for, *map(str, one.stopped)],
    }


def _left_behind(one: LeftBehind) -> Document:
    return {
        "hold": one.hold_code,
        "lot": one.lot_code,
        "donor": one.donor_code,
        "recipient": one.recipient_code,
        "pickup": one.pickup_code,
        "on": _day(one.on),
        "ounces": _oz(one.volume),
        "free_oz": _oz(one.free),
        "with_volunteer_oz": _oz(one.with_driver),
        "volunteer": one.driver_code or None,
        "nobody_home": one.nobody_home,
    }


def _need(family: RecipientSummary) -> Document:
    runway = family.runway
    need = runway.need
    return {
        "code": family.code,
        "need_low_oz": _oz(need.low) if need else None,
        "need_oz_a_day": _oz(need.expected) if need else None,
        "need_high_oz": _oz(need.high) if need else None,
        "stock_oz": _oz(runway.stock),
        "stock_on": _day(runway.stock_on),
        "lasts_until": _day(runway.lasts_until),
        "soonest": _day(runway.soonest),
        "latest": _day(runway.latest),
        "coming_oz": _oz(runway.coming),
        "then_until": _day(runway.then_until),
        "old_figure": runway.is_stale,
    }


def of_hold(hold: Hold) -> Document:
    """Return a hold with both yeses."""
    return {
        "code": hold.code,
        "state": hold.state.value,
        "lot": hold.lot_code,
        "donor": hold.donor_code,
        "recipient": hold.recipient_code,
        "ounces": _oz(hold.volume),
        "bags": hold.bags,
        "only_from": _day(hold.only_from),
        "about": hold.is_about,
        "made_on": _day(hold.made_on),
        "expires_on": _day(hold.expires_on),
        "donor_yes_on": _day(hold.donor_yes_on),
        "family_yes_on": _day(hold.family_yes_on),
        "pickup": hold.pickup_code or None,
    }


def of_pickup(pickup: Pickup) -> Document:
    """Return a pickup with its stops in the order to drive; no address, that is the sheet's to show."""
    return {
        "code": pickup.code,
        "kind": pickup.kind.value,
        "state": pickup.state.value,
        "on": _day(pickup.on),
        "starts_at": _clock(pickup.starts_at),
        "driver": pickup.driver_code or None,
        "driver_yes_on": _day(pickup.driver_yes_on),
        "second_driver": pickup.second_code or None,
        "meeting_place": pickup.meeting_place,
        "miles": round(pickup.miles, 1),
        "minutes": pickup.minutes,
        "exact": pickup.is_exact,
        "road_miles": round(pickup.road_miles, 1),
        "drive_source": pickup.road_host or ESTIMATE,
        "odometer_start_miles": _tenth(pickup.odometer.start_miles if pickup.odometer else None),
        "odometer_end_miles": _tenth(pickup.odometer.end_miles if pickup.odometer else None),
        "driven_miles": _tenth(pickup.odometer.driven_miles if pickup.odometer else None),
        "lunch": _clock(pickup.lunch.at if pickup.lunch else None),
        "prints": pickup.prints,
        "changed_since_printed": pickup.changed_since_printed,
        "stops": [_stop(stop) for stop in pickup.stops],
        "holds": [of_hold(hold) for hold in pickup.holds],
        "came": [_came(one) for one in pickup.deliveries],
        "waiting_for": list(pickup.waiting_for),
        "look_at": list(pickup.broken),
        "sheet_note": pickup.sheet_note,
    }


def _came(one: Delivered) -> Document:
    return {
        "hold": one.hold_code,
        "delivered_oz": _oz(one.delivered),
        "left_behind_oz": _oz(one.left_behind),
        "with_volunteer_oz": _oz(one.with_driver),
        "lost_oz": _oz(one.lost),
        "bags": one.bags,
        "nobody_home": one.nobody_home,
        "condition": one.condition.value if one.condition else None,
        "received_by": one.received_by or None,
        "note": one.note,
    }


def _own(role: Role, values: Mapping[str, object]) -> Document:
    """Return the fields of the role that need no words of their own; what is private is never among them."""
    shown = (field for field in OWN[role] if On.JSON in field.on and field.seen_by is not Seen.PRIVATE)
    return {field.key: _plain(values.get(field.key)) for field in shown}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _household(household: Household) -> Document:
    position = household.position
    return {
        "name": household.name,
        "email": household.email,
        "phone": household.phone,
        "other_phone": household.other_phone,
        "other_email": household.other_email,
        "street": household.address.street,
        "town": household.address.town,
        "state": household.address.state,
        "zip": household.address.zip_code,
        "latitude": round(position.latitude_deg, 6) if position else None,
        "longitude": round(position.longitude_deg, 6) if position else None,
        "precision": _precision(household),
        "languages": household.languages,
        "stairs": household.stairs,
    }


def _precision(household: Household) -> str | None:
    if household.position is not None:
        return household.position.precision.value
    return Precision.UNCERTAIN.value if household.is_place_uncertain else None


def of_match(match: Match) -> Document:
    """Return a donor for a family."""
    return {
        "donor": match.code,
        "name": match.name,
        "town": match.town,
        "lots": [lot.code for lot in match.lots],
        "free_oz": _oz(match.free),
        "miles": None if match.miles is None else round(match.miles, 1),
        "minutes": None if match.minutes is None else round(match.minutes),
        "exact": match.is_exact,
        "drive_source": None if match.minutes is None else match.road_host or ESTIMATE,
        "check_road": match.crosses_water,
        "reach": match.reach.value,
        "leave_out": match.leave_out,
        **_verdict(match.verdict),
        **_standing(match.standing),
        "pair_standing": match.pair.kind.name.lower(),
        "pair_calls": match.pair.calls,
    }


def _standing(standing: Standing) -> Document:
    return {
        "standing": standing.kind.name.lower(),
        "until": _day(standing.until),
        "calls": standing.calls,
        "asks": [
            {"whom": ask.whom.value, "code": ask.reason.said.code, "question": str(ask.question)}
            for ask in standing.asks
        ],
    }


def _policy_value(value: PolicyValue) -> Document:
    change, seen = value.change, value.seen_again
    return {
        "rule": value.rule,
        "title": str(RULES[value.rule].title),
        "value": value.value,
        "unit": value.unit,
        "otherwise": value.otherwise.words,
        "seen_in": list(value.seen_in),
        "authority": value.page.authority or None,
        "page_title": value.page.title or None,
        "address": value.page.address or None,
        "page_date": value.page.dated or None,
        "kind": value.page.kind,
        "status": value.status.value,
        "is_checked": value.is_checked,
        "checked_on": _day(value.checked),
        "opened_by": seen.by if seen else None,
        "opened_on": _day(seen.on) if seen else None,
        "opened_page": seen.address if seen else None,
        "set_by": change.by if change else None,
        "set_on": _day(change.on) if change else None,
        "reason": change.reason if change else None,
        "clinician": (change.clinician or None) if change else None,
        "reviewed_on": _day(change.reviewed_on) if change else None,
        "asked_by": (change.asked_by or None) if change else None,
        "asked": (change.asked or None) if change else None,
    }


def _further(question: FurtherQuestion) -> Document:
    return {
        "question": question.text,
        "asked_of": question.asked_of,
        "seen_in": list(question.seen_in),
        "authority": question.page.authority or None,
        "address": question.page.address or None,
        "status": question.status.value,
        "remark": question.remark or None,
    }


def _verdict(verdict: Verdict) -> Document:
    return {"verdict": verdict.kind.words, "reasons": [reason.text for reason in verdict.reasons]}


def _part(first: date | None, last: date | None, verdict: Verdict) -> Document:
    return {
        "from": _day(first),
        "to": _day(last),
        "verdict": verdict.kind.words,
        "reasons": [_reason(reason) for reason in verdict.reasons],
    }


def _reason(reason: Reason) -> Document:
    return {
        "kind": reason.kind.words,
        "text": reason.text,
        "rule": reason.rule or None,
        "source": reason.source or None,
        "is_checked": reason.basis.is_checked if reason.basis else None,
    }


def _fact(fact: Fact) -> Document:
    return {
        "kind": fact.kind.value,
        "presence": fact.presence.value,
        "subject": fact.subject,
        "from": _day(fact.start),
        "to": _day(fact.end),
    }


def _stop(stop: Stop) -> Document:
    return {
        "number": stop.number,
        "kind": stop.kind.value,
        "code": stop.code,
        "town": stop.town,
        "arrive": _clock(stop.arrive),
        "leave": _clock(stop.leave),
        "miles_before": _tenth(stop.miles_before),
        "minutes_before": stop.minutes_before,
        "exact": stop.exact,
        "drive_source": None if stop.minutes_before is None else stop.road_host or ESTIMATE,
        "check_road": stop.crosses_water,
        "holds": [hold.code for hold in stop.holds],
        "look_at": list(stop.broken),
        "arrived_at": _clock(stop.arrived_at),
        "freezer_at": _clock(stop.freezer_at),
    }


def _questions(questions: Sequence[Question]) -> list[str]:
    return [question.text for question in questions]


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _tenth(miles: float | None) -> float | None:
    return None if miles is None else round(miles, 1)


def _oz(volume: Volume | None) -> float | None:
    return None if volume is None else round(volume.oz, 1)
