"""How the planned day says things: a run, its stops, and what to do about milk that is not planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.day.answer import DayPlan, DayRun, DayStop, Part, WhyNot
from coordinator.domain.pickups.day.nearby import Nearby, Waits
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.pickups.plans import StopKind
from ui.pickups.pickup_words import day_words
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_time


def at_words(minute: int) -> str:
    """Return a time of day by its minutes after midnight."""
    return show_time(clock_time(minute))


def run_title(run: DayRun) -> str:
    """Return who drives, and from when to when."""
    words = translate("DayPlan", "{name} {code}, {starts} to {ends}")
    if run.pickup:
        words = translate("DayPlan", "{name} {code}, {starts} to {ends}: more milk for {pickup}")
    return words.format(
        name=run.driver_name,
        code=run.driver,
        starts=at_words(run.starts_at),
        ends=at_words(run.ends_at),
        pickup=run.pickup,
    )


def run_figures(run: DayRun, display: Display) -> str:
    """Return how far, how long, how much milk and which coolers."""
    words = translate("DayPlan", "{way} by road · {time} from door to door · at most {milk} in the car")
    said = words.format(
        way=display.distance(run.miles, exact=False),
        time=format_minutes(run.minutes, exact=True),
        milk=display.volume(run.most_aboard),
    )
    if run.coolers:
        coolers = translate("DayPlan", "coolers to bring: {quarts} qt")
        said = f"{said} · {coolers.format(quarts=' + '.join(map(str, run.coolers)))}"
    return said


def lunch_words(run: DayRun) -> str:
    """Return when the volunteer eats, or nothing."""
    if run.lunch_at is None or run.lunch_after is None:
        return ""
    words = translate("DayPlan", "Lunch at {time}, after stop {number}.")
    return words.format(time=at_words(run.lunch_at), number=run.lunch_after + 1)


def who_words(stop: DayStop) -> str:
    """Return whose door it is."""
    home = stop.home
    return translate("DayPlan", "{name} {code}, {town}").format(
        name=home.name, code=home.code, town=home.town or translate("DayPlan", "town not known")
    )


def milk_words(stop: DayStop, others: Mapping[str, str]) -> str:
    """Return which milk is handed over, and whose it is or whom it is for."""
    words = translate("DayPlan", "{hold} for {who}")
    if stop.kind is StopKind.DROP:
        words = translate("DayPlan", "{hold} from {who}")
    return "\n".join(words.format(hold=hold, who=others.get(hold, "")).strip() for hold in stop.holds)


def part_words(run: DayRun, parts: Sequence[Part], display: Display) -> Iterator[str]:
    """Yield what travels of each milk that does not fit whole."""
    words = translate("DayPlan", "Of {hold} only {bags} bags, {amount}, travel: the rest waits.")
    for one in parts:
        if one.hold in run.added:
            yield words.format(hold=one.hold, bags=one.bags, amount=display.volume(one.volume))


def other_ends(run: DayRun) -> dict[tuple[StopKind, str], str]:
    """Return, by kind of stop and hold, who is at the other end of the run's milk."""
    turned = {StopKind.PICK_UP: StopKind.DROP, StopKind.DROP: StopKind.PICK_UP}
    return {
        (turned[stop.kind], hold): f"{stop.home.name} {stop.home.code}"
        for stop in run.stops
        for hold in stop.holds
        if stop.kind in turned
    }


def hold_words(code: str, hold: Hold | None) -> str:
    """Return a hold with both its families."""
    if hold is None:
        return code
    words = translate("DayPlan", "{hold}: {donor} {donor_code} to {family} {family_code}")
    return words.format(
        hold=code,
        donor=hold.donor_name,
        donor_code=hold.donor_code,
        family=hold.recipient_name,
        family_code=hold.recipient_code,
    )


def next_words(why: WhyNot, *, is_rest: bool = False) -> str:
    """Return what she can do about milk that is not planned, or about the rest of what is."""
    if is_rest:
        return translate("DayPlan", "Once the run is made, the rest waits as agreed; plan it on another day.")
    return {
        WhyNot.YES_MISSING: translate("DayPlan", "Ring for the yes, note it, and plan the day again."),
        WhyNot.PLACE_UNKNOWN: translate("DayPlan", "Ask for the address, and plan the day again."),
        WhyNot.NOT_HOME: translate("DayPlan", "Ask for other hours, or choose another day."),
        WhyNot.NO_DRIVERS: translate(
            "DayPlan", "Ask a volunteer for that day, choose another day, or let the family fetch it."
        ),
        WhyNot.NEEDS: translate("DayPlan", "Ask a volunteer who can, or let the family fetch it."),
        WhyNot.TOO_FAR: translate("DayPlan", "Ask somebody to go that far, or let the two families meet."),
        WhyNot.COOLERS: translate("DayPlan", "Borrow a cooler, or plan a part of it by hand."),
        WhyNot.FREEZER: translate(
            "DayPlan", "Ask what the freezer still takes, or plan a part of it by hand."
        ),
        WhyNot.TOO_LONG: translate("DayPlan", "Ask somebody for a longer run, or let the two families meet."),
        WhyNot.NO_TIME: translate("DayPlan", "Ask for other hours, or choose another day."),
        WhyNot.DAY_FULL: translate("DayPlan", "Ask one more volunteer, or choose another day."),
        WhyNot.LEFT_OUT: translate("DayPlan", "It waits as agreed; put it on a run, or plan it another day."),
        WhyNot.FETCHED: translate("DayPlan", "It is on no run. Plan it by hand to note the day."),
    }[why]


def in_words(run: DayRun) -> Iterator[str]:
    """Yield the run for a screen reader: its title, then each stop."""
    yield run_title(run)
    for stop in run.stops:
        yield f"{at_words(stop.arrive)} {stop.kind.words} {who_words(stop)}"


def summary_words(plan: DayPlan) -> str:
    """Return how much of the day is planned, in one line."""
    day = day_words(plan.on, "dddd, MMM d")
    if not plan.runs and not plan.not_planned:
        return translate(
            "DayPlan",
            "No agreed milk waits for a pickup. Hold milk on the Match page, note both yeses, then plan the "
            "day.",
        )
    if not plan.runs:
        words = translate("DayPlan", "No run is planned for {day}. Below is why, and what can be done.")
        return words.format(day=day)
    words = translate(
        "DayPlan", "{day}: runs {runs}, holds on them {holds}, not planned {left}. Nothing is made yet."
    )
    holds = sum(len(run.added) for run in plan.runs)
    said = words.format(day=day, runs=len(plan.runs), holds=holds, left=len(plan.not_planned))
    if not plan.is_plain:
        return said
    plain = translate(
        "DayPlan", "The solver is not on this computer: these runs are valid, maybe not the shortest."
    )
    return f"{said} {plain}"


def nearby_words(one: Nearby, display: Display) -> str:
    """Return what waits near a run, with the room that is left there."""
    words = {
        Waits.AGREED: translate(
            "DayPlan", "{name} {donor} is {minutes} off this run: {milk}, agreed for {family}, wait there."
        ),
        Waits.YES_MISSING: translate(
            "DayPlan", "{name} {donor} is {minutes} off this run: {milk} held for {family} wait for a yes."
        ),
        Waits.FREE: translate(
            "DayPlan", "{name} {donor} is {minutes} off this run: {milk} wait there that nobody is promised."
        ),
    }[one.waits]
    if one.is_stop:
        words = translate(
            "DayPlan", "{name} {donor} is a stop of this run: {milk} more wait there that nobody is promised."
        )
    said = words.format(
        name=one.name,
        donor=one.donor,
        minutes=format_minutes(one.minutes, exact=True),
        milk=display.volume(one.volume),
        family=one.family,
    )
    if one.oldest is not None:
        oldest = translate("DayPlan", "The oldest is of {day}.").format(day=day_words(one.oldest))
        said = f"{said} {oldest}"
    room = translate("DayPlan", "Which coolers the volunteer has is not known.")
    if one.room is not None:
        room = translate("DayPlan", "The coolers still take {room}.").format(room=display.volume(one.room))
    return f"{said} {room}"
