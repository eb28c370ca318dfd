"""The columns of whom to ring, in the order to ring, and the words for where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.records.recall_work import Contact, Party
from ui.records.recall.words import left_or_ask, most_left
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_time
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter


@dataclass(frozen=True)
class PartyRow:
    """One line: who, its place in the order to ring, and the town."""

    party: Party
    place: int
    town: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether every ounce of it is answered for."""
        return not self.party.open


def contact_words(contact: Contact) -> str:
    """Return a call in short: ``no answer 10:20 am``."""
    words = translate("Recall", "{outcome} {time}")
    return words.format(outcome=contact.outcome.words, time=time_words(contact.at))


def time_words(at: datetime) -> str:
    """Return the time of day here of a moment."""
    return show_time(at.astimezone().time().replace(tzinfo=None))


def state_words(row: PartyRow, display: Display) -> str:
    """Return where a party stands: to ring, rung in vain, reached with ounces open, or answered."""
    party = row.party
    if row.is_answered:
        if party.reached:
            return translate("Recall", "answered")
        return translate("Recall", "answered, not reached") if party.told else _last_words(party)
    if not party.reached:
        return _last_words(party)
    words = translate("Recall", "{amount} open")
    return words.format(amount=display.volume(party.open))


def _last_words(party: Party) -> str:
    return contact_words(party.contacts[-1]) if party.contacts else translate("Recall", "to ring")


def _state_order(row: PartyRow) -> tuple[int, int]:
    party = row.party
    if row.is_answered:
        return 3, row.place
    if party.reached:
        return 1, row.place
    return (2 if party.contacts else 0), row.place


def _state_icon(row: PartyRow) -> str:
    if row.is_answered and (row.party.reached or row.party.told):
        return "done"
    if row.party.reached:
        return "ask"
    return "waits" if row.party.contacts else "call"


def _left_order(row: PartyRow) -> int | None:
    left = most_left(row.party) if row.party.home is not None else None
    return None if left is None else left.microlitres


def party_columns(display: Display) -> tuple[Column[PartyRow], ...]:
    """Return the columns; amounts in the units of *display*."""
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "Ring"),
            lambda row: str(row.place),
            lambda row: row.place,
            is_number=True,
            width=4,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Name"),
            lambda row: row.party.name,
            width=17,
            tooltip=lambda row: row.party.name,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Where it stands"),
            lambda row: state_words(row, display),
            _state_order,
            icon=_state_icon,
            tooltip=lambda row: state_words(row, display),
            width=20,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Amount"),
            lambda row: display.volume_number(row.party.due),
            lambda row: row.party.due.microlitres,
            is_number=True,
            width=6,
            header=lambda: display.volume_unit.value,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "At most left"),
            lambda row: left_or_ask(most_left(row.party), display) if row.party.home is not None else "",
            _left_order,
            is_number=True,
            width=8,
            header=lambda: translate("Recall", "Left, {unit}").format(unit=display.volume_unit.value),
            tooltip=lambda _: translate("Recall", "At most: what came, less what was used or told since"),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), lambda row: row.town, width=13),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Phone"),
            lambda row: national_phone(row.party.phone) if row.party.phone else "",
            width=14,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda row: row.party.who, width=8),
    )


def party_filters() -> tuple[Filter, ...]:
    """Return the filters of whom to ring."""
    return (
        Filter(translate("Columns", "Not reached"), lambda row: not row.party.reached),
        Filter(translate("Columns", "Ounces open"), lambda row: not row.is_answered),
    )
