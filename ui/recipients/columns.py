"""The columns and filters of the recipients table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.households import Role
from coordinator.domain.milk.recipients import RecipientSummary
from ui.families.lasting_words import age_words, lasts_words, presses
from ui.families.own_fields import own_columns
from ui.families.place_choice import with_doubt
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter

Today = Callable[[], date]


def state_words(family: RecipientSummary) -> str:
    """Return where a family stands, in words; what keeps a baby out of matching comes first."""
    if family.baby.health is BabyHealth.HOSPITAL:
        return translate("Columns", "Referred: in hospital")
    if family.baby.health is BabyHealth.ILL:
        return translate("Columns", "Referred: ill")
    if family.paused:
        return translate("Columns", "Paused")
    asked = (
        translate("Columns", "{count} to ask").format(count=family.open_questions)
        if family.open_questions
        else ""
    )
    if family.needs_this_week:
        return " · ".join(part for part in (translate("Columns", "Needs milk this week"), asked) if part)
    return asked or translate("Columns", "Nothing to ask")


def state_icon(family: RecipientSummary) -> str:
    """Return the icon beside those words."""
    if family.baby.health in {BabyHealth.HOSPITAL, BabyHealth.ILL}:
        return "problem"
    if family.paused:
        return "hold"
    if family.needs_this_week:
        return "notice"
    return "ask" if family.open_questions else "done"


def avoid_words(family: RecipientSummary) -> str:
    """Return what the baby must avoid: foods, nothing, or "ask"."""
    foods = family.baby.must_avoid
    return (
        translate("Columns", "ask") if foods is None else ", ".join(foods) or translate("Columns", "nothing")
    )


def _town(recipient: RecipientSummary) -> str:
    place = f"{recipient.town}, {recipient.state_code}".strip(", ")
    return with_doubt(place, is_uncertain=recipient.is_place_uncertain)


def recipient_columns(display: Display, today: Today) -> tuple[Column[RecipientSummary], ...]:
    """Return the columns; amounts in the units of *display*, times as seen from *today*."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda r: r.name, width=20, icon=_name_icon),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), _town, width=25),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Lasts until"),
            lambda r: lasts_words(r.runway, today()),
            lambda r: None if r.runway.lasts_until is None else r.runway.lasts_until.toordinal(),
            width=37,
            tooltip=lambda r: lasts_words(r.runway, today()),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "State"), state_words, width=38, icon=state_icon),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Baby’s age"),
            lambda r: age_words(r.baby.born, today()),
            lambda r: None if r.baby.born is None else -r.baby.born.toordinal(),
            width=10,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Need a day"),
            lambda r: (
                translate("Columns", "ask")
                if r.runway.need is None
                else display.volume_number(r.runway.need.expected)
            ),
            lambda r: None if r.runway.need is None else r.runway.need.expected.microlitres,
            is_number=True,
            header=lambda: translate("Columns", "Need {unit} a day").format(unit=display.volume_unit.value),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Babies"),
            lambda r: str(r.baby.count),
            lambda r: r.baby.count,
            is_number=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Must avoid"), avoid_words, width=14, tooltip=avoid_words),
        Column(QT_TRANSLATE_NOOP("Columns", "Phone"), lambda r: r.phone, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "E-mail"), lambda r: r.email, width=28, hidden_by_default=True),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Good times"), lambda r: r.hours, width=22, hidden_by_default=True
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Last contact"),
            lambda r: show_date(r.last_contact_on) if r.last_contact_on else "",
            lambda r: None if r.last_contact_on is None else r.last_contact_on.toordinal(),
            width=12,
            hidden_by_default=True,
        ),
        *own_columns(Role.RECIPIENT, lambda r: r.own, hidden=True),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda r: r.code, width=9),
    )


def recipient_filters(today: Today) -> tuple[Filter, ...]:
    """Return the filters the page offers."""
    return (
        Filter(
            translate("Columns", "Runs out this week"), lambda r: not r.paused and presses(r.runway, today())
        ),
        Filter(translate("Columns", "Needs milk this week"), lambda r: r.needs_this_week),
        Filter(translate("Columns", "Something to ask"), lambda r: r.open_questions > 0),
        Filter(translate("Columns", "Must avoid dairy"), lambda r: "dairy" in (r.baby.must_avoid or ())),
        Filter(translate("Columns", "Paused"), lambda r: r.paused),
        Filter(translate("Columns", "Read before you ring"), lambda r: r.read_before_ringing),
        Filter(translate("Columns", "Place unknown"), lambda r: r.position is None),
    )


def _name_icon(family: RecipientSummary) -> str:
    return "notice" if family.read_before_ringing else "recipient"
