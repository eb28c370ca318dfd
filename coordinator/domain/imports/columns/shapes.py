"""What the cells of a column look like: the shares of e-mail addresses, dates, numbers, yes and no…."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from coordinator.domain.places.states import state_code
from coordinator.domain.text import folded

if TYPE_CHECKING:
    from coordinator.domain.reading.cells import Cell

MOST_ROWS = 200
"""So many rows tell the shape of a column as well as all of them."""


class Shape(StrEnum):
    """What one cell looks like; a cell may have several shapes."""

    EMAIL = "email"
    PHONE = "phone"
    ZIP = "zip"
    STATE = "state"
    MOMENT = "moment"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_NO = "yes or no"
    TICK = "tick"
    ADDRESS = "address"
    STREET = "street"
    LINK = "link"
    LANGUAGE = "language"
    WAY = "way"
    AGE = "age"
    TIMES = "times"
    WORDS = "words"
    SENTENCE = "sentence"
    PERSON = "person"
    COLD = "freezer"
    SPAN = "two dates"


_MONTH = (
    r"(?:jan(?:uary|v|vier)?|feb(?:ruary)?|mar(?:ch|s|zo)?|apr(?:il)?|may(?:o)?|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember|embre)?|oct(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|dec(?:ember|embre)?|ene(?:ro)?"
    r"|febrero|abr(?:il)?|junio|julio|ago(?:sto)?|septiembre|dic(?:iembre)?|fevr?(?:ier)?|avr(?:il)?|mai|juin"
    r"|juil(?:let)?|aout)(?![a-z])\.?"
)
_DATE = re.compile(
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{2,4}}"
    rf"|\b{_MONTH}\s*(?:de\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th|er)?[\s-]*(?:of|de)?[\s-]*{_MONTH}(?![a-z])"
    rf"|\b{_MONTH}\s*(?:de\s+)?\d{{4}}\b|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/])"
)
_WRITTEN_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{2,4}(?!\d)|\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|(?<=[/.-])\d{2}\s*(?:$|\s)")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[a-z]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,20}(?:\s*(?:ext|x|#)\.?\s*\d{1,6})?")
_ZIP = re.compile(r"\d{3,5}(?:\.0)?|\d{5}-\d{4}|[a-z]\d[a-z][ -]?\d[a-z]\d")
_NUMBER = re.compile(r"[~≈<>]?\s*\d[\d,. ]*\+?(?:\s*(?:-|–|to)\s*\d[\d,.]*)?")
_UNIT = (
    r"oz|ounces?|onzas?|onces?|ml|cc|l|liters?|litres?|litros?|gal(?:lons?)?|lbs?|pounds?|kgs?|miles?|mi|kms?|qts?"
    r"|quarts?|min(?:ute)?s?|h(?:ou)?rs?|h|cu\.? ?ft|cubic f\w+|bags?|bottles?|shel(?:f|ves)|drawers?|bolsas?"
    r"|sachets?|freezers?|in"
)
_AMOUNT = re.compile(
    rf"[^\d]{{0,20}}\d[\d,.]*(?:\s*(?:-|–|to)\s*\d[\d,.]*)?\s*[-+~]?\s*(?:fl\.? ?)?(?:{_UNIT})\b.*"
)
_AGE = re.compile(
    r".*\b\d+\s*\.?\d*\s*(?:days?|weeks?|wks?|w|months?|mos?|m|years?|yrs?|y|semanas?|meses|mois|semaines?)\b"
    r"(?: ?old)?.*"
)
_ROADS = (
    r"street|st|road|rd|ave|avenue|lane|ln|drive|dr|court|ct|way|blvd|highway|hwy|route|rte|circle|terrace"
    r"|p\.?\s?o\.? box|calle|avenida|rue|chemin"
)
_STREET = re.compile(
    rf"\d+[a-z]?(?:-\d+)?\s+(?!x\b|or\b|and\b|to\b|each\b)[^\W\d]\S*.*|.*\b(?:{_ROADS})\b\.?.*\d.*"
    r"|(?:calle|avenida|rue|p\.?\s?o\.? box|apt|unit)\b.*"
)
_ADDRESS_END = re.compile(
    r"(?:\b[a-z]{2}\b\.?|,\s*[a-z][a-z .]{3,})[\s,]+\d{4,5}(?:-\d{4})?\s*(?:,?\s*usa?)?$"
    r"|\b[a-z]\d[a-z] ?\d[a-z]\d$|,\s*\d{5}\s+[^\W\d]|\b(?:zip|postal)\b[^\d]{0,20}\d{4,5}\b"
)
_LINK = re.compile(r"https?://|www\.")
_YES_NO = frozenset(
    [
        "yes", "no", "y", "n", "yep", "yeah", "nope", "nah", "true", "false", "never", "none", "si", "non",
        "oui", "nunca", "jamais", "maybe", "sometimes", "unsure", "sure", "ok", "okay", "always", "x", "✓",
        "☑", "1", "0", "checked", "unchecked",
    ]
)  # fmt: skip
_TICKS = frozenset(
    ["true", "false", "x", "✓", "✔", "☑", "checked", "unchecked", "1", "0", "yes", "no", "selected"]
)
_LANGUAGES = re.compile(
    r"\b(?:english|ingles|anglais|spanish|espanol|espagnol|french|frances|francais|portuguese|portugues|portugais|"
    r"german|deutsch|arabic|chinese|mandarin|cantonese|russian|vietnamese|korean|japanese|polish|polski|italian|"
    r"haitian|creole|kreyol|hindi|urdu|somali|swahili|asl|hebrew|tagalog|nepali|khmer|greek|turkish|ukrainian|dutch|"
    r"bengali|persian|farsi|romanian|albanian|amharic|lingala|kinyarwanda|en|es|fr|eng)\b"
)
_WAY = re.compile(
    r"\b(?:text|texts|texting|call|calls|phone|email|e-mail|mail|sms|whatsapp|either|any|cell|message|messenger|"
    r"correo|llamada|telefono|mensaje|appel|courriel|telephone)\b"
)
_TIMES = re.compile(
    r"\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|m|w|f|th)(?:days?|nesdays?|sdays?|rsdays?|urdays?)?\b"
    r"|weekend|weekday|morning|evening|afternoon|anytime|any time|flexible|nights?\b|\b\d{1,2}\s*(?:am|pm)\b"
    r"|noon|after work|after school|\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|tardes?"
    r"|mananas?|noches?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matins?|soirs?)\b"
)
_COLD = re.compile(
    r"\b(?:freezers?|deep|chest|fridge|refrigerator|upright|side[ -]by[ -]side|standalone|stand-alone"
    r"|congelador|arcon|nevera|congelateur|frigo|coffre|armoire)\b"
)
_UNANSWERED = frozenset(["n/a", "na", "-", "--", "?", "n.a.", "#n/a", "anonymous"])


@dataclass(frozen=True)
class Cells:
    """A column's answers in figures: how many there are, and which share of them has each shape."""

    count: int = 0
    shares: Mapping[Shape, float] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    distinct: float = 0.0
    texts: frozenset[str] = frozenset()

    def share(self, *shapes: Shape) -> float:
        """Return the share of cells of the commonest of *shapes*."""
        return max(self.shares.get(shape, 0.0) for shape in shapes)


def look_at(column: Iterable[Cell]) -> Cells:
    """Return what the first cells of *column* that are answered look like."""
    answered = []
    for at, cell in enumerate(column):
        if at >= MOST_ROWS:
            break
        text = folded(cell.text)
        if text and text not in _UNANSWERED:
            answered.append((text, cell))
    if not answered:
        return Cells()
    seen = Counter(shape for text, cell in answered for shape in _shapes(text, cell))
    years = tuple(year for text, cell in answered for year in _years(text, cell))
    texts = frozenset(text for text, _ in answered)
    count = len(answered)
    shares = {shape: times / count for shape, times in seen.items()}
    return Cells(count, shares, years, len(texts) / count, texts)


def _shapes(text: str, cell: Cell) -> frozenset[Shape]:
    if isinstance(cell.value, datetime):
        return frozenset(
            [Shape.MOMENT if cell.value.time() != datetime.min.time() else Shape.DATE, Shape.DATE]
        )
    if isinstance(cell.value, date):
        return frozenset([Shape.DATE])
    if isinstance(cell.value, bool):
        return frozenset([Shape.TICK, Shape.YES_NO])
    return shapes_of(text)


@lru_cache(maxsize=20_000)
def shapes_of(text: str) -> frozenset[Shape]:
    """Return the shapes of one folded cell."""
    return frozenset(_shapes_of(text))


def _shapes_of(text: str) -> Iterator[Shape]:
    one_line = " ".join(text.split())
    if "@" in one_line and _EMAIL.search(one_line):
        yield Shape.EMAIL
        return
    if _LINK.search(one_line):
        yield Shape.LINK
        return
    yield from _numbers_in(one_line)
    if _DATE.search(one_line):
        yield Shape.DATE
        if len(_DATE.findall(one_line)) > 1:
            yield Shape.SPAN
        if _CLOCK.search(one_line) and _YEAR.search(one_line):
            yield Shape.MOMENT
    elif _AGE.fullmatch(one_line) or _AMOUNT.fullmatch(one_line) or _TIMES.search(one_line):
        pass
    elif _STREET.fullmatch(one_line):
        yield Shape.ADDRESS if _ADDRESS_END.search(one_line) or one_line.count(",") > 1 else Shape.STREET
    elif _ADDRESS_END.search(one_line):
        yield Shape.ADDRESS
    yield from _words_in(one_line)


def _numbers_in(text: str) -> Iterator[Shape]:
    if not any(char.isdigit() for char in text):
        return
    if _is_phone(text):
        yield Shape.PHONE
    if _ZIP.fullmatch(text):
        yield Shape.ZIP
    if _NUMBER.fullmatch(text) and not _DATE.search(text):
        yield Shape.NUMBER
    elif _AMOUNT.fullmatch(text):
        yield Shape.AMOUNT
    if _AGE.fullmatch(text):
        yield Shape.AGE


def _is_phone(text: str) -> bool:
    if _WRITTEN_DATE.search(text):
        return False
    digits = sum(char.isdigit() for char in text)
    if re.fullmatch(r"\d\.\d+e\+?\d+", text) or (7 <= digits <= 15 and _PHONE.fullmatch(text)):
        return True
    return bool(re.search(r"(?<!\d)\(?\d{3}\)?\D{0,2}\d{3}\D?\d{4}(?!\d)", text))


def _words_in(text: str) -> Iterator[Shape]:
    words = text.split()
    first = words[0].strip(".,!;:-") if words else ""
    if text in _TICKS:
        yield Shape.TICK
    if first in _YES_NO and len(words) <= 4:
        yield Shape.YES_NO
    if state_code(text):
        yield Shape.STATE
    if _LANGUAGES.search(text) and len(words) <= 5:
        yield Shape.LANGUAGE
    if _WAY.search(text) and len(words) <= 6:
        yield Shape.WAY
    if _TIMES.search(text):
        yield Shape.TIMES
    if _COLD.search(text):
        yield Shape.COLD
    if not any(char.isdigit() for char in text):
        yield Shape.SENTENCE if len(words) > 4 else Shape.WORDS
        if 2 <= len(words) <= 5 and all(char.isalpha() or char in " .,'’-&()\"" for char in text):
            yield Shape.PERSON


def _years(text: str, cell: Cell) -> Iterator[int]:
    if isinstance(cell.value, date):
        yield cell.value.year
    elif match := re.search(r"\b((?:19|20)\d{2})\b", text):
        yield int(match[1])
    elif match := re.search(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{2})(?!\d)", text):
        year = int(match[1])
        yield 2000 + year if year < 70 else 1900 + year
