"""The columns and filters of the donors table."""

from __future__ import annotations

from functools import partial

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Role
from coordinator.domain.screening.donors import DonorSummary
from ui.donors.states import STATE_ICONS, state_word
from ui.families.own_fields import own_columns
from ui.families.place_choice import with_doubt
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter


def state_words(donor: DonorSummary) -> str:
    """Return where a donor stands, in words; what is to be asked while her milk is looked at."""
    word = state_word(donor.state, donor.paused_until)
    if donor.state is DonorState.QUESTIONS and donor.proposed is not None:
        return translate("Columns", "{state}, all answered").format(state=word)
    if not donor.state.is_offering or not donor.open_questions:
        return word
    to_ask = translate("Columns", "{count} to ask").format(count=donor.open_questions)
    return to_ask if donor.state is DonorState.QUESTIONS else f"{word}, {to_ask}"


def state_icon(donor: DonorSummary) -> str:
    """Return the icon beside those words."""
    return STATE_ICONS[donor.state]


def donor_columns(display: Display) -> tuple[Column[DonorSummary], ...]:
    """Return the columns; amounts in the units of *display*."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda d: d.name, width=22, icon=_name_icon),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), _town, width=25),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Free"),
            lambda d: display.volume_number(d.free),
            lambda d: d.free.microlitres,
            is_number=True,
            width=9,
            header=lambda: translate("Columns", "Free {unit}").format(unit=display.volume_unit.value),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Bags"),
            lambda d: "" if d.free_bags is None else str(d.free_bags),
            lambda d: d.free_bags,
            is_number=True,
            hidden_by_default=True,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Newest milk"),
            lambda d: show_date(d.newest) if d.newest else "",
            lambda d: d.newest,
            width=12,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Oldest milk"),
            lambda d: show_date(d.oldest) if d.oldest else "",
            lambda d: d.oldest,
            width=12,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "State"), state_words, width=27, icon=state_icon),
        Column(QT_TRANSLATE_NOOP("Columns", "Dairy"), lambda d: d.dairy, width=20, hidden_by_default=True),
        *own_columns(Role.DONOR, lambda d: d.own),
        Column(QT_TRANSLATE_NOOP("Columns", "Phone"), lambda d: d.phone, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "E-mail"), lambda d: d.email, width=28, hidden_by_default=True),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Good times"), lambda d: d.hours, width=22, hidden_by_default=True
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Last contact"),
            lambda d: show_date(d.last_contact_on) if d.last_contact_on else "",
            lambda d: d.last_contact_on,
            width=12,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda d: d.code, width=9),
    )


def donor_filters() -> tuple[Filter, ...]:
    """Return the filters the page offers."""
    return (
        Filter(translate("Columns", "Milk to match"), lambda d: d.can_offer),
        Filter(translate("Columns", "Something to ask"), lambda d: d.open_questions > 0),
        Filter(translate("Columns", "No dairy"), lambda d: d.dairy == "no"),
        Filter(translate("Columns", "You decide"), lambda d: d.proposed is not None),
        *(Filter(state_word(state), partial(_is, state)) for state in DonorState),
        Filter(translate("Columns", "Read before you ring"), lambda d: d.read_before_ringing),
        Filter(translate("Columns", "Place unknown"), lambda d: d.position is None),
    )


def _is(state: DonorState, donor: DonorSummary) -> bool:
    return donor.state is state


def _town(donor: DonorSummary) -> str:
    place = f"{donor.town}, {donor.state_code}".strip(", ")
    return with_doubt(place, is_uncertain=donor.is_place_uncertain)


def _name_icon(donor: DonorSummary) -> str:
    return "notice" if donor.read_before_ringing else "donor"
