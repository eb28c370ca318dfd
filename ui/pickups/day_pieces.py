"""The pieces of a run's line on the strip of a day: what they are, how each is painted, what is pulled."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from coordinator.domain.pickups.day.answer import DayRun
from coordinator.domain.pickups.plans import StopKind
from ui import theme


class Doing(Enum):
    """What a piece of a line is."""

    DRIVE = "drive"
    PICK_UP = "pick_up"
    DROP = "drop"
    LUNCH = "lunch"


class Piece(NamedTuple):
    """A piece of a run's line in minutes after midnight; ``number`` is the stop's, from 1, else 0."""

    doing: Doing
    starts: int
    ends: int
    number: int = 0


class Pull(NamedTuple):
    """What is pulled: a stop, or with ``-1`` a run; from where, and the line and minute it is over."""

    run: int
    stop: int
    at: QPointF
    grabbed: int
    minutes: int
    minute: int
    line: int
    is_far: bool = False


def pieces_of(run: DayRun) -> Iterator[Piece]:
    """Yield what a run does, in the order of the day; the gaps are waiting."""
    free_at = run.starts_at
    for at, stop in enumerate(run.stops):
        if run.lunch_at is not None and run.lunch_after == at - 1:
            free_at = run.lunch_at + run.lunch_minutes
            yield Piece(Doing.LUNCH, run.lunch_at, free_at)
        if at == 0:
            free_at = max(free_at, stop.arrive - stop.minutes_before)
        yield Piece(Doing.DRIVE, free_at, min(free_at + stop.minutes_before, stop.arrive))
        doing = Doing.DROP if stop.kind is StopKind.DROP else Doing.PICK_UP
        yield Piece(doing, stop.arrive, stop.leave, at + 1)
        free_at = stop.leave
    if run.lunch_at is not None and run.lunch_after == len(run.stops) - 1:
        free_at = run.lunch_at + run.lunch_minutes
        yield Piece(Doing.LUNCH, run.lunch_at, free_at)
    yield Piece(Doing.DRIVE, free_at, run.ends_at)


def paint_piece(painter: QPainter, doing: Doing, box: QRectF) -> None:
    """Paint what a run does, as a shape of its own."""
    colours = theme.tokens()
    colour = QColor(colours.driver)
    if doing in (Doing.DRIVE, Doing.PICK_UP):
        painter.fillRect(box, colour)
        return
    painter.fillRect(box, QColor(colours.surface))
    if doing is Doing.LUNCH:
        painter.fillRect(box, QBrush(QColor(colours.quiet), Qt.BrushStyle.BDiagPattern))
        colour = QColor(colours.quiet)
    painter.setPen(QPen(colour, 2 if doing is Doing.DROP else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))
