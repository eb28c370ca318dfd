"""Whether the cells of a column may be answers to a question: what its answers look like elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordinator.domain.imports.columns.shapes import Cells, Shape

_TELLING = (Shape.EMAIL, Shape.PHONE, Shape.ZIP, Shape.MOMENT, Shape.LINK, Shape.ADDRESS, Shape.STATE)
_CHILDHOOD = 4  # years; an older birth is the mother's
_FEW = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """``factor`` times what the heading says, then so far towards certain as ``pull`` says."""

    factor: float
    pull: float = 0.0

    def applied(self, score: float) -> float:
        """Return how sure a heading's score is with these cells."""
        told = min(score * self.factor, 1.0)
        return told + (1 - told) * self.pull if told > 0.3 else told


_NEUTRAL = Fit(1.0)


def fit(kind: str, cells: Cells, newest_year: int) -> Fit:
    """Return how well *cells* answer a question whose answers are of *kind*."""
    if not cells.count:
        return _NEUTRAL
    if kind == "birth":
        return _birth(cells, newest_year)
    return _FITS[kind](cells) if kind in _FITS else _NEUTRAL


def _shaped(shape: Shape, *also: Shape, without: float = 0.25, pull: float = 0.4) -> Callable[[Cells], Fit]:
    """Most cells must be of *shape*: where none is, it is another column whatever its heading says."""

    def found(cells: Cells) -> Fit:
        share = cells.share(shape, *also)
        if share >= 0.5:
            return Fit(1.1, pull)
        return Fit(without + (1 - without) * min(2 * share, 1) * 0.9)

    return found


def _numbers(*, yes_no: float, pull: float = 0.2) -> Callable[[Cells], Fit]:
    def found(cells: Cells) -> Fit:
        if cells.share(Shape.EMAIL, Shape.MOMENT, Shape.LINK) >= 0.5 or cells.share(Shape.DATE) >= 0.6:
            return Fit(0.1)
        if cells.share(Shape.PHONE) >= 0.6 or cells.share(Shape.STREET, Shape.ADDRESS) >= 0.7:
            return Fit(0.2)
        if cells.share(Shape.NUMBER, Shape.AMOUNT, Shape.AGE) >= 0.5:
            return Fit(1.1, pull)
        if cells.share(Shape.YES_NO) >= 0.7:
            return Fit(yes_no)
        return Fit(0.85)

    return found


def _free(*, yes_no: float = 1.0, number: float = 1.0, dates: float = 1.0) -> Callable[[Cells], Fit]:
    def found(cells: Cells) -> Fit:
        if cells.count >= 2 and cells.share(*_TELLING) >= 0.7:
            return Fit(0.15 if cells.share(Shape.ZIP) < 0.7 else number)
        if cells.share(Shape.DATE) >= 0.7:
            return Fit(dates)
        if cells.share(Shape.NUMBER) >= 0.8:
            return Fit(number)
        return Fit(yes_no) if cells.share(Shape.YES_NO) >= 0.8 else _NEUTRAL

    return found


def _person(cells: Cells) -> Fit:
    if (
        cells.share(*_TELLING, Shape.DATE, Shape.NUMBER, Shape.STREET) >= 0.5
        and cells.share(Shape.PERSON) < 0.5
    ):
        return Fit(0.1)
    if cells.share(Shape.YES_NO) >= 0.5 and cells.distinct < 0.9:
        return Fit(0.2)
    if cells.share(Shape.PERSON) >= 0.5 and cells.distinct >= 0.6:
        return Fit(1.1, 0.2)
    return Fit(1.0 if cells.distinct >= 0.5 or cells.count < _FEW else 0.7)


def _given(cells: Cells) -> Fit:
    if cells.share(*_TELLING, Shape.DATE, Shape.NUMBER, Shape.STREET) >= 0.5:
        return Fit(0.1)
    if cells.share(Shape.YES_NO) >= 0.5:
        return Fit(0.2)
    return Fit(1.1, 0.2) if cells.share(Shape.WORDS) >= 0.5 else Fit(0.8)


def _birth(cells: Cells, newest_year: int) -> Fit:
    grown = [year for year in cells.years if year < newest_year - _CHILDHOOD]
    if cells.years and len(grown) >= len(cells.years) / 2:
        return Fit(0.1)
    if cells.share(Shape.MOMENT) >= 0.7 and cells.share(Shape.EMAIL) == 0:
        return Fit(0.5)
    if cells.share(Shape.DATE) >= 0.5:
        return Fit(1.1, 0.25)
    if cells.share(*_TELLING, Shape.YES_NO, Shape.STREET) >= 0.6 and cells.share(Shape.NUMBER) < 0.6:
        return Fit(0.2)
    if cells.share(Shape.AGE, Shape.NUMBER) >= 0.5:
        return Fit(0.9)
    return Fit(0.7)


def _date(cells: Cells) -> Fit:
    if cells.share(Shape.MOMENT) >= 0.7:
        return Fit(0.2)
    if cells.share(Shape.DATE) >= 0.5:
        return Fit(1.1, 0.2)
    if cells.share(*_TELLING, Shape.YES_NO, Shape.STREET) >= 0.6:
        return Fit(0.2)
    return Fit(0.4) if cells.share(Shape.NUMBER) >= 0.7 else Fit(0.85)


def _moment(cells: Cells) -> Fit:
    if cells.share(Shape.MOMENT) >= 0.5:
        return Fit(1.15, 0.6)
    return Fit(1.0) if cells.share(Shape.DATE) >= 0.5 else Fit(0.2)


def _weeks(cells: Cells) -> Fit:
    if cells.share(Shape.DATE) >= 0.6 or cells.share(*_TELLING) >= 0.6 > cells.share(Shape.NUMBER):
        return Fit(0.1)
    if cells.share(Shape.YES_NO) >= 0.7:
        return Fit(0.8)
    return Fit(1.1, 0.2) if cells.share(Shape.NUMBER, Shape.AGE) >= 0.5 else Fit(0.95)


def _town(cells: Cells) -> Fit:
    if cells.share(Shape.STREET) >= 0.5 or cells.share(Shape.YES_NO, Shape.STATE, Shape.EMAIL) >= 0.6:
        return Fit(0.2)
    if cells.share(Shape.ZIP, Shape.DATE, Shape.NUMBER, Shape.PHONE) >= 0.6:
        return Fit(0.15)
    if cells.share(Shape.ADDRESS) >= 0.5:
        return Fit(0.75)
    return Fit(1.1, 0.25) if cells.share(Shape.WORDS) >= 0.6 else Fit(0.8)


def _address(cells: Cells) -> Fit:
    if cells.share(Shape.ADDRESS) >= 0.5:
        return Fit(1.15, 0.5)
    if cells.share(*_TELLING, Shape.STREET, Shape.DATE, Shape.NUMBER, Shape.YES_NO) >= 0.6:
        return Fit(0.3 if cells.share(Shape.ADDRESS) < 0.25 else 0.7)
    return Fit(0.75)


def _street(cells: Cells) -> Fit:
    if cells.share(Shape.ADDRESS) >= 0.5:
        return Fit(0.3)
    if cells.share(Shape.STREET) >= 0.5:
        return Fit(1.1, 0.4)
    if cells.share(*_TELLING, Shape.DATE, Shape.YES_NO) >= 0.6:
        return Fit(0.15)
    return Fit(0.7)


def _way(cells: Cells) -> Fit:
    if cells.share(Shape.WAY) >= 0.5:
        return Fit(1.1, 0.4)
    return Fit(0.15) if cells.share(*_TELLING, Shape.DATE, Shape.NUMBER) >= 0.5 else Fit(0.6)


def _freezer(cells: Cells) -> Fit:
    if cells.share(Shape.COLD) >= 0.5:
        return Fit(1.1, 0.4)
    return _free(yes_no=0.5, number=0.5, dates=0.2)(cells)


def _times(cells: Cells) -> Fit:
    if cells.share(Shape.TIMES) >= 0.5:
        return Fit(1.1, 0.3)
    return _free(yes_no=0.5, number=0.4, dates=0.4)(cells)


def _languages(cells: Cells) -> Fit:
    if cells.share(Shape.LANGUAGE) >= 0.5:
        return Fit(1.1, 0.4)
    if cells.share(Shape.LANGUAGE) >= 0.2:
        return _NEUTRAL  # "no", "none": no other one
    return Fit(0.3) if cells.share(*_TELLING, Shape.YES_NO, Shape.NUMBER, Shape.DATE) >= 0.6 else Fit(0.8)


_FITS: Mapping[str, Callable[[Cells], Fit]] = {
    "moment": _moment,
    "person": _person,
    "given": _given,
    "email": _shaped(Shape.EMAIL),
    "phone": _shaped(Shape.PHONE),
    "zip": _shaped(Shape.ZIP),
    "state": _shaped(Shape.STATE),
    "way": _way,
    "street": _street,
    "address": _address,
    "town": _town,
    "languages": _languages,
    "words": _free(yes_no=0.6, number=0.4, dates=0.3),
    "times": _times,
    "date": _date,
    "weeks": _weeks,
    "amount": _numbers(yes_no=0.35),
    "count": _numbers(yes_no=0.35),
    "hours": _numbers(yes_no=0.3),
    "months": _numbers(yes_no=0.3),
    "distance": _numbers(yes_no=0.4),
    "space": _numbers(yes_no=0.7),
    "sizes": _numbers(yes_no=0.85),
    "weight": _numbers(yes_no=0.9),
    "habit": _free(number=0.8, dates=0.6),
    "tests": _free(number=0.3),
    "medicines": _free(number=0.3, dates=0.3),
    "foods": _free(number=0.3, dates=0.3),
    "freezer": _freezer,
    "willing": _free(number=0.3, dates=0.2),
    "words_or_dates": _free(yes_no=0.6, number=0.4),
}
