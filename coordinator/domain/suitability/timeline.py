"""A donor's facts and her lots side by side on one line of days, for whoever draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.intervals import shifted
from coordinator.domain.milk.lots import Lot
from coordinator.domain.plausible import is_day
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.sayings import saying

_MARGIN = timedelta(days=10)
_LEAST = timedelta(days=90)


class BarKind(StrEnum):
    """What a bar stands for; a painter chooses its look by this alone."""

    FACT = "fact"
    NO = "plain no"
    UNCLEAR = "not clear"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Piece:
    """Days [start, end) of a lot that fare alike."""

    start: date
    end: date
    kind: VerdictKind


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of days [start, end); an open end (None) runs over the edge.

    ``fact_id`` is 0 for a lot, ``lot_code`` empty for a fact. ``words`` says it all, for a card or a
    screen reader; ``label`` is short enough to stand in the bar.
    """

    kind: BarKind
    label: str
    words: str
    start: date | None
    end: date | None
    fact_id: int = 0
    lot_code: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether its ends can be moved."""
        return self.kind is not BarKind.LOT


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars that never overlap, under one heading."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days shown, [first, last), and what lies on them: facts above, lots below."""

    first: date
    last: date
    today: date
    facts: tuple[Lane, ...] = ()
    lots: tuple[Lane, ...] = ()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All lanes from the top."""
        return (*self.facts, *self.lots)


def timeline_of(
    facts: Iterable[Fact], lots: Iterable[Lot], pieces: dict[str, tuple[Piece, ...]], today: date
) -> Timeline:
    """Return the timeline of one donor.

    A kind of fact has a lane, or several where its facts overlap; undated lots are left out. *pieces* are by
    lot code, those of a lot not judged are missing.
    """
    fact_bars: dict[str, list[Bar]] = {}
    for fact in facts:
        fact_bars.setdefault(str(saying("{what:title}", what=fact.kind.words)), []).append(_fact_bar(fact))
    lot_bars = [_lot_bar(lot, pieces.get(lot.code, ())) for lot in lots if lot.expressed_from]
    first, last = _span([*(bar for bars in fact_bars.values() for bar in bars), *lot_bars], today)
    fact_lanes = (lane for label, bars in fact_bars.items() for lane in _lanes(label, bars))
    lot_lanes = (Lane(bar.lot_code, (bar,)) for bar in lot_bars)
    return Timeline(first, last, today, tuple(fact_lanes), tuple(lot_lanes))


def moved(bar: Bar, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """Return the ends of *bar* put at *start* and *end*, never less than a day apart."""
    if start is not None and end is not None and end <= start:
        return (shifted(end, -1), end) if end != bar.end else (start, shifted(start, 1))
    return start, end


def _fact_bar(fact: Fact) -> Bar:
    kind = {Presence.YES: BarKind.FACT, Presence.NO: BarKind.NO, Presence.UNCLEAR: BarKind.UNCLEAR}
    said = "?" if fact.presence is Presence.UNCLEAR else str(fact.presence.words)
    told = fact.subject or saying("unclear") if fact.presence is Presence.UNCLEAR else fact.subject or said
    what = str(saying("{what:title}: {told}", what=fact.kind.words, told=told))
    return Bar(kind[fact.presence], fact.subject or said, what, fact.start, fact.end, fact_id=fact.id)


def _lot_bar(lot: Lot, pieces: tuple[Piece, ...]) -> Bar:
    start = lot.expressed_from
    newest = lot.expressed_to or start
    return Bar(
        BarKind.LOT,
        lot.code,
        lot.code,
        start,
        shifted(newest, 1) if newest else None,
        lot_code=lot.code,
        pieces=pieces,
    )


def _lanes(label: str, bars: Sequence[Bar]) -> list[Lane]:
    """Return *bars* on as few lanes as keep them apart, in order of their start."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.start or date.min, bar.end or date.max, bar.fact_id)):
        row = next((row for row in rows if _ends_before(row[-1], bar)), None)
        if row is None:
            rows.append([bar])
        else:
            row.append(bar)
    return [Lane(label, tuple(row)) for row in rows]


def _ends_before(bar: Bar, after: Bar) -> bool:
    return bar.end is not None and after.start is not None and bar.end <= after.start


def _span(bars: Iterable[Bar], today: date) -> tuple[date, date]:
    """Return the days to show: every end, and today, with a margin; a quarter at least."""
    days = [day for bar in bars for day in (bar.start, bar.end) if day is not None and is_day(day, today)]
    last = max([today, *days]) + _MARGIN
    return min([*days, last - _LEAST]) - _MARGIN, last
