"""The columns of the two tables of the Match page: babies, and donors for one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.reach import ReachKind
from coordinator.domain.matching.told import asked_of, told_of
from coordinator.domain.milk.needs import Runway
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.policies.verdicts import Verdict, VerdictKind
from coordinator.domain.suitability.standing import StandingKind, standing_of
from ui.families.lasting_words import PRESSING_DAYS, lasts_words, presses
from ui.matching.order_words import OrderWords
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date, show_near_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column

STANDING_ICONS = {
    StandingKind.READY: "done",
    StandingKind.ONE_CALL: "call",
    StandingKind.CLINICIAN: "clinician",
    StandingKind.WAITS: "waits",
    StandingKind.NOT_A_FIT: "problem",
    StandingKind.REFER: "refer",
}
"""The icon of each standing; the word always stands beside it."""


def verdict_under(verdict: Verdict, today: date, profile: str) -> str:
    """Return a verdict with the policy profile it is under; what is to be asked first, by whom it takes."""
    if verdict.kind is VerdictKind.NO_OBJECTION:
        return translate("Columns", "Nothing against it under {profile}").format(profile=profile)
    if verdict.kind is VerdictKind.NO_OBJECTION_IF:
        return translate("Columns", "Nothing against it under {profile}, if…").format(profile=profile)
    return translate("Columns", "{verdict} under {profile}").format(
        verdict=standing_of(verdict, today).words, profile=profile
    )


def reach_words(kind: ReachKind) -> str:
    """Return whether the family gets there, in words."""
    words = {
        ReachKind.WITHIN: QT_TRANSLATE_NOOP("Columns", "Within reach"),
        ReachKind.NEEDS_DRIVER: QT_TRANSLATE_NOOP("Columns", "Needs a driver"),
        ReachKind.COULD_MEET_HALFWAY: QT_TRANSLATE_NOOP("Columns", "Could meet halfway"),
        ReachKind.ASK: QT_TRANSLATE_NOOP("Columns", "Ask how far they go"),
    }
    return translate("Columns", words[kind])


def baby_columns(today: Callable[[], date]) -> tuple[Column[RecipientSummary], ...]:
    """Return the babies' columns: who, and until when the milk lasts."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda r: r.name, width=19, icon=_family_icon),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Lasts until"),
            lambda r: _lasts_briefly(r.runway, today()),
            lambda r: r.runway.lasts_until,
            width=12,
            tooltip=lambda r: lasts_words(r.runway, today()),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Must avoid"),
            lambda r: (
                translate("Columns", "ask") if r.baby.must_avoid is None else ", ".join(r.baby.must_avoid)
            ),
            width=12,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), lambda r: r.town, width=16, hidden_by_default=True),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda r: r.code, width=8, hidden_by_default=True),
    )


def match_columns(display: Display, order: OrderWords | None = None) -> tuple[Column[Match], ...]:
    """Return the donors' columns for one baby, in the order that decides; *order* knows their scores."""
    known = order or OrderWords()
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Donor"), lambda m: m.name, width=18, icon=_donor_icon),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Standing"),
            lambda m: str(m.pair.words),
            lambda m: (m.pair.kind, *m.standing.order),
            width=20,
            icon=lambda m: STANDING_ICONS[m.pair.kind],
            tooltip=lambda m: str(told_of(m)),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "To ask"),
            _to_ask,
            width=28,
            tooltip=lambda m: str(told_of(m)),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Free"),
            lambda m: display.volume_number(m.free),
            lambda m: m.free.microlitres,
            is_number=True,
            width=7,
            header=lambda: translate("Columns", "Free {unit}").format(unit=display.volume_unit.value),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Covers"),
            known.words,
            known.covers,
            width=12,
            tooltip=known.tooltip,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Drive"),
            minutes_words,
            lambda m: m.minutes,
            is_number=True,
            width=16,
            tooltip=lambda m: drive_words(m, display),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Away"),
            lambda m: _away(m, display),
            lambda m: m.way.straight_miles,
            is_number=True,
            width=11,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Phone"),
            lambda m: national_phone(m.offer.phone) if m.offer.phone else "",
            width=15,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Good times"), lambda m: m.offer.hours, width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Road"),
            _road,
            width=15,
            tooltip=lambda m: drive_words(m, display),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Reach"), lambda m: reach_words(m.reach), width=20),
        Column(QT_TRANSLATE_NOOP("Columns", "Milk is"), _milk_age, lambda m: m.milk_age_weeks, width=14),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), lambda m: f"{m.town}, {m.offer.state_code}", width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Last contact"),
            lambda m: show_date(m.offer.last_contact_on) if m.offer.last_contact_on else "",
            lambda m: m.offer.last_contact_on,
            width=12,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda m: m.code, width=8, hidden_by_default=True),
    )


def _to_ask(match: Match) -> str:
    """Return what is to be asked; before that, that there is something to read or a loss to think of."""
    asked = str(asked_of(match))
    if not match.offer.read_before_ringing and not match.offer.is_bereaved:
        return asked
    first = translate("Columns", "read first")
    return translate("Columns", "{first}; {asked}").format(first=first, asked=asked) if asked else first


def _away(match: Match, display: Display) -> str:
    if match.miles is None:
        return translate("Columns", "uncertain") if match.offer.is_place_uncertain else ""
    return display.distance(match.miles, exact=match.is_exact)


def minutes_words(match: Match) -> str:
    """Return the drive, to the minute only where the road between two addresses is known."""
    exact = match.is_exact and bool(match.road_host)
    return "" if match.minutes is None else format_minutes(match.minutes, exact=exact)


def _road(match: Match) -> str:
    """Return in the fewest words what the drive rests on."""
    if match.minutes is None:
        return ""
    if match.road_host:
        return translate("Columns", "by road")
    return translate("Columns", "check the road") if match.crosses_water else translate("Columns", "estimate")


def drive_words(match: Match, display: Display) -> str:
    """Return the drive with where the figure comes from, in words; nothing without both places."""
    if match.minutes is None or match.way.road_miles is None:
        return ""
    minutes = minutes_words(match)
    distance = display.distance(match.way.road_miles, exact=match.is_exact and bool(match.road_host))
    if match.road_host:
        words = translate("Columns", "{minutes} by road, {distance}, says {host}")
        return words.format(minutes=minutes, distance=distance, host=match.road_host)
    words = translate("Columns", "{minutes}, an estimate from the straight line")
    if match.crosses_water:
        words = translate(
            "Columns", "{minutes}, an estimate from the straight line, which crosses water: check the road"
        )
    return words.format(minutes=minutes)


def _lasts_briefly(runway: Runway, today: date) -> str:
    """Return until when the milk lasts in the fewest words; the tooltip has the whole sentence."""
    last = runway.lasts_until
    if last is None:
        return lasts_words(runway, today)
    if runway.is_stale and runway.stock_on and presses(runway, today):
        return translate("Columns", "ask ({since})").format(since=show_near_date(runway.stock_on, today))
    days = (last - today).days
    if days < 0:
        out = last + timedelta(days=1)  # as the case above says it
        return translate("Columns", "out {day}").format(day=show_near_date(out, today))
    if days > PRESSING_DAYS:
        return show_date(last)
    return {0: translate("Columns", "today"), 1: translate("Columns", "tomorrow")}.get(
        days, translate("Columns", "in {count} days").format(count=days)
    )


def _milk_age(match: Match) -> str:
    weeks = match.milk_age_weeks
    return (
        ""
        if weeks is None
        else translate("Columns", "{first}–{last} weeks old").format(first=weeks[0], last=weeks[1])
    )


def _family_icon(recipient: RecipientSummary) -> str:
    return "notice" if recipient.read_before_ringing else "recipient"


def _donor_icon(match: Match) -> str:
    return "notice" if match.offer.read_before_ringing or match.offer.is_bereaved else "donor"
