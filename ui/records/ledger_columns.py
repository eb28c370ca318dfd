"""The columns of *Where every ounce went*, for each way to add it up, and of what was lent."""

from __future__ import annotations

from collections.abc import Callable

from coordinator.domain.agreements.lending import LentLine
from coordinator.domain.milk.fates import Used
from coordinator.domain.records.ledger import By, LedgerLine, Went
from coordinator.domain.volume import Volume
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter

LedgerColumn = Column[LedgerLine]

_WENT = {
    Went.DELIVERED: QT_TRANSLATE_NOOP("Columns", "Delivered"),
    Went.KEPT: QT_TRANSLATE_NOOP("Columns", "Kept"),
    Went.DISCARDED: QT_TRANSLATE_NOOP("Columns", "Discarded"),
    Went.REFERRED: QT_TRANSLATE_NOOP("Columns", "Referred"),
    Went.LOST: QT_TRANSLATE_NOOP("Columns", "Lost"),
}
_USED = {
    Used.FED: QT_TRANSLATE_NOOP("Columns", "Fed"),
    Used.SPILLED: QT_TRANSLATE_NOOP("Columns", "Spilled"),
    Used.THROWN_OUT: QT_TRANSLATE_NOOP("Columns", "Thrown out"),
}


def ledger_columns(by: By, display: Display) -> tuple[LedgerColumn, ...]:
    """Return the columns of the ledger added up *by*; amounts in the units of *display*."""
    went = [_went(display, one) for one in Went]
    if by is By.MONTH:
        return (
            Column(QT_TRANSLATE_NOOP("Columns", "Month"), month_words, lambda line: line.key, width=14),
            *went,
        )
    name: LedgerColumn = Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda line: line.name, width=18)
    code: LedgerColumn = Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda line: line.key, width=7)
    if by is By.FAMILY:
        used = [_used(display, one) for one in Used]
        lost = _went(display, Went.LOST)
        return (name, code, _went(display, Went.DELIVERED), lost, *used)
    town: LedgerColumn = Column(QT_TRANSLATE_NOOP("Columns", "Town"), lambda line: line.town, width=15)
    offered = _amount(display, QT_TRANSLATE_NOOP("Columns", "Offered"), lambda line: line.offered)
    there = _amount(display, QT_TRANSLATE_NOOP("Columns", "Still there"), lambda line: line.there)
    balance: LedgerColumn = Column(
        QT_TRANSLATE_NOOP("Columns", "Accounted for"),
        balance_words,
        lambda line: line.is_balanced,
        icon=lambda line: "" if line.is_balanced else "notice",
        tooltip=lambda line: "" if line.problem is None else str(line.problem),
        width=13,
    )
    first = (code, name) if by is By.LOT else (name, code)
    return (*first, town, offered, *went, there, balance)


def lent_columns() -> tuple[Column[LentLine], ...]:
    """Return the columns of what was lent."""
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "What"),
            lambda line: str(line.lent.thing.counted(line.lent.count)),
            lambda line: (line.lent.thing.value, line.lent.count),
            width=14,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Lent by"), lambda line: str(line.lent.lent_by.words), width=12),
        Column(QT_TRANSLATE_NOOP("Columns", "Donor"), lambda line: line.donor_name, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda line: line.recipient_name, width=16),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Lent on"),
            lambda line: show_date(line.lent.lent_on),
            lambda line: line.lent.lent_on.toordinal(),
            width=10,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Back"),
            lambda line: (
                show_date(line.lent.back_on) if line.lent.back_on else translate("Columns", "not yet")
            ),
            lambda line: line.lent.back_on.toordinal() if line.lent.back_on else 0,
            width=10,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda line: line.lent.note, width=18),
    )


def ledger_filters(by: By) -> tuple[Filter, ...]:
    """Return the filters the ledger offers."""
    if by not in {By.LOT, By.DONOR}:
        return ()
    return (Filter(translate("Columns", "Not accounted for"), lambda line: not line.is_balanced),)


def lent_filters() -> tuple[Filter, ...]:
    """Return the filters of what was lent."""
    return (Filter(translate("Columns", "Not back yet"), lambda line: line.is_out),)


def balance_words(line: LedgerLine) -> str:
    """Return whether every ounce of a line is accounted for."""
    return translate("Columns", "yes") if line.is_balanced else translate("Columns", "not all of it")


def month_words(line: LedgerLine) -> str:
    """Return the month of a line, as it is sorted."""
    return line.key


def _went(display: Display, went: Went) -> LedgerColumn:
    return _amount(display, _WENT[went], lambda line: line.went[went])


def _used(display: Display, used: Used) -> LedgerColumn:
    return _amount(display, _USED[used], lambda line: line.used.get(used, Volume()))


def _amount(display: Display, title: str, of: Callable[[LedgerLine], Volume | None]) -> LedgerColumn:
    def text(line: LedgerLine) -> str:
        volume = of(line)
        return display.volume_number(volume) if volume else "–" if volume is not None else ""

    def sort_key(line: LedgerLine) -> int | None:
        volume = of(line)
        return None if volume is None else volume.microlitres

    return Column(title, text, sort_key, is_number=True, width=8)
