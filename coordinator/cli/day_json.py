"""What ``milkrun day plan --json`` and ``day show --json`` print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import TYPE_CHECKING

from coordinator.cli.json_documents import Document
from coordinator.domain.pickups.day.words import why_words, words_of
from coordinator.domain.pickups.ordering import clock_time

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.answer import DayPlan, DayRun, DayStop
    from coordinator.domain.pickups.day.words import Wording
    from coordinator.domain.pickups.plans import Pickup, Stop


def of_plan(found: DayPlan, wording: Wording, codes: Sequence[str] = ()) -> Document:
    """Return a planned day: its runs, and why the rest is not planned. *codes* are the pickups made of it.

    Those that families collect come after those of the runs.
    """
    pickups = codes[: len(found.runs)] or [run.pickup for run in found.runs]
    parts = [
        {"hold": one.hold, "bags": one.bags, "oz": round(float(one.volume.oz), 1)} for one in found.parts
    ]
    return {
        "day": found.on.isoformat(),
        "plain": found.is_plain,
        "runs": [_run(run, wording, code) for run, code in zip(found.runs, pickups, strict=True)],
        "not_planned": [{"hold": one.hold, "why": str(why_words(one, wording))} for one in found.not_planned],
        "parts": parts,
        "collected": list(codes[len(found.runs) :]),
    }


def of_pickups(found: Sequence[Pickup]) -> Document:
    """Return the pickups of a day as ``day plan`` tells its runs."""
    return {"runs": [_pickup(one) for one in found]}


def _run(run: DayRun, wording: Wording, code: str) -> Document:
    return {
        "pickup": code or None,
        "driver": run.driver,
        "starts_at": _clock(run.starts_at),
        "ends_at": _clock(run.ends_at),
        "miles": round(run.miles, 1),
        "minutes": run.minutes,
        "stops": [_stop(stop) for stop in run.stops],
        "coolers": list(run.coolers),
        "broken": [str(words_of(one, wording)) for one in run.broken if not one.is_question],
        "ask": [str(words_of(one, wording)) for one in run.broken if one.is_question],
        "lunch": None if run.lunch_at is None else _clock(run.lunch_at),
    }


def _stop(stop: DayStop) -> Document:
    return {
        "kind": stop.kind.value,
        "code": stop.home.code,
        "arrive": _clock(stop.arrive),
        "leave": _clock(stop.leave),
        "holds": list(stop.holds),
    }


def _pickup(one: Pickup) -> Document:
    last = one.stops[-1].leave if one.stops else None
    return {
        "pickup": one.code,
        "driver": one.driver_code or None,
        "starts_at": _told(one.starts_at),
        "ends_at": _ends(one, last),
        "miles": round(one.road_miles, 1),
        "minutes": one.minutes,
        "stops": [_stop_of_pickup(stop) for stop in one.stops],
        "broken": list(one.broken),
        "lunch": _told(one.lunch.at if one.lunch else None),
    }


def _ends(one: Pickup, last: time | None) -> str | None:
    """Return when the carrier is home; without a start or a known place nobody knows."""
    if one.starts_at is None or last is None:
        return None
    return _clock(one.starts_at.hour * 60 + one.starts_at.minute + one.minutes)


def _stop_of_pickup(stop: Stop) -> Document:
    return {
        "kind": stop.kind.value,
        "code": stop.code,
        "arrive": _told(stop.arrive),
        "leave": _told(stop.leave),
        "holds": [hold.code for hold in stop.holds],
    }


def _told(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"


def _clock(minute: int) -> str:
    return f"{clock_time(minute):%H:%M}"
