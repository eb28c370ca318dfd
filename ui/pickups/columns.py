"""The columns and filters of the week's table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from coordinator.domain.pickups.plans import PickupKind, PickupState, PickupSummary
from ui.pickups.pickup_words import day_words, kind_words, state_of
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_time
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter


def pickup_columns(display: Display, today: Callable[[], date]) -> tuple[Column[PickupSummary], ...]:
    """Return the columns; amounts in the units of *display*."""
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "When"),
            lambda p: " ".join(part for part in (day_words(p.on), show_time(p.starts_at)) if part),
            lambda p: f"{p.on.isoformat()} {p.starts_at or ''}",
            width=21,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Who carries"),
            lambda p: ", ".join(filter(None, (p.carrier, p.second))) or translate("Columns", "nobody yet"),
            icon=lambda p: "driver" if p.kind is PickupKind.RUN else "recipient",
            width=21,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "State"),
            lambda p: state_of(p, today())[1],
            icon=lambda p: state_of(p, today())[0],
            tooltip=lambda p: "\n".join((*p.waiting_for, *map(str, p.stopped))),
            width=25,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Bags"),
            lambda p: str(p.bags) if p.bags else "",
            lambda p: p.bags,
            is_number=True,
            width=4,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Amount"),
            lambda p: display.volume_number(p.volume),
            lambda p: p.volume.microlitres,
            is_number=True,
            width=5,
            header=lambda: display.volume_unit.value,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "From – to"), _way, tooltip=_every_town, width=28),
        Column(QT_TRANSLATE_NOOP("Columns", "How"), lambda p: kind_words(p.kind), width=24),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Stops"),
            lambda p: str(p.stops),
            lambda p: p.stops,
            is_number=True,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda p: p.code, width=9),
    )


def pickup_filters(today: Callable[[], date]) -> tuple[Filter, ...]:
    """Return the filters the page offers."""
    return (
        Filter(translate("Columns", "Waiting for a yes"), lambda p: bool(p.waiting_for)),
        Filter(translate("Columns", "Changed since printed"), lambda p: p.changed_since_printed),
        Filter(
            translate("Columns", "To settle"), lambda p: p.state is PickupState.PLANNED and p.on < today()
        ),
    )


def searched_too(pickup: PickupSummary) -> str:
    """Return what a search finds besides the cells: every sheet number printed, and every town."""
    numbers = (f"{pickup.code}-{nth + 1}" for nth in range(max(pickup.prints, 1)))
    return " ".join([*numbers, *pickup.from_towns, *pickup.to_towns])


def _way(pickup: PickupSummary) -> str:
    """Return the towns in short: ``Harpswell + 2 – Durham``."""
    ends = (
        f"{towns[0]} + {len(towns) - 1}" if len(towns) > 2 else ", ".join(towns)
        for towns in (pickup.from_towns, pickup.to_towns)
    )
    return " – ".join(end for end in ends if end)


def _every_town(pickup: PickupSummary) -> str:
    ends = (", ".join(towns) for towns in (pickup.from_towns, pickup.to_towns))
    return " – ".join(end for end in ends if end)
