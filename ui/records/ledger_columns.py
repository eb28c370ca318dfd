"""The columns of *Where every ounce went*, for each way to add it up, and of what was lent."""

from __future__ import annotations

from collections.abc import Callable

from coordinator.domain.milk.fates import Used
from coordinator.domain.records.ledger import By, LedgerLine, Went
from coordinator.domain.records.things_out import OutLine
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
            _amount(display, QT_TRANSLATE_NOOP("Columns", "Offered"), lambda line: line.offered),
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
        QT_TRANSLATE_NOOP("Columns", "Adds up"),
        balance_words,
        lambda line: line.is_balanced,
        icon=lambda line: "" if line.is_balanced else "notice",
        tooltip=lambda line: "" if line.problem is None else str(line.problem),
        width=8,
    )
    first = (code, name) if by is By.LOT else (name, code)
    return (*first, offered, *went, there, balance, town)  # beside an open pane the last is cut first


def lent_columns() -> tuple[Column[OutLine], ...]:
    """Return the columns of what is out besides milk."""
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "What"),
            lambda line: str(line.what),
            lambda line: (line.key[0], line.count),
            width=20,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Whose"), lambda line: line.whose, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "Where it is"), lambda line: line.at, width=26),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Since"),
            lambda line: show_date(line.since) if line.since else "",
            lambda line: line.since.toordinal() if line.since else 0,
            width=10,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Back"),
            back_words,
            lambda line: line.back_on.toordinal() if line.back_on else 0,
            width=10,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Note"), lambda line: str(line.note), width=24),
    )


def back_words(line: OutLine) -> str:
    """Return when something came back; nothing of what was never lent."""
    if line.back_on is not None:
        return show_date(line.back_on)
    return translate("Columns", "not yet") if line.is_out else ""


def ledger_filters(by: By) -> tuple[Filter, ...]:
    """Return the filters the ledger offers."""
    if by not in {By.LOT, By.DONOR}:
        return ()
    return (Filter(translate("Columns", "Not accounted for"), lambda line: not line.is_balanced),)


def lent_filters() -> tuple[Filter, ...]:
    """Return the filters of what was lent."""
    return (
        Filter(translate("Columns", "Not back yet"), lambda line: line.is_out),
        Filter(translate("Columns", "Bags not given back"), lambda line: line.key[0] == "bags"),
    )


def balance_words(line: LedgerLine) -> str:
    """Return whether every ounce of a line is accounted for."""
    return translate("Columns", "yes") if line.is_balanced else translate("Columns", "no")


def month_words(line: LedgerLine) -> str:
    """Return the month of a line, as it is sorted."""
    return line.key or translate("Columns", "not known")


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
