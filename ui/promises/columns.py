"""The columns and filters of the promises as a table."""

from __future__ import annotations

from coordinator.domain.agreements.board import Card, Station
from coordinator.domain.agreements.case_steps import Turn
from ui.promises.card_words import waits_words
from ui.translation import translate
from ui.units import Display
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter

_STATIONS = tuple(Station)


def promise_columns(display: Display) -> tuple[Column[Card], ...]:
    """Return the columns; amounts in the units of *display*."""
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "Stage"),
            lambda card: str(card.station.words),
            lambda card: (_STATIONS.index(card.station), not card.is_late, -card.days),
            width=20,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Donor"), lambda card: card.hold.donor_name, width=18),
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda card: card.hold.recipient_name, width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Amount"),
            lambda card: display.volume_number(card.hold.volume),
            lambda card: card.hold.volume.microlitres,
            is_number=True,
            width=5,
            header=lambda: display.volume_unit.value,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Whose turn"),
            waits_words,
            lambda card: (card.turn.value, -card.days),
            icon=lambda card: "notice" if card.is_late else "",
            width=24,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Next step"), lambda card: str(card.next.words), width=14),
        Column(QT_TRANSLATE_NOOP("Columns", "Where it stands"), lambda card: str(card.words), width=40),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda card: card.hold.code, width=8),
    )


def promise_filters() -> tuple[Filter, ...]:
    """Return the filters the table offers."""
    return (
        Filter(translate("Columns", "Your turn"), lambda card: card.turn is Turn.YOU),
        Filter(translate("Columns", "Late"), lambda card: card.is_late),
    )
