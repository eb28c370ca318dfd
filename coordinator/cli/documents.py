"""What ``--json`` prints. These keys are a promise (README, "The command line"): add, never rename.

Dates are ISO 8601, ounces US fluid ounces rounded to 0.1, ``null`` what nobody has answered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time
from typing import TypeAlias

from coordinator.domain.agreements import Hold
from coordinator.domain.donors import Donor, DonorState
from coordinator.domain.drivers import Driver
from coordinator.domain.facts import Question
from coordinator.domain.households import Household
from coordinator.domain.matching import Match, Ranking
from coordinator.domain.milk import Lot, LotRow
from coordinator.domain.pickups import Pickup, Stop
from coordinator.domain.recipients import Recipient
from coordinator.domain.verdicts import Verdict
from coordinator.domain.volume import Volume
from coordinator.services.donors import dairy_in_words

Document: TypeAlias = dict[str, object]


def written(document: Document | Sequence[Document]) -> str:
    """Return the text of one JSON document; names keep their letters."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def of_donor(donor: Donor) -> Document:
    """Return a donor with her lots and what to ask her."""
    return {
        "code": donor.code,
        **_household(donor.household),
        "state_of_offer": _state_of_offer(donor),
        "baby_born": _day(donor.baby_born),
        "dairy": dairy_in_words(donor.facts),
        "lots": [of_lot(lot) for lot in donor.lots],
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
        "stock_oz": _oz(recipient.stock),
        "need_oz_a_day": _oz(need.expected) if need else None,
        "lasts_until": _day(recipient.runway.lasts_until),
        "questions": _questions(recipient.questions),
    }


def of_driver(driver: Driver) -> Document:
    """Return a volunteer."""
    return {
        "code": driver.code,
        **_household(driver.household),
        "hours": driver.hours,
        "max_hours": driver.max_hours,
        "coolers_qt": list(driver.coolers_qt),
        "lift_lb": driver.lift_lb,
        "max_miles": driver.max_miles,
        "away_from": _day(driver.away_from),
        "away_to": _day(driver.away_to),
        "questions": _questions(driver.questions),
    }


def of_lot(lot: Lot) -> Document:
    """Return a lot with where its milk is: free, held, delivered and lost add up to ``ounces``."""
    return {
        "code": lot.code,
        "ounces": _oz(lot.volume),
        "bags": lot.bags,
        "expressed_from": _day(lot.expressed_from),
        "expressed_to": _day(lot.expressed_to),
        "free_oz": _oz(lot.free),
        "held_oz": _oz(lot.held),
        "delivered_oz": _oz(lot.delivered),
        "lost_oz": _oz(lot.lost),
    }


def of_lot_row(row: LotRow) -> Document:
    """Return a lot with whose it is."""
    return {**of_lot(row.lot), "donor": row.lot.donor_code, "name": row.donor_name, "town": row.town}


def of_ranking(ranking: Ranking) -> Document:
    """Return who could help, best first, and who is not a fit."""
    need = ranking.need
    return {
        "recipient": ranking.seeker.code,
        "need_oz_a_day": _oz(need.expected) if need else None,
        **_verdict(ranking.baby_verdict),
        "matches": [_match(match) for match in ranking.matches],
        "not_a_fit": [_match(match) for match in ranking.not_a_fit],
        "set_aside": [donor.donor_code for donor in ranking.set_aside],
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
        "meeting_place": pickup.meeting_place,
        "miles": round(pickup.miles, 1),
        "minutes": pickup.minutes,
        "stops": [_stop(stop) for stop in pickup.stops],
        "holds": [of_hold(hold) for hold in pickup.holds],
        "waiting_for": list(pickup.waiting_for),
        "look_at": list(pickup.broken),
    }


def _household(household: Household) -> Document:
    position = household.position
    return {
        "name": household.name,
        "email": household.email,
        "phone": household.phone,
        "street": household.address.street,
        "town": household.address.town,
        "state": household.address.state,
        "zip": household.address.zip_code,
        "latitude": round(position.latitude_deg, 6) if position else None,
        "longitude": round(position.longitude_deg, 6) if position else None,
        "precision": position.precision.value if position else None,
    }


def _match(match: Match) -> Document:
    return {
        "donor": match.code,
        "name": match.name,
        "town": match.town,
        "lots": [lot.code for lot in match.lots],
        "free_oz": _oz(match.free),
        "miles": None if match.miles is None else round(match.miles, 1),
        "minutes": None if match.minutes is None else round(match.minutes),
        "reach": match.reach.value,
        "leave_out": match.leave_out,
        **_verdict(match.verdict),
    }


def _verdict(verdict: Verdict) -> Document:
    return {"verdict": verdict.kind.words, "reasons": [reason.text for reason in verdict.reasons]}


def _stop(stop: Stop) -> Document:
    return {
        "number": stop.number,
        "kind": stop.kind.value,
        "code": stop.code,
        "town": stop.town,
        "arrive": _clock(stop.arrive),
        "leave": _clock(stop.leave),
        "holds": [hold.code for hold in stop.holds],
        "look_at": list(stop.broken),
    }


def _questions(questions: Sequence[Question]) -> list[str]:
    return [question.text for question in questions]


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def _oz(volume: Volume | None) -> float | None:
    return None if volume is None else round(volume.oz, 1)
